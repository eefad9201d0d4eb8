"""One row for each body and year, balanced or not.

Flow:  bodies, series -> **rows** -> CSV, Parquet, Excel, Stata, SPSS, SQLite

What one year carries out is held against what the next has carried in, by the audit's own rule; where a year
is not there, or a cell is not settled, that is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gouji.inference.audit.findings import Finding
from gouji.inference.audit.reports import report_of_record
from gouji.inference.audit.years import check_pair
from gouji.inference.extraction import CheckState
from gouji.inference.outputs.records import Record
from gouji.inference.panel.bodies import Body, Copies, LeftOut, agreed, bodies_of
from gouji.inference.panel.reasons import NO_REPORT
from gouji.inference.panel.series import Series
from gouji.inference.panel.values import Reported, values_of
from gouji.inference.panel.variables import META, NOTHING_BEFORE, PLACE, UNKNOWN, Variable, variables_of
from gouji.model.forms import Form

_CARRIED = "years/carried_over/"
_TOTAL = f"{_CARRIED}total"


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel: its variables, its rows by body and year, and what found no place in it."""

    variables: tuple[Variable, ...]
    rows: tuple[Mapping[str, Any], ...]
    years: tuple[int, ...]  # from the first that is reported on to the last
    left_out: tuple[LeftOut, ...]
    answers: tuple[Record, ...]  # that it was made of

    @property
    def bodies(self) -> dict[int, str]:
        """The bodies' names, by their numbers."""
        return {row["panel_id"]: row["issuer"] for row in self.rows}


def panel_of(
    records: Sequence[Record],
    series: Sequence[Series],
    forms: Mapping[str, Form],
    aliases: Mapping[str, str] | None = None,
    *,
    balanced: bool = False,
) -> Panel:
    """The panel of some answers.

    Args:
        records: Answers of `gouji extract`.
        series: What is asked for.
        forms: The forms that the answers were read by.
        aliases: What a user says that issuers' names stand for.
        balanced: A row for each body and each year from the first to the last, reported or not.
    """
    bodies, left_out = bodies_of(records, aliases)
    reported = sorted({year for body in bodies for year in body.reports})
    years = tuple(range(reported[0], reported[-1] + 1)) if reported else ()
    rows = [
        row
        for number, body in enumerate(bodies, 1)
        for row in _rows_of(number, body, years if balanced else sorted(body.reports), series, forms)
    ]
    return Panel(variables_of(series), tuple(rows), years, tuple(left_out), tuple(records))


def _rows_of(
    number: int, body: Body, years: Sequence[int], series: Sequence[Series], forms: Mapping[str, Form]
) -> Iterator[dict[str, Any]]:
    reports = {year: agreed(copies) for year, copies in body.reports.items()}
    carried = _carried(body, reports, forms)
    places = [_place(each.record) for each in reports.values()]
    for year in years:
        copies = reports.get(year)
        row: dict[str, Any] = {"panel_id": number, "issuer_id": body.issuer_id, "issuer": body.name}
        row |= {"year": year, "years_reported": len(reports)}
        row |= _place(copies.record) if copies else _alike(places)
        row |= _worth(copies)
        row |= _carry_over(carried.get(year), year > min(reports))
        reported = None if copies is None else Reported(copies.record, forms, copies.disputed)
        yield row | values_of(reported, series)


def _place(record: Record) -> dict[str, Any]:
    """Where a body is, as far as its answer says: in `place`, or beside it."""
    place: Mapping[str, Any] = record.other.get("place") or {}
    return {name: place.get(name, record.other.get(name)) for name in PLACE}


def _alike(places: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What all reports of a body say alike; a code may change with the year."""
    return {name: places[0][name] for name in PLACE if len({place[name] for place in places}) == 1}


def _worth(copies: Copies | None) -> dict[str, Any]:
    if copies is None:
        return {"status": NO_REPORT, "copies": 0}
    record = copies.record
    states = [check["state"] for check in record.checks]
    meta: Mapping[str, Any] = record.other.get("meta") or {}
    return {
        "status": record.status,
        "form": record.form,
        "copies": copies.count,
        "copies_differ": len(copies.disputed),
        **{f"sums_{_WORD[state]}": states.count(state) for state in CheckState},
        "pattern": record.pattern,
        "issuer_printed": record.issuer,
        "source": record.source,
        "part": record.part,
        "title": record.title,
        **{name: meta.get(name, record.other.get(name)) for name in META},
    }


_WORD = {CheckState.HOLDS: "hold", CheckState.FAILS: "fail", CheckState.UNKNOWN: "unknown"}


def _carried(
    body: Body, reports: Mapping[int, Copies], forms: Mapping[str, Form]
) -> dict[int, list[Finding]]:
    """What comes of holding each year's carried in against the carried out of the year before."""
    read = {year: report_of_record(copies.settled.to_json()) for year, copies in reports.items()}
    pairs = ((year, read[year - 1], read[year]) for year in read if year - 1 in read)
    return {
        year: [
            finding
            for finding in check_pair(body.name, earlier, later, forms, None)
            if finding.check.startswith(_CARRIED)
        ]
        for year, earlier, later in pairs
    }


def _carry_over(findings: Sequence[Finding] | None, before: bool) -> dict[str, Any]:
    if not findings:
        return {"carry_over": UNKNOWN if before else NOTHING_BEFORE}
    states = {finding.state for finding in findings}
    order = (CheckState.FAILS, CheckState.UNKNOWN, CheckState.HOLDS)
    total = next((f for f in findings if f.check == _TOTAL), None)
    gap = None
    if total is not None and total.left is not None and total.right is not None:
        gap = total.right - total.left
    return {"carry_over": str(next(state for state in order if state in states)), "carry_over_gap": gap}
