"""Write what a document holds out as the text of a page: its lines, and its tables row by row.

Flow:  document -> blocks -> **text, rows** -> page

A table's row is one line with a tab between two cells, so that an empty cell is nothing between
two tabs. A cell's own lines are joined: only digits and letters that would run together keep a
blank between them. Empty lines are not written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gouji.inference.readers.marks import spread
from gouji.model.page import Stretch

# As browsers collapse it; no-break and wide blanks are print. Other breaks are one too.
_BLANKS = re.compile(r"[ \t\n\r\f\v\x1c-\x1e\x85\u2028\u2029]+")
_WIDE = re.compile(r"(?<=[\u2e80-\u9fff\uff00-\uffef])(?!(?<=\d) \d) (?=[\u2e80-\u9fff\uff00-\uffef])")

_WORDS = re.compile(r"\D*[^\W\d_]\D*")
_HEADS = 2  # cells with words in the row that names the columns, at least, and one more that is empty
_TABBED = 2  # pieces of a line between tabs; from more on it may be a table's row
_LAYOUT_LINES = 4  # paragraphs in one of several cells, from which it is a column of the page's layout
_LAYOUT_LENGTH = 400  # characters, likewise; the longest official label has 90


@dataclass(frozen=True, slots=True)
class Table:
    """A table by its rows, each the text of its cells; a cell is on one line.

    Of text that was set with tabs the cells are not `known`: several tabs may be there to align. A grid has a
    cell for each column, so that a merged one is followed by others, empty or the same again.
    """

    rows: tuple[tuple[str, ...], ...]
    known: bool = True
    is_grid: bool = False


Block = str | Table  # a string is a line


@dataclass(frozen=True, slots=True)
class Written:
    """A text, and for each of its tables where its rows stand."""

    text: str
    tables: tuple[tuple[Stretch, ...], ...]


def line(text: str) -> str:
    """Text as it stands on one line: blanks collapsed, none at its ends.

    >>> line(" 第二十条 \\n 第（一）项\\u00a0")
    '第二十条 第（一）项'
    """
    return _BLANKS.sub(" ", text).strip()


def cell(lines: Iterable[str]) -> str:
    """The lines of a cell, joined.

    >>> cell(["本年新", "制作数量"]), cell(["12", "34"]), cell(["１２", "３４"])
    ('本年新制作数量', '12 34', '１２ ３４')
    """
    joined = ""
    for part in map(line, lines):
        ends = joined[-1:], part[:1]
        runs_on = all("" < end < "\u2e80" for end in ends) or all(map(str.isdecimal, ends))
        joined += f" {part}" if runs_on else part
    return _WIDE.sub("", joined)


def with_tabs(block: Block) -> Block:
    """A block outside of cells; a line that is set with tabs keeps them."""
    if isinstance(block, Table):
        return block
    text = spread(block)
    cells = tuple(map(line, text.strip("\t ").split("\t")))
    return Table((cells,), known=False) if len(cells) > _TABBED else text


def lays_out(cells: Sequence[Sequence[Block]]) -> bool:
    """Whether a row's cells hold parts of the page, and not labels and numbers.

    A table within a cell says so, unless it is one cell itself; or several paragraphs do.
    """
    for blocks in cells:
        nested = [block for block in blocks if isinstance(block, Table)]
        if any(len(table.rows) > 1 or len(table.rows[0]) > 1 for table in nested):
            return True
        lines = [block for block in blocks if isinstance(block, str)]
        long = sum(map(len, lines)) > _LAYOUT_LENGTH
        if (len(cells) == 1 and (nested or len(lines) > 1)) or (long and len(lines) >= _LAYOUT_LINES):
            return True
    return False


def write(blocks: Iterable[Block]) -> Written:
    """The text of blocks, in their order."""
    return write_lines(map(_lines, blocks))


def write_lines(blocks: Iterable[Iterable[tuple[str, bool]]]) -> Written:
    """The text of lines, block by block; each line says whether it is a row whose cells are known."""
    lines: list[str] = []
    tables: list[tuple[Stretch, ...]] = []
    at = 0
    for block in blocks:
        rows = []
        for printed, is_row in block:
            if is_row:
                rows.append((at, at + len(printed)))
            lines.append(printed)
            at += len(printed) + 1
        if rows:
            tables.append(tuple(rows))
    return Written("".join(f"{printed}\n" for printed in lines), tuple(tables))


def _lines(block: Block) -> Iterator[tuple[str, bool]]:
    if isinstance(block, str):
        if printed := line(block):
            yield printed, False
        return
    for row in _without_spacers(block.rows) if block.known else block.rows:
        if any(row) or len(row) > 1:
            yield "\t".join(row), block.known


def _without_spacers(rows: Sequence[tuple[str, ...]]) -> Sequence[tuple[str, ...]]:
    """Rows without their first or last cell where it is empty in all, also beside the words of a head."""
    for edge, inside in ((0, slice(1, None)), (-1, slice(None, -1))):
        several = [row for row in rows if len(row) > 1]
        headed = any(len(row) > _HEADS and all(map(_WORDS.fullmatch, row[inside])) for row in several)
        if headed and not any(row[edge] for row in several):
            rows = [row[inside] if len(row) > 1 else row for row in rows]
    return rows
