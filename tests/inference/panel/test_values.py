"""A variable has what the page prints, or says why it has nothing; nothing is computed from what is open."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gouji.inference.extraction import Cell, State
from gouji.inference.outputs.records import Record
from gouji.inference.panel.series import load_series
from gouji.inference.panel.values import Reported, values_of
from gouji.inference.why import Why
from gouji.model.forms import load_forms

from .conftest import MakeReport, applications, read

FORMS = load_forms()
SERIES = load_series(FORMS)
ROWS = {
    "received": 10,
    "granted": 6,
    "denied__third_party": 1,
    "denied__process_information": 2,
    "other__rest": 1,
    "total": 10,
}


def values(record: Record | None, disputed: frozenset[str] = frozenset()) -> dict:
    return values_of(None if record is None else Reported(record, FORMS, disputed), SERIES)


def said(row: dict, name: str) -> tuple:
    return row[name], row[f"{name}_why"]


def test_cells_sums_and_shares_of_a_report(report: MakeReport):
    row = values(report("青溪县", 2021, applications(**ROWS)))

    assert said(row, "granted") == (6, "read")
    assert said(row, "denied_np") == (3, "computed")
    assert said(row, "other_results") == (1, "computed")
    assert said(row, "share_open") == (0.6, "computed")
    assert said(row, "other_2019") == (None, "not_in_form")


def test_the_form_of_2019_has_the_same_series(report: MakeReport):
    row = values(report("青溪县", 2019, applications(received=4, granted=3, other=1, total=4)))

    assert said(row, "other_results") == (1, "read")
    assert said(row, "share_granted") == (0.75, "computed")
    assert said(row, "other_rest") == (None, "not_in_form")


def test_an_open_cell_is_missing_with_its_reason_and_so_is_what_is_computed_from_it(report: MakeReport):
    key = "applications/granted/total"
    cell = Cell(key, None, State.AMBIGUOUS, candidates=(6, 60), why=(Why.DIGITS_JOINED, Why.ONE_SUM))

    row = values(report("青溪县", 2021, {**applications(**ROWS), key: cell}))

    assert said(row, "granted") == (None, "ambiguous_digits_joined")
    assert said(row, "share_granted") == (None, "part_missing")
    assert said(row, "share_denied") == (0.3, "computed")


def test_a_blank_counts_as_0_but_not_a_total_beside_filled_cells(report: MakeReport):
    totals = ("applications/received/total", "applications/carried_in/total")
    blank = {key: Cell(key, None, State.BLANK) for key in totals}

    row = values(report("青溪县", 2021, {**applications(**ROWS), **blank}))

    assert said(row, "carried_in") == (0, "blank")
    assert said(row, "received") == (None, "total_blank")
    assert said(row, "share_natural") == (None, "part_missing")


def test_a_total_that_prints_0_beside_filled_cells_stands_and_nothing_is_computed_from_it(report: MakeReport):
    row = values(report("青溪县", 2021, {**applications(**ROWS), "applications/granted/total": 0}))

    assert said(row, "granted") == (0, "read")
    assert said(row, "share_granted") == (None, "part_missing")


def test_nothing_is_divided_by_0(report: MakeReport):
    row = values(report("青溪县", 2021))

    assert said(row, "share_granted") == (None, "under_zero")


def test_a_table_that_the_page_does_not_hold_is_no_row_of_noughts(report: MakeReport):
    record = report("青溪县", 2021, applications(**ROWS))
    record = replace(record, forms={**record.forms, "review": None})

    row = values(record)

    assert said(row, "review") == (None, "no_table")
    assert said(row, "suit") == (None, "no_table")
    assert said(row, "review_rate") == (None, "no_table")


def test_where_copies_differ_there_is_no_value(report: MakeReport):
    row = values(report("青溪县", 2021, applications(**ROWS)), frozenset({"applications/received/total"}))

    assert said(row, "received") == (None, "copies_differ")
    assert said(row, "in_hand") == (None, "part_missing")


def test_without_a_report_every_variable_says_so():
    row = values(None)

    assert {value for name, value in row.items() if name.endswith("_why")} == {"no_report"}
    assert not any(value is not None for name, value in row.items() if not name.endswith("_why"))


@pytest.mark.parametrize(
    ("printed", "unit", "wan", "why"),
    [
        (251000, "元", 25.1, "read"),
        (160.5964, "万元", 160.5964, "read"),
        (1.2, "亿元", 12000, "read"),
        (160.5964, None, 160.5964, "unit_of_form"),  # the form's label asks for 万元
        (0, None, 0, "read"),
        (3, "件", None, "no_unit"),
    ],
)
def test_amounts_stand_in_one_unit_beside_the_printed_one(
    report: MakeReport, printed: float, unit: str | None, wan: float | None, why: str
):
    key = "disclosure/fees/amount"

    row = values(report("青溪县", 2021, {key: read(key, printed, unit)}))

    assert said(row, "fees_printed") == (printed, "read")
    assert row.get("fees_unit") == unit
    assert said(row, "fees_wan") == (wan, why)


def test_an_amount_whose_unit_neither_page_nor_form_names_is_not_converted(report: MakeReport):
    key = "disclosure/procurement/amount"

    row = values(report("青溪县", 2019, {key: read(key, 88.5)}))

    assert said(row, "procurement_printed") == (88.5, "read")
    assert said(row, "procurement_wan") == (None, "no_unit")
