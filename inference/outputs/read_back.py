"""Read answers back from whatever they were written to: JSON lines, tables of cells, wide tables.

Flow:  JSON lines, CSV, Parquet -> **records** -> any output

A table of cells is read with the table of pages beside it, row for row; without that file, what
the cells' rows say is all there is.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, islice
from pathlib import Path
from typing import Any

from gouji.inference.outputs.columns import PAGE_COLUMNS, TIDY_COLUMNS, wide_columns
from gouji.inference.outputs.errors import OutputError
from gouji.inference.outputs.records import Record, record_of_line
from gouji.inference.outputs.table_files import TABLE_SUFFIXES, names_in, read_rows
from gouji.inference.outputs.tidy import record_of_rows
from gouji.inference.outputs.wide import record_of_wide_row
from gouji.model.forms import Form

STDIN = "-"
# The columns by which a table of gouji is known.
_TIDY, _WIDE, _PAGES = (
    {"source", "key", "state"},
    {"source", "forms", "missing"},
    {"source", "forms", "cells"},
)
_ANSWERS = ("answer", "gouji_answer")  # of engines: a line of JSON in each row, beside the page's status
_OTHERS = (
    {"table", "column", "meaning"},  # the data dictionary
    {"panel_id", "year", "carry_over"},
    {"variable", "meaning", "comparable"},  # a panel's codebook
    {"issuer", "year", "copies_differ"},  # its coverage
    {"issuer", "kind", "check", "told"},  # contradictions
)


def read_records(name: str, known: Mapping[str, Form]) -> Iterator[Record]:
    """The records of a file, one at a time; `-` is JSON lines on standard input.

    Raises:
        OutputError: The file cannot be read, or is none that gouji writes.
    """
    if name == STDIN:
        for number, line in enumerate(sys.stdin.buffer, 1):
            if line.strip():
                yield record_of_line(line, f"standard input line {number}")
        return
    path = Path(name)
    if path.suffix.lower() not in TABLE_SUFFIXES:
        yield from read_json_lines(path)
        return
    names = set(names_in(path))
    if names >= _TIDY:
        yield from _of_cells(path, known)
    elif names >= _WIDE:
        for row in read_rows(path, wide_columns(known)):
            yield record_of_wide_row(row, known)
    elif column := _answers_in(names):
        for number, row in enumerate(read_rows(path, ()), 1):
            yield record_of_line(row[column], f"{path} row {number}")
    elif names >= _PAGES:
        raise OutputError(
            f"{path}: holds pages without their cells; name the table of cells that it lies beside"
        )
    else:
        raise OutputError(f"{path}: is no table of gouji: it lacks the columns source, key and state")


def is_own_table_file(path: Path) -> bool:
    """Whether a file is a table that gouji writes, by its ending and its columns."""
    return path.suffix.lower() in TABLE_SUFFIXES and is_own_table(names_in(path))


def is_own_table(names: Iterable[str]) -> bool:
    """Whether a table with these columns is one that gouji writes."""
    held = set(names)
    return any(held >= known for known in (_TIDY, _WIDE, _PAGES, *_OTHERS)) or _answers_in(held) is not None


def _answers_in(names: set[str]) -> str | None:
    """The column that holds the answers of an engine."""
    return next((name for name in _ANSWERS if {name, name.replace("answer", "status")} <= names), None)


def read_json_lines(path: Path) -> Iterator[Record]:
    """The records of a file of JSON lines, one at a time.

    Raises:
        OutputError: The file cannot be read, or a line is faulty.
    """
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield record_of_line(line, f"{path} line {number}")
    except OSError as error:
        raise OutputError(f"{path}: cannot be read: {error.strerror}; check the path") from error


def pages_beside(path: Path) -> Path:
    """The table of pages that belongs to a table of cells.

    >>> str(pages_beside(Path("out/cells.csv")))
    'out/cells.pages.csv'
    """
    return path.with_name(f"{path.stem}.pages{path.suffix}")


def _of_cells(path: Path, known: Mapping[str, Form]) -> Iterator[Record]:
    cells = read_rows(path, TIDY_COLUMNS)
    beside = pages_beside(path)
    if not beside.exists():
        for _, rows in groupby(cells, _page_of):
            yield record_of_rows(None, list(rows), known)
        return
    for page in read_rows(beside, PAGE_COLUMNS):
        rows_of_page = list(islice(cells, page["cells"]))
        if len(rows_of_page) < page["cells"] or any(_page_of(row) != _page_of(page) for row in rows_of_page):
            raise OutputError(
                f"{path}: its rows are not the {page['cells']} cells of {page['source']} that"
                f" {beside} tells of; if some were taken out, move {beside.name} away to read what is left"
            )
        yield record_of_rows(page, rows_of_page, known)
    if next(cells, None) is not None:
        raise OutputError(
            f"{path}: has more rows than {beside} tells of; move {beside.name} away to read them"
        )


def _page_of(row: Mapping[str, Any]) -> tuple[str, int | None]:
    return row["source"], row.get("part")
