"""A page with its tags at hand: whose each token is, which lines are page marks, where rules run.

Flow:  page, tokens, spans -> **marked page** -> anchors, strips -> readings

What every later stage asks of the print is answered here, so that none looks for it again.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from gouji.inference.assembly.figures import Figure
from gouji.inference.assembly.printed_page import PrintedPage
from gouji.inference.assembly.printed_spans import PrintedSpans
from gouji.inference.metadata import read_metadata
from gouji.inference.unread_marks import HELD
from gouji.model.labels import ROW, VALUE, Span, Tag
from gouji.model.page import GHOST, Page
from gouji.model.tokens import NUMBER, WORD, Token

_PAGE_MARK = re.compile(
    rf"(?m)^[ \t{GHOST}]*"
    r"(?:[-—·~]{1,2} *\d{1,4} *[-—·~]{1,2}|第 *\d+ *页.*|\d{1,4} */ *\d{1,4}|Page \d+.*)[ \t]*$"
)
_OF_PAGES = re.compile(r"\s*\d+/\d+\s*")  # a page of so many: without blanks hardly three cells
_LONGEST_HEADER = 6  # characters of what heads a column for notes: 备注, 备注说明
_OF_DOCUMENT = re.compile(r"(?:19|20)[0-9]{2}\s?[年)\]〕]|[0-9]{1,4} ?号")
_LAST_YEAR = re.compile(r"(?:上年|去年|上一年)(?!.*结转)")
_LONG = re.compile(r"(?<![0-9.])[0-9]{4,}(?![0-9.])")
# From this share on a number is followed both as a value and as none. On 600 made-up pages (`gouji synthesize
# --held-out --count 600 --seed 20261140`) 269 numbers lie between 0.05 and 0.95, of which 46 are not what
# the likelier reading says; of the other 110,899 it is 10.
UNDECIDED = 0.05


class MarkedPage(PrintedPage):
    """A page's tokens, each with the span that owns it, and the page marks among its lines."""

    def __init__(
        self, page: Page, tokens: Sequence[Token], spans: Sequence[Span], values: Sequence[float] = ()
    ) -> None:
        super().__init__(page, tokens)
        self._values = values
        printed = PrintedSpans(self, spans)
        self.spans, self.remarks = printed.spans, printed.remarks
        self._figures = {figure.start: figure for figure in printed.figures}
        self.owners: list[Span | None] = [None] * len(tokens)
        self._tagged: dict[Tag, list[Span]] = {tag: [] for tag in Tag}
        for span in self.spans:
            self._tagged[span.tag].append(span)
            for index in self.between(span.start, span.end):
                self.owners[index] = span
        self.labels = [span for span in self.spans if span.tag is not VALUE]
        self._label_starts = [label.start for label in self.labels]
        self._starts_of = {tag: [span.start for span in own] for tag, own in self._tagged.items()}
        marks = [match.span() for match in _PAGE_MARK.finditer(page.folded)]
        self._page_marks = {tokens[i].start: place for place in marks for i in self.between(*place)}

    def value_share(self, index: int) -> float:
        """How likely a token is part of a value, whatever its tag; 1 where the tagger does not say."""
        return self._values[index] if self._values else 1.0

    def is_bracket_open(self, start: int, end: int) -> bool:
        """Whether of the brackets in `start..end` more open than close."""
        opened, closed = (bisect_left(own, end) - bisect_left(own, start) for own in self._brackets)
        return opened > closed

    @cached_property
    def report_year(self) -> int | None:
        """The year on which the page says that it reports."""
        return read_metadata(self.page.excerpt()).year

    @cached_property
    def _brackets(self) -> tuple[list[int], list[int]]:
        """Where brackets open, and where they close; asked for at every number of a stretch."""
        opened, closed = ([m.start() for m in re.finditer(f"[{mark}]", self.folded)] for mark in "()")
        return opened, closed

    def is_near(self, index: int) -> bool:
        """Whether the tagger is near both readings of a token: that it is part of a value, and that not."""
        return UNDECIDED <= self.value_share(index) <= 1 - UNDECIDED

    def tagged(self, tag: Tag, start: int, end: int) -> list[Span]:
        """The spans of a tag that begin in `start..end`, in reading order."""
        starts = self._starts_of[tag]
        first = bisect_left(starts, start)
        return self._tagged[tag][first : bisect_left(starts, end, lo=first)]

    def labels_between(self, start: int, end: int) -> list[Span]:
        """The spans of whatever label that begin in `start..end`, in reading order."""
        first = bisect_left(self._label_starts, start)
        return self.labels[first : bisect_left(self._label_starts, end, lo=first)]

    def section_behind(self, after: int, limit: int) -> int:
        """Where the next section's heading begins; `limit` where none does before it."""
        sections = self.tagged(Tag.SECTION, after, limit)
        return sections[0].start if sections else limit

    def heads_above(self, start: int) -> tuple[Span, ...]:
        """The column labels that a place stands under: the last ones that no heading parts from it."""
        headings = [self.tagged(tag, 0, start)[-1:] for tag in (Tag.SUBTABLE, Tag.SECTION)]
        after = max((heading.start for found in headings for heading in found), default=0)
        heads = self.tagged(Tag.COLUMN, after, start)
        if not heads:
            return ()
        others = [row for row in self.tagged(ROW, after, start) if self._is_among(heads, row)]
        rows_before = [row for row in self.tagged(ROW, after, heads[-1].start) if row not in others]
        after = rows_before[-1].start if rows_before else after
        heads = [head for head in (*heads, *others) if head.start > after]
        return tuple(sorted((*heads, *self.notes_among(heads)), key=lambda head: head.start))

    def _is_among(self, heads: Sequence[Span], label: Span) -> bool:
        """Whether a label stands beside a column's on a line without numbers: it heads one, too."""
        line, end = self.folded.rfind("\n", 0, label.start) + 1, self.folded.find("\n", label.end)
        end = end if end >= 0 else len(self.folded)
        return any(line <= head.start < end for head in heads) and not self.tagged(Tag.VALUE, line, end)

    def notes_among(self, heads: Sequence[Span]) -> list[Span]:
        """What the tagger calls notes among column labels, or behind them on their line: 备注 heads one."""
        if not heads:
            return []
        end = self.folded.find("\n", heads[-1].end)
        notes = self.tagged(Tag.NOTE, heads[0].start, end if end >= 0 else len(self.folded))
        begun = {head.start for head in heads}  # a note that touches one is part of it
        said = {
            note: "".join(self.folded[note.start : note.end].split())
            for note in notes
            if note.end not in begun
        }
        return [note for note, words in said.items() if words.isalnum() and len(words) <= _LONGEST_HEADER]

    def figure_at(self, start: int) -> Figure | None:
        """The figure that begins at a place and is no plain number, where there is one."""
        return self._figures.get(start)

    def is_like_page_mark(self, token: Token) -> bool:
        """Whether a token stands on a line like `- 4 -` or `第 3 页`."""
        return token.start in self._page_marks

    def is_page_mark(self, token: Token, *, full: bool, summed: bool) -> bool:
        """Whether a token stands on a page mark's line.

        Such a line whose number is tagged a value may be three cells of a row, unless the row
        that it follows is `full` already, or the line is like `4/9` and the row's sum (`summed`)
        would tell.
        """
        place = self._page_marks.get(token.start)
        if place is None or full:
            return place is not None
        of_pages = summed and _OF_PAGES.fullmatch(self.folded, *place) is not None
        return of_pages or not any(map(self.is_value, self.numbers_between(*place)))

    def is_in_sentence(self, start: int) -> bool:
        """Whether untagged words stand right before and right behind the number that begins at a place."""
        index = bisect_left(self._starts, start)
        before, behind = self._word_beside(index, -1), self._word_beside(index, 1)
        if before is None or behind is None:
            return False
        # A single character may be the unit of a cell's number.
        word = self.tokens[behind]
        return word.end - word.start > 1 or self._word_beside(behind, 1) is not None

    def _word_beside(self, index: int, step: int) -> int | None:
        """The untagged word beside a token; the token's own unit, a blank, a line's end may stand between."""
        own = self.owners[index]
        index += step
        while 0 <= index < len(self.tokens):
            token, owner = self.tokens[index], self.owners[index]
            if token.piece not in ("[ ]", "[SEP1]") and (own is None or owner is not own):
                return index if owner is None and token.kind is WORD else None
            index += step
        return None

    @cached_property
    def labels_of_this_year(self) -> Sequence[Span]:
        """The labels, less those below a heading that says 上年, up to the next one: last year's table."""
        headings = self.tagged(Tag.SECTION, 0, len(self.page.text))
        ends = [*(heading.start for heading in headings[1:]), len(self.page.text)]
        last_years = [
            (heading.start, end)
            for heading, end in zip(headings, ends, strict=False)
            if _LAST_YEAR.search(self.page.text[heading.start : heading.end])
        ]
        return [span for span in self.labels if not any(a <= span.start < b for a, b in last_years)]

    @cached_property
    def holds_marks(self) -> bool:
        """Whether the page has a mark anywhere of what its file shows and its text cannot say."""
        return HELD in self.page.text

    @cached_property
    def prints_long_numbers(self) -> bool:
        """Whether a value of more than three digits stands on the page with nothing between its thousands."""
        values = (self.tokens[index] for index in self._numbers if self.is_value(index))
        return any(_LONG.search(self.folded, value.start, value.end) for value in values)

    def is_value(self, index: int) -> bool:
        """Whether the tagger calls a token part of a value."""
        owner = self.owners[index]
        return owner is not None and owner.tag is VALUE

    def is_of_document(self, start: int) -> bool:
        """Whether a number is a year, or a document's, whatever stands before: `2020年`, `〔2025〕 8号`."""
        return _OF_DOCUMENT.match(self.folded, start) is not None

    def may_be_number(self, index: int) -> bool:
        """Whether a number that is tagged as part of a label may be a cell's; a row label's first may not."""
        token, owner = self.tokens[index], self.owners[index]
        if token.kind is not NUMBER or self.is_ordinal(index):
            return False
        first = owner is not None and owner.tag is ROW and owner.start == token.start
        near = self.is_near(index) and not first and not self._is_in_explanation(token, owner)
        return near or self.is_number_cell(index)

    def _is_in_explanation(self, token: Token, label: Span | None) -> bool:
        """Whether a label explains in brackets, with words before a number and its end behind: `(如-3)`."""
        if label is None:
            return False
        before = self.folded[label.start : token.start]
        opened, _, words = before.rpartition("(")
        return bool(opened) and ")" in self.folded[token.end : label.end] and any(map(str.isalpha, words))

    def is_number_cell(self, index: int) -> bool:
        """Whether a number that the tagger calls a label stands alone in its cell: no label does.

        Within an explanation in brackets it may, as a year does; a whole label it never is, but for a
        number in brackets that has its cell for itself.
        """
        token, owner = self.tokens[index], self.owners[index]
        if token.kind is not NUMBER or owner is None or token.start == owner.start or self.is_ordinal(index):
            return False
        if self.stands_alone_in_brackets(index) and self.tokens[index + 1].end >= owner.end:
            return True
        before = self.folded[owner.start : token.start]
        return self.stands_alone(index) and before.count("(") <= before.count(")")
