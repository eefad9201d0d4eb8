"""SQLite: reports, cells, checks and candidates as tables, and the pages' text to search.

Flow:  records -> **database** -> SQLite, Datasette

Cells stand beside their report by its number, `report`. The text of a page is there where the page still
lies where its answer says and prints the same. It is found by parts of three characters and more, as Chinese
has no blanks between words; shorter ones by LIKE.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from gouji.inference.extraction import State
from gouji.inference.outputs.columns import PAGE_COLUMNS, TIDY_COLUMNS, Column, Kind
from gouji.inference.outputs.errors import OutputError
from gouji.inference.outputs.files import beside
from gouji.inference.outputs.records import Record
from gouji.inference.outputs.rows import LONGEST_INTEGER, page_row
from gouji.inference.outputs.table_files import as_double
from gouji.inference.outputs.tidy import cell_rows
from gouji.inference.outputs.writer import Writer
from gouji.inference.printable import encodable
from gouji.inference.readers.again import page_again
from gouji.inference.readers.content import Options
from gouji.model.forms import Form

_REPORT = Column("report", Kind.INTEGER, "报告", "The number of the report.")
_ELSEWHERE = {"source", "part", "title", "issuer", "year", "status", "candidates"}  # in the other tables
CELL_COLUMNS = (_REPORT, *(column for column in TIDY_COLUMNS if column.name not in _ELSEWHERE))
CHECK_COLUMNS = (
    _REPORT,
    Column("name", Kind.TEXT, "勾稽", "The sum: table/rule/row or column."),
    Column("state", Kind.TEXT, "状态", "holds, fails or unknown."),
    Column("left", Kind.NUMBER, "左边", "What the addends come to."),
    Column("right", Kind.NUMBER, "右边", "What is printed as their sum."),
)
CANDIDATE_COLUMNS = (
    _REPORT,
    Column("key", Kind.TEXT, "键", "The ambiguous cell."),
    Column("rank", Kind.INTEGER, "次序", "1 for the likeliest."),
    Column("value", Kind.NUMBER, "候选值", "The value; empty for a blank."),
)
REPORT_COLUMNS = (*PAGE_COLUMNS, Column("text", Kind.TEXT, "原文", "The page's text."))
_TYPES = {Kind.TEXT: "TEXT", Kind.INTEGER: "INTEGER", Kind.NUMBER: "REAL", Kind.FLAG: "INTEGER"}
_SEARCHED = ("issuer", "title", "text")


class Database(Writer):
    """Writes answers into a database.

    Raises:
        OutputError: It cannot be written.
    """

    def __init__(self, output: Path, known: Mapping[str, Form]) -> None:
        super().__init__()
        self._path, self._known, self._reports = output, known, 0
        self._open = sqlite3.connect(self._stack.enter_context(beside(output)))
        self._stack.callback(self._open.close)
        self._stack.push(self._finish)
        with _said(output):
            self._create()

    def _create(self) -> None:
        self._execute(f"CREATE TABLE reports (id INTEGER PRIMARY KEY, {_declared(REPORT_COLUMNS)})")
        refers = "FOREIGN KEY (report) REFERENCES reports (id)"
        for name, columns in (
            ("cells", CELL_COLUMNS),
            ("checks", CHECK_COLUMNS),
            ("candidates", CANDIDATE_COLUMNS),
        ):
            self._execute(f"CREATE TABLE {name} ({_declared(columns)}, {refers})")

    def write(self, record: Record) -> None:
        self._reports += 1
        with _said(self._path):
            self._write(record, self._reports)

    def _write(self, record: Record, number: int) -> None:
        page = {**page_row(record, self._known), "text": _text_of(record)}
        self._add("reports", (Column("id", Kind.INTEGER, "", ""), *REPORT_COLUMNS), [{"id": number, **page}])
        cells = ({**row, "report": number} for row in cell_rows(record, self._known))
        self._add("cells", CELL_COLUMNS, cells)
        self._add("checks", CHECK_COLUMNS, ({**check, "report": number} for check in record.checks))
        self._add("candidates", CANDIDATE_COLUMNS, _candidates(record, number))

    def summary(self) -> str:
        return f"{self._reports} reports in {self._path}"

    def _add(self, table: str, columns: Sequence[Column], rows: Iterable[Mapping[str, Any]]) -> None:
        _insert(self._open, table, columns, rows)

    def _execute(self, statement: str) -> None:
        self._open.execute(statement)

    def _finish(self, broken: object, *_: object) -> None:
        """Index it, make the text searchable, and write all out, unless it broke off."""
        if broken is None:
            with _said(self._path):
                self._index()
                self._open.commit()

    def _index(self) -> None:
        for table in ("cells", "checks", "candidates"):
            self._execute(f"CREATE INDEX {table}_report ON {table} (report)")
        self._execute("CREATE INDEX cells_key ON cells (key)")
        searched = ", ".join(_SEARCHED)
        self._execute(  # Datasette knows what a table is searched by from content="…", so quoted
            f"CREATE VIRTUAL TABLE reports_fts USING FTS5"
            f'({searched}, content="reports", content_rowid="id", tokenize="trigram")'
        )
        self._execute("INSERT INTO reports_fts (reports_fts) VALUES ('rebuild')")


@contextmanager
def _said(path: Path) -> Iterator[None]:
    """Say in a database's name that it cannot be written.

    Raises:
        OutputError: The disk is full, or the like.
    """
    try:
        yield
    except sqlite3.Error as error:
        fault = f"{path}: cannot be written: {error}; make room, or name another file"
        raise OutputError(fault) from error


def write_table(path: Path, name: str, columns: Sequence[Column], rows: Iterable[Mapping[str, Any]]) -> None:
    """Add a table to a database.

    Raises:
        OutputError: It cannot be written.
    """
    with _said(path), closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(f"CREATE TABLE {_quoted(name)} ({_declared(columns)})")
        _insert(connection, name, columns, rows)


def _insert(
    connection: sqlite3.Connection, table: str, columns: Sequence[Column], rows: Iterable[Mapping[str, Any]]
) -> None:
    places = ", ".join("?" * len(columns))
    names = ", ".join(_quoted(column.name) for column in columns)
    statement = f"INSERT INTO {_quoted(table)} ({names}) VALUES ({places})"
    connection.executemany(statement, ([_value(row.get(c.name), c.kind) for c in columns] for row in rows))


def _value(value: Any, kind: Kind) -> Any:
    if value is None:
        return None
    if isinstance(value, str):
        return encodable(value)
    if kind is Kind.NUMBER:
        return as_double(value)
    return int(value) if abs(value) < LONGEST_INTEGER else None


def _declared(columns: Sequence[Column]) -> str:
    return ", ".join(f"{_quoted(column.name)} {_TYPES[column.kind]}" for column in columns)


def _quoted(name: str) -> str:
    """A name as SQL has it, whatever it holds."""
    return '"' + name.replace('"', '""') + '"'


def _candidates(record: Record, number: int) -> Iterator[dict[str, Any]]:
    for cell in record.cells:
        if cell.state is State.AMBIGUOUS:
            for rank, value in enumerate(cell.candidates, 1):
                yield {"report": number, "key": cell.key, "rank": rank, "value": value}


def _text_of(record: Record) -> str | None:
    """The text of a record's page, where that is still what it was."""
    if record.error is not None:
        return None
    printed = [(cell.start, cell.end, cell.raw) for cell in record.cells]
    page = page_again(record.source, record.part, printed, None, Options(None))
    return None if page is None else page.text
