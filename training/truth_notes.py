"""What a truth file tells of a report beside its values: prints, units, doubtful cells, sums that fail.

Flow:  report -> **notes** -> labelled page -> truth/ID.json
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from gouji.annotations.truth import TruthNotes, Violation
from gouji.inference.assembly.checks import instances
from gouji.model.forms import Table, load_forms
from gouji.training.printed import Truth
from gouji.training.reports import Cell, Grid, Report

_DOUBTFUL = frozenset({"无", "未收费"})  # words that say blank or 0, either


def notes_of(report: Report) -> TruthNotes:
    """The notes on a report as it is printed."""
    known = load_forms()
    tables = [known[form].table(table) for table, form in report.forms.items()]
    cells = {cell.key: cell for cell in _cells(report) if cell.key is not None}
    return TruthNotes(
        raw=dict(_raw(cells, report.truth)),
        units={key: cell.unit for key, cell in cells.items() if cell.unit},
        doubtful=tuple(key for key, cell in cells.items() if cell.text.strip() in _DOUBTFUL),
        violations=tuple(violation for table in tables for violation in violations_of(table, report.truth)),
        habits=report.habits,
    )


def violations_of(table: Table, truth: Truth) -> Iterator[Violation]:
    """The sums of a table that its print breaks; a blank counts as 0, and one of lost cells says nothing."""
    for rule in table.checks:
        for each, *sides in instances(table, rule):
            if all(key in truth for side in sides for key in side):
                left, right = (sum(truth[key] or 0 for key in side) for side in sides)
                if left != right:
                    yield Violation(f"{table.id}/{rule.name}/{each}", (*sides[0], *sides[1]), left, right)


def _cells(report: Report) -> Iterator[Cell]:
    grids = (block for block in report.blocks if isinstance(block, Grid))
    return (cell for grid in grids for row in grid.rows for cell in row)


def _raw(cells: Mapping[str, Cell], truth: Truth) -> Iterator[tuple[str, str]]:
    """What the cells print that do not print the bare number, or nothing for a blank."""
    for key, cell in cells.items():
        value = truth[key]
        if cell.text != ("" if value is None else str(value)):
            yield key, cell.text
