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
_COUNTER = re.compile(r"年份|年度|^年$|序号|编号|(?i:\b(?:year|id|no)\b)")  # heads figures that are no cell's
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
    heads = records[0] if width and not any(map(_is_number, records[0])) else [""] * width
    cells = records[1:] if any(heads) else records
    if len(cells) < _FEWEST or any(len(record) != width for record in records):
        return None
    columns = [[record[place] for record in cells] for place in range(width)]
    kinds = [_places(columns, tells) for tells in (is_row, is_column, _is_figure)]
    kinds[2] = [place for place in kinds[2] if not _COUNTER.search(heads[place])]
    if any(len(places) != 1 for places in kinds) or len({*kinds[0], *kinds[1]}) < 2:
        return None  # of two columns of figures one is the year, and none says which
    ((row,), (column,), (number,)) = kinds
    others = set(range(width)) - {row, column, number}
    if any(len(set(columns[place])) > 1 and not _COUNTER.search(heads[place]) for place in others):
        return None  # of several reports, or each with a remark
    found: dict[str, dict[str, Any]] = {}
    for record in cells:
        own = found.setdefault(record[row], {})
        if record[column] in own:
            return None
        own[record[column]] = Figure(record[number]) if record[number] else None
    return found


def _places(columns: Sequence[Record], tells: Callable[[str], bool]) -> list[int]:
    """The columns all of whose cells are of one kind."""
    return [place for place, cells in enumerate(columns) if all(map(tells, cells))]


def _is_figure(cell: str) -> bool:
    return _FIGURE.fullmatch(cell) is not None


def _is_number(cell: str) -> bool:
    return bool(cell) and _is_figure(cell)
