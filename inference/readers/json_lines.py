"""Open JSON lines: a record a line, one of whose columns holds a page.

Flow:  content -> **JSON lines** -> kind -> pages

The column is named with --column; where it is not, `html` or `text` is taken. A record that has a
`url` is called by it, any other by its number.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from contextlib import nullcontext
from typing import Any

from gouji.inference.readers.content import Content, Options, Unread
from gouji.inference.reading import ReadingError

_COLUMNS = ("html", "text")  # where none is named
_ADDRESS = "url"
_GZIP = b"\x1f\x8b"


def unpack(content: Content, options: Options) -> Iterator[Content | Unread]:
    """The pages of a file of JSON lines; also of one that is compressed.

    Raises:
        ReadingError: It is compressed, and cut off or damaged; what stands before has been given.
    """
    packed = content.head().startswith(_GZIP)
    with content.open() as raw, gzip.open(raw) if packed else nullcontext(raw) as file:
        try:
            lines = ((number, line) for number, line in enumerate(file, 1) if line.strip())
            for given, (number, line) in enumerate(lines, 1):
                yield _line(line, number, f"{content.name}#{given}", options.column)
        except (EOFError, OSError, zlib.error) as error:
            raise ReadingError(f"{content.name}: is cut off or damaged ({error}); fetch it again") from error


def _line(line: bytes, number: int, name: str, column: str | None) -> Content | Unread:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Unread(name, f"line {number} is no JSON ({error}); expected an object on each line")
    if not isinstance(record, dict):
        return Unread(
            name, f"line {number} is no JSON object; expected one on each line, with the page in it"
        )
    return page_of(record, name, column, f"line {number}")


def page_of(record: Mapping[str, Any], name: str, column: str | None, place: str) -> Content | Unread:
    """The page that a record holds.

    Args:
        record: By its columns.
        name: What it is called where it has no address.
        column: The one that holds the page, where that is named.
        place: Where the record stands.
    """
    address = record.get(_ADDRESS)
    name = address if isinstance(address, str) and address else name
    found = column_of(record, column)
    if found is None:
        return Unread(name, f"{place} {no_column(record, column)}")
    page = record[found]
    if isinstance(page, bytes):
        return Content(name, page)
    if not isinstance(page, str) or not page.strip():
        return Unread(name, f'{place}: the column "{found}" holds no text; expected a page')
    return Content(name, page.encode("utf-8", "replace"), charset="utf-8")


def column_of(columns: Mapping[str, Any], named: str | None) -> str | None:
    """The column that holds the page, of those that there are."""
    return next((column for column in ((named,) if named else _COLUMNS) if column in columns), None)


def no_column(columns: Mapping[str, Any], named: str | None) -> str:
    """That there is no such column, and what to do."""
    wanted = f'"{named}"' if named else " or ".join(f'"{column}"' for column in _COLUMNS)
    there = ", ".join(f'"{column}"' for column in list(columns)[:10]) or "none"
    return f"has no column {wanted}; it has {there}: name the page's with --column"
