"""Data frames of one extraction, of many, and of what was written before.

Flow:  extractions, files -> records -> rows -> **pandas**

The columns are those of the tables, with types that keep an empty value apart: an integer stays
one (`Int64`), a text is `string`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from gouji.inference.extraction import ExtractedReport
from gouji.inference.outputs.columns import PAGE_COLUMNS, TIDY_COLUMNS, Column, Kind, wide_columns
from gouji.inference.outputs.errors import OutputError, needed
from gouji.inference.outputs.read_back import read_records
from gouji.inference.outputs.records import Record, record_of
from gouji.inference.outputs.rows import Row, page_row
from gouji.inference.outputs.table_files import as_double
from gouji.inference.outputs.tidy import cell_rows
from gouji.inference.outputs.wide import wide_row
from gouji.inference.readers.content import Unread
from gouji.model.forms import Form, load_forms

if TYPE_CHECKING:
    import pandas as pd

FrameShape = Literal["tidy", "wide", "pages"]

_TYPES = {Kind.TEXT: "string", Kind.INTEGER: "Int64", Kind.NUMBER: "Float64", Kind.FLAG: "boolean"}


def frame_of(
    extractions: Iterable[ExtractedReport | Record | Unread],
    shape: FrameShape = "tidy",
    forms: Mapping[str, Form] | None = None,
) -> pd.DataFrame:
    """A data frame of extractions.

    Args:
        extractions: What was extracted, and what could not be read; taken one at a time.
        shape: `tidy`, a row a cell; `wide`, a row a report; `pages`, a row a report without its cells.
        forms: The forms that were looked for; the shipped ones where not given.

    Raises:
        OutputError: pandas is not installed, the shape is none of these, or a form is not known.
    """
    needed("pandas")
    if shape not in get_args(FrameShape):
        raise OutputError(f"shape: found {shape!r}; expected one of {', '.join(get_args(FrameShape))}")
    known = load_forms() if forms is None else forms
    records = map(_record, extractions)
    columns: Sequence[Column]
    rows: Iterator[Row]
    if shape == "wide":
        columns, rows = wide_columns(known), (wide_row(record, known) for record in records)
    elif shape == "pages":
        columns, rows = PAGE_COLUMNS, (page_row(record, known) for record in records)
    else:
        columns, rows = TIDY_COLUMNS, (row for record in records for row in cell_rows(record, known))
    return _frame(columns, rows)


def load_frame(
    path: str | Path, shape: FrameShape = "tidy", forms: Mapping[str, Form] | None = None
) -> pd.DataFrame:
    """A data frame of what `gouji extract` or `gouji convert` wrote: JSON lines, CSV or Parquet.

    Args:
        path: The file.
        shape: As in `frame_of`; it need not be the file's. A wide file does not say where cells stand.
        forms: The forms that were looked for; the shipped ones where not given.

    Raises:
        OutputError: pandas is not installed, or the file cannot be read.
    """
    known = load_forms() if forms is None else forms
    return frame_of(read_records(str(path), known), shape, known)


def _record(answer: ExtractedReport | Record | Unread) -> Record:
    if isinstance(answer, Unread):
        return Record(answer.source, error=answer.error)
    return answer if isinstance(answer, Record) else record_of(answer)


def _frame(columns: Sequence[Column], rows: Iterable[Row]) -> pd.DataFrame:
    pandas = needed("pandas")
    values: dict[str, list[Any]] = {column.name: [] for column in columns}
    for row in rows:
        for name, column_values in values.items():
            column_values.append(row.get(name))
    return pandas.DataFrame(
        {
            column.name: pandas.array(_fitting(column, values[column.name]), dtype=_TYPES[column.kind])
            for column in columns
        }
    )


def _fitting(column: Column, values: list[Any]) -> list[Any]:
    if column.kind is Kind.NUMBER:
        return [None if value is None else as_double(value) for value in values]
    return values
