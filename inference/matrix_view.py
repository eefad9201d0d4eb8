"""Show an extraction to a person: the official tables as issued, and what there is to say of them.

Flow:  extraction, layout, marks -> **tables on a terminal**

A number stands as it was read; `*` marks one whose place was worked out, `?` the likeliest of several
candidates, `…` a cell that the page does not hold. A blank cell is blank. Signs say all that colours do.
A terminal too narrow for a table has its rows one under the other, and then its cells.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from gouji.inference.extraction import Cell, Check, CheckState, ExtractedReport, State
from gouji.inference.outputs.drawing import draw
from gouji.inference.outputs.labels import cell_names, check_label, row_names
from gouji.inference.outputs.layout import layouts
from gouji.inference.outputs.marks import (
    FAILING_SIGN,
    LEGEND,
    SHOWN_CANDIDATES,
    SIGNS,
    advice,
    cause,
    doubt,
    failing_keys,
    shown,
)
from gouji.inference.printable import in_line
from gouji.inference.why import Why
from gouji.model.forms import Form, Table, load_forms

_STYLES = {State.PLACED: "cyan", State.AMBIGUOUS: "yellow", State.MISSING: "red", State.SETTLED: "magenta"}
_FAILING = "bold red"


def matrix_view(extraction: ExtractedReport, forms: Mapping[str, Form] | None = None) -> RenderableType:
    """The tables of one page under its title, and below them sums, candidates and numbers without a cell.

    Args:
        extraction: What was read of the page.
        forms: The forms that it was read by; the shipped ones where not given.
    """
    tables = dict(_tables(load_forms() if forms is None else forms, extraction.forms))
    figures = _figures(extraction.cells, extraction.checks, tables.values())
    parts: list[RenderableType] = [_heading(extraction)]
    parts += [_TableView(table, figures) for table in tables.values()]
    parts += _absent(extraction)
    parts += _checks(extraction, list(tables.values()))
    parts += _doubts(extraction, tables)
    parts += _reasons(extraction, tables)
    parts += _unplaced(extraction)
    if any(text.plain.endswith((*SIGNS.values(), FAILING_SIGN)) for text in figures.values()):
        parts.append(Text(LEGEND, style="dim"))
    return Group(*parts)


def table_view(table: Table, cells: Sequence[Cell], checks: Sequence[Check]) -> RenderableType:
    """One table under its title.

    Args:
        table: The table of the form.
        cells: All of its cells.
        checks: Its sums.
    """
    return _TableView(table, _figures(cells, checks, [table]))


@dataclass(frozen=True, slots=True)
class _TableView:
    """A table as wide as the terminal lets it be."""

    table: Table
    figures: Mapping[str, Text]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[RenderableType]:
        yield Text()
        yield Text(self.table.title, style="bold")
        yield from self._drawn(options.max_width) or self._in_lines()

    def _drawn(self, width: int) -> list[RenderableType]:
        """Its grids, a band as one where there is room; none where there is no room at all."""
        for band in (True, False):
            grids = [draw(layout, self.figures, width) for layout in layouts(self.table, band)]
            if all(grid is not None for grid in grids):
                return [grid for grid in grids if grid is not None]
        return []

    def _in_lines(self) -> Iterator[RenderableType]:
        """A line for each row, and below it its cells, one behind the other."""
        for block, row in self.table.rows():
            yield Text(row.label)
            cells = (
                Text(f"{column.label}：").append_text(self.figures[f"{self.table.id}/{row.id}/{column.id}"])
                for column in block.columns
            )
            yield Padding(Text(" · ").join(cells), (0, 0, 0, 2), expand=False)


def _heading(extraction: ExtractedReport) -> Text:
    title = in_line(extraction.title or extraction.source)
    heading = Text(f"{title}\n{extraction.status}, form {extraction.form or 'unknown'}", style="bold")
    return (
        heading
        if extraction.cause is None
        else heading.append(f"\n{in_line(extraction.cause)}", style="not bold")
    )


def _tables(forms: Mapping[str, Form], held: Mapping[str, str | None]) -> Iterator[tuple[str, Table]]:
    for table_id, form_id in held.items():
        if form_id is not None:
            yield table_id, forms[form_id].table(table_id)


def _figures(cells: Sequence[Cell], checks: Sequence[Check], tables: Iterable[Table]) -> dict[str, Text]:
    """What stands in each cell; `!` behind those of a sum that fails."""
    failing = failing_keys(checks, tables)
    figures = {}
    for cell in cells:
        figure = Text(shown(cell), style=_STYLES.get(cell.state, ""))
        if cell.key in failing:
            figure = Text(f"{shown(cell)}{FAILING_SIGN}", style=_FAILING)
        figures[cell.key] = figure
    return figures


def _absent(extraction: ExtractedReport) -> Iterator[Text]:
    absent = [table_id for table_id, form_id in extraction.forms.items() if form_id is None]
    if absent and extraction.cells:
        yield Text(f"\nnot on the page ({Why.NO_TABLE}): {', '.join(absent)}", style=_STYLES[State.MISSING])


def _checks(extraction: ExtractedReport, tables: Sequence[Table]) -> Iterator[Text]:
    states = [check.state for check in extraction.checks]
    counts = ", ".join(f"{states.count(state)} {state}" for state in CheckState if state in states)
    if counts:
        yield Text(f"\nsums: {counts}")
    for check in extraction.checks:
        if check.state is CheckState.FAILS:
            said = check_label(tables, check.name) or check.name
            yield Text(f"  ! {said}: {check.left} is not {check.right}", style=_FAILING)
    if extraction.pattern is not None:
        yield Text(f"  {cause(extraction.pattern)}", style=_STYLES[State.AMBIGUOUS])
    if (one := extraction.suggestion) is not None:
        where = cell_names(tables).get(one.key, one.key)
        yield Text(f"  {advice(one, where)}", style=_STYLES[State.AMBIGUOUS])
    for table in tables:
        if table.id in extraction.bounded:
            yield Text(f"  {table.title}: {extraction.bounded[table.id]}", style=_STYLES[State.AMBIGUOUS])


def _doubts(extraction: ExtractedReport, tables: Mapping[str, Table]) -> Iterator[RenderableType]:
    """What the figure of a cell had no room for: all candidates of many, and what the sums say."""
    names = cell_names(tables.values())
    listed = [
        Text(f"{names.get(cell.key, cell.key)}: {doubt(cell)}", style=_STYLES[cell.state])
        for cell in extraction.cells
        if cell.derived is not None or cell.more or len(cell.candidates) > SHOWN_CANDIDATES
    ]
    if listed:
        yield Text("candidates, the likeliest first:")
        yield Padding(Group(*listed), (0, 0, 0, 2), expand=False)


def _reasons(extraction: ExtractedReport, tables: Mapping[str, Table]) -> Iterator[RenderableType]:
    """What stands against the open cells: the rows of each set of reasons, and what a reason means."""
    open_cells: dict[tuple[Why, ...], list[str]] = {}
    for cell in extraction.cells:
        if cell.why and cell.key.split("/", 1)[0] in tables:
            open_cells.setdefault(cell.why, []).append(cell.key)
    if not open_cells:
        return
    yield Text(f"open cells: {sum(map(len, open_cells.values()))}, and why")
    lines = [
        Text(
            f"{', '.join(why)}: {'; '.join(row_names(tables.values(), keys))}",
            style=_STYLES[State.AMBIGUOUS],
        )
        for why, keys in open_cells.items()
    ]
    said = [Text(f"{why}: {why.says}", style="dim") for why in Why if any(why in each for each in open_cells)]
    yield Padding(Group(*lines, *said), (0, 0, 0, 2), expand=False)


def _unplaced(extraction: ExtractedReport) -> Iterator[RenderableType]:
    """The numbers that no cell took, by the reason."""
    reasons: dict[str, list[str]] = {}
    for number in extraction.unplaced:
        raw = in_line(" ".join(number.raw.split()))
        reasons.setdefault(number.reason, []).append(f"{raw} ({number.start}–{number.end})")
    if reasons:
        yield Text(f"unplaced: {len(extraction.unplaced)}")
        lines = [Text(f"{reason}: {', '.join(numbers)}") for reason, numbers in reasons.items()]
        yield Padding(Group(*lines), (0, 0, 0, 2), expand=False)
