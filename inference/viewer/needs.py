"""What of a report asks for a person, each thing once, and what the page does not hold.

Flow:  extraction -> **needs** -> report page, index page

A sum that fails is one thing, however many cells it adds up; an ambiguous cell is one, with the numbers
that may be its own. What a page does not hold nobody can decide: an excerpt asks for no one, and a
table that it lacks is one thing, not a hundred and forty missing cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from gouji.inference.assembly.cells import BOUNDED, ZERO_WITHOUT_CELL
from gouji.inference.extraction import Cell, CheckState, ExtractedReport, State, Status

_OF_AN_OPEN_ROW = frozenset({  # reasons that say so
    "its row can be read in several ways",
    "the tagger is not sure enough whose it is",
    BOUNDED,
})  # fmt: skip
_OF_NO_ROW = frozenset({
    "page number",
    "its row is not in the form",
    "it stands among the table's headings",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Needs:
    """What a person is asked, and what nobody can be asked."""

    sums: tuple[str, ...] = ()  # names of checks that fail
    cells: tuple[str, ...] = ()  # keys of ambiguous cells
    numbers: tuple[int, ...] = ()  # indices of numbers without a cell that no ambiguous cell shows
    tables: tuple[str, ...] = ()  # ids of tables that the page does not hold
    rows: tuple[str, ...] = ()  # `table/row` of the other tables' rows that miss a cell

    @property
    def decisions(self) -> int:
        """How many things ask for a person."""
        return len(self.sums) + len(self.cells) + len(self.numbers)

    @property
    def absent(self) -> int:
        """How many things the page does not hold."""
        return len(self.tables) + len(self.rows)

    @property
    def is_only_partial(self) -> bool:
        """Whether nothing is asked, and the page holds a part only."""
        return not self.decisions and self.absent > 0


def needs_of(extraction: ExtractedReport) -> Needs:
    """What a report asks of a person."""
    missing = [cell for cell in extraction.cells if cell.state is State.MISSING]
    absent = {table for table, form in extraction.forms.items() if form is None}
    return Needs(
        sums=tuple(check.name for check in extraction.checks if check.state is CheckState.FAILS),
        cells=tuple(cell.key for cell in extraction.cells if cell.state is State.AMBIGUOUS),
        numbers=tuple(_numbers(extraction)),
        tables=tuple(dict.fromkeys(table for cell in missing if (table := _table(cell)) in absent)),
        rows=tuple(
            dict.fromkeys(cell.key.rpartition("/")[0] for cell in missing if _table(cell) not in absent)
        ),
    )


def _table(cell: Cell) -> str:
    return cell.key.partition("/")[0]


def _numbers(extraction: ExtractedReport) -> Iterator[int]:
    """The numbers without a cell that are a question of their own: in a verified page none is."""
    if extraction.status is Status.VERIFIED:
        return
    gaps = list(_open_gaps(extraction.cells))
    for index, number in enumerate(extraction.unplaced):
        if number.reason in _OF_AN_OPEN_ROW or number.reason == ZERO_WITHOUT_CELL:
            continue
        in_gap = any(start <= number.start and number.end <= end for start, end in gaps)
        if number.reason in _OF_NO_ROW or not in_gap:
            yield index


def _open_gaps(cells: Sequence[Cell]) -> Iterator[tuple[int, float]]:
    """Where the print of ambiguous cells must stand: between the printed cells before and behind them."""
    before = 0
    runs = [(printed, list(run)) for printed, run in groupby(cells, lambda cell: cell.start is not None)]
    for index, (printed, run) in enumerate(runs):
        if printed:
            before = run[-1].end or 0
        elif any(cell.state is State.AMBIGUOUS for cell in run):
            behind = runs[index + 1][1][0].start if index + 1 < len(runs) else None
            yield before, float("inf") if behind is None else behind
