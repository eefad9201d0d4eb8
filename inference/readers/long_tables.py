"""Find in a text a long table: on each line a row of a form, a column, and the number of that one cell.

Flow:  text -> records -> **value** -> pages, as those of JSON

Statisticians keep tables so (tidy data), and spreadsheets print them so when a pivot is undone. More columns
may stand beside the three, as the body or the year, where each of them says the same on every line.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Any

from gouji.inference.readers.json_labels import is_column, is_row
from gouji.inference.readers.json_pages import holds_page
from gouji.inference.readers.json_text import Sentences
from gouji.inference.readers.json_values import Figure

_DELIMITERS = ",;\t|"
_FEWEST, _MOST = 20, 1_000  # cells; a report has some two hundred
_FEWEST_COLUMNS = 3  # a row, a column, a number
_MOST_BEFORE = 20  # lines above the table
_FIGURE = re.compile(r"-?\d[\d,]*(?:\.\d+)?|")

Record = list[str]


def values_of_long_table(text: str) -> list[Any] | None:
    """What stands above a long table, and its rows with their columns; None where the text holds none.

    >>> values_of_long_table("规章,本年制发件数,3")
    """
    lines = text.splitlines()
    for mark in _DELIMITERS:
        if not _FEWEST <= sum(line.count(mark) >= _FEWEST_COLUMNS - 1 for line in lines) < _MOST:
            continue
        first = next((i for i, line in enumerate(lines[:_MOST_BEFORE]) if mark in line), len(lines))
        try:
            read = list(islice(csv.reader(lines[first:], delimiter=mark), _MOST))
        except csv.Error:
            continue
        value = _value([[cell.strip() for cell in record] for record in read if any(record)])
        if value is not None and holds_page(value):
            return [*filter(str.strip, [Sentences("\n".join(lines[:first]))]), value]
    return None


def _value(records: Sequence[Record]) -> dict[str, dict[str, Any]] | None:
    """The rows by their labels, in each its numbers by their columns; None of records that are none such."""
    width = len(records[0]) if records else 0
    cells = records[1:] if width and not any(map(_is_number, records[0])) else records
    if len(cells) < _FEWEST or any(len(record) != width for record in records):
        return None
    places = [_place(cells, width, tells) for tells in (is_row, is_column, _is_figure)]
    if None in places or len(set(places)) < _FEWEST_COLUMNS:
        return None
    row, column, number = (place for place in places if place is not None)
    others = set(range(width)) - {row, column, number}
    if any(len({record[place] for record in cells}) > 1 for place in others):
        return None  # of several reports, or each with a remark
    found: dict[str, dict[str, Any]] = {}
    for record in cells:
        own = found.setdefault(record[row], {})
        if record[column] in own:
            return None
        own[record[column]] = Figure(record[number]) if record[number] else None
    return found


def _place(cells: Sequence[Record], width: int, tells: Callable[[str], bool]) -> int | None:
    """The last column all of whose cells are of one kind."""
    places = (place for place in reversed(range(width)) if all(tells(record[place]) for record in cells))
    return next(places, None)


def _is_figure(cell: str) -> bool:
    return _FIGURE.fullmatch(cell) is not None


def _is_number(cell: str) -> bool:
    return bool(cell) and _is_figure(cell)
