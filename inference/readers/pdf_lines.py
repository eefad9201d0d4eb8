"""Glyphs become lines: those of a cell are joined again, those of open print keep their places.

Flow:  sheet -> **lines** -> rows -> page

A PDF holds no words, only glyphs at places. What stands apart on a line is parted by as many
blanks as there is room for, so that a table without rules still shows its columns.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import inf

from gouji.inference.readers.pdf_glyphs import ABOVE_BASE, Glyph
from gouji.inference.readers.pdf_grid import Box
from gouji.inference.unread_marks import PICTURE

_SAME_LINE = 0.5  # of a glyph's height, between baselines
_APART = 0.25  # of a glyph's height: the room between two digits or letters that parts them
_APART_WIDE = 0.6  # likewise between wide characters, which justified lines space out
_COLUMN = 0.9  # likewise: from here on the room is shown as wide as it is
_FIGURES = re.compile(r"[-+−－]? ?\d[\d,，.．]*(?: [\d,，.．]+)*")  # that may be one number, or several
_AMOUNT = re.compile(
    r"[-+−－减增]?\d[\d,，.．]*(?:[万亿]?元|[万余]?[件项条次个宗份起篇人]次?)?"
)  # a number, with or without its unit
_FEWEST_ROOMS = 5  # between neighbouring digits of a table, from which they show that its print is spaced out
_SPACED = 0.05  # of a glyph's height, by which the steps from digit to digit differ at most
_PADDING = 0.6  # of a glyph's height: what a cell keeps free on each side, at most, of a line that fills it
_TIGHT = 0.995  # of a digit: so much more than the least room would have taken it
_LARGER = 1.25  # times: the digits of one number are of one size
_NUMBER = re.compile(r"[-+−－]?\d[\d,，.．]*")
_SEPARATORS = ",，.．"  # behind which print breaks a number
_ZERO_MORE = re.compile(r"[-+−－]?[0０]\d")
_MARK = re.compile(r"[-/—－／]+|[OoＯ〇○]")  # of a blank cell, or a letter for 0


@dataclass(frozen=True)
class Line:
    """Glyphs on one baseline, from the left; blanks that are glyphs are among them."""

    glyphs: tuple[Glyph, ...]

    @property
    def base(self) -> float:
        """Of its first glyph."""
        return self.glyphs[0].base

    @property
    def middle(self) -> float:
        """Of its height, as seen."""
        return self.base - self.height * ABOVE_BASE

    @property
    def left(self) -> float:
        """Where its print begins."""
        return self.glyphs[0].left

    @cached_property
    def right(self) -> float:
        """Where its print ends."""
        return max(glyph.right for glyph in self.glyphs)

    @cached_property
    def height(self) -> float:
        """Of its tallest glyph."""
        return max(glyph.height for glyph in self.glyphs)

    @property
    def is_overprinted(self) -> bool:
        """Whether figures and words are printed over each other."""
        pairs = pairwise(glyph for glyph in self.glyphs if glyph.text != " ")
        return any(
            b.left < (a.left + a.right) / 2
            and a.text.isdigit() != b.text.isdigit()
            and {_width(a.text), _width(b.text)} == {1, 2}
            for a, b in pairs
        )

    @cached_property
    def text(self) -> str:
        """Its print, with one blank where there is room."""
        return "".join(" " * bool(blanks) + piece for blanks, piece in self._pieces(0)).strip()

    def laid_out(self, margin: float, unit: float) -> str:
        """Its print at its place: as many blanks as `unit` goes into the room, from `margin` on."""
        shown, width = "", 0
        for blanks, piece in self._pieces(unit, margin):
            wanted = max(blanks, 0)
            shown += " " * wanted + piece
            width += wanted + _width(piece)
        return shown.rstrip()

    def parted(self) -> list[Line]:
        """The line's parts, between which there is room for a column's end."""
        parts: list[list[Glyph]] = []
        for glyph in self.glyphs:
            if glyph.text != " ":
                if parts and glyph.left - parts[-1][-1].right <= glyph.height * _COLUMN:
                    parts[-1].append(glyph)
                else:
                    parts.append([glyph])
        return [Line(tuple(part)) for part in parts]

    def _pieces(self, unit: float, margin: float | None = None) -> list[tuple[int, str]]:
        """What stands together, and before each piece the blanks: 1, or by `unit` where that is given."""
        pieces: list[tuple[int, list[str]]] = []
        before: Glyph | None = None
        width = 0
        for glyph in self.glyphs:
            if glyph.text == " ":
                continue
            blanks = 0
            if before is not None:
                blanks = int(self.blank_between(before, glyph))
            room = glyph.left - (before.right if before else glyph.left if margin is None else margin)
            if unit and (before is None or room > glyph.height * _COLUMN):
                place = round((glyph.left - (margin or 0.0)) / unit)
                blanks = max(place - width, 0 if before is None else 2)
            if before is None or blanks:
                pieces.append((blanks, []))
            pieces[-1][1].append(glyph.text)
            width += blanks + _width(glyph.text)
            before = glyph
        return [(blanks, "".join(texts)) for blanks, texts in pieces]

    def blank_between(self, before: Glyph, glyph: Glyph) -> bool:
        """Whether there is a blank between two neighbours: room, or a glyph that is one."""
        room = glyph.left - before.right
        if bisect_right(self._blanks, before.left) < bisect_left(self._blanks, glyph.left):
            return True
        if before.text.isdigit() and glyph.text.isdigit() and _unlike(before.height, glyph.height):
            return True  # a note's mark is no part of the number beside it
        wide = _width(before.text) > 1 or _width(glyph.text) > 1
        return room > min(before.height, glyph.height) * (_APART_WIDE if wide else _APART)

    @cached_property
    def _blanks(self) -> list[float]:
        """Where its glyphs that are blanks begin, from the left."""
        return sorted(g.left for g in self.glyphs if g.text == " " and g.right > g.left)


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """Glyphs by their baselines, from the top; a line of blanks is none."""
    groups: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: glyph.base):
        if groups and glyph.base - groups[-1][0].base <= _SAME_LINE * min(glyph.height, groups[-1][0].height):
            groups[-1].append(glyph)
        else:
            groups.append([glyph])
    lines = []
    for group in groups:
        printed = sorted(group, key=lambda glyph: glyph.left)
        if any(glyph.text != " " for glyph in printed):
            lines.append(Line(tuple(printed)))
    return lines


def unspaced(lines: Iterable[Line]) -> float:
    """The room that parts the digits of a table's lines where all stand equally far apart, else 0.

    Print that is set letter by letter has no digits that touch, and the same step in every number.
    """
    pairs = [
        (a, b)
        for line in lines
        if _AMOUNT.fullmatch(line.text.replace(" ", ""))
        for a, b in pairwise(line.glyphs)
        if a.text.isdigit() and b.text.isdigit() and b.left - a.right <= _COLUMN * b.height
    ]
    if len(pairs) < _FEWEST_ROOMS:
        return 0.0
    steps = [b.left - a.left for a, b in pairs]
    room, height = min(b.left - a.right for a, b in pairs), max(b.height for _, b in pairs)
    return room if max(steps) - min(steps) <= _SPACED * height and room > _APART * height else 0.0


def without_doubt(lines: Sequence[Line], doubted: Set[int] = frozenset()) -> list[Line]:
    """Open print, its spaced out numbers closed up.

    Where figures stand too far apart for one number and too near for two, a mark parts them; one follows each
    number that is `doubted`, by its glyphs' identities.
    """
    room = unspaced(part for line in lines for part in line.parted() if _FIGURES.fullmatch(part.text))
    return [_marked(line, room, doubted) for line in lines]


def _marked(line: Line, room: float, doubted: Set[int]) -> Line:
    doubtful = [part for part in line.parted() if _FIGURES.fullmatch(part.text)]
    if not doubtful:
        return line
    inside = {id(glyph): part for part in doubtful for glyph in part.glyphs}
    glyphs: list[Glyph] = []
    for glyph in line.glyphs:
        before = glyphs[-1] if glyphs else None
        if id(glyph) in inside:
            part = inside[id(glyph)]
            if glyph is not part.glyphs[0] and before is not None and line.blank_between(before, glyph):
                glyphs.append(Glyph(PICTURE, before.right, glyph.left, glyph.base, glyph.height))
            if id(glyph) in doubted and glyph is part.glyphs[-1]:
                glyphs += [glyph, Glyph(PICTURE, glyph.right, glyph.right, glyph.base, glyph.height)]
                continue
            if room and glyph is not part.glyphs[-1]:
                glyph = glyph._replace(right=glyph.right + room)
        glyphs.append(glyph)
    return Line(tuple(glyphs))


def joined(lines: Sequence[Line]) -> str:
    """The print of a cell, its lines one behind the other as they were before they were wrapped."""
    text = ""
    for line in lines:
        parted = text and _letters(text[-1]) and _letters(line.text[0])
        text += " " * bool(parted) + line.text
    return text


def is_number(line: Line) -> bool:
    """Whether a line prints a number and nothing else."""
    return _NUMBER.fullmatch(line.text) is not None


def is_figure(line: Line) -> bool:
    """Whether a line prints a number, with or without a unit, and nothing else."""
    return _AMOUNT.fullmatch(line.text) is not None


def is_value(line: Line) -> bool:
    """Whether a line prints a number, or a blank's mark, and nothing else."""
    return is_number(line) or is_mark(line.text)


def is_mark(text: str) -> bool:
    """Whether a text is a blank's mark, or a letter for 0."""
    return _MARK.fullmatch(text) is not None


def values_of(lines: Sequence[Line]) -> list[Line]:
    """The lines of a cell that print a value; one within brackets is part of a remark."""
    text, values = "", []
    for line in lines:
        if is_value(line) and not ends_in_brackets(text):
            values.append(line)
        text += line.text
    return values


def ends_in_brackets(text: str) -> bool:
    """Whether what follows stands in brackets."""
    return _brackets(text) > 0


def closes_more_brackets(text: str) -> bool:
    """Whether the beginning of a remark is missing."""
    return _brackets(text) < 0


def _brackets(text: str) -> int:
    opened, closed = (sum(map(text.count, pair)) for pair in ("（(", "）)"))
    return opened - closed


def is_amount(line: Line) -> bool:
    """Whether a line prints a number, with or without a unit, or a blank's mark, and nothing else."""
    return is_figure(line) or is_value(line)


def numbers_of(lines: Sequence[Line], box: Box, padding: float = inf) -> list[list[Line]]:
    """The lines of a cell by the numbers that they print: one that was broken has several.

    Args:
        lines: Those of numbers.
        box: The cell.
        padding: What the table's numbers leave free of their cells at least.
    """
    numbers: list[list[Line]] = []
    for line in lines:
        if numbers and _goes_on(numbers[-1], line, box, padding):
            numbers[-1].append(line)
        else:
            numbers.append([line])
    return numbers


def _goes_on(number: Sequence[Line], below: Line, box: Box, padding: float) -> bool:
    """Whether a number goes on in the line below: the cell had no room for its next digit. None begins 01.

    One that ends in a comma or a point is not at its end.
    """
    if is_open_ended(number[-1]):
        return True
    if _ZERO_MORE.match("".join(line.text for line in (*number, below))):
        return False
    digit = below.glyphs[0].right - below.glyphs[0].left
    return free_room(number[-1], box) < min(digit + 2 * _PADDING * below.height, _TIGHT * digit + padding)


def is_open_ended(number: Line) -> bool:
    """Whether a number ends in a comma or a point, so that it goes on in the next line."""
    return number.text[-1] in _SEPARATORS and is_number(number)


def free_room(line: Line, box: Box) -> float:
    """What a line leaves free of its cell's width."""
    return (box.right - box.left) - (line.right - line.left)


def _unlike(a: float, b: float) -> bool:
    return max(a, b) > _LARGER * min(a, b)


def _letters(character: str) -> bool:
    return character.isascii() and character.isalpha()


def _width(text: str) -> int:
    """In half-widths."""
    return sum(1 + (unicodedata.east_asian_width(character) in "WF") for character in text)
