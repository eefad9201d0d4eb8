"""Tables, and their columns and blocks, in another order, as their labels say.

Flow:  sheet -> **mutations** -> mutated page -> extraction -> tallies

No figure of the report changes and each still stands under its label. Where labels alone are exchanged, the
figures are those of the columns that the labels name, and nothing else is right.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from gouji.inference.mutation.choices import Mutation
from gouji.inference.mutation.heads import HeadedRows, headed_rows, in_column_order, parts_of
from gouji.inference.mutation.sheet import Place, Sheet
from gouji.model.label_words import bare
from gouji.model.labels import Tag

_EMPTY_CELL = re.compile(r"\|[^\S\n]*\|")

Order = Callable[[HeadedRows, random.Random], list[int] | None]


def in_its_order(mutated: Sheet, sheet: Sheet, table: str) -> Sheet:
    """The mutated sheet, in a table of which every figure still stands with its label."""
    if table not in sheet.order or sheet.is_moved(table):
        return mutated
    return replace(mutated, order={**mutated.order, table: mutated.in_order(table)})


def _columns(order: Order) -> Mutation:
    """Columns with their labels and numbers in another order."""

    def mutation(sheet: Sheet, rng: random.Random) -> Sheet | None:
        blocks = headed_rows(sheet)
        rng.shuffle(blocks)
        for headed in blocks:
            new = order(headed, rng)
            moved = in_column_order(sheet, headed, new, numbers=True) if new else None
            if moved is not None:
                return in_its_order(moved, sheet, headed.rows[0].partition("/")[0])
        return None

    return mutation


def _two_exchanged(headed: HeadedRows, rng: random.Random) -> list[int] | None:
    """Two columns under one heading, or two under none; the total stays where it is."""
    columns = headed.block.columns
    alike = [
        (one, other)
        for one in range(len(columns))
        for other in range(one)
        if columns[one].group == columns[other].group and "total" not in (columns[one].id, columns[other].id)
    ]
    if not alike:
        return None
    one, other = rng.choice(alike)
    order = list(range(len(columns)))
    order[one], order[other] = other, one
    return order


def _reversed(headed: HeadedRows, rng: random.Random) -> list[int]:
    return list(range(len(headed.columns)))[::-1]


def _total_first(headed: HeadedRows, rng: random.Random) -> list[int] | None:
    ids = [column.id for column in headed.block.columns]
    order = list(range(len(ids)))
    return [order.pop(ids.index("total")), *order] if "total" in ids else None


def _heading_first(headed: HeadedRows, rng: random.Random) -> list[int] | None:
    """The columns under the heading before all others."""
    under = [index for index, column in enumerate(headed.block.columns) if column.group]
    return [*under, *(index for index in range(len(headed.columns)) if index not in under)] if under else None


def _heads_exchanged(sheet: Sheet, rng: random.Random) -> Sheet | None:
    """Two labels in each other's place: by them each column has the other's numbers."""
    blocks = [(headed, order) for headed in headed_rows(sheet) if (order := _two_exchanged(headed, rng))]
    if not blocks:
        return None
    headed, order = rng.choice(blocks)
    moved = in_column_order(sheet, headed, order, numbers=False)
    if moved is None:
        return None
    its = {
        key: sheet.rows[row][order[index]] for row in headed.rows for index, key in enumerate(sheet.rows[row])
    }
    called = moved.called(its)
    told = {key: (called.printed[key],) for key in its if called.printed[key] != sheet.truth[key]}
    if not told:
        return None
    strict = replace(called, readings={**told, **called.readings})
    return in_its_order(strict, sheet, headed.rows[0].partition("/")[0])


def _review_exchanged(sheet: Sheet, rng: random.Random) -> Sheet | None:
    """复议后起诉 before 未经复议直接起诉, with its numbers."""
    for block in (
        table.blocks[0] for form in sheet.forms for table in form.tables if table.printed == "band"
    ):
        for group in block.groups:
            own = [row for row in block.rows if row.group == group.id]
            keys = [[key for key in sheet.cells if key.split("/")[1] == row.id] for row in own]
            labels = [_printed_once(sheet, row.wordings) for row in own]
            if len(own) == 2 and all(labels) and len(keys[0]) == len(keys[1]) == len(block.columns):
                one, other = ([sheet.cells[key] for key in each] for each in keys)
                ones, others = [*labels[:1], *one], [*labels[1:], *other]
                pairs = [*zip(ones, others, strict=True), *zip(others, ones, strict=True)]
                return sheet.rebuilt(parts_of(sheet, [(a, b) for a, b in pairs if a and b]))
    return None


def _suits_first(sheet: Sheet, rng: random.Random) -> Sheet | None:
    """行政诉讼 before 行政复议: the labels of three lines, and the numbers, a block's together."""
    marks = [mark for mark in sheet.marks[Tag.COLUMN] if mark.start >= _end_of(sheet, "applications")]
    keys = [key for key in sheet.cells if key.startswith("review/")]
    if len(marks) != 19 or len(keys) != 15 or "review" in sheet.worked_out:
        return None
    names = [bare(sheet.text[mark.start : mark.end]) for mark in marks]
    cells = [sheet.cells[key] for key in keys]
    between = sheet.text[marks[0].start : cells[-1].end]
    if names[2:7] != names[9:14] or names[9:14] != names[14:] or _EMPTY_CELL.search(between):
        return None
    sources = [marks[1], marks[0], *marks[7:9], *marks[2:7], *marks[9:], *cells[5:], *cells[:5]]
    return sheet.rebuilt(parts_of(sheet, zip((*marks, *cells), sources, strict=True)))


def _printed_once(sheet: Sheet, wordings: Sequence[str]) -> Place | None:
    words = {bare(wording) for wording in wordings}
    found = [m for m in sheet.marks[Tag.COLUMN] if bare(sheet.text[m.start : m.end]) in words]
    return found[0] if len(found) == 1 else None


def _end_of(sheet: Sheet, table: str) -> int:
    return max((place.end for key, place in sheet.cells.items() if key.startswith(f"{table}/")), default=0)


def _blocks(sheet: Sheet, rng: random.Random) -> Sheet | None:
    """Two blocks of the disclosure table in each other's place: 第（八）项 before 第（一）项."""
    headings = [m for m in sheet.marks[Tag.SUBTABLE] if m.start < _end_of(sheet, "disclosure")]
    if len(headings) < 2 or "disclosure" in sheet.worked_out:
        return None
    ends = [*(heading.start for heading in headings[1:]), _end_of(sheet, "disclosure")]
    blocks = [
        whole_lines(sheet, Place(heading.start, last))
        for heading, end in zip(headings, ends, strict=True)
        if (last := _last_cell(sheet, heading.start, end))
    ]
    if len(blocks) != len(headings) or None in blocks:
        return None
    one, other = rng.sample(blocks, 2)
    moved = sheet.exchanged(one, other) if one and other else sheet
    return in_its_order(moved, sheet, "disclosure")


def _last_cell(sheet: Sheet, start: int, end: int) -> int:
    return max(
        (cell.end for cell in sheet.cells.values() if start <= cell.start and cell.end <= end), default=0
    )


def whole_lines(sheet: Sheet, place: Place) -> Place | None:
    """The lines on which a stretch begins and ends; None where other print stands on them."""
    begin = sheet.text.rfind("\n", 0, place.start) + 1
    end = sheet.text.find("\n", place.end)
    end = len(sheet.text) if end < 0 else end
    alien = sheet.text[begin : place.start] + sheet.text[place.end : end]
    return None if any(map(str.isalnum, alien)) else Place(begin, end)


def _tables(sheet: Sheet, rng: random.Random) -> Sheet | None:
    """Two tables in each other's place, with their headings."""
    sections = list(sheet.marks[Tag.SECTION])
    tables = []
    for table in dict.fromkeys(row.partition("/")[0] for row in sheet.rows):
        cells = [place for key, place in sheet.cells.items() if key.startswith(f"{table}/")]
        first, last = min((c.start for c in cells), default=0), max((c.end for c in cells), default=0)
        before = [mark.start for mark in sections if mark.end <= first]
        place = whole_lines(sheet, Place(before[-1], last)) if before else None
        tables += [(table, place)] if place is not None else []
    if len(tables) < 2 or sheet.worked_out:
        return None
    (_, one), (_, other) = rng.sample(tables, 2)
    if one.start < other.end and other.start < one.end:
        return None
    return in_its_order(sheet.exchanged(one, other), sheet, "disclosure")


MUTATIONS_OF_ORDER: Mapping[str, Mutation] = {
    "columns_in_other_order": _columns(_two_exchanged),
    "columns_reversed": _columns(_reversed),
    "total_column_first": _columns(_total_first),
    "heading_first": _columns(_heading_first),
    "heads_exchanged": _heads_exchanged,
    "suits_exchanged": _review_exchanged,
    "suits_first": _suits_first,
    "blocks_in_other_order": _blocks,
    "tables_in_other_order": _tables,
}
