"""Hold a report against the same issuer's report of the year before.

Flow:  reports -> issuers -> **years** -> findings

The identities stand in the forms (`[[table.years]]`); one holds between two years where both
years' tables have it. An identity that needs a cell that is open, a table that a page does not
hold, or a year that is not there, is unknown. Of several copies of one report a cell counts
where all copies that settle it agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from gouji.inference.audit.findings import Finding
from gouji.inference.audit.issuers import Match, match_issuers
from gouji.inference.audit.reports import Report, ReportCell
from gouji.inference.extraction import CheckState, Number, State
from gouji.model.forms import Form, Table, YearRule


@dataclass(frozen=True, slots=True)
class Instance:
    """What a rule says of one row or column: its id, and the cell keys of both sides."""

    each: str
    earlier: tuple[str, ...]
    plus: tuple[str, ...]
    later: tuple[str, ...]


def check_years(
    reports: Sequence[Report], forms: Mapping[str, Form], aliases: Mapping[str, str] | None = None
) -> list[Finding]:
    """Every identity between two years of one issuer.

    Args:
        reports: Reports of any issuers and years; those without either are left out, and those whose
            issuer is not named in the title or by a name that may be several bodies'.
        forms: The known forms, by id.
        aliases: What a user says that issuers' names stand for.
    """
    by_issuer, matches = years_of_issuers(reports, aliases)
    findings: list[Finding] = []
    for issuer, years in by_issuer.items():
        for pair in pairwise(years.values()):
            findings.extend(check_pair(issuer, *pair, forms, _how_matched(pair, matches)))
    return findings


def years_of_issuers(
    reports: Sequence[Report], aliases: Mapping[str, str] | None = None
) -> tuple[dict[str, dict[int, Report]], dict[str, Match]]:
    """Each issuer's reports by year, the earliest first, copies as one; and how each name was matched."""
    called = aliases or {}
    named = [r for r in reports if r.issuer and r.year and (r.titled or r.issuer in called)]
    matches = match_issuers([(report.issuer or "", report.year) for report in named], aliases)
    by_issuer: dict[str, dict[int, list[Report]]] = {}
    for report in named:
        match = matches.get(report.issuer or "")
        if match is not None:
            by_issuer.setdefault(match.issuer, {}).setdefault(report.year or 0, []).append(report)
    return {
        issuer: {year: _merged(years[year]) for year in sorted(years)} for issuer, years in by_issuer.items()
    }, matches


def year_instances(table: Table, rule: YearRule) -> Iterator[Instance]:
    """What a rule says of each row or column of a table; of those blocks that have all it names."""
    for block in table.blocks:
        rows, columns = [row.id for row in block.rows], [column.id for column in block.columns]
        inner, outer = (columns, rows) if rule.each == "row" else (rows, columns)
        if not set(inner).issuperset((*rule.earlier, *rule.plus, *rule.later)):
            continue
        for each in outer:
            yield Instance(
                each,
                *(
                    tuple(
                        f"{table.id}/{each}/{term}" if rule.each == "row" else f"{table.id}/{term}/{each}"
                        for term in terms
                    )
                    for terms in (rule.earlier, rule.plus, rule.later)
                ),
            )


def check_pair(
    issuer: str, earlier: Report, later: Report, forms: Mapping[str, Form], note: str | None
) -> Iterator[Finding]:
    """Every identity between two reports of one issuer; unknown where a year lies between them.

    Args:
        issuer: Whose they are.
        earlier: The report of the earlier year.
        later: That of the later one.
        forms: The known forms, by id.
        note: What is to be told of the pair.
    """
    gap = (later.year or 0) - (earlier.year or 0) - 1
    if gap:
        missing = ", ".join(str((earlier.year or 0) + 1 + i) for i in range(gap))
        note = f"no report for {missing}"
    for table_id in dict.fromkeys((*earlier.forms, *later.forms)):
        tables = earlier.table(table_id, forms), later.table(table_id, forms)
        if tables[0] is None or tables[1] is None:
            continue
        for rule in tables[1].years:
            if rule not in tables[0].years:
                continue
            for instance in year_instances(tables[1], rule):
                left, right = _sides(instance, (earlier, tables[0]), (later, tables[1]))
                if gap:
                    left = right = None
                yield Finding(
                    check=f"years/{rule.name}/{instance.each}",
                    state=_state(left, right),
                    sources=(earlier.source, later.source),
                    issuer=issuer,
                    year=later.year,
                    left=left,
                    right=right,
                    note=note,
                )


def _sides(
    instance: Instance, earlier: tuple[Report, Table], later: tuple[Report, Table]
) -> tuple[Number | None, Number | None]:
    before = earlier[0].total(earlier[1], instance.earlier)
    plus = later[0].total(later[1], instance.plus)
    left = None if before is None or plus is None else before + plus
    return left, later[0].total(later[1], instance.later)


def _state(left: Number | None, right: Number | None) -> CheckState:
    if left is None or right is None:
        return CheckState.UNKNOWN
    return CheckState.HOLDS if abs(left - right) < 1e-6 else CheckState.FAILS


def _merged(copies: Sequence[Report]) -> Report:
    """One report of all copies: of each table the cells on which those that hold it in one form agree."""
    first = copies[0]
    if len(copies) == 1:
        return first
    forms: dict[str, str | None] = {}
    for table_id in dict.fromkeys(table for copy in copies for table in copy.forms):
        held = {copy.forms.get(table_id) for copy in copies} - {None}
        forms[table_id] = held.pop() if len(held) == 1 else None
    keys = dict.fromkeys(key for copy in copies for key in copy.cells)
    cells = {key: _agreed([copy.cells[key] for copy in copies if key in copy.cells]) for key in keys}
    return replace(first, forms=forms, cells=cells)


def _agreed(cells: Sequence[ReportCell]) -> ReportCell:
    settled = [cell for cell in cells if cell.known]
    if not settled or len({cell.value or 0 for cell in settled}) > 1:
        return ReportCell(None, State.AMBIGUOUS)
    return next((cell for cell in settled if cell.value is not None), settled[0])


def _how_matched(pair: Iterable[Report], matches: Mapping[str, Match]) -> str | None:
    """How the names of two reports were told to be one issuer's, where they are not the same."""
    names = dict.fromkeys(report.issuer or "" for report in pair)
    if len(names) == 1:
        return None
    hows = dict.fromkeys(matches[name].how for name in names if matches[name].how != "same name")
    return f"{' = '.join(names)} ({', '.join(hows)})"
