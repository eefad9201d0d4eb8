"""Print that contradicts itself stands, unless the same numbers in other cells of their rows add up."""

from __future__ import annotations

from collections.abc import Callable

from gouji.inference.assembly.assemble import assemble
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.tables import TableFinder
from gouji.inference.extraction import Cell, State
from gouji.model.forms import load_forms

Mark = Callable[[str], MarkedPage]

COLUMNS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
ROWS = {
    "一、本年新收政府信息公开申请数量": ("5", "1", "2", "3", "4", "6", "21"),
    "二、上年结转政府信息公开申请数量": ("1", "", "", "1", "", "", "2"),
    "（七）总计": ("4", "1", "1", "4", "3", "6", "19"),
    "四、结转下年度继续办理": ("2", "", "1", "", "1", "", "4"),
}


def cells_of(mark: Mark, **changed: tuple[str, ...]) -> dict[str, list[Cell]]:
    """The rows read from the table between pipes, in which some rows, by id, print other cells."""
    ids = ("received", "carried_in", "total", "carried_out")
    lines = []
    for row, (label, values) in zip(ids, ROWS.items(), strict=True):
        printed = [f"{{V:{value}}}" if value else " " for value in changed.get(row, values)]
        lines.append(f"| {{R:{label}}} | " + " | ".join(printed) + " |")
    heads = "| " + " | ".join(f"{{C:{column}}}" for column in ("", *COLUMNS)) + " |"
    marked = mark(
        "{S:三、收到和处理政府信息公开申请情况}\n"
        + heads.replace("{C:}", " ")
        + "\n"
        + "\n".join(lines)
        + "\n"
    )
    found = assemble(marked, TableFinder(load_forms()).find(marked))["applications"].cells
    return {row: [cell for key, cell in found.items() if key.split("/")[1] == row] for row in ids}


def test_a_row_that_breaks_its_columns_stands_where_no_other_place_adds_up(mark: Mark):
    cells = cells_of(mark, carried_out=("2", "", "1", "", "2", "", "5"))

    assert [cell.value for cell in cells["carried_out"]] == [2, None, 1, None, 2, None, 5]


def test_a_row_whose_numbers_add_up_in_other_cells_is_open(mark: Mark):
    moved = ("", "2", "1", "", "1", "", "4")  # 2 belongs to the first column, by the sums of two columns

    cells = cells_of(mark, carried_out=moved)

    assert {cell.state for cell in cells["carried_out"]} == {State.AMBIGUOUS}
    assert {cell.state for cell in cells["received"]} == {State.READ}


def test_a_full_row_is_open_where_one_figure_of_it_may_have_been_parted(mark: Mark):
    cells = cells_of(
        mark,
        received=("5", "1", "2", "91", "1", "6", "106"),
        total=("4", "1", "1", "9", "2", "6", "104"),  # 92 in two pieces, and a blank gone
    )

    assert {cell.state for cell in cells["total"]} == {State.AMBIGUOUS}
    assert 92 in cells["total"][3].candidates


def test_print_stands_where_the_layout_of_a_whole_table_proves_every_place(mark: Mark):
    rows = [(0, 0, 0, 0, 0, 0, 0, 0)] * 25
    rows[0] = rows[-2] = (5, 1, 10, 0, 2, 5, 18, 23)
    rows[2], rows[3], rows[11] = (0, 1, 0, 0, 0, 0, 1, 1), (0, 0, 9, 0, 0, 0, 9, 9), (5, 0, 0, 0, 0, 0, 0, 5)
    rows[13] = rows[18] = (0, 0, 0, 0, 1, 0, 1, 1)
    rows[15] = (0, 0, 0, 0, 0, 5, 5, 6)  # a wrong total, and the pieces of 05 might be one number
    rows[21] = (0, 0, 1, 0, 0, 0, 1, 1)
    labels = [row.label for _, row in load_forms()["2021"].table("applications").rows()]
    heads = "| | " + " | ".join(f"{{C:{column}}}" for column in (*COLUMNS[:-1], "法人小计", "总计")) + " |"
    lines = (
        "| " + " | ".join((f"{{R:{label}}}", *(f"{{V:{n}}}" for n in row))) + " |\n"
        for label, row in zip(labels, rows, strict=True)
    )
    marked = mark("{S:三、收到和处理政府信息公开申请情况}\n" + heads + "\n" + "".join(lines))

    cells = assemble(marked, TableFinder(load_forms()).find(marked))["applications"].cells

    assert State.AMBIGUOUS not in {cell.state for cell in cells.values()}
