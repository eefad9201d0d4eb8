"""Put review tables that stand one below another side by side, as the forms print them.

Flow:  blocks -> **blocks with one band** -> text, rows -> page

Each of such tables has the outcomes as its heads and one row of numbers. Which row of the band it is, a row
of its own says, or the last line above it; these words become the band's heads.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gouji.inference.readers.upright import Row, band_row_named, outcomes_of
from gouji.inference.readers.writer import Block, Table

_FEWEST = 2  # tables
_MOST_ROWS = 5  # of each: its name, its heads, its numbers
_LONGEST_NAME = 30  # characters of a line that names a table


@dataclass(frozen=True, slots=True)
class _Single:
    """A table of one row of the band, and the block behind it."""

    label: str
    heads: Row
    values: Row
    end: int


def side_by_side(blocks: Sequence[Block]) -> list[Block]:
    """Blocks, the review tables among them that follow each other as one band."""
    short = sum(isinstance(block, Table) and len(block.rows) <= _MOST_ROWS for block in blocks)
    if short < _FEWEST:
        return list(blocks)
    found: list[Block] = []
    index = 0
    while index < len(blocks):
        singles = list(_singles(blocks, index))
        if len(singles) < _FEWEST:
            found.append(blocks[index])
            index += 1
            continue
        heads = tuple(head for single in singles for head in single.heads)
        values = tuple(value for single in singles for value in single.values)
        found.append(Table((tuple(single.label for single in singles), heads, values)))
        index = singles[-1].end
    return found


def _singles(blocks: Sequence[Block], index: int) -> Iterator[_Single]:
    """The tables of single rows from a place on, each of another row, only lines that name them between."""
    named: set[str] = set()
    while (single := _single(blocks, index)) is not None and single.label not in named:
        named.add(single.label)
        yield single
        index = single.end


def _single(blocks: Sequence[Block], index: int) -> _Single | None:
    """The table of a single row at a place, behind the lines that name it."""
    label = None
    for place in range(index, len(blocks)):
        block = blocks[place]
        if isinstance(block, Table):
            return _row_of(block, label, place)
        if not block.strip():
            continue
        label = band_row_named((block,)) if len(block) <= _LONGEST_NAME else None
        if label is None and not _is_group(block):
            return None
    return None


def _is_group(line: str) -> bool:
    return len(line) <= _LONGEST_NAME and line.strip("#* \t：:").endswith("行政诉讼")


def _row_of(table: Table, label: str | None, place: int) -> _Single | None:
    top = next((i for i, row in enumerate(table.rows) if outcomes_of(row)), None)
    if (
        top is None
        or not top + 2 == len(table.rows) <= _MOST_ROWS
        or len(table.rows[-1]) != len(table.rows[top])
    ):
        return None
    own = [row for row in (band_row_named(row) for row in table.rows[:top]) if row is not None]
    named = own[-1] if own else label
    heads = outcomes_of(table.rows[top])
    if named is None or len(heads) != len(table.rows[top]):
        return None
    return _Single(named, heads, table.rows[-1], place + 1)
