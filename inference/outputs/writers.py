"""Write answers in the shape that is asked for, one after the other, none held back.

Flow:  answers -> **JSON lines | tidy | wide | workbook | database**

Tidy is a table of cells and, beside it, one of pages, in which errors and pages without tables stand too.
Wide is one row a report, an error being a row with nothing else.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import IO

from gouji.inference.outputs.columns import PAGE_COLUMNS, TIDY_COLUMNS, wide_columns
from gouji.inference.outputs.errors import OutputError
from gouji.inference.outputs.files import beside, lines_into, written
from gouji.inference.outputs.read_back import pages_beside
from gouji.inference.outputs.records import Record
from gouji.inference.outputs.rows import page_row
from gouji.inference.outputs.table_files import DATABASE_SUFFIXES, TABLE_SUFFIXES, new_table
from gouji.inference.outputs.tidy import cell_rows
from gouji.inference.outputs.wide import wide_row
from gouji.inference.outputs.writer import Writer
from gouji.model.forms import Form


class Shape(StrEnum):
    """How answers are laid out."""

    JSONL = "jsonl"
    TIDY = "tidy"
    WIDE = "wide"
    XLSX = "xlsx"
    DB = "db"


_TABLES = " or ".join(TABLE_SUFFIXES)
_SHAPES = {
    **dict.fromkeys((".jsonl", ".ndjson", ".json"), Shape.JSONL),
    ".xlsx": Shape.XLSX,
    **dict.fromkeys(DATABASE_SUFFIXES, Shape.DB),
}
_ENDINGS = """\
  .jsonl, .ndjson, .json           JSON lines
  .csv, .parquet                   a row a cell, and NAME.pages.csv or .parquet: a row a report
  .wide.csv, .wide.parquet         a row a report
  .xlsx                            a workbook laid out as the official tables
  .db, .sqlite                     a database: reports, cells, checks, candidates; text to search"""


def shape_of(output: Path | None, asked: Shape | None) -> Shape:
    """The shape that a file's name and the option `--format` ask for.

    Raises:
        OutputError: They do not go together, or the name asks for what is not written.

    >>> str(shape_of(Path("cells.csv"), None)), str(shape_of(Path("panel.wide.parquet"), None))
    ('tidy', 'wide')
    """
    suffixes = [] if output is None else [suffix.lower() for suffix in output.suffixes]
    last = suffixes[-1] if suffixes else ""
    if asked is None:
        if last in TABLE_SUFFIXES:
            return Shape.WIDE if suffixes[-2:-1] == [".wide"] else Shape.TIDY
        if last and last not in _SHAPES:
            raise OutputError(f"{output}: {last} is no ending that is written; these are:\n{_ENDINGS}")
        return _SHAPES.get(last, Shape.JSONL)
    if asked in (Shape.TIDY, Shape.WIDE) and last not in TABLE_SUFFIXES:
        raise OutputError(f"--format {asked} needs a file to write: -o NAME with the ending {_TABLES}")
    if asked in (Shape.XLSX, Shape.DB) and _SHAPES.get(last) is not asked:
        raise OutputError(f"--format {asked} needs a file to write: -o NAME.{asked}")
    return asked


def files_of(output: Path, shape: Shape) -> list[Path]:
    """The files that are written for an output, as far as they are there already or are known by name."""
    if shape is Shape.TIDY:
        return [output, pages_beside(output)]
    if shape is Shape.XLSX:
        numbered = re.compile(rf"{re.escape(output.stem)}-\d+{re.escape(output.suffix)}")
        there = output.parent.iterdir() if output.parent.is_dir() else ()
        return [output, *sorted(path for path in there if numbered.fullmatch(path.name))]
    return [output]


def new_writer(
    output: Path | None, shape: Shape, known: Mapping[str, Form], *, excel: bool = False
) -> Writer:
    """A writer of that shape; folders that it needs are made. `excel` is of CSV: see `new_table`.

    Raises:
        OutputError: The file cannot be written, or a package of the extra `tables` is not installed.
    """
    if shape is Shape.JSONL:
        return _JsonLines(output)
    assert output is not None  # shape_of saw to it
    if shape is Shape.TIDY:
        return _Tidy(output, known, excel)
    if shape is Shape.WIDE:
        return _Wide(output, known, excel)
    if shape is Shape.DB:
        from gouji.inference.outputs.database import Database

        return Database(output, known)
    from gouji.inference.outputs.workbook import Workbooks

    return Workbooks(output, known)


class _JsonLines(Writer):
    def __init__(self, output: Path | None) -> None:
        super().__init__()
        self._name = output or Path("stdout")
        self._file = self._opened(output)

    def _opened(self, output: Path | None) -> IO[bytes]:
        if output is None:
            return sys.stdout.buffer
        part = self._stack.enter_context(beside(output, of_lines=True))
        return self._stack.enter_context(lines_into(part, output))

    def write(self, record: Record) -> None:
        self.write_line(record.line())

    def write_line(self, line: str) -> None:
        with written(self._name, of_lines=True):
            self._file.write(line.encode("utf-8", "replace") + b"\n")
            self._file.flush()  # a whole line, for who watches the file and for a disk that fills


class _Tidy(Writer):
    def __init__(self, output: Path, known: Mapping[str, Form], excel: bool) -> None:
        super().__init__()
        self._known = known
        self._cells = self._stack.enter_context(new_table(output, TIDY_COLUMNS, excel=excel))
        self._pages = self._stack.enter_context(new_table(pages_beside(output), PAGE_COLUMNS, excel=excel))

    def write(self, record: Record) -> None:
        page = page_row(record, self._known)
        for row in cell_rows(record, self._known):
            self._cells.add(row)
        self._pages.add(page)

    def summary(self) -> str:
        return (
            f"{self._cells.rows} cells in {self._cells.path}, {self._pages.rows} pages in {self._pages.path}"
        )


class _Wide(Writer):
    def __init__(self, output: Path, known: Mapping[str, Form], excel: bool) -> None:
        super().__init__()
        self._known, self._unfit = known, 0
        self._table = self._stack.enter_context(new_table(output, wide_columns(known), excel=excel))

    def write(self, record: Record) -> None:
        row = wide_row(record, self._known)
        self._unfit += row["unfit"] is not None
        self._table.add(row)

    def summary(self) -> str:
        told = f"{self._table.rows} pages in {self._table.path}"
        if self._unfit:
            told += f"; of {self._unfit} a figure does not fit its column and stands in the column unfit"
        return told
