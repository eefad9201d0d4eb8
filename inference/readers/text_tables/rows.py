"""Rows of cells as a text writes them.

Flow:  lines of a text -> format -> **rows** -> blocks -> page

A format gives what stands between its marks; here a cell's own marks go (bold, escapes, line breaks),
and nothing of its print.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gouji.inference.readers.writer import Block, Table, cell
from gouji.inference.unread_marks import UNSEEN

Row = tuple[str, ...]

_BREAK = re.compile(r"<br\s*/?>|\n", re.IGNORECASE)
_INLINE = re.compile(r"</?(?:b|i|u|em|strong|font|span|center)\b[^<>]*>", re.IGNORECASE)
_BOLD = re.compile(r"(\*\*|__|`)(.*?)\1")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_STACKED = re.compile(r"\s*-?\d[\d.,]*\s*(?:\n|<br\s*/?>)\s*-?\d[\d.,]*\s*", re.IGNORECASE)
_FORMULA = re.compile(r"\$+\s*(-?[\d.,]+)\s*\$+|\\\(\s*(-?[\d.,]+)\s*\\\)")


class Lines(list[str]):
    """The lines of a text, and what need not be looked for in them again."""

    def __init__(self, lines: Iterable[str]) -> None:
        super().__init__(lines)
        self.fruitless: dict[str, int] = {}  # delimiter -> the line before which no records of it begin


@dataclass(frozen=True, slots=True)
class Found:
    """What a format found in a text's lines: blocks in their place, and the line behind them."""

    blocks: tuple[Block, ...]
    end: int  # index of a line


def printed(text: str) -> str:
    r"""What a cell prints, without the marks of Markdown, HTML and formulas in it.

    >>> printed(r"**1\.属于<br>国家秘密** "), printed("$ 12 $"), printed("518<br>73")
    ('1.属于国家秘密', '12', '518 73')
    """
    text = without_formula(text)
    text = _INLINE.sub("", text) if "<" in text else text
    text = _ESCAPED.sub(r"\1", _BOLD.sub(r"\2", text)) if any(mark in text for mark in "\\*_`") else text
    return cell(_BREAK.split(html.unescape(text) if "&" in text else text))


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
