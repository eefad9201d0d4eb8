"""Write an object whose keys are labels, or a list of rows, as the tables that they are.

Flow:  value -> rows of columns -> **tables** -> markup -> page

An object below a label is a row, its keys the heads of its columns; an object of rows is a table or a group
of rows, and its key the heading. Rows follow one another in one table as long as they have the same columns.
What has no key has no place in the table: a cell that others beside it have is marked as absent, a row or a
column is not printed. null is an empty cell. Tables whose rows the form prints side by side are printed so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from gouji.inference.readers.html_scripts import as_markup
from gouji.inference.readers.json_labels import (
    Band,
    bands,
    completed,
    has_cells,
    in_one_block,
    in_order,
    is_column,
    is_row,
    may_have,
    names_columns,
    names_rows,
    rows_named,
)
from gouji.inference.readers.json_shapes import is_flat, is_nested, is_number, shaped
from gouji.inference.readers.json_values import shown
from gouji.inference.readers.markup import paragraphs, table
from gouji.inference.unread_marks import ABSENT

_LABEL = "项目"  # the head over the labels of rows, where the source has none
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
class _Row:
    """A row by its labels, and its cells by their columns."""

    labels: tuple[str, ...]
    cells: Mapping[str, str]
    heads: tuple[str, ...] = (_LABEL,)  # over the labels


@dataclass(frozen=True, slots=True)
class _Heading:
    """What stands over rows: between those of one table in a row of its own, else in a line."""

    text: str


@dataclass(frozen=True, slots=True)
class _Printed:
    """A table that is printed as it stands, row by row."""

    rows: tuple[tuple[str, ...], ...]
    is_labelled: bool = True  # its rows begin with their labels; not where keys that are no labels head them


@dataclass(frozen=True, slots=True)
class _Markup:
    text: str


_Item = _Row | _Heading | _Printed | _Markup | str  # a string is text


@dataclass(slots=True)
class _Grid:
    """Rows of the same columns, and the headings among them."""

    rows: list[_Row | _Heading] = field(default_factory=list)
    columns: dict[str, None] = field(default_factory=dict)

    def takes(self, row: _Row) -> bool:
        """Whether a row is one of this table: each may have the columns of the other."""
        own = [held for held in self.rows if isinstance(held, _Row)]
        new = row.cells.keys() - self.columns.keys()
        lacking = self.columns.keys() - row.cells.keys()
        shared = len(row.cells) - len(new)
        known = all(has_cells(each.labels[-1]) for each in (*own, row)) and all(
            map(is_column, (*self.columns, *row.cells))
        )
        return (
            own[0].heads == row.heads
            and in_one_block(own[-1].labels[-1], row.labels[-1])
            and (known or shared * 2 > min(len(self.columns), len(row.cells)))
            and all(may_have(row.labels[-1], column) for column in lacking)
            and all(may_have(held.labels[-1], column) for held in own for column in new)
        )


def tables_of(value: Any, title: str | None = None) -> str:
    """The markup of a value: its tables, and what stands beside them.

    >>> tables_of({"规章": {"本年制发件数": "3", "现行有效件数": None}})
    '<table><tr><td>项目</td><td>本年制发件数</td><td>现行有效件数</td></tr><tr><td>规章</td><td>3</td><td></td></tr></table>'
    """
    parts = [title] if title else []
    return "".join(_markup([*parts, *_items(shaped(value))]))


def rows_told(value: Any) -> frozenset[str]:
    """The rows of the forms that a value has numbers or empty cells for, by their words."""
    labels: list[str] = []
    for item in _items(shaped(value)):
        if isinstance(item, _Row) and any(not column or is_column(column) for column in item.cells):
            labels += item.labels
        elif isinstance(item, _Printed) and item.is_labelled:
            labels += [text for row in item.rows if any(map(is_number, row)) for text in row]
    return rows_named(labels)


def _items(value: Any) -> Iterator[_Item]:
    """What a shaped value shows, in the order of print."""
    if isinstance(value, list):
        yield from _items_of_list(value)
    elif not isinstance(value, dict):
        yield from _texts(shown(value))
    elif is_flat(value) and not names_columns(value):
        yield from _values(value)
    else:
        yield from _items_of_object(_with_lone_record(value))


def _items_of_object(value: Mapping[str, Any]) -> Iterator[_Item]:
    scalars = {key: inner for key, inner in value.items() if not is_nested(inner)}
    nested = {key: inner for key, inner in value.items() if key not in scalars}
    yield from _items_of_records([scalars]) if names_columns(scalars) else _values(scalars)
    for key in in_order(list(nested)):
        inner = nested[key]
        if is_flat(inner) and _is_record(key, inner, nested):
            yield _Row((key,), _cells(inner))
        elif inner:
            yield _Heading(key)
            yield from _items(inner)


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


def _items_of_list(value: Sequence[Any]) -> Iterator[_Item]:
    if value and all(isinstance(row, list) and not any(map(is_nested, row)) for row in value):
        heads = [shown(head) for head in value[0]]
        widths = {len(row) for row in value} | {len(set(heads))}
        if names_columns(heads) and len(widths) == 1:  # one row of heads, each of one column
            yield from _items_of_records([dict(zip(heads, row, strict=True)) for row in value[1:]])
        else:
            yield _Printed(tuple(tuple(map(shown, row)) for row in value))
    elif value and all(map(is_flat, value)) and any(map(names_columns, value)):
        yield from _items_of_records(value)
    elif len(value) > 1 and all(map(is_flat, value)) and len({tuple(record) for record in value}) == 1:
        rows = (tuple(map(shown, record.values())) for record in value)
        yield _Printed((tuple(value[0]), *rows), is_labelled=False)
    else:
        for inner in value:
            yield from _items(inner)


def _items_of_records(records: Sequence[Mapping[str, Any]]) -> Iterator[_Item]:
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
                yield _Heading(label)
        numbered = {key: shown(record[key]) for key in before if key in record}
        label = labels[own] if own else ""
        cells = {key: inner for key, inner in record.items() if key not in labels and key not in numbered}
        kept = {key: inner for key, inner in cells.items() if inner is not None or may_have(label, key)}
        yield _Row((*numbered.values(), label), _cells(kept), (*numbered, own or _LABEL))


def _values(value: Mapping[str, Any]) -> Iterator[_Item]:
    """Single values under keys: rows of one cell under the labels of rows, lines of text else."""
    for key in in_order(list(value)):
        inner = value[key]
        text = shown(inner)
        if is_row(key) and (is_number(inner) or not text):
            yield _Row((key,), {"": text})
        elif key in _TITLES or as_markup(text):
            yield from _texts(text)
        elif text:
            yield f"{key}：{text}"


def _texts(text: str) -> Iterator[_Item]:
    markup = as_markup(text)
    if markup is not None:
        yield _Markup(markup)
    elif text:
        yield text


def _cells(value: Mapping[str, Any]) -> dict[str, str]:
    return {key: shown(value[key]) for key in in_order(list(value))}


def _markup(items: Iterable[_Item]) -> Iterator[str]:
    """Items as markup: rows of the same columns in one table, headings where they stand."""
    grid = _Grid()
    headings: list[_Heading] = []  # behind the last row: of the next one's table, or over another
    for item in items:
        if isinstance(item, _Heading):
            headings.append(item)
        elif isinstance(item, _Row) and not item.cells:  # of a group; a row without a cell is not told
            headings += [_Heading(label) for label in item.labels if not has_cells(label)]
        elif isinstance(item, _Row) and grid.rows and grid.takes(item):
            grid.rows += [*headings, item]
            grid.columns.update(dict.fromkeys(item.cells))
            headings = []
        else:
            yield from _written(grid)
            grid = _Grid()
            if isinstance(item, _Row):
                grid = _Grid([*headings, item], dict.fromkeys(item.cells))
            else:
                yield from (paragraphs(heading.text) for heading in headings)
                yield _of_text(item)
            headings = []
    yield from _written(grid)
    yield from (paragraphs(heading.text) for heading in headings)


def _of_text(item: _Printed | _Markup | str) -> str:
    if isinstance(item, _Printed):
        return table(item.rows)
    return item.text if isinstance(item, _Markup) else paragraphs(item)


def _written(grid: _Grid) -> Iterator[str]:
    """A table, and above it the headings that stand over its first row."""
    rows = [row for row in grid.rows if isinstance(row, _Row)]
    above = grid.rows[: grid.rows.index(rows[0])] if rows else []
    columns = in_order(list(grid.columns))
    for band in bands() if rows else ():
        cells = _side_by_side(band, rows, columns)
        if cells is not None:
            yield from (
                paragraphs(e.text) for e in above if isinstance(e, _Heading) and not band.is_group(e.text)
            )
            yield table(cells)
            return
    yield from (paragraphs(each.text) for each in above if isinstance(each, _Heading))
    columns = completed([row.labels[-1] for row in rows], columns)
    below = grid.rows[len(above) :]
    heads = [[*rows[0].heads, *columns]] if any(columns) else []
    lines = ([each.text] if isinstance(each, _Heading) else _line(each, columns) for each in below)
    if rows:
        yield table([*heads, *lines])


def _line(row: _Row, columns: Sequence[str]) -> list[str]:
    """The cells of a row; one that it does not have is absent, unless it never has that column."""
    return [*row.labels, *(row.cells.get(c, ABSENT if may_have(row.labels[-1], c) else "") for c in columns)]


def _side_by_side(band: Band, rows: Sequence[_Row], columns: Sequence[str]) -> list[list[str]] | None:
    """The rows of a band in one; None where they are not its rows."""
    places = [band.row_of("".join(row.labels)) for row in rows]
    named = {band.column_of(column): column for column in columns}
    if None in places or None in named or len(set(places)) < len(rows) or len(named) < len(columns):
        return None
    cells: list[str] = []
    for place in range(len(band.rows)):
        own = rows[places.index(place)].cells if place in places else {}
        cells += [own.get(named.get(column, ""), ABSENT) for column in range(len(band.columns))]
    heads = [column.label for column in band.columns] * len(band.rows)
    return [[row.label for row in band.rows], heads, cells]
