"""What a page break cuts is put together where nothing is in doubt, and else not known."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from gouji.inference.readers import Content, Options
from gouji.inference.readers.registry import pages_of
from gouji.inference.unread_marks import PICTURE
from gouji.model.page import Page
from gouji.training.typesetting import Line

from .made_pdf import COLUMN, LABEL, SHEET, Setter, pdf, print_rows


def page_of(data: bytes) -> Page:
    (page,) = pages_of(Content("report.pdf", data), Options())
    return page


def rows_of(write: Callable[[Setter], None]) -> list[str]:
    return rows_in(pdf(write))


def rows_in(data: bytes) -> list[str]:
    page = page_of(data)
    return [page.text[start:end] for start, end in page.rows]


@pytest.mark.parametrize(
    ("moved", "rows"),
    [
        (0, ["1、重复申请\t3\t4", "2、申请人逾期未按收费通知\t12345678\t9234567", "3、其他\t1\t0"]),
        (
            2,
            [
                "1、重复申请\t3\t4",
                f"2、申请人逾期\t{PICTURE}\t{PICTURE}",
                f"{PICTURE}\t未按收费通知\t{PICTURE}\t{PICTURE}",
                "3、其他\t1\t0",
            ],
        ),
    ],
)
def test_a_row_cut_where_no_rule_is_drawn_is_joined_or_open(moved: float, rows: list[str]):
    """The second sheet has a column more at its left; where all its columns are `moved`, nothing is known."""

    def write(setter: Setter) -> None:
        print_rows(setter, ["1、重复申请", "3", "4"], ["2、申请人逾期", "1234567", "9234567"], left=10)
        setter.rules = [(10, 1, LABEL - 10, 1), (LABEL, 1, COLUMN, 1), (LABEL + COLUMN, 1, COLUMN, 1)]
        setter.rules += [(x, 2, 0, 2) for x in (10, LABEL, LABEL + COLUMN, LABEL + 2 * COLUMN)]
        setter.end_sheet()
        print_rows(setter, ["未按收费通知", "8", ""], ["3、其他", "1", "0"], left=10, moved=moved)
        xs = [x + moved for x in (0, 10, LABEL, LABEL + COLUMN, LABEL + 2 * COLUMN)]
        setter.rules = [(x, 1, 0, 2) for x in xs]
        setter.rules += [(xs[1], 2, xs[-1] - xs[1], 0), (xs[0], 3, xs[-1] - xs[0], 0)]

    assert rows_of(write) == rows


def test_a_row_cut_by_a_page_break_is_one_again():
    label = "2.申请人逾期未按收费通知要求缴纳费用、"
    rest = "行政机关不再处理其政府信息公开申请"
    rows = rows_of(_cut_at([label, "40", "", "40"], [rest, "", "", ""]))

    assert rows == [
        "事项\t甲类\t乙类\t丙类",
        "1.重复申请\t3\t0\t3",
        f"{label}{rest}\t40\t\t40",
        "3.其他\t1\t0\t1",
    ]


def test_a_row_cut_by_a_page_break_beside_a_group_that_goes_on_is_one_again():
    """Above the break the group has this row alone, and looks like a cell of one row."""

    def write(setter: Setter) -> None:
        for y, row in ((1, ["一、本年", "新收申请", "12"]), (2, ["三、本", "（一）予以公开", "5853"])):
            setter.lines += [Line(x + 1, y, text, y) for x, text in zip((0, 20, 44), row, strict=True)]
            setter.rules += [(x, y, w, 1) for x, w in ((0, 20), (20, 24), (44, 6))]
        setter.end_sheet()
        setter.lines = [Line(1, 1, "年度办理结果", 1), Line(45, 1, "6", 1)]
        setter.lines += [Line(21, 2, "（二）部分公开", 2), Line(45, 2, "4", 2)]
        setter.rules = [(0, 1, 20, 2), *((x, y, w, 1) for y in (1, 2) for x, w in ((20, 24), (44, 6)))]

    assert rows_of(write)[1:] == ["三、本年度办理结果\t（一）予以公开\t58536", "（二）部分公开\t4"]


def test_a_remark_cut_by_a_page_break_is_one_again():
    above, below = ["5.要求行政机关确认或重新", "1", "0", "12（含"], ["出具已获取信息", "", "", "修订前后3"]

    rows = rows_of(_cut_at(above, below))

    assert rows[2:] == ["5.要求行政机关确认或重新出具已获取信息\t1\t0\t12（含修订前后3", "3.其他\t1\t0\t1"]


def test_a_blanks_mark_below_a_page_break_is_no_part_of_a_number_of_several_rows():
    def write(setter: Setter) -> None:
        for y, row in ((SHEET - 3, ["1.重复申请", "3", "0"]), (SHEET - 2, ["（七）总计", "1068", "4"])):
            setter.lines += [
                Line(x, y, text, 0) for x, text in zip((4, LABEL, LABEL + COLUMN), row, strict=True)
            ]
            height = 1 if y < SHEET - 2 else 2  # the group beside it ends a line before
            setter.rules += [(x, y, COLUMN, height) for x in (LABEL, LABEL + COLUMN)] + [
                (3, y, LABEL - 3, height)
            ]
        setter.rules += [(0, SHEET - 3, 3, 2)]
        setter.end_sheet()
        for x, text in zip((1, LABEL, LABEL + COLUMN), ["四、结转", "/", "2"], strict=True):
            setter.lines.append(Line(x, 1, text, 0))
        setter.rules += [(0, 1, LABEL, 1), (LABEL, 1, COLUMN, 1), (LABEL + COLUMN, 1, COLUMN, 1)]

    assert rows_of(write)[1:] == ["（七）总计\t1068\t4", "四、结转\t/\t2"]


def test_a_row_without_ordinal_below_a_page_break_is_a_row():
    rows = rows_of(_cut_at(["规章", "", "", ""], ["规范性文件", "4", "5", "6"]))

    assert rows[2:4] == ["规章\t\t\t", "规范性文件\t4\t5\t6"]


def test_numbers_on_both_sides_of_a_page_break_are_two_rows():
    rows = rows_of(_cut_at(["1.信访", "4", "5", "9"], ["", "4", "5", "6"]))

    assert rows[2:4] == ["1.信访\t4\t5\t9", "\t4\t5\t6"]


def test_numbers_below_a_page_break_that_no_label_begins_may_be_the_rest_of_those_above():
    """The last column tells that they are not joined; the first has no room for another digit."""
    rows = rows_of(_cut_at(["1.信访", "12345678", "见附件", "9"], ["", "9", "3", ""]))

    unknown = [PICTURE] * 4
    assert rows[2:] == [f"1.信访\t{PICTURE}\t见附件\t{PICTURE}", "\t".join(unknown), "3.其他\t1\t0\t1"]


def test_a_number_below_a_page_break_that_had_room_above_is_another_rows():
    above, below = ["1.信访", "12345678", "见附件", "9"], ["", "9", "3", "4"]

    rows = rows_of(_cut_at(above, below))

    assert rows[2:4] == ["\t".join(above), "\t".join(below)]


def test_a_character_below_a_page_break_that_is_not_known_is_of_the_number_that_it_goes_on():
    named = pdf(_cut_at(["1.信访", "4", "5", "9"], ["", "", "", "４"]))

    rows = rows_in(re.sub(rb"<[0-9a-f]{4}> <ff14>", b"<ffff> <ff14>", named))

    assert rows[2:] == [f"1.信访\t4\t5\t{PICTURE}", "3.其他\t1\t0\t1"]


def test_words_below_a_page_break_leave_the_numbers_above_known():
    above, below = ["1.信访", "12345678", "见附件", "9"], ["", "", "", "其二"]

    rows = rows_of(_cut_at(above, below))

    assert rows[2:4] == ["\t".join(above), "\t".join(below)]


def test_no_number_of_the_lines_below_a_page_break_that_no_rules_part_is_known_where_none_has_a_label():
    def write(setter: Setter) -> None:
        setter.y = SHEET - 5
        setter.table([["事项", "甲类", "乙类"], ["1.信访", "12345678", "23456789"]])
        setter.end_sheet()
        setter.lines_in_one_row([["", ""], ["9", "4"], ["8", "5"]])
        setter.table([["2.其他", "1", "0"]])

    assert page_of(pdf(write)).text.splitlines()[1:] == [
        f"1.信访\t{PICTURE}\t{PICTURE}",
        *["\t".join([PICTURE] * 3)] * 2,
        "2.其他\t1\t0",
    ]


def test_a_head_repeated_on_the_next_sheet_is_read_once():
    head = ["事项", "甲类", "乙类", "丙类"]
    rows = rows_of(_cut_at(["1.信访", "4", "5", "9"], head))

    assert rows[2:] == ["1.信访\t4\t5\t9", "3.其他\t1\t0\t1"]


def test_a_table_below_its_own_heading_is_another():
    def write(setter: Setter) -> None:
        setter.table([["事项", "甲类", "乙类"], ["规章", "1", "2"]])
        setter.end_sheet()
        setter.paragraph("三、收到和处理政府信息公开申请情况")
        setter.table([["事项", "甲类", "乙类"], ["规章", "3", "4"]])

    assert rows_of(write) == ["事项\t甲类\t乙类", "规章\t1\t2", "事项\t甲类\t乙类", "规章\t3\t4"]


def _cut_at(above: list[str], below: list[str]) -> Callable[[Setter], None]:
    """A table whose third row ends a sheet, and what stands first on the next."""

    def write(setter: Setter) -> None:
        widths = [LABEL, COLUMN, COLUMN, COLUMN]
        setter.y = SHEET - 5
        for row in (["事项", "甲类", "乙类", "丙类"], ["1.重复申请", "3", "0", "3"], above):
            setter.row(row, widths)
        setter.end_sheet()
        for row in (below, ["3.其他", "1", "0", "1"]):
            setter.row(row, widths)

    return write


def test_a_number_that_goes_on_below_a_page_break_with_its_unit_is_one():
    rows = rows_of(_cut_at(["1.信访举报", "12345678", "3", "1"], ["投诉", "9件", "件", ""]))

    assert rows[2] == "1.信访举报投诉\t123456789件\t3件\t1"
