"""Tell apart the reports that one value holds: objects under the names of bodies, lists of reports.

Flow:  value -> **reports** -> tables -> markup

Values are reports of their own where they have rows of the forms in common; where the keys above them are
labels themselves, they are one table by its columns or its groups.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gouji.inference.readers.json_labels import is_column, is_row
from gouji.inference.readers.json_shapes import is_nested
from gouji.inference.readers.json_tables import rows_told

# What the labels of some rows say in each table, however they are joined with others.
_ROWS = re.compile("规章|规范性文件|行政许可|行政处罚|行政强制|予以公开|新收|结转|行政复议|直接起诉")
FEWEST = 3  # rows of a form, from which a value is a report's tables
_ALIKE = 0.5  # of the rows of the smaller of two reports, that are the other's too


@dataclass(frozen=True, slots=True)
class Report:
    """A report in a value, and the name that it stands under."""

    name: str | None
    value: Any


def reports_in(value: Any) -> list[Report]:
    """The reports of a value in their order; none where it has not the rows of one."""
    if not _names_a_row(value) or len(rows_told(value)) < FEWEST:
        return []
    return list(_reports(Report(None, value)))


def _names_a_row(value: Any) -> bool:
    """Whether words of a form's rows stand anywhere in a value: most that is large holds none."""
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += [*value, *value.values()]
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, str) and _ROWS.search(value):
            return True
    return False


def _reports(report: Report) -> Iterator[Report]:
    value = report.value
    named = (
        list(value.items())
        if isinstance(value, dict)
        else [(None, each) for each in value]
        if isinstance(value, list)
        else []
    )
    nested = [Report(name, inner) for name, inner in named if is_nested(inner)]
    labels = any(each.name and (is_row(each.name) or is_column(each.name)) for each in nested)
    rows = [rows_told(each.value) for each in nested]
    full = [(each, own) for each, own in zip(nested, rows, strict=True) if len(own) >= FEWEST]
    if labels or not full:
        yield report
    elif len(full) == 1 and len(nested) == 1:
        yield from _below(report, full[0][0])
    elif len(full) > 1 and all(_are_alike(own, full[0][1]) for _, own in full[1:]):
        for each, _ in full:
            yield from _reports(each)
    else:
        yield report


def _below(report: Report, inner: Report) -> Iterator[Report]:
    """The reports one level deeper; where that is one, it is the whole with what stands beside it."""
    found = list(_reports(inner))
    yield from found if len(found) > 1 else [report]


def _are_alike(rows: frozenset[str], others: frozenset[str]) -> bool:
    return len(rows & others) > _ALIKE * min(len(rows), len(others))
