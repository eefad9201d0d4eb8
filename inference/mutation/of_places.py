"""Plausible lies: figures of the report in places of others, row for row or column for column.

Flow:  sheet -> **mutations** -> mutated page -> extraction -> tallies
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from itertools import combinations, pairwise

from gouji.inference.mutation.choices import Mutation
from gouji.inference.mutation.lies import exchanged, plain, telling, whole_rows
from gouji.inference.mutation.sheet import Sheet


def _exchanged_in_row(sheet: Sheet, rng: random.Random) -> Mapping[str, str] | None:
    pairs = [
        pair
        for keys in sheet.rows.values()
        for pair in pairwise(plain(sheet, keys))
        if sheet.surface(pair[0]) != sheet.surface(pair[1])
    ]
    return exchanged(sheet, *([key] for key in rng.choice(pairs))) if pairs else None


def _exchanged_in_column(sheet: Sheet, rng: random.Random) -> Mapping[str, str] | None:
    rows = whole_rows(sheet, rng)
    pairs = [
        (one, other)
        for above, below in pairwise(rows)
        if len(above) == len(below)
        for one, other in zip(above, below, strict=True)
        if sheet.surface(one) != sheet.surface(other)
    ]
    return exchanged(sheet, *([key] for key in rng.choice(pairs))) if pairs else None


def _across_tables(sheet: Sheet, rng: random.Random) -> Mapping[str, str] | None:
    """A number of one table and a number of another."""
    keys = plain(sheet, sheet.cells)
    ones = [key for key in keys if not key.startswith("applications/")]
    others = [key for key in keys if key.startswith("applications/")]
    return exchanged(sheet, [rng.choice(ones)], [rng.choice(others)]) if ones and others else None


def _rows_exchanged(sheet: Sheet, rng: random.Random) -> Mapping[str, str] | None:
    rows = whole_rows(sheet, rng)
    if not rows:
        return None
    one = rng.choice(rows)
    return exchanged(sheet, one, rng.choice([keys for keys in rows if len(keys) == len(one) and keys != one]))


def _columns_exchanged(sheet: Sheet, rng: random.Random) -> Mapping[str, str] | None:
    rows = whole_rows(sheet, rng)
    rows = [keys for keys in rows if len(keys) == max(map(len, rows))]
    if not rows or len(rows[0]) < 2:
        return None
    one, other = rng.sample(range(len(rows[0])), 2)
    return exchanged(sheet, [keys[one] for keys in rows], [keys[other] for keys in rows])


def _row_rotated(sheet: Sheet, rng: random.Random) -> Mapping[str, str] | None:
    """A row's numbers one column to the right; the last one takes the first column."""
    rows = whole_rows(sheet, rng)
    if not rows:
        return None
    keys = rng.choice(rows)
    return {key: sheet.surface(before) for key, before in zip(keys, (keys[-1], *keys), strict=False)}


def _column_rotated(sheet: Sheet, rng: random.Random) -> Mapping[str, str] | None:
    """A column's numbers one row down."""
    rows = whole_rows(sheet, rng)
    rows = [keys for keys in rows if len(keys) == max(map(len, rows))]
    if not rows:
        return None
    column = [keys[at] for at in [rng.randrange(len(rows[0]))] for keys in rows]
    return {key: sheet.surface(before) for key, before in zip(column, (column[-1], *column), strict=False)}


def _rows_moved_down(sheet: Sheet, rng: random.Random) -> Mapping[str, str] | None:
    """From some row on each row prints the numbers of the row above it, to some other row."""
    rows = whole_rows(sheet, rng)
    rows = [keys for keys in rows if len(keys) == max(map(len, rows))]
    if len(rows) < 3:
        return None
    first, last = sorted(rng.sample(range(len(rows)), 2))
    told: dict[str, str] = {}
    for above, below in pairwise(rows[first : last + 1]):
        told.update({key: sheet.surface(old) for key, old in zip(below, above, strict=True)})
    return {**told, **dict(zip(rows[first], map(sheet.surface, rows[last]), strict=True))}


def _row_taken(sheet: Sheet, rng: random.Random) -> Mapping[str, str] | None:
    """A row prints its neighbour's numbers, and the neighbour zeros."""
    rows = [pair for pair in pairwise(whole_rows(sheet, rng)) if len(pair[0]) == len(pair[1])]
    if not rows:
        return None
    one, other = rng.choice(rows)
    return {**dict(zip(one, map(sheet.surface, other), strict=True)), **dict.fromkeys(other, "0")}


def _row_repeated(sheet: Sheet, rng: random.Random) -> Mapping[str, str] | None:
    """A row prints its neighbour's numbers, and so does the neighbour."""
    rows = [pair for pair in pairwise(whole_rows(sheet, rng)) if len(pair[0]) == len(pair[1])]
    if not rows:
        return None
    one, other = rng.choice(rows)
    return dict(zip(one, map(sheet.surface, other), strict=True))


def _labels_exchanged(sheet: Sheet, rng: random.Random) -> Sheet | None:
    """Two labels in each other's place: by the labels each row has the other's numbers."""
    rows = [row for row in sheet.labels if row.partition("/")[0] not in sheet.worked_out and sheet.row(row)]
    pairs = [
        (one, other) for one, other in combinations(rows, 2) if len(sheet.rows[one]) == len(sheet.rows[other])
    ]
    if not pairs:
        return None
    one, other = rng.choice(pairs)
    mutated = sheet.exchanged(sheet.labels[one], sheet.labels[other])
    ones, others = sheet.rows[one], sheet.rows[other]
    return mutated.called(dict(zip((*ones, *others), (*others, *ones), strict=True)))


MUTATIONS_OF_PLACES: Mapping[str, Mutation] = {
    "exchanged_in_row": telling(_exchanged_in_row),
    "exchanged_in_column": telling(_exchanged_in_column),
    "exchanged_across_tables": telling(_across_tables),
    "rows_exchanged": telling(_rows_exchanged),
    "columns_exchanged": telling(_columns_exchanged),
    "row_moved_right": telling(_row_rotated),
    "column_moved_down": telling(_column_rotated),
    "rows_moved_down": telling(_rows_moved_down),
    "row_taken_by_neighbour": telling(_row_taken),
    "row_as_its_neighbour": telling(_row_repeated),
    "labels_exchanged": _labels_exchanged,
}
