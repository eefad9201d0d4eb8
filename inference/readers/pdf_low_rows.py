"""Complete the labels of which low rows show the last words alone, as spreadsheet programs print them.

Flow:  ruled tables -> **labels of a form** -> page

A row that is too low for its wrapped label hides the first lines, and what is left (申请, 信息) may be
several rows'. Where a table has as many rows as a form's, and nearly all labels are, or end, those of its
rows in their order, each is the row's at its place; elsewhere where just one label of a form, wrapped as wide
as the cell, ends in the line that is left. No label is completed that its row has room for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from itertools import combinations, takewhile

from gouji.inference.readers.pdf_lines import (
    closes_more_brackets,
    free_room,
    is_amount,
    is_mark,
    is_number,
    joined,
)
from gouji.inference.readers.pdf_places import ORDINAL
from gouji.inference.readers.pdf_tables import Cell, Row, Table
from gouji.model.forms import Label, load_forms
from gouji.model.forms import Table as FormTable
from gouji.model.label_words import bare

_LINE = 1.2  # of a glyph's height: from line to line of a cell, at least
_FEWEST_ROWS = 10  # of a table, from which the order of its labels tells them apart
_FEWEST_ALIKE = 0.85  # share of the labels that are, or end, the form's
_LONG = 6  # characters of a number, from which a column may have no room for it
_ROOM = 2.5  # digits: a point, a digit, and what a cell keeps free
_FEWEST_TELLING = 0.5  # share of the labels of which two characters or more are left


def complete_labels(tables: Sequence[Table]) -> None:
    """Put the form's labels in the place of those that low rows cut, where nothing leaves a doubt.

    A program that cuts labels rounds amounts that its columns have no room for: such a number is not known.
    """
    forms = [own for form in load_forms().values() for own in form.tables if own.printed == "rows"]
    for own in forms:
        if len({len(block.columns) for block in own.blocks}) == 1:
            _complete(tables, own)
    official = [(len(block.columns), label) for own in forms for block, label in own.rows()]
    known = {bare(wording) for _, label in official for wording in label.wordings}
    for table in tables:
        _complete_lone(table.rows, official, known)
        _doubt_rests(table.rows, known)
    cells = [cell for table in tables for row in table.rows for cell in row.cells]
    if any(cell.completed for cell in cells):
        for cell in cells:
            cell.lost = cell.lost or _may_be_rounded(cell)


def _may_be_rounded(cell: Cell) -> bool:
    """Whether a long number has no room for a point and another digit."""
    if len(cell.lines) != 1 or not is_number(cell.lines[0]) or len(cell.lines[0].text) < _LONG:
        return False
    digit = cell.lines[0].glyphs[0]
    return free_room(cell.lines[0], cell.box) < _ROOM * (digit.right - digit.left)


def _complete(tables: Sequence[Table], own: FormTable) -> None:
    """Complete the labels of a form's rows, which may stand in several tables, one on each sheet."""
    official = [label for _, label in own.rows()]
    parts = [list(_labels(table.rows, len(own.blocks[0].columns))) for table in tables]
    for start, end in combinations(range(len(parts) + 1), 2):
        printed = [cell for part in parts[start:end] for cell in part]
        if parts[start] and len(printed) == len(official) >= _FEWEST_ROWS:
            _complete_in_order(printed, official)


def _complete_in_order(printed: Sequence[Cell], official: Sequence[Label]) -> None:
    """Complete labels of as many rows as a form's; of a remark behind a label its end tells nothing."""
    pairs = [
        pair for pair in zip(printed, official, strict=True) if _ends(*pair) or not _ends_remark(pair[0])
    ]
    alike = [(cell, label) for cell, label in pairs if _ends(cell, label)]
    telling = sum(len(bare(cell.text)) > 1 for cell, _ in alike)
    if len(alike) < _FEWEST_ALIKE * len(pairs) or telling < _FEWEST_TELLING * len(printed):
        return
    for cell, label in zip(printed, official, strict=True):
        is_whole = bare(cell.text) in map(bare, label.wordings)
        if (_ends(cell, label) or _ends_remark(cell)) and _is_cut(cell) and not is_whole:
            cell.completed = label.label


def _complete_lone(rows: Sequence[Row], official: Sequence[tuple[int, Label]], known: Set[str]) -> None:
    """Complete the labels that begin rows of numbers, each if one label alone ends as it does.

    Of one character, one label of so many columns.
    """
    begun = [row for row in rows if len(row.cells) > 1 and _is_numbered(row.cells[1:])]
    printed = [bare(row.cells[0].text) for row in begun]
    for row, text in zip(begun, printed, strict=True):
        cell, width = row.cells[0], len(row.cells) - 1
        if text and text not in known and printed.count(text) == 1 and _is_cut(cell):
            wordings = {
                bare(w): w
                for columns, label in official
                for w in label.wordings
                if (columns == width or len(text) > 1) and text in _last_lines(w, cell)
            }
            if len(wordings) == 1:
                cell.completed = next(iter(wordings.values()))


def _doubt_rests(rows: Sequence[Row], known: Set[str]) -> None:
    """Take no number for known beside what is left of a label, in a table that cuts some: none says whose."""
    if any(cell.completed for row in rows for cell in row.cells):
        for row in rows:
            before = [cell for cell in takewhile(lambda cell: not _is_value(cell), row.cells) if cell.lines]
            if before and _is_numbered(row.cells) and _is_rest(before[-1], known):
                for cell in row.cells:
                    cell.lost = cell.lost or cell.box.left > before[-1].box.left


def _is_value(cell: Cell) -> bool:
    return bool(cell.lines) and all(map(is_amount, cell.lines))


def _is_rest(cell: Cell, known: Set[str]) -> bool:
    return not cell.completed and bare(cell.text) not in known and _is_cut(cell)


def _is_numbered(cells: Sequence[Cell]) -> bool:
    return any(is_mark(cell.text) or any(map(str.isdigit, cell.text)) for cell in cells)


def _last_lines(wording: str, cell: Cell) -> set[str]:
    """What is left of a wording in a cell's lowest line: the cell may keep some room free of its width."""
    text = bare(wording)
    em = max(glyph.right - glyph.left for line in cell.lines for glyph in line.glyphs)
    most = int((cell.box.right - cell.box.left) / em)
    lines = (len(text) % width or width for width in range(max(most - 1, 1), most + 1) if len(text) > width)
    return {text[-left:] for left in lines}


def _labels(rows: Sequence[Row], width: int) -> Iterator[Cell]:
    """The cell before each row's numbers, from the first row on that has one."""
    begun = False
    for row in rows:
        numbers = row.cells[-width:]
        begun = begun or _is_numbered(numbers)
        if begun and len(row.cells) > width:
            yield row.cells[-width - 1]


def _ends_remark(cell: Cell) -> bool:
    return closes_more_brackets(joined(cell.lines))


def _ends(cell: Cell, label: Label) -> bool:
    return any(bare(wording).endswith(bare(cell.text)) for wording in label.wordings)


def _is_cut(cell: Cell) -> bool:
    """Whether a row has no room for another line of its label, and that does not begin with its ordinal."""
    height = max((line.height for line in cell.lines), default=0.0)
    if ORDINAL.match(joined(cell.lines)):
        return False
    return bool(cell.lines) and cell.box.bottom - cell.box.top < (len(cell.lines) + 1) * height * _LINE
