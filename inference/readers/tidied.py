"""Undo what a data frame makes of a table: `nan` for an empty cell, 26.0 for 26, its own names and numbers.

Flow:  blocks -> **tables without a program's own print** -> text, rows -> page

Nothing that a publisher may have printed is changed: a point goes only where every number of the column
has one and several end in `.0`; an index goes only where it counts from 0 through all rows; a head goes only
where a program made it up.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from gouji.inference.readers.merged import joined
from gouji.inference.readers.review_tables import side_by_side
from gouji.inference.readers.upright import upright
from gouji.inference.readers.writer import Block, Table

Row = tuple[str, ...]

_FEWEST_FLOATS = 3  # numbers on a page that end in `.0`, from which its tables are of floats
_FEWEST_ROWS = 3  # that an index counts
_NOTHING = frozenset(("nan", "NaN", "NAN", "<NA>", "None", "NaT", "null", "NULL", "#N/A", "NA"))
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?")
_WHOLE_FLOAT = re.compile(r"(-?\d+)\.0+")
_UNNAMED = re.compile(r"Unnamed: ?\d+(?:_level_\d+)?")
_MADE_UP = re.compile(
    r"(?:Unnamed: ?|column|col|field|var|数据|列|字段|[cfvx])[ _]?\d+|Unnamed: \d+_level_\d+", re.I
)
_HEADING = re.compile(r"\W*[一二三四五六七八]\s*[、,，.]")
_AGAIN = re.compile(r"(.*[^\W\d_])\.\d+")  # as pandas calls a second column of one name


def tidied_blocks(blocks: Iterable[Block]) -> Iterator[Block]:
    """Blocks with their tables tidied; a grid without heads goes on from the one before it on the page."""
    held = side_by_side(list(blocks))
    points = sum(_points(block) for block in held if isinstance(block, Table)) >= _FEWEST_FLOATS
    runs: Sequence[range] = ()
    for block in held:
        if isinstance(block, str):
            runs = () if _HEADING.match(block) else runs
            yield block
            continue
        for table in tidied(block, points=points):
            rows, runs = joined(table.rows, runs) if table.is_grid else (table.rows, runs)
            yield replace(table, rows=tuple(rows))


def tidied(table: Table, *, points: bool) -> list[Table]:
    """A table as its source had it, its rows and columns as the official tables have them.

    What a data frame's marks were found in is a grid. `points`: whether the page prints floats for counts.
    """
    if not table.known or not table.rows:
        return [table]
    rows = [tuple("" if cell in _NOTHING else _UNNAMED.sub("", cell) for cell in row) for row in table.rows]
    rows = _without_made_up_heads(_without_index(rows))
    is_grid = table.is_grid or tuple(rows) != table.rows
    whole = _without_points(rows) if points else rows
    return upright(Table(tuple(whole), is_grid=is_grid)) if rows else []


def prints_floats(table: Table) -> bool:
    """Whether a table for itself prints as many floats for counts as a page must."""
    return _points(table) >= _FEWEST_FLOATS


def _points(table: Table) -> int:
    """How many whole numbers a table prints with a point."""
    return sum(_WHOLE_FLOAT.fullmatch(cell) is not None for row in table.rows for cell in row)


def _without_index(rows: Sequence[Row]) -> list[Row]:
    """Rows without the first column where it counts them from 0, below a head or none."""
    for heads in range(min(5, len(rows))):
        counted = [row[0] if row else "" for row in rows[heads:]]
        if len(counted) >= _FEWEST_ROWS and counted == [str(place) for place in range(len(counted))]:
            named = any(row and row[0] not in ("", "..", "0", "level_0", "index") for row in rows[:heads])
            return [row[1:] for row in rows] if not named else list(rows)
    return list(rows)


def _without_made_up_heads(rows: Sequence[Row]) -> list[Row]:
    """Rows without names that a program made up for their heads, or what it added to one that came twice."""
    first = rows[0]
    said = [cell for cell in first if cell]
    numbered = [cell for cell in said if cell.isdecimal()]
    if (
        numbered == said
        and said in ([str(n) for n in range(len(said))], [str(n + 1) for n in range(-1, len(said) - 1)])
        and len(said) > 2
    ):
        return list(rows[1:])
    made_up = [_MADE_UP.fullmatch(cell) is not None for cell in first]
    if any(made_up):
        first = tuple("" if own else cell for cell, own in zip(first, made_up, strict=True))
    names = set(first)
    first = tuple(
        again[1] if (again := _AGAIN.fullmatch(cell)) and again[1] in names else cell for cell in first
    )
    return [first, *rows[1:]] if any(first) or not said else list(rows[1:])


def _without_points(rows: Sequence[Row]) -> list[Row]:
    """Rows with whole numbers where a column of floats was made of them."""
    columns = list(zip_longest(*rows, fillvalue=""))
    floats = [_is_of_floats(column) for column in columns]
    return [
        tuple(
            _WHOLE_FLOAT.sub(r"\1", cell) if floats[place] and _WHOLE_FLOAT.fullmatch(cell) else cell
            for place, cell in enumerate(row)
        )
        for row in rows
    ]


def _is_of_floats(column: Sequence[str]) -> bool:
    numbers = [cell for cell in column if _NUMBER.fullmatch(cell)]
    return all("." in number for number in numbers)
