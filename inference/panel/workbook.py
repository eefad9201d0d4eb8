"""A workbook of three sheets: the panel, its codebook, its coverage.

Flow:  panel -> **sheets** -> XLSX

The first line of each sheet has the names, so that pandas, R and Stata read it as it is; the label of a
variable is the comment of its name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from gouji.inference.outputs.columns import Column
from gouji.inference.outputs.errors import OutputError, needed
from gouji.inference.outputs.files import beside, written
from gouji.inference.outputs.sheet_looks import HEAD, Looks, put
from gouji.inference.panel.codebook import codebook_columns, codebook_rows
from gouji.inference.panel.coverage import COVERAGE_COLUMNS, Coverage
from gouji.inference.panel.rows import Panel
from gouji.model.forms import Form

MOST_ROWS = 1_048_575  # of a sheet beside its head, by Excel's rules
_WIDE, _WIDTH = 40, 12  # of a column, in characters
_WIDE_COLUMNS = {"issuer", "issuer_printed", "title", "source", "label", "meaning", "note"}


def write_workbook(path: Path, panel: Panel, forms: Sequence[Form]) -> None:
    """Write the workbook.

    Raises:
        OutputError: The file cannot be written, XlsxWriter is not installed, or there are too many rows.
    """
    xlsxwriter = needed("xlsxwriter")
    if len(panel.rows) > MOST_ROWS:
        raise OutputError(f"{path}: a sheet does not hold {len(panel.rows)} rows; write .parquet or .csv")
    with beside(path) as part, written(path):
        book = xlsxwriter.Workbook(str(part))
        book.set_properties({"author": "gouji"})  # by which a folder's own workbooks are known
        looks = Looks(book)
        columns = [variable.column for variable in panel.variables]
        sheet = _sheet(book, looks, "panel", columns, panel.rows)
        for number, column in enumerate(columns):
            sheet.write_comment(0, number, f"{column.label}\n{column.meaning}")
        _sheet(book, looks, "codebook", codebook_columns(forms), codebook_rows(panel.variables, forms))
        _sheet(book, looks, "coverage", COVERAGE_COLUMNS, Coverage(panel).rows())
        try:
            book.close()
        except xlsxwriter.exceptions.FileCreateError as error:  # which holds what the system said
            raise error.args[0] from error


def _sheet(
    book: Any, looks: Looks, name: str, columns: Sequence[Column], rows: Iterable[Mapping[str, Any]]
) -> Any:
    sheet = book.add_worksheet(name)
    for number, column in enumerate(columns):
        put(sheet, 0, number, column.name, looks.of(HEAD))
        sheet.set_column(number, number, _WIDE if column.name in _WIDE_COLUMNS else _WIDTH)
    line = 0
    for line, row in enumerate(rows, 1):
        for number, column in enumerate(columns):
            value = row.get(column.name)
            if value is not None:
                put(sheet, line, number, value)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(line, 1), len(columns) - 1)
    return sheet
