"""Read an XLSB workbook: the values of its cells, as calamine gives them.

Flow:  ZIP of binary parts -> **worksheets** -> blocks -> page

calamine tells neither borders, number formats, merged cells nor what is hidden in a sheet: figures are read
as they are stored.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING

from gouji.inference.readers.content import Content, Options
from gouji.inference.readers.marks import PICTURE
from gouji.inference.readers.number_formats import general
from gouji.inference.readers.pages import pages_of_blocks
from gouji.inference.readers.registry import needs_extra
from gouji.inference.readers.worksheets import SheetCell, Worksheet, blocks_of_workbook
from gouji.inference.reading import ReadingError
from gouji.model.page import Page

if TYPE_CHECKING:
    from python_calamine import CalamineWorkbook, SheetMetadata

WHAT = "an XLSB workbook"


def read(content: Content, options: Options) -> Iterator[Page]:
    """The reports of a workbook.

    Raises:
        ReadingError: It is damaged or protected, shows nothing, or calamine is not installed.
    """
    with needs_extra("xlsb", content.name):
        import python_calamine
    try:
        with content.open() as file, python_calamine.load_workbook(file) as book:
            sheets = [_worksheet(book, about) for about in book.sheets_metadata]
    except python_calamine.CalamineError as error:
        fault = f"is {WHAT} that cannot be read ({error}); save it as XLSX, without a password"
        raise ReadingError(f"{content.name}: {fault}") from error
    yield from pages_of_blocks(content.name, blocks_of_workbook(content.name, sheets), WHAT)


def _worksheet(book: CalamineWorkbook, about: SheetMetadata) -> Worksheet:
    from python_calamine import SheetVisibleEnum

    sheet = book.get_sheet_by_name(about.name)
    cells = {
        (row, column): SheetCell(text)
        for row, values in enumerate(sheet.to_python(skip_empty_area=False))
        for column, value in enumerate(values)
        if (text := _text(value))
    }
    return Worksheet(about.name, cells, hidden=about.visible != SheetVisibleEnum.Visible)


def _text(value: object) -> str:
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        return general(value)
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return value if isinstance(value, str) else PICTURE  # a time of the day
