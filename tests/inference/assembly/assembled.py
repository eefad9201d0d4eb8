"""What becomes of a marked page's table, asked by the names of its cells."""

from __future__ import annotations

from gouji.inference.assembly.assemble import assemble
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.tables import TableFinder
from gouji.inference.extraction import Cell, Number
from gouji.model.forms import load_forms

APPLICATIONS = "{S:三、收到和处理政府信息公开申请情况}\n"
LABELS = (
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "（七）总计",
    "四、结转下年度继续办理",
)


def cells_of(marked: MarkedPage, table: str) -> dict[str, Cell]:
    """The cells of a table, by their key without the table."""
    cells = assemble(marked, TableFinder(load_forms()).find(marked))[table].cells
    return {key.removeprefix(f"{table}/"): cell for key, cell in cells.items()}


def row_of(cells: dict[str, Cell], row: str) -> dict[str, Number | None]:
    return {key.split("/")[1]: cell.value for key, cell in cells.items() if key.split("/")[0] == row}


def is_open(cells: dict[str, Cell], row: str) -> bool:
    return {str(cell.state) for key, cell in cells.items() if key.split("/")[0] == row} == {"ambiguous"}
