"""What sums of zeros would have to tell of a row leaves it open; a row over several lines is read soon."""

from __future__ import annotations

import time

import pytest

from gouji.inference.assembly.doubts.raised_in_rows import TOO_MANY_WITHOUT_SUM, TOTALS_OF_NOUGHT
from gouji.inference.assembly.line_readings import over_lines, worked_out
from gouji.inference.assembly.lines import lines_of
from gouji.inference.assembly.strips import Chunk, Strip
from gouji.model.forms import load_forms


def strip_of(print_: str) -> Strip:
    digits = print_.split()
    chunks = tuple(Chunk(number, 3 * place, 3 * place + len(number)) for place, number in enumerate(digits))
    return Strip(0, chunks, (" ",) * (len(chunks) + 1))


@pytest.mark.parametrize(
    ("print_", "is_open"),
    [
        ("0 4 0 4 0", True),  # 0, 4 0 and 4 0 as well
        ("1 0 1 1 0 1 0 0", True),
        ("4 4", False),  # no total is 0
        ("0 0 0", False),  # nothing but zeros
    ],
)
def test_totals_of_a_band_may_be_zeros_whatever_the_terms(print_: str, is_open: bool):
    (line,) = lines_of(load_forms()["2021"].table("review"))

    read = worked_out(line, strip_of(print_), glued=False)

    assert (TOTALS_OF_NOUGHT in read.doubts) is is_open


@pytest.mark.parametrize(("print_", "is_open"), [("0 0 0 0 0 0 0 2", True), ("3 0 0 0 0 0 3 9", False)])
def test_a_number_too_many_beside_zeros_is_not_left_out(print_: str, is_open: bool):
    line = lines_of(load_forms()["2021"].table("applications"))[0]

    read = worked_out(line, strip_of(print_), glued=False)

    assert (TOO_MANY_WITHOUT_SUM in read.doubts) is is_open


def test_a_row_over_three_lines_is_read_without_making_each_order_of_its_numbers():
    (line,) = lines_of(load_forms()["2021"].table("review"))
    strip = strip_of("1 2 3 4 10 2 3 4 5 14 3 4 5 6 18")
    gaps = tuple("\n" if place in (5, 10) else " " for place in range(16))

    before = time.process_time()
    read = over_lines(line, Strip(0, strip.chunks, gaps))

    assert time.process_time() - before < 1  # of 756,756 orders
    assert read is not None
    assert (1, 2, 3, 4, 10, 2, 3, 4, 5, 14, 3, 4, 5, 6, 18) in {reading.values for reading in read.readings}
