"""A row's readings are all that its sums allow: none is lost, and none breaks a sum."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gouji.inference.assembly.readings import Readings, common_reading, find_readings
from gouji.inference.assembly.search import number_of
from gouji.inference.assembly.strips import Chunk
from gouji.inference.assembly.sums import Sum
from gouji.inference.extraction import Number

SEVEN = (Sum((0, 1, 2, 3, 4, 5), (6,)),)


def chunks_of(*printed: str) -> list[Chunk]:
    """Printed numbers, `/` being the mark of a blank cell, each a place further on the page."""
    chunks, place = [], 0
    for digits in printed:
        chunks.append(Chunk(digits.strip("/"), place, place + len(digits)))
        place += len(digits) + 1
    return chunks


def values_of(readings: Readings) -> set[tuple[Number, ...]]:
    return {reading.values for reading in readings.found}


def split_digits(digits: str, columns: int) -> list[tuple[Number, ...]]:
    """The ways to cut digits that ran together into full columns of which all but the last add up to it."""
    rule = Sum(tuple(range(columns - 1)), (columns - 1,))
    readings = find_readings((Chunk(digits, 0, len(digits), touching=True),), columns, (rule,), split=True)
    return [reading.values for reading in readings.found if all(reading.prints)]


def test_digits_run_together_are_split_when_one_reading_adds_up():
    assert split_digits("136122520451283214069", columns=7) == [(13612, 252, 0, 45, 128, 32, 14069)]


def test_zeros_run_together_are_a_row_of_zeros():
    assert split_digits("0000000", columns=7) == [(0,) * 7]


def test_where_a_lone_nought_stands_nobody_can_tell_with_decimals_or_without():
    for nought in ("0", "0.0"):
        (reading,) = find_readings(chunks_of(nought), 7, SEVEN).found

        assert (set(reading.values), set(reading.prints)) == ({0}, {None})


def test_a_number_that_begins_with_zero_is_never_cut_out():
    assert split_digits("0100100", columns=7) == []
    assert split_digits("100010", columns=4) == [(10, 0, 0, 10)]


def test_a_full_row_has_the_one_reading_that_stands_there():
    assert values_of(find_readings(chunks_of("8", "1", "0", "2", "0", "0", "11"), 7, SEVEN)) == {
        (8, 1, 0, 2, 0, 0, 11)
    }


def test_a_full_row_whose_sum_does_not_hold_has_no_reading():
    assert find_readings(chunks_of("8", "1", "0", "2", "0", "0", "12"), 7, SEVEN).found == ()


def test_without_sums_a_number_may_stand_in_any_column():
    assert values_of(find_readings(chunks_of("5"), 3)) == {(5, 0, 0), (0, 5, 0), (0, 0, 5)}


def test_blanks_that_vanished_leave_every_place_open_that_the_sum_allows():
    readings = find_readings(chunks_of("4", "4"), 4, (Sum((0, 1, 2), (3,)),))

    assert values_of(readings) == {(4, 0, 0, 4), (0, 4, 0, 4), (0, 0, 4, 4)}
    assert not readings.more


def test_blanks_that_the_layout_shows_leave_only_their_place():
    readings = find_readings(chunks_of("4", "4"), 4, (Sum((0, 1, 2), (3,)),), blanks=(1,))

    assert values_of(readings) == {(0, 4, 0, 4)}


def test_the_mark_of_a_blank_takes_a_column_and_counts_nothing():
    readings = find_readings(chunks_of("/", "3", "/", "3"), 4, (Sum((0, 1, 2), (3,)),))

    (reading,) = readings.found
    assert reading.values == (0, 3, 0, 3)
    assert [place is not None and place.chunk.is_mark for place in reading.prints] == [
        True,
        False,
        True,
        False,
    ]


def test_a_number_too_many_is_left_out_where_the_sum_tells_which():
    readings = find_readings(chunks_of("8", "7", "3", "4", "15"), 4, (Sum((0, 1, 2), (3,)),), surplus=True)

    assert (8, 3, 4, 15) in values_of(readings)
    assert all(sum(values[:3]) == values[3] for values in values_of(readings))


def test_a_number_too_many_is_not_left_out_unless_that_may_be():
    assert find_readings(chunks_of("8", "7", "3", "4", "15"), 4, (Sum((0, 1, 2), (3,)),)).found == ()


def test_a_number_broken_over_two_lines_is_joined():
    readings = find_readings(
        chunks_of("1361", "2", "252", "0", "13864"), 4, (Sum((0, 1, 2), (3,)),), surplus=True
    )

    reading = next(reading for reading in readings.found if reading.values == (13612, 252, 0, 13864))
    assert reading.prints[0] is not None
    assert (reading.prints[0].start, reading.prints[0].end, reading.prints[0].whole) == (0, 6, False)


def test_two_neighbours_joined_are_cut_apart():
    readings = find_readings(chunks_of("79", "016", "95"), 4, (Sum((0, 1, 2), (3,)),), split=True)

    assert (79, 0, 16, 95) in values_of(readings)


def test_far_too_many_numbers_are_not_searched_but_said_to_be_more():
    assert find_readings(chunks_of(*["1"] * 12), 7, SEVEN, surplus=True) == Readings((), more=True)


def test_a_search_that_finds_too_much_says_that_there_is_more():
    sums = tuple(Sum(tuple(range(i, i + 6)), (i + 6,)) for i in range(0, 28, 7))

    assert find_readings(chunks_of("1", "2", "3", "4", "5"), 28, ()).more
    assert find_readings((Chunk("1" * 60, 0, 60),), 28, sums, split=True).more


def test_a_value_cut_out_of_digits_knows_where_its_own_stand():
    (reading,) = find_readings(
        (Chunk("100111", 40, 46),), 4, (Sum((0, 1, 2), (3,)),), split=True, blanks=()
    ).found

    assert [(place.start, place.end) for place in reading.prints if place] == [
        (40, 42),
        (42, 43),
        (43, 44),
        (44, 46),
    ]


def test_signs_and_decimals_are_part_of_a_number():
    assert [number_of(digits) for digits in ("-52", "14.495", "007")] == [-52, 14.495, 7]
    assert (95, -7, 268) in values_of(find_readings((Chunk("95-7268", 0, 7),), 3, split=True))
    assert (133, 2846.7) in values_of(find_readings((Chunk("1332846.7", 0, 9),), 2, split=True))


def test_readings_of_equal_values_keep_a_zeros_place_only_where_they_agree():
    printed = find_readings(chunks_of("0", "5"), 2).found[0]
    other = find_readings((*chunks_of("9", "0")[1:], *chunks_of("1", "2", "5")[2:]), 2).found[0]

    common = common_reading(printed, other)

    assert common.values == (0, 5)
    assert common.prints[0] is None
    assert common.prints[1] is not None


@st.composite
def rows(draw: st.DrawFn) -> tuple[int, ...]:
    """Three to six counts and their sum, zeros among them."""
    terms = draw(st.lists(st.just(0) | st.integers(1, 9) | st.integers(10, 3000), min_size=3, max_size=6))
    return (*terms, sum(terms))


def _sum_of(row: Sequence[int]) -> tuple[Sum, ...]:
    return (Sum(tuple(range(len(row) - 1)), (len(row) - 1,)),)


@given(rows(), st.data())
def test_the_true_row_is_among_the_readings_whatever_separators_and_blanks_are_lost(
    row: tuple[int, ...], data: st.DataObject
):
    kept = [value for value in row if value or data.draw(st.booleans())]
    printed: list[str] = []
    for value in kept:
        if printed and data.draw(st.booleans()):
            printed[-1] += str(value)
        else:
            printed.append(str(value))

    readings = find_readings(chunks_of(*printed), len(row), _sum_of(row), split=True)

    assert readings.more or row in values_of(readings)
    assert all(rule.holds(values) for values in values_of(readings) for rule in _sum_of(row))


@given(rows(), st.data())
def test_the_true_row_is_among_the_readings_where_the_layout_shows_its_blanks(
    row: tuple[int, ...], data: st.DataObject
):
    places = [place for place, value in enumerate(row) if value or data.draw(st.booleans())]
    blanks = [after - before - 1 for before, after in pairwise(places)]

    readings = find_readings(chunks_of(*(str(row[i]) for i in places)), len(row), _sum_of(row), blanks=blanks)

    assert row in values_of(readings)


@given(rows(), st.integers(0, 3000), st.data())
def test_the_true_row_is_among_the_readings_with_a_number_too_many(
    row: tuple[int, ...], surplus: int, data: st.DataObject
):
    printed = [str(value) for value in row]
    printed.insert(data.draw(st.integers(0, len(row))), str(surplus))

    readings = find_readings(chunks_of(*printed), len(row), _sum_of(row), surplus=True)

    assert readings.more or row in values_of(readings)


@given(rows(), st.data())
def test_the_true_row_is_among_the_readings_with_a_number_broken_in_two(
    row: tuple[int, ...], data: st.DataObject
):
    long = [place for place, value in enumerate(row) if value > 9]
    printed = [str(value) for value in row]
    if long:
        place = data.draw(st.sampled_from(long))
        cut = data.draw(st.integers(1, len(printed[place]) - 1))
        printed[place : place + 1] = [printed[place][:cut], printed[place][cut:]]

    readings = find_readings(chunks_of(*printed), len(row), _sum_of(row), surplus=True)

    assert readings.more or row in values_of(readings)


@given(st.text("0123456789", min_size=1, max_size=14), st.integers(2, 6))
def test_digits_are_split_into_their_own_digits_and_no_split_breaks_the_sum(digits: str, columns: int):
    for values in split_digits(digits, columns):
        assert "".join(map(str, values)) == digits
        assert sum(values[:-1]) == values[-1]


@given(st.text("0123456789", min_size=1, max_size=9), st.integers(2, 4))
def test_no_split_that_adds_up_is_overlooked(digits: str, columns: int):
    every = {values for values in _every_split(digits, columns) if sum(values[:-1]) == values[-1]}

    assert set(split_digits(digits, columns)) == every


def _every_split(digits: str, columns: int) -> list[tuple[int, ...]]:
    if columns == 0:
        return [()] if not digits else []
    return [
        (int(digits[:end]), *rest)
        for end in range(1, len(digits) + 1)
        if end == 1 or digits[0] != "0"
        for rest in _every_split(digits[end:], columns - 1)
    ]


def test_a_zero_whose_place_the_layout_shows_keeps_its_print():
    (reading,) = find_readings(chunks_of("0", "0"), 3, blanks=[1], edges=(0, 0)).found

    assert [place is not None for place in reading.prints] == [True, False, True]
