"""Rows of cells as a text writes them.

Flow:  lines of a text -> format -> **rows** -> blocks -> page

A format gives what stands between its marks; here a cell's own marks go (bold, escapes, line breaks),
and nothing of its print.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, pairwise

from gouji.inference.readers.writer import Block, Table, cell
from gouji.inference.unread_marks import UNSEEN

Row = tuple[str, ...]

_BREAK = re.compile(r"<br\s*/?>|\n|(?<=[\u2e80-\uffef])\\n(?=[\u2e80-\uffef])", re.IGNORECASE)
_INLINE = re.compile(
    r"<!--.*?-->|</?(?:b|i|u|em|strong|font|span|center|class|verbatim)\b[^<>]*>", re.IGNORECASE | re.DOTALL
)
_BOLD = re.compile(r"(\*\*|__|`)(.*?)\1", re.DOTALL)
_LEANING = re.compile(r"\s*([*_])(?![\s*_])([^*_]*)(?<!\s)\1\s*")  # a cell that is emphasized as a whole
_NOTHING = re.compile(r"\s*\{?([*_+]{1,2})\s+\1\}?\s*")  # blanks that are emphasized
# pandoc's, of which none strikes, hides or colours.
_ATTRIBUTES = re.compile(
    r"\[([^\[\]]*)\]\{(?![^{}]*(?:line-through|display|visib|color|\.hid))(?:[^{}]*[=.#][^{}]*)?\}"
)
_BEHIND_CODE = re.compile(r"`\{(?![^{}]*(?:line-through|display|visib|color))[a-z-]+: ?[^{}`]*\}")  # Markua's
_ANCHOR = re.compile(r"<<[^<>\n]*>>")  # org's
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_STACKED = re.compile(r"\s*-?\d[\d.,]*\s*(?:\n|<br\s*/?>)\s*-?\d[\d.,]*\s*", re.IGNORECASE)
_WORDS = re.compile(r"[\u3400-\u9fff]\s*[\u3400-\u9fff]")
FIGURE = re.compile(r"\W*\d[\d,.]*\W*(?:[件项条次个宗份元起]|万元)?\W*")  # a number with its unit
_TRIES = 20  # lines of one stretch from which a format is looked for in vain, before the rest is let be
_FORMULA = re.compile(r"\$+\s*(-?[\d.,]+)\s*\$+|\\\(\s*(-?[\d.,]+)\s*\\\)")


class Lines(list[str]):
    """The lines of a text, where they stand in it, and what need not be looked for in them again.

    A format is looked for from each line. So that the time of a text grows with its length and not with its
    square, no line is joined or measured anew for each of those above it.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        super().__init__(lines)
        self.fruitless: dict[str, int] = {}  # format -> the line before which none of it begins
        self._tries: dict[tuple[str, int], int] = {}
        self._stretches: dict[str, tuple[int, int]] = {}

    @cached_property
    def text(self) -> str:
        """The lines in one."""
        return "\n".join(self)

    @cached_property
    def starts(self) -> Sequence[int]:
        """Where each line begins in the text."""
        return [0, *accumulate(len(line) + 1 for line in self)][: len(self)]

    def behind(self, place: int) -> int:
        """The line behind the one that holds a place of the text."""
        return bisect_right(self.starts, place)

    def stretch(self, format: str, index: int, belongs: Callable[[str], bool]) -> Sequence[str]:
        """The lines from one on that belong together; none where they were looked at often enough."""
        start, end = self._stretches.get(format, (0, 0))
        if not start <= index < end:
            end = next((i for i in range(index, len(self)) if not belongs(self[i])), len(self))
            self._stretches[format] = (index, end)
        if index < self.fruitless.get(format, 0):
            return ()
        self.tried(format, end)
        return self[index:end]

    def tried(self, format: str, end: int) -> None:
        """Note that a format was looked for up to a line; often enough, and no more of it is before that."""
        count = self._tries[format, end] = self._tries.get((format, end), 0) + 1
        if count >= _TRIES:
            self.fruitless[format] = end


@dataclass(frozen=True, slots=True)
class Found:
    """What a format found in a text's lines: blocks in their place, and the line behind them."""

    blocks: tuple[Block, ...]
    end: int  # index of a line


def printed(text: str) -> str:
    r"""What a cell prints, without the marks of Markdown, HTML and formulas in it.

    >>> printed(r"**1\.属于<br>国家秘密** "), printed("$ 12 $"), printed("518<br>73")
    ('1.属于国家秘密', '12', '518 73')
    >>> printed('[3 ]{style="font-family:仿宋"}'), printed("*规章*"), printed("3*"), printed("0<<>>")
    ('3', '规章', '3*', '0')
    >>> printed("* *"), printed("`3`{lang: EN-US}``")
    ('', '3')
    """
    if _NOTHING.fullmatch(text):
        return ""
    text = without_formula(text)
    text = _ATTRIBUTES.sub(r"\1", text) if "]{" in text else text
    text = _BEHIND_CODE.sub("`", text) if "`{" in text else text
    text = _ANCHOR.sub("", text) if "<<" in text else text
    text = leaning[2] if (leaning := _LEANING.fullmatch(text)) else text
    text = _INLINE.sub("", text) if "<" in text else text
    text = _ESCAPED.sub(r"\1", _BOLD.sub(r"\2", text)) if any(mark in text for mark in "\\*_`") else text
    return cell(_BREAK.split(html.unescape(text) if "&" in text else text))


def is_filled(rows: Iterable[Sequence[str]]) -> bool:
    """Whether merged cells are printed once more in each of their columns.

    >>> is_filled([("信息内容", "采购项目数量", "采购项目数量")]), is_filled([("规章", "3", "3")])
    (True, False)
    """
    pairs = (pair for row in rows for pair in pairwise(row))
    return any(cell == other and _WORDS.search(cell) for cell, other in pairs)


def without_formula(text: str) -> str:
    """A cell that is nothing but a number, set as a formula: that number."""
    formula = _FORMULA.fullmatch(text.strip())
    return text if formula is None else formula[1] or formula[2]


def table_of(rows: Iterable[Sequence[str]]) -> Table:
    """A grid of cells as they are printed.

    An empty cell below two numbers in one is marked: the lower one may be its own.
    """
    found: list[Row] = []
    above: Sequence[str] = ()
    for row in rows:
        stacked = [_STACKED.fullmatch(text) is not None for text in above] + [False] * len(row)
        below = tuple(
            UNSEEN if under and not text else printed(text) for text, under in zip(row, stacked, strict=False)
        )
        found.append(below)
        above = row
    return Table(tuple(found), is_grid=True)
