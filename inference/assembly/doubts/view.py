"""The print of a table's rows as every doubt sees it, and how a doubt is told of it.

Flow:  line readings -> **view** -> doubts -> line readings

All doubts look at one and the same view, made once a table: none sees what another has opened, so that
each can be switched off, measured and taken away by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from gouji.inference.assembly.anchors import Anchor
from gouji.inference.assembly.doubt import Doubt, Doubts, Family, raised
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.line_readings import LineReadings, holds
from gouji.inference.assembly.lines import Line
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.strips import Strip
from gouji.inference.assembly.wording import Wordings
from gouji.inference.why import Why


@dataclass(frozen=True, slots=True)
class Row:
    """One row as it is printed, and how it reads so far."""

    index: int  # of its line
    line: Line
    strip: Strip  # what is read; `read.strip` holds the numbers as well that the tagger calls no values
    read: LineReadings

    @property
    def is_summed(self) -> bool:
        """Whether the row has sums of its own."""
        return bool(self.line.sums)

    @property
    def missing(self) -> int:
        """How many cells the row has beyond what is printed; below zero where it prints too much."""
        return len(self.line.keys) - len(self.strip.chunks)

    @property
    def is_untold(self) -> bool:
        """Whether no sum tells which of what is printed is the row's."""
        return not self.is_summed or self.missing < 0

    @property
    def is_proved(self) -> bool:
        """Whether the row's sums hold however it is read."""
        return self.is_summed and all(holds(self.line.sums, reading) for reading in self.read.readings)

    @property
    def adds_up(self) -> bool:
        """Whether the row is read in one way, and its sums hold."""
        return len(self.read.readings) == 1 and self.is_proved


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table that the page holds, by index of the line."""

    marked: MarkedPage
    found: FoundTable
    rows: Mapping[int, Row]
    glued: bool  # nothing stands between the table's cells


@dataclass(frozen=True, slots=True)
class Labels:
    """The labels of a table's rows, and the numbers behind each."""

    marked: MarkedPage
    lines: Sequence[Line]
    anchors: Sequence[Anchor]
    strips: Mapping[int, Strip]
    rows: Wordings  # the form's labels of the rows
    printed: Collection[str]  # the bare labels of all items of the table
    twins: frozenset[int]  # rows whose label may as well be that of another with the same words
    end: int  # of the table, in characters


View = TypeVar("View", Rows, Labels)
Predicate = Callable[[View], Iterable[int]]


@dataclass(frozen=True, slots=True)
class RowDoubt(Generic[View]):
    """A doubt, and which rows of a table it holds of."""

    doubt: Doubt
    rows: Predicate[View]
    even_known: bool  # it holds of rows as well whose cells the file knows


def of_rows(
    family: Family, why: Why, *, even_known: bool = False
) -> Callable[[Predicate[View]], RowDoubt[View]]:
    """Make a doubt of a predicate that names the rows of a table of which it holds."""

    def doubt_of(predicate: Predicate[View]) -> RowDoubt[View]:
        about, _, rest = (predicate.__doc__ or "").partition("\n")
        doubt = raised(predicate.__name__, family, why)("\n".join((about, rest.partition("::\n")[2])))
        return RowDoubt(doubt, predicate, even_known)

    return doubt_of


def of_row(
    family: Family, why: Why, *, even_known: bool = False
) -> Callable[[Callable[[Row, Rows], bool]], RowDoubt[Rows]]:
    """Make a doubt of a predicate on one row of a table."""

    def doubt_of(predicate: Callable[[Row, Rows], bool]) -> RowDoubt[Rows]:
        def rows(table: Rows) -> Iterable[int]:
            return (index for index, row in table.rows.items() if predicate(row, table))

        rows.__name__, rows.__doc__ = predicate.__name__, predicate.__doc__
        return of_rows(family, why, even_known=even_known)(rows)

    return doubt_of


def doubts_of(view: View, doubts: Iterable[RowDoubt[View]], known: Collection[int] = ()) -> dict[int, Doubts]:
    """What stands against each row of a table; what stands beyond a row's known cells is not the row's."""
    found: dict[int, set[Doubt]] = {}
    for one in doubts:
        for index in one.rows(view):
            if one.even_known or index not in known:
                found.setdefault(index, set()).add(one.doubt)
    return {index: frozenset(own) for index, own in found.items()}
