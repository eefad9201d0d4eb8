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
    """The pages of a Parquet file.

    Raises:
        ReadingError: It is damaged, or has no such column.
    """
    with needs_extra("parquet", content.name):
        import pyarrow
        from pyarrow.parquet import ParquetFile
    number = 0
    with content.open() as stream:
        try:
            file = ParquetFile(stream, pre_buffer=False)
            there = dict.fromkeys(file.schema_arrow.names)
            column = column_of(there, options.column)
            if column is None:
                raise ReadingError(f"{content.name}: {no_column(there, options.column)}")
            named = replace(options, column=column)
            told = (name for name in columns_of_meta(options).values() if name in there)
            wanted = list(dict.fromkeys([column, *told]))
            # Its threads would make this process one that must not be forked.
            for batch in file.iter_batches(_ROWS, columns=wanted, use_threads=False):
                for record in batch.to_pylist():
                    number += 1
                    yield page_of(record, f"{content.name}#{number}", named, f"row {number}")
        except (pyarrow.ArrowException, OSError) as error:
            where = f"is a damaged Parquet file ({str(error).splitlines()[0]})"
            raise ReadingError(f"{content.name}: {where}; fetch it again") from error
