"""Open a Parquet file, some rows at a time: one of its columns holds the pages.

Flow:  content -> **rows** -> kind -> pages

Columns are found, and rows called, as those of JSON lines are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from gouji.inference.readers.content import Content, Options, Unread
from gouji.inference.readers.json_lines import column_of, columns_of_meta, no_column, page_of
from gouji.inference.readers.registry import needs_extra
from gouji.inference.reading import ReadingError

_ROWS = 64  # read at a time


def unpack(content: Content, options: Options) -> Iterator[Content | Unread]:
    """The pages of a Parquet file; a group of rows that is damaged is said, and the others are read.

    Raises:
        ReadingError: It is damaged as a whole, or has no such column.
    """
    with needs_extra("parquet", content.name):
        import pyarrow
        from pyarrow.parquet import ParquetFile
    faults = (pyarrow.ArrowException, OSError)
    with content.open() as stream:
        try:
            file = ParquetFile(stream, pre_buffer=False, page_checksum_verification=True)
        except faults as error:
            where = f"is a damaged Parquet file ({_first_line(error)})"
            raise ReadingError(f"{content.name}: {where}; fetch it again") from error
        there = dict.fromkeys(file.schema_arrow.names)
        column = column_of(there, options.column)
        if column is None:
            raise ReadingError(f"{content.name}: {no_column(there, options.column)}")
        named = replace(options, column=column)
        told = (name for name in columns_of_meta(options).values() if name in there)
        wanted = list(dict.fromkeys([column, *told]))
        first, last = content.rows or (0, file.metadata.num_rows)
        end = 0  # of the group of rows, by rows
        for group in range(file.num_row_groups):
            number, end = end, end + file.metadata.row_group(group).num_rows
            if end <= first or last <= number:
                continue
            try:
                # Its threads would make this process one that must not be forked.
                batches = file.iter_batches(_ROWS, row_groups=[group], columns=wanted, use_threads=False)
                for batch in batches:
                    if number + batch.num_rows > first:
                        for row, record in enumerate(records_of(batch), number + 1):
                            if first < row <= last:
                                yield page_of(record, f"{content.name}#{row}", named, f"row {row}")
                    number += batch.num_rows
                    if number >= last:
                        return
            except faults as error:
                begin, to = max(number, first) + 1, min(end, last)
                rows = f"rows {begin} to {to} of {file.metadata.num_rows} are lost"
                fault = f"{rows}: group {group + 1} is damaged ({_first_line(error)}); fetch the file again"
                yield Unread(f"{content.name}#{begin}", fault)


def records_of(rows: Any) -> Iterator[dict[str, Any]]:
    """The rows of a table of Arrow, each by its columns; a text that is no UTF-8 comes as its bytes.

    Args:
        rows: A `pyarrow.RecordBatch`, or a `pyarrow.Table`.
    """
    names = rows.schema.names
    for values in zip(*(_values(column) for column in rows.columns), strict=True):
        yield dict(zip(names, values, strict=True))


def _values(column: Any) -> list[Any]:
    try:
        return list(column.to_pylist())
    except UnicodeDecodeError:  # nothing says which: writers do not look at the bytes of a text
        return [_value(scalar) for scalar in column]


def _value(scalar: Any) -> Any:
    try:
        return scalar.as_py()
    except UnicodeDecodeError:
        buffer = getattr(scalar, "as_buffer", None)
        return buffer().to_pybytes() if buffer else str(scalar.type)


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
