"""What a JSON value says: numbers as they are printed, keys that come twice, no deeper than any page needs.

Flow:  bytes -> text -> **value** -> pages
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from gouji.inference.limits import limits
from gouji.inference.reading import common_share
from gouji.model.page import GHOST

DEEPEST = 64  # levels of lists and objects; the deepest that a converter writes have some 20
_COMMON = 0.9  # of the Chinese characters that are in GB 2312; see gouji.inference.reading


class Figure(str):
    """A number of JSON as it is printed: `1204.50`."""

    __slots__ = ()


class TooMuch(ValueError):
    """Values within values, deeper than any that holds a page, or more of them than the limit."""


def decoded(written: bytes) -> str:
    """JSON is utf-8; an export that is not, and decodes wholly into common Chinese, is of the GB family.

    Raises:
        UnicodeDecodeError: It is in no encoding that is known for sure.
    """
    for mark, codec in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if written.startswith(mark):
            return written[2:].decode(codec)
    try:
        return written.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = written.decode("gb18030")
        if common_share(text) < _COMMON:
            raise
        return text


def value_of(text: str) -> Any:
    """The one value that a text is.

    >>> value_of('{"规章": {"制发": 3, "有效": null}}')
    {'规章': {'制发': '3', '有效': None}}

    Raises:
        ValueError: It is none, or holds too much (`TooMuch`).
    """
    try:
        return checked(DECODER.decode(text))
    except RecursionError as error:
        raise too_deep() from error


def of_python(value: Any) -> Any:
    """A value of Python's as JSON's is read here."""
    if isinstance(value, Mapping):
        return {str(key): of_python(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [of_python(inner) for inner in value]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return None if value != value else Figure(value)
    return value if value is None or isinstance(value, str | bool) else str(value)


def shown(value: Any) -> str:
    """A value that is neither list nor object, as a cell shows it; null is an empty cell.

    >>> shown(Figure("26.0")), shown(Figure("1.2e3")), shown(Figure("14.50")), shown(None), shown(" 3 件")
    ('26', '1200', '14.50', '', '3 件')
    """
    if isinstance(value, Figure):
        return _figure(value)
    return "" if value is None else str(value).strip()


def _figure(printed: str) -> str:
    """A count that a program held as a float is that count: 26.0; powers of ten are written out."""
    whole, point, rest = printed.partition(".")
    if point and not rest.strip("0"):
        return whole
    if "e" not in printed.lower():
        return printed
    try:
        return format(Decimal(printed).normalize(), "f")
    except InvalidOperation:
        return printed


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; a key that comes again with another value keeps its words, and a mark that no one sees."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        while key in found and found[key] != value:
            key += GHOST
        found[key] = value
    return found


# NaN is what pandas writes for an empty cell.
DECODER = json.JSONDecoder(
    object_pairs_hook=_object,
    parse_int=Figure,
    parse_float=Figure,
    parse_constant=lambda name: None if name == "NaN" else name,
    strict=False,
)


def checked(value: Any) -> Any:
    level, count, inside = 0, 0, [value]
    while inside:
        count += len(inside)
        if level > DEEPEST:
            raise too_deep()
        if count > limits().tags:
            raise too_many(count)
        inside = [inner for each in inside for inner in _inner(each)]
        level += 1
    return value


def _inner(value: Any) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()


def too_deep() -> TooMuch:
    return TooMuch(f"lists and objects nest deeper than {DEEPEST} levels")


def too_many(count: int | None = None) -> TooMuch:
    return TooMuch(limits().reached("tags", count))
