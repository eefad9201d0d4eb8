"""Find the official tables on a page, the form that each follows, and each row's strip.

Flow:  spans -> **tables** -> readings -> one reading of the page

Which form a table follows is decided by its own labels: every form's table is aligned with
the page, and the one that fits best is taken, table by table. A table in a band has no row
labels; its numbers follow the last of its column labels.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from gouji.inference.assembly.anchors import Alignment, align, labels_of
from gouji.inference.assembly.bands import Band
from gouji.inference.assembly.collector import collect_strip
from gouji.inference.assembly.doubts.raised_in_tables import PRINTED_TWICE, TWIN_LABEL
from gouji.inference.assembly.doubts.view import Labels, doubts_of
from gouji.inference.assembly.doubts.wording import DOUBTS, out_of_order
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.groups import GroupsOnPage
from gouji.inference.assembly.lines import Line
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.numbering import numbers_of_columns, numbers_of_rows
from gouji.inference.assembly.printed_twice import printed_twice, this_years_labels
from gouji.inference.assembly.run_together import parted
from gouji.inference.assembly.table_labels import TableLabels, says_in_words
from gouji.inference.assembly.wording import KEEN, Wordings, likeness
from gouji.model.forms import Form, families
from gouji.model.labels import Span, Tag
from gouji.model.page import Page


class TableFinder:
    """Finds the tables of a set of forms; keeps what it learnt of their wording from page to page."""

    def __init__(self, forms: Mapping[str, Form]) -> None:
        self.forms = forms
        self._families = families(forms.values())
        self._labels = {
            (form.id, table.id): TableLabels(form, table)
            for form in forms.values()
            for table in form.tables
            if table.printed != "band"
        }
        self._known = Wordings([row for form in forms.values() for t in form.tables for _, row in t.rows()])
        self._bands = {
            (form.id, table.id): Band(form, table)
            for form in forms.values()
            for table in form.tables
            if table.printed == "band"
        }

    def labels_apart(self, page: Page, spans: Sequence[Span]) -> tuple[Span, ...]:
        """The spans of a page, one row's label each."""
        return tuple(parted(page, spans, self._known))

    def find(self, marked: MarkedPage) -> list[FoundTable]:
        """The tables that a page holds, in the order of the form."""
        labels = [labels.as_printed(marked) for labels in self._labels.values()]
        found = [a for a in self._alignments(marked, labels) if self._is_table(marked, a)]
        if len(self._families) > 1:
            found = self._apart(found)
        found.sort(key=lambda alignment: alignment.anchors[0].start)
        bands = [band for family in self._families for band in self._bands_of(marked, family, found)]
        starts = sorted([*(a.anchors[0].start for a in found), *(band.start for band in bands)])
        tables = []
        for alignment in found:
            last = alignment.anchors[-1].end
            limit = next((start for start in starts if start >= last), len(marked.page.text))
            own = next(known for known in labels if known.table is alignment.table)
            tables.append(self._rows_table(marked, alignment, own, limit))
        return [*tables, *bands]

    def _bands_of(
        self, marked: MarkedPage, family: Sequence[Form], found: Sequence[Alignment]
    ) -> Iterator[FoundTable]:
        """The tables in a band of a family of forms, behind the family's other tables."""
        own = [alignment for alignment in found if alignment.form in family]
        form = own[0].form if own else family[0]
        after = max((alignment.anchors[-1].end for alignment in own), default=0)
        for table in form.tables:
            band = self._bands.get((form.id, table.id))
            if band is not None and (found_band := band.find(marked, after)) is not None:
                yield found_band

    def _apart(self, found: Sequence[Alignment]) -> list[Alignment]:
        """The tables less those that lie among the rows of a better one of another family of forms."""
        family = {form.id: place for place, forms in enumerate(self._families) for form in forms}
        kept: list[Alignment] = []
        for alignment in sorted(found, key=lambda alignment: -alignment.score):
            first, last = alignment.anchors[0].start, alignment.anchors[-1].end
            if not any(
                family[other.form.id] != family[alignment.form.id]
                and first < other.anchors[-1].end
                and other.anchors[0].start < last
                for other in kept
            ):
                kept.append(alignment)
        return kept

    def _alignments(self, marked: MarkedPage, known: Sequence[TableLabels]) -> list[Alignment]:
        """For each table the form that fits best; where two fit alike, the one that fits the others."""
        labels = labels_of(marked.page, this_years_labels(marked), self._known)
        every = [align(labels, own.form, own.table, own.rows, _groups_on(marked, own)) for own in known]
        overall: dict[str, float] = dict.fromkeys(self.forms, 0.0)
        for alignment in every:
            overall[alignment.form.id] += max(alignment.score, 0.0)
        best: dict[str, Alignment] = {}
        fits = [
            (a.score + _heads_alike(marked, a, own), overall[a.form.id])
            for a, own in zip(every, known, strict=True)
        ]
        for alignment, _ in sorted(zip(every, fits, strict=True), key=lambda pair: pair[1]):
            best[alignment.table.id] = alignment
        return list(best.values())

    def _is_table(self, marked: MarkedPage, alignment: Alignment) -> bool:
        """Whether the labels are a table's: several, or one under the table's own column labels."""
        if len(alignment.anchors) != 1:
            return bool(alignment.anchors)
        columns = [column for block in alignment.table.blocks for column in block.columns]
        heads = marked.heads_above(alignment.anchors[0].start)
        texts = {marked.page.text[head.start : head.end] for head in heads}
        return any(likeness(text, column) == 1.0 for text in texts for column in columns)

    @staticmethod
    def _rows_table(marked: MarkedPage, alignment: Alignment, labels: TableLabels, limit: int) -> FoundTable:
        lines, rows, anchors = labels.lines, labels.rows, alignment.anchors
        end = marked.section_behind(anchors[-1].end, limit)
        strips = {}
        heads = {anchor.row: marked.heads_above(anchor.start) for anchor in anchors}
        begins = [
            begin if not _headed(marked, begin, anchor.start) else anchor.start
            for anchor, begin in zip(
                anchors, marked.rows_between_rules([a.start for a in anchors]), strict=True
            )
        ]
        numbered = numbers_of_rows(marked, anchors, rows)
        untils = [numbered.get(anchor.row, begin) for anchor, begin in zip(anchors, begins, strict=True)]
        for anchor, begin, until in zip(anchors, begins, [*untils[1:], end], strict=True):
            strips[anchor.row] = collect_strip(
                marked,
                begin,
                _before_words(marked, labels, anchor.end, until),
                expected=len(lines[anchor.row].keys),
                signed=not lines[anchor.row].sums,
                anchor=anchor,
                rows=rows,
                wider=_is_wider(marked, lines[anchor.row], heads[anchor.row]),
            )
        start = min([anchors[0].start, *(head.start for head in heads[anchors[0].row])])
        leading, columns = None, frozenset[int]()
        if heads[anchors[0].row]:
            above = heads[anchors[0].row][-1].end
            expected = max(anchors[0].row, 1) * len(lines[0].keys)
            leading = collect_strip(marked, above, untils[0], expected=expected, signed=not lines[0].sums)
            columns = numbers_of_columns(leading, lines[anchors[0].row])
            leading = None if columns else leading
        found = FoundTable(
            alignment.form,
            alignment.table,
            lines,
            strips,
            heads,
            start,
            end,
            leading,
            disordered=out_of_order(marked, anchors, rows),
            ordinals=frozenset(numbered.values()) | columns,
            doubts=doubts_of(Labels(marked, lines, anchors, strips, rows, labels.printed, end), DOUBTS),
        )
        found = found.doubted(printed_twice(marked, anchors, rows), PRINTED_TWICE)
        return found.doubted(alignment.doubtful, TWIN_LABEL)


def _heads_alike(marked: MarkedPage, alignment: Alignment, labels: TableLabels) -> int:
    """How many of the form's own column labels stand over the rows.

    Forms share row labels, and a sentence may hold one more: what the numbers are, the columns say.
    """
    if not alignment.anchors:
        return 0
    first = alignment.anchors[0].start
    above = min((head.start for head in marked.heads_above(first)), default=first)
    found: set[str] = set()
    for head in marked.tagged(Tag.COLUMN, above, alignment.anchors[-1].end):
        text = marked.page.text[head.start : head.end]
        found.update(f"{column.id}/{column.label}" for column in labels.columns.like(text, KEEN))
    return len(found)


def _is_wider(marked: MarkedPage, line: Line, heads: Sequence[Span]) -> bool:
    """Whether more labels of columns stand above a row than the form has columns there."""
    matches = [line.heads.matches(marked.page.text[head.start : head.end]) for head in heads]
    named = {max(found, key=lambda match: match[1])[0] for found in matches if found}
    return len(named) > len(line.keys)


def _groups_on(marked: MarkedPage, labels: TableLabels) -> GroupsOnPage | None:
    return None if labels.groups is None else labels.groups.on(marked.page, marked.spans)


def _before_words(marked: MarkedPage, labels: TableLabels, start: int, end: int) -> int:
    """Where the first item answered in words stands, before `end`; what is behind it is no value."""
    for tag in (Tag.ROW, Tag.GROUP, Tag.COLUMN) if labels.in_words is not None else ():
        for span in marked.tagged(tag, start, end):
            if says_in_words(labels, marked.page.text[span.start : span.end]):
                end = min(end, span.start)
    return end


def _headed(marked: MarkedPage, start: int, end: int) -> bool:
    """Whether a label other than a row's or a group's stands between two places."""
    return any(marked.tagged(tag, start, end) for tag in (Tag.SECTION, Tag.SUBTABLE, Tag.COLUMN, Tag.NOTE))
