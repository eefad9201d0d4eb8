"""Numbers of open print right below each other are in doubt where they may be one that was broken."""

from __future__ import annotations

import pytest

from gouji.inference.readers.pdf_glyphs import Glyph
from gouji.inference.readers.pdf_lines import Line
from gouji.inference.readers.pdf_stacked import stacked

_DIGIT, _HEIGHT = 5.0, 10.0  # points; other characters are as wide as high
_LABEL, _A, _B = 0.0, 100.0, 140.0  # where the columns begin


def line_of(y: float, **print_: str) -> Line:
    """A line of print at a height, each piece in its column; wide print is aligned to the left there."""
    glyphs: list[Glyph] = []
    for column, text in print_.items():
        x = {"label": _LABEL, "a": _A, "b": _B}[column]
        for character in text:
            width = _HEIGHT if character >= "\u2e80" and character != "，" else _DIGIT
            glyphs.append(Glyph(character, x, x + width, y, _HEIGHT))
            x += width
    return Line(tuple(glyphs))


def doubted(*sheets: list[Line]) -> list[str]:
    """The numbers that may be one with another, in reading order."""
    found = stacked(sheets)
    parts = [part for lines in sheets for line in lines for part in line.parted()]
    return [part.text for part in parts if any(id(glyph) in found for glyph in part.glyphs)]


_HEAD = line_of(0, label="事项", a="甲", b="乙")


@pytest.mark.parametrize("rest", ["2", ".5", "，5", "2件"])
def test_a_number_may_go_on_in_figures_below_it_that_are_no_wider(rest: str):
    lines = [_HEAD, line_of(20, label="规章", a="1234", b="4"), line_of(32, label="文件", a=rest)]

    assert doubted(lines) == ["1234", rest]


def test_a_number_may_go_on_behind_a_line_of_its_label():
    lines = [line_of(20, label="规章", a="12", b="4"), line_of(24, label="之一"), line_of(28, a="2")]

    assert doubted(lines) == ["12", "2"]


def test_a_number_may_go_on_behind_a_page_break_and_a_line_of_its_label():
    above = [line_of(700, label="规章", a="12", b="4")]

    assert doubted(above, [line_of(50, label="之一"), line_of(62, a="2")]) == ["12", "2"]


def test_what_goes_on_twice_may_be_one_number_even_where_its_middle_is_a_0():
    lines = [line_of(20, label="规章", a="1", b="4"), line_of(32, a="0"), line_of(44, a="7")]

    assert doubted(lines) == ["1", "0", "7"]


@pytest.mark.parametrize(
    "below",
    [
        line_of(40, label="文件", a="2"),  # further below than a cell's lines
        line_of(32, label="2.文件", a="2"),
        line_of(32, label="文件", a="234"),  # wider
        line_of(32, label="文件", a="2", b="-7"),  # one is no rest
    ],
    ids=["far", "numbered", "wider", "signed"],
)
def test_a_line_is_another_row_where_any_of_its_numbers_cannot_be_a_rest(below: Line):
    assert doubted([line_of(20, label="规章", a="12", b="4"), below]) == []


def test_a_column_has_room_where_other_print_of_it_is_wider():
    lines = [
        line_of(20, label="规章", a="12", b="4"), line_of(32, label="文件", a="2"),
        *(line_of(50.0 + 20 * i, label="批复", b="3") for i in range(5)),
        line_of(160, label="其他", a="见附件"),
    ]  # fmt: skip

    assert doubted(lines) == []


@pytest.mark.parametrize(
    "other",
    [
        line_of(0, a="政府信息公开情况"),  # a title, over both columns
        line_of(0, label="事项", a="甲类和乙类"),  # their common head
    ],
)
def test_print_over_several_columns_shows_no_room_in_one(other: Line):
    lines = [other, line_of(20, label="规章", a="12", b="4"), line_of(32, label="文件", a="2")]

    assert doubted(lines) == ["12", "2"]


def test_the_room_of_another_table_is_not_a_columns_own():
    lines = [
        line_of(0, label="事项", a="见附件"), line_of(10, a="政府信息公开情况"),
        line_of(20, label="规章", a="12", b="4"), line_of(32, label="文件", a="2"),
    ]  # fmt: skip

    assert doubted(lines) == ["12", "2"]
