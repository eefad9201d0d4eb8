"""Bring an object to one shape, whatever its maker's: rows by their labels, in them values by their columns.

Flow:  value -> **rows of columns** -> tables -> markup

A table can be written by its columns, by its rows, under keys that only number its columns, cell by cell
(`{"row": …, "column": …, "value": …}`), with a path in each key (`规章.本年制发件数`), as pandas exports it,
or with a column's heading as a level of its own. Which of them it is, the keys say where they are labels of a
form. What is none of these stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby
from string import ascii_uppercase
from typing import Any

from gouji.inference.readers.json_labels import is_column, is_head, is_row, names_columns, names_rows, path_of
from gouji.inference.readers.json_values import Figure

Object = dict[str, Any]

_VALUES = ("value", "值", "数值")  # the key of a value that has others beside it: a unit, a confidence
_TEXTS = ("text", "content", "value", "值")  # the key of a cell's text
_HEADS = ("columns", "headers", "header", "head", "表头", "列名")
_ROWS = ("data", "rows", "body", "表体", "数据")
_COUNTERS = ("index", "level_0", "id", "ID", "_id", "row", "rowid", "行号", "序号")
_NUMBERED = re.compile(
    r"(|Unnamed: |(?:column|col|field|var|数据|列|字段|单元格|第|[cfvxCFVX])[ _-]?)(\d{1,3})列?"
)
_FEWEST_PATHS = 3  # keys that are paths, from which an object is written by them
_NUMBER = re.compile(r"\s*[-+]?\d(?:[\d,.]*\d)?\s*[^\W\d]{0,3}\s*")


def is_flat(value: Any) -> bool:
    """Whether a value is an object of values that are neither lists nor objects."""
    return isinstance(value, dict) and bool(value) and not any(map(is_nested, value.values()))


def is_nested(value: Any) -> bool:
    """Whether a value is a list or an object."""
    return isinstance(value, dict | list)


def is_number(value: Any) -> bool:
    """Whether a value is a number, or a string that is one."""
    return isinstance(value, Figure) or (isinstance(value, str) and _NUMBER.fullmatch(value) is not None)


def shaped(value: Any) -> Any:
    """A value with every table in it by rows, in them by columns.

    >>> shaped({"自然人": {"（一）予以公开": "4"}, "总计": {"（一）予以公开": "5"}})
    {'（一）予以公开': {'自然人': '4', '总计': '5'}}
    """
    if isinstance(value, list):
        if (tables := _under_numbers(value)) is not None:
            return tables
        held = [shaped(_row_of_cells(inner)) for inner in value]
        return _cell_by_cell(held) or _columns_down(held) or held
    if not isinstance(value, dict):
        return value
    held_by = {key: shaped(inner) for key, inner in value.items()}
    its_value = _beside_others(held_by)
    if its_value is not None:
        return held_by[its_value]
    for shape in _SHAPES:
        found = shape(held_by)
        if found is not None:
            return shaped(found) if isinstance(found, list) else found
    return held_by


def _beside_others(value: Object) -> str | None:
    """The key of a cell's value that its unit, its confidence or its place stand beside."""
    found = [key for key in _VALUES if key in value]
    labels = any(is_row(inner) for inner in map(_text, value.values())) or any(map(is_column, value))
    return found[0] if len(found) == 1 and is_flat(value) and not labels else None


def _under_numbers(records: list[Any]) -> list[Any] | None:
    """Records whose keys only number their columns, as lists: tables of as many columns each."""
    if len(records) < 2 or not all(map(is_flat, records)):
        return None
    records = _without_index(records)
    if not all(map(numbers_columns, records)):
        return None
    every = max(records, key=len)
    if any(key not in every for record in records for key in record):
        return None
    return [
        [list(record.values()) for record in own] for _, own in groupby(records, lambda record: list(record))
    ]


def _without_index(records: list[Object]) -> list[Object]:
    """Records without the key that counts them."""
    keys = [key for key in records[0] if key in _COUNTERS]
    for key in keys:
        counted = [str(record.get(key)) for record in records]
        if any(counted == list(map(str, range(first, first + len(counted)))) for first in (0, 1)):
            return [{name: held for name, held in record.items() if name != key} for record in records]
    return records


def numbers_columns(names: Iterable[str]) -> bool:
    """Whether names only number columns, from the first to the last: c1, c2; 数据0, 数据1; A, B; 0, 1.

    >>> numbers_columns(["col_0", "col_1"]), numbers_columns("ABC"), numbers_columns(["列2", "列3"])
    (True, True, False)
    """
    names = list(names)
    if names == list(ascii_uppercase[: len(names)]):
        return len(names) > 1
    found = [_NUMBERED.fullmatch(name) for name in names]
    stems = {match[1] for match in found if match is not None}
    numbers = [int(match[2]) for match in found if match is not None]
    first = numbers[0] if numbers else -1
    is_run = len(numbers) == len(names) > 1 and numbers == list(range(first, first + len(names)))
    return is_run and len(stems) == 1 and first in (0, 1)


def _row_of_cells(value: Any) -> Any:
    """A row that is an object with its cells, each perhaps an object with its text: a list of texts."""
    cells = value.get("cells") if isinstance(value, dict) else None
    if not isinstance(cells, list) or not cells:
        return value
    texts = [_cell_text(cell) if isinstance(cell, dict) else cell for cell in cells]
    return value if any(map(is_nested, texts)) else texts


def _cell_text(cell: Object) -> Any:
    return next((cell[key] for key in _TEXTS if key in cell), cell)


def _heads_and_rows(value: Object) -> list[Any] | None:
    """`{"columns": [...], "data": [[...]]}`: the heads are the first row."""
    heads = next((value[key] for key in _HEADS if isinstance(value.get(key), list)), None)
    rows = next((value[key] for key in _ROWS if isinstance(value.get(key), list)), None)
    if not heads or not rows or not (all(map(is_flat, rows)) or all(isinstance(row, list) for row in rows)):
        return None
    others = {key: inner for key, inner in value.items() if inner is not heads and inner is not rows}
    if is_flat(rows[0]):  # whose keys are the heads
        return [*([others] if others else []), rows]
    index = others.pop("index", None)
    if isinstance(index, list) and len(index) == len(rows) and not all(map(is_number, index)):
        rows = [[label, *row] for label, row in zip(index, rows, strict=True)]
        heads = ["", *heads]
    above = heads if all(isinstance(head, list) for head in heads) else [heads]
    return [*([others] if others else []), [*above, *rows]]


def _below_schema(value: Object) -> list[Any] | None:
    """`{"schema": …, "data": [...]}`, as pandas tells the types of its columns."""
    data = value.get("data")
    return data if value.keys() == {"schema", "data"} and isinstance(data, list) else None


def _by_number(value: Object) -> list[Any] | None:
    """Objects under 0, 1, 2, …: rows under their numbers, or columns each by the numbers of the rows."""
    if all(map(is_flat, value.values())) and value:
        if all(key.isdecimal() for key in value):
            return list(value.values())
        numbers = list(next(iter(value.values())))
        by_columns = all(list(inner) == numbers for inner in value.values())
        if by_columns and all(number.isdecimal() for number in numbers):
            return [{key: inner[number] for key, inner in value.items()} for number in numbers]
    return None


def _lists(value: Object) -> list[Any] | None:
    """Lists under labels: rows, or columns where the keys or the words of the first one say so."""
    lists = {key: inner for key, inner in value.items() if isinstance(inner, list)}
    others = {key: inner for key, inner in value.items() if key not in lists}
    scalars = not any(is_nested(inner) for held in lists.values() for inner in held)
    if not lists or not scalars or any(map(is_nested, others.values())):
        return None
    if not others and numbers_columns(lists) and len(set(map(len, lists.values()))) == 1:
        return [list(row) for row in zip(*lists.values(), strict=True)]
    texts = [text for text in map(_text, next(iter(lists.values()))) if text]
    beside = [others] if others else []
    if names_rows(lists) or (len(lists) > 1 and any(map(is_column, texts))):
        return [*beside, [[key, *inner] for key, inner in lists.items()]]
    if len({len(inner) for inner in lists.values()}) == 1 and (
        names_columns(lists) or any(map(is_row, texts))
    ):
        return [*beside, [dict(zip(lists, row, strict=True)) for row in zip(*lists.values(), strict=True)]]
    return None


def _text(value: Any) -> str:
    return value if isinstance(value, str) and not isinstance(value, Figure) else ""


def _under_heads(value: Object) -> Object | None:
    """Columns below a heading that is a key itself: 法人或其他组织."""
    heads = [key for key, inner in value.items() if is_head(key) and isinstance(inner, dict)]
    if not heads:
        return None
    lifted: Object = {}
    for key, inner in value.items():
        own = inner if key in heads else {key: inner}
        if lifted.keys() & own.keys():
            return None
        lifted.update(own)
    return lifted if heads == list(value) else shaped(lifted)


def _by_paths(value: Object) -> Object | None:
    """Values under paths of labels: each label a level."""
    paths = {key: path_of(key) for key, inner in value.items() if not is_nested(inner)}
    if sum(len(path) > 1 for path in paths.values()) < _FEWEST_PATHS:
        return None
    built: Object = {}
    for key, inner in value.items():
        if not _put(built, paths.get(key, [key]), inner):
            return None
    return built


def _by_columns(value: Object) -> Object | None:
    """A table by its columns: each row's values are gathered from all of them."""
    columns = {key: inner for key, inner in value.items() if isinstance(inner, dict)}
    if not names_columns(columns) or not all(map(is_column, columns)):
        return None
    if any(names_columns(inner) for inner in columns.values()):
        return None
    built: Object = {key: inner for key, inner in value.items() if key not in columns}
    for column, inner in columns.items():
        for path, held in _leaves(inner, ()):
            if not _put(built, [*path, column], held):
                return None
    return built


def _leaves(value: Mapping[str, Any], path: tuple[str, ...]) -> list[tuple[tuple[str, ...], Any]]:
    found = []
    for key, inner in value.items():
        is_deeper = isinstance(inner, dict)
        found += _leaves(inner, (*path, key)) if is_deeper else [((*path, key), inner)]
    return found


def _put(built: Object, path: Sequence[str], value: Any) -> bool:
    """Put a value below its path; False where another stands there, or on the way."""
    for key in path[:-1]:
        below = built.setdefault(key, {})
        if not isinstance(below, dict):
            return False
        built = below
    if path[-1] in built:
        return False
    built[path[-1]] = value
    return True


def _columns_down(value: list[Any]) -> Object | None:
    """A list of objects, or of lists below heads, of which each is a column: its label, and rows' values."""
    records = value
    lists = len(value) > 1 and all(isinstance(row, list) and len(row) == len(value[0]) for row in value)
    if lists and len({*map(str, value[0])}) == len(value[0]):
        records = [dict(zip(map(str, value[0]), row, strict=True)) for row in value[1:]]
    if not records or not all(map(is_flat, records)) or not all(names_rows(record) for record in records):
        return None
    keys = [key for key in records[0] if all(is_column(_text(record.get(key))) for record in records)]
    if len(keys) != 1:
        return None
    built: Object = {}
    for record in records:
        for key, inner in record.items():
            if key != keys[0] and not _put(built, [key, record[keys[0]]], inner):
                return None
    return built


def _cell_by_cell(records: list[Any]) -> Object | None:
    """A list of objects of which each is one cell: a key for the column's label, others for the row's."""
    if len(records) < 2 or not all(map(is_flat, records)):
        return None
    keys = list(records[0])
    if any(list(record) != keys for record in records):
        return None
    texts = {key: [_text(record[key]) for record in records] for key in keys}
    columns = [key for key in keys if all(map(is_column, texts[key]))]
    rows = [key for key in keys if key not in columns and any(map(is_row, texts[key]))]
    others = [key for key in keys if key not in (*columns, *rows)]
    values = [key for key in others if key in _VALUES] or [
        key for key in others if any(is_number(record[key]) for record in records)
    ]
    if len(columns) != 1 or not rows or len(values) != 1:
        return None
    labels = [key for key in keys if key not in (*columns, *values) and not any(map(is_number, texts[key]))]
    built: Object = {}
    for record in records:
        path = [str(record[key]) for key in labels if record[key]]
        if not _put(built, [*path, str(record[columns[0]])], record[values[0]]):
            return None
    return built


# In the order in which they are tried: what moves levels goes last.
_SHAPES: tuple[Callable[[Object], Any], ...] = (
    _below_schema,
    _heads_and_rows,
    _by_number,
    _lists,
    _by_paths,
    _under_heads,
    _by_columns,
)
