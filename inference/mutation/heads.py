"""The column labels over a block of rows: what each names, its line, and how to print them in another order.

Flow:  sheet -> **mutations** -> mutated page -> extraction -> tallies

Labels stand one to a column or, under a heading over several columns, on a second line; a table whose merged
cells a tool has kept has an empty cell for each that is not printed. Labels that stand in any other way,
or more than once, are left alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gouji.inference.mutation.sheet import Part, Place, Sheet
from gouji.model.forms import Block
from gouji.model.label_words import bare
from gouji.model.labels import Tag

_EMPTY_CELL = re.compile(r"\|[^\S\n]*(?=\|)")


@dataclass(frozen=True, slots=True)
class HeadedRows:
    """Rows that share column labels, and those labels: of each column, and of headings over several."""

    block: Block
    rows: tuple[str, ...]  # `table/row`
    columns: tuple[Place, ...]  # in the form's order
    headings: tuple[Place, ...]  # of the columns' groups, in the form's order


def headed_rows(sheet: Sheet) -> list[HeadedRows]:
    """The blocks whose every row prints all its cells in order, under labels that each stand there once."""
    found: dict[tuple[str, ...], HeadedRows] = {}
    for form in sheet.forms:
        for table in form.tables:
            for block in table.blocks if table.printed == "rows" else ():
                rows = tuple(f"{table.id}/{row.id}" for row in block.rows)
                keys = [tuple(f"{row}/{column.id}" for column in block.columns) for row in rows]
                if [sheet.rows.get(row) for row in rows] == keys and table.id not in sheet.worked_out:
                    headed = _headed(sheet, block, rows)
                    found.update({rows: headed} if headed is not None else {})
    return list(found.values())


def _headed(sheet: Sheet, block: Block, rows: tuple[str, ...]) -> HeadedRows | None:
    cells = [sheet.cells[key] for row in rows for key in sheet.rows[row] if key in sheet.cells]
    whole = all(sheet.numbers(row) and len(sheet.printed_cells(row)) == len(block.columns) for row in rows)
    if not whole:
        return None
    first, last = min(cell.start for cell in cells), max(cell.end for cell in cells)
    before = max((cell.end for cell in sheet.cells.values() if cell.end <= first), default=0)
    marks = sheet.marks[Tag.COLUMN]
    if any(first < mark.start < last for mark in marks):
        return None  # printed again within
    over = [mark for mark in marks if before <= mark.start and mark.end <= first]
    names = [bare(sheet.text[mark.start : mark.end]) for mark in over]
    wanted = [{bare(wording) for wording in column.wordings} for column in block.columns]
    groups = list(dict.fromkeys(bare(column.group) for column in block.columns if column.group))
    places = [[mark for mark, name in zip(over, names, strict=True) if name in words] for words in wanted]
    headings = [[mark for mark, name in zip(over, names, strict=True) if name == group] for group in groups]
    if any(len(own) != 1 for own in (*places, *headings)):
        return None
    return HeadedRows(block, rows, tuple(own[0] for own in places), tuple(own[0] for own in headings))


def in_column_order(sheet: Sheet, headed: HeadedRows, order: Sequence[int], *, numbers: bool) -> Sheet | None:
    """The sheet with the columns of a block in another order; None where the layout does not allow it.

    Args:
        sheet: The page.
        headed: The block's rows and labels.
        order: The form's columns by index, in their new order; those under a heading stay together.
        numbers: Whether the numbers go with their labels.
    """
    lines = _lines_of_labels(sheet, headed)
    if lines is None:
        return None
    ranks = {column: rank for rank, column in enumerate(order)}
    permuted = [_ranked(line, _unit_ranks(headed.block, ranks)) for line in lines[:1]]
    permuted += [_ranked(line, ranks) for line in lines[1:]]
    if numbers:
        for row in headed.rows:
            line = [(sheet.cells[key], index) for index, key in enumerate(sheet.rows[row])]
            permuted.append(_ranked(line, ranks))
    moved = sheet.rebuilt(parts_of(sheet, [pair for pairs in permuted for pair in pairs]))
    return moved if moved.text != sheet.text else None


Slots = list[tuple[Place, int]]  # each with the index of the column over which it stands


def _ranked(slots: Slots, ranks: Mapping[int, int]) -> list[tuple[Place, Place]]:
    """Each slot with the one whose print it takes."""
    taken = sorted(slots, key=lambda slot: ranks[slot[1]])
    return [(slot, source) for (slot, _), (source, _) in zip(slots, taken, strict=True)]


def _unit_ranks(block: Block, ranks: Mapping[int, int]) -> dict[int, int]:
    """The ranks on the upper line, where what stands under one heading moves as it is."""
    own: dict[str, list[int]] = {}
    for index, column in enumerate(block.columns):
        own.setdefault(column.group or column.id, []).append(index)
    return {
        index: min(ranks[each] for each in indices) + index - indices[0]
        for indices in own.values()
        for index in indices
    }


def parts_of(sheet: Sheet, pairs: Iterable[tuple[Place, Place]]) -> list[Part]:
    """The parts of a text in which each place takes another one's print."""
    parts: list[Part] = []
    done = 0
    for slot, source in sorted(pairs, key=lambda pair: (pair[0].start, pair[0].end)):
        parts += [Part(done, slot.start), Part(source.start, source.end)]
        done = slot.end
    return [*parts, Part(done, len(sheet.text))]


def _lines_of_labels(sheet: Sheet, headed: HeadedRows) -> list[Slots] | None:
    """The labels by line, each with its column; None where they stand in another order than the form's."""
    groups = [column.group for column in headed.block.columns]
    firsts = [groups.index(group) for group in dict.fromkeys(filter(None, groups))]
    upper = [(place, index) for index, place in enumerate(headed.columns) if not groups[index]]
    upper += list(zip(headed.headings, firsts, strict=True))
    upper.sort(key=lambda slot: slot[1])
    lower = [(place, index) for index, place in enumerate(headed.columns) if groups[index]]
    flat = [place.start for place, _ in (*upper, *lower)]
    if flat != sorted(flat):
        return None
    if not lower or not (_has_empty(sheet, upper) or _has_empty(sheet, lower)):
        return [upper, lower] if not _has_empty(sheet, upper) else None
    return _in_grid(sheet, headed, upper[0], lower[0])


def _has_empty(sheet: Sheet, slots: Slots) -> bool:
    """Whether empty cells stand between labels or beside them on their line."""
    if not slots:
        return False
    text = sheet.text
    end = text.find("\n", slots[-1][0].end)
    return _EMPTY_CELL.search(text, slots[0][0].start, end if end >= 0 else len(text)) is not None


def _in_grid(
    sheet: Sheet, headed: HeadedRows, upper: tuple[Place, int], lower: tuple[Place, int]
) -> list[Slots] | None:
    """Both lines cell by cell, where each has one for each column."""
    lines: list[tuple[int, Slots]] = []
    for place, index in (upper, lower):
        begin = sheet.text.rfind("\n", 0, place.start) + 1
        end = sheet.text.find("\n", place.end)
        bars = [at.start() for at in re.finditer(r"\|", sheet.text[:end]) if at.start() >= begin]
        cells = [Place(one + 1, other) for one, other in pairwise(bars)]
        own = [number for number, cell in enumerate(cells) if cell.start <= place.start < cell.end]
        first = own[0] - index if own else -1
        width = len(headed.columns)
        if first < 0 or len(cells) < first + width or (lines and first != lines[0][0]):
            return None
        lines.append((first, list(zip(cells[first : first + width], range(width), strict=True))))
    slots = [own for _, own in lines]
    stands = all(slots[1][index][0].holds(headed.columns[index]) for index in _under(headed.block))
    alone = all(
        slots[0][i][0].holds(p) for i, p in enumerate(headed.columns) if i not in _under(headed.block)
    )
    return slots if stands and alone else None


def _under(block: Block) -> list[int]:
    return [index for index, column in enumerate(block.columns) if column.group]
