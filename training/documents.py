"""Write a report as a word processor's document, with merged cells as the official form has them.

Flow:  report -> stand-ins -> **document** -> flattener -> text and spans
"""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from gouji.training.reports import Cell, Grid, Report


def write_docx(report: Report) -> Any:
    """The report as an open python-docx document.

    The table's XML is written directly: python-docx's own merging takes a second a page.
    """
    document = docx.Document()
    body = document.element.body
    section = deepcopy(body.sectPr)
    for child in list(body):
        body.remove(child)
    for block in report.blocks:
        if isinstance(block, Grid):
            body.append(parse_xml(_table(block)))
            body.append(parse_xml(_paragraph("", nsdecls("w"))))
        else:
            body.append(parse_xml(_paragraph(block.text, nsdecls("w"))))
    body.append(section)
    return document


def _table(grid: Grid) -> str:
    columns = "".join('<w:gridCol w:w="600"/>' for _ in grid.widths)
    rows = "".join(f"<w:tr>{_row(grid, row)}</w:tr>" for row in _lines(grid))
    return f"<w:tbl {nsdecls('w')}><w:tblPr/><w:tblGrid>{columns}</w:tblGrid>{rows}</w:tbl>"


def _lines(grid: Grid) -> list[list[tuple[int, Cell | None, int]]]:
    """Each row's cells as (column, cell, columns spanned); None continues the cell above it."""
    lines: list[list[tuple[int, Cell | None, int]]] = [[] for _ in grid.rows]
    for row, column, cell in grid.placed():
        lines[row].append((column, cell, cell.colspan))
        for down in range(1, cell.rowspan):
            if row + down < len(lines):
                lines[row + down].append((column, None, cell.colspan))
    return [sorted(line, key=lambda entry: entry[0]) for line in lines]


def _row(grid: Grid, line: list[tuple[int, Cell | None, int]]) -> str:
    cells, filled = [], 0
    for _, cell, span in line:
        filled += span
        merge = "<w:vMerge/>" if cell is None else '<w:vMerge w:val="restart"/>' if cell.rowspan > 1 else ""
        grid_span = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
        text = cell.text if cell else ""
        cells.append(f"<w:tc><w:tcPr>{grid_span}{merge}</w:tcPr>{_paragraph(text)}</w:tc>")
    for _ in range(len(grid.widths) - filled):
        cells.append(f"<w:tc><w:tcPr/>{_paragraph('')}</w:tc>")
    return "".join(cells)


def _paragraph(text: str, namespaces: str = "") -> str:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;")
    runs = "<w:r><w:br/></w:r>".join(
        f'<w:r><w:t xml:space="preserve">{part}</w:t></w:r>' for part in escaped.split("\n")
    )
    return f"<w:p {namespaces}>{runs}</w:p>"
