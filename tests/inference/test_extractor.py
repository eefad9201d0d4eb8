"""Whole pages: each text in pages/ is extracted and held against what is known of it.

A page's JSON says its status, the form of each table, the states that each table's cells may
have, the sums that fail, the numbers that no cell took, and the truth of every cell.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gouji.inference.extraction import Cell, CheckState, State, Status
from gouji.inference.extractor import Extractor
from gouji.inference.result import Extraction
from gouji.model.labels import Tag
from gouji.model.page import Page

Extract = Callable[[str], Extraction]

PAGES = Path(__file__).parent / "pages"


def text_of(name: str) -> str:
    return (PAGES / f"{name}.txt").read_bytes().decode("utf-8")


def expected_of(name: str) -> dict[str, Any]:
    expected: dict[str, Any] = json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8"))
    return expected


def cells_of(extraction: Extraction, start: str = "") -> dict[str, Cell]:
    return {cell.key: cell for cell in extraction.cells if cell.key.startswith(start)}


@pytest.fixture(params=sorted(path.stem for path in PAGES.glob("*.txt")))
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_a_page_is_read_as_it_is_printed(extract: Extract, name: str):
    expected = expected_of(name)

    extraction = extract(text_of(name))

    assert extraction.status == expected["status"]
    assert extraction.forms == expected.get("forms", extraction.forms)
    for table, states in expected.get("states", {}).items():
        assert {cell.state for cell in cells_of(extraction, table).values()} == set(states)
    assert [c.name for c in extraction.checks if c.state is CheckState.FAILS] == expected["fails"]
    if "unplaced" in expected:
        assert [number.raw for number in extraction.unplaced] == expected["unplaced"]


def test_every_cell_of_a_page_says_the_truth_or_names_it_or_is_missing(extract: Extract, name: str):
    truth = expected_of(name)["truth"]

    cells = cells_of(extract(text_of(name)))

    for key in truth.keys() & cells.keys():
        cell = cells[key]
        if cell.state is State.AMBIGUOUS:
            assert cell.more or truth[key] in {candidate or 0 for candidate in cell.candidates}, cell
        elif cell.state is not State.MISSING:
            assert (cell.value or 0) == truth[key], cell


def test_the_same_page_is_read_the_same_again(extractor: Extractor):
    page = Page("a.txt", text_of("blanks_vanished_2021"))

    assert extractor.extract(page) == extractor.extract(page)


def test_an_amount_keeps_its_unit_from_the_next_line(extract: Extract):
    cell = cells_of(extract(text_of("lines_2021")))["disclosure/fees/amount"]

    assert (cell.value, cell.unit, cell.raw) == (14.495, "万元", "14.495\n万元")


def test_units_and_signs_printed_with_a_number_are_read_apart(extract: Extract):
    cells = cells_of(extract(text_of("pipes_with_blanks_2019")), "disclosure")

    printed = {key: (cell.value, cell.unit, cell.raw) for key, cell in cells.items()}
    assert printed["disclosure/procurement/amount"] == (251.3, "万元", "251.3万元")
    assert printed["disclosure/licensing/change"] == (-1, None, "减1")
    assert printed["disclosure/penalties/change"] == (36, None, "+36")


def test_page_numbers_among_the_rows_are_told_for_what_they_are(extract: Extract):
    assert {number.reason for number in extract(text_of("lines_2021")).unplaced} == {"page number"}


def test_a_row_that_the_form_does_not_have_is_told_for_what_it_is(extract: Extract):
    assert {n.reason for n in extract(text_of("an_extra_row_2019")).unplaced} == {
        "its row is not in the form"
    }


def test_a_report_that_contradicts_itself_keeps_what_it_prints(extract: Extract):
    extraction = extract(text_of("a_contradictory_report_2021"))

    check = next(check for check in extraction.checks if check.name == "applications/row/granted")
    assert (check.left or 0) + 2 == check.right
    assert cells_of(extraction)["applications/granted/total"].value == check.right


def test_a_row_whose_label_was_lost_is_placed_by_its_sums(extract: Extract):
    cells = cells_of(extract(text_of("a_lost_label_2021")), "applications/denied.third_party")

    assert {cell.state for cell in cells.values()} == {State.PLACED}


def test_tables_of_two_forms_on_one_page_are_mixed(extract: Extract):
    extraction = extract(text_of("mixed_forms"))

    assert extraction.form == "mixed"
    assert "applications/other/total" in cells_of(extraction)
    assert "disclosure/fees/amount" in cells_of(extraction)


def test_the_disclosure_figures_that_ran_together_are_not_invented(extract: Extract):
    cells = cells_of(extract(text_of("glued_2019")), "disclosure")

    digits = {key: cell for key, cell in cells.items() if cell.value}
    assert digits == {}


def test_a_page_of_another_language_has_no_cells_and_no_form(extract: Extract):
    extraction = extract(text_of("another_language"))

    assert (extraction.status, extraction.form, extraction.cells) == (Status.NO_TABLES, None, ())


@pytest.mark.parametrize("text", ["", "\n", "0", "| | |", "规章", "规章 3", "一、总体情况\n公开信息12条。\n"])
def test_a_page_of_next_to_nothing_has_no_tables(extract: Extract, text: str):
    assert extract(text).status is Status.NO_TABLES


def test_what_the_arithmetic_says_of_a_missing_row_is_given_beside_it(extract: Extract):
    text = text_of("lines_2021")
    row = text[text.index("4.无正当理由大量反复申请") : text.index("5.要求行政机关确认")]
    truth = expected_of("lines_2021")["truth"]

    extraction = extract(text.replace(row, ""))

    cells = cells_of(extraction, "applications/rejected.excessive")
    assert {cell.state for cell in cells.values()} == {State.MISSING}
    assert {key: cell.derived for key, cell in cells.items()} == {key: truth[key] for key in cells}
    assert extraction.status is Status.INCOMPLETE


def test_half_a_table_that_either_form_fits_follows_the_form_of_the_others(extract: Extract):
    assert extract(text_of("half_a_table_2021")).forms["applications"] == "2021"


def test_an_empty_first_cell_between_pipes_is_read_where_no_sum_tells_it(extract: Extract):
    text = text_of("pipes_with_blanks_2019").replace("| 31 |  | 2 |", "|  | 31 | 2 |")

    cells = cells_of(extract(text), "disclosure/other_services")

    states = [(cell.state, cell.value) for cell in cells.values()]
    assert states == [(State.BLANK, None), (State.READ, 31), (State.READ, 2)]


def test_the_tagged_spans_lie_beside_the_same_extraction(extractor: Extractor):
    page = Page("a.txt", text_of("wrapped_labels_2021"))

    tagged = extractor.extract_tagged(page)

    assert tagged.extraction == extractor.extract(page)
    assert tagged.spans == extractor.tag(page)
    assert [span.start for span in tagged.spans] == sorted(span.start for span in tagged.spans)
    values = [(span.start, span.end) for span in tagged.spans if span.tag is Tag.VALUE]
    read = [(cell.start, cell.end) for cell in tagged.extraction.cells if cell.state is State.READ]
    assert set(read) <= set(values)
