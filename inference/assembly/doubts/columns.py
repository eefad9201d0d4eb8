"""Doubts which column a number is in, and of print that breaks its sums so often that columns must be wrong.

Flow:  view -> **columns** -> line readings
"""

from __future__ import annotations

from collections.abc import Iterator

from gouji.inference.assembly.cell_places import cells_of
from gouji.inference.assembly.collector import DOUBTFUL
from gouji.inference.assembly.doubt import Family
from gouji.inference.assembly.doubts.view import Row, RowDoubt, Rows, of_row, of_rows
from gouji.inference.assembly.few_heads import lacking
from gouji.inference.assembly.layout_proof import proves_places
from gouji.inference.assembly.line_readings import holds
from gouji.inference.why import Why

_FEWEST = 3  # rows that print something, from which most are more than one or two


@of_row(Family.COLUMNS, Why.NUMBER_TOO_MANY)
def too_many_unheaded(row: Row, table: Rows) -> bool:
    """A row prints more numbers than it has cells, and no sum and no column label tells which is none."""
    return not row.is_summed and row.is_overfull


@of_row(Family.COLUMNS, Why.BLANK_LOST)
def other_cells_known(row: Row, table: Rows) -> bool:
    """The file knows cells between a row's numbers that are empty, but not as many as the row has."""
    chunks = row.strip.chunks
    if row.headed or not chunks or row.is_proved:
        return False
    cells = cells_of(table.marked.page, chunks[0].start)
    inside = [cell for cell in cells if chunks[0].start < cell[1] and cell[0] <= chunks[-1].start]
    return len(inside) > len(chunks)


@of_rows(Family.COLUMNS, Why.CUT_OFF)
def last_columns_unheaded(table: Rows) -> Iterator[int]:
    """The last columns have no label, and no number in any row: the sheet's edge may have cut them off."""
    yield from lacking(table.marked, table.found, {i: row.strip for i, row in table.rows.items()})


@of_row(Family.CONFIDENCE, Why.TAGGER_UNSURE)
def unsure_number(row: Row, table: Rows) -> bool:
    """The tagger is not sure of a number, and no sum confirms it."""
    return not row.is_summed and any(chunk.confidence < DOUBTFUL for chunk in row.strip.chunks)


@of_rows(Family.CONTRADICTION, Why.SUMS_FAIL, even_known=True)
def most_rows_fail(table: Rows) -> Iterator[int]:
    """Most rows that print something break their sums: then the columns are wrong, not the publisher.

    A publisher errs in a row or two. Where the layout itself proves every place, print stands.
    """
    told: list[bool] = []
    for row in table.rows.values():
        if not row.is_summed or len(row.read.readings) != 1:
            continue
        (reading,) = row.read.readings
        if any(reading.values) and not (row.read.known and None in reading.prints):
            told.append(holds(row.line.sums, reading))
        if len(row.line.sums) > 1 and not row.read.unsure:
            told.extend(rule.holds(reading.values) for rule in row.line.sums)
    wrong = len(told) >= _FEWEST and told.count(False) * 2 > len(told)
    if wrong and not proves_places(table.marked, table.found, {i: r.read for i, r in table.rows.items()}):
        yield from (row.index for row in table.rows.values() if row.strip.chunks)


DOUBTS: tuple[RowDoubt[Rows], ...] = (
    too_many_unheaded,
    other_cells_known,
    last_columns_unheaded,
    unsure_number,
    most_rows_fail,
)
