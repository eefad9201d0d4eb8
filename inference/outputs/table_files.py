"""CSV and Parquet files of rows, written as the rows come and read as they are asked for.

Flow:  rows -> **CSV, Parquet** -> pandas, polars, DuckDB;  CSV, Parquet -> **rows**

Neither is held in memory: CSV goes out row by row, Parquet by row groups. In CSV an empty field
is an empty value, and a number stands digit for digit. CSV is UTF-8 without a byte order mark, as
pandas, polars and DuckDB write it; all of them read one, but Python's csv, base R and joined files do
not, so it is there for Excel alone, and only where it is asked for. A text that a spreadsheet would run gets
an apostrophe before it, which is taken off again when the file is read here.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol, Self

from gouji.inference.outputs.columns import Column, Kind
from gouji.inference.outputs.errors import OutputError, needed
from gouji.inference.outputs.files import beside, written
from gouji.inference.outputs.rows import Row

CSV, PARQUET = ".csv", ".parquet"
TABLE_SUFFIXES = (CSV, PARQUET)
DATABASE_SUFFIXES = (".db", ".sqlite")

_VALUES_A_GROUP = 500_000  # of a Parquet file's row group: tens of megabytes in memory at most
# What a spreadsheet takes for a formula when it opens a CSV file, but a number and a bare minus (OWASP, CSV
# Injection); also in full width, as a Chinese input method writes it.
_RUN = re.compile(r"'*(?:[=+@\t\r\n＝＋－＠]|-(?!\d*(?:\.\d+)?\Z))")
_LONGEST_FIELD = 2**31 - 1  # a page of hundreds of unplaced numbers goes beyond csv's 128 KiB


class TableFile(Protocol):
    """A table that is being written."""

    path: Path  # of the whole file
    rows: int

    def add(self, row: Row) -> None:
        """Write one row."""


@contextmanager
def new_table(path: Path, columns: Sequence[Column], *, excel: bool = False) -> Iterator[TableFile]:
    """A file to write rows to, CSV or Parquet by its ending.

    Args:
        path: The file.
        columns: What a row has.
        excel: CSV begins with a byte order mark; without one Excel takes UTF-8 for the system's encoding.

    Raises:
        OutputError: It cannot be written, or pyarrow is not installed.
    """
    if path.suffix.lower() == PARQUET:
        needed("pyarrow")
        with beside(path) as part, _ParquetFile(path, part, columns) as table:
            yield table
        return
    encoding = "utf-8-sig" if excel else "utf-8"
    with beside(path, of_lines=True) as part, _CsvFile(path, part, columns, encoding) as csv_table:
        yield csv_table


def names_in(path: Path) -> list[str]:
    """The names of a table's columns.

    Raises:
        OutputError: The file cannot be read, or pyarrow is not installed.
    """
    if path.suffix.lower() == PARQUET:
        return list(_opened_parquet(path).schema_arrow.names)
    return next(_csv_lines(path), [])


def read_rows(path: Path, columns: Sequence[Column]) -> Iterator[dict[str, Any]]:
    """The rows of a table; an empty value is None.

    Raises:
        OutputError: The file cannot be read, or a field is not what its column holds.
    """
    if path.suffix.lower() == PARQUET:
        for batch in _opened_parquet(path).iter_batches():
            yield from batch.to_pylist()
        return
    kinds = {column.name: column.kind for column in columns}
    lines = _csv_lines(path)
    names = next(lines, [])
    parsers = [_PARSERS[kinds.get(name, Kind.TEXT)] for name in names]
    for number, line in enumerate(lines, 2):
        if len(line) != len(names):
            raise OutputError(f"{path} row {number}: has {len(line)} fields; the head has {len(names)}")
        try:
            yield {n: p(text) if text else None for n, p, text in zip(names, parsers, line, strict=True)}
        except ValueError as error:
            raise OutputError(f"{path} row {number}: {error}; was the file edited?") from error


class _CsvFile:
    def __init__(self, path: Path, part: Path, columns: Sequence[Column], encoding: str) -> None:
        self.path, self.rows = path, 0
        self._names = [column.name for column in columns]
        self._kinds = [column.kind for column in columns]
        self._file = part.open("w", encoding=encoding, errors="replace", newline="")
        self._writer = csv.writer(self._file, lineterminator="\n")
        # Python before 3.13 leaves a carriage return bare, which readers take for the end of a row.
        self._quoting_writer = csv.writer(self._file, lineterminator="\n", quoting=csv.QUOTE_ALL)
        with written(path, of_lines=True):
            self._writer.writerow(self._names)

    def add(self, row: Row) -> None:
        fields = [_field(row.get(name)) for name in self._names]
        writer = self._quoting_writer if any("\r" in field for field in fields) else self._writer
        with written(self.path, of_lines=True):
            writer.writerow(fields)
        self.rows += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with written(self.path, of_lines=True):
            self._file.close()


class _ParquetFile:
    def __init__(self, path: Path, part: Path, columns: Sequence[Column]) -> None:
        self._arrow, parquet = needed("pyarrow"), needed("pyarrow.parquet")
        types = {
            Kind.TEXT: self._arrow.string(),
            Kind.INTEGER: self._arrow.int64(),
            Kind.NUMBER: self._arrow.float64(),
            Kind.FLAG: self._arrow.bool_(),
        }
        self.path, self.rows = path, 0
        self._schema = self._arrow.schema([(column.name, types[column.kind]) for column in columns])
        self._numbers = {column.name for column in columns if column.kind is Kind.NUMBER}
        self._group = max(1, _VALUES_A_GROUP // len(columns))
        self._waiting: list[Row] = []
        self._file = parquet.ParquetWriter(str(part), self._schema, compression="zstd")

    def add(self, row: Row) -> None:
        self._waiting.append(row)
        self.rows += 1
        if len(self._waiting) >= self._group:
            self._write_group()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with written(self.path):
            try:
                self._write_group()
            finally:
                self._file.close()

    def _write_group(self) -> None:
        if not self._waiting:
            return
        arrays = [self._arrow.array(self._values(field.name), field.type) for field in self._schema]
        self._waiting.clear()
        with written(self.path):
            self._file.write_batch(self._arrow.record_batch(arrays, schema=self._schema))

    def _values(self, name: str) -> list[Any]:
        values = (row.get(name) for row in self._waiting)
        if name in self._numbers:
            return [None if value is None else as_double(value) for value in values]
        return list(values)


def as_double(value: float) -> float | None:
    """A number as a double; None where it is beyond them all."""
    try:
        return float(value)
    except OverflowError:
        return None


def _field(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        return json.dumps(value)
    return f"'{value}" if _RUN.match(value) else value


def _text(field: str) -> str:
    """The text that a field stands for."""
    return field[1:] if field.startswith("'") and _RUN.match(field) else field


def _number(text: str) -> int | float:
    """A number as JSON has it: an integer where digits are all there is."""
    return float(text) if set(text) & set(".eE") else int(text)


def _flag(text: str) -> bool:
    if text not in ("true", "false"):
        raise ValueError(f"found {text!r}; expected true, false or nothing")
    return text == "true"


_PARSERS: Mapping[Kind, Callable[[str], Any]] = {
    Kind.TEXT: _text,
    Kind.INTEGER: int,
    Kind.NUMBER: _number,
    Kind.FLAG: _flag,
}


def _csv_lines(path: Path) -> Iterator[list[str]]:
    csv.field_size_limit(_LONGEST_FIELD)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            yield from csv.reader(file)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise OutputError(f"{path}: cannot be read as CSV: {error}; expected utf-8 of gouji") from error


def _opened_parquet(path: Path) -> Any:
    arrow, parquet = needed("pyarrow"), needed("pyarrow.parquet")
    try:
        return parquet.ParquetFile(path)
    except (OSError, arrow.ArrowInvalid) as error:
        raise OutputError(f"{path}: cannot be read as Parquet: {error}") from error
