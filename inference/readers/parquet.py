"""Open a Parquet file, some rows at a time: one of its columns holds the pages.

Flow:  content -> **rows** -> kind -> pages

Columns are found, and rows called, as those of JSON lines are.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

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
        end = 0  # of the group of rows, by rows
        for group in range(file.num_row_groups):
            number, end = end, end + file.metadata.row_group(group).num_rows
            try:
                # Its threads would make this process one that must not be forked.
                batches = file.iter_batches(_ROWS, row_groups=[group], columns=wanted, use_threads=False)
                for record in (record for batch in batches for record in batch.to_pylist()):
                    number += 1
                    yield page_of(record, f"{content.name}#{number}", named, f"row {number}")
            except (*faults, UnicodeDecodeError) as error:
                rows = f"rows {number + 1} to {end} of {file.metadata.num_rows} are lost"
                fault = f"{rows}: group {group + 1} is damaged ({_first_line(error)}); fetch the file again"
                yield Unread(f"{content.name}#{number + 1}", fault)


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]
