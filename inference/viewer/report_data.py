"""What a report's page tells where one looks: of each cell its print and candidates, of each sum its sides.

Flow:  view -> **data** -> report page

What the form says of them (labels, which cells a sum adds up) stands in a file that all pages share;
so do the words. What goes without saying is left out, for a page holds two hundred cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gouji.inference.extraction import Cell, State
from gouji.inference.viewer.signs import STATE_SIGNS, figure
from gouji.inference.viewer.view import View
from gouji.inference.why import Why


def report_data(view: View) -> dict[str, Any]:
    """What the script needs to tell of each cell and each check, as JSON has it."""
    extraction = view.extraction
    reasons = list(dict.fromkeys(cell.why for cell in extraction.cells if cell.why))
    return {
        "tables": [[table, form.id] for table, form in view.form_of.items()],
        "cells": [_cell(view, cell, reasons) for cell in extraction.cells],
        "reasons": reasons,  # a cell names its own by their place: most cells of a page share theirs
        "checks": [
            {"id": check.name, "state": str(check.state), "sums": [figure(check.left), figure(check.right)]}
            for check in extraction.checks
        ],
        "signs": {str(state): STATE_SIGNS[state] for state in State if state in STATE_SIGNS},
        "part": extraction.part is not None,
    }


def _cell(view: View, cell: Cell, reasons: Sequence[tuple[Why, ...]]) -> dict[str, Any]:
    one = view.extraction.suggestion
    value = figure(cell.value)
    return _without_nothing(
        state=None if cell.state is State.READ else str(cell.state),
        value=value,
        unit=cell.unit,
        raw=None if cell.raw == value else cell.raw,  # printed as it is read, wherever it has a place
        place=None if cell.start is None else [cell.start, cell.end],
        confidence=None if cell.confidence is None else round(cell.confidence, 4),
        candidates=[figure(candidate) for candidate in cell.candidates] or None,
        more=cell.more or None,
        why=reasons.index(cell.why) if cell.why else None,
        derived=figure(cell.derived),
        settled=None if cell.settled is None else cell.settled.to_record(),
        would=figure(one.would_be) if one is not None and one.key == cell.key else None,
    )


def _without_nothing(**fields: Any) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
