"""Extract reports within a pipeline of Ray Data: one class for `map_batches`.

Flow:  rows with pages -> **an actor's batches** -> rows with answers

    pages = ray.data.read_parquet("s3://crawl/pages")
    answers = pages.map_batches(ReportRows, batch_format="pyarrow", batch_size=64, concurrency=8)
    answers.write_parquet("s3://crawl/answers")

Nothing is raised for a page: one that cannot be read is a row with the status `error`.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from gouji.inference.batch import Settings
from gouji.inference.engines.rows import PlacedRow, Row, RowReader
from gouji.inference.engines.stretches import EXTRA
from gouji.inference.limits import limits_with
from gouji.inference.outputs.errors import needed
from gouji.inference.readers import Content, Unread
from gouji.inference.readers.json_lines import column_of, page_of
from gouji.inference.readers.parquet import records_of

PREFIX = "gouji_"  # of the columns that are added, so that they are not taken for those that are there
_UNNAMED = "<row>"


class ReportRows:
    """Answers batches of pages; Ray Data makes one of it for each actor, which keeps its model.

    Of a page that holds several reports come several rows. Each has what its page's row had, but for the
    page, and `gouji_source`, `gouji_status`, `gouji_error` and `gouji_answer`, the JSON object that
    `gouji extract` prints.

    Args:
        column: That holds the pages, as texts or bytes; `html` or `text` where not given.
        keep: The columns that go along; all but that of the pages where not given.
        meta: Columns that the answers name, too: name -> column.
        encoding: Of bytes that do not say theirs, such as `gb18030`.
        model: A model folder of your own, that all machines see.
        forms: TOML files of forms of your own, likewise.
        limits: What a page may take, such as `["seconds=120"]`, where that is not the default.
    """

    def __init__(
        self,
        column: str | None = None,
        *,
        keep: Sequence[str] | None = None,
        meta: Mapping[str, str] | None = None,
        encoding: str | None = None,
        model: str | os.PathLike[str] | None = None,
        forms: Sequence[str | os.PathLike[str]] = (),
        limits: Sequence[str] = (),
    ) -> None:
        self._keep = keep
        self._settings = Settings(
            None if model is None else Path(model),
            encoding,
            tuple(map(Path, forms)),
            column,
            tuple((meta or {}).items()),
            limits=limits_with(limits),
        )
        self._reader = RowReader(self._settings)

    def __call__(self, batch: Any) -> Any:
        """The rows of a batch's reports, in its order.

        Args:
            batch: A `pyarrow.Table`.

        Raises:
            TypeError: It is none.
            GoujiError: The model or a form cannot be loaded.
        """
        pyarrow = needed("pyarrow", EXTRA)
        if not isinstance(batch, pyarrow.Table):
            found = type(batch).__name__
            raise TypeError(f'expected a pyarrow.Table, got {found}; give map_batches batch_format="pyarrow"')
        page = column_of(dict.fromkeys(batch.column_names), self._settings.column)
        names = [name for name in batch.column_names if name != page] if self._keep is None else self._keep
        rows = list(self._reader.rows(self._contents(batch)))
        answers = _answers(rows)
        kept = batch.select(list(names)).take(
            pyarrow.array([each.at.input for each in rows], pyarrow.int64())
        )
        for name, values in answers.items():
            kept = kept.append_column(name, pyarrow.array(values, pyarrow.string()))
        return kept

    def _contents(self, batch: Any) -> Iterator[Content | Unread]:
        options = self._settings.options
        for number, record in enumerate(records_of(batch), 1):
            yield page_of(record, _UNNAMED, options, f"row {number} of its batch")


def _answers(rows: Sequence[PlacedRow]) -> dict[str, list[str | None]]:
    """The columns that are added, by name."""
    return {
        f"{PREFIX}{field.name}": [getattr(each.row, field.name) for each in rows] for field in fields(Row)
    }
