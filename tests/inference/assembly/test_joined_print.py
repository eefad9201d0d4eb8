"""What drawn borders hold together is one number, however many numbers the row then has."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gouji.inference.assembly.marked import MarkedPage

from .assembled import cells_of, is_open, row_of

Mark = Callable[[str], MarkedPage]

HEADING = "{S:三、收到和处理政府信息公开申请情况}\n"
COLUMNS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
HEADS = "|  | " + " | ".join(f"{{C:{label}}}" for label in COLUMNS) + " |\n"


def test_thousands_are_one_number_between_drawn_borders_though_their_pieces_fill_the_row(mark: Mark):
    text = (
        HEADING + HEADS + "| {R:1.属于国家秘密} | {V:4} | {V:0} | {V:0} | {V:0} | {V:0} | {V:0} | {V:4} |\n"
        "| {R:2.其他法律行政法规禁止公开} | {V:1} {V:735} | {V:11} | {V:1} | {V:2} | {V:18} | {V:0} |  |\n"
    )

    cells = cells_of(mark(text), "applications")

    assert list(row_of(cells, "denied.law_prohibits").values()) == [1735, 11, 1, 2, 18, 0, None]


@pytest.mark.parametrize("behind", ["", " {V:/}"])
def test_a_blanks_dash_before_a_count_is_no_sign(mark: Mark, behind: str):
    rows = {"1.属于国家秘密": "3 4 0 0 1 3 11", "2.其他法律行政法规禁止公开": "23 7 1 - 2 289 322"}
    text = HEADING + " ".join(f"{{C:{label}}}" for label in COLUMNS) + " {C:说明}" * bool(behind) + "\n"
    for label, numbers in rows.items():
        text += f"{{R:{label}}} " + " ".join(f"{{V:{n}}}" for n in numbers.split()) + f"{behind}\n"

    cells = cells_of(mark(text), "applications")

    read = list(row_of(cells, "denied.law_prohibits").values())
    assert is_open(cells, "denied.law_prohibits") or read == [23, 7, 1, None, 2, 289, 322]


@pytest.mark.parametrize("cells", ["{V:1} {V:19}|{V:3}||", "{V:3}|{V:1} {V:19}||", "|{V:1} {V:19}|{V:3}|"])
def test_two_numbers_of_one_drawn_cell_are_no_two_cells(mark: Mark, cells: str):
    heads = "|{C:信息内容}|{C:本年制发件数}|{C:本年废止件数}|{C:现行有效件数}|\n"
    text = "{S:二、主动公开政府信息情况}\n{B:第二十条第（一）项}\n" + heads

    read = cells_of(mark(f"{text}|{{R:规章}}|{cells}\n|{{R:行政规范性文件}}|||{{V:7}}|\n"), "disclosure")

    values = row_of(read, "regulations").values()
    assert not {1, 19} & set(values)
    assert set(values) <= {3, None}


@pytest.mark.parametrize("blanks", [" ", "    "])
def test_a_dash_before_the_number_that_its_row_adds_up_with_may_still_be_its_sign(mark: Mark, blanks: str):
    numbers = ("{V:3}", "{V:4}", "{V:0}", "－ {V:427}", "{V:1}", "{V:3}", "{V:438}")
    heads = " ".join(f"{{C:{label}}}" for label in COLUMNS)
    text = f"{HEADING}{heads}\n{{R:1.属于国家秘密}} {blanks.join(numbers)}\n"

    cells = cells_of(mark(text), "applications")

    assert cells["denied.state_secret/nonprofit"].value is None
