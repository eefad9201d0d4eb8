"""What a report's page tells where one looks: of each cell its labels, its candidates, its sums.

Flow:  view -> **data** -> report page

Cells and checks name one another by number; labels stand once, for a page holds two hundred cells.
"""

from __future__ import annotations

from typing import Any

from gouji.inference.extraction import State
from gouji.inference.viewer.signs import STATE_SIGNS, figure
from gouji.inference.viewer.view import View


def report_data(view: View) -> dict[str, Any]:
    """What the script needs to tell of each cell and each check, as JSON has it."""
    of_cell: dict[str, list[int]] = {}
    checks = []
    for check in view.extraction.checks:
        left, right = view.sides[check.name]
        for key in (*left, *right):
            of_cell.setdefault(key, []).append(view.check_number[check.name])
        label = view.label(check)
        checks.append(
            {
                "table": label.table,
                "name": label.each,
                "rule": label.rule,
                "state": str(check.state),
                "sums": [figure(check.left), figure(check.right)],
                "left": [view.number[key] for key in left],
                "right": [view.number[key] for key in right],
            }
        )
    labels = list(dict.fromkeys(label for path in view.paths.values() for label in path))  # each once
    one = view.extraction.suggestion
    place = {label: index for index, label in enumerate(labels)}
    cells = [
        _without_nothing(
            key=cell.key,
            path=[place[label] for label in view.paths[cell.key]],
            state=str(cell.state),
            value=figure(cell.value),
            unit=cell.unit,
            raw=cell.raw,
            place=f"{cell.start}–{cell.end}" if cell.start is not None else None,
            confidence=None if cell.confidence is None else str(round(cell.confidence, 4)),
            candidates=[figure(candidate) for candidate in cell.candidates] or None,
            more=cell.more or None,
            derived=figure(cell.derived),
            would=figure(one.would_be) if one is not None and one.key == cell.key else None,
            checks=of_cell.get(cell.key),
        )
        for cell in view.extraction.cells
    ]
    signs = {str(state): STATE_SIGNS[state] for state in State if state in STATE_SIGNS}
    part = view.extraction.part is not None
    return {"labels": labels, "cells": cells, "checks": checks, "signs": signs, "part": part}


def _without_nothing(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
