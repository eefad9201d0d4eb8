"""A review table printed in parts is read part by part, and only where each part is whole."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gouji.inference.assembly.marked import MarkedPage

from .assembled import cells_of, row_of

Mark = Callable[[str], MarkedPage]

SECTION = "{S:四、政府信息公开行政复议、行政诉讼情况}\n"
COLUMNS = "{C:结果维持} {C:结果纠正} {C:其他结果} {C:尚未审结} {C:总计}\n"
NEXT = "{S:五、存在的主要问题及改进情况}\n"
ROWS = {
    "reconsideration": "行政复议",
    "direct_suit": "未经复议直接起诉",
    "suit_after_reconsideration": "复议后起诉",
}
NUMBERS = {
    "reconsideration": [1, 2, 0, 0, 3],
    "direct_suit": [4, 0, 0, 0, 4],
    "suit_after_reconsideration": [0, 5, 1, 0, 9],  # the publisher's sum is wrong, and stands
}


def values(*rows: str) -> str:
    return " ".join(f"{{V:{number}}}" for row in rows for number in NUMBERS[row]) + "\n"


def line(row: str) -> str:
    return f"{{C:{ROWS[row]}}} {values(row)}"


def read_rows(marked: MarkedPage) -> dict[str, list[object]]:
    cells = cells_of(marked, "review")
    return {row: list(row_of(cells, row).values()) for row in ROWS}


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 2, 0)])
def test_rows_on_lines_of_their_own_are_read_by_their_labels(mark: Mark, order: tuple[int, ...]):
    rows = "".join(line(list(ROWS)[place]) for place in order)

    assert read_rows(mark(SECTION + "{C:类别} " + COLUMNS + rows + NEXT)) == NUMBERS


def test_two_tables_are_read_as_one(mark: Mark):
    reconsideration, *suits = ROWS
    text = f"{{C:行政复议}}\n{COLUMNS}{values(reconsideration)}"
    text += "{C:行政诉讼}\n{C:未经复议直接起诉} {C:复议后起诉}\n" + COLUMNS * 2 + values(*suits)

    assert read_rows(mark(SECTION + text + NEXT)) == NUMBERS


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1)])
def test_columns_on_lines_of_their_own_are_read_by_their_labels(mark: Mark, order: tuple[int, ...]):
    rows = [list(ROWS)[place] for place in order]
    text = " ".join(f"{{C:{ROWS[row]}}}" for row in rows) + "\n"
    for place, column in enumerate(COLUMNS.split()):
        text += column + " " + " ".join(f"{{V:{NUMBERS[row][place]}}}" for row in rows) + "\n"

    assert read_rows(mark(SECTION + text + NEXT)) == NUMBERS


@pytest.mark.parametrize(
    "rows",
    [
        ["{C:行政复议}\n", *map(line, list(ROWS)[1:]), "{C:行政诉讼} " + values("direct_suit")],
        ["{C:行政复议} 上年同期 " + values("direct_suit"), *map(line, list(ROWS)[1:])],
        [
            "{C:行政复议}\n",
            line("direct_suit"),
            "{C:行政诉讼} " + values("direct_suit"),
            line("suit_after_reconsideration"),
        ],
    ],
)
def test_a_part_of_another_size_or_with_other_words_leaves_the_table_open(mark: Mark, rows: list[str]):
    cells = cells_of(mark(SECTION + "{C:类别} " + COLUMNS + "".join(rows) + NEXT), "review")

    assert {str(cell.state) for cell in cells.values()} == {"ambiguous"}


def band(numbers: str) -> str:
    heads = "{C:行政复议} {C:行政诉讼}\n{C:未经复议直接起诉} {C:复议后起诉}\n" + COLUMNS.rstrip() + " "
    return SECTION + heads + COLUMNS * 2 + numbers


def test_a_band_below_which_another_bodys_row_stands_is_open(mark: Mark):
    rows = "局本级 " + values(*ROWS) + "下属单位 " + values(*reversed(ROWS))

    cells = cells_of(mark(band("\n" + rows) + NEXT), "review")

    assert {str(cell.state) for cell in cells.values()} == {"ambiguous"}


@pytest.mark.parametrize("first", [1, 16])
def test_numbers_that_count_the_columns_are_none_of_the_cells(mark: Mark, first: int):
    counted = " ".join(f"{{V:{number}}}" for number in range(first, first + 15)) + "\n"

    assert read_rows(mark(band(counted + values(*ROWS)) + NEXT)) == NUMBERS


def test_a_review_table_above_the_others_is_found_by_its_heading(mark: Mark):
    applications = (
        "{S:三、收到和处理政府信息公开申请情况}\n{R:一、本年新收政府信息公开申请数量} " + "{V:0} " * 7 + "\n"
    )
    applications += "{R:二、上年结转政府信息公开申请数量} " + "{V:0} " * 7 + "\n"

    assert read_rows(mark(band(values(*ROWS)) + applications + NEXT)) == NUMBERS
