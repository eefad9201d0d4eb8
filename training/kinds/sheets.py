"""A report as an office file with its cells: a workbook in XLSX, a spreadsheet in ODS, an OFD by its places.

Flow:  composed report -> **office file** -> page file

Figures are stored as numbers, as people type them; whatever else a cell prints is stored as text. Every table
stands on one sheet below the paragraphs before it, its merged cells merged.
"""

from __future__ import annotations

import io
import random
import re
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from gouji.training.reports import Cell, Grid, Report
from gouji.training.typesetting import TypesetPage, typeset, width_of

_NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?")
_ODF_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
)
_ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_OFD_SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_HALF, _LEADING, _MARGIN = 1.6, 5.0, 12.0  # millimetres: a half-width, a line, the margin


def write_xlsx(report: Report, ruled: bool = True) -> bytes:
    """The report on one sheet of a workbook, with borders around its cells or without."""
    import xlsxwriter

    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        style = book.add_format({"border": 1, "text_wrap": True}) if ruled else None
        at = 0
        for block in report.blocks:
            if not isinstance(block, Grid):
                sheet.write_string(at, 0, block.text)
                at += 1
                continue
            for row, column, cell in block.placed():
                down, right = at + row + cell.rowspan - 1, column + cell.colspan - 1
                if (down, right) != (at + row, column):
                    sheet.merge_range(at + row, column, down, right, "", style)
                if _NUMBER.fullmatch(cell.text):
                    sheet.write_number(at + row, column, float(cell.text), style)
                elif cell.text:
                    sheet.write_string(at + row, column, cell.text, style)
                else:
                    sheet.write_blank(at + row, column, None, style)
            at += len(block.rows) + 1
    return held.getvalue()


def write_ods(report: Report) -> bytes:
    """The report on one sheet of a spreadsheet."""
    rows = []
    for block in report.blocks:
        if isinstance(block, Grid):
            rows += [*map(_ods_row, _places(block)), _ods_row([])]
        else:
            rows.append(_ods_row([Cell(block.text)]))
    body = f'<office:spreadsheet><table:table table:name="Sheet1">{"".join(rows)}</table:table>'
    content = (
        f'<office:document-content {_ODF_SPACES} office:version="1.2"><office:body>{body}'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return _packed({"mimetype": _ODS_TYPE, "content.xml": '<?xml version="1.0" encoding="UTF-8"?>' + content})


def write_ofd(report: Report, rng: random.Random) -> bytes:
    """The report set on sheets, its cells framed, a text object a line."""
    parts, listed = {}, ""
    for number, page in enumerate(typeset(report, rng)):
        objects = "".join([*(_frame(*rule) for rule in page.rules), *_lines(page)])
        listed += f'<ofd:Page ID="{number + 100}" BaseLoc="Pages/Page_{number}/Content.xml"/>'
        area = f"<ofd:Area><ofd:PhysicalBox>0 0 {_sheet(page)}</ofd:PhysicalBox></ofd:Area>"
        parts[f"Doc_0/Pages/Page_{number}/Content.xml"] = (
            f"<ofd:Page {_OFD_SPACE}>{area}"
            f'<ofd:Content><ofd:Layer Type="Body" ID="1">{objects}</ofd:Layer></ofd:Content></ofd:Page>'
        )
    parts["Doc_0/Document.xml"] = (
        f"<ofd:Document {_OFD_SPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        f"</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>"
    )
    parts["OFD.xml"] = (
        f'<ofd:OFD {_OFD_SPACE} Version="1.0" DocType="OFD"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml'
        "</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    )
    return _packed(
        {name: '<?xml version="1.0" encoding="UTF-8"?>' + text for name, text in reversed(parts.items())}
    )


def _places(grid: Grid) -> list[list[Cell | None]]:
    """Each row's places: the cell that begins there, or None where one covers it."""
    width = max(column + cell.colspan for _, column, cell in grid.placed())
    height = max(row + cell.rowspan for row, _, cell in grid.placed())
    places: list[list[Cell | None]] = [[Cell("")] * width for _ in range(height)]
    for row, column, cell in grid.placed():
        for down in range(cell.rowspan):
            places[row + down][column : column + cell.colspan] = [None] * cell.colspan
        places[row][column] = cell
    return places


def _ods_row(cells: Sequence[Cell | None]) -> str:
    return f"<table:table-row>{''.join(map(_ods_cell, cells))}</table:table-row>"


def _ods_cell(cell: Cell | None) -> str:
    if cell is None:
        return "<table:covered-table-cell/>"
    spans = f' table:number-rows-spanned="{cell.rowspan}" table:number-columns-spanned="{cell.colspan}"'
    kind = f' office:value-type="float" office:value="{cell.text}"' if _NUMBER.fullmatch(cell.text) else ""
    inside = "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.text.split("\n") if line)
    return f"<table:table-cell{spans}{kind}>{inside}</table:table-cell>"


def _sheet(page: TypesetPage) -> str:
    """The width and the height that hold a page."""
    right = max((line.x + width_of(line.text) for line in page.lines), default=0)
    low = max((line.y for line in page.lines), default=0)
    return f"{right * _HALF + 2 * _MARGIN:g} {(low + 2) * _LEADING + 2 * _MARGIN:g}"


def _frame(x: float, y: float, width: float, height: float) -> str:
    left, top = _MARGIN + x * _HALF - 0.6, _MARGIN + y * _LEADING - 3.8
    wide, high = width * _HALF, height * _LEADING
    return (
        f'<ofd:PathObject ID="3" Boundary="{left:g} {top:g} {wide:g} {high:g}" LineWidth="0.2">'
        f"<ofd:AbbreviatedData>M 0 0 L {wide:g} 0 L {wide:g} {high:g} L 0 {high:g} C</ofd:AbbreviatedData>"
        "</ofd:PathObject>"
    )


def _lines(page: TypesetPage) -> list[str]:
    made = []
    for line in page.lines:
        steps = " ".join(f"{width_of(character) * _HALF:g}" for character in line.text[:-1])
        delta = f' DeltaX="{steps}"' if steps else ""
        x, y = _MARGIN + line.x * _HALF, _MARGIN + line.y * _LEADING - 2 * _HALF
        made.append(
            f'<ofd:TextObject ID="2" Boundary="{x:g} {y:g} 200 5" Font="1" Size="{2 * _HALF:g}">'
            f'<ofd:TextCode X="0" Y="{2 * _HALF:g}"{delta}>{escape(line.text)}</ofd:TextCode>'
            "</ofd:TextObject>"
        )
    return made


def _packed(parts: Mapping[str, str]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return held.getvalue()
