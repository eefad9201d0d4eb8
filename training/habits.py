"""What publishers do to the figures of a report: one habit each, done to a report that is composed.

Flow:  figures -> report -> **habit** -> markup -> flattener

Composition draws its publisher's print at random and keeps to sums. A habit is asked for by name and says
what it did, cell by cell: the print, what it says, and the unit with it. Some break sums, as publishers do.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from gouji.training.figures import Number
from gouji.training.reports import Cell, Grid, Report

Truth = Mapping[str, Number | None]
_RESULTS = ("granted", "partly_granted", "denied", "unavailable", "rejected", "other")  # how their rows begin
_FULL_DIGITS = str.maketrans("0123456789.-,", "０１２３４５６７８９．－，")


@dataclass(frozen=True, slots=True)
class Print:
    """What a cell prints in the figure's place."""

    text: str
    value: Number | None  # None for a blank
    unit: str | None = None


Prints = Iterator[tuple[str, Print]]
Habit = Callable[[Truth, random.Random], Prints]


@dataclass(frozen=True, slots=True)
class Changed:
    """A report after a habit, and the cells whose print is not the bare number."""

    report: Report
    prints: Mapping[str, Print]


def follow(name: str, report: Report, rng: random.Random) -> Changed:
    """A report printed with a habit; its truth says what is printed."""
    prints = dict(HABITS[name](report.truth, rng))
    truth = {key: prints[key].value if key in prints else value for key, value in report.truth.items()}

    def printed(cell: Cell) -> Cell:
        return replace(cell, text=prints[cell.key].text) if cell.key in prints else cell

    blocks = tuple(
        replace(block, rows=tuple(tuple(map(printed, row)) for row in block.rows))
        if isinstance(block, Grid)
        else block
        for block in report.blocks
    )
    return Changed(replace(report, blocks=blocks, truth=truth), prints)


def _noughts(mark: str) -> Habit:
    """A mark, or nothing, for every nought."""

    def habit(truth: Truth, rng: random.Random) -> Prints:
        for key, value in truth.items():
            if value == 0:
                yield key, Print(mark, None)

    return habit


def _empty_rows(truth: Truth, rng: random.Random) -> Prints:
    """The rows of applications that are all noughts left empty."""
    for row, keys in _rows(truth):
        if row.startswith(_RESULTS) and not any(truth[key] for key in keys):
            yield from ((key, Print("", None)) for key in keys)


def _thousands(truth: Truth, rng: random.Random) -> Prints:
    for key, value in truth.items():
        if value is not None and abs(value) >= 1000:
            yield key, Print(f"{value:,}", value)


def _full_digits(truth: Truth, rng: random.Random) -> Prints:
    for key, value in truth.items():
        yield key, Print(str(value).translate(_FULL_DIGITS), value)


def _counted(truth: Truth, rng: random.Random) -> Prints:
    """件 behind every number of the disclosure table but the money."""
    for key, value in truth.items():
        if key.startswith("disclosure/") and not key.endswith("/amount"):
            yield key, Print(f"{value}件", value, "件")


def _money_unit(truth: Truth, rng: random.Random) -> Prints:
    for key, value in truth.items():
        if key.endswith("/amount") and value:
            yield key, Print(f"{value}万元", value, "万元")


def _signs_in_words(truth: Truth, rng: random.Random) -> Prints:
    for key, value in truth.items():
        if key.endswith("/change") and value:
            yield key, Print(("增" if value > 0 else "减") + str(abs(value)), value)


def _remark(truth: Truth, rng: random.Random) -> Prints:
    """A remark in brackets behind the number of all that was answered."""
    key, carried = "applications/total/total", truth["applications/carried_in/total"]
    yield key, Print(f"{truth[key]}（含上年结转{carried}件）", truth[key])


def _total_wrong(truth: Truth, rng: random.Random) -> Prints:
    """One row's total, one too many: its row's sum fails, and that of the column of totals."""
    rows = [row for row, _ in _rows(truth) if row.startswith(("unavailable", "rejected"))]
    key = rng.choice(
        [k for row in rows if truth[k := f"applications/{row}/total"]] or ["applications/granted/total"]
    )
    yield key, Print(str(truth[key] + 1), truth[key] + 1)  # type: ignore[operator]


def _totals(text: str, value: Number | None) -> Habit:
    """The totals of the rows of results left blank, or printed as noughts."""

    def habit(truth: Truth, rng: random.Random) -> Prints:
        for row, _ in _rows(truth):
            if row.startswith(_RESULTS):
                yield f"applications/{row}/total", Print(text, value)

    return habit


def _review_totals_blank(truth: Truth, rng: random.Random) -> Prints:
    for key in truth:
        if key.startswith("review/") and key.endswith("/total"):
            yield key, Print("", None)


def _rows(truth: Truth) -> list[tuple[str, list[str]]]:
    """The rows of the applications table with the keys of their cells."""
    rows: dict[str, list[str]] = {}
    for key in truth:
        table, row, _ = key.split("/")
        if table == "applications":
            rows.setdefault(row, []).append(key)
    return list(rows.items())


HABITS: Mapping[str, Habit] = {
    "noughts_blank": _noughts(""),
    "noughts_slash": _noughts("/"),
    "noughts_dash": _noughts("-"),
    "noughts_long_dash": _noughts("—"),
    "noughts_none": _noughts("无"),
    "empty_rows": _empty_rows,
    "thousands": _thousands,
    "full_digits": _full_digits,
    "counted": _counted,
    "money_unit": _money_unit,
    "signs_in_words": _signs_in_words,
    "remark": _remark,
    "total_wrong": _total_wrong,
    "totals_blank": _totals("", None),
    "totals_nought": _totals("0", 0),
    "review_totals_blank": _review_totals_blank,
}
