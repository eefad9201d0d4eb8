"""A habit changes what a report prints, and says so; a sum fails where it is one that breaks sums."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from gouji.training.bodies import SIZES, figures_over_years, form_of
from gouji.training.composition import compose_with
from gouji.training.habits import HABITS, follow, follow_some
from gouji.training.number_habits import NUMBER_HABITS
from gouji.training.places import Issuer
from gouji.training.prose import Writer
from gouji.training.reports import Cell, Grid, Report
from gouji.training.sum_habits import SUM_HABITS
from gouji.training.truth_notes import notes_of
from gouji.training.wording import Wording


def printed(report: Report) -> dict[str, str]:
    """What each cell prints, by key."""
    grids = [block for block in report.blocks if isinstance(block, Grid)]
    return {cell.key: cell.text for grid in grids for row in grid.rows for cell in row if cell.key}


def plain_wording() -> Wording:
    """One that prints every figure barely, so that what differs is the habit's."""
    drawn = Wording.draw(random.Random(1), 2020)
    plain = {"blank": None, "unit": "", "count_unit": "", "thousands": False, "full_digits": False}
    return replace(drawn, **plain, minus="-", plus="", padding="")  # type: ignore[arg-type]


def county_report(year: int) -> Report:
    """A county's report that prints all its figures barely; it makes no regulations and charges no fees."""
    form, issuer = form_of(year), Issuer("苇泽县人民政府", "全县", "苇泽县")
    forms = {table.id: form for table in form.tables}
    for seed in range(50):
        rng = random.Random(seed)
        figures = figures_over_years([year], SIZES["county"], rng)[year]
        figures |= {key: 0 for key in form.keys() if "/regulations/" in key or "/fees/amount" in key}
        made = compose_with(Writer(issuer, year, rng), issuer, year, forms, figures, rng, plain_wording())
        if list(made.truth) == form.keys() and figures["applications/carried_in/total"]:
            return made
    raise AssertionError("no report that prints every cell")


@pytest.fixture(scope="module")
def reports() -> dict[int, Report]:
    return {year: county_report(year) for year in (2020, 2021)}


@pytest.fixture
def report(request: pytest.FixtureRequest, reports: dict[int, Report]) -> Report:
    """The report for 2020, or for 2021 where a habit is about a cell that only that form has."""
    parameters = getattr(request.node, "callspec", None)
    named = parameters is not None and "no_fees" in parameters.params.values()
    return reports[2021 if named else 2020]


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
    assert changed.report.habits == (name,)


@pytest.mark.parametrize("name", NUMBER_HABITS)
def test_sums_hold_however_figures_are_printed(name: str, report: Report):
    changed = follow(name, report, random.Random(8)).report

    assert not notes_of(changed).violations


@pytest.mark.parametrize("name", SUM_HABITS)
def test_what_is_done_to_sums_breaks_one(name: str, report: Report):
    changed = follow(name, report, random.Random(8)).report

    assert notes_of(changed).violations


@pytest.mark.parametrize("name", HABITS)
def test_a_habit_leaves_a_report_alone_that_has_nothing_for_it(name: str, report: Report):
    nothing = replace(report, blocks=(), truth={}, forms={})

    assert follow(name, nothing, random.Random(8)).report == nothing


@pytest.mark.parametrize("number_habit", NUMBER_HABITS)
def test_whatever_is_done_to_sums_figures_may_be_printed_otherwise(number_habit: str, report: Report):
    for sum_habit in SUM_HABITS:
        rng = random.Random(8)

        changed = follow(number_habit, follow(sum_habit, report, rng).report, rng).report

        assert list(changed.truth) == list(report.truth)
        for key, text in printed(changed).items():
            assert changed.truth[key] is None or any(map(str.isalnum, text)), (sum_habit, key, text)


def test_a_wrong_total_is_one_too_many(report: Report):
    ((key, wrong),) = follow("total_wrong", report, random.Random(9)).prints.items()

    assert key.endswith("/total")
    assert wrong.value == (report.truth[key] or 0) + 1


def test_totals_left_blank_are_those_of_the_results(report: Report):
    changed = follow("totals_blank", report, random.Random(10))

    assert "applications/granted/total" in changed.prints
    assert "applications/received/total" not in changed.prints
    assert {print_.value for print_ in changed.prints.values()} == {None}


def test_a_total_of_this_year_s_requests_alone_lacks_what_was_carried_in(report: Report):
    changed = follow("this_year_alone", report, random.Random(10))

    for key, print_ in changed.prints.items():
        carried = report.truth[key.replace("/total/", "/carried_in/")]
        assert print_.value == (report.truth[key] or 0) - (carried or 0)


def test_money_in_yuan_is_told_in_yuan(report: Report):
    prints = follow("money_in_yuan", report, random.Random(10)).prints

    for key, print_ in prints.items():
        assert print_.unit == "元"
        assert print_.value == pytest.approx((report.truth[key] or 0) * 10_000)


def test_notes_tell_print_units_doubtful_cells_and_sums_that_fail():
    label, form = "review/reconsideration/", form_of(2020)
    cells = (
        Cell("3件", key=f"{label}upheld", unit="件"),
        Cell("无", key=f"{label}corrected"),
        Cell("1", key=f"{label}other"),
        Cell("", key=f"{label}pending"),
        Cell("5", key=f"{label}total"),
    )
    truth = dict(zip([cell.key or "" for cell in cells], (3, None, 1, None, 5), strict=True))
    grid = Grid((cells,), (1.0,) * 5)

    notes = notes_of(Report("某局", 2020, "报告", (grid,), form.id, truth, {"review": form.id}))

    assert notes.raw == {f"{label}upheld": "3件", f"{label}corrected": "无"}
    assert notes.units == {f"{label}upheld": "件"}
    assert notes.doubtful == (f"{label}corrected",)
    ((check, left, right),) = [(v.check, v.left, v.right) for v in notes.violations]
    assert (check.partition("/")[0], check.rpartition("/")[2]) == ("review", "reconsideration")
    assert (left, right) == (4, 5)


def test_the_same_chance_gives_the_same_habits(report: Report):
    drawn = [follow_some(report, random.Random(seed)) for seed in range(60)]

    assert drawn == [follow_some(report, random.Random(seed)) for seed in range(60)]
    assert {len(changed.habits) for changed in drawn} == {0, 1, 2}
