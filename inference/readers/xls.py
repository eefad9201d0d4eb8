"""Read a legacy XLS workbook (also `.et` of WPS): each sheet's cells as a spreadsheet program shows them.

Flow:  BIFF -> **worksheets** -> blocks -> page

xlrd is used and not calamine, which gives neither number formats nor hidden rows and columns: what a
cell shows could not be told from what it stores.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from gouji.inference.readers.content import Content, Options
from gouji.inference.readers.marks import PICTURE, noted, struck
from gouji.inference.readers.number_formats import shown
from gouji.inference.readers.pages import pages_of_blocks
from gouji.inference.readers.worksheets import (
    MOST_CELLS,
    Range,
    SheetCell,
    Worksheet,
    blocks_of_workbook,
    number_text,
)
from gouji.inference.reading import ReadingError
from gouji.model.page import Page

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Cell, Sheet

WHAT = "an XLS workbook"
_SIDES = ("left", "right", "top", "bottom")


def read(content: Content, options: Options) -> Iterator[Page]:
    """The reports of a workbook.

    Raises:
        ReadingError: It is damaged, protected, or shows nothing.
    """
    import xlrd

    try:
        book = xlrd.open_workbook(file_contents=content.whole(), formatting_info=True, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            fault = f"is {WHAT} protected by a password; save it without one"
        else:
            fault = f"is {WHAT} that cannot be read ({error}); save it as XLSX"
        raise ReadingError(f"{content.name}: {fault}") from error
    except Exception as error:  # xlrd has no errors of its own for much of what is damaged
        fault = f"is {WHAT} that is damaged ({type(error).__name__}: {error}); save it as XLSX"
        raise ReadingError(f"{content.name}: {fault}") from error
    if sum(sheet.nrows * sheet.ncols for sheet in book.sheets()) > MOST_CELLS * 10:
        raise ReadingError(f"{content.name}: has too many cells; give the report's sheets")
    try:
        sheets = [_worksheet(book, sheet) for sheet in book.sheets()]
    except (IndexError, KeyError) as error:
        fault = f"is {WHAT} that is damaged (it names a style that it does not hold); save it as XLSX"
        raise ReadingError(f"{content.name}: {fault}") from error
    yield from pages_of_blocks(content.name, blocks_of_workbook(content.name, sheets), WHAT)


def _worksheet(book: Book, sheet: Sheet) -> Worksheet:
    cells: dict[tuple[int, int], SheetCell] = {}
    for row in range(sheet.nrows):
        for column in range(sheet.row_len(row)):
            own = sheet.cell(row, column)
            style = book.xf_list[own.xf_index]
            text = _text(book, sheet, row, column, own)
            drawn = [getattr(style.border, f"{side}_line_style") for side in _SIDES]
            ruled = sum(map(bool, drawn)) > 1
            if text or ruled:
                cells[row, column] = SheetCell(text, ruled)
    columns = (c for c, info in sheet.colinfo_map.items() if info.hidden or info.width == 0)
    rows = (row for row, info in sheet.rowinfo_map.items() if info.hidden)
    merged = [Range(top, left, bottom, right) for top, bottom, left, right in sheet.merged_cells]
    return Worksheet(
        sheet.name, cells, merged, frozenset(rows), frozenset(columns), hidden=bool(sheet.visibility)
    )


def _text(book: Book, sheet: Sheet, row: int, column: int, own: Cell) -> str:
    """What a cell shows."""
    import xlrd

    if own.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return ""
    if own.ctype == xlrd.XL_CELL_ERROR:
        return PICTURE
    if own.ctype == xlrd.XL_CELL_BOOLEAN:
        return "TRUE" if own.value else "FALSE"
    style = book.xf_list[own.xf_index]
    is_struck = bool(book.font_list[style.font_index].struck_out)
    if own.ctype == xlrd.XL_CELL_TEXT:
        runs = sheet.rich_text_runlist_map.get((row, column), [])
        return _rich(book, own.value, runs, struck_out=is_struck)
    if own.value == 0 and not sheet.show_zero_values:
        return ""
    code = book.format_map[style.format_key].format_str
    text = number_text(shown(own.value, code, from_1904=bool(book.datemode)))
    return struck(text) if text and is_struck else text


def _rich(book: Book, text: str, runs: list[tuple[int, int]], *, struck_out: bool) -> str:
    """A text with what its runs strike or raise."""
    edges: list[tuple[int, int | None]] = [(0, None), *runs]
    marked = ""
    for (begin, font), (end, _) in zip(edges, [*edges[1:], (len(text), None)], strict=True):
        run = text[begin:end]
        if not run:
            continue
        own: Any = book.font_list[font] if font is not None else None
        if own.struck_out if own is not None else struck_out:
            run = struck(run)
        elif own is not None and own.escapement:
            run = noted(run)
        marked += run
    return marked
