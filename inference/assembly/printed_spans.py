"""What the tagger's spans are of a page as it is printed: no label is a number, nor a part of one.

Flow:  printed page, spans -> **printed spans** -> marked page

Remarks in brackets behind a number are no label's. A label that is nothing but a figure is a value; one that
holds a figure at an end goes without it; two labels in one span are two.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from operator import attrgetter

from gouji.inference.assembly.figures import EDGES, LEADING, Figure, figures, is_odd, is_ordinal, is_plain
from gouji.inference.assembly.printed_page import BORDER, PrintedPage
from gouji.model.labels import ROW, VALUE, Span, Tag
from gouji.model.numbers import MINUS, PLUS
from gouji.model.page import GHOST
from gouji.model.tokens import NUMBER, ORDINAL, SEPARATOR, WORD, Token

_PRINT = re.compile(r"\S(?s:.*\S)?")
_BLANKS = f" \t\n{GHOST}"
_SIGNS = frozenset((*MINUS, *PLUS, "少", "降", "亏", "低", "多"))
_REMARK = re.compile(
    r"[0-9](?:亿|万|千)?(?:元|件|个|项|条|份|次|宗)? {0,3}"
    r"(?P<remark>\((?![一二三四五六七八九十]{1,2}\))[^()\n\t|]*[^\W\d_][^()\n\t|]*\))"
)
SURE_LABEL = 0.91  # of remarks behind numbers that are called labels none came near it
_LONGEST_FIGURE = 12  # characters of a label that may be a number with what stands beside it
_NUMBERED = re.compile(r"\(?\d+\)?\s*[.、]?|\d+(?:\s+\d+)+")  # as an ordinal or columns may be
_DIGIT = re.compile(r"\d")
_BRACKETED = re.compile(r"\(\d+\)")
_NO_LABEL = 0.5  # how sure it is that a number is a value which the tagger calls a label
_CELLS_APART = 2  # tabs within a label at most: more part a row's empty cells from the next row's label
_LINES_APART = 6  # line breaks within a wrapped label at most, as between a cell's paragraphs in word markup


class PrintedSpans:
    """A page's spans as printed, its figures that are no plain numbers, and its remarks beside numbers."""

    def __init__(self, printed: PrintedPage, spans: Sequence[Span]) -> None:
        self.printed, self.folded = printed, printed.folded
        self.remarks = self._remarks_behind_numbers(spans)  # where each begins, and where it ends
        self.figures = [one for one in figures(self.folded) if not self._is_ordinal_of(one, spans)]
        apart = [own for span in spans for own in self._without_remarks(span)]
        self.spans = [own for span in apart for own in self._parts_of(span)]

    def _parts_of(self, span: Span) -> Sequence[Span]:
        if span.tag is VALUE:
            return (span,)
        if not self.figures and not _DIGIT.search(self.folded, span.start, span.end):
            return self._labels_of(span)  # no number is in it
        printed = self._value_if_it_is_one(span)
        if printed is span and (printed := self._without_figure(span)) is not span:
            printed = self._value_if_it_is_one(printed)
        return (printed,) if printed.tag is VALUE else self._labels_of(printed)

    def _is_beside_number(self, span: Span) -> bool:
        """Whether what is called a label touches a number and is no word of one: `.` behind, 共 before it."""
        text = self.folded[span.start : span.end]
        if text in _SIGNS:
            return True  # no label is a sign and no more
        if text not in LEADING and any(map(str.isalnum, text)):
            return False
        first, behind = self.printed.index_at(span.start), self.printed.index_at(span.end)
        beside = (*self.printed.tokens[max(first - 1, 0) : first], *self.printed.tokens[behind : behind + 1])
        return any(t.kind is NUMBER and (t.end == span.start or t.start == span.end) for t in beside)

    def _remarks_behind_numbers(self, spans: Sequence[Span]) -> dict[int, int]:
        """Where remarks in brackets begin and end that stand behind a number: `56(含上年结转7件)`.

        What the tagger surely calls a label, and no number is in, is the rest of one that was wrapped.
        """
        found = {}
        for match in _REMARK.finditer(self.folded):
            start, end = match.span("remark")
            number = self.printed.tokens[self.printed.index_at(match.start() + 1) - 1]
            inside = [span for span in spans if span.start < end and start < span.end]
            label = any(span.tag is not VALUE and span.confidence >= SURE_LABEL for span in inside)
            if number.kind is NUMBER and (not label or any(map(str.isdigit, match["remark"]))):
                found[start] = end
        return found

    def _without_remarks(self, span: Span) -> list[Span]:
        """A span, or what is left of it before and behind remarks; of a word of a number, nothing."""
        if span.tag is not VALUE and self._is_beside_number(span):
            return []
        if not self.remarks:
            return [span]
        parts, begin = [], span.start
        for start, end in self.remarks.items():
            if start < span.end and begin < end:
                parts.append((begin, start))
                begin = end
        parts.append((begin, span.end))
        found = (_PRINT.search(self.folded, *part) for part in parts)
        return [replace(span, start=part.start(), end=part.end()) for part in found if part is not None]

    def _is_ordinal_of(self, figure: Figure, spans: Sequence[Span]) -> bool:
        """Whether a digit and its point stand before words of the same label, or alone in a drawn row."""
        folded = self.folded
        if not is_ordinal(folded[figure.start : figure.end]):
            return False
        behind = self.printed.index_at(figure.end)
        words = self.printed.beside(behind - 1, 1) if behind < len(self.printed.tokens) else None
        if words is None or words.kind is not WORD:
            return False
        before = folded[folded.rfind("\n", 0, figure.start) + 1 : figure.start]
        between = folded[figure.end : words.start]
        if "\n" not in between or (BORDER.search(before + between) and not before.strip(EDGES)):
            return True
        owner, other = ([s for s in spans if s.start <= at < s.end] for at in (figure.end - 1, words.start))
        return owner == other

    def _value_if_it_is_one(self, span: Span) -> Span:
        """A heading or label that is nothing but a figure: a value, whatever the tagger calls it."""
        inside = self.printed.between(span.start, span.end)
        alone = len(inside) == 1 and self.printed.tokens[inside[0]].kind is NUMBER
        is_value = alone and not self.printed.is_ordinal(inside[0])
        if not (is_value or self._is_in_figure(span, inside) or self._is_counted(span)):
            return span
        return replace(span, tag=VALUE, confidence=min(span.confidence, _NO_LABEL))

    def _is_in_figure(self, span: Span, inside: range) -> bool:
        """Whether a label is made of figures, or is a piece of one; letters are none where a label stands."""
        held: list[Figure] = []
        for token in self.printed.tokens[inside.start : inside.stop] if self.figures else ():
            if token.kind is not SEPARATOR:
                figure = self._figure_around(token)
                if figure is None:
                    return False
                held.append(figure)
        digits = any(figure.digits for figure in held)
        return bool(held) and (digits or not (span.tag is Tag.COLUMN or self._begins_line(span)))

    def _without_figure(self, span: Span) -> Span:
        """A label without the beginning of a figure behind it, which is no piece of a label: `申请 l5`."""
        figure = self._figure_before(span.end)
        if figure is None or not span.start < figure.start < span.end < figure.end:
            return span
        label = self.folded[span.start : figure.start].rstrip(_BLANKS)
        return replace(span, end=span.start + len(label))

    def _figure_around(self, token: Token) -> Figure | None:
        figure = self._figure_before(token.start + 1)
        return figure if figure is not None and token.end <= figure.end else None

    def _figure_before(self, end: int) -> Figure | None:
        """The last figure that begins before a place."""
        index = bisect_left(self.figures, end, key=attrgetter("start")) - 1
        return self.figures[index] if index >= 0 else None

    def _begins_line(self, span: Span) -> bool:
        """Whether a row's label has other print behind it on its line, and none before it."""
        before = self.folded.rfind("\n", 0, span.start) + 1
        behind = self.folded.find("\n", span.end)
        first = not self.folded[before : span.start].strip(EDGES)
        return span.tag is ROW and first and bool(self.folded[span.end : behind].strip(EDGES))

    def _is_counted(self, span: Span) -> bool:
        """Whether a label is a number and what may stand beside it in its cell: `2亿元`, `共8件`, `4 减`."""
        text = self.folded[span.start : span.end]
        if not any(map(str.isdigit, text)):
            return False
        if len(text) > _LONGEST_FIGURE or _NUMBERED.fullmatch(text):
            return _BRACKETED.fullmatch(text) is not None and self._is_among_numbers(span)
        return is_plain(text) or (" " in text and is_odd(text.replace(" ", "")))

    def _is_among_numbers(self, span: Span) -> bool:
        """Whether a number stands before a span, and behind it another one or its drawn row's end."""
        first, last = self.printed.index_at(span.start), self.printed.index_at(span.end) - 1
        before, behind = self.printed.beside(first, -1), self.printed.beside(last, 1)
        if before is None or before.kind is not NUMBER or behind is None:
            return False
        drawn = BORDER.search(self.folded, before.end, span.start) is not None
        return behind.kind is NUMBER or (drawn and "\n" in self.folded[span.end : behind.start])

    def _without_number(self, span: Span) -> Span:
        """A label without the number before it: `54.无正当…` is 5 and 4., `5` / `危及…` are two cells."""
        first = self.printed.index_at(span.start)
        number, *behind = self.printed.tokens[first : first + 3]
        if number.kind is not NUMBER or not behind:
            return span
        if behind[0].kind is ORDINAL:
            return replace(span, start=behind[0].start)
        if behind[0].kind is not SEPARATOR or len(behind) < 2 or behind[1].start >= span.end:
            return span
        parted = behind[0].piece != "[ ]" and not self.printed.is_ordinal(first)
        numbered = behind[1].kind is ORDINAL or self.printed.is_ordinal(first + 2)
        return replace(span, start=behind[1].start) if parted or numbered else span

    def _labels_of(self, span: Span) -> list[Span]:
        """A label's span, a row's cut where another label begins: at an ordinal, or behind empty lines."""
        span = self._without_number(span)
        if span.tag is not ROW:
            return [span]
        starts = [span.start]
        for index in self.printed.between(span.start + 1, span.end):
            token, beside = self.printed.tokens[index], self.printed.tokens[index - 1]
            if token.kind is ORDINAL or (beside.kind is SEPARATOR and token.kind is not SEPARATOR):
                before = self.folded[span.start : token.start]
                ordinal = token.kind is ORDINAL and before.count("(") <= before.count(")")
                gap = before[len(before.rstrip(_BLANKS)) :]
                if ordinal or gap.count("\n") > _LINES_APART or gap.count("\t") > _CELLS_APART:
                    starts.append(token.start)
        if len(starts) == 1:
            return [span]
        return [
            replace(span, start=start, end=start + len(self.folded[start:end].rstrip(_BLANKS)))
            for start, end in pairwise((*starts, span.end))
        ]
