"""A sum holds, fails or is unknown; nothing is filled in to make it hold."""

from __future__ import annotations

import pytest

from gouji.inference.assembly.checks import evaluate_checks, keys_of
from gouji.inference.extraction import Cell, Check, CheckState, Number, State
from gouji.model.forms import Table, load_forms

REVIEW = load_forms()["2021"].table("review")
APPLICATIONS = load_forms()["2021"].table("applications")


def cells_of(table: Table, **changed: Cell) -> dict[str, Cell]:
    """A table of printed zeros, but for the cells given as `row__column`."""
    keys = table.keys()
    cells = {key: Cell(key, 0, State.READ, "0", start=0, end=1) for key in keys}
    for name, cell in changed.items():
        cells[f"{table.id}/{name.replace('__', '/')}"] = cell
    return cells


def read(value: Number) -> Cell:
    return Cell("", value, State.READ, str(value), start=0, end=len(str(value)))


def check_of(table: Table, name: str, **changed: Cell) -> Check:
    return next(check for check in evaluate_checks(table, cells_of(table, **changed)) if check.name == name)


def test_every_row_and_column_of_the_applications_is_checked():
    names = [check.name for check in evaluate_checks(APPLICATIONS, cells_of(APPLICATIONS))]

    assert len(names) == len(set(names)) == 25 + 7 + 7
    assert {"applications/row/received", "applications/balance/total", "applications/results/other"} <= set(
        names
    )


def test_every_row_of_the_review_is_checked():
    names = [check.name for check in evaluate_checks(REVIEW, cells_of(REVIEW))]

    rows = ("reconsideration", "direct_suit", "suit_after_reconsideration")
    assert names == [f"review/row/{row}" for row in rows]


def test_the_disclosure_table_has_no_sums():
    table = load_forms()["2019"].table("disclosure")

    assert list(evaluate_checks(table, cells_of(table))) == []


def test_a_sum_that_adds_up_holds_and_says_both_sides():
    check = check_of(
        REVIEW,
        "review/row/direct_suit",
        direct_suit__upheld=read(3),
        direct_suit__other=read(2),
        direct_suit__total=read(5),
    )

    assert check == Check("review/row/direct_suit", CheckState.HOLDS, 5, 5)


def test_a_sum_that_print_breaks_fails():
    check = check_of(
        REVIEW, "review/row/direct_suit", direct_suit__upheld=read(3), direct_suit__total=read(4)
    )

    assert (check.state, check.left, check.right) == (CheckState.FAILS, 3, 4)


def test_a_blank_counts_as_zero():
    blank = Cell("", None, State.BLANK)

    check = check_of(REVIEW, "review/row/direct_suit", direct_suit__upheld=blank, direct_suit__total=blank)

    assert (check.state, check.left, check.right) == (CheckState.HOLDS, 0, 0)


@pytest.mark.parametrize(
    "cell",
    [
        Cell("", None, State.AMBIGUOUS, candidates=(3, 4)),
        Cell("", None, State.MISSING),
        Cell("", None, State.MISSING, derived=3),
    ],
)
def test_a_sum_of_a_cell_that_is_not_known_is_unknown_whatever_would_make_it_hold(cell: Cell):
    check = check_of(REVIEW, "review/row/direct_suit", direct_suit__upheld=cell, direct_suit__total=read(3))

    assert (check.state, check.left, check.right) == (CheckState.UNKNOWN, None, 3)


def test_the_balance_adds_what_came_in_and_what_was_there():
    check = check_of(
        APPLICATIONS,
        "applications/balance/research",
        received__research=read(7),
        carried_in__research=read(2),
        total__research=read(8),
        carried_out__research=read(1),
    )

    assert (check.state, check.left, check.right) == (CheckState.HOLDS, 9, 9)


def test_the_keys_of_a_check_are_the_cells_that_it_adds_up():
    keys = keys_of(APPLICATIONS, "applications/balance/research")

    rows = ("received", "carried_in", "total", "carried_out")
    assert keys == [f"applications/{row}/research" for row in rows]


@pytest.mark.parametrize("name", ["applications/balance/nobody", "applications/nothing/total"])
def test_an_unknown_check_is_refused(name: str):
    with pytest.raises(KeyError):
        keys_of(APPLICATIONS, name)
