"""Totals that some rows leave out, with nothing in their place, are told by the sums of the other columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest

from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.extraction import Cell, State
from gouji.inference.why import Why
from gouji.model.forms import load_forms

from .assembled import cells_of, is_open, row_of

Mark = Callable[[str], MarkedPage]

TABLE = load_forms()["2021"].table("applications")
(BLOCK,) = TABLE.blocks
COLUMNS = [column.id for column in BLOCK.columns]
NOUGHT = [0, 0, 0, 0, 0, 0]
PRINTED = {
    "received": [9, 2, 0, 2, 0, 1, 14],
    "carried_in": [*NOUGHT, 0],
    "granted": [5, 1, 0, 2, 0, 0],
    "partly_granted": [4, 1, 0, 0, 0, 1],
    "total": [9, 2, 0, 2, 0, 1, 14],
    "carried_out": [*NOUGHT, 0],
}


def page(printed: Mapping[str, Sequence[int]]) -> str:
    lines = ["{S:三、收到和处理政府信息公开申请情况}", " ".join(f"{{C:{c.label}}}" for c in BLOCK.columns)]
    for row in BLOCK.rows:
        values = printed.get(row.id, NOUGHT)
        lines.append(" ".join([f"{{R:{row.label}}}", *(f"{{V:{value}}}" for value in values)]))
    return "\n".join([*lines, "{S:五、存在的主要问题及改进情况}", ""])


def read(mark: Mark, printed: Mapping[str, Sequence[int]]) -> dict[str, Cell]:
    return cells_of(mark(page(printed)), "applications")


def test_numbers_are_placed_before_totals_that_stay_open(mark: Mark):
    cells = read(mark, PRINTED)

    assert [row_of(cells, "granted")[column] for column in COLUMNS] == [*PRINTED["granted"], None]
    assert cells["granted/natural_person"].state is State.PLACED
    assert (cells["granted/total"].state, cells["granted/total"].why) == (State.AMBIGUOUS, (Why.BLANK_LOST,))
    assert cells["total/total"].state is State.READ


def test_a_total_of_one_row_alone_may_be_left_out(mark: Mark):
    rows = {row.id: [*NOUGHT, 0] for row in BLOCK.rows} | PRINTED | {"partly_granted": [4, 1, 0, 0, 0, 1, 6]}

    cells = read(mark, rows)

    assert row_of(cells, "granted")["natural_person"] == 5
    assert cells["partly_granted/total"].state is State.READ


@pytest.mark.parametrize(
    "otherwise",
    [
        pytest.param({"granted": [5, 1, 0, 2, 0, 1]}, id="another column does not add up"),
        pytest.param({"granted": [5, 1, 0, 2, 0]}, id="a row lacks two"),
        pytest.param({"partly_granted": [4, 1, 0, 0, 0, 1, 8]}, id="a full row does not add up"),
        pytest.param({"granted": [-5, 1, 0, 2, 0, 0]}, id="a count is below zero"),
        pytest.param({row.id: NOUGHT for row in BLOCK.rows}, id="zeros fit at both edges"),
    ],
)
def test_rows_stay_open_where_sums_do_not_tell_the_places(mark: Mark, otherwise: Mapping[str, Sequence[int]]):
    cells = read(mark, {**PRINTED, **otherwise})

    assert is_open(cells, "granted") or not any(row_of(cells, "granted").values())


def test_rows_on_both_sides_of_a_sum_may_not_make_good_what_each_lacks(mark: Mark):
    cells = read(mark, {**PRINTED, "received": PRINTED["received"][:-1], "total": PRINTED["total"][:-1]})

    assert is_open(cells, "granted")
