"""Rows are read where they stand, in whatever order; rows of the publisher's own take nothing from them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gouji.inference.assembly.marked import MarkedPage
from gouji.model.forms import load_forms

from .assembled import cells_of, is_open, row_of

Mark = Callable[[str], MarkedPage]

HEADING = "{S:三、收到和处理政府信息公开申请情况}\n"
HEADS = "{C:自然人} {C:商业企业} {C:科研机构} {C:社会公益组织} {C:法律服务机构} {C:其他} {C:总计}\n"
LABELS = {row.id: row.label for _, row in load_forms()["2019"].table("applications").rows()}
NUMBERS = {row: [place, 0, 1, 0, 0, 0, place + 1] for place, row in enumerate(LABELS)}


def row(label: str, numbers: list[int]) -> str:
    return f"{{R:{label}}} " + " ".join(f"{{V:{number}}}" for number in numbers) + "\n"


def table(order: list[str], numbers: dict[str, list[int]], behind: dict[str, str] | None = None) -> str:
    """A table whose rows stand in some order, each with what stands behind it."""
    rows = (row(LABELS[id_], numbers[id_]) + (behind or {}).get(id_, "") for id_ in order)
    return HEADING + HEADS + "".join(rows) + "{S:四、政府信息公开行政复议、行政诉讼情况}\n"


def read_rows(marked: MarkedPage) -> dict[str, list[object]]:
    cells = cells_of(marked, "applications")
    return {id_: list(row_of(cells, id_).values()) for id_ in LABELS}


@pytest.mark.parametrize(
    "moved", [["carried_out"], ["carried_in", "received"], ["total"], ["rejected.duplicate", "granted"]]
)
def test_rows_that_bear_their_numbers_are_read_in_the_order_of_print(mark: Mark, moved: list[str]):
    order = [*moved, *(id_ for id_ in LABELS if id_ not in moved)]

    assert read_rows(mark(table(order, NUMBERS))) == NUMBERS


def test_labels_that_were_moved_without_their_numbers_say_no_order_of_rows(mark: Mark):
    text = table(list(LABELS), NUMBERS)
    first = f"{{R:{LABELS['received']}}} "
    moved = text.replace(first, "").replace(f"{{R:{LABELS['granted']}}}", f"{first}{{R:{LABELS['granted']}}}")

    assert is_open(cells_of(mark(moved), "applications"), "granted")


@pytest.mark.parametrize("label", ["小计", "其中：网上申请", "上年同期"])
def test_numbers_of_a_row_that_the_form_does_not_have_leave_rows_that_print_all_of_theirs(
    mark: Mark, label: str
):
    behind = {"granted": row(label, [9] * 7), "carried_out": row(label, [8] * 7)}

    assert read_rows(mark(table(list(LABELS), NUMBERS, behind))) == NUMBERS


@pytest.mark.parametrize("label", ["合计", "总计"])
def test_a_row_that_prints_nothing_takes_no_numbers_of_the_publishers_total_below_it(mark: Mark, label: str):
    numbers = {**NUMBERS, "carried_out": []}
    behind = {"carried_out": f"{label} " + " ".join(f"{{V:{number}}}" for number in [9] * 7) + "\n"}

    assert is_open(cells_of(mark(table(list(LABELS), numbers, behind)), "applications"), "carried_out")


def test_a_row_that_prints_nothing_takes_no_numbers_of_the_next_group(mark: Mark):
    group = "{G:（三）不予公开} " + " ".join(f"{{V:{number}}}" for number in [9] * 7) + "\n"
    numbers = {**NUMBERS, "partly_granted": []}

    cells = cells_of(mark(table(list(LABELS), numbers, {"partly_granted": group})), "applications")

    assert 9 not in row_of(cells, "partly_granted").values()


@pytest.mark.parametrize("parted", ["\t", "\n"])
def test_a_total_row_whose_empty_cells_are_seen_is_blank_and_its_sums_the_publishers(mark: Mark, parted: str):
    numbers = {id_: [1, 0, 0, 0, 0, 0, 1] for id_ in LABELS}
    rows = {
        id_: f"{{R:{label}}}" + parted + parted.join(f"{{V:{number}}}" for number in numbers[id_]) + "\n"
        for id_, label in LABELS.items()
    }
    rows["total"] = f"{{R:{LABELS['total']}}}" + parted * 7 + "\n"
    heads = HEADS.replace(" ", parted).rstrip("\n") + "\n"

    cells = cells_of(mark(HEADING + heads + "".join(rows.values()) + "{S:五、}\n"), "applications")

    assert {str(cells[f"total/{column}"].state) for column in ("natural_person", "total")} == {"blank"}
    assert str(cells["granted/natural_person"].state) == "read"
