r"""Open a dump of a database: the rows that its statements insert, as records, or as the rows of a table.

Flow:  text -> statements -> **records** -> values -> pages

MySQL's, SQLite's, PostgreSQL's and Navicat's `INSERT INTO … VALUES`, and `COPY … FROM stdin`. A column is
called as the statement or the table's `CREATE` calls it, else by its number. What the strings hold is looked
through as those of JSON are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from gouji.inference.readers.content import Content, Options, Unread
from gouji.inference.readers.json_pages import pages_of_values
from gouji.inference.readers.json_values import Figure
from gouji.inference.reading import page_of_bytes

_NAME = r"[`\"\[]?(?:\w+[`\"\]]?\.[`\"\[]?)?(\w+)[`\"\]]?"
_INSERT = re.compile(
    rf"(?i)\b(?:INSERT\s+(?:IGNORE\s+)?|REPLACE\s+)INTO\s+{_NAME}\s*(?:\(([^()]*)\)\s*)?VALUES\s*(?=\()"
)
_COPY = re.compile(rf"(?im)^COPY\s+{_NAME}\s*\(([^()]*)\)\s+FROM\s+stdin;[^\n]*\n")
_CREATE = re.compile(rf"(?i)\bCREATE\s+TABLE\s+(?:IF\s+NOT\s+EXISTS\s+)?{_NAME}\s*\((.*?)\n\s*\)", re.DOTALL)
_COLUMN = re.compile(
    r"\s*[`\"\[](\w+)[`\"\]]\s|\s*(?!(?:PRIMARY|UNIQUE|KEY|INDEX|CONSTRAINT|FOREIGN|CHECK)\b)(\w+)\s"
)
_VALUE = re.compile(
    r"\s*(?:[NE]?'(?P<text>(?:[^'\\]|\\.|'')*)'|(?P<bare>[^\s,()']+(?:\([^()]*\))?))\s*(?P<end>[,)])",
    re.DOTALL,
)
_ESCAPE = re.compile(r"\\(.)|''", re.DOTALL)
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "0": "", "Z": ""}
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def unpack(content: Content, options: Options) -> Iterator[Content | Unread]:
    """The pages in the rows of a dump.

    Raises:
        ReadingError: It cannot be decoded.
    """
    text = page_of_bytes(content.whole(), content.name, options.encoding or content.charset).text
    yield from pages_of_values([tables_of_sql(text)], content.name, options.column, "SQL")


def tables_of_sql(text: str) -> dict[str, list[dict[str, Any]]]:
    """The rows that a text inserts, by their tables.

    >>> tables_of_sql("INSERT INTO t VALUES (1,'规章',NULL),(2,'it''s','')")
    {'t': [{'c1': '1', 'c2': '规章', 'c3': None}, {'c1': '2', 'c2': "it's", 'c3': ''}]}
    """
    columns = {table[1]: list(_columns(table[2])) for table in _CREATE.finditer(text)}
    found: dict[str, list[dict[str, Any]]] = {}
    behind = 0  # a statement within a string is none
    for statement in _INSERT.finditer(text):
        if statement.start() < behind:
            continue
        named = _named(statement[2]) or columns.get(statement[1], [])
        rows, behind = _rows(text, statement.end())
        found.setdefault(statement[1], []).extend(_record(row, named) for row in rows)
    for copied in _COPY.finditer(text):
        lines = text[copied.end() :].partition("\n\\.")[0].split("\n")
        rows = [[_copied(cell) for cell in line.split("\t")] for line in lines]
        found.setdefault(copied[1], []).extend(_record(row, _named(copied[2])) for row in rows)
    return found


def _columns(body: str) -> Iterator[str]:
    """The columns of a table, as the lines of its definition call them."""
    for line in body.split("\n"):
        if (column := _COLUMN.match(line)) is not None:
            yield column[1] or column[2]


def _named(written: str | None) -> list[str]:
    return [name.strip(' \t\r\n`"[]') for name in written.split(",")] if written else []


def _rows(text: str, at: int) -> tuple[list[list[Any]], int]:
    """The rows of values from a bracket on, and where the last of them ends."""
    rows: list[list[Any]] = []
    while (opening := re.compile(r"\s*,?\s*\(").match(text, at)) is not None:
        row: list[Any] = []
        place = opening.end()
        while (value := _VALUE.match(text, place)) is not None:
            row.append(_value(value))
            place = value.end()
            if value["end"] == ")":
                break
        else:
            break  # it is cut off, or says what no value is
        rows.append(row)
        at = place
    return rows, at


def _value(found: re.Match[str]) -> Any:
    if found["text"] is not None:
        return _ESCAPE.sub(
            lambda escape: _ESCAPED.get(escape[1], escape[1]) if escape[1] else "'", found["text"]
        )
    bare = found["bare"]
    return None if bare.upper() == "NULL" else Figure(bare) if _NUMBER.fullmatch(bare) else bare


def _copied(cell: str) -> str | None:
    """A cell of PostgreSQL's own form."""
    if cell == r"\N":
        return None
    return _ESCAPE.sub(lambda escape: _ESCAPED.get(escape[1] or "", escape[1] or "''"), cell)


def _record(row: Sequence[Any], names: Sequence[str]) -> dict[str, Any]:
    keys = names if len(names) == len(row) else [f"c{place}" for place in range(1, len(row) + 1)]
    return dict(zip(keys, row, strict=True))
