"""Read extracted reports back: the JSON lines of `gouji extract`, or an extraction just made.

Flow:  JSON lines -> **reports** -> sums, years, claims, second reading

A report answers for a figure only where its page settles it: a blank is 0, an ambiguous or
missing cell is None. A row's total that the publisher left empty, or at 0, beside filled columns is no 0.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from gouji.inference.assembly.checks import instances
from gouji.inference.extraction import Check, CheckState, Number, State, Suggestion
from gouji.inference.outputs.records import suggestion_of
from gouji.model.errors import GoujiError
from gouji.model.forms import Form, Table


class ReportError(GoujiError):
    """A file is no JSON lines of `gouji extract`; all its faults at once."""


@dataclass(frozen=True, slots=True)
class ReportCell:
    """One cell of a report; `raw`, `start` and `end` as the page prints it."""

    value: Number | None
    state: State
    raw: str | None = None
    start: int | None = None
    end: int | None = None

    @property
    def known(self) -> bool:
        """Whether the page settles it."""
        return self.state.is_settled


@dataclass(frozen=True, slots=True)
class Report:
    """What one page's extraction says, as an audit needs it; `error` where there was none to read."""

    source: str
    issuer: str | None = None
    year: int | None = None
    forms: Mapping[str, str | None] = field(default_factory=dict)  # table -> its form; None: not on the page
    cells: Mapping[str, ReportCell] = field(default_factory=dict)
    part: int | None = None  # of a page that holds several reports
    title: str | None = None
    error: str | None = None
    checks: tuple[Check, ...] = ()
    suggestion: Suggestion | None = None
    pattern: str | None = None  # the habit that explains every failing sum

    @property
    def titled(self) -> bool:
        """Whether the title names the issuer; else a mark of the site does, and may mean the place."""
        title = re.sub(r"\s", "", self.title or "")
        issuer = re.sub(r"\s", "", self.issuer or "").removesuffix("人民政府")
        return any(issuer[start:] in title for start in range(max(1, len(issuer) - 2)))

    def table(self, table_id: str, known: Mapping[str, Form]) -> Table | None:
        """The form's table that the page holds under this id, where it holds one of a known form."""
        form_id = self.forms.get(table_id)
        form = known.get(form_id) if form_id else None
        return form.table(table_id) if form else None

    def figure(self, table: Table, key: str) -> Number | None:
        """What the page says of a cell; None where it does not settle it."""
        cell = self.cells.get(key)
        if cell is None or not cell.known:
            return None
        if cell.value:
            return cell.value
        return 0 if self._is_nought(table, key) else None

    def total(self, table: Table, keys: Iterable[str]) -> Number | None:
        """The sum of some cells; None where one of them is not settled."""
        figures = [self.figure(table, key) for key in keys]
        settled = [figure for figure in figures if figure is not None]
        return sum(settled) if len(settled) == len(figures) else None

    def _is_nought(self, table: Table, key: str) -> bool:
        """Whether a blank or a 0 means 0: not where it is the sum of cells that are not all 0 or blank."""
        for rule in table.checks:
            for _, left, right in instances(table, rule):
                terms = [self.cells.get(term) for term in left]
                if right == [key] and any(cell is None or not cell.known or cell.value for cell in terms):
                    return False
        return True


def report_of_record(record: Mapping[str, Any]) -> Report:
    """A record of `gouji extract` as a report.

    Raises:
        KeyError, TypeError, ValueError: It is none.
    """
    source = str(record["source"])
    if "error" in record:
        return Report(source, error=str(record["error"]))
    cells = {
        cell["key"]: ReportCell(
            cell["value"], State(cell["state"]), cell.get("raw"), cell.get("start"), cell.get("end")
        )
        for cell in record["cells"]
    }
    return Report(
        source=source,
        issuer=record.get("issuer"),
        year=record.get("year"),
        forms=dict(record["forms"]),
        cells=cells,
        part=record.get("part"),
        title=record.get("title"),
        checks=tuple(
            Check(check["name"], CheckState(check["state"]), check["left"], check["right"])
            for check in record.get("checks", ())
        ),
        suggestion=suggestion_of(record.get("suggestion")),
        pattern=record.get("pattern"),
    )


def reports_of_lines(lines: Sequence[str], where: str) -> list[Report]:
    """The reports of JSON lines; `where` names them in an error.

    Raises:
        ReportError: A line is no record of `gouji extract`; all faults at once.
    """
    reports, faults = [], []
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            reports.append(report_of_record(json.loads(line)))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            fault = f"misses {error}" if isinstance(error, KeyError) else str(error)
            faults.append(f"{where} line {number}: {fault}; expected a line of gouji extract")
    if faults:
        raise ReportError("\n".join(faults))
    return reports


def load_reports(path: Path) -> list[Report]:
    """The reports of a file of `gouji extract`.

    Raises:
        ReportError: The file cannot be read, or a line is faulty.
    """
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ReportError(f"{path}: cannot be read: {error}; expected JSON lines in utf-8") from error
    return reports_of_lines(lines, str(path))
