"""Labels that low rows cut are completed where all rows of a form stand in order, and left elsewhere."""

from __future__ import annotations

import pytest

from gouji.inference.readers import Content, Options
from gouji.inference.readers.registry import pages_of
from gouji.inference.unread_marks import PICTURE
from gouji.model.forms import load_forms
from gouji.model.label_words import bare
from gouji.training.typesetting import Line

from .made_pdf import NARROW, Setter, begun_with, pdf

_LABEL = 20  # half-widths
_APPLICATIONS = next(table for table in load_forms()["2021"].tables if table.id == "applications")
_OFFICIAL = [row.label for _, row in _APPLICATIONS.rows()]


def set_table(setter: Setter, labels: list[str], height: int = 1, first: int = 0) -> None:
    """Rows of a label and seven numbers; of a label longer than its cell the last line is printed."""
    for y, label in enumerate(labels, first):
        shown = label[-(_LABEL // 2 - 1) :]
        setter.lines.append(Line(1, y * height, shown, y))
        setter.rules.append((0, y * height, _LABEL, height))
        for column in range(7):
            x = _LABEL + NARROW * column
            setter.lines.append(Line(x + 1, y * height, str(y + column), y))
            setter.rules.append((x, y * height, NARROW, height))


def labels_of(labels: list[str], height: int = 1) -> list[str]:
    (page,) = pages_of(Content("r.pdf", pdf(lambda s: set_table(s, labels, height))), Options())
    return [page.text[start:end].split("\t")[0] for start, end in page.rows]


def test_the_labels_of_all_rows_of_a_form_are_completed():
    assert list(map(bare, labels_of(_OFFICIAL))) == list(map(bare, _OFFICIAL))


def test_labels_are_left_as_they_are_where_a_row_is_missing():
    without = [label for label in _OFFICIAL if not label.startswith("2.重复")]

    assert labels_of(without) == [label[-9:] for label in without]


def test_the_labels_of_a_form_are_completed_over_sheets_that_each_hold_some():
    def write(setter: Setter) -> None:
        set_table(setter, _OFFICIAL[:9])
        setter.end_sheet()
        setter.paragraph("续表")
        set_table(setter, _OFFICIAL[9:], first=2)

    (page,) = pages_of(Content("r.pdf", pdf(write)), Options())
    labels = [page.text[start:end].split("\t")[0] for start, end in page.rows]

    assert list(map(bare, labels)) == list(map(bare, _OFFICIAL))


def test_what_is_left_of_a_remark_behind_a_label_is_completed_by_its_place():
    labels = [label + "（含合并计算的事项）" * label.startswith("5.属于") for label in _OFFICIAL]

    assert list(map(bare, labels_of(labels))) == list(map(bare, _OFFICIAL))


def test_labels_are_left_as_they_are_where_rows_stand_in_another_order():
    turned = _OFFICIAL[::-1]

    assert labels_of(turned) == [label[-9:] for label in turned]


def test_a_label_that_its_row_has_room_for_is_whole():
    assert labels_of(_OFFICIAL, height=2) == [label[-9:] for label in _OFFICIAL]


def test_a_publishers_own_wording_of_a_row_is_left_as_it_is():
    labels = [label.replace("1.属于国家秘密", "1.涉密") for label in _OFFICIAL]

    assert labels_of(labels)[4] == "1.涉密"
    assert labels_of(labels)[3] == _OFFICIAL[3]


def test_a_label_that_one_label_of_a_form_alone_ends_like_in_a_cell_of_its_width_is_completed():
    assert rows_in(["规章", "3"], ["文件", "4"]) == ["规章\t3", "行政规范性文件\t4"]


def test_a_label_that_no_label_of_a_form_ends_like_in_a_cell_of_its_width_is_left():
    assert rows_in(["规章", "3"], ["文件", "4"], width=14) == ["规章\t3", "文件\t4"]


def test_one_character_is_a_label_of_as_many_columns():
    assert rows_in(["文件", "4", "5"], ["购", "3", "7"])[1] == "政府集中采购\t3\t7"
    assert rows_in(["文件", "4", "5", "6"], ["购", "3", "7", "1"])[1] == "\t".join(["购", *[PICTURE] * 3])


def test_numbers_beside_the_rest_of_a_label_that_no_form_has_are_not_known():
    rows = rows_in(["文件", "4", "5", "6"], ["单合并计算", "7", "8", "9"])

    assert rows == ["行政规范性文件\t4\t5\t6", f"单合并计算\t{PICTURE}\t{PICTURE}\t{PICTURE}"]


def test_a_number_below_print_that_ran_over_is_not_known_to_be_whole():
    def write(setter: Setter) -> None:
        for y, (label, number) in enumerate([("信息内容", "采购总金额"), ("政府集中采购", "4")]):
            setter.lines += [Line(1, y, label, y), Line(21, y, number, y)]
            setter.rules += [(0, y, 20, 1), (20, y, 20, 1)]
        setter.lines.append(Line(22, 0, "15244.36", 0))

    (page,) = pages_of(Content("r.pdf", pdf(write)), Options())

    assert page.text.splitlines()[-1] == f"政府集中采购\t{PICTURE}"


def test_a_long_number_that_fills_its_cell_may_be_rounded_where_a_label_was_cut():
    rows = rows_in(["文件", "4"], ["行政许可", "2234.48"])

    assert rows == ["行政规范性文件\t4", f"行政许可\t{PICTURE}"]


def rows_in(*rows: list[str], width: int = 11) -> list[str]:
    """Rows of a label and numbers, the label's cell so many half-widths wide."""

    def write(setter: Setter) -> None:
        for y, (label, *numbers) in enumerate(rows):
            setter.lines.append(Line(1, y, label, y))
            setter.rules.append((0, y, width, 1))
            for x, number in zip(range(width, 100, 9), numbers, strict=False):
                setter.lines.append(Line(x + 1, y, number, y))
                setter.rules.append((x, y, 9, 1))

    (page,) = pages_of(Content("r.pdf", pdf(write)), Options())
    return [page.text[start:end] for start, end in page.rows]


@pytest.mark.parametrize(("printed", "shown"), [("办理结果", ""), ("34", "[图][图]\n")])
def test_words_that_a_clip_hides_are_not_read_and_a_figure_there_is_not_known(printed: str, shown: str):
    def write(setter: Setter) -> None:
        setter.lines += [Line(1, 1, "规章" * 8, 0), Line(41, 1, "12", 0), Line(1, 5, printed, 0)]
        setter.rules += [(0, 1, 40, 1), (40, 1, 8, 1)]

    (page,) = pages_of(Content("r.pdf", begun_with(pdf(write), b"0 90 600 900 re W n")), Options())

    assert page.text == f"{'规章' * 8}\t12\n{shown}"
