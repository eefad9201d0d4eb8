"""What text grids do with merged cells and with narrow columns."""

from __future__ import annotations

import random

from gouji.model.labels import Tag
from gouji.training.reports import Cell, Grid, Report
from gouji.training.ruling import ruled_table
from gouji.training.textgrid import TEXT_GRIDS

GRID = Grid(
    (
        (Cell("（三）不予公开", Tag.GROUP, rowspan=2), Cell("1.属于国家秘密", Tag.ROW), Cell("4", Tag.VALUE)),
        (Cell("3.危及安全", Tag.ROW), Cell("5", Tag.VALUE)),
    ),
    (0.5, 3.0, 1.0),
)


def report_of(grid: Grid) -> Report:
    return Report("甲县", 2023, "报告", (grid,), "2021", {})


def test_a_merged_cell_is_printed_once_again_or_left_empty_in_the_rows_below() -> None:
    printer = TEXT_GRIDS["spaced"][0]

    pages = {printer(report_of(GRID), random.Random(seed)) for seed in range(80)}

    assert {page.count("（三）不予公开") for page in pages} == {1, 2}


def test_columns_by_share_print_a_group_down_the_page() -> None:
    drawn = ruled_table(GRID, 30, centred=False, middle=False, by_share=True)

    lines = [line[1:].split("│")[0].split("├")[0].strip() for line in drawn.splitlines()[1:-1]]
    assert "".join(lines) == "（三）不予公开"
    assert max(map(len, lines)) == 1


def test_columns_by_need_give_a_label_its_line() -> None:
    drawn = ruled_table(GRID, 80, centred=False, middle=False)

    assert "（三）不予公开" in drawn


def test_columns_one_after_the_other_print_the_values_together() -> None:
    text = TEXT_GRIDS["columnwise"][0](report_of(GRID), random.Random(0))

    assert "".join(text.split()) == "（三）不予公开1.属于国家秘密3.危及安全45"
