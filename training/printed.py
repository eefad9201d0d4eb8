"""What a cell prints in its figure's place, and what that print says; the shape of a publisher's habit.

Flow:  figures -> **print** -> report -> markup -> flattener
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from gouji.training.figures import Number

Truth = Mapping[str, Number | None]  # cell key -> what its print says, None for a blank


@dataclass(frozen=True, slots=True)
class Print:
    """What a cell prints in the figure's place."""

    text: str
    value: Number | None  # None for a blank
    unit: str | None = None
    tail: int = 0  # characters at the text's end that are no part of the value: a remark, a note's mark


Prints = Iterator[
    tuple[str, Print]
]  # the cells that a habit prints otherwise; none where it has nothing to do
Habit = Callable[[Truth, random.Random], Prints]


def plain(figure: Number) -> str:
    """A figure in bare digits, with a point and a sign where it has them.

    >>> plain(-3), plain(0.0005), plain(1948.21)
    ('-3', '0.0005', '1948.21')
    """
    return str(figure) if isinstance(figure, int) else f"{figure:.6f}".rstrip("0").rstrip(".")


def printed(figure: Number) -> Print:
    """A figure printed barely."""
    return Print(plain(figure), figure)


def rows_of(truth: Truth, table: str) -> dict[str, list[str]]:
    """The rows of a table with the keys of their cells, in the order of print."""
    rows: dict[str, list[str]] = {}
    for key in truth:
        if key.startswith(f"{table}/"):
            rows.setdefault(key.split("/")[1], []).append(key)
    return rows
