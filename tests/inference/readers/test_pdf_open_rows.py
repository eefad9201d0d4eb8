"""Rows of tables without rules, as browsers and word processors print them: which print is of which row."""

from __future__ import annotations

import pytest

from gouji.inference.unread_marks import PICTURE
from gouji.model.page import Page
from gouji.training.typesetting import Line

from .made_pdf import Setter, begun_with, pdf
from .test_pdf_open_tables import page_of, rows_in, rows_of, set_cells, set_rows

_HEAD = [["事项"], ["甲"], ["乙"], ["丙"]]
_FIRST = [["规章"], ["11"], ["12"], ["13"]]


def rows_on(page: Page) -> list[str]:
    return [page.text[start:end] for start, end in page.rows]


@pytest.mark.parametrize(("last", "known"), [("33", 5), ("", 0)])
def test_a_table_without_heads_goes_on_with_the_rows_above_if_it_has_no_empty_cell(last: str, known: int):
    """A publisher's editor cuts a table in two, and each half has columns of its own."""

    def write(setter: Setter) -> None:
        set_rows(setter, (1, ["事项", "甲类", "乙类", "丙类"]), (3, ["规章", "11", "12", "13"]))
        set_rows(setter, (5, ["文件", "21", "", "23"]))
        for y, row in (
            (7, ["批复", "31", "32", last]),
            (9, ["通知", "41", "42", "43"]),
            (11, ["函", "5", "5", "5"]),
        ):
            set_rows(setter, (y, row if row[0] != "函" else ["函件", *row[1:]]), places=(1, 46, 55, 66))

    assert len(page_of(pdf(write)).rows) == known


@pytest.mark.parametrize(
    ("head", "rest"), [("采购", "项目数量"), ("数量（不含下属单", "位）")], ids=["words", "brackets"]
)
def test_a_heads_part_behind_a_blank_is_no_column_of_its_own(head: str, rest: str):
    rows = rows_of(
        (1, ["事项", head, rest, "采购总金额"]),
        (3, ["规章", "11", "", "13"]),
        (5, ["文件", "21", "", "23"]),
        places=(1, 30, 50, 70),
    )

    assert rows == ["规章\t11\t13", "文件\t21\t23"]


def test_a_label_whose_lines_are_set_apart_is_that_of_the_value_between_them():
    rows = rows_of(
        (1, ["事项", "甲类", "乙类", "丙类"]),
        (3, ["规章", "11", "12", "13"]),
        (5, ["规范性", "", "", ""]),
        (6, ["", "21", "22", "23"]),
        (7, ["文件", "", "", ""]),
        places=(1, 40, 50, 60),
    )

    assert rows == ["规章\t11\t12\t13", "规范性文件\t21\t22\t23"]


def test_a_value_alone_between_the_lines_of_a_label_is_of_its_row():
    def write(setter: Setter) -> None:
        set_rows(
            setter,
            (1, ["事项", "本年处理决定数量", "", ""]),
            (3, ["行政", "", "", ""]),
            (4, ["许可", "", "", ""]),
        )
        setter.lines.append(Line(40, 3.5, "4", 0))

    assert rows_on(page_of(pdf(write))) == ["行政许可\t4"]


def test_a_value_above_a_label_and_its_unit_below_it_are_of_its_row():
    def write(setter: Setter) -> None:
        set_rows(setter, (1, ["事项", "本年收费金额", "", ""]), (3.5, ["行政事业性收费", "", "", ""]))
        setter.lines += [Line(40, 3, "280.16", 0), Line(40, 4, "万元", 0)]

    assert rows_on(page_of(pdf(write))) == ["行政事业性收费\t280.16万元"]


def test_figures_below_each_other_beside_one_label_of_a_form_are_one_number():
    rows = rows_in(_HEAD, [["行政", "许可"], ["48", "22"], ["0"], ["3"]], _FIRST, step=14)

    assert rows[0] == "行政许可\t4822\t0\t3"


def test_a_number_that_ends_in_a_comma_goes_on_below_it():
    rows = rows_in(_HEAD, [["规章", "范本"], ["52,", "223"], ["0"], ["3"]], _FIRST, step=14)

    assert rows[0] == "规章范本\t52,223\t0\t3"


def test_a_remark_that_begins_below_its_number_is_of_its_cell():
    rows = rows_in(_HEAD, [["规章", "范本", "文件"], ["1", "（不含", "3件）"], ["2"], ["3"]], _FIRST, step=14)

    assert rows[0] == "规章范本文件\t1（不含3件）\t2\t3"


def test_a_label_of_a_form_that_a_page_break_cuts_is_one_row_with_what_stands_beside_its_rest():
    def write(setter: Setter) -> None:
        set_cells(setter, _HEAD, _FIRST, [["行政"], ["1"], ["2"], ["3（不含"]])
        setter.end_sheet()
        set_cells(setter, [["许可"], [], [], ["4件）"]], [["其他"], ["4"], ["5"], ["6"]])

    assert rows_on(page_of(pdf(write)))[1] == "行政许可\t1\t2\t3（不含4件）"


def test_figures_at_a_sheets_top_near_a_label_are_no_rest_of_the_number_above():
    """A cell of two lines begins above the label that it is beside."""

    def write(setter: Setter) -> None:
        set_cells(setter, _HEAD, [["规章"], ["11"], ["4"], ["9"]], [["文件"], ["12"], ["5"], ["8"]])
        setter.end_sheet()
        setter.lines += [Line(13, 1, "7", 0), Line(13, 2, "件", 0), Line(1, 1.5, "批复", 0)]
        setter.lines += [Line(19, 1.5, "1", 0), Line(25, 1.5, "2", 0)]

    assert "127" not in page_of(pdf(write)).text


def test_groups_begin_in_the_rows_that_are_numbered_first():
    def write(setter: Setter) -> None:
        set_rows(setter, (1, ["", "甲类", "乙类", "丙类"]))
        for y, label in enumerate(["1.规章", "2.文件", "1.批复", "2.通知"]):
            set_rows(setter, (3 + 2 * y, [label, "4", "5", "6"]), places=(14, 40, 50, 60))
        setter.lines += [Line(1, 5, "（三）不予", 0), Line(1, 7.4, "（四）无法", 0)]

    rows = rows_on(page_of(pdf(write)))

    assert [row.split("\t")[0] for row in rows] == ["（三）不予", "2.文件", "（四）无法", "2.通知"]


def test_a_figure_that_a_path_clips_within_the_sheet_may_be_followed_by_others():
    """Browsers clip print at the margin, and leave out of the file what is beyond."""
    rows = [(3.0, ["规章", "11", "12", "1234"]), (5.0, ["文件", "21", "22", "23"])]
    data = pdf(lambda s: set_rows(s, (1, ["事项", "甲类", "乙类", "丙类"]), *rows, places=(1, 40, 50, 60)))
    edge = 40 + 63.5 * 5

    written = rows_on(page_of(begun_with(data, b"0 0 %.0f 2000 re W n" % edge)))

    assert written[0].startswith(f"规章\t11\t12\t1234{PICTURE}")
    assert written[1].startswith("文件\t21\t22\t23")
    assert PICTURE not in written[1]
