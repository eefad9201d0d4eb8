"""Doubts which column a number is in, and of print that breaks its sums so often that columns must be wrong.

Flow:  view -> **columns** -> line readings
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.inference.assembly.cell_places import cells_of
from gouji.inference.assembly.doubt import Family
from gouji.inference.assembly.doubts.view import Row, RowDoubt, Rows, of_row, of_rows
from gouji.inference.assembly.layout_proof import proves_places
from gouji.inference.assembly.line_readings import holds
from gouji.inference.assembly.sums import Sum
from gouji.inference.extraction import Number
from gouji.inference.why import Why

_FEWEST = 3  # rows that print something, from which most are more than one or two


@of_row(Family.COLUMNS, Why.BLANK_LOST)
def other_cells_known(row: Row, table: Rows) -> bool:
    """The file knows cells between a row's numbers that are empty, but not as many as the row has.

    ::
        disclosure known
        {R:规章}\t{V:1}\t{V:2}\t\t{V:3}\t
        {R:行政规范性文件}\t{V:1}\t{V:2}\t{V:3}\t\t
    """
    chunks = row.strip.chunks
    cells = cells_of(table.marked.page, chunks[0].start) if chunks else ()
    inside = [cell for cell in cells if chunks[0].start < cell[1] and cell[0] <= chunks[-1].start]
    return len(inside) > len(chunks) and not row.is_proved


@of_rows(Family.CONTRADICTION, Why.SUMS_FAIL, even_known=True)
def most_rows_fail(table: Rows) -> Iterator[int]:
    """Most rows that print something break their sums: then the columns are wrong, not the publisher.

    A publisher errs in a row or two. Where the layout proves every place, print stands, unless another
    column is all rows' total.

    ::
        page
        {S:四、政府信息公开行政复议、行政诉讼情况}
        {C:行政复议} {C:行政诉讼}
        {C:结果维持} {C:结果纠正} {C:其他结果} {C:尚未审结} {C:总计}
        {C:结果维持} {C:结果纠正} {C:其他结果} {C:尚未审结} {C:总计}
        {C:结果维持} {C:结果纠正} {C:其他结果} {C:尚未审结}
        {V:1} {V:1} {V:0} {V:0} {V:2} {V:2} {V:0} {V:0} {V:0} {V:1} {V:2} {V:0} {V:0} {V:0} {V:1}
    """
    told: list[bool] = []
    for row in table.rows.values():
        if not row.is_summed or len(row.read.readings) != 1 or row.read.unsure:
            continue
        (reading,) = row.read.readings
        sums = _telling_sums(row, table)
        if any(reading.values) and sums and not (row.read.known and None in reading.prints):
            told.append(holds(sums, reading))
        if len(sums) > 1:
            told.extend(rule.holds(reading.values) for rule in sums)
    wrong = len(told) >= _FEWEST and told.count(False) * 2 > len(told)
    read = {index: row.read for index, row in table.rows.items()}
    if wrong and (_adds_up_in_another(table) or not proves_places(table.found, read)):
        yield from (row.index for row in table.rows.values() if row.strip.chunks)


def _telling_sums(row: Row, table: Rows) -> Sequence[Sum]:
    """The sums of a row, less those that fail for a total that the layout shows blank, or of 0.

    Under headers that say which column is the total, such a habit of the publisher says nothing of the
    columns; unless another number is the sum of all the rest, and so may be the total.
    """
    (reading,) = row.read.readings
    keys, values = row.line.keys, reading.values
    telling = [rule for rule in row.line.sums if values[rule.right[0]] or rule.holds(values)]
    if len(telling) == len(row.line.sums) or not (row.read.shown and table.found.headed):
        return row.line.sums
    rival = any(key and _adds_up_others(keys, values, place) for place, key in enumerate(keys))
    return row.line.sums if rival else telling


def _adds_up_in_another(table: Rows) -> bool:
    """Whether one column of most rows adds up all others: not the form's total, for that fails.

    One of the publisher's own, as 法人小计, does so in every row, or leaves something out.
    """
    read = [row.read.readings[0].values for row in table.rows.values() if row.read.readings]
    keys, rows = table.found.lines[0].keys, [values for values in read if any(values)]
    for place, key in enumerate(keys):
        adding = sum(_adds_up_others(keys, values, place) for values in rows)
        if adding * 2 > len(rows) >= _FEWEST and (key or adding == len(rows)):
            return True
    return False


def _adds_up_others(keys: Sequence[str], values: Sequence[Number], place: int) -> bool:
    """Whether a value is the sum of all others; one of the form's of the form's."""
    among = (value for key, value in zip(keys, values, strict=True) if key or not keys[place])
    return 2 * values[place] == sum(among)


DOUBTS: tuple[RowDoubt[Rows], ...] = tuple(one for one in globals().values() if isinstance(one, RowDoubt))
