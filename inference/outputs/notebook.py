"""One extraction in a notebook: its tables as issued, doubts by colour and by sign, and its sums.

Flow:  extraction, layout, marks -> **HTML**

The HTML is complete in itself: no script, no style sheet, legible on a light and a dark ground.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from gouji.inference.extraction import Cell, CheckState, Extraction, State
from gouji.inference.outputs.labels import cell_names, check_label
from gouji.inference.outputs.layout import Box, BoxKind, Layout, layouts
from gouji.inference.outputs.marks import advice, remark, shown
from gouji.model.forms import Form, Table, load_forms

_COLOURS = {State.PLACED: "#ddebf7", State.AMBIGUOUS: "#ffe699", State.MISSING: "#f8cbad"}
_BORDER = "border:1px solid #999;padding:1px 6px;"


def html_of(extraction: Extraction, forms: Mapping[str, Form] | None = None) -> str:
    """The HTML of an extraction.

    Args:
        extraction: What was read of a page.
        forms: The forms that were looked for; the shipped ones where not given.
    """
    return "".join(_parts(extraction, load_forms() if forms is None else forms))


def _parts(extraction: Extraction, forms: Mapping[str, Form]) -> Iterator[str]:
    yield f"<div><b>{escape(extraction.title or extraction.source)}</b><br>"
    yield f"{escape(str(extraction.status))}, form {escape(extraction.form or 'unknown')}</div>"
    cells = {cell.key: cell for cell in extraction.cells}
    tables = []
    for table_id, form_id in extraction.forms.items():
        if form_id is not None and form_id in forms:
            table = forms[form_id].table(table_id)
            tables.append(table)
            yield f"<div style='margin-top:8px'><b>{escape(table.title)}</b></div>"
            yield from (_grid(layout, cells) for layout in layouts(table))
        elif form_id is not None or cells:
            what = "not on the page" if form_id is None else f"of form {form_id}, not known here"
            yield f"<div style='margin-top:8px'>{escape(f'{table_id}: {what}')}</div>"
    yield from _sums(extraction, tables)
    if extraction.unplaced:
        numbers = ", ".join(f"{number.raw} ({number.reason})" for number in extraction.unplaced)
        yield f"<details><summary>unplaced: {len(extraction.unplaced)}</summary>{escape(numbers)}</details>"


def _grid(layout: Layout, cells: Mapping[str, Cell]) -> str:
    lines: list[list[Box]] = [[] for _ in range(layout.lines)]
    for box in sorted(layout.boxes, key=lambda box: box.left):
        lines[box.top].append(box)
    rows = ("<tr>" + "".join(_box(box, cells) for box in line) + "</tr>" for line in lines)
    return f"<table style='border-collapse:collapse'>{''.join(rows)}</table>"


def _box(box: Box, cells: Mapping[str, Cell]) -> str:
    span = "".join(
        f" {name}='{count}'" for name, count in (("rowspan", box.height), ("colspan", box.width)) if count > 1
    )
    if box.key is None:
        align = "left" if box.kind in (BoxKind.ROW, BoxKind.GROUP) else "center"
        if box.upright:
            align = "center;writing-mode:vertical-rl"
        return f"<th{span} style='{_BORDER}font-weight:normal;text-align:{align}'>{escape(box.text)}</th>"
    cell = cells[box.key]
    colour = f"background:{_COLOURS[cell.state]};color:#000;" if cell.state in _COLOURS else ""
    title = f"{cell.key}: {remark(cell) or cell.state}"
    style = f"{_BORDER}text-align:right;{colour}"
    return f"<td{span} title='{escape(title)}' style='{style}'>{escape(shown(cell))}</td>"


def _sums(extraction: Extraction, tables: Sequence[Table]) -> Iterator[str]:
    states = [check.state for check in extraction.checks]
    counts = ", ".join(f"{states.count(state)} {state}" for state in CheckState if state in states)
    if counts:
        yield f"<div style='margin-top:8px'>sums: {counts}</div>"
    for check in extraction.checks:
        if check.state is CheckState.FAILS:
            said = str(check_label(tables, check.name) or check.name)
            yield f"<div>✗ {escape(said)}: {check.left} is not {check.right}</div>"
    if (one := extraction.suggestion) is not None:
        where = cell_names(tables).get(one.key, one.key)
        yield f"<div>{escape(advice(one, where))}; nothing was changed</div>"
    for table in tables:
        if table.id in extraction.bounded:
            yield f"<div>{escape(table.title)}: {escape(extraction.bounded[table.id])}</div>"
