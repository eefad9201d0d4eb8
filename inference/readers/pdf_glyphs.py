"""Printed characters by their places: what is printed twice counts once, a watermark not at all.

Flow:  PDF -> **glyphs** -> sheets -> grids, lines -> page
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from statistics import median
from typing import NamedTuple

ABOVE_BASE = 0.35  # of a glyph's height: its middle
_SHIFT = 0.1  # of a glyph's height: bold print is at times the same print twice, by a twentieth apart
_TALL = 2.5  # times the usual height: no print of a table is; titles are, where no other print stands
_MOST_TALL = 5_000  # of such characters on a sheet; a watermark that is repeated has hundreds


class Glyph(NamedTuple):
    """A printed character, by its box and its baseline."""

    text: str
    left: float
    right: float
    base: float
    height: float


def under_watermarks(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """The glyphs, less the lines far taller than the rest that are printed across other print."""
    glyphs = list(glyphs)
    usual = median([glyph.height for glyph in glyphs if glyph.text != " "] or [0.0])
    tall = [glyph for glyph in glyphs if glyph.height > usual * _TALL]
    if not 0 < len(tall) <= _MOST_TALL:
        return glyphs
    small = sorted((g for g in glyphs if g.height <= usual * _TALL), key=_left)
    across: set[float] = set()
    for glyph in tall:
        if glyph.base not in across:
            top = glyph.base - glyph.height
            over = small[
                bisect_right(small, glyph.left, key=_left) : bisect_left(small, glyph.right, key=_left)
            ]
            if any(top < other.base < glyph.base for other in over):
                across.add(glyph.base)
    return [glyph for glyph in glyphs if not (glyph.height > usual * _TALL and glyph.base in across)]


def _left(glyph: Glyph) -> float:
    return glyph.left


def once(glyphs: Sequence[Glyph]) -> Iterator[Glyph]:
    """Each glyph once, where bold print is the same print twice."""
    seen: dict[tuple[str, int], list[float]] = {}  # where those alike begin, from the left
    for glyph in glyphs:
        alike = seen.setdefault((glyph.text, round(glyph.base)), [])
        near = glyph.height * _SHIFT
        first = bisect_right(alike, glyph.left - near)
        if glyph.text != " " and first < len(alike) and alike[first] < glyph.left + near:
            continue
        insort(alike, glyph.left)
        yield glyph
