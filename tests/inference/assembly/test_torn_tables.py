"""A table is torn where one row may have another's numbers, not where one row alone prints odd ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from gouji.inference.assembly.dealing import with_lost_labels
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.tables import TableFinder
from gouji.model.forms import load_forms

from .assembled import cells_of, is_open, row_of

Mark = Callable[[str], MarkedPage]

HEADING = "{S:三、收到和处理政府信息公开申请情况}\n"
HEADS = "{C:自然人} {C:商业企业} {C:科研机构} {C:社会公益组织} {C:法律服务机构} {C:其他} {C:总计}\n"
NOUGHTS = "0 0 0 0 0 0 0"


def row(label: str, numbers: str) -> str:
    return f"{{R:{label}}} " + " ".join(f"{{V:{number}}}" for number in numbers.split()) + "\n"


LABELS = [row.label for _, row in load_forms()["2021"].table("applications").rows()]
ODD = 5  # 2.其他法律行政法规禁止公开


def table(odd: str, *, lost: int | None = None, short: int | None = None) -> str:
    """A table of noughts with one odd row, without the label of another, or with some numbers of it."""
    numbers = {ODD: odd, short: "0 0 0 5"}
    rows = enumerate(LABELS)
    return HEADING + HEADS + "".join(row(s, numbers.get(i, NOUGHTS)) for i, s in rows if i != lost)


@pytest.mark.parametrize(
    ("odd", "lost"), [("5 0 0 0 0 0 5 7 9", None), ("3 0 0 0 0 0 3 1 - 0 0 0 0 1", ODD + 1)]
)
def test_numbers_too_many_of_one_row_leave_rows_that_print_all_of_theirs(mark: Mark, odd: str, lost: int):
    cells = cells_of(mark(table(odd, lost=lost)), "applications")

    assert is_open(cells, "denied.law_prohibits")
    assert list(row_of(cells, "denied.state_secret").values()) == [0] * 7


def test_rows_of_noughts_are_open_where_one_row_prints_too_much_and_another_too_little(mark: Mark):
    cells = cells_of(mark(table("1 0 2 0 0 4 0 0 0 5", short=ODD + 1)), "applications")

    assert is_open(cells, "denied.state_secret")


@pytest.mark.parametrize("disordered", [False, True])
def test_numbers_are_dealt_to_a_row_without_label_only_where_no_label_stands_out_of_order(
    mark: Mark, disordered: bool
):
    text = table("1 0 0 0 0 0 1 0 0 0 0 0 0 0", lost=ODD + 1)
    marked = mark(text)
    applications = TableFinder(load_forms()).find(marked)[-1]

    _, dealt = with_lost_labels(marked.page, replace(applications, disordered=disordered))

    assert (ODD + 1 in dealt.strips) is not disordered


def test_the_numbers_of_all_rows_behind_the_last_label_are_none_of_its_own(mark: Mark):
    numbers = "".join(" ".join(f"{{V:{n}}}" for n in NOUGHTS.split()) + " {R:无此事项}\n" for _ in LABELS[1:])
    text = HEADING + HEADS + "".join(f"{{R:{label}}}\n" for label in LABELS[:-1])
    text += row(LABELS[-1], "274 127 420 79 1 147 1048") + "{R:另有事项}\n" + numbers

    cells = cells_of(mark(text), "applications")

    assert is_open(cells, "carried_out")


def test_digits_that_add_up_when_they_are_cut_prove_no_row_of_a_torn_table(mark: Mark):
    """31970020 is 3, 1, 9, 7, 0, 0 and 20, as it is 319, 7, 0, 0, 2, 0 without a total."""
    glued = ("31970020", "6000000", "2700000", "3800000", "9000001", "2100010")
    rows = dict(zip(LABELS[2:], glued, strict=False))
    text = HEADING + HEADS + "".join(f"{{R:{label}}}{{V:{rows.get(label, '0000000')}}}" for label in LABELS)

    cells = cells_of(mark(text), "applications")

    assert is_open(cells, "granted")


@pytest.mark.parametrize("beside", [True, False])
def test_a_row_under_another_name_leaves_those_whose_numbers_stand_on_their_labels_line(
    mark: Mark, beside: bool
):
    below = " " if beside else "\n"
    totals = "1 2 0 0 0 0 0"  # left at 0, so that no sum tells
    rows = [
        f"逾期不缴费 {row('', totals)[5:]}" if i == ODD else row(label, totals).replace("} ", "}" + below, 1)
        for i, label in enumerate(LABELS)
    ]

    cells = cells_of(mark(HEADING + HEADS + "".join(rows)), "applications")

    assert is_open(cells, "denied.state_secret") is not beside
    assert all(cell.value is None for key, cell in cells.items() if "law_prohibits" in key)
