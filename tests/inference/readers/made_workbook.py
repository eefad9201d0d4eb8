"""Workbooks made for the tests: a report in XLSX, by XlsxWriter, and in Excel 2003's XML, by hand."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from typing import Any
from xml.sax.saxutils import escape

import xlsxwriter

from .made import Report

Rows = Sequence[Sequence[str]]


def workbook(fill: Callable[[Any], None]) -> bytes:
    """A workbook that a function has filled."""
    held = io.BytesIO()
    with xlsxwriter.Workbook(held, {"in_memory": True}) as book:
        fill(book)
    return held.getvalue()


def book_of(made: Report, *, ruled: bool = False, a_sheet_each: bool = False, as_text: bool = False) -> bytes:
    """A report's workbook: its tables below each other, or each on a sheet of its own."""

    def fill(book: Any) -> None:
        style = book.add_format({"border": 1}) if ruled else None
        sheet, at = book.add_worksheet(), 1
        sheet.write(0, 0, made.title)
        for heading, rows in made.tables():
            if a_sheet_each:
                sheet, at = book.add_worksheet(), 0
            sheet.write(at, 0, heading)
            at = write_rows(sheet, rows, at + 1, style, as_text=as_text)

    return workbook(fill)


def write_rows(sheet: Any, rows: Rows, at: int, style: Any = None, *, as_text: bool = False) -> int:
    """Write rows into a worksheet, figures as numbers; gives the row behind the last."""
    for row, cells in enumerate(rows, at):
        for column, text in enumerate(cells):
            if not text:
                sheet.write_blank(row, column, None, style)
            elif text.isdigit() and not as_text:
                sheet.write_number(row, column, int(text), style)
            else:
                sheet.write_string(row, column, text, style)
    return at + len(rows)


def excel_xml_of(made: Report) -> bytes:
    """A report in Excel 2003's XML."""
    rows = [[made.title], *(row for heading, table in made.tables() for row in ([heading], *table))]
    return excel_xml("".join(map(_row, rows)))


def excel_xml(rows: str) -> bytes:
    """A workbook of one sheet."""
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    return (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
        f'<Workbook xmlns="{space}" xmlns:ss="{space}"><Styles><Style ss:ID="d"><NumberFormat'
        ' ss:Format="0&quot;件&quot;"/></Style></Styles><Worksheet ss:Name="Sheet1"><Table>'
        f"{rows}</Table></Worksheet></Workbook>"
    ).encode()


def _row(cells: Sequence[str]) -> str:
    made = []
    for index, text in enumerate(cells, 1):
        kind = "Number" if text.isdigit() else "String"
        data = f'<Data ss:Type="{kind}">{escape(text)}</Data>'
        made.append(f'<Cell ss:Index="{index}">{data}</Cell>' if text else "")
    return f"<Row>{''.join(made)}</Row>"
