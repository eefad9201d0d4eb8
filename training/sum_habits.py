"""What publishers do to sums: totals left blank or printed as 0, wrong figures, columns left out.

Flow:  report -> **habit** -> markup -> flattener

Each habit tells the cells that it prints otherwise, as `number_habits` do. A blank counts as 0 in a sum, so
all of these break sums wherever figures are not 0.
"""

from __future__ import annotations

import random
from collections.abc import Mapping

from gouji.training.number_habits import RESULTS
from gouji.training.printed import Habit, Print, Prints, Truth, printed, rows_of

_BLANK = Print("", None)
_SLIPS = (-10, -2, -1, 1, 1, 2, 9)  # how far a figure is off


def _one_total_wrong(truth: Truth, rng: random.Random) -> Prints:
    """One row's total, one too many: its row's sum fails, and that of the column of totals."""
    keys = [key for key in _result_totals_of(truth) if key.split("/")[1].startswith(("unavail", "rejected"))]
    filled = any(truth[key] for key in keys)
    yield from _off(truth, rng, keys if filled else ["applications/granted/total"], count=1, steps=(1,))


def _many_totals_wrong(truth: Truth, rng: random.Random) -> Prints:
    yield from _off(truth, rng, _totals_of(truth, "applications"), count=rng.randint(2, 4), steps=_SLIPS)


def _review_total_wrong(truth: Truth, rng: random.Random) -> Prints:
    yield from _off(truth, rng, _totals_of(truth, "review"), count=1, steps=_SLIPS)


def _sum_wrong(truth: Truth, rng: random.Random) -> Prints:
    """One figure of the row of totals."""
    yield from _off(truth, rng, rows_of(truth, "applications").get("total", []), count=1, steps=_SLIPS)


def _carried_out_wrong(truth: Truth, rng: random.Random) -> Prints:
    """More or fewer carried over than are left, by a natural person and in all."""
    keys = [f"applications/carried_out/{column}" for column in ("natural_person", "total")]
    values = [value for key in keys if (value := truth.get(key)) is not None]
    step = rng.choice([step for step in _SLIPS if step > 0 or step + min(values, default=0) >= 0])
    if len(values) == len(keys):
        yield from ((key, printed(value + step)) for key, value in zip(keys, values, strict=True))


def _figure_wrong(truth: Truth, rng: random.Random) -> Prints:
    """Any figure that a sum depends on, one that was nought as well."""
    keys = [key for key, value in truth.items() if value is not None and not key.startswith("disclosure/")]
    if keys:
        value = int(truth[key := rng.choice(keys)] or 0)
        yield key, printed(value + rng.choice([step for step in _SLIPS if value + step >= 0]))


def _this_year_alone(truth: Truth, rng: random.Random) -> Prints:
    """The row of totals counts this year's requests alone, none that were carried in."""
    for key in rows_of(truth, "applications").get("total", []):
        total, carried = truth[key], truth.get(key.replace("/total/", "/carried_in/"))
        if total and carried and carried <= total:
            yield key, printed(total - carried)


def _result_totals(print_: Print) -> Habit:
    """The totals of the rows of results left blank, or printed as noughts."""

    def habit(truth: Truth, rng: random.Random) -> Prints:
        yield from ((key, print_) for key in _result_totals_of(truth))

    return habit


def _column_of_totals_blank(truth: Truth, rng: random.Random) -> Prints:
    """The totals of every row of the applications."""
    yield from ((key, _BLANK) for key in _totals_of(truth, "applications"))


def _totals_alone(truth: Truth, rng: random.Random) -> Prints:
    """Of every row of the applications the total, and nothing of who asked."""
    for keys in rows_of(truth, "applications").values():
        yield from ((key, _BLANK) for key in keys if not key.endswith("/total"))


def _review_totals(print_: Print) -> Habit:
    """The totals of the review left blank, or printed as noughts."""

    def habit(truth: Truth, rng: random.Random) -> Prints:
        yield from ((key, print_) for key in _totals_of(truth, "review"))

    return habit


def _totals_of(truth: Truth, table: str) -> list[str]:
    return [key for keys in rows_of(truth, table).values() for key in keys if key.endswith("/total")]


def _result_totals_of(truth: Truth) -> list[str]:
    return [key for key in _totals_of(truth, "applications") if key.split("/")[1].startswith(RESULTS)]


def _off(truth: Truth, rng: random.Random, keys: list[str], count: int, steps: tuple[int, ...]) -> Prints:
    """Some figures that are not 0, and are off by a little."""
    filled = [key for key in keys if truth.get(key)]
    for key in [rng.choice(filled)] if filled and count == 1 else rng.sample(filled, min(count, len(filled))):
        value = truth[key] or 0
        yield key, printed(value + rng.choice([step for step in steps if value + step >= 0]))


SUM_HABITS: Mapping[str, Habit] = {
    "total_wrong": _one_total_wrong,
    "totals_wrong": _many_totals_wrong,
    "review_total_wrong": _review_total_wrong,
    "sum_wrong": _sum_wrong,
    "carried_out_wrong": _carried_out_wrong,
    "figure_wrong": _figure_wrong,
    "this_year_alone": _this_year_alone,
    "totals_blank": _result_totals(_BLANK),
    "totals_nought": _result_totals(Print("0", 0)),
    "column_of_totals_blank": _column_of_totals_blank,
    "totals_alone": _totals_alone,
    "review_totals_blank": _review_totals(_BLANK),
    "review_totals_nought": _review_totals(Print("0", 0)),
}
