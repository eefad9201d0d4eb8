"""One row a body and year; years are held against each other, copies against copies, names told apart."""

from __future__ import annotations

from dataclasses import replace

from gouji.inference.extraction import Cell, State
from gouji.inference.outputs.records import Record
from gouji.inference.panel.coverage import Coverage
from gouji.inference.panel.rows import Panel, panel_of
from gouji.inference.panel.series import load_series
from gouji.model.forms import load_forms

from .conftest import MakeReport, applications

FORMS = load_forms()
SERIES = load_series(FORMS)


def panel(*records: Record, balanced: bool = False, aliases: dict[str, str] | None = None) -> Panel:
    return panel_of(records, SERIES, FORMS, aliases, balanced=balanced)


def columns(made: Panel, *names: str) -> list[tuple]:
    return [tuple(row.get(name) for name in names) for row in made.rows]


def test_a_body_and_a_year_is_a_row_in_their_order(report: MakeReport):
    made = panel(report("乙县财政局", 2022), report("甲县财政局", 2021), report("乙县财政局", 2021))

    assert columns(made, "panel_id", "issuer", "year", "status") == [
        (1, "乙县财政局", 2021, "verified"),
        (1, "乙县财政局", 2022, "verified"),
        (2, "甲县财政局", 2021, "verified"),
    ]


def test_balanced_there_is_a_row_for_each_year_of_each_body(report: MakeReport):
    made = panel(report("甲县财政局", 2021), report("乙县财政局", 2019), balanced=True)

    assert columns(made, "issuer", "year", "status", "years_reported", "received_why") == [
        ("乙县财政局", 2019, "verified", 1, "read"),
        ("乙县财政局", 2020, "no_report", 1, "no_report"),
        ("乙县财政局", 2021, "no_report", 1, "no_report"),
        ("甲县财政局", 2019, "no_report", 1, "no_report"),
        ("甲县财政局", 2020, "no_report", 1, "no_report"),
        ("甲县财政局", 2021, "verified", 1, "read"),
    ]


def test_what_a_year_carries_out_is_held_against_what_the_next_has_carried_in(report: MakeReport):
    made = panel(
        report("甲县财政局", 2020, applications(received=5, carried_out=5)),
        report("甲县财政局", 2021, applications(carried_in=5, carried_out=5)),
        report("甲县财政局", 2022, applications(carried_in=7, carried_out=7)),
        report("甲县财政局", 2024, applications(carried_in=1, carried_out=1)),
    )

    assert columns(made, "year", "carry_over", "carry_over_gap") == [
        (2020, "nothing_before", None),
        (2021, "holds", 0),
        (2022, "fails", 2),
        (2024, "unknown", None),
    ]


def test_copies_count_where_they_agree(report: MakeReport):
    one = report("甲县财政局", 2021, applications(received=5, carried_out=5))
    key = "applications/received/total"
    other = replace(
        report("甲县财政局", 2021, {**applications(received=5, carried_out=5), key: 6}), source="copy.html"
    )

    (row,) = panel(other, one).rows

    assert (row["copies"], row["copies_differ"], row["source"]) == (2, 1, one.source)
    assert (row["received"], row["received_why"]) == (None, "copies_differ")
    assert (row["received_np"], row["carried_out"]) == (5, 5)


def test_what_one_copy_leaves_open_another_tells(report: MakeReport):
    key = "applications/received/total"
    torn = report("甲县财政局", 2021, {key: Cell(key, None, State.MISSING)})
    whole = report("甲县财政局", 2021, applications(received=5, carried_out=5))

    (row,) = panel(torn, whole).rows

    assert (row["received"], row["status"], row["copies_differ"]) == (5, "verified", 3)


def test_what_is_said_of_place_and_source_comes_along(report: MakeReport):
    place = {"province": "沧澜省", "level": "县", "division_code": "990101"}
    other = {
        "issuer_id": "b1",
        "place": place,
        "meta": {"url": "https://example.org/1", "fetched": "2026-01-02"},
    }

    made = panel(report("甲县", 2021, other=other), report("甲县人民政府", 2023, other=other), balanced=True)

    assert columns(made, "issuer_id", "year", "division_code", "url", "fetched") == [
        ("b1", 2021, "990101", "https://example.org/1", "2026-01-02"),
        ("b1", 2022, "990101", None, None),
        ("b1", 2023, "990101", "https://example.org/1", "2026-01-02"),
    ]


def test_what_is_nobodys_report_is_left_out_and_told_of(report: MakeReport):
    made = panel(
        report("甲县财政局", 2021),
        report("乙县财政局", 2021),
        report("县政府办", 2021),
        report(None, 2021),
        report("甲县财政局", None),
        Record("torn.pdf", error="is empty"),
    )

    told = Coverage(made).text()

    assert len(made.rows) == 2
    assert "县政府办_2021.html: its issuer's name may be several bodies'" in told
    assert "None_2021.html: says nowhere whose report it is" in told
    assert "甲县财政局_None.html: says nowhere which year it is of" in told
    assert "torn.pdf: was not read: is empty" in told


def test_an_alias_says_whose_a_name_is(report: MakeReport):
    records = report("甲县扶贫办", 2020), report("甲县乡村局", 2021)

    apart, together = panel(*records), panel(*records, aliases={"甲县扶贫办": "甲县乡村局"})

    assert (len(apart.bodies), len(together.bodies)) == (2, 1)


def test_coverage_lists_what_is_missing_doubled_and_contradicted(report: MakeReport):
    made = panel(
        report("甲县财政局", 2020),
        report("甲县财政局", 2022, applications(carried_in=1)),
        report("甲县财政局", 2022, applications(carried_in=1)),
    )

    told = Coverage(made).text()

    assert told.splitlines()[0] == "1 bodies, 2020 to 2022: 2 of 3 reports"
    assert "✓     ×     !     甲县财政局" in told
    assert "missing (1): 甲县财政局 2021" in told
    assert "several copies (1): 甲县财政局 2022" in told
    assert "contradicted (1): 甲县财政局 2022" in told
    assert [row["status"] for row in Coverage(made).rows()] == ["verified", "no_report", "contradicted"]


def test_no_report_makes_an_empty_panel():
    made = panel()

    assert (made.rows, made.years) == ((), ())
    assert Coverage(made).text() == "no report of a body and a year"
