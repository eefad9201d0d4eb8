"""Show an extraction to a person: the official tables, row by row, and what the sums say.

Flow:  extraction -> **tables on a terminal**

A number stands as it was read; `*` marks one whose place was worked out, `?` the likeliest of several
candidates, `…` a cell that the page does not hold. A blank cell is blank.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import Group, RenderableType
from rich.table import Table as Grid
from rich.text import Text

from gouji.inference.extraction import Cell, CheckState, Extraction, State
from gouji.model.forms import Block, Form, Table, load_forms

_SHOWN_CANDIDATES = 2
_LABEL_WIDTH = 40  # characters of a row's label; the longest official one has 70
_STYLES = {State.PLACED: "cyan", State.AMBIGUOUS: "yellow", State.MISSING: "red"}


def matrix_view(extraction: Extraction, forms: Mapping[str, Form] | None = None) -> RenderableType:
    """The tables of one page under its title, and the sums that fail or cannot be told.

    Args:
        extraction: What was read of the page.
        forms: The forms that it was read by; the shipped ones where not given.
    """
    cells = {cell.key: cell for cell in extraction.cells}
    parts: list[RenderableType] = [_heading(extraction)]
    for table in _tables(load_forms() if forms is None else forms, extraction.forms):
        parts.extend(_grid(table, block, cells) for block in table.blocks)
    parts.extend(_check_lines(extraction))
    return Group(*parts)


def _heading(extraction: Extraction) -> Text:
    title = extraction.title or extraction.source
    return Text(f"{title}\n{extraction.status}, form {extraction.form or 'unknown'}", style="bold")


def _tables(forms: Mapping[str, Form], held: Mapping[str, str | None]) -> Iterator[Table]:
    for table_id, form_id in held.items():
        if form_id is not None:
            yield forms[form_id].table(table_id)


def _grid(table: Table, block: Block, cells: Mapping[str, Cell]) -> Grid:
    grid = Grid(title=block.label or table.title, title_justify="left", title_style="")
    grid.add_column("", max_width=_LABEL_WIDTH)
    for column in block.columns:
        grid.add_column(column.label, justify="right", overflow="fold")
    for row in block.rows:
        found = (cells[f"{table.id}/{row.id}/{column.id}"] for column in block.columns)
        grid.add_row(row.label, *(_shown(cell) for cell in found))
    return grid


def _shown(cell: Cell) -> Text:
    """What stands in a cell.

    >>> str(_shown(Cell("t/r/c", None, State.AMBIGUOUS, candidates=(4, None, 40))))
    '4|blank|…?'
    """
    if cell.state is State.MISSING:
        shown = "…"
    elif cell.state is State.AMBIGUOUS:
        names = ["blank" if candidate is None else str(candidate) for candidate in cell.candidates]
        if len(names) > _SHOWN_CANDIDATES:
            names[_SHOWN_CANDIDATES:] = ["…"]
        shown = "|".join(names) + "?"
    elif cell.value is None:
        shown = ""
    else:
        shown = f"{cell.value}{cell.unit or ''}{'*' if cell.state is State.PLACED else ''}"
    return Text(shown, style=_STYLES.get(cell.state, ""))


def _check_lines(extraction: Extraction) -> Iterator[Text]:
    states = [check.state for check in extraction.checks]
    counts = ", ".join(f"{states.count(state)} {state}" for state in CheckState if state in states)
    if counts:
        yield Text(f"sums: {counts}")
    for check in extraction.checks:
        if check.state is CheckState.FAILS:
            yield Text(f"  {check.name}: {check.left} is not {check.right}", style="red")
    if (one := extraction.suggestion) is not None:
        printed = "blank" if one.printed is None else one.printed
        yield Text(f"  all would hold if {one.key} were {one.would_be}, not {printed}", style="yellow")
    for table, reason in extraction.bounded.items():
        yield Text(f"  {table}: {reason}", style="yellow")
