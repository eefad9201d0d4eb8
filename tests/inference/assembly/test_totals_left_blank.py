"""Totals left blank say nothing of the columns, and a row that no reading satisfies nothing of the others."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.extraction import Cell
from gouji.model.forms import load_forms

from .assembled import cells_of, is_open, row_of

Mark = Callable[[str], MarkedPage]

COLUMNS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
LABELS = {row.id: row.label for _, row in load_forms()["2019"].table("applications").rows()}
HEADERS = "| | " + " | ".join(f"{{C:{column}}}" for column in COLUMNS) + " |\n"
BLANK_TOTALS = {  # numbers parted by commas
    "received": "5,1,2,3,4,6,21",
    "carried_in": "1,0,0,1,0,7,",
    "denied.state_secret": "5,0,1,0,0,0,",
    "denied.law_prohibits": "1,8,0,4,3,9,",
    "total": "4,1,1,4,3,6,19",
    "carried_out": "2,0,1,0,1,9,",
}
HALF = "{C:结果维持} | {C:结果纠正} | {C:其他结果} | {C:尚未审结} | {C:总计}"
BAND = (
    "{S:四、政府信息公开行政复议、行政诉讼情况}\n| {C:行政复议} | {C:行政诉讼} |\n"
    f"| {HALF} | {{C:未经复议直接起诉}} | {{C:复议后起诉}} |\n| {HALF} | {HALF} |\n"
)


def read(mark: Mark, rows: Mapping[str, str], behind: str = "") -> dict[str, Cell]:
    """The cells of a table whose rows are drawn between pipes."""
    lines = []
    for row, numbers in rows.items():
        cells = (f"{{V:{number}}}" if number else "" for number in numbers.split(","))
        lines.append(f"| {{R:{LABELS[row]}}} | " + " | ".join(cells) + " |\n")
    text = "{S:三、收到和处理政府信息公开申请情况}\n" + HEADERS + "".join(lines) + behind
    return cells_of(mark(text), "applications")


def assert_printed(cells: dict[str, Cell], rows: Mapping[str, str]) -> None:
    for row, numbers in rows.items():
        assert list(row_of(cells, row).values()) == [int(n) if n else None for n in numbers.split(",")]


def test_a_table_whose_totals_are_left_blank_is_read_though_some_rows_are_gone(mark: Mark):
    assert_printed(read(mark, BLANK_TOTALS), BLANK_TOTALS)


def test_prose_below_a_drawn_table_is_none_of_its_last_row(mark: Mark):
    prose = "\n规章 {V:31} 件，规范性文件 {V:39} 件，对外公开总数量 {V:53} 件。\n"

    assert_printed(read(mark, BLANK_TOTALS, prose), BLANK_TOTALS)


def test_a_row_that_no_reading_satisfies_leaves_those_alone_whose_blanks_are_shown(mark: Mark):
    rows = {row: "0,,,,,,0" for row in LABELS if row != "carried_out"} | {
        "received": "5,1,2,3,4,6,21",
        "carried_in": "1,,,1,,,2",
        "denied.state_secret": "3,,1,,,,4",
        "denied.law_prohibits": "1,1,,1,1,6,10",
        "total": "4,1,1,1,1,6,14",
    }
    broken = f"{{R:{LABELS['carried_out']}}} {{V:1210}} {{V:69}} {{V:8767}} {{V:10047}}\n"

    cells = read(mark, rows, broken)

    assert_printed(cells, rows)
    assert is_open(cells, "carried_out")


def test_a_band_whose_totals_are_left_blank_is_read_though_numbers_stand_in_prose_below(mark: Mark):
    numbers = [5, 0, 0, 0, None, 0, 3, 0, 0, None, 0, 0, 0, 1, None]
    row = "| " + " | ".join("" if number is None else f"{{V:{number}}}" for number in numbers) + " |\n"

    cells = cells_of(mark(BAND + row + "\n公示公告 15 期，较上年增加 2% 。\n"), "review")

    assert [cell.value for cell in cells.values()] == numbers
