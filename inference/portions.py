"""Which documents of a run are answered: all, the first ones, some of them, or those that are left of it.

Flow:  contents -> documents, counted -> **portion** -> workers

A run may hold a million pages, in a few files or in as many. So a document is known by its number alone, in
the order of the inputs; what is not answered is opened, counted and passed over.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Position:
    """Where a document stands in a run, each counted from 0."""

    input: int = 0  # which input holds it
    document: int = 0  # which of that input's documents it is
    number: int = 0  # which of all documents


FIRST = Position()


def _every(at: Position) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Portion:
    """What is answered: `takes` is asked for the place of each document, in order, from `begin` on."""

    begin: Position = FIRST  # the contents that are given begin with its input
    end: int | None = None  # the number of the first document that is not opened any more
    takes: Callable[[Position], bool] = _every


class Count:
    """Counts inputs and documents as they come, and tells which are taken.

    >>> count = Count(Portion(Position(input=7, document=1, number=100), end=101))
    >>> count.next_input()
    >>> count.takes(count.next_document()), count.is_over
    (False, False)
    >>> count.takes(count.next_document()), count.is_over
    (True, True)
    """

    def __init__(self, portion: Portion) -> None:
        self._portion = portion
        self._input = portion.begin.input - 1
        self._document = 0
        self._number = portion.begin.number - portion.begin.document

    def next_input(self) -> None:
        """Another input begins."""
        self._input += 1
        self._document = 0

    def next_document(self) -> Position:
        """The place of the next document."""
        at = Position(self._input, self._document, self._number)
        self._document += 1
        self._number += 1
        return at

    @property
    def is_over(self) -> bool:
        """Whether the last document is counted that may be answered."""
        return self._portion.end is not None and self._number >= self._portion.end

    def takes(self, at: Position) -> bool:
        """Whether a document is answered."""
        begin, end = self._portion.begin.number, self._portion.end
        return begin <= at.number and (end is None or at.number < end) and self._portion.takes(at)
