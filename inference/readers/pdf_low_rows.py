"""Complete the labels of which low rows show the last words alone, as spreadsheet programs print them.

Flow:  ruled tables -> **labels of a form** -> page

A row that is too low for its wrapped label hides the first lines, and what is left (申请, 信息) may be
several rows'. Where a table has as many rows as a form's, and nearly all labels are, or end, those of its
rows in their order, each is the row's at its place; elsewhere where just one label of a form, wrapped as wide
as the cell, ends in the line that is left. No label is completed that its row has room for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.inference.readers.pdf_lines import free_room, is_number
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
    for table in tables:
        _complete_labels(table)
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


def _complete_labels(table: Table) -> None:
    tables = [own for form in load_forms().values() for own in form.tables if own.printed == "rows"]
    for own in tables:
        if len({len(block.columns) for block in own.blocks}) == 1:
            _complete(table.rows, own)
    _complete_lone(table.rows, [label for own in tables for _, label in own.rows()])


def _complete(rows: Sequence[Row], own: FormTable) -> None:
    official = [label for _, label in own.rows()]
    printed = list(_labels(rows, len(own.blocks[0].columns)))
    if len(printed) != len(official) or len(official) < _FEWEST_ROWS:
        return
    pairs = list(zip(printed, official, strict=True))
    alike = [(cell, label) for cell, label in pairs if _ends(cell, label)]
    telling = sum(len(bare(cell.text)) > 1 for cell, _ in alike)
    if len(alike) < _FEWEST_ALIKE * len(pairs) or telling < _FEWEST_TELLING * len(pairs):
        return
    for cell, label in alike:
        if _is_cut(cell) and bare(cell.text) not in map(bare, label.wordings):
            cell.completed = label.label


def _complete_lone(rows: Sequence[Row], official: Sequence[Label]) -> None:
    """Complete the labels that begin rows of numbers, each if one label alone ends as it does."""
    begun = [row.cells[0] for row in rows if len(row.cells) > 1 and _is_numbered(row.cells[1:])]
    printed = [bare(cell.text) for cell in begun]
    known = {bare(wording) for label in official for wording in label.wordings}
    for cell, text in zip(begun, printed, strict=True):
        if len(text) > 1 and text not in known and printed.count(text) == 1 and _is_cut(cell):
            wordings = {
                bare(w): w for label in official for w in label.wordings if text in _last_lines(w, cell)
            }
            if len(wordings) == 1:
                cell.completed = next(iter(wordings.values()))


def _is_numbered(cells: Sequence[Cell]) -> bool:
    return any(character.isdigit() for cell in cells for character in cell.text)


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


def _ends(cell: Cell, label: Label) -> bool:
    return any(bare(wording).endswith(bare(cell.text)) for wording in label.wordings)


def _is_cut(cell: Cell) -> bool:
    """Whether a row has no room for another line of its label."""
    height = max((line.height for line in cell.lines), default=0.0)
    return bool(cell.lines) and cell.box.bottom - cell.box.top < (len(cell.lines) + 1) * height * _LINE
