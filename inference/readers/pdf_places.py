"""Print with its place, whatever sheet it is on: lines, their words, and text that is wrapped in a cell.

Flow:  lines of all sheets -> **placed lines, words** -> tables without rules
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gouji.inference.readers.pdf_glyphs import Glyph
from gouji.inference.readers.pdf_lines import Line, is_amount, joined
from gouji.inference.unread_marks import PICTURE

_WORD_GAP = 0.25  # of a glyph's height: between two words
_DIGIT_GAP = 0.12  # likewise: between the digits of two numbers
_HEAD_STEP = 1.12  # of a wide glyph: from middle to middle, between the heads of two cells side by side
LINE = 1.8  # likewise: from line to line of one cell, at most
_LONGEST_ORDINAL = 4
ORDINAL = re.compile(
    r"[（(](?:[一二三四五六七八九十]{1,2}|\d)[）)]|[一二三四五六七八九十]{1,2}、|\d{1,2}[.．、](?!\d)"
)
_SIGN_OR_UNIT = re.compile(r"[增减]|[件项条次个宗份起篇人元]|[万亿]元")
_PART = re.compile(r"\d[\d,，]*[.．,，]|\d[\d,.]*\D?[（(].*|[（(][^（()）]*")
_SAME = 0.75  # point, by which lines of a column begin unevenly
SLACK = 1.0  # points, by which print may reach over its column's edge


@dataclass(slots=True)
class Wrapped:
    """A label or a head: its lines, each with its place."""

    parts: list[tuple[float, Line]]

    @property
    def top(self) -> float:
        return self.parts[0][0]

    @property
    def bottom(self) -> float:
        return self.parts[-1][0]

    @property
    def left(self) -> float:
        return min(part.left for _, part in self.parts)

    @property
    def right(self) -> float:
        return max(part.right for _, part in self.parts)

    @property
    def height(self) -> float:
        return max(part.height for _, part in self.parts)

    @property
    def text(self) -> str:
        return joined([part for _, part in self.parts])

    def spans(self, y: float) -> bool:
        """Whether a row at a place may be this label's."""
        return self.top - self.height * 0.7 <= y <= self.bottom + self.height * 0.7


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line with its place below the first sheet's top, no room lost at page breaks; its words."""

    y: float
    sheet: int
    line: Line
    words: tuple[Line, ...]

    def place(self, part: Line) -> float:
        """Where a part of the line stands: each font has its own baseline, and each cell."""
        return round(self.y + part.base - self.line.base, 1)

    @property
    def values(self) -> list[Line]:
        """The numbers and marks that end it."""
        found: list[Line] = []
        for word in reversed(self.words):
            if not is_cell_value(word) and not is_part_of_value(word):
                break
            found.insert(0, word)
        while found and not is_cell_value(found[0]):
            found.pop(0)
        return found


def placed_lines(sheets: Sequence[Sequence[Line]]) -> Iterator[PlacedLine]:
    """Lines as if all sheets were one: the next sheet's first line stands right below the last."""
    shift = 0.0
    for number, lines in enumerate(sheets):
        if not lines:
            continue
        shift -= lines[0].base
        for line in lines:
            yield PlacedLine(line.base + shift, number, line, tuple(words_of(line)))
        shift += lines[-1].base + LINE * lines[-1].height * 0.9


def words_of(line: Line) -> Iterator[Line]:
    """The pieces of a line between which there is room."""

    def apart(a: Glyph, b: Glyph) -> bool:
        least = _DIGIT_GAP if _is_figure(a) and _is_figure(b) else _WORD_GAP
        return b.left - a.right > least * min(a.height, b.height)

    return pieces_of(line, apart)


def heads_apart(a: Glyph, b: Glyph) -> bool:
    """Whether two glyphs are of two heads: wide ones of one are set solid, whatever fonts they are of."""
    em = max(a.right - a.left, b.right - b.left)
    if _is_wide(a) and _is_wide(b):
        return (b.left + b.right - a.left - a.right) / 2 > em * _HEAD_STEP
    return b.left - a.right > _WORD_GAP * min(a.height, b.height)


def _is_figure(glyph: Glyph) -> bool:
    return glyph.text.isdigit() or glyph.text in "/-—－"


def _is_wide(glyph: Glyph) -> bool:
    return glyph.text >= "\u2e80"


def pieces_of(line: Line, apart: Callable[[Glyph, Glyph], bool]) -> Iterator[Line]:
    """A line parted where two neighbours are told apart."""
    glyphs = [glyph for glyph in line.glyphs if glyph.text != " "]
    start = 0
    for index, (before, glyph) in enumerate(pairwise(glyphs), 1):
        if apart(before, glyph):
            yield Line(tuple(glyphs[start:index]))
            start = index
    yield Line(tuple(glyphs[start:]))


def is_cell_value(word: Line) -> bool:
    """Whether a word is what a cell of numbers prints, some of it maybe lost."""
    known = Line(tuple(glyph for glyph in word.glyphs if glyph.text != PICTURE))
    return not known.glyphs or (is_amount(known) and not ORDINAL.match(known.text))


def is_part_of_value(word: Line) -> bool:
    """Whether a word is what may stand apart from the rest of its cell: 增, 件, `20.`, `3（含`, `（含`."""
    return _PART.fullmatch(word.text) is not None or is_sign_or_unit(word.text)


def is_sign_or_unit(text: str) -> bool:
    """Whether a text is what stands before or behind a number."""
    return _SIGN_OR_UNIT.fullmatch(text) is not None


def left_of(line: Line, edge: float, starts: Sequence[float] = ()) -> list[Line]:
    """The parts of a line before its columns, parted at ordinals too, and where labels are known to start."""
    glyphs = tuple(glyph for glyph in line.glyphs if (glyph.left + glyph.right) / 2 < edge)
    if not any(glyph.text != " " for glyph in glyphs):
        return []
    parts: list[Line] = []
    for part in Line(glyphs).parted():
        start = 0
        for index, (before, glyph) in enumerate(pairwise(part.glyphs), 1):
            begun = "".join(each.text for each in part.glyphs[index : index + _LONGEST_ORDINAL])
            known = any(abs(glyph.left - left) <= _SAME for left in starts)
            if (known and glyph.left - before.right >= SLACK) or (
                heads_apart(before, glyph) and ORDINAL.match(begun)
            ):
                parts.append(Line(part.glyphs[start:index]))
                start = index
        parts.append(Line(part.glyphs[start:]))
    return parts
