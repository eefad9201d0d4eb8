"""Complete the labels of which low rows show the last words alone, as spreadsheet programs print them.

Flow:  ruled tables -> **labels of a form** -> page

A row that is too low for its wrapped label hides the first lines, and what is left (申请, 信息) may be several
rows'. Where a table has as many rows as a form's, and nearly all labels are, or end, those of its rows in
their order, each is the row's at its place. No label is completed that its row has room for, nor where rows are
missing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gouji.inference.readers.pdf_tables import Cell, Row, Table
from gouji.model.forms import Label, load_forms
from gouji.model.forms import Table as FormTable
from gouji.model.label_words import bare

_LINE = 1.2  # of a glyph's height: from line to line of a cell, at least
_FEWEST_ROWS = 10  # of a table, from which the order of its labels tells them apart
_FEWEST_ALIKE = 0.85  # share of the labels that are, or end, the form's
_FEWEST_TELLING = 0.5  # share of the labels of which two characters or more are left


def complete_labels(table: Table) -> None:
    """Put the form's labels in the place of those that low rows cut, where their order leaves no doubt."""
    for form in load_forms().values():
        for own in form.tables:
            if own.printed == "rows" and len({len(block.columns) for block in own.blocks}) == 1:
                _complete(table.rows, own)


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


def _labels(rows: Sequence[Row], width: int) -> Iterator[Cell]:
    """The cell before each row's numbers, from the first row on that has one."""
    begun = False
    for row in rows:
        numbers = row.cells[-width:]
        begun = begun or any(character.isdigit() for cell in numbers for character in cell.text)
        if begun and len(row.cells) > width:
            yield row.cells[-width - 1]


def _ends(cell: Cell, label: Label) -> bool:
    return any(bare(wording).endswith(bare(cell.text)) for wording in label.wordings)


def _is_cut(cell: Cell) -> bool:
    """Whether a row has no room for another line of its label."""
    height = max((line.height for line in cell.lines), default=0.0)
    return bool(cell.lines) and cell.box.bottom - cell.box.top < (len(cell.lines) + 1) * height * _LINE
