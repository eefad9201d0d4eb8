"""Where on its line each token stands, as a page printed in columns shows it.

Flow:  page -> tokens -> **tokens' places** -> tags

A table drawn with rules, or printed from PDF, breaks a label over several lines; which
label a fragment continues shows only in the column that it stands in. The tagger reads
that beside the token itself. On a line with bars or tabs the place is the number of those
before the token: so the columns of a table have the same places however wide they are.
On any other line it is the distance from the margin.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from gouji.model.page import GHOST
from gouji.model.tokens import Token

_CELLS = 16  # places on a line with bars, and as many on a line with tabs; the last holds all further ones
_MARGINS = 40  # places on any other line
_STEP = 3  # half-widths a place there
PLACES = 2 * _CELLS + _MARGINS
MARGIN = 2 * _CELLS  # the place at the begin of a line without bars and tabs

_WIDE = 0x2E80  # from here on a character takes two half-widths
_BOXES = 0x2500, 0x257F
_UPRIGHT = np.array([chr(code) not in "─━┄┅┈┉╌╍═╴╶╸╺╼╾" for code in range(_BOXES[0], _BOXES[1] + 1)])

Counts = npt.NDArray[np.int64]


def places_of(tokens: Sequence[Token], folded: str) -> Counts:
    """The place of each token on its line, (length,), 0 to PLACES - 1."""
    if not tokens:
        return np.zeros(0, dtype=np.int64)
    codes = np.frombuffer(folded.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    starts = np.array([token.start for token in tokens], dtype=np.int64)
    breaks = np.flatnonzero(codes == ord("\n"))
    line_of = np.searchsorted(breaks, starts)
    begins = np.concatenate([[0], breaks + 1])[line_of]
    ends = np.concatenate([breaks, [len(codes)]])[line_of]
    drawn = (codes >= _BOXES[0]) & (codes <= _BOXES[1])
    drawn[drawn] = _UPRIGHT[codes[drawn] - _BOXES[0]]
    bars = _running(drawn | (codes == ord("|")))
    tabs = _running(codes == ord("\t"))
    widths = _running((codes >= _WIDE).astype(np.int64) + 1 - (codes == ord(GHOST)))
    place: Counts = MARGIN + np.minimum((widths[starts] - widths[begins]) // _STEP, _MARGINS - 1)
    for first, count in ((_CELLS, tabs), (0, bars)):
        there = count[ends] > count[begins]
        place = np.where(there, first + np.minimum(count[starts] - count[begins], _CELLS - 1), place)
    return place


def _running(counted: npt.NDArray[np.generic]) -> Counts:
    """The sum before each character, and the sum of all: (characters + 1,)."""
    return np.concatenate([[0], np.cumsum(counted, dtype=np.int64)])
