"""What one year's report carries over the next one has carried in; a break is found, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gouji.inference.audit.reports import Report, ReportCell
from gouji.inference.audit.years import check_years
from gouji.inference.extraction import CheckState, State
from gouji.model.forms import load_forms
from gouji.training.series import make_series

FORMS = load_forms()


def report(
    year: int, cells: dict[str, int | None], issuer: str = "青溪县水务局", form: str = "2021"
) -> Report:
    """A report whose cells are 0 but for those given; None is a cell that the page does not settle."""
    figures = {key: ReportCell(0, State.READ, "0") for key in FORMS[form].keys()}
    for key, value in cells.items():
        figures[key] = ReportCell(value, State.AMBIGUOUS if value is None else State.READ)
    tables = {table.id: form for table in FORMS[form].tables}
    title = f"{issuer}{year}年政府信息公开工作年度报告"
    return Report(f"{issuer}{year}.txt", issuer, year, tables, figures, title=title)


def states(*reports: Report, **aliases: str) -> dict[str, CheckState]:
    return {finding.check: finding.state for finding in check_years(reports, FORMS, aliases)}


def test_what_is_carried_over_must_be_carried_in():
    found = states(
        report(2021, {"applications/carried_out/business": 3, "applications/carried_out/total": 3}),
        report(2022, {"applications/carried_in/business": 3, "applications/carried_in/total": 2}),
    )

    assert found["years/carried_over/business"] is CheckState.HOLDS
    assert found["years/carried_over/total"] is CheckState.FAILS


def test_it_must_across_the_forms_of_2020_and_2021_too():
    found = states(
        report(2020, {"applications/carried_out/total": 3}, form="2019"),
        report(2021, {"applications/carried_in/total": 4}),
    )

    assert found["years/carried_over/total"] is CheckState.FAILS
    assert not [check for check in found if "carried_over" not in check]


def test_in_force_goes_on_by_what_is_issued_and_repealed():
    base = "disclosure/normative_documents/"
    earlier = report(2021, {base + "in_force": 20, base + "issued": 7})
    right = report(2022, {base + "issued": 3, base + "repealed": 5, base + "in_force": 18})
    wrong = report(2022, {base + "issued": 3, base + "repealed": 5, base + "in_force": 20})

    (finding,) = [
        f for f in check_years([earlier, wrong], FORMS) if f.check == "years/in_force/normative_documents"
    ]
    assert states(earlier, right)["years/in_force/normative_documents"] is CheckState.HOLDS
    assert (finding.state, finding.left, finding.right) == (CheckState.FAILS, 23, 25)


def test_the_items_of_the_2019_form_go_on_by_their_change():
    earlier = report(
        2019, {"disclosure/licensing/previous_year": 12, "disclosure/licensing/change": -2}, form="2019"
    )
    later = report(2020, {"disclosure/licensing/previous_year": 12}, form="2019")

    assert states(earlier, later)["years/items/licensing"] is CheckState.FAILS


def test_a_cell_that_is_not_settled_leaves_its_identity_unknown():
    found = states(report(2021, {"applications/carried_out/total": None}), report(2022, {}))

    assert found["years/carried_over/total"] is CheckState.UNKNOWN
    assert found["years/carried_over/business"] is CheckState.HOLDS


def test_a_total_that_was_left_empty_above_filled_columns_is_no_nought():
    later = report(2022, {"applications/carried_in/business": 3})
    empty = {**later.cells, "applications/carried_in/total": ReportCell(None, State.BLANK)}

    found = states(
        report(2021, {"applications/carried_out/business": 3, "applications/carried_out/total": 3}),
        replace(later, cells=empty),
    )

    assert found["years/carried_over/total"] is CheckState.UNKNOWN


def test_a_year_that_is_not_there_leaves_all_unknown():
    found = check_years([report(2021, {"applications/carried_out/total": 3}), report(2023, {})], FORMS)

    assert {finding.state for finding in found} == {CheckState.UNKNOWN}
    assert {finding.note for finding in found} == {"no report for 2022"}


def test_an_issuer_that_only_a_mark_of_the_site_names_is_compared_with_nobody():
    earlier = report(2021, {"applications/carried_out/total": 3})
    marked = replace(report(2022, {}), title="2022年政府信息公开工作年度报告")

    assert states(earlier, marked) == {}
    assert (
        states(earlier, marked, 青溪县水务局="青溪县水务局")["years/carried_over/total"] is CheckState.FAILS
    )


def test_copies_that_disagree_settle_nothing():
    one, other = (report(2021, {"applications/carried_out/total": n}) for n in (3, 4))

    found = states(one, other, report(2022, {"applications/carried_in/total": 3}))

    assert found["years/carried_over/total"] is CheckState.UNKNOWN


def test_a_renamed_issuer_goes_on_and_the_finding_says_how_it_was_told():
    found = check_years(
        [
            report(2019, {"applications/carried_out/total": 3}, "青溪县环境保护局", form="2019"),
            report(2020, {}, "青溪县生态环境局", form="2019"),
        ],
        FORMS,
    )

    (broken,) = [finding for finding in found if finding.state is CheckState.FAILS]
    assert broken.check == "years/carried_over/total"
    assert broken.note == "青溪县环境保护局 = 青溪县生态环境局 (renamed)"


@pytest.mark.parametrize("index", range(25))
def test_a_clean_series_raises_no_alarm_and_holds_everywhere(index: int):
    series = make_series(index, 1, broken=False)

    found = check_years(series.reports, FORMS)

    assert {finding.state for finding in found} == {CheckState.HOLDS}
    years = {r.year for r in series.reports}
    assert len({(finding.check, finding.year) for finding in found}) == len(found)
    assert {finding.year for finding in found} == years - {min(years, key=lambda y: y or 0)}


@pytest.mark.parametrize("index", range(25))
def test_a_broken_series_raises_just_that_alarm(index: int):
    series = make_series(index, 1, broken=True)

    found = check_years(series.reports, FORMS)

    failed = [(finding.check, finding.year) for finding in found if finding.state is CheckState.FAILS]
    assert failed == [series.broken]
