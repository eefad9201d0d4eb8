"""A page cut into tokens: what stands beside what, whatever the tagger calls it.

Flow:  page, tokens -> **printed page** -> printed spans -> marked page

Borders, rules, ordinals, escapes and signs are told by the print alone.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import cached_property

from gouji.inference.assembly.figures import ESCAPE
from gouji.model.page import GHOST, Page
from gouji.model.tokens import NUMBER, SEPARATOR, WORD, Token

BORDER = re.compile(r"[|│┃\t]")
_CELL_ENDS = "|│┃║\t\n"
_CELL_END = re.compile(f"[{_CELL_ENDS}]")
# A rule under a row may leave a wrapped group label standing in its first column.
_RULE = re.compile(r"(?m)^(?:(?=.*───)|(?=[^\n\w]*$)(?=.*(?:---|===))).*$")


class PrintedPage:
    """A page and its tokens, which are named by their indices."""

    def __init__(self, page: Page, tokens: Sequence[Token]) -> None:
        self.page, self.tokens = page, tokens
        self.folded = page.folded
        self._starts = [token.start for token in tokens]
        self._numbers = [index for index, token in enumerate(tokens) if token.kind is NUMBER]

    def between(self, start: int, end: int) -> range:
        """The indices of the tokens that begin in `start..end`."""
        return range(bisect_left(self._starts, start), bisect_left(self._starts, end))

    def numbers_between(self, start: int, end: int) -> Sequence[int]:
        """The indices of the numbers that begin in `start..end`."""
        inside, numbers = self.between(start, end), self._numbers
        return numbers[bisect_left(numbers, inside.start) : bisect_left(numbers, inside.stop)]

    def index_at(self, place: int) -> int:
        """The index of the first token that begins at a place or behind it."""
        return bisect_left(self._starts, place)

    def fills_cell(self, index: int) -> bool:
        """Whether a token has a border right behind it: nothing else of its cell follows."""
        return index + 1 < len(self.tokens) and self.tokens[index + 1].parts_cells

    def borders_around(self, start: int, end: int) -> tuple[int | None, int | None]:
        """The indices of the next separators that part cells, before a token and from another on."""
        borders = self._borders
        before, behind = bisect_left(borders, start) - 1, bisect_left(borders, end)
        return borders[before] if before >= 0 else None, borders[behind] if behind < len(borders) else None

    def drawn_cell(self, place: int) -> tuple[int, int] | None:
        """Where the cell that a place is in begins and ends, between drawn borders on its line."""
        folded = self.folded
        start = max(folded.rfind(border, 0, place) for border in _CELL_ENDS) + 1
        end = _CELL_END.search(folded, place)
        if not start or end is None or "\n" in (folded[start - 1], end.group()):
            return None
        return start, end.start()

    def is_ordinal(self, index: int) -> bool:
        """Whether a digit and its marks stand apart, words behind them: `4 、保护…`, `(` / `4` / `)保护…`."""
        token, folded = self.tokens[index], self.folded
        if token.kind is not NUMBER or token.end - token.start > 1:
            return False
        behind = self.beside(index, 1)
        if behind is None or folded[behind.start] not in "、.)":
            return False
        point = self.surface(behind) in ("、", ".") and self.tokens[index + 1].kind is SEPARATOR
        point = point and BORDER.search(folded, token.end, behind.start) is None
        before = self.beside(index, -1) if folded[behind.start] == ")" else None
        bracketed = before is not None and folded[before.start] == "("
        if not point and (before is None or not bracketed or folded[before.start - 1].isalnum()):
            return False
        follows = self.index_at(behind.end)
        if point and follows < len(self.tokens) and self.tokens[follows].piece == "[ ]":
            follows += 1
        return follows < len(self.tokens) and self.tokens[follows].kind is WORD

    def beside(self, index: int, step: int) -> Token | None:
        """The next token before or behind one that is no separator."""
        index += step
        if 0 <= index < len(self.tokens) and self.tokens[index].kind is SEPARATOR:
            index += step
        return self.tokens[index] if 0 <= index < len(self.tokens) else None

    def surface(self, token: Token) -> str:
        """What a token prints, folded."""
        return self.folded[token.start : token.end]

    def ends_pointed_number(self, ordinal: Token) -> bool:
        """Whether what looks like an ordinal is the last digit of a number and a point behind it: `19.`."""
        start, end = ordinal.start, ordinal.end
        return self.folded[end - 1] == "." and self.folded[start - 1 : start].isdigit()

    def is_behind_sign(self, index: int) -> bool:
        """Whether a sign stands before a token that is no part of it: behind words, or invisibly parted."""
        start = end = self.tokens[index].start
        while end and self.folded[end - 1] in GHOST:
            end -= 1
        sign = self.folded[end - 1 : end]
        return sign == "减" or (sign == "-" and end < start)

    def number_before(self, start: int) -> Token | None:
        """The number that stands right before a place, separators aside."""
        token = self.beside(self.index_at(start), -1)
        return token if token is not None and token.kind is NUMBER else None

    def stands_alone(self, index: int) -> bool:
        """Whether a token has separators on both sides, as a cell of its own has; it may be escaped."""
        first = index - 1 if index and self.is_escape(index - 1) else index
        around = (*self.tokens[max(first - 1, 0) : first], *self.tokens[index + 1 : index + 2])
        return len(around) == 2 and around[0].kind is around[1].kind is SEPARATOR

    def is_escape(self, index: int) -> bool:
        """Whether a token is the backslash by which markdown says that the sign behind it is print."""
        return ESCAPE.match(self.folded, self.tokens[index].start) is not None

    def stands_alone_in_brackets(self, index: int) -> bool:
        """Whether a token and the brackets around it, as in `(9)`, have separators on both sides."""
        around = self.tokens[max(index - 2, 0) : index + 3]
        if len(around) < 5 or around[0].kind is not SEPARATOR or around[4].kind is not SEPARATOR:
            return False
        before, after = self.folded[around[1].start : around[2].start], around[3]
        return before == "(" and self.folded[around[2].end : after.end] == ")"

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

    @cached_property
    def _rule_ends(self) -> list[int]:
        return [match.end() for match in _RULE.finditer(self.folded)]

    @cached_property
    def _borders(self) -> list[int]:
        return [index for index, token in enumerate(self.tokens) if token.parts_cells]
