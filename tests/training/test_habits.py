"""A habit changes what a report prints, and says so."""

from __future__ import annotations

import random

import pytest

from gouji.training.bodies import SIZES, figures_over_years, form_of
from gouji.training.composition import compose_with
from gouji.training.habits import HABITS, follow
from gouji.training.places import Issuer
from gouji.training.prose import Writer
from gouji.training.reports import Grid, Report


def printed(report: Report) -> dict[str, str]:
    """What each cell prints, by key."""
    grids = [block for block in report.blocks if isinstance(block, Grid)]
    return {cell.key: cell.text for grid in grids for row in grid.rows for cell in row if cell.key}


@pytest.fixture(scope="module")
def report() -> Report:
    """A county's report for 2020 that prints all its figures, plainly or not."""
    rng = random.Random(7)
    form, issuer = form_of(2020), Issuer("苇泽县人民政府", "全县", "苇泽县")
    figures = figures_over_years([2020], SIZES["county"], rng)[2020]
    forms = {table.id: form for table in form.tables}
    made = compose_with(Writer(issuer, 2020, rng), issuer, 2020, forms, figures, rng)
    assert list(made.truth) == form.keys()
    return made


@pytest.mark.parametrize("name", HABITS)
def test_a_habit_prints_what_it_tells_and_leaves_the_other_cells_alone(name: str, report: Report):
    changed = follow(name, report, random.Random(8))

    before, after = printed(report), printed(changed.report)
    assert changed.prints
    assert {key: print_.text for key, print_ in changed.prints.items()} == {
        key: text for key, text in after.items() if key in changed.prints
    }
    assert {k: v for k, v in after.items() if k not in changed.prints} == {
        k: v for k, v in before.items() if k not in changed.prints
    }
    assert {key: changed.report.truth[key] for key in changed.prints} == {
        key: print_.value for key, print_ in changed.prints.items()
    }


def test_a_wrong_total_is_one_too_many(report: Report):
    ((key, wrong),) = follow("total_wrong", report, random.Random(9)).prints.items()

    assert key.endswith("/total")
    assert wrong.value == (report.truth[key] or 0) + 1


def test_totals_left_blank_are_those_of_the_results(report: Report):
    changed = follow("totals_blank", report, random.Random(10))

    assert "applications/granted/total" in changed.prints
    assert "applications/received/total" not in changed.prints
    assert {print_.value for print_ in changed.prints.values()} == {None}
