"""Find a table whose rows stand side by side: numbers behind the last of its column labels.

Flow:  spans -> **band** -> found table -> readings -> one reading of the page
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gouji.inference.assembly.band_numbers import behind_labels, in_parts, shows_every_cell
from gouji.inference.assembly.doubts.wording import printed_twice
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.known_cells import in_cells
from gouji.inference.assembly.lines import lines_of
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.strips import Strip
from gouji.inference.assembly.wording import KEEN, Wordings, runs_through
from gouji.model.forms import Form, Label, Table
from gouji.model.label_words import bare, without_brackets
from gouji.model.labels import Span, Tag

_SHORT = 2  # characters of a column's label that other tables have as well
_HEADS = 2  # fewer column labels than this are a mention, not a table
_A_ROW = 3  # numbers of the table behind a band's: fewer may be a page's number, or a note's


class Band:
    """A form's table in a band, and the wordings by which it is found."""

    def __init__(self, form: Form, table: Table) -> None:
        self.form, self.table = form, table
        (self.line,) = lines_of(table)
        block = table.blocks[0]
        self._heading = Wordings([Label("heading", table.title, (table.heading, *table.aliases))])
        self._rows = Wordings([*block.rows, *block.groups])
        self._columns = Wordings(block.columns)
        self._long_columns = Wordings([column for column in block.columns if len(column.label) > _SHORT])
        self._own = Wordings([*self._rows.labels, *self._long_columns.labels])
        # Once for each row, and once more where a tool prints cells merged downwards in every line.
        self._official = "".join(bare(column.label) for column in block.columns) * (len(block.rows) + 1)

    def find(self, marked: MarkedPage, after: int, *, headed: bool = False) -> FoundTable | None:
        """The table behind a place of a page; None where it holds none, or its column labels alone.

        Args:
            marked: The page with its tokens and their tags.
            after: The place.
            headed: Whether the table must stand in the section that its heading opens.
        """
        heads = self._heads(marked, after, headed=headed)
        if not heads:
            return None
        first, last = heads[0], heads[-1]
        end = marked.section_behind(last.end, len(marked.page.text))
        line, width = self.line, len(self.line.keys)
        among = bool(marked.tagged(Tag.VALUE, first.start, last.start))
        parts = in_parts(marked, heads, end, line) if among else None
        twice = [0] if self._is_elsewhere_too(marked, after, heads) else []
        if parts is not None:
            found = FoundTable(self.form, self.table, (line,), {0: parts}, {0: ()}, first.start, end)
            return found.doubted(twice, printed_twice.doubt)
        strip, counted = behind_labels(marked, last.end, end, line)
        printed = strip.chunks or any(chunk.tagged for chunk in strip.strays)
        if not (printed or _has_room(strip.gaps[0], width)):
            return None
        # Where the page ends with the numbers, the rest of them may have been cut away with it.
        strip = replace(strip, confidence=min(head.confidence for head in heads))
        twice = twice or [0] * _is_followed_by_a_row(marked, strip, last.end, end)
        lacking = width - len(strip.chunks)
        known = in_cells(marked.page, width, strip)
        cut_off = lacking > 0 and end == len(marked.page.text) and not _has_room(strip.gaps[-1], lacking)
        cut_off = cut_off and not ((known and known.known) or shows_every_cell(strip, width))
        torn = among or cut_off or not (strip.side_by_side(marked.page) or self._in_order(marked, heads))
        found = FoundTable(
            self.form,
            self.table,
            (line,),
            {0: strip},
            {0: heads},
            first.start,
            end,
            disordered=torn,
            ordinals=counted,
        )
        return found.doubted(twice, printed_twice.doubt)

    def _heads(self, marked: MarkedPage, after: int, *, headed: bool) -> tuple[Span, ...]:
        """The column labels: in the section that the table's heading opens, or bearing its words."""
        heads: list[Span] = []
        inside = False
        for span in marked.labels:
            if span.start < after or span.tag not in (Tag.SECTION, Tag.COLUMN):
                continue
            text = marked.page.text[span.start : span.end]
            if span.tag is Tag.COLUMN:
                if inside or (not headed and (heads or self._own.matches(text))):
                    heads.append(span)
            elif self._heading.matches(text):
                inside, heads = True, []
            elif heads:
                break
            elif headed:
                inside = False
        while heads and not self._names(marked, heads[-1]):
            if not marked.tagged(Tag.VALUE, heads[0].start, heads[-1].start):
                break
            heads.pop()  # below the numbers it is another thing's
        while len(heads) > 1 and not self._names(marked, heads[0]):
            if not any(map(str.isalnum, marked.page.text[heads[0].end : heads[1].start])):
                break
            heads.pop(0)  # a word of a sentence above
        texts = [marked.page.text[head.start : head.end] for head in heads]
        if sum(bool(self._own.matches(text)) for text in texts) < _HEADS:
            return ()
        return tuple(sorted((*heads, *marked.notes_among(heads)), key=lambda head: head.start))

    def _names(self, marked: MarkedPage, head: Span) -> bool:
        text = marked.page.text[head.start : head.end]
        return bool(self._rows.matches(text) or self._columns.matches(text))

    def _is_elsewhere_too(self, marked: MarkedPage, after: int, heads: Sequence[Span]) -> bool:
        """Whether columns of the table are headed outside of it, or in two tables, with other numbers.

        One may be last year's, another body's, or the half of this one.
        """
        text = marked.page.text
        said = [
            span
            for span in marked.labels_of_this_year
            if span.tag is Tag.COLUMN
            and span.start >= after
            and self._long_columns.like(text[span.start : span.end], KEEN)
        ]
        width = len(self._long_columns.labels)
        outside = sum(not heads[0].start <= span.start <= heads[-1].start for span in said)
        if outside < width and len(said) <= width * (len(self._rows.labels) + 1):
            return False
        tables: list[list[str]] = []  # what each prints, one behind the other
        for span, behind in zip(said, [*said[1:], None], strict=True):
            limit = behind.start if behind is not None else len(text)
            end = marked.section_behind(span.end, limit)
            values = [text[value.start : value.end] for value in marked.tagged(Tag.VALUE, span.end, end)]
            tables += [values] if values or end < limit else []
        return any(values != tables[0] for values in tables)

    def _in_order(self, marked: MarkedPage, heads: Sequence[Span]) -> bool:
        """Whether the column labels, whole, cut or in pieces, stand in the form's order.

        Where they do not, the tool has read the page in another order, and may have done so
        with the numbers, which no sum would betray.
        """
        printed: list[str] = []
        texts = [marked.page.text[head.start : head.end] for head in heads]
        for text, behind in zip(texts, [*texts[1:], ""], strict=True):
            whole = text + behind  # of a row's label, cut in two, the first piece may say nothing
            of_row = _likest(self._rows, text) or (text not in self._official and _likest(self._rows, whole))
            if of_row > _likest(self._columns, text):
                continue
            words = without_brackets(text)
            columns = self._columns.like(text, KEEN)
            if columns and not runs_through(words, without_brackets(columns[0].label)):
                words = without_brackets(columns[0].label)  # by another name: 合计 for 总计
            if printed[-1:] != [words]:
                printed.append(words)
        return runs_through("".join(printed), self._official)


def _is_followed_by_a_row(marked: MarkedPage, strip: Strip, start: int, end: int) -> bool:
    """Whether a table goes on below a band's numbers: another body's, or last year's."""
    below = strip.chunks[-1].print_end if strip.chunks else start
    return len(marked.tagged(Tag.VALUE, below, end)) >= _A_ROW


def _likest(labels: Wordings, text: str) -> float:
    return max((score for _, score in labels.matches(text)), default=0.0)


def _has_room(gap: str, cells: int) -> bool:
    """Whether as many lines, borders or no-break spaces begin a gap as empty cells leave behind."""
    blank = gap[: len(gap) - len(gap.lstrip(" \t\n\r|│┃\u00a0\u3000\u200b"))]
    kinds = ("\n", "\t", "|│┃", "\u00a0\u3000")
    return any(sum(character in kind for character in blank) >= cells - 1 for kind in kinds)
