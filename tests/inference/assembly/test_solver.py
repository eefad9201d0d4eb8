"""The readings that survive are exactly those that some reading of the whole table contains."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.inference.assembly import layers, solver, witnesses
from gouji.inference.assembly.solver import Survivors, Values, survivors
from gouji.inference.assembly.sums import Sum

SUM = (Sum((0, 1), (2,)),)


def test_one_reading_a_row_needs_no_search():
    assert survivors([[(1,)], [(2,)], [(3,)]], SUM) == Survivors(((0,), (0,), (0,)))


def test_what_a_single_reading_of_every_row_prints_is_not_doubted():
    assert survivors([[(1,)], [(2,)], [(9,)]], SUM).consistent


def test_the_columns_choose_the_reading_that_adds_up():
    rows = [[(4, 0), (0, 4)], [(1, 1)], [(5, 1)]]

    assert survivors(rows, SUM).rows == ((0,), (0,), (0,))


def test_where_several_readings_add_up_all_of_them_stay():
    rows = [[(4, 0), (0, 4), (2, 2)], [(4, 0), (0, 4)], [(4, 4)]]

    assert survivors(rows, SUM).rows == ((0, 1), (0, 1), (0,))


def test_where_none_adds_up_all_stay_and_nothing_is_proved():
    rows = [[(4, 0), (0, 4)], [(1, 1)], [(7, 7)]]

    assert survivors(rows, SUM) == Survivors(((0, 1), (0,), (0,)), consistent=False)


def test_a_contradiction_that_no_single_column_shows_is_told():
    # Either column alone can be had; what gives the one takes the other.
    rows: list[list[Values]] = [[(1, 0), (0, 1)], [(1, 0), (0, 1)], [(2, 1), (1, 2)]]

    assert survivors(rows, SUM) == Survivors(((0, 1), (0, 1), (0, 1)), consistent=False)


def test_decimals_are_added_without_drift():
    rows = [[(0.1,), (0.3,)], [(0.2,)], [(0.3,)]]

    assert survivors(rows, SUM).rows == ((0,), (0,), (0,))


def test_where_the_bound_is_reached_every_reading_stays_and_it_is_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(solver, "PRUNING", 0)
    monkeypatch.setattr(layers, "WAYS", 0)
    monkeypatch.setattr(witnesses, "STEPS", 0)
    rows = [[(4, 0), (0, 4)], [(1, 1)], [(5, 1)]]

    assert survivors(rows, SUM) == Survivors(((0, 1), (0,), (0,)), exact=False)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[list[Values]], tuple[Sum, ...]]:
    """A few rows of a few readings each, and one or two sums over them, with several readings in each."""
    columns = draw(st.integers(1, 3))
    reading = st.tuples(*[st.integers(0, 3)] * columns)
    rows: list[list[Values]] = draw(
        st.lists(st.lists(reading, min_size=2, max_size=4, unique=True), min_size=3, max_size=5)
    )
    indices = list(range(len(rows)))
    sums = []
    for _ in range(draw(st.integers(1, 2))):
        order = draw(st.permutations(indices))
        cut = draw(st.integers(1, len(order) - 1))
        sums.append(Sum(tuple(order[:cut]), tuple(order[cut:])))
    return rows, tuple(sums)


@settings(max_examples=60, deadline=None)
@given(tables())
def test_survivors_are_those_of_trying_every_choice(table: tuple[list[list[Values]], tuple[Sum, ...]]):
    rows, sums = table
    live = [(rule, column) for rule in sums for column in range(len(rows[0][0])) if _is_open(rows, column)]
    every = [choice for choice in product(*map(range, map(len, rows))) if _adds_up(rows, choice, live)]

    found = survivors(rows, sums)

    assert found.consistent is bool(every)
    if every:
        assert found.rows == tuple(tuple(sorted(set(kept))) for kept in zip(*every, strict=True))


def _is_open(rows: list[list[Values]], column: int) -> bool:
    """Whether a column's readings differ; a sum that is all print is left to the checks."""
    return any(len({values[column] for values in row}) > 1 for row in rows)


def _adds_up(rows: list[list[Values]], choice: tuple[int, ...], sums: list[tuple[Sum, int]]) -> bool:
    values = [row[index] for row, index in zip(rows, choice, strict=True)]
    return all(
        sum(values[row][column] for row in rule.left) == sum(values[row][column] for row in rule.right)
        for rule, column in sums
    )
