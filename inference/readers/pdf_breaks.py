"""Put together again what page breaks cut: tables, and rows within them.

Flow:  rows -> **rows over page breaks** -> page

A page break cuts a table between two rows, or a row between two lines. What stands first on the
next sheet belongs to the row above where rules and print leave no doubt of it: a cell that goes on
is empty on one of the sheets, or begins with no ordinal of its own. Else it stays a row by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, takewhile

from gouji.inference.readers.pdf_grid import cut_between, same_columns
from gouji.inference.readers.pdf_lines import (
    Line,
    ends_in_brackets,
    is_figure,
    is_number,
    is_value,
    numbers_of,
    values_of,
)
from gouji.inference.readers.pdf_places import is_sign_or_unit
from gouji.inference.readers.pdf_rules import NEAR
from gouji.inference.readers.pdf_sheet import Sheet
from gouji.inference.readers.pdf_tables import Cell, Row, Table

_ORDINAL = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,2}(?:[）)]|[、.．])")
_NUMBERED = re.compile(r"(?:[-—–·\s]|第)*(\d{1,3})(?:[-—–·\s]|页|[/共]\s*\d+)*")
# What browsers print on a sheet: the time and the title above, the address and the sheet's number below.
_BROWSERS = re.compile(
    r"(?:https?|file)://\S+(?:\s+\d+/\d+)?$|\d+[-/.]\d+[-/.]\d+,? +\d+:\d\d(?: [AP]M)?(?: |$)"
)
_LETTERS = re.compile(r"[^\W\d_]")
_FEWEST_LETTERS = 4  # of a head whose figures change
_NEIGHBOURS = 2  # sheets: left and right ones may have heads of their own
_SAME_PLACE = 4.0  # points
_DIGITS = re.compile(r"\d+")
_MARGIN = 0.12  # of a sheet's height: where heads and page numbers are printed
_OUTER = 3  # lines of a sheet, from above and from below, that may be such


def furniture(sheets: Sequence[tuple[Sheet, Sequence[Line]]]) -> set[int]:
    """The lines, by identity, that are print of the sheets and not of the report: heads, page numbers.

    A head stands at the same place of neighbouring sheets, a page number counts them.
    """
    found: dict[tuple[str, int], list[tuple[int, Line]]] = {}
    browsers: set[int] = set()
    for index, (sheet, lines) in enumerate(sheets):
        for line in dict.fromkeys([*lines[:_OUTER], *lines[-_OUTER:]]):
            if sheet.height * _MARGIN < line.base < sheet.height * (1 - _MARGIN):
                continue
            if _BROWSERS.match(line.text):
                browsers.add(id(line))
            for key in _keys(line, index):
                found.setdefault(key, []).append((index, line))
    return browsers | {
        id(line)
        for alike in found.values()
        for index, line in alike
        if any(0 < abs(index - other) <= _NEIGHBOURS for other, _ in alike)
    }


def _keys(line: Line, index: int) -> Iterator[tuple[str, int]]:
    """By what a line is known again on another sheet."""
    number = _NUMBERED.fullmatch(line.text)
    letters = len(_LETTERS.findall(line.text))
    place = round(line.base / _SAME_PLACE)
    if number is not None:
        yield "", int(number.group(1)) - index
    if letters:
        yield line.text, place
    if letters >= _FEWEST_LETTERS:
        yield _DIGITS.sub("#", line.text), place


def goes_on_in(above: Table, below: Table) -> bool:
    """Whether a table at a sheet's lower end and one at the next sheet's upper end may be one."""
    return same_columns(above.grid, below.grid)


def doubt_cut_rows(above: Table, below: Table) -> None:
    """Take no number for known on both sides of a page break that may cut a row, where it was not joined."""
    if cut_between(above.grid, below.grid):
        for row in (above.rows[-1], below.rows[0]):
            for cell in row.cells:
                cell.lost = True


def continue_with(above: Table, below: Table) -> None:
    """Take the rows of the next sheet into a table."""
    rows = _without_head(above.rows, below.rows)
    last = below.last
    if rows:
        mates = {id(cell): mate for cell in rows[0].cells if (mate := _mate(cell, above.last)) is not None}
        merged = _merged(rows[0], mates, cut=cut_between(above.grid, below.grid))
        last = [mates[id(cell)] if id(cell) in merged else cell for cell in last]
        rows[0].cells = [cell for cell in rows[0].cells if id(cell) not in merged]
    _doubt_unlabelled(above.rows, rows, above.last)
    above.rows.extend(row for row in rows if row.text)
    above.grid, above.last = below.grid, last


def _doubt_unlabelled(above: Sequence[Row], below: Sequence[Row], last: Sequence[Cell]) -> None:
    """Take no number for known where a page break is followed by numbers that no label begins.

    Not where some had room beside those above: they are another row's.
    """
    begun = list(takewhile(lambda row: not row.known, below)) or list(below[:1])
    labelled = any(row.cells[0].lines for row in begun if row.cells)
    cells = [cell for row in begun for cell in row.cells]
    pairs = [(mate, cell) for cell in cells if (mate := _mate(cell, last)) is not None]
    two = any(
        all(map(is_number, lines)) and len(numbers_of(lines, mate.box)) > 1
        for mate, cell in pairs
        if (lines := [*mate.lines, *cell.lines]) and mate.lines and cell.lines
    )
    if above and not labelled and not two and any(_DIGITS.search(row.text) for row in begun):
        for cell in chain(above[-1].cells, cells):
            cell.lost = True


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


def _merged(row: Row, mates: dict[int, Cell], *, cut: bool) -> set[int]:
    """The cells of a row, by identity, that are the rest of cells above: they are taken into these.

    Args:
        row: The first of the sheet.
        mates: The cells above its cells, by the latter's identity.
        cut: No rule is drawn at the break.
    """
    spanning = [cell for cell in row.cells if id(cell) in mates and _is_group(mates[id(cell)], cell)]
    going_on = {id(cell) for cell in spanning if _label_goes_on(mates[id(cell)], cell)}
    merged = {id(cell) for cell in spanning if id(cell) in going_on and _surely(mates[id(cell)], cell)}
    rest = [cell for cell in row.cells if id(cell) not in going_on]
    single = [cell for cell in rest if id(cell) in mates or cell.text or not cell.spans]
    pairs = [(mates[id(cell)], cell) for cell in single if id(cell) in mates]
    if len(pairs) == len(single) and row.known and _is_rest(pairs, cut=cut):
        merged |= going_on.union(map(id, single))
    elif _may_be_rest(pairs):
        for cell in chain.from_iterable(pairs):
            cell.lost = True
    for cell in row.cells:
        if id(cell) in merged:
            mate = mates[id(cell)]
            mate.spans = mate.spans or cell.spans
            mate.lost = mate.lost or cell.lost
            mate.picture = mate.picture or cell.picture
            mate.lines.extend(cell.lines)
    return merged


def _is_group(above: Cell, below: Cell) -> bool:
    """Whether a cell may be of rows on both sheets; a number's is of one, whatever rules end beside it."""
    return (above.spans or below.spans) and not any(map(is_value, (*above.lines, *below.lines)))


def _label_goes_on(above: Cell, below: Cell) -> bool:
    """Whether a cell of several rows may go on below."""
    if not below.text or not above.text:
        return True
    return _ORDINAL.match(below.text) is None and not any(map(is_number, below.lines))


def _surely(above: Cell, below: Cell) -> bool:
    """Whether it does, even if the rest of the row does not: one of a single row above may be whole there."""
    return above.spans or not below.text or not above.text


def _is_rest(pairs: Sequence[tuple[Cell, Cell]], *, cut: bool) -> bool:
    """Whether cells are the lower part of a row that a page break cuts."""
    if any(above.spans or below.spans for above, below in pairs):
        return False
    if not any(below.text for _, below in pairs) or not any(above.text for above, _ in pairs):
        return True
    if any(_conflict(above, below) for above, below in pairs):
        return False
    if cut:
        return True
    return _is_unfinished(*pairs[0])


def _is_unfinished(above: Cell, below: Cell) -> bool:
    """Whether a row's label goes on below, or nothing does."""
    label, rest = above.text, below.text
    if not rest:
        return True
    unfinished = _ORDINAL.match(label) is not None or label.count("（") > label.count("）")
    return unfinished and _ORDINAL.match(rest) is None


def _may_be_rest(pairs: Sequence[tuple[Cell, Cell]]) -> bool:
    """Whether numbers below may be the rest of those above, though rules or labels do not say so."""
    numbered = any(any(map(is_figure, below.lines)) for _, below in pairs)
    return numbered and _is_unfinished(*pairs[0]) and not any(_conflict(*pair) for pair in pairs)


def _conflict(above: Cell, below: Cell) -> bool:
    """Whether two parts of a cell hold numbers that are not one number; a remark in brackets goes on."""
    if ends_in_brackets("".join(line.text for line in above.lines)):
        return len(values_of([*above.lines, *below.lines])) > len(values_of(above.lines))
    numbers = [line for line in (*above.lines, *below.lines) if is_figure(line)]
    if all(is_sign_or_unit(line.text) for line in below.lines):
        return False
    if len(numbers) < 2:
        return bool(numbers and above.lines and below.lines)
    return len(numbers_of([*above.lines, *below.lines], above.box)) > 1
