"""Tables with a column or a row more than the form has: numbers that count, remarks, last year's figures.

Flow:  sheet -> **mutations** -> mutated page -> extraction -> tallies

What is added says what it is, where a person would look for that: no figure of the report is in doubt.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping

from gouji.inference.mutation.choices import Mutation
from gouji.inference.mutation.heads import headed_rows
from gouji.inference.mutation.of_order import whole_lines
from gouji.inference.mutation.sheet import Part, Sheet
from gouji.model.labels import Tag

_REMARKS = ("—", "无", "/", "见说明", "含上年结转2件", "已公开")
_REMARK_HEADS = ("备注", "说明")
_NUMBER_HEADS = ("栏次", "列次", "序号")
_LAST_YEAR = "上年总计"
_EMPTY_CELL = re.compile(r"\|[^\S\n]*\|")


def _rows_of(sheet: Sheet) -> list[tuple[str, str]]:
    """The rows of the applications, if each stands whole, and what parts its last two cells."""
    rows = [row for row in sheet.rows if row.startswith("applications/")]
    whole = all(row in sheet.labels and len(sheet.printed_cells(row)) == len(sheet.rows[row]) for row in rows)
    if not rows or not whole or "applications" in sheet.worked_out or not all(map(sheet.gaps, rows)):
        return []
    return [(row, sheet.text[gaps[-1].start : gaps[-1].end]) for row in rows if (gaps := sheet.gaps(row))]


def _serial_numbers(sheet: Sheet, rng: random.Random) -> Sheet | None:
    """A first column that counts the rows."""
    rows = _rows_of(sheet)
    edits = []
    for number, (row, gap) in enumerate(rows, 1):
        label = sheet.labels[row].start
        before = max((cell.end for cell in sheet.cells.values() if cell.end <= label), default=0)
        groups = [mark.start for mark in sheet.marks[Tag.GROUP] if before <= mark.start < label]
        at = min([*groups, label])
        if _EMPTY_CELL.search(sheet.text, sheet.text.rfind("\n", 0, at) + 1, at):
            return None  # the labels before it stand in a line above
        edits.append(Part(at, at, f"{number}{gap}"))
    return sheet.edited(edits) if edits else None


def _column_numbers(sheet: Sheet, rng: random.Random) -> Sheet | None:
    """A row below the labels that counts the columns."""
    rows = _rows_of(sheet)
    place = sheet.row(rows[0][0]) if rows else None
    line = whole_lines(sheet, place) if place is not None else None
    if line is None:
        return None
    label = sheet.labels[rows[0][0]]
    keys = sheet.rows[rows[0][0]]
    counts = [Part(sheet.cells[key].start, sheet.cells[key].end, str(n)) for n, key in enumerate(keys, 1)]
    named = Part(label.start, label.end, rng.choice(_NUMBER_HEADS))
    copy, done = "", line.start
    for part in (named, *counts):
        copy += sheet.text[done : part.start] + (part.new or "")
        done = part.end
    return sheet.edited([Part(line.start, line.start, f"{copy}{sheet.text[done : line.end]}\n")])


def _last_column(head: Callable[[random.Random], str], cell: Callable[[random.Random], str]) -> Mutation:
    """A column behind the last one."""

    def mutation(sheet: Sheet, rng: random.Random) -> Sheet | None:
        rows = _rows_of(sheet)
        headed = [each for each in headed_rows(sheet) if rows and rows[0][0] in each.rows]
        if not headed:
            return None
        at, gap = headed[0].columns[-1].end, rows[0][1]
        edits = [Part(at, at, f"{gap}{head(rng)}")]
        for row, gap in rows:
            end = sheet.cells[sheet.rows[row][-1]].end
            edits.append(Part(end, end, f"{gap}{cell(rng)}"))
        return sheet.edited(edits)

    return mutation


MUTATIONS_OF_ADDITIONS: Mapping[str, Mutation] = {
    "serial_numbers": _serial_numbers,
    "column_numbers": _column_numbers,
    "remarks_column": _last_column(lambda rng: rng.choice(_REMARK_HEADS), lambda rng: rng.choice(_REMARKS)),
    "last_year_column": _last_column(lambda rng: _LAST_YEAR, lambda rng: str(rng.randrange(40))),
}
