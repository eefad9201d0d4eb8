"""Ruled tables are read as rows of cells, and what does not fit its borders is left alone."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.model.page import Page
from gouji.model.ruled import unruled
from gouji.training.reports import Cell, Grid
from gouji.training.ruling import ruled_table

WRAPPED = """\
前文
┌───────┬───────┬────┐
│       │(1)属于│194 │
│三、本 │国家秘 │96  │
│年度办 │密     │    │
│理结果 ├───────┼────┤
│       │(2)其他│0   │
└───────┴───────┴────┘
后文 3
"""


def read(text: str) -> str:
    return unruled(Page("", text)).text


def test_wrapped_cells_are_joined_and_spanning_ones_stand_once() -> None:
    assert read(WRAPPED) == "前文\n│三、本年度办理结果│(1)属于国家秘密│194│96│\n│(2)其他│0│\n后文 3\n"


def test_a_number_goes_on_only_where_its_line_was_full() -> None:
    assert read("┌────┐\n│1949│\n│6   │\n└────┘\n") == "│19496│\n"
    assert read("┌────┐\n│194 │\n│96  │\n└────┘\n") == "│194│96│\n"
    assert read("┌───┐\n│１ │\n│９ │\n└───┘\n") == "│１９│\n", "a wide digit would not have fitted"
    assert read("┌────┐\n│   5│\n│   6│\n└────┘\n") == "│5│6│\n", "blanks before it are room"
    assert read("┌────┐\n│ 112│\n│3   │\n└────┘\n") == "│1123│\n", "one blank before a number is print"
    assert read("┌────┐\n│76,2│\n│ 53 │\n└────┘\n") == "│76,253│\n", "lines may be centred"
    assert read("┌──┐\n│10│\n│05│\n└──┘\n") == "│1005│\n"
    assert read("┌─┐\n│0│\n│5│\n└─┘\n") == "│0│5│\n", "no number begins with 0"


@pytest.mark.parametrize(
    "drawn",
    [
        "┌──┬──┐\n│一│ 1│ 2│\n└──┴──┘\n",  # a border too many
        "┌──┬──┐\n│一│ 1│\n├──┼──┤\n│二│ 2│\n",  # does not close
        "┌──┬──┬──┐\n│一│5 │6 │\n│二│7 │8 │\n└──┴──┴──┘\n",  # rows without a rule between them
        "┌──┐\n无边框的一行文字\n第二行\n第三行\n第四行\n└──┘\n",
        "没有表格 ┌ 只有一个角\n",
        "┌──┐",
        "┌┐\n└┘\n"[:3],
        "┌──┬──┐\n│规│0\n5\n  │\n└──┴──┘\n",  # a page's number within a line
        "┌──┬──┐\n│规│-\n2\n  │\n└──┴──┘\n",  # behind a blank's mark
        "┌──┬──┐\n│规│12│\n─1\n└──┴──┘\n",  # print before a line's first border
    ],
)
def test_what_is_no_ruled_table_is_left_as_it_is(drawn: str) -> None:
    page = Page("", drawn)
    assert unruled(page) is page


def test_rules_may_step_aside_by_one_column() -> None:
    drawn = "┌──┬──┬───┐\n│一│ 1│  2│\n├──┼──┴┬──┤\n│二│  3│ 4│\n├──┼───┼──┘\n│三│ 5 │\n└──┴───┘\n"
    assert read(drawn) == "│一│1│2│\n│二│3│4│\n│三│5│\n"


def test_a_page_number_in_a_table_stands_behind_its_row() -> None:
    drawn = "┌──┬──┐\n│规│12│\n- 4 -\n│章│  │\n└──┴──┘\n"
    assert read(drawn) == "│规章│12│\n- 4 -\n"


def test_a_line_broken_within_a_cell_is_one_line() -> None:
    assert read("┌────┬──┐\n│规\n章  │12│\n└────┴──┘\n") == "│规章│12│\n"


def test_a_page_number_amid_a_broken_line_is_no_part_of_a_cell() -> None:
    drawn = "┌────┬──┐\n│行政\n- 8 -\n处罚│12│\n└────┴──┘\n"
    assert read(drawn) == drawn


def test_every_character_says_where_it_stands() -> None:
    page = unruled(Page("", WRAPPED))
    assert page.origin is not None
    assert all(WRAPPED[place] == character for place, character in zip(page.origin, page.text, strict=True))
    start = page.text.index("(1)属于国家秘密")
    stretches = page.stretches(start, start + len("(1)属于国家秘密"))
    assert [WRAPPED[a:b] for a, b in stretches] == ["(1)属于", "国家秘", "密"]


TEXTS = st.one_of(
    st.integers(0, 10**7).map(str),
    st.text("属于国家秘密公开（）、", min_size=1, max_size=12),
    st.just(""),
)


@given(st.data())
def test_a_table_drawn_at_any_width_is_read_back(data: st.DataObject) -> None:
    columns = data.draw(st.integers(1, 5))
    rows = data.draw(st.lists(st.lists(TEXTS, min_size=columns, max_size=columns), min_size=1, max_size=5))
    width = data.draw(st.one_of(st.none(), st.integers(4 * columns + 1, 12 * columns)))
    grid = Grid(tuple(tuple(Cell(text) for text in row) for row in rows), (1.0,) * columns)
    drawn = ruled_table(grid, width, data.draw(st.booleans()), data.draw(st.booleans()))
    expected = ["│" + "".join(text + "│" for text in row) for row in rows]
    assert read(drawn + "\n").splitlines() == expected


@given(st.lists(st.text("┌┐└┘├┤┬┴┼─│ 12中\n", max_size=30), max_size=8))
def test_nothing_printed_is_lost_or_doubled_whatever_is_drawn(lines: list[str]) -> None:
    text = "┌──┬──┐\n│中│12│\n" + "\n".join(lines) + "\n└──┴──┘\n"
    assert sorted(re.sub(r"[^12中]", "", read(text))) == sorted(re.sub(r"[^12中]", "", text))
