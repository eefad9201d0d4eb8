"""The layers, and CP-SAT for what is too wide for them, leave just what some choice contains."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.inference.assembly import cp_sat, layers, reachable
from gouji.inference.assembly.cp_sat import ask
from gouji.inference.assembly.layers import choices
from gouji.inference.assembly.reachable import rests, supported
from gouji.inference.assembly.search import Effort, TooMuch

Rows = list[list[tuple[int, ...]]]


@st.composite
def rows_of_readings(draw: st.DrawFn) -> Rows:
    sums = draw(st.integers(1, 3))
    reading = st.tuples(*[st.integers(-3, 3)] * sums)
    return draw(st.lists(st.lists(reading, min_size=1, max_size=4), min_size=1, max_size=5))


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
    assert choices(rows) == by_trying_all(rows)


@given(rows=rows_of_readings())
@settings(deadline=None, max_examples=30)
def test_cp_sat_leaves_the_same_readings(rows: Rows):
    assert ask(rows) == (by_trying_all(rows), True)


def test_sums_too_many_to_keep_are_left_to_cp_sat(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(layers, "WAYS", 2)

    assert choices([[(1,), (2,), (4,)], [(-1,), (-2,), (-4,)]]) is None


def test_numbers_too_large_to_add_are_left_to_cp_sat():
    assert choices([[(1 << 60,)], [(-(1 << 60),)]]) is None


def test_when_the_effort_is_used_up_nothing_that_may_be_is_lost():
    rows = [[tuple(int(i == column) for i in range(6)) for column in range(6)] for _ in range(12)]

    kept, exact = ask([*rows, [(-2,) * 6]], effort=0.0)

    assert not exact
    assert kept[:12] == [tuple(range(6))] * 12


def test_a_model_too_large_to_state_is_not_asked(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(cp_sat, "TERMS", 2)

    assert ask([[(1,), (2,)], [(-1,)]]) == ([(0, 1), (0,)], False)


@given(domains=st.lists(st.sets(st.integers(-9, 9), min_size=1, max_size=4), min_size=1, max_size=4))
def test_sums_kept_as_bits_support_what_sums_kept_apart_do(domains: list[set[int]]):
    as_bits = supported(domains, Effort())

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(reachable, "SPREAD", -1)
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
        patched.setattr(reachable, "SPREAD", -1)
        assert choices(rows) == by_trying_all(rows)
