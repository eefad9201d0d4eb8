"""A page with its tags at hand: whose each token is, which lines are page marks, where rules run.

Flow:  page, tokens, spans -> **marked page** -> anchors, strips -> readings

What every later stage asks of the print is answered here, so that none looks for it again.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property
from itertools import pairwise

from gouji.inference.assembly.figures import LEADING, Figure, figures, is_odd, is_ordinal, is_plain
from gouji.model.labels import Span, Tag
from gouji.model.numbers import MINUS, PLUS
from gouji.model.page import GHOST, Page
from gouji.model.tokens import Kind, Token

_PAGE_MARK = re.compile(
    rf"(?m)^[ \t{GHOST}]*"
    r"(?:[-—·~]{1,2} *\d{1,4} *[-—·~]{1,2}|第 *\d+ *页.*|\d{1,4} */ *\d{1,4}|Page \d+.*)[ \t]*$"
)
_BORDER = re.compile(r"[|│┃\t]")
_CELL_ENDS = "|│┃║\t\n"
_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{}~])")
_OF_PAGES = re.compile(r"\s*\d+/\d+\s*")  # a page of so many: without blanks hardly three cells
_EDGES = f" |│┃║\t{GHOST}"
_BLANKS = f" \t\n{GHOST}"
_SIGNS = frozenset((*MINUS, *PLUS, "少", "降", "亏", "低", "多"))
_REMARK = re.compile(
    r"[0-9](?:亿|万|千)?(?:元|件|个|项|条|份|次|宗)? {0,3}"
    r"(?P<remark>\((?![一二三四五六七八九十]{1,2}\))[^()\n\t|]*[^\W\d_][^()\n\t|]*\))"
)
SURE_LABEL = 0.91  # of remarks behind numbers that are called labels none came near it
_LONGEST_FIGURE = 12  # characters of a label that may be a number with what stands beside it
_NUMBERED = re.compile(r"\(?\d+\)?\s*[.、]?|\d+(?:\s+\d+)+")  # as an ordinal or columns may be
_LAST_YEAR = re.compile(r"(?:上年|去年|上一年)(?!.*结转)")
_LONG = re.compile(r"(?<![0-9.])[0-9]{4,}(?![0-9.])")
_NO_LABEL = 0.5  # how sure it is that a number is a value which the tagger calls a label
# From this share on a number is followed both as a value and as none. On 600 made-up pages (`gouji synthesize
# --held-out --count 600 --seed 20261140`) 269 numbers lie between 0.05 and 0.95, of which 46 are not what
# the likelier reading says; of the other 110,899 it is 10.
UNDECIDED = 0.05
_LINES_APART = 6  # line breaks within a wrapped label at most, as between a cell's paragraphs in word markup
# A rule under a row may leave a wrapped group label standing in its first column.
_RULE = re.compile(r"(?m)^(?:.*─{3,}.*|[^\n\w]*(?:-{3,}|={3,})[^\n\w]*)$")


class MarkedPage:
    """A page's tokens, each with the span that owns it, and the page marks among its lines."""

    def __init__(
        self, page: Page, tokens: Sequence[Token], spans: Sequence[Span], values: Sequence[float] = ()
    ) -> None:
        self.page = page
        self._values = values
        self.tokens = tokens
        self._starts = [token.start for token in tokens]
        self.remarks = self._remarks_behind_numbers(spans)  # where each begins, and where it ends
        self._figures = [one for one in figures(page.folded) if not self._is_ordinal_of(one, spans)]
        self.spans = [
            part
            for span in spans
            if not self._is_beside_number(span)
            for own in (self._without_remarks(span) if self.remarks else [span])
            for part in self._labels_of(
                self._without_number(self._without_figure(self._value_if_it_is_one(own)))
            )
        ]
        self.owners: list[Span | None] = [None] * len(tokens)
        for span in self.spans:
            for index in self.between(span.start, span.end):
                self.owners[index] = span
        self._tagged = {tag: [span for span in self.spans if span.tag is tag] for tag in Tag}
        self._page_marks = {match.span() for match in _PAGE_MARK.finditer(page.folded)}
        self._doubtful_marks = {place for place in self._page_marks if self._has_value(place)}
        self._rule_ends = [match.end() for match in _RULE.finditer(page.folded)]

    def value_share(self, index: int) -> float:
        """How likely a token is part of a value, whatever its tag; 1 where the tagger does not say."""
        return self._values[index] if self._values else 1.0

    def is_near(self, index: int) -> bool:
        """Whether the tagger is near both readings of a token: that it is part of a value, and that not."""
        return UNDECIDED <= self.value_share(index) <= 1 - UNDECIDED

    def between(self, start: int, end: int) -> range:
        """The indices of the tokens that begin in `start..end`."""
        return range(bisect_left(self._starts, start), bisect_left(self._starts, end))

    def tagged(self, tag: Tag, start: int, end: int) -> list[Span]:
        """The spans of a tag that begin in `start..end`, in reading order."""
        spans = self._tagged[tag]
        first = bisect_left(spans, start, key=_start)
        return spans[first : bisect_left(spans, end, lo=first, key=_start)]

    def drawn_cell(self, place: int) -> tuple[int, int] | None:
        """Where the cell that a place is in begins and ends, between drawn borders on its line."""
        folded = self.page.folded
        start = max(folded.rfind(border, 0, place) for border in _CELL_ENDS) + 1
        ends = [end for border in _CELL_ENDS if (end := folded.find(border, place)) >= 0]
        if not start or not ends or "\n" in (folded[start - 1], folded[min(ends)]):
            return None
        return start, min(ends)

    def section_behind(self, after: int, limit: int) -> int:
        """Where the next section's heading begins; `limit` where none does before it."""
        sections = self.tagged(Tag.SECTION, after, limit)
        return sections[0].start if sections else limit

    def heads_above(self, start: int) -> tuple[Span, ...]:
        """The column labels that a place stands under: the last ones that no heading parts from it."""
        headings = [self.tagged(tag, 0, start)[-1:] for tag in (Tag.SUBTABLE, Tag.SECTION)]
        after = max((heading.start for found in headings for heading in found), default=0)
        heads = self.tagged(Tag.COLUMN, after, start)
        rows_before = self.tagged(Tag.ROW, after, heads[-1].start) if heads else []
        return tuple(head for head in heads if not rows_before or head.start > rows_before[-1].start)

    def _is_beside_number(self, span: Span) -> bool:
        """Whether what is called a label touches a number and is no word of one: `.` behind, 共 before it."""
        text = self.page.folded[span.start : span.end]
        if span.tag is not Tag.VALUE and text in _SIGNS:
            return True  # no label is a sign and no more
        if span.tag is Tag.VALUE or not (text in LEADING or not any(map(str.isalnum, text))):
            return False
        indices = (bisect_left(self._starts, span.start) - 1, bisect_left(self._starts, span.end))
        beside = [self.tokens[index] for index in indices if 0 <= index < len(self.tokens)]
        return any(t.kind is Kind.NUMBER and (t.end == span.start or t.start == span.end) for t in beside)

    def _remarks_behind_numbers(self, spans: Sequence[Span]) -> dict[int, int]:
        """Where remarks in brackets begin and end that stand behind a number: `56(含上年结转7件)`.

        What the tagger surely calls a label, and no number is in, is the rest of one that was wrapped.
        """
        found = {}
        for match in _REMARK.finditer(self.page.folded):
            start, end = match.span("remark")
            number = self.tokens[bisect_right(self._starts, match.start()) - 1]
            inside = [span for span in spans if span.start < end and start < span.end]
            label = any(span.tag is not Tag.VALUE and span.confidence >= SURE_LABEL for span in inside)
            if number.kind is Kind.NUMBER and (not label or any(map(str.isdigit, match["remark"]))):
                found[start] = end
        return found

    def _without_remarks(self, span: Span) -> list[Span]:
        """A span, or what is left of it before and behind remarks."""
        parts, begin = [], span.start
        for start, end in self.remarks.items():
            if start < span.end and begin < end:
                parts.append((begin, start))
                begin = end
        parts.append((begin, span.end))
        folded = self.page.folded
        stripped = ((a + len(folded[a:b]) - len(folded[a:b].lstrip()), b) for a, b in parts if a < b)
        return [
            replace(span, start=a, end=a + len(folded[a:b].rstrip()))
            for a, b in stripped
            if folded[a:b].strip()
        ]

    def figure_at(self, start: int) -> Figure | None:
        """The figure that begins at a place and is no plain number, where there is one."""
        index = bisect_left(self._figures, start, key=_start)
        found = self._figures[index] if index < len(self._figures) else None
        return found if found is not None and found.start == start else None

    def _is_ordinal_of(self, figure: Figure, spans: Sequence[Span]) -> bool:
        """Whether a digit and its point stand before words of the same label, or alone in a drawn row."""
        folded = self.page.folded
        if not is_ordinal(folded[figure.start : figure.end]):
            return False
        behind = bisect_left(self._starts, figure.end)
        words = self._printed(behind - 1, 1) if behind < len(self.tokens) else None
        if words is None or words.kind is not Kind.WORD:
            return False
        line = folded.rfind("\n", 0, figure.start) + 1
        around = folded[line : figure.start], folded[figure.end : words.start]
        if "\n" not in around[1]:
            return True
        if _BORDER.search("".join(around)) and not around[0].strip(_EDGES):
            return True
        owners = [[s for s in spans if s.start <= at < s.end] for at in (figure.end - 1, words.start)]
        return owners[0] == owners[1]

    def _value_if_it_is_one(self, span: Span) -> Span:
        """A heading or label that is nothing but a figure: a value, whatever the tagger calls it."""
        if span.tag is Tag.VALUE:
            return span
        inside = self.between(span.start, span.end)
        alone = len(inside) == 1 and self.tokens[inside[0]].kind is Kind.NUMBER
        if alone and not self.is_ordinal(inside[0]):
            return replace(span, tag=Tag.VALUE, confidence=min(span.confidence, _NO_LABEL))
        if self._is_in_figure(span) or self._is_counted(span):
            return replace(span, tag=Tag.VALUE, confidence=min(span.confidence, _NO_LABEL))
        return span

    def _is_in_figure(self, span: Span) -> bool:
        """Whether a label is made of figures, or is a piece of one; letters are none where a label stands."""
        tokens = [self.tokens[index] for index in self.between(span.start, span.end)]
        held = [self._figure_around(token) for token in tokens if token.kind is not Kind.SEPARATOR]
        if not held or None in held:
            return False
        digits = any(figure.digits for figure in held if figure is not None)
        return digits or not (span.tag is Tag.COLUMN or self._begins_line(span))

    def _without_figure(self, span: Span) -> Span:
        """A label without the beginning of a figure behind it, which is no piece of a label: `申请 l5`."""
        index = bisect_left(self._figures, span.end, key=_start) - 1
        figure = self._figures[index] if index >= 0 else None
        if figure is None or not span.start < figure.start < span.end < figure.end or span.tag is Tag.VALUE:
            return span
        label = self.page.folded[span.start : figure.start].rstrip(_BLANKS)
        return replace(span, end=span.start + len(label))

    def _figure_around(self, token: Token) -> Figure | None:
        index = bisect_right(self._figures, token.start, key=_start) - 1
        return self._figures[index] if index >= 0 and token.end <= self._figures[index].end else None

    def _begins_line(self, span: Span) -> bool:
        """Whether a row's label has other print behind it on its line, and none before it."""
        before = self.page.folded.rfind("\n", 0, span.start) + 1
        behind = self.page.folded.find("\n", span.end)
        first = not self.page.folded[before : span.start].strip(_EDGES)
        return span.tag is Tag.ROW and first and bool(self.page.folded[span.end : behind].strip(_EDGES))

    def _is_counted(self, span: Span) -> bool:
        """Whether a label is a number and what may stand beside it in its cell: `2亿元`, `共8件`, `4 减`."""
        text = self.page.folded[span.start : span.end]
        if len(text) > _LONGEST_FIGURE or _NUMBERED.fullmatch(text):
            return False
        counted = is_plain(text) and any(map(str.isdigit, text))
        return counted or (" " in text and is_odd(text.replace(" ", "")))

    def _without_number(self, span: Span) -> Span:
        """A row label without the number before it: `54.无正当…` is 5 and 4., `5` / `危及…` are two cells."""
        first = bisect_left(self._starts, span.start)
        number, *behind = self.tokens[first : first + 3]
        if span.tag is not Tag.ROW or number.kind is not Kind.NUMBER or not behind:
            return span
        if behind[0].kind is Kind.ORDINAL:
            return replace(span, start=behind[0].start)
        if behind[0].kind is not Kind.SEPARATOR or len(behind) < 2 or behind[1].start >= span.end:
            return span
        parted = behind[0].piece != "[ ]" and not self.is_ordinal(first)
        numbered = behind[1].kind is Kind.ORDINAL or self.is_ordinal(first + 2)
        return replace(span, start=behind[1].start) if parted or numbered else span

    def _labels_of(self, span: Span) -> list[Span]:
        """A row label's span, cut where another label begins: at an ordinal, or behind empty lines."""
        if span.tag is not Tag.ROW:
            return [span]
        starts = [span.start]
        for index in self.between(span.start + 1, span.end):
            token = self.tokens[index]
            before = self.page.folded[span.start : token.start]
            ordinal = token.kind is Kind.ORDINAL and before.count("(") <= before.count(")")
            apart = before[len(before.rstrip(_BLANKS)) :].count("\n") > _LINES_APART
            if token.kind is not Kind.SEPARATOR and (ordinal or apart):
                starts.append(token.start)
        ends = [
            start + len(self.page.folded[start:end].rstrip(_BLANKS))
            for start, end in pairwise((*starts, span.end))
        ]
        return [replace(span, start=start, end=end) for start, end in zip(starts, ends, strict=True)]

    def _has_value(self, place: tuple[int, int]) -> bool:
        owners = (self.owners[i] for i in self.between(*place) if self.tokens[i].kind is Kind.NUMBER)
        return any(owner is not None and owner.tag is Tag.VALUE for owner in owners)

    def is_page_mark(self, token: Token, *, full: bool, summed: bool) -> bool:
        """Whether a token stands on a line like `- 4 -` or `第 3 页`.

        Such a line whose number is tagged a value may be three cells of a row, unless the row
        that it follows is `full` already, or the line is like `4/9` and the row's sum (`summed`)
        would tell.
        """
        for place in self._page_marks:
            if place[0] <= token.start < place[1]:
                of_pages = summed and _OF_PAGES.fullmatch(self.page.folded, *place) is not None
                return full or of_pages or place not in self._doubtful_marks
        return False

    def is_ordinal(self, index: int) -> bool:
        """Whether a digit and its marks stand apart, words behind them: `4 、保护…`, `(` / `4` / `)保护…`."""
        if (
            self.tokens[index].kind is not Kind.NUMBER
            or self.tokens[index].end - self.tokens[index].start > 1
        ):
            return False
        parted = self.tokens[index + 1].kind is Kind.SEPARATOR if index + 1 < len(self.tokens) else False
        before, behind = self._printed(index, -1), self._printed(index, 1)
        if behind is None:
            return False
        folded = self.page.folded
        apart = folded[self.tokens[index].end : behind.start]
        point = parted and _BORDER.search(apart) is None and folded[behind.start : behind.end] in ("、", ".")
        bracketed = before is not None and folded[before.start] == "(" and folded[behind.start] == ")"
        if not (point or (bracketed and before is not None and not folded[before.start - 1].isalnum())):
            return False
        follows = bisect_left(self._starts, behind.end)
        if point and follows < len(self.tokens) and self.tokens[follows].piece == "[ ]":
            follows += 1
        return follows < len(self.tokens) and self.tokens[follows].kind is Kind.WORD

    def _printed(self, index: int, step: int) -> Token | None:
        """The next token before or behind one that is no separator."""
        index += step
        if 0 <= index < len(self.tokens) and self.tokens[index].kind is Kind.SEPARATOR:
            index += step
        return self.tokens[index] if 0 <= index < len(self.tokens) else None

    def is_behind_point(self, index: int) -> bool:
        """Whether a lone point or comma comes before a token, blanks aside."""
        before = self._printed(index, -1)
        return before is not None and self.page.folded[before.start : before.end] in (".", ",")

    def is_behind_sign(self, index: int) -> bool:
        """Whether a sign stands before a token that is no part of it: behind words, or invisibly parted."""
        start = self.tokens[index].start
        before = self.page.folded[:start].rstrip(GHOST)
        return before.endswith("减") or (before.endswith("-") and len(before) < start)

    def number_before(self, start: int) -> Token | None:
        """The number that stands right before a place, separators aside."""
        token = self._printed(bisect_left(self._starts, start), -1)
        return token if token is not None and token.kind is Kind.NUMBER else None

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
        while 0 <= index < len(self.tokens) and (
            self.tokens[index].piece in ("[ ]", "[SEP1]") or (own is not None and self.owners[index] is own)
        ):
            index += step
        inside = 0 <= index < len(self.tokens)
        return index if inside and self.owners[index] is None and self._is_word(index) else None

    def _is_word(self, index: int) -> bool:
        return self.tokens[index].kind is Kind.WORD

    def stands_alone(self, index: int) -> bool:
        """Whether a token has separators on both sides, as a cell of its own has; it may be escaped."""
        first = index - 1 if index and self.is_escape(index - 1) else index
        around = (*self.tokens[max(first - 1, 0) : first], *self.tokens[index + 1 : index + 2])
        return len(around) == 2 and around[0].kind is around[1].kind is Kind.SEPARATOR

    def is_escape(self, index: int) -> bool:
        """Whether a token is the backslash by which markdown says that the sign behind it is print."""
        return _ESCAPE.match(self.page.folded, self.tokens[index].start) is not None

    def stands_alone_in_brackets(self, index: int) -> bool:
        """Whether a token and the brackets around it, as in `(9)`, have separators on both sides."""
        around = self.tokens[max(index - 2, 0) : index + 3]
        if len(around) < 5 or around[0].kind is not Kind.SEPARATOR or around[4].kind is not Kind.SEPARATOR:
            return False
        before, after = self.page.folded[around[1].start : around[2].start], around[3]
        return before == "(" and self.page.folded[around[2].end : after.end] == ")"

    @cached_property
    def spans_of_this_year(self) -> Sequence[Span]:
        """The spans, less those below a heading that says 上年, up to the next one: last year's table."""
        headings = self.tagged(Tag.SECTION, 0, len(self.page.text))
        ends = [*(heading.start for heading in headings[1:]), len(self.page.text)]
        last_years = [
            (heading.start, end)
            for heading, end in zip(headings, ends, strict=False)
            if _LAST_YEAR.search(self.page.text[heading.start : heading.end])
        ]
        return [span for span in self.spans if not any(a <= span.start < b for a, b in last_years)]

    @cached_property
    def prints_long_numbers(self) -> bool:
        """Whether a value of more than three digits stands on the page with nothing between its thousands."""
        return any(
            token.kind is Kind.NUMBER
            and self.is_value(index)
            and _LONG.search(self.page.folded, token.start, token.end)
            for index, token in enumerate(self.tokens)
        )

    def is_value(self, index: int) -> bool:
        """Whether the tagger calls a token part of a value."""
        owner = self.owners[index]
        return owner is not None and owner.tag is Tag.VALUE

    def may_be_number(self, index: int) -> bool:
        """Whether a number that is tagged as part of a label may be a cell's; a row label's first may not."""
        token, owner = self.tokens[index], self.owners[index]
        if token.kind is not Kind.NUMBER or self.is_ordinal(index):
            return False
        first = owner is not None and owner.tag is Tag.ROW and owner.start == token.start
        return (self.is_near(index) and not first) or self.is_number_cell(index)

    def is_number_cell(self, index: int) -> bool:
        """Whether a number that the tagger calls a label stands alone in its cell: no label does.

        Within an explanation in brackets it may, as a year does; a whole label it never is, but for a
        number in brackets that has its cell for itself.
        """
        token, owner = self.tokens[index], self.owners[index]
        if token.kind is not Kind.NUMBER or self.is_ordinal(index) or owner is None:
            return False
        if token.start == owner.start:
            return False
        if self.stands_alone_in_brackets(index) and self.tokens[index + 1].end >= owner.end:
            return True
        before = self.page.folded[owner.start : token.start]
        return self.stands_alone(index) and before.count("(") <= before.count(")")

    def rows_between_rules(self, starts: Sequence[int]) -> list[int]:
        """Where the rows begin whose labels begin at `starts`: in a ruled table, behind a rule.

        A wrapped cell's numbers may stand above its label's first line; the rules tell whose
        they are. Where not every two labels have a rule between them, a row begins at its label.
        """
        ends = [-1, *self._rule_ends]
        begins = [ends[bisect_right(ends, start) - 1] for start in starts]
        if any(begin <= before for begin, before in zip(begins[1:], starts, strict=False)):
            return list(starts)
        return [max(begin, 0) if begin >= 0 else start for begin, start in zip(begins, starts, strict=True)]


def _start(span: Span | Figure) -> int:
    return span.start
