"""Plausible lies: figures that the report does not have: digits, signs, sums, page numbers, blanks.

Flow:  sheet -> **mutations** -> mutated page -> extraction -> tallies
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from itertools import pairwise

from gouji.inference.mutation.choices import Mutation, one_table
from gouji.inference.mutation.lies import plain, telling, whole_rows
from gouji.inference.mutation.sheet import Sheet


def _digits(edit: Callable[[str, random.Random], str]) -> Mutation:
    """Change the digits of one figure."""

    def lie(sheet: Sheet, rng: random.Random) -> Mapping[str, str] | None:
        told = {}
        for key in plain(sheet, sheet.cells):
            new = edit(sheet.surface(key), rng)
            if new and new != sheet.surface(key):
                told[key] = new
        key = rng.choice(sorted(told)) if told else ""
        return {key: told[key]} if told else None

    return telling(lie)


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


def _row_zeroed(sheet: Sheet, rng: random.Random) -> Mapping[str, str] | None:
    rows = whole_rows(sheet, rng)
    return dict.fromkeys(rng.choice(rows), "0") if rows else None


def _row_blank(sheet: Sheet, rng: random.Random) -> Mapping[str, str] | None:
    rows = whole_rows(sheet, rng)
    return dict.fromkeys(rng.choice(rows), "/") if rows else None


def _neighbour_repeated(sheet: Sheet, rng: random.Random) -> Mapping[str, str] | None:
    pairs = [pair for keys in sheet.rows.values() for pair in pairwise(plain(sheet, keys))]
    one, other = rng.choice(pairs) if pairs else ("", "")
    return {one: sheet.surface(other)} if pairs else None


def _digit_moved(sheet: Sheet, rng: random.Random) -> Mapping[str, str] | None:
    """The last digit of a number goes to the number behind it."""
    pairs = [
        (one, other)
        for keys in sheet.rows.values()
        for one, other in pairwise(plain(sheet, keys))
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


def _total_left_out(sheet: Sheet, rng: random.Random) -> Mapping[str, str] | None:
    totals = [key for key in sheet.cells if key.endswith("/total") and sheet.is_plain(key)]
    return {rng.choice(totals): ""} if totals else None


def _totals_left_out(sheet: Sheet, rng: random.Random) -> Mapping[str, str] | None:
    totals = [f"{row}/total" for row in one_table(sheet, rng)]
    return dict.fromkeys(plain(sheet, totals), "")


MUTATIONS_OF_FIGURES: Mapping[str, Mutation] = {
    "digit_dropped": _digits(_digit_dropped),
    "digit_changed": _digits(_digit_changed),
    "digit_added": _digits(
        lambda surface, rng: surface + str(rng.randrange(10)) if surface != "0" else surface
    ),
    "digits_exchanged": _digits(_digits_exchanged),
    "digit_moved": telling(_digit_moved),
    "point_lost": _digits(lambda surface, rng: surface.replace(".", "")),
    "point_moved": _digits(_point_moved),
    "sign_lost": _digits(lambda surface, rng: surface.removeprefix("-")),
    "sign_added": _digits(
        lambda surface, rng: f"-{surface}" if surface.isdigit() and surface != "0" else surface
    ),
    "neighbour_repeated": telling(_neighbour_repeated),
    "row_zeroed": telling(_row_zeroed),
    "row_blank": telling(_row_blank),
    "sum_kept_in_row": telling(_sum_kept_in_row),
    "sums_kept": telling(_sums_kept),
    "zero_filled_by_page_number": telling(_zero_filled),
    "blank_filled_by_page_number": telling(_blank_filled),
    "total_left_out": telling(_total_left_out),
    "totals_left_out": telling(_totals_left_out),
}
