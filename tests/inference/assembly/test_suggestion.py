"""A page that contradicts itself names the one cell that would mend it, or none."""

from __future__ import annotations

import pytest

from gouji.inference.assembly.checks import evaluate_checks
from gouji.inference.assembly.suggestion import suggest
from gouji.inference.extraction import Cell, Number, State, Suggestion
from gouji.model.forms import Table, load_forms

APPLICATIONS = load_forms()["2021"].table("applications")
REVIEW = load_forms()["2021"].table("review")


def cells_of(table: Table, printed: dict[str, Number]) -> dict[str, Cell]:
    """A table that prints these figures, by row and column, and blanks elsewhere."""
    values = {f"{table.id}/{place}": value for place, value in printed.items()}
    return {
        key: Cell(key, values[key], State.READ) if key in values else Cell(key, None, State.BLANK)
        for key in table.keys()
    }


def sound() -> dict[str, Number]:
    """Three applications of natural persons and two of businesses, received and granted."""
    rows = ("received", "granted", "total")
    return {
        f"{row}/{column}": n for row in rows for column, n in (("natural_person", 3), ("business", 2))
    } | {f"{row}/total": 5 for row in rows}


def suggested(table: Table, printed: dict[str, Number]) -> Suggestion | None:
    cells = cells_of(table, printed)
    return suggest([table], cells, list(evaluate_checks(table, cells)))


def test_a_page_whose_sums_hold_suggests_nothing():
    assert suggested(APPLICATIONS, sound()) is None


def test_one_misprint_is_named_with_what_it_would_be_and_the_sums_that_it_repairs():
    assert suggested(APPLICATIONS, {**sound(), "granted/business": 7}) == Suggestion(
        "applications/granted/business",
        printed=7,
        would_be=2,
        repairs=("applications/row/granted", "applications/results/business"),
    )


def test_a_figure_left_out_is_named_and_counts_as_0():
    printed = sound()
    del printed["received/natural_person"]

    found = suggested(APPLICATIONS, printed)

    assert found is not None
    assert (found.key, found.printed, found.would_be) == ("applications/received/natural_person", None, 3)


def test_two_misprints_suggest_nothing():
    assert suggested(APPLICATIONS, {**sound(), "granted/business": 7, "received/natural_person": 4}) is None


def test_where_two_cells_would_do_neither_is_named():
    # A row of the review adds up by itself alone: each of its cells could be the wrong one.
    assert suggested(REVIEW, {"reconsideration/upheld": 1, "reconsideration/total": 3}) is None


def test_no_cell_would_be_less_than_nothing():
    # Only granted/research is in both failing sums, and would have to be -3.
    printed = {**sound(), "granted/total": 2, "partly_granted/research": 3, "partly_granted/total": 3}

    assert suggested(APPLICATIONS, printed) is None


@pytest.mark.parametrize("state", [State.AMBIGUOUS, State.MISSING])
def test_a_cell_of_a_sum_that_is_not_known_is_not_named(state: State):
    cells = cells_of(APPLICATIONS, {**sound(), "granted/business": 7})
    beside = "applications/partly_granted/business"
    cells[beside] = Cell(beside, None, state)

    assert suggest([APPLICATIONS], cells, list(evaluate_checks(APPLICATIONS, cells))) is None
