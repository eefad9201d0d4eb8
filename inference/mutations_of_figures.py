"""Plausible lies: the page prints other figures than the report has, each where a figure should stand.

Flow:  sheet -> **mutations** -> mutated page -> extraction -> tallies

A lie says what the page prints from then on. Where every sum of that still holds, or no sum is
asked, nobody who has only the page can see it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import combinations, pairwise

from gouji.inference.extraction import Number
from gouji.inference.mutations_of_print import Mutation, one_table
from gouji.inference.sheet import Part, Sheet

Lie = Callable[[Sheet, random.Random], Mapping[str, str] | None]  # what some plain cells print instead


def _telling(lie: Lie) -> Mutation:
    """The mutation that prints what a lie says, where that differs from what stands there.

    In a table whose cells are placed by their sums, what a false figure makes of them is nobody's matrix.
    """

    def mutation(sheet: Sheet, rng: random.Random) -> Sheet | None:
        told = {key: new for key, new in (lie(sheet, rng) or {}).items() if new != sheet.surface(key)}
        if not told or not sheet.worked_out.isdisjoint(key.partition("/")[0] for key in told):
            return None
        edits = [Part(sheet.cells[key].start, sheet.cells[key].end, new) for key, new in told.items()]
        values = {key: _value(new) for key, new in told.items()}
        return replace(sheet.edited(edits), printed={**sheet.printed, **values})

    return mutation


def _value(surface: str) -> Number | None:
    if not surface.strip("/"):
        return None
    return float(surface) if "." in surface else int(surface)


def _plain(sheet: Sheet, keys: Iterable[str]) -> list[str]:
    return [key for key in keys if sheet.is_plain(key)]


def _whole_rows(sheet: Sheet, rng: random.Random) -> list[tuple[str, ...]]:
    """The rows of a table whose every cell prints a plain number, in a row's length that occurs twice."""
    rows = [sheet.rows[row] for row in one_table(sheet, rng)]
    rows = [keys for keys in rows if len(_plain(sheet, keys)) == len(keys)]
    lengths = [len(keys) for keys in rows]
    return [keys for keys in rows if lengths.count(len(keys)) > 1]


def _exchanged(sheet: Sheet, ones: Sequence[str], others: Sequence[str]) -> dict[str, str]:
    told = {}
    for one, other in zip(ones, others, strict=True):
        told[one], told[other] = sheet.surface(other), sheet.surface(one)
    return told


def _digits(edit: Callable[[str, random.Random], str]) -> Mutation:
    """Change the digits of one figure."""

    def lie(sheet: Sheet, rng: random.Random) -> Mapping[str, str] | None:
        told = {}
        for key in _plain(sheet, sheet.cells):
            new = edit(sheet.surface(key), rng)
            if new and new != sheet.surface(key):
                told[key] = new
        key = rng.choice(sorted(told)) if told else ""
        return {key: told[key]} if told else None

    return _telling(lie)


def _digit_dropped(surface: str, rng: random.Random) -> str:
    at = rng.randrange(len(surface))
    return surface[:at] + surface[at + 1 :] if len(surface) > 1 and surface.isdigit() else surface


def _digit_changed(surface: str, rng: random.Random) -> str:
    at = rng.randrange(len(surface))
    return surface[:at] + str(rng.randrange(1, 10)) + surface[at + 1 :] if surface.isdigit() else surface


def _digits_exchanged(surface: str, rng: random.Random) -> str:
    if len(surface) < 2 or not surface.isdigit():
        return surface
    at = rng.randrange(len(surface) - 1)
    new = surface[:at] + surface[at + 1] + surface[at] + surface[at + 2 :]
    return surface if new.startswith("0") else new


def _point_moved(surface: str, rng: random.Random) -> str:
    whole, point, rest = surface.partition(".")
    return f"{whole}{rest[0]}.{rest[1:]}" if point and len(rest) > 1 else surface


def _exchanged_in_row(sheet: Sheet, rng: random.Random) -> Mapping[str, str] | None:
    pairs = [
        pair
        for keys in sheet.rows.values()
        for pair in pairwise(_plain(sheet, keys))
        if sheet.surface(pair[0]) != sheet.surface(pair[1])
    ]
    return _exchanged(sheet, *([key] for key in rng.choice(pairs))) if pairs else None


def _exchanged_in_column(sheet: Sheet, rng: random.Random) -> Mapping[str, str] | None:
    rows = _whole_rows(sheet, rng)
    pairs = [
        (one, other)
        for above, below in pairwise(rows)
        if len(above) == len(below)
        for one, other in zip(above, below, strict=True)
        if sheet.surface(one) != sheet.surface(other)
    ]
    return _exchanged(sheet, *([key] for key in rng.choice(pairs))) if pairs else None


def _rows_exchanged(sheet: Sheet, rng: random.Random) -> Mapping[str, str] | None:
    rows = _whole_rows(sheet, rng)
    if not rows:
        return None
    one = rng.choice(rows)
    return _exchanged(
        sheet, one, rng.choice([keys for keys in rows if len(keys) == len(one) and keys != one])
    )


def _columns_exchanged(sheet: Sheet, rng: random.Random) -> Mapping[str, str] | None:
    rows = _whole_rows(sheet, rng)
    rows = [keys for keys in rows if len(keys) == max(map(len, rows))]
    if not rows or len(rows[0]) < 2:
        return None
    one, other = rng.sample(range(len(rows[0])), 2)
    return _exchanged(sheet, [keys[one] for keys in rows], [keys[other] for keys in rows])


def _row_rotated(sheet: Sheet, rng: random.Random) -> Mapping[str, str] | None:
    """A row's numbers one column to the right; the last one takes the first column."""
    rows = _whole_rows(sheet, rng)
    if not rows:
        return None
    keys = rng.choice(rows)
    return {key: sheet.surface(before) for key, before in zip(keys, (keys[-1], *keys), strict=False)}


def _column_rotated(sheet: Sheet, rng: random.Random) -> Mapping[str, str] | None:
    """A column's numbers one row down."""
    rows = _whole_rows(sheet, rng)
    rows = [keys for keys in rows if len(keys) == max(map(len, rows))]
    if not rows:
        return None
    column = [keys[at] for at in [rng.randrange(len(rows[0]))] for keys in rows]
    return {key: sheet.surface(before) for key, before in zip(column, (column[-1], *column), strict=False)}


def _rows_moved_down(sheet: Sheet, rng: random.Random) -> Mapping[str, str] | None:
    """From some row on each row prints the numbers of the row above it, to some other row."""
    rows = _whole_rows(sheet, rng)
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
    rows = [pair for pair in pairwise(_whole_rows(sheet, rng)) if len(pair[0]) == len(pair[1])]
    if not rows:
        return None
    one, other = rng.choice(rows)
    return {**dict(zip(one, map(sheet.surface, other), strict=True)), **dict.fromkeys(other, "0")}


def _row_repeated(sheet: Sheet, rng: random.Random) -> Mapping[str, str] | None:
    """A row prints its neighbour's numbers, and so does the neighbour."""
    rows = [pair for pair in pairwise(_whole_rows(sheet, rng)) if len(pair[0]) == len(pair[1])]
    if not rows:
        return None
    one, other = rng.choice(rows)
    return dict(zip(one, map(sheet.surface, other), strict=True))


def _row_zeroed(sheet: Sheet, rng: random.Random) -> Mapping[str, str] | None:
    rows = _whole_rows(sheet, rng)
    return dict.fromkeys(rng.choice(rows), "0") if rows else None


def _row_blank(sheet: Sheet, rng: random.Random) -> Mapping[str, str] | None:
    rows = _whole_rows(sheet, rng)
    return dict.fromkeys(rng.choice(rows), "/") if rows else None


def _neighbour_repeated(sheet: Sheet, rng: random.Random) -> Mapping[str, str] | None:
    pairs = [pair for keys in sheet.rows.values() for pair in pairwise(_plain(sheet, keys))]
    one, other = rng.choice(pairs) if pairs else ("", "")
    return {one: sheet.surface(other)} if pairs else None


def _digit_moved(sheet: Sheet, rng: random.Random) -> Mapping[str, str] | None:
    """The last digit of a number goes to the number behind it."""
    pairs = [
        (one, other)
        for keys in sheet.rows.values()
        for one, other in pairwise(_plain(sheet, keys))
        if len(sheet.surface(one)) > 1 and (sheet.surface(one) + sheet.surface(other)).isdigit()
    ]
    if not pairs:
        return None
    one, other = rng.choice(pairs)
    return {one: sheet.surface(one)[:-1], other: sheet.surface(one)[-1] + sheet.surface(other)}


def _added(sheet: Sheet, changes: Mapping[str, int]) -> Mapping[str, str] | None:
    """Whole numbers that stay so."""
    told = {}
    for key, change in changes.items():
        if not sheet.is_plain(key) or not sheet.surface(key).isdigit() or int(sheet.surface(key)) < -change:
            return None
        told[key] = str(int(sheet.surface(key)) + change)
    return told


def _sum_kept_in_row(sheet: Sheet, rng: random.Random) -> Mapping[str, str] | None:
    """A number and its row's total, greater by the same."""
    rows = [keys for keys in sheet.rows.values() if keys[-1].endswith("/total")]
    if not rows:
        return None
    keys, change = rng.choice(rows), rng.randrange(1, 9)
    return _added(sheet, {rng.choice(keys[:-1]): change, keys[-1]: change})


def _sums_kept(sheet: Sheet, rng: random.Random) -> Mapping[str, str] | None:
    """Four numbers at the corners of a rectangle, so that every sum of rows and columns stays."""
    rows = [keys for keys in sheet.rows.values() if keys[0].startswith("applications/") and len(keys) > 6]
    rows = [
        keys
        for keys in rows
        if keys[0].split("/")[1] not in ("received", "carried_in", "total", "carried_out")
    ]
    for _ in range(20 if len(rows) > 1 else 0):
        above, below = rng.sample(rows, 2)
        one, other = rng.sample(range(len(above) - 1), 2)
        told = _added(sheet, {above[one]: 1, above[other]: -1, below[one]: -1, below[other]: 1})
        if told:
            return told
    return None


def _zero_filled(sheet: Sheet, rng: random.Random) -> Mapping[str, str] | None:
    """A zero gives way to a page number."""
    zeros = [key for key in sheet.cells if sheet.surface(key) == "0"]
    return {rng.choice(zeros): str(rng.randrange(1, 12))} if zeros else None


def _blank_filled(sheet: Sheet, rng: random.Random) -> Mapping[str, str] | None:
    """The mark of a blank gives way to a page number."""
    marks = [key for key in sheet.cells if sheet.printed[key] is None]
    return {rng.choice(marks): str(rng.randrange(1, 12))} if marks else None


def _across_tables(sheet: Sheet, rng: random.Random) -> Mapping[str, str] | None:
    """A number of one table and a number of another."""
    keys = _plain(sheet, sheet.cells)
    ones = [key for key in keys if not key.startswith("applications/")]
    others = [key for key in keys if key.startswith("applications/")]
    return _exchanged(sheet, [rng.choice(ones)], [rng.choice(others)]) if ones and others else None


def _total_left_out(sheet: Sheet, rng: random.Random) -> Mapping[str, str] | None:
    totals = [key for key in sheet.cells if key.endswith("/total") and sheet.is_plain(key)]
    return {rng.choice(totals): ""} if totals else None


def _totals_left_out(sheet: Sheet, rng: random.Random) -> Mapping[str, str] | None:
    totals = [f"{row}/total" for row in one_table(sheet, rng)]
    return dict.fromkeys(_plain(sheet, totals), "")


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
    cells, printed = dict(mutated.cells), dict(sheet.printed)
    for key, its in zip(
        (*sheet.rows[one], *sheet.rows[other]), (*sheet.rows[other], *sheet.rows[one]), strict=True
    ):
        printed[key] = sheet.printed[its]
        cells.pop(key, None)
        if its in mutated.cells:
            cells[key] = mutated.cells[its]
    return replace(mutated, printed=printed, cells=cells)


MUTATIONS_OF_FIGURES: Mapping[str, Mutation] = {
    "exchanged_in_row": _telling(_exchanged_in_row),
    "exchanged_in_column": _telling(_exchanged_in_column),
    "exchanged_across_tables": _telling(_across_tables),
    "digit_dropped": _digits(_digit_dropped),
    "digit_changed": _digits(_digit_changed),
    "digit_added": _digits(
        lambda surface, rng: surface + str(rng.randrange(10)) if surface != "0" else surface
    ),
    "digits_exchanged": _digits(_digits_exchanged),
    "digit_moved": _telling(_digit_moved),
    "point_lost": _digits(lambda surface, rng: surface.replace(".", "")),
    "point_moved": _digits(_point_moved),
    "sign_lost": _digits(lambda surface, rng: surface.removeprefix("-")),
    "sign_added": _digits(
        lambda surface, rng: f"-{surface}" if surface.isdigit() and surface != "0" else surface
    ),
    "neighbour_repeated": _telling(_neighbour_repeated),
    "rows_exchanged": _telling(_rows_exchanged),
    "columns_exchanged": _telling(_columns_exchanged),
    "row_moved_right": _telling(_row_rotated),
    "column_moved_down": _telling(_column_rotated),
    "rows_moved_down": _telling(_rows_moved_down),
    "row_taken_by_neighbour": _telling(_row_taken),
    "row_as_its_neighbour": _telling(_row_repeated),
    "row_zeroed": _telling(_row_zeroed),
    "row_blank": _telling(_row_blank),
    "sum_kept_in_row": _telling(_sum_kept_in_row),
    "sums_kept": _telling(_sums_kept),
    "zero_filled_by_page_number": _telling(_zero_filled),
    "blank_filled_by_page_number": _telling(_blank_filled),
    "total_left_out": _telling(_total_left_out),
    "totals_left_out": _telling(_totals_left_out),
    "labels_exchanged": _labels_exchanged,
}
