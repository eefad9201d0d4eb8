"""The layers, and witnesses for what is too wide for them, leave just what some choice contains."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.inference.assembly import layers, pruning
from gouji.inference.assembly.layers import choices
from gouji.inference.assembly.pruning import rests, supported
from gouji.inference.assembly.search import Effort, TooMuch
from gouji.inference.assembly.witnesses import witnessed

Rows = list[list[tuple[int, ...]]]


@st.composite
def rows_of_readings(draw: st.DrawFn) -> Rows:
    sums = draw(st.integers(1, 3))
    reading = st.tuples(*[st.integers(-3, 3)] * sums)
    return draw(st.lists(st.lists(reading, min_size=1, max_size=4), min_size=1, max_size=5))


def used(rows: Rows) -> list[tuple[int, ...]] | None:
    found = choices(rows)
    return None if found is None else found.used()


def by_trying_all(rows: Rows) -> list[tuple[int, ...]]:
    good = [
        choice
        for choice in product(*(range(len(row)) for row in rows))
        if not any(map(sum, zip(*(row[i] for row, i in zip(rows, choice, strict=True)), strict=True)))
    ]
    return [tuple(sorted({choice[place] for choice in good})) for place in range(len(rows))]


@given(rows=rows_of_readings())
@settings(deadline=None)
def test_the_readings_left_are_those_of_some_choice_that_adds_up(rows: Rows):
    assert used(rows) == by_trying_all(rows)


@given(rows=rows_of_readings())
@settings(deadline=None)
def test_the_readings_left_with_one_of_a_row_are_those_of_some_choice_that_contains_it(rows: Rows):
    found = choices(rows)

    assert found is not None
    for place, row in enumerate(rows):
        for index, together in enumerate(found.used_with(place)):
            alone = by_trying_all([*rows[:place], [row[index]], *rows[place + 1 :]])
            alone[place] = (index,) if alone[place] else ()
            assert together == alone


@given(rows=rows_of_readings())
@settings(deadline=None)
def test_witnesses_are_found_for_the_same_readings(rows: Rows):
    assert witnessed(rows) == (by_trying_all(rows), True)


@given(rows=rows_of_readings(), steps=st.integers(0, 200))
@settings(deadline=None)
def test_a_search_that_is_stopped_loses_no_reading_of_some_choice(rows: Rows, steps: int):
    kept, exact = witnessed(rows, steps)

    good = by_trying_all(rows)
    assert kept == good if exact else all(set(g) <= set(k) for g, k in zip(good, kept, strict=True))


def test_a_table_of_which_the_layers_cannot_keep_the_sums_is_searched_to_the_end():
    # A handful of ones in each of a table's columns, and their totals: billions of choices.
    units = [tuple(int(place == column) for place in range(12)) for column in range(12)]
    rows = [*[units] * 24, [(-2,) * 12]]

    assert choices(rows) is None
    assert witnessed(rows) == ([tuple(range(12))] * 24 + [(0,)], True)


def test_sums_too_many_to_keep_are_left_to_the_search_for_witnesses(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(layers, "WAYS", 2)

    assert choices([[(1,), (2,), (4,)], [(-1,), (-2,), (-4,)]]) is None


def test_numbers_too_large_to_add_are_left_to_the_search_for_witnesses():
    rows = [[(1 << 60,), (2,)], [(-(1 << 60),), (3,)]]

    assert choices(rows) is None
    assert witnessed(rows) == ([(0,), (0,)], True)


def test_when_the_steps_are_used_up_nothing_that_may_be_is_lost():
    rows = [[tuple(int(i == column) for i in range(6)) for column in range(6)] for _ in range(12)]

    kept, exact = witnessed([*rows, [(-2,) * 6]], steps=1000)

    assert not exact
    assert kept == [tuple(range(6))] * 12 + [(0,)]


@given(domains=st.lists(st.sets(st.integers(-9, 9), min_size=1, max_size=4), min_size=1, max_size=4))
def test_sums_kept_as_bits_support_what_sums_kept_apart_do(domains: list[set[int]]):
    as_bits = supported(domains, Effort())

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pruning, "SPREAD", -1)
        assert as_bits == supported(domains, Effort())


def test_sums_too_many_to_form_are_given_up():
    with pytest.raises(TooMuch):
        supported([{0, 1 << 40}, {0, 1 << 41}, {0}], Effort(3))


@given(domains=st.lists(st.sets(st.integers(-9, 9), min_size=1, max_size=4), min_size=1, max_size=4))
def test_a_rest_is_any_sum_of_what_is_left(domains: list[set[int]]):
    rest = rests(domains)[0]
    sums = {sum(values) for values in product(*domains)}

    assert (rest.least, rest.greatest) == (min(sums), max(sums))
    assert rest.bits is not None
    assert {rest.least + n for n in range(rest.bits.bit_length()) if rest.bits >> n & 1} == sums


@given(rows=rows_of_readings())
@settings(deadline=None, max_examples=30)
def test_sums_that_spread_widely_leave_the_same_readings(rows: Rows):
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pruning, "SPREAD", -1)
        assert used(rows) == by_trying_all(rows)
