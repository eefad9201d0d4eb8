"""What publishers do to the figures of a report, in the shares in which they do it.

Flow:  figures -> report -> **habits** -> markup -> flattener

Composition draws a publisher's wording and keeps to sums; its habits are done to the report that it
composed. A habit can be asked for by name; a report that is made up follows one or two, or none.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass, replace

from gouji.training.number_habits import NUMBER_HABITS
from gouji.training.printed import Habit, Print
from gouji.training.reports import Cell, Grid, Report
from gouji.training.sum_habits import SUM_HABITS

HABITS: Mapping[str, Habit] = {**NUMBER_HABITS, **SUM_HABITS}

# Of nine whole reports of real publishers three break their own sums or leave totals blank. A few of those
# made up cannot be made to: they print no table, or nothing but 0.
_BREAKING_SUMS = 0.36
# How often each is met among those that do; of the three real ones one leaves its rows' totals blank and
# one prints the review's as 0. The others were each seen in print too, and none was counted.
_SUM_SHARES = {
    "totals_blank": 22,
    "review_totals_nought": 16,
    "review_totals_blank": 8,
    "totals_nought": 5,
    "this_year_alone": 8,
    "figure_wrong": 10,
    "total_wrong": 8,
    "sum_wrong": 5,
    "carried_out_wrong": 5,
    "review_total_wrong": 5,
    "totals_wrong": 3,
    "column_of_totals_blank": 3,
    "totals_alone": 2,
}
# How figures print, where the publisher's wording (`wording.Wording`) does not say so: blanks for noughts,
# full digits, commas, 减 and units are drawn there. Publishers do each; how often they do was not counted,
# so that each is rare, and no more than a page in four has one.
_PRINTED_OTHERWISE = 0.25
_NUMBER_SHARES = {
    "empty_rows": 3,
    "remarks": 3,
    "noughts_mixed": 2,
    "signs_in_long_words": 2,
    "signs_negative": 2,
    "natural_persons_alone": 2,
    "note_marks": 2,
    "regulations_empty": 2,
    "noughts_letter": 1,
    "noughts_full": 1,
    "thousands_full": 1,
    "thousands_space": 1,
    "decimals": 1,
    "counted_everywhere": 1,
    "money_in_yuan": 1,
    "no_fees": 1,
    "signs_apart": 1,
    "signs_of_mathematics": 1,
}
_DRAWN = ((_BREAKING_SUMS, _SUM_SHARES), (_PRINTED_OTHERWISE, _NUMBER_SHARES))


@dataclass(frozen=True, slots=True)
class Changed:
    """A report after a habit, and the cells that print something else than they did."""

    report: Report
    prints: Mapping[str, Print]


def follow(name: str, report: Report, rng: random.Random) -> Changed:
    """A report printed with a habit; its truth says what is printed."""
    prints = dict(HABITS[name](report.truth, rng))
    truth = {key: prints[key].value if key in prints else value for key, value in report.truth.items()}

    def printed(cell: Cell) -> Cell:
        if cell.key not in prints:
            return cell
        print_ = prints[cell.key]
        return replace(cell, text=print_.text, unit=print_.unit, tail=print_.tail)

    blocks = tuple(
        replace(block, rows=tuple(tuple(map(printed, row)) for row in block.rows))
        if isinstance(block, Grid)
        else block
        for block in report.blocks
    )
    habits = (*report.habits, name) if prints else report.habits
    return Changed(replace(report, blocks=blocks, truth=truth, habits=habits), prints)


def follow_some(report: Report, rng: random.Random) -> Report:
    """A report printed as a publisher drawn at random prints: mostly as it is, or with a habit or two."""
    for share, weights in _DRAWN:
        if rng.random() < share:
            report = _follow_one(report, weights, rng)
    return report


def _follow_one(report: Report, weights: Mapping[str, int], rng: random.Random) -> Report:
    """The report with the first habit drawn that finds something to do in it."""
    left = dict(weights)
    while left:
        (name,) = rng.choices(list(left), list(left.values()))
        changed = follow(name, report, rng)
        if changed.prints:
            return changed.report
        del left[name]
    return report
