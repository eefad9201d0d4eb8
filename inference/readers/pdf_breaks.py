"""Put together again what page breaks cut: tables, and rows within them.

Flow:  rows -> **rows over page breaks** -> page

A page break cuts a table between two rows, or a row between two lines. What stands first on the
next sheet belongs to the row above where rules and print leave no doubt of it: a cell that goes on
is empty on one of the sheets, or begins with no ordinal of its own. Else it stays a row by itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from gouji.inference.readers.pdf_grid import NEAR, same_columns
from gouji.inference.readers.pdf_lines import Line, goes_on, is_number
from gouji.inference.readers.pdf_sheet import Sheet
from gouji.inference.readers.pdf_tables import Cell, Row, Table

_ORDINAL = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,2}(?:[）)]|[、.．])")
_NUMBERED = re.compile(r"(?:[-—–·\s]|第)*(\d{1,3})(?:[-—–·\s]|页|[/共]\s*\d+)*")
_WORDS = re.compile(r"[^\W\d_]")
_FEWEST_WORDS = 4  # letters of a head
_SAME_PLACE = 4.0  # points
_DIGITS = re.compile(r"\d+")
_MARGIN = 0.12  # of a sheet's height: where heads and page numbers are printed
_OUTER = 3  # lines of a sheet, from above and from below, that may be such


def furniture(sheets: Sequence[tuple[Sheet, Sequence[Line]]]) -> set[int]:
    """The lines, by identity, that are print of the sheets and not of the report: heads, page numbers.

    A head stands at the same place of two sheets, a page number counts them.
    """
    outer: list[tuple[Line, tuple[str, int]]] = []
    for index, (sheet, lines) in enumerate(sheets):
        for line in dict.fromkeys([*lines[:_OUTER], *lines[-_OUTER:]]):
            if sheet.height * _MARGIN < line.base < sheet.height * (1 - _MARGIN):
                continue
            number = _NUMBERED.fullmatch(line.text)
            if number is not None:
                outer.append((line, ("", int(number.group(1)) - index)))
            elif len(_WORDS.findall(line.text)) >= _FEWEST_WORDS:
                outer.append((line, (_DIGITS.sub("0", line.text), round(line.base / _SAME_PLACE))))
    counted = Counter(key for _, key in outer)
    return {id(line) for line, key in outer if counted[key] > 1}


def goes_on_in(above: Table, below: Table) -> bool:
    """Whether a table at a sheet's lower end and one at the next sheet's upper end may be one."""
    return same_columns(above.grid, below.grid)


def continue_with(above: Table, below: Table) -> None:
    """Take the rows of the next sheet into a table."""
    rows = _without_head(above.rows, below.rows)
    last = below.last
    if rows:
        mates = {id(cell): mate for cell in rows[0].cells if (mate := _mate(cell, above.last)) is not None}
        merged = _merged(rows[0], mates)
        last = [mates[id(cell)] if id(cell) in merged else cell for cell in last]
        rows[0].cells = [cell for cell in rows[0].cells if id(cell) not in merged]
    above.rows.extend(row for row in rows if row.cells)
    above.grid, above.last = below.grid, last


def _without_head(above: Sequence[Row], below: Sequence[Row]) -> list[Row]:
    """The rows of the next sheet, less those that repeat the table's head."""
    repeated = 0
    for first, again in zip(above, below, strict=False):
        if first.text != again.text or not first.text.strip() or _DIGITS.search(first.text):
            break
        repeated += 1
    return list(below[repeated:])


def _mate(cell: Cell, above: Iterable[Cell]) -> Cell | None:
    """The cell above a page break that may go on in one below."""
    for mate in above:
        if abs(mate.box.left - cell.box.left) <= NEAR and abs(mate.box.right - cell.box.right) <= NEAR:
            return mate
    return None


def _merged(row: Row, mates: dict[int, Cell]) -> set[int]:
    """The cells of a row, by identity, that are the rest of cells above: they are taken into these."""
    merged: set[int] = set()
    for cell in row.cells:
        mate = mates.get(id(cell))
        if mate is not None and (mate.spans or cell.spans) and _label_goes_on(mate, cell):
            merged.add(id(cell))
            mate.spans = True
    single = [cell for cell in row.cells if id(cell) not in merged]
    pairs = [(mates[id(cell)], cell) for cell in single if id(cell) in mates]
    if len(pairs) == len(single) and row.known and _is_rest(pairs):
        merged.update(id(cell) for cell in single)
    for cell in row.cells:
        if id(cell) in merged:
            mates[id(cell)].lines.extend(cell.lines)
    return merged


def _label_goes_on(above: Cell, below: Cell) -> bool:
    """Whether a cell of several rows goes on below."""
    if not below.text or not above.text:
        return True
    return above.spans and _ORDINAL.match(below.text) is None and not any(map(is_number, below.lines))


def _is_rest(pairs: Sequence[tuple[Cell, Cell]]) -> bool:
    """Whether cells are the lower part of a row that a page break cuts."""
    if any(above.spans or below.spans for above, below in pairs):
        return False
    if not any(below.text for _, below in pairs) or not any(above.text for above, _ in pairs):
        return True
    if any(_conflict(above, below) for above, below in pairs):
        return False
    label, rest = pairs[0][0].text, pairs[0][1].text
    if not rest:
        return True
    unfinished = _ORDINAL.match(label) is not None or label.count("（") > label.count("）")
    return unfinished and _ORDINAL.match(rest) is None


def _conflict(above: Cell, below: Cell) -> bool:
    """Whether two parts of a cell hold numbers that are not one number."""
    numbers = [line for line in (*above.lines, *below.lines) if is_number(line)]
    if len(numbers) < 2:
        return bool(numbers and above.lines and below.lines)
    return not all(goes_on(a, b, above.box) for a, b in pairwise([*above.lines, *below.lines]))
