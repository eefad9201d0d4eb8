"""One extraction in a notebook: its tables as issued, doubts by colour and by sign, and its sums.

Flow:  extraction, layout, marks -> **HTML**

The HTML is complete in itself: no script, no style sheet, legible on a light and a dark ground.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from gouji.inference.extraction import Cell, Check, CheckState, ExtractedReport, State
from gouji.inference.outputs.labels import cell_names, check_label
from gouji.inference.outputs.layout import Box, BoxKind, Layout, layouts
from gouji.inference.outputs.marks import (
    FAILING_SIGN,
    LEGEND,
    SIGNS,
    advice,
    cause,
    failing_keys,
    remark,
    shown,
)
from gouji.model.forms import Form, Table, load_forms

_COLOURS = {
    State.PLACED: "#ddebf7",
    State.AMBIGUOUS: "#ffe699",
    State.MISSING: "#f8cbad",
    State.SETTLED: "#e2d6f0",
}
_BORDER = "border:1px solid #999;padding:1px 6px;"


def html_of(extraction: ExtractedReport, forms: Mapping[str, Form] | None = None) -> str:
    """The HTML of an extraction.

    Args:
        extraction: What was read of a page.
        forms: The forms that were looked for; the shipped ones where not given.
    """
    return "".join(_parts(extraction, load_forms() if forms is None else forms))


def html_of_table(table: Table, cells: Iterable[Cell], checks: Iterable[Check]) -> str:
    """The HTML of one table.

    Args:
        table: The table of the form.
        cells: All of its cells.
        checks: Its sums.
    """
    return "".join(_table(table, _figures(cells, checks, [table])))


def _parts(extraction: ExtractedReport, forms: Mapping[str, Form]) -> Iterator[str]:
    tables = {
        table_id: forms[form_id].table(table_id)
        for table_id, form_id in extraction.forms.items()
        if form_id is not None and form_id in forms
    }
    figures = _figures(extraction.cells, extraction.checks, tables.values())
    yield f"<div><b>{escape(extraction.title or extraction.source)}</b><br>"
    yield f"{escape(str(extraction.status))}, form {escape(extraction.form or 'unknown')}</div>"
    for table_id, form_id in extraction.forms.items():
        if table_id in tables:
            yield from _table(tables[table_id], figures)
        elif form_id is not None or figures:
            what = "not on the page" if form_id is None else f"of form {form_id}, not known here"
            yield f"<div style='margin-top:8px'>{escape(f'{table_id}: {what}')}</div>"
    yield from _sums(extraction, list(tables.values()))
    if extraction.unplaced:
        numbers = ", ".join(f"{number.raw} ({number.reason})" for number in extraction.unplaced)
        yield f"<details><summary>unplaced: {len(extraction.unplaced)}</summary>{escape(numbers)}</details>"
    if any(figure.signed for figure in figures.values()):
        yield f"<div style='opacity:.7;white-space:pre-wrap'>{LEGEND}</div>"


def _table(table: Table, figures: Mapping[str, _Figure]) -> Iterator[str]:
    yield f"<div style='margin-top:8px'><b>{escape(table.title)}</b></div>"
    yield from (_grid(layout, figures) for layout in layouts(table))


@dataclass(frozen=True, slots=True)
class _Figure:
    """What stands in a cell."""

    text: str
    tip: str
    style: str
    signed: bool


def _figures(cells: Iterable[Cell], checks: Iterable[Check], tables: Iterable[Table]) -> dict[str, _Figure]:
    """What stands in each cell, by its key."""
    failing = failing_keys(checks, tables)
    return {cell.key: _figure(cell, cell.key in failing) for cell in cells}


def _figure(cell: Cell, fails: bool) -> _Figure:
    colour = f"background:{_COLOURS[cell.state]};color:#000;" if cell.state in _COLOURS else ""
    return _Figure(
        text=shown(cell) + (FAILING_SIGN if fails else ""),
        tip=f"{cell.key}: {remark(cell) or cell.state}{'; in a sum that fails' if fails else ''}",
        style=f"text-align:right;white-space:nowrap;{colour}{'font-weight:bold;' if fails else ''}",
        signed=fails or cell.state in SIGNS,
    )


def _grid(layout: Layout, figures: Mapping[str, _Figure]) -> str:
    lines: list[list[Box]] = [[] for _ in range(layout.lines)]
    for box in sorted(layout.boxes, key=lambda box: box.left):
        lines[box.top].append(box)
    rows = ("<tr>" + "".join(_box(box, figures) for box in line) + "</tr>" for line in lines)
    return f"<table style='border-collapse:collapse'>{''.join(rows)}</table>"


def _box(box: Box, figures: Mapping[str, _Figure]) -> str:
    spans = (("rowspan", box.height), ("colspan", box.width))
    span = "".join(f" {name}='{count}'" for name, count in spans if count > 1)
    if box.key is not None:
        figure = figures[box.key]
        style = f"{_BORDER}{figure.style}"
        return f"<td{span} title='{escape(figure.tip)}' style='{style}'>{escape(figure.text)}</td>"
    align = "left" if box.kind in (BoxKind.ROW, BoxKind.GROUP) else "center"
    if box.upright:
        align = "center;writing-mode:vertical-rl"
    return f"<th{span} style='{_BORDER}font-weight:normal;text-align:{align}'>{escape(box.text)}</th>"


def _sums(extraction: ExtractedReport, tables: Sequence[Table]) -> Iterator[str]:
    states = [check.state for check in extraction.checks]
    counts = ", ".join(f"{states.count(state)} {state}" for state in CheckState if state in states)
    if counts:
        yield f"<div style='margin-top:8px'>sums: {counts}</div>"
    for check in extraction.checks:
        if check.state is CheckState.FAILS:
            said = str(check_label(tables, check.name) or check.name)
            yield f"<div>✗ {escape(said)}: {check.left} is not {check.right}</div>"
    if extraction.pattern is not None:
        yield f"<div>{escape(cause(extraction.pattern))}</div>"
    if (one := extraction.suggestion) is not None:
        where = cell_names(tables).get(one.key, one.key)
        yield f"<div>{escape(advice(one, where))}; nothing was changed</div>"
    for table in tables:
        if table.id in extraction.bounded:
            yield f"<div>{escape(table.title)}: {escape(extraction.bounded[table.id])}</div>"
