"""Take a value apart into rows, headings, text and tables that stand as they are, in the order of print.

Flow:  value -> rows of columns -> **items** -> tables -> markup

An object below a label is a row, its keys the heads of its columns; an object of rows is a table or a group
of rows, and its key the heading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gouji.inference.readers.html_scripts import as_markup
from gouji.inference.readers.json_labels import (
    in_order,
    is_column,
    is_row,
    may_have,
    names_columns,
    names_rows,
)
from gouji.inference.readers.json_shapes import is_flat, is_nested, is_number
from gouji.inference.readers.json_values import shown

_LABEL = "信息内容"  # the head over the labels of rows, where the source has none
_TITLES = (
    "title",
    "标题",
    "name",
    "名称",
    "报告名称",
    "报告标题",
    "heading",
    "docTitle",
)  # whose value says enough


@dataclass(frozen=True, slots=True)
class Row:
    """A row by its labels, and its cells by their columns."""

    labels: tuple[str, ...]
    cells: Mapping[str, str]
    heads: tuple[str, ...] = (_LABEL,)  # over the labels


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands over rows: between those of one table in a row of its own, else in a line."""

    text: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A table that is printed as it stands, row by row."""

    rows: tuple[tuple[str, ...], ...]
    is_labelled: bool = True  # its rows begin with their labels; not where keys that are no labels head them


@dataclass(frozen=True, slots=True)
class Markup:
    text: str


Item = Row | Heading | Printed | Markup | str  # a string is text


def items_of(value: Any) -> Iterator[Item]:
    """What a shaped value shows, in the order of print."""
    if isinstance(value, list):
        yield from _items_of_list(value)
    elif not isinstance(value, dict):
        yield from _texts(shown(value))
    elif is_flat(value) and not names_columns(value):
        yield from _values(value)
    else:
        yield from _items_of_object(_with_lone_record(value))


def _items_of_object(value: Mapping[str, Any]) -> Iterator[Item]:
    scalars = {key: inner for key, inner in value.items() if not is_nested(inner)}
    nested = {key: inner for key, inner in value.items() if key not in scalars}
    yield from _items_of_records([scalars]) if names_columns(scalars) else _values(scalars)
    for key in in_order(list(nested)):
        inner = nested[key]
        if is_flat(inner) and _is_record(key, inner, nested):
            yield Row((key,), _cells(inner))
        elif inner:
            yield Heading(key)
            yield from items_of(inner)


def _is_record(key: str, value: Mapping[str, Any], beside: Mapping[str, Any]) -> bool:
    """Whether a flat object is a row under its key: it names columns, or others have its keys."""
    if names_columns(value) or names_rows(value):
        return names_columns(value)
    return (
        is_row(key) or sum(is_flat(other) and other.keys() == value.keys() for other in beside.values()) > 1
    )


def _with_lone_record(value: Mapping[str, Any]) -> Mapping[str, Any]:
    """An object whose row lies one level deeper: `{"项目": "规章", "数据": {"本年制发件数": 5}}`."""
    inner = [key for key, held in value.items() if is_flat(held) and names_columns(held)]
    if len(inner) != 1 or is_row(inner[0]) or not any(is_row(str(held)) for held in value.values()):
        return value
    others = {key: held for key, held in value.items() if key != inner[0]}
    return {**others, **value[inner[0]]} if others.keys().isdisjoint(value[inner[0]]) else value


def _items_of_list(value: Sequence[Any]) -> Iterator[Item]:
    if value and all(isinstance(row, list) and not any(map(is_nested, row)) for row in value):
        heads = [shown(head) for head in value[0]]
        widths = {len(row) for row in value} | {len(set(heads))}
        if names_columns(heads) and len(widths) == 1:  # one row of heads, each of one column
            yield from _items_of_records([dict(zip(heads, row, strict=True)) for row in value[1:]])
        else:
            yield Printed(tuple(tuple(map(shown, row)) for row in value))
    elif value and all(map(is_flat, value)) and any(map(names_columns, value)):
        yield from _items_of_records(value)
    elif len(value) > 1 and all(map(is_flat, value)) and len({tuple(record) for record in value}) == 1:
        rows = (tuple(map(shown, record.values())) for record in value)
        yield Printed((tuple(value[0]), *rows), is_labelled=False)
    else:
        for inner in value:
            yield from items_of(inner)


def _items_of_records(records: Sequence[Mapping[str, Any]]) -> Iterator[Item]:
    """Rows that are objects each: what labels stand over others in them is a heading."""
    keys = list(dict.fromkeys(key for record in records for key in record if not is_column(key)))
    words = [key for key in keys if not any(is_number(record.get(key)) for record in records)]
    before = keys[: keys.index(words[0])] if words else keys[:1]  # a number before the labels is a row's own
    said: dict[str, str] = {}
    for record in records:
        labels = {key: shown(record[key]) for key in words if key in record}
        known = [key for key, label in labels.items() if is_row(label)] or [
            key for key in labels if labels[key]
        ]
        own = known[-1] if known else None
        for key, label in labels.items():
            if key != own and label and said.get(key) != label:
                said[key] = label
                yield Heading(label)
        numbered = {key: shown(record[key]) for key in before if key in record}
        label = labels[own] if own else ""
        cells = {key: inner for key, inner in record.items() if key not in labels and key not in numbered}
        kept = {key: inner for key, inner in cells.items() if inner is not None or may_have(label, key)}
        yield Row((*numbered.values(), label), _cells(kept), (*numbered, own or _LABEL))


def _values(value: Mapping[str, Any]) -> Iterator[Item]:
    """Single values under keys: rows of one cell under the labels of rows, lines of text else."""
    for key in in_order(list(value)):
        inner = value[key]
        text = shown(inner)
        if is_row(key) and (is_number(inner) or not text):
            yield Row((key,), {"": text})
        elif key in _TITLES or as_markup(text):
            yield from _texts(text)
        elif text:
            yield f"{key}：{text}"


def _texts(text: str) -> Iterator[Item]:
    markup = as_markup(text)
    if markup is not None:
        yield Markup(markup)
    elif text:
        yield text


def _cells(value: Mapping[str, Any]) -> dict[str, str]:
    return {key: shown(value[key]) for key in in_order(list(value))}
