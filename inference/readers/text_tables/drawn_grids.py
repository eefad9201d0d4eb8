"""Grids drawn with `+---+` and `|`: reStructuredText's, pandoc's, Emacs'; cells over lines, columns and rows.

Flow:  lines -> edges of columns and rows -> **cells without a rule between them joined** -> blocks

A print of rows with few rules (a database's) looks alike: where a cell between two rules holds two numbers,
or two labels of a form, the rules are none of the rows', and it is read by its bars.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from gouji.inference.readers.form_words import form_words
from gouji.inference.readers.text_tables.fixed_width import prints_of
from gouji.inference.readers.text_tables.rows import Found, Lines
from gouji.inference.readers.text_tables.spanned import Cell, blocks_of_cells, escaped
from gouji.model.label_words import bare

PRESENT = re.compile(r"(?m)^[^\S\n]*\+(?:[-=:]{2,}\+)+[^\S\n]*$")
_RULE = re.compile(r"\+[-=:]{2,}\+")
_FILLER = "\0"
_RULES = frozenset("-=:+")
_BARS = frozenset("|+")
_FIGURE = re.compile(r"\W*\d[\d.,]*\W*")
_NUMBER = re.compile(r"-?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|-?[0-9]{5,}(?:\.[0-9]+)?|-?[0-9]+\.[0-9]+")
_MARGIN = 1  # blank, on each side of what a cell prints
_FEWEST_ROWS = 2

Places = Sequence[int]
Corner = tuple[int, int]  # a row and a column between neighbouring edges


def find(lines: Lines, index: int) -> Found | None:
    """The grid whose upper rule is a line."""
    if PRESENT.fullmatch(lines[index]) is None:
        return None
    held = lines.stretch("drawn", index, lambda line: line.lstrip().startswith(("+", "|")))
    edges = (i for i, two in enumerate(pairwise(held), 1) if all(map(PRESENT.fullmatch, two)))
    held = held[: next(edges, len(held))]  # another grid follows
    indent = len(lines[index]) - len(lines[index].lstrip())
    for print_ in prints_of([line.rstrip() for line in held]):
        cells = _cells([line[indent:] for line in print_])
        if cells is not None:
            return Found(blocks_of_cells(cells), index + len(held))
    return None


def _cells(lines: Sequence[str]) -> list[list[Cell]] | None:
    """The rows of a grid; None where its edges do not meet, or its rules do not part its rows."""
    right = len(lines[0]) - 1 if lines else 0
    closed = all(len(line) == right + 1 and line[0] in _BARS and line[right] in _BARS for line in lines)
    if not closed or not PRESENT.fullmatch(lines[-1].replace(_FILLER, "")):
        return None
    columns = sorted({place for line in lines for place in _corners(line)})
    rows = [at for at, line in enumerate(lines) if _RULE.search(line)]
    if len(rows) <= _FEWEST_ROWS:
        return None
    found: list[list[Cell]] = [[] for _ in rows[1:]]
    wrapped: set[int] = set()  # rows in which a number goes on below: one each, for of two they are rows
    taken: set[Corner] = set()
    for top in range(len(rows) - 1):
        for left in range(len(columns) - 1):
            if (top, left) in taken:
                continue
            below, behind = _end_of(lines, rows, columns, (top, left))
            area = {(down, across) for down in range(top, below) for across in range(left, behind)}
            if area & taken or not _is_closed(lines, rows, columns, (top, left), (below, behind)):
                return None
            taken |= area
            held = [line[columns[left] + 1 : columns[behind]] for line in lines[rows[top] + 1 : rows[below]]]
            text = [line.replace(_FILLER, "").strip() for line in held]
            if _is_wrapped_number(text, min(map(len, held), default=0)) and top not in wrapped:
                wrapped.add(top)
                text = ["".join(text)]
            if _holds_rows(text):
                return None
            found[top].append(Cell(escaped("\n".join(filter(None, text))), behind - left, below - top))
    return found


def _corners(line: str) -> Iterator[int]:
    """Where rules cross, or end."""
    for place, sign in enumerate(line):
        if sign == "+" and not _RULES.isdisjoint(
            line[max(place - 1, 0) : place] + line[place + 1 : place + 2]
        ):
            yield place


def _ruled(line: str, left: int, right: int) -> bool:
    """Whether a rule goes from one edge to another."""
    return line[left] == "+" == line[right] and _RULES.issuperset(line[left:right])


def _barred(lines: Sequence[str], top: int, bottom: int, place: int) -> bool:
    return all(line[place] in _BARS for line in lines[top : bottom + 1])


def _end_of(lines: Sequence[str], rows: Places, columns: Places, start: Corner) -> Corner:
    """The row and the column behind a cell: those of the first rules below it and at its right."""
    top, left = start
    behind = left + 1
    while behind < len(columns) - 1 and not _barred(lines, rows[top], rows[top + 1], columns[behind]):
        behind += 1
    below = top + 1
    while below < len(rows) - 1 and not _ruled(lines[rows[below]], columns[left], columns[behind]):
        below += 1
    return below, behind


def _is_closed(lines: Sequence[str], rows: Places, columns: Places, start: Corner, behind: Corner) -> bool:
    """Whether rules go all around a cell."""
    top, bottom = rows[start[0]], rows[behind[0]]
    left, right = columns[start[1]], columns[behind[1]]
    sides = all(_barred(lines, top, bottom, place) for place in (left, right))
    return sides and all(_RULES.issuperset(lines[at][left:right]) for at in (top, bottom))


def _is_wrapped_number(lines: Sequence[str], width: int) -> bool:
    """Whether a cell's two lines are one number, of which the first fills the cell but for its margins."""
    printed = [line for line in lines if line]
    fills = len(printed) == 2 and len(printed[0]) >= width - 2 * _MARGIN
    return fills and all(map(_FIGURE.fullmatch, printed)) and _NUMBER.fullmatch("".join(printed)) is not None


def _holds_rows(lines: Sequence[str]) -> bool:
    """Whether lines between two rules are rows of their own."""
    words = form_words().all
    figures = sum(_FIGURE.fullmatch(line) is not None for line in lines)
    return figures > 1 or sum(bare(line) in words for line in lines) > 1
