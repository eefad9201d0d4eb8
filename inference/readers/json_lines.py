"""Open JSON lines: a record a line, one of whose columns holds a page.

Flow:  content -> **JSON lines** -> kind -> pages

The column is named with --column; where it is not, `html` or `text` is taken. A record that has a
`url` is called by it, any other by its number. `url`, `fetched` and what --meta names go along.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from typing import Any, BinaryIO, cast

from gouji.inference.readers.archives import LARGEST
from gouji.inference.readers.content import Content, Options, Unread
from gouji.inference.reading import ReadingError, common_share
from gouji.model.provenance import Provenance

_COLUMNS = ("html", "text")  # where none is named
_ADDRESS = "url"
_FETCHED = "fetched"
_COMMON = 0.9  # of the Chinese characters that are in GB 2312; see gouji.inference.reading
_GZIP = b"\x1f\x8b"


def unpack(content: Content, options: Options) -> Iterator[Content | Unread]:
    """The pages of a file of JSON lines, or of one JSON value over several; also of one that is compressed.

    Raises:
        ReadingError: It is compressed, and cut off or damaged; what stands before has been given.
    """
    try:
        records = _whole(content)
        if records is not None:
            for number, record in enumerate(records, 1):
                yield _page(record, f"{content.name}#{number}", options, f"record {number}")
            return
        with _opened(content) as file:
            lines = ((number, line) for number, line in enumerate(file, 1) if line.strip())
            for given, (number, line) in enumerate(lines, 1):
                yield _line(line, number, f"{content.name}#{given}", options)
    except (EOFError, OSError, zlib.error) as error:
        raise ReadingError(f"{content.name}: is cut off or damaged ({error}); fetch it again") from error


@contextmanager
def _opened(content: Content) -> Iterator[BinaryIO]:
    packed = content.head().startswith(_GZIP)
    with content.open() as raw, gzip.open(raw) if packed else nullcontext(raw) as file:
        yield cast(BinaryIO, file)


def _whole(content: Content) -> list[Any] | None:
    """The records of a file that is one JSON value; None where each line is one, or the file none."""
    with _opened(content) as file:
        first = next((line for line in file if line.strip()), b"")
        if isinstance(_value(first), dict):
            return None
        rest = file.read(LARGEST)
    value = _value(first + rest)
    return value if isinstance(value, list) else [value] if isinstance(value, dict) else None


def _value(written: bytes) -> Any:
    """What JSON says; None where it is none."""
    try:
        return json.loads(_decoded(written))
    except (ValueError, RecursionError):
        return None


def _decoded(written: bytes) -> str:
    """JSON is utf-8; an export that is not, and decodes wholly into common Chinese, is of the GB family."""
    try:
        return written.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = written.decode("gb18030")
        if common_share(text) < _COMMON:
            raise
        return text


def _line(line: bytes, number: int, name: str, options: Options) -> Content | Unread:
    try:
        record = json.loads(_decoded(line))
    except (ValueError, RecursionError) as error:
        return Unread(name, f"line {number} is no JSON ({error}); expected an object on each line")
    return _page(record, name, options, f"line {number}")


def _page(record: Any, name: str, options: Options, place: str) -> Content | Unread:
    if not isinstance(record, dict):
        return Unread(name, f"{place} is no JSON object; expected one on each line, with the page in it")
    return page_of(record, name, options, place)


def page_of(record: Mapping[str, Any], name: str, options: Options, place: str) -> Content | Unread:
    """The page that a record holds.

    Args:
        record: By its columns.
        name: What it is called where it has no address.
        options: Which column holds the page, and which go along, where they are named.
        place: Where the record stands.
    """
    address = record.get(_ADDRESS)
    name = address if isinstance(address, str) and address else name
    found = column_of(record, options.column)
    if found is None:
        return Unread(name, f"{place} {no_column(record, options.column)}")
    page, told = record[found], _provenance(record, options)
    if isinstance(page, bytes):
        return Content(name, page, provenance=told)
    if not isinstance(page, str) or not page.strip():
        return Unread(name, f'{place}: the column "{found}" holds no text; expected a page')
    return Content(name, page.encode("utf-8", "replace"), charset="utf-8", decoded=True, provenance=told)


def columns_of_meta(options: Options) -> dict[str, str]:
    """The columns that tell where a page came from: name -> column."""
    return {_ADDRESS: _ADDRESS, _FETCHED: _FETCHED, **dict(options.meta)}


def _provenance(record: Mapping[str, Any], options: Options) -> Provenance:
    told = {}
    for name, column in columns_of_meta(options).items():
        value = record.get(column)
        if value is not None and value != "":
            told[name] = value if isinstance(value, str) else _written(value)
    own = {name: told.pop(name, None) for name in (_ADDRESS, _FETCHED)}
    return Provenance(own[_ADDRESS], own[_FETCHED], columns=tuple(told.items()))


def _written(value: Any) -> str:
    """A value that is no text as one: a time as ISO 8601 has it, all else as JSON."""
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    return json.dumps(value, ensure_ascii=False, default=str)


def column_of(columns: Mapping[str, Any], named: str | None) -> str | None:
    """The column that holds the page, of those that there are."""
    return next((column for column in ((named,) if named else _COLUMNS) if column in columns), None)


def no_column(columns: Mapping[str, Any], named: str | None) -> str:
    """That there is no such column, and what to do."""
    wanted = f'"{named}"' if named else " or ".join(f'"{column}"' for column in _COLUMNS)
    there = ", ".join(f'"{column}"' for column in list(columns)[:10]) or "none"
    return f"has no column {wanted}; it has {there}: name the page's with --column"
