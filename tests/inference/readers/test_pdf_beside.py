"""Sheets that hold the rest of a table's columns are laid beside those that they go on from."""

from __future__ import annotations

import pytest

from gouji.inference.readers import Content, Options
from gouji.inference.readers.registry import pages_of
from gouji.training.typesetting import Line

from .made_pdf import COLUMN, LABEL, Setter, pdf

_HEAD = ["事项", "甲类", "乙类"]
_ROWS = [["规章", "11", "12"], ["规范性文件", "21", "22"]]
_REST = [["丙类", "丁类"], ["13", "14"], ["23", ""]]


def rows_of(*sheets: list[tuple[float, list[list[str]], list[int]]]) -> list[str]:
    def write(setter: Setter) -> None:
        for tables in sheets:
            for y, rows, widths in tables:
                for number, row in enumerate(rows):
                    _set(setter, y + number, row, widths)
            setter.end_sheet()

    (page,) = pages_of(Content("report.pdf", pdf(write)), Options())
    return [page.text[start:end] for start, end in page.rows]


def _set(setter: Setter, y: float, row: list[str], widths: list[int]) -> None:
    x = 0
    for text, width in zip(row, widths, strict=True):
        setter.lines += [Line(x + 1, y, text, 0)] if text else []
        setter.rules.append((x, y, width, 1))
        x += width


def test_columns_on_a_sheet_of_their_own_are_their_rows():
    first = [(3.0, [_HEAD, *_ROWS], [LABEL, COLUMN, COLUMN])]
    second = [(3.0, _REST, [COLUMN, COLUMN])]

    assert rows_of(first, second) == [
        "事项\t甲类\t乙类\t丙类\t丁类", "规章\t11\t12\t13\t14", "规范性文件\t21\t22\t23\t",
    ]  # fmt: skip


def test_sheets_printed_down_first_are_laid_beside_their_own():
    widths, rest = [LABEL, COLUMN, COLUMN], [COLUMN, COLUMN]
    more = [["其他文件", "31", "32"], ["批复", "41", "42"]]

    rows = rows_of(
        [(3.0, [_HEAD, *_ROWS], widths)], [(9.0, more, widths)],
        [(3.0, _REST, rest)], [(9.0, [["33", "34"], ["43", "44"]], rest)],
    )  # fmt: skip

    assert rows[1:3] == ["规章\t11\t12\t13\t14", "规范性文件\t21\t22\t23\t"]
    assert rows[3:] == ["其他文件\t31\t32\t33\t34", "批复\t41\t42\t43\t44"]


@pytest.mark.parametrize(
    "second",
    [
        [(4.0, _REST, [COLUMN, COLUMN])],  # other places
        [(3.0, [["事项", "丙类"], ["其他", "13"], ["批复", "23"]], [COLUMN, COLUMN])],  # labels
        [
            (3.0, [["甲类", "乙类", "丙类"], ["1", "2", "3"], ["4", "5", "6"]], [LABEL, COLUMN, COLUMN])
        ],  # a copy
    ],
)
def test_a_sheet_whose_rows_stand_elsewhere_or_have_labels_or_the_same_columns_is_another(
    second: list[tuple[float, list[list[str]], list[int]]],
):
    rows = rows_of([(3.0, [_HEAD, *_ROWS], [LABEL, COLUMN, COLUMN])], second)

    assert rows[:3] == ["\t".join(row) for row in (_HEAD, *_ROWS)]


def test_a_sheet_that_goes_on_from_two_is_laid_beside_none():
    widths = [LABEL, COLUMN, COLUMN]
    first, other = [(3.0, [_HEAD, *_ROWS], widths)], [(3.0, [["其他", "1", "2"]] * 3, widths)]

    rows = rows_of(first, other, [(3.0, _REST, [COLUMN, COLUMN])])

    assert "规章\t11\t12" in rows


def test_a_sheet_whose_labels_stand_behind_an_empty_cell_goes_on_from_none():
    first = [(3.0, [_HEAD, *_ROWS], [LABEL, COLUMN, COLUMN])]
    second = [
        (
            3.0,
            [["", "", "", ""], ["", "1.属于国家秘密", "13", "14"], ["", "2.其他", "23", "24"]],
            [4, LABEL, 9, 9],
        )
    ]

    assert rows_of(first, second)[:3] == ["\t".join(_HEAD), *map("\t".join, _ROWS)]


def test_columns_of_blanks_marks_go_on_as_those_of_numbers_do():
    first = [(3.0, [_HEAD, *_ROWS], [LABEL, COLUMN, COLUMN])]
    second = [(3.0, [["丙类", "丁类"], ["—", "—"], ["—", "—"]], [COLUMN, COLUMN])]

    assert rows_of(first, second)[1:] == ["规章\t11\t12\t—\t—", "规范性文件\t21\t22\t—\t—"]
