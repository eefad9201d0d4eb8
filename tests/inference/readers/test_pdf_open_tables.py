"""A table without rules is read where its places leave no doubt of any cell, and by its lines elsewhere."""

from __future__ import annotations

import pytest

from gouji.inference.extraction import State, Status
from gouji.inference.extractor import Extractor
from gouji.inference.readers import Content, Options
from gouji.inference.readers.registry import pages_of
from gouji.inference.unread_marks import CUT_OFF, PICTURE, UNSEEN
from gouji.model.page import Page
from gouji.training.typesetting import Line

from .made import report
from .made_pdf import Setter, pdf, pdf_of

_HEAD = (1, ["事项", "甲类", "乙类", "丙类"])
_ROWS = [(3, ["1.规章", "11", "12", "13"]), (5, ["2.文件", "21", "", "23"]), (7, ["3.批复", "", "", "33"])]
_PLACES = (1, 40, 50, 60)  # half-widths


def page_of(data: bytes) -> Page:
    (page,) = pages_of(Content("report.pdf", data), Options())
    return page


def set_rows(setter: Setter, *rows: tuple[float, list[str]], places: tuple[int, ...] = _PLACES) -> None:
    for y, row in rows:
        setter.lines += [Line(x, y, text, 0) for x, text in zip(places, row, strict=True) if text]


def rows_of(*rows: tuple[float, list[str]], places: tuple[int, ...] = _PLACES) -> list[str]:
    page = page_of(pdf(lambda s: set_rows(s, *rows, places=places)))
    return [page.text[start:end] for start, end in page.rows]


@pytest.mark.parametrize("style", [{}, {"column": 14}, {"foot": "- {} -"}])
def test_a_report_without_rules_is_read_with_its_blanks_over_several_sheets(style: dict[str, str]):
    made = report()

    extraction = Extractor().extract(page_of(pdf_of(made, ruled=False, **style)))

    assert extraction.status is Status.VERIFIED
    assert [cell.key for cell in extraction.cells if cell.value != made.values[cell.key]] == []
    blank = {cell.key for cell in extraction.cells if cell.state is State.BLANK}
    assert blank == {key for key, value in made.values.items() if value is None}


def test_an_empty_place_below_a_columns_head_is_an_empty_cell():
    assert rows_of(_HEAD, *_ROWS) == ["1.规章\t11\t12\t13", "2.文件\t21\t\t23", "3.批复\t\t\t33"]


def test_a_column_whose_head_stands_over_no_number_is_blank_all_the_way_down():
    rows = rows_of(
        _HEAD, (3, ["1.规章", "11", "", "13"]), (5, ["2.文件", "21", "", "23"]), (7, ["3.批复", "", "", "33"])
    )

    assert rows == ["1.规章\t11\t\t13", "2.文件\t21\t\t23", "3.批复\t\t\t33"]


def test_columns_of_which_one_has_no_head_are_not_known():
    assert rows_of((1, ["事项", "甲类", "", "丙类"]), *_ROWS) == []


def test_a_row_with_two_values_in_a_column_is_not_known():
    wide = (9, ["4.通知", "41", "42", "43"])
    shifted = (11, ["5.其他", "51", "52", "53"])

    page = page_of(
        pdf(
            lambda s: (set_rows(s, _HEAD, *_ROWS, wide), set_rows(s, shifted, places=(1, 45, 55, 60)))  # type: ignore[func-returns-value]
        )
    )

    assert page.rows == ()


def test_a_label_is_joined_whose_lines_stand_above_and_below_its_numbers():
    rows = rows_of(
        _HEAD,
        *_ROWS[:2],
        (7, ["3.要求行政机关", "", "", ""]),
        (7.5, ["", "31", "32", "33"]),
        (8, ["确认信息", "", "", ""]),
    )

    assert rows[-1] == "3.要求行政机关确认信息\t31\t32\t33"


def test_a_row_without_a_number_is_blank_where_its_label_begins_with_an_ordinal():
    rows = rows_of(_HEAD, *_ROWS[:2], (7, ["3.批复", "", "", ""]), (9, ["4.通知", "41", "42", "43"]))

    assert rows[2:] == ["3.批复\t\t\t", "4.通知\t41\t42\t43"]


def test_a_groups_label_stands_in_the_first_row_of_its_group():
    def write(setter: Setter) -> None:
        set_rows(setter, _HEAD, *_ROWS, places=(14, 40, 50, 60))
        setter.lines.append(Line(1, 5, "（三）不予", 0))

    page = page_of(pdf(write))

    assert page.text.splitlines()[-3:] == [
        "（三）不予\t1.规章\t11\t12\t13",
        "2.文件\t21\t\t23",
        "3.批复\t\t\t33",
    ]


def test_a_table_that_reaches_into_the_right_margin_may_go_on_beyond_it():
    places = (1, 40, 70, 110)

    rows = rows_of((1, ["事项", "甲类", "乙类", "丙类须再"]), *_ROWS, places=places)

    assert rows[0] == f"1.规章\t11\t12\t13\t{CUT_OFF}"


def test_the_last_column_of_a_table_that_may_go_on_is_not_blank_all_the_way_down():
    places = (1, 40, 70, 110)
    rows = [(3.0, ["1.规章", "11", "12", ""]), (5.0, ["2.文件", "21", "", ""])]

    written = rows_of((1, ["事项", "甲类", "乙类", "丙类须再"]), *rows, places=places)

    assert written[0] == f"1.规章\t11\t12\t{UNSEEN}\t{CUT_OFF}"


def test_a_number_broken_in_a_column_of_its_width_is_one_where_ordinals_number_the_rows():
    rows = [
        (3.0, ["1.规章", "11", "0", "0"]),
        (4.0, ["范本", "2", "", ""]),
        (5.5, ["2.文件", "21", "0", "3"]),
    ]

    assert rows_of((1, ["事项", "甲", "乙", "丙"]), *rows) == ["1.规章范本\t112\t0\t0", "2.文件\t21\t0\t3"]


def test_numbers_right_below_each_other_in_a_column_of_their_width_are_not_known():
    rows = [(3.0, ["规章", "11", "4", "0"]), (4.0, ["文件", "2", "", ""]), (5.5, ["批复", "21", "0", "3"])]

    page = page_of(pdf(lambda s: set_rows(s, (1, ["事项", "甲", "乙", "丙"]), *rows)))

    assert page.rows == ()
    assert page.text.split()[5:10] == [f"11{PICTURE}", "4", "0", "文件", f"2{PICTURE}"]


@pytest.mark.parametrize(
    ("head", "first", "second"),
    [
        (["事项", "甲类类", "乙", "丙"], ["规章", "11", "4", ""], ["文件", "2", "", ""]),  # there is room
        (["事项", "甲", "乙", "丙"], ["规章", "11", "4", "0"], ["文件", "2", "", "7"]),  # no number is 07
        (["事项", "甲", "乙", "丙"], ["规章", "11", "4", ""], ["文件", "2", "", "7"]),  # begins below nothing
    ],
)
def test_numbers_right_below_each_other_are_two_where_one_of_their_lines_cannot_go_on(
    head: list[str], first: list[str], second: list[str]
):
    rows = rows_of((1, head), (3, first), (4, second))

    assert rows == ["\t".join(first), "\t".join(second)]


def test_a_label_that_begins_below_a_wrapped_one_further_than_its_lines_stand_apart_is_another():
    rows = [
        (3.0, ["规章须先送审核查", "", "", ""]),
        (3.5, ["", "11", "4", "0"]),
        (4.0, ["的文件", "", "", ""]),
    ]
    rows += [
        (5.2, ["批复须先送审核查", "", "", ""]),
        (5.7, ["", "21", "0", "3"]),
        (6.2, ["的批文", "", "", ""]),
    ]

    written = rows_of((1, ["事项", "甲类", "乙类", "丙类"]), *rows)

    assert written == ["规章须先送审核查的文件\t11\t4\t0", "批复须先送审核查的批文\t21\t0\t3"]


def test_the_last_label_goes_on_below_its_numbers_at_the_pitch_of_its_lines():
    rows = [(3.0, ["规范文件", "11", "4", "0"]), (4.0, ["的公文", "", "", ""])]
    rows += [
        (5.2, ["批复公文", "21", "0", "3"]),
        (6.2, ["的批文", "", "", ""]),
        (7.4, ["第二项", "", "", ""]),
    ]

    page = page_of(pdf(lambda s: set_rows(s, (1, ["事项", "甲类", "乙类", "丙类"]), *rows)))

    assert page.text.splitlines()[-2:] == ["批复公文的批文\t21\t0\t3", "第二项"]


def test_a_number_broken_by_a_page_break_is_not_known():
    def write(setter: Setter) -> None:
        set_rows(setter, (1, ["事项", "甲", "乙", "丙"]), (3, ["规章", "11", "4", "9"]))
        setter.end_sheet()
        set_rows(setter, (1, ["文件", "2", "", ""]), (3, ["批复", "21", "0", "3"]))

    assert page_of(pdf(write)).rows == ()


def test_a_sign_above_its_digits_is_no_blank():
    rows = [(3.0, ["规章", "-", "4", "9"]), (4.0, ["文件", "19", "", ""]), (5.5, ["批复", "21", "0", "3"])]

    assert rows_of((1, ["事项", "甲", "乙", "丙"]), *rows) == []


def test_two_numbers_near_each_other_are_two_columns():
    rows = rows_of(
        (1, ["事项", "甲", "乙", "丙"]),
        (3, ["1.规章", "1234", "1", "1"]),
        (5, ["2.文件", "7", "2", "3"]),
        (7, ["3.批复", "8", "1", "2"]),
        places=(1, 40, 45, 50),
    )

    assert rows[0] == "1.规章\t1234\t1\t1"


def test_a_head_of_several_columns_at_the_left_of_its_first_is_not_that_columns_own():
    places = (1, 40, 50, 60, 70)

    page = page_of(
        pdf(
            lambda s: set_rows(
                s,
                (1, ["", "甲组", "", "乙组", ""]),
                (2, ["事项", "维持", "纠正", "维持", "纠正"]),
                (4, ["1.规章", "11", "12", "13", "14"]),
                (6, ["2.文件", "21", "", "23", ""]),
                places=places,
            )
        )
    )

    assert page.text.splitlines()[:2] == ["事项\t甲组\t乙组", "维持\t纠正\t维持\t纠正"]


def set_cells(setter: Setter, *rows: list[list[str]], left: int = 1, step: int = 6, gap: float = 1.7) -> None:
    """Rows of cells whose lines stand one below the other, room between the rows."""
    y = setter.y
    for row in rows:
        for column, lines in enumerate(row):
            x = left + (column and 12 + step * (column - 1))
            setter.lines += [Line(x, y + number, text, 0) for number, text in enumerate(lines)]
        y += max(map(len, row)) - 1 + gap
    setter.y = y


def rows_in(*rows: list[list[str]], **style: float) -> list[str]:
    page = page_of(pdf(lambda s: set_cells(s, *rows, **style)))  # type: ignore[arg-type]
    return [page.text[start:end] for start, end in page.rows]


_NARROW = [["事项"], ["甲"], ["乙"], ["丙"]]


def test_a_number_broken_in_a_column_that_has_no_room_for_another_digit_is_one():
    rows = [[["规章", "范本"], ["112", "9"], ["0"], ["117", "01"]], [["文件"], ["21"], ["456", "78"], ["3"]]]

    assert rows_in(_NARROW, *rows) == ["规章范本\t1129\t0\t11701", "文件\t21\t45678\t3"]


def test_numbers_below_each_other_in_a_column_that_has_room_are_no_one_number():
    rows = [[["规章", "范本"], ["112", "9"], ["0"], ["117"]], [["文件"], ["21"], ["456"], ["3"]]]

    assert rows_in(_NARROW, *rows, step=12) == []


def test_no_number_begins_with_0():
    rows = [[["规章", "范本"], ["0", "129"], ["0"], ["117"]], [["文件"], ["21"], ["456"], ["3"]]]

    assert rows_in(_NARROW, *rows)[:2] == ["规章\t0\t0\t117", "范本\t129\t\t"]


def test_labels_of_a_group_and_of_its_rows_close_to_each_other_are_two():
    def write(setter: Setter) -> None:
        set_rows(setter, _HEAD, places=(1, 40, 50, 60))
        places = ((3, "三、", "（一）予以"), (4, "本年", "公开"), (5.7, "", "（二）部分"))
        for y, group, label in places:
            setter.lines += [Line(x, y, text, 0) for x, text in ((1, group), (5.3, label)) if text]
        setter.lines += [Line(x, y, "4", 0) for y in (3, 5.7) for x in (40, 50, 60)]
        setter.lines += [
            Line(5.3, 6.7, "公开信息", 0),
            Line(5.3, 7.7, "区分处理", 0),
            Line(1, 9.4, "四、结转", 0),
        ]
        setter.lines += [Line(1, 10.4, "下年", 0), *(Line(x, 9.4, "5", 0) for x in (40, 50, 60))]

    page = page_of(pdf(write))

    assert [page.text[start:end] for start, end in page.rows] == [
        "三、本年\t（一）予以公开\t4\t4\t4",
        "（二）部分公开信息区分处理\t4\t4\t4",
        "四、结转下年\t5\t5\t5",
    ]


def test_a_head_over_lines_as_far_apart_as_those_of_labels_is_one():
    heads = [["事项"], ["上年", "项目"], ["本年", "增减", "数量"], ["丙"]]
    rows = [[["规章", "范本"], ["1"], ["2"], ["3"]], [["文件"], ["21"], ["4"], ["3"]]]

    page = page_of(pdf(lambda s: set_cells(s, heads, *rows)))

    assert page.text.splitlines()[1] == "上年项目\t本年增减数量\t丙"


def test_a_row_goes_on_beside_the_rest_of_its_label_on_the_next_sheet():
    def write(setter: Setter) -> None:
        set_cells(
            setter,
            _NARROW,
            [["1.规章", "范本"], ["1"], ["2"], ["3"]],
            [["2.文", "件之"], ["112"], ["0"], ["4"]],
        )
        setter.end_sheet()
        set_cells(setter, [["一"], ["9"], [], []], [["3.批复"], ["4"], ["5"], ["6"]])

    page = page_of(pdf(write))

    assert [page.text[start:end] for start, end in page.rows] == [
        "1.规章范本\t1\t2\t3",
        "2.文件之一\t1129\t0\t4",
        "3.批复\t4\t5\t6",
    ]


def test_a_label_of_which_a_character_is_left_is_not_known():
    assert rows_in(_NARROW, [["规"], ["1"], ["2"], ["3"]], [["文件"], ["21"], ["4"], ["3"]]) == []


def test_a_sign_above_its_number_and_a_unit_below_it_are_of_its_cell():
    rows = [[["规章", "范本"], ["增", "473"], ["0"], ["117", "件"]], [["文件"], ["21"], ["456"], ["3"]]]

    assert rows_in(_NARROW, *rows)[0] == "规章范本\t增473\t0\t117件"


def test_a_remark_that_wraps_below_its_number_is_of_its_cell():
    rows = [[["规章", "范本"], ["1"], ["2"], ["3（不含", "补正）"]], [["文件"], ["21"], ["4"], ["3"]]]

    assert rows_in(_NARROW, *rows, step=14) == ["规章范本\t1\t2\t3（不含补正）", "文件\t21\t4\t3"]


def test_figures_close_below_the_last_row_may_be_its_numbers():
    rows = [[["规章"], ["1"], ["2"], ["3"]], [["文件"], ["21"], ["4"], ["3"]]]

    def write(setter: Setter) -> None:
        set_cells(setter, _NARROW, *rows)
        setter.lines.append(Line(19, setter.y - 0.7, "5年内", 0))

    assert page_of(pdf(write)).rows == ()


def test_the_ordinals_that_labels_begin_with_are_no_column():
    rows = [[["1", "属于"], ["11"], ["2"], ["3"]], [["2", "其他"], ["21"], ["4"], ["3"]]]

    assert rows_in(_NARROW, *rows) == ["1属于\t11\t2\t3", "2其他\t21\t4\t3"]


@pytest.mark.parametrize(("label", "head"), [("行政许可", "数量"), ("许可", "本年处理决定数量")])
def test_one_column_is_a_table_where_a_label_or_its_head_is_a_forms(label: str, head: str):
    assert rows_in([["事项"], [head]], [[label], ["4"]], step=30) == [f"{label}\t4"]


def test_one_column_of_which_no_word_is_a_forms_is_no_table():
    assert rows_in([["事项"], ["数量"]], [["许可"], ["4"]], step=30) == []


def test_numbers_of_a_table_that_is_not_read_and_whose_labels_take_many_lines_are_not_known():
    """The second row has two values in a column: the table's cells are not known."""
    label = list("规范性文件及其他各项文件")
    rows = [[label, ["11"], ["12"], ["13"]], [label, ["21"], ["22"], ["23"]]]

    def write(setter: Setter) -> None:
        set_cells(setter, [["事项"], ["甲"], ["乙"], ["丙"]], *rows, step=12)
        setter.lines.append(Line(16, 15.4, "9", 0))

    page = page_of(pdf(write))

    assert page.rows == ()
    assert page.text.count(f"11{PICTURE}") == page.text.count(f"23{PICTURE}") == 1


def test_a_letter_printed_for_nought_is_a_value_and_its_place_is_not_empty():
    rows = rows_of(_HEAD, (3, ["1.规章", "11", "O", "O"]), (5, ["2.文件", "21", "22", "23"]))

    assert rows == ["1.规章\t11\tO\tO", "2.文件\t21\t22\t23"]
