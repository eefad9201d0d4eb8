"""Read off the page what each row of a table prints: its strip, the heads over it, what stands against it.

Flow:  anchors -> **row table** -> found table -> readings

What numbers are whose is told by where labels, rules and ordinals stand; which cells they fill is not asked
here. A row reaches to where the next one begins, or to what is answered in words.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from gouji.inference.assembly.anchors import Alignment, Anchor
from gouji.inference.assembly.doubts.view import Labels, doubts_of
from gouji.inference.assembly.doubts.wording import DOUBTS, out_of_order
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.numbering import numbers_of_columns, numbers_of_rows
from gouji.inference.assembly.row_strips import collect_strip
from gouji.inference.assembly.table_labels import TableLabels
from gouji.model.labels import Span, Tag

_HEADINGS = (Tag.SECTION, Tag.SUBTABLE, Tag.COLUMN, Tag.NOTE)
_ITEMS = (Tag.ROW, Tag.GROUP, Tag.COLUMN)  # as which an item's label may be tagged


def row_table(marked: MarkedPage, alignment: Alignment, labels: TableLabels, limit: int) -> FoundTable:
    """A table that is printed row by row, with the numbers that stand behind each label.

    Args:
        marked: The page.
        alignment: Where the labels of the table's rows stand; one at least.
        labels: The table's labels, its blocks in the order of print.
        limit: Where the next table begins, or the page ends.
    """
    lines, rows, anchors = labels.lines, labels.rows, alignment.anchors
    end = marked.section_behind(alignment.end, limit)
    heads = _heads(marked, anchors)
    wider = _wider(marked, labels, heads)
    begins = _begins(marked, [anchor.start for anchor in anchors])
    numbered = numbers_of_rows(marked, anchors, rows)
    untils = [numbered.get(anchor.row, begin) for anchor, begin in zip(anchors, begins, strict=True)]
    strips = {
        anchor.row: collect_strip(
            marked,
            begin,
            _before_words(marked, labels, anchor.end, until),
            expected=len(lines[anchor.row].keys),
            signed=not lines[anchor.row].sums,
            anchor=anchor,
            rows=rows,
            wider=wider[anchor.row],
            groups=labels.groups_beside[anchor.row],
        )
        for anchor, begin, until in zip(anchors, begins, [*untils[1:], end], strict=True)
    }
    leading, columns, first = None, frozenset[int](), anchors[0].row
    if heads[first]:
        above, expected = heads[first][-1].end, max(first, 1) * len(lines[0].keys)
        leading = collect_strip(marked, above, untils[0], expected=expected, signed=not lines[0].sums)
        columns = numbers_of_columns(leading, lines[first])
    view = Labels(marked, lines, anchors, strips, rows, labels.printed, alignment.doubtful, end)
    return FoundTable(
        alignment.form,
        alignment.table,
        lines,
        strips,
        heads,
        min([alignment.start, *(head.start for head in heads[first])]),
        end,
        leading=None if columns else leading,
        disordered=out_of_order(view),
        ordinals=frozenset(numbered.values()) | columns,
        doubts=doubts_of(view, DOUBTS),
    )


def _heads(marked: MarkedPage, anchors: Sequence[Anchor]) -> dict[int, tuple[Span, ...]]:
    """The column labels above each row; those of the row before, where nothing but rows stands between."""
    heads: dict[int, tuple[Span, ...]] = {}
    start, above = 0, tuple[Span, ...]()
    for anchor in anchors:
        if not start or _is_headed(marked, start, anchor.start):
            above = marked.heads_above(anchor.start)
        start, heads[anchor.row] = anchor.start, above
    return heads


def _begins(marked: MarkedPage, starts: Sequence[int]) -> list[int]:
    """Where the rows begin: at the rules above them, but for one that a heading parts from its rule."""
    ruled = marked.rows_between_rules(starts)
    return [
        start if _is_headed(marked, begin, start) else begin
        for start, begin in zip(starts, ruled, strict=True)
    ]


def _is_headed(marked: MarkedPage, start: int, end: int) -> bool:
    """Whether a label other than a row's or a group's stands between two places."""
    return any(label.tag in _HEADINGS for label in marked.labels_between(start, end))


def _before_words(marked: MarkedPage, labels: TableLabels, start: int, end: int) -> int:
    """Where the first item answered in words stands, before `end`; what is behind it is no value."""
    items = (label for label in marked.labels_between(start, end) if label.tag in _ITEMS)
    return next((s.start for s in items if labels.says_in_words(marked.page.text[s.start : s.end])), end)


def _wider(marked: MarkedPage, labels: TableLabels, heads: Mapping[int, tuple[Span, ...]]) -> dict[int, bool]:
    """Whether more labels of columns stand above each row than the form has columns there."""
    found: dict[int, bool] = {}
    for (above, own), rows in groupby(heads, key=lambda row: (heads[row], labels.lines[row].heads)):
        matches = (own.matches(marked.page.text[head.start : head.end]) for head in above)
        named = {max(each, key=lambda match: match[1])[0] for each in matches if each}
        found |= {row: len(named) > len(labels.lines[row].keys) for row in rows}
    return found
