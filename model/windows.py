"""Cover a page of any length with windows that the tagger can read at once.

Flow:  page -> tokens -> **windows** -> tags -> spans

Windows overlap, and each token is tagged by the window in which it stands most central:
the tagger knows least of what lies at a window's edge. A page's windows are all of one
length, as short as their number allows, so that nothing is padded and little is read twice.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

WINDOW = 256  # tokens at most; a table of 26 rows of 7 columns takes about 450
OVERLAP = 32  # tokens that two neighbouring windows share at least


@dataclass(frozen=True, slots=True)
class Window:
    """Tokens `start` to `end` are read together; those from `first` to `last` take their tags from it."""

    start: int
    end: int
    first: int
    last: int  # exclusive, as `end` is


def cover(length: int, *, window: int = WINDOW, overlap: int = OVERLAP) -> list[Window]:
    """The windows of a page, in order; each token lies between `first` and `last` of just one.

    Args:
        length: The page's tokens; 0 gives no window.
        window: Tokens a window at most.
        overlap: Tokens that neighbours share at least.

    >>> cover(5, window=8, overlap=2)
    [Window(start=0, end=5, first=0, last=5)]
    >>> cover(10, window=8, overlap=2)
    [Window(start=0, end=6, first=0, last=5), Window(start=4, end=10, first=5, last=10)]
    """
    if length <= window:
        return [Window(0, length, 0, length)] if length else []
    count = -(-(length - overlap) // (window - overlap))
    size = -(-(length + (count - 1) * overlap) // count)
    starts = [round(number * (length - size) / (count - 1)) for number in range(count)]
    borders = [0, *((left + size + right) // 2 for left, right in pairwise(starts)), length]
    return [
        Window(start, start + size, first, last)
        for start, (first, last) in zip(starts, pairwise(borders), strict=True)
    ]
