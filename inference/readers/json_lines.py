"""Open JSON: lines of records, a list of them, or one value that is an answer, a document or a table.

Flow:  content -> **values** -> kind -> pages

A record holds its page in a column: the one that is named with --column, or `html`, or `text`. One that
has a `url` is called by it, any other by its number. Where there is no such column, what the whole value
is decides (`json_pages`). Lines are read one at a time, unless the file is small and each line a piece.
`url`, `fetched` and what --meta names go along.
"""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from typing import Any, BinaryIO, cast

from gouji.inference.limits import limits
from gouji.inference.printable import encodable
from gouji.inference.readers.content import Content, Options, Unread
from gouji.inference.readers.json_pages import holds_page, pages_of_values
from gouji.inference.readers.json_search import tables_named
from gouji.inference.readers.json_shapes import is_flat
from gouji.inference.readers.json_text import Sentences, values_in
from gouji.inference.readers.json_tools import is_piece, tool_markup
from gouji.inference.readers.json_values import Figure, decoded, value_of
from gouji.inference.reading import ReadingError
from gouji.model.provenance import Provenance

_COLUMNS = ("html", "text")  # where none is named
_ADDRESS = "url"
_FETCHED = "fetched"
_GZIP = b"\x1f\x8b"
_MOST_PIECES = 2000  # lines that may be one page together; a report has some 60 rows


def unpack(content: Content, options: Options) -> Iterator[Content | Unread]:
    """The pages of a file of JSON lines, or of values over several; also of one that is compressed.

    Raises:
        ReadingError: It is compressed, and cut off or damaged; what stands before has been given. Or it
            is no JSON, or nests too deep.
    """
    try:
        if not _begins_with_a_record(content):
            yield from _whole(content, options)
            return
        pieces = _pieces(content)
        if pieces is not None:
            yield from pages_of_values(pieces, content.name, options.column)
            return
        with _opened(content) as file:
            lines = ((number, line) for number, line in enumerate(_lines(file), 1) if line.strip())
            for given, (number, line) in enumerate(lines, 1):
                yield from _line(line, number, f"{content.name}#{given}", options)
    except (EOFError, OSError, zlib.error) as error:
        raise ReadingError(f"{content.name}: is cut off or damaged ({error}); fetch it again") from error


@contextmanager
def _opened(content: Content) -> Iterator[BinaryIO]:
    packed = content.head().startswith(_GZIP)
    with content.open() as raw, gzip.open(raw) if packed else nullcontext(raw) as file:
        yield cast(BinaryIO, file)


def _lines(file: BinaryIO) -> Iterator[bytes]:
    """The lines; of one that is too long no more than shows that it is."""
    while line := file.readline(limits().bytes + 1):
        yield line
        is_whole = len(line) <= limits().bytes or line.endswith(b"\n")
        while not is_whole and (rest := file.readline(limits().bytes)):
            is_whole = rest.endswith(b"\n")


def _begins_with_a_record(content: Content) -> bool:
    """Whether the first line that is not empty is an object for itself."""
    with _opened(content) as file:
        first = next((line for line in _lines(file) if line.strip()), b"")
    return isinstance(_value(first), dict)


def _pieces(content: Content) -> list[Any] | None:
    """The lines of a file that are one page together: one value, a table's rows, a document's parts."""
    with _opened(content) as file:
        values: list[Any] = []
        for line in _lines(file):
            if line.strip():
                values.append(_value(line))
                if len(values) > 1 and not _may_be_piece(values[0]):
                    return None
            if len(values) > _MOST_PIECES:
                return None
    if len(values) == 1:
        return None if _page_column(values[0]) else values
    if not all(isinstance(value, dict) for value in values):
        return None
    return [values] if holds_page(values) else None


def _may_be_piece(value: Any) -> bool:
    return is_piece(value) or (is_flat(value) and _page_column(value) is None and not holds_page(value))


def _whole(content: Content, options: Options) -> Iterator[Content | Unread]:
    """The pages of a file that is one value, or holds some among other text."""
    with _opened(content) as file:
        data = file.read(limits().bytes + 1)
    if len(data) > limits().bytes:
        raise ReadingError(
            f"{content.name}: has {limits().reached('bytes')}; or write its records as JSON lines"
        )
    try:
        text = decoded(data)
        values = [Sentences(text)] if _is_text(text) else values_in(text)
    except ValueError as error:
        fault = f"{content.name}: is JSON that cannot be read ({error}); fetch it again, or mend it there"
        raise ReadingError(fault) from error
    (first, *others) = values
    records = first if isinstance(first, list) else [first]
    if others or not _are_records(records, options.column):
        yield from pages_of_values(values, content.name, options.column)
        return
    for number, record in enumerate(records, 1):
        yield from _page(record, f"{content.name}#{number}", options, f"record {number}")


def _is_text(text: str) -> bool:
    """Whether a file that does not begin as JSON holds tables as text, and none in JSON that can be read."""
    if text.lstrip("\ufeff \r\n\t")[:1] in ("[", "{", '"') or not tables_named(text):
        return False
    try:
        values = values_in(text)
    except ValueError:
        return True
    return not any(holds_page(value) for value in values if not isinstance(value, Sentences))


def _are_records(values: Sequence[Any], column: str | None) -> bool:
    """Whether each value has a page of its own in a column."""
    objects = [value for value in values if isinstance(value, dict)]
    if not objects or len(objects) * 2 < len(values):
        return False
    return (
        any(column in each if column else _page_column(each) for each in objects)
        and tool_markup(list(values)) is None
    )


def _value(written: bytes) -> Any:
    """What JSON says; None where it is none."""
    try:
        return value_of(decoded(written))
    except ValueError:
        return None


def _line(line: bytes, number: int, name: str, options: Options) -> Iterator[Content | Unread]:
    if len(line) > limits().bytes:
        yield Unread(name, f"line {number} has {limits().reached('bytes')}")
        return
    try:
        record = value_of(decoded(line))
    except ValueError as error:
        yield Unread(name, f"line {number} is no JSON ({error}); expected an object on each line")
        return
    yield from _page(record, name, options, f"line {number}")


def _page(record: Any, name: str, options: Options, place: str) -> Iterator[Content | Unread]:
    """The pages of a record: its column's, or what is found in it."""
    if not isinstance(record, dict):
        yield Unread(name, f"{place} is no JSON object; expected one on each line, with the page in it")
    elif column_of(record, options.column) is None and (options.column or holds_page(record)):
        address = record.get(_ADDRESS)
        found = list(
            pages_of_values(
                [record], address if isinstance(address, str) and address else name, options.column
            )
        )
        is_there = any(isinstance(page, Content) for page in found)
        yield from found if is_there else [page_of(record, name, options, place)]
    else:
        yield page_of(record, name, options, place)


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
    if not isinstance(page, str) or isinstance(page, Figure) or not page.strip():
        return Unread(name, f'{place}: the column "{found}" holds no text; expected a page')
    return Content(name, encodable(page).encode(), charset="utf-8", decoded=True, provenance=told)


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
    """A value that is no text as one: a time as ISO 8601 has it, bytes decoded, all else as JSON."""
    if hasattr(value, "isoformat"):
        return str(value.isoformat())
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    return json.dumps(_plain(value), ensure_ascii=False, default=str)


def _plain(value: Any) -> Any:
    """A value whose numbers are numbers again, not their print."""
    if isinstance(value, Figure):
        return json.loads(value)
    if isinstance(value, dict):
        return {name: _plain(held) for name, held in value.items()}
    return [_plain(held) for held in value] if isinstance(value, list) else value


def _page_column(value: Any) -> str | None:
    """The column of a record that holds a text."""
    found = column_of(value, None) if isinstance(value, dict) else None
    return found if found is not None and isinstance(value[found], str) else None


def column_of(columns: Mapping[str, Any], named: str | None) -> str | None:
    """The column that holds the page, of those that there are."""
    return next((column for column in ((named,) if named else _COLUMNS) if column in columns), None)


def no_column(columns: Mapping[str, Any], named: str | None) -> str:
    """That there is no such column, and what to do."""
    wanted = f'"{named}"' if named else " or ".join(f'"{column}"' for column in _COLUMNS)
    there = ", ".join(f'"{column}"' for column in list(columns)[:10]) or "none"
    return f"has no column {wanted}; it has {there}: name the page's with --column"
