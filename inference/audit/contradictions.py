"""Who contradicts himself: the findings that fail and the signs, each with its print and where to look.

Flow:  findings, reports, a folder of gouji view -> **contradictions** -> CSV, Markdown, HTML
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gouji.inference.assembly.checks import instances
from gouji.inference.audit.findings import Finding
from gouji.inference.audit.kinds import Kind, kind_of
from gouji.inference.audit.reports import Report
from gouji.inference.audit.years import year_instances
from gouji.inference.extraction import Number, Suggestion
from gouji.inference.outputs.places import places
from gouji.inference.viewer.links import Links
from gouji.model.forms import Form, Table


@dataclass(frozen=True, slots=True)
class Print:
    """What a page prints of a contradiction, and where."""

    text: str
    start: int | None  # characters of the page's text
    end: int | None
    key: str | None  # the cell, where it is one


@dataclass(frozen=True, slots=True)
class Contradiction:
    """One finding, in words."""

    kind: Kind
    issuer: str
    year: int | None
    check: str
    told: str  # what stands against what
    left: Number | None
    right: Number | None
    printed: Print | None
    sources: tuple[str, ...]
    pattern: str | None = None  # the habit that explains every failing sum of its report
    suggestion: Suggestion | None = None
    link: str | None = None  # to the report's page of `gouji view`


def contradictions(
    findings: Iterable[Finding],
    reports: Iterable[Report],
    forms: Mapping[str, Form],
    names: Mapping[str, str],
    links: Links | None = None,
) -> list[Contradiction]:
    """Every finding that fails and every sign, by body, year and kind.

    Args:
        findings: Those of an audit.
        reports: The reports that were audited.
        forms: The known forms, by id.
        names: By the name that a report bears, that of its body.
        links: Where `gouji view` wrote the reports' pages.
    """
    by_place = {(report.source, report.year): report for report in reports}
    kinds = list(Kind)
    found = []
    for finding in findings:
        kind = kind_of(finding, forms.values())
        if kind is not None:
            report = by_place.get((finding.sources[-1], finding.year))
            found.append(_contradiction(kind, finding, report, forms, names, links))
    return sorted(found, key=lambda each: (each.issuer, each.year or 0, kinds.index(each.kind)))


def _contradiction(
    kind: Kind,
    finding: Finding,
    report: Report | None,
    forms: Mapping[str, Form],
    names: Mapping[str, str],
    links: Links | None,
) -> Contradiction:
    printed = _print(finding, report, forms)
    key = printed.key if printed else None
    link = links.to(finding.sources[-1], finding.year, key) if links else None
    return Contradiction(
        kind=kind,
        issuer=names.get(finding.issuer or "", finding.issuer or "?"),
        year=finding.year,
        check=finding.check,
        told=_told(finding, report, forms),
        left=finding.left,
        right=finding.right,
        printed=printed,
        sources=finding.sources,
        pattern=report.pattern if report and finding.check.startswith("sums/") else None,
        suggestion=finding.suggestion,
        link=link,
    )


def _told(finding: Finding, report: Report | None, forms: Mapping[str, Form]) -> str:
    part = finding.check.partition("/")[0]
    if part == "years":
        return _years_told(finding, report, forms)
    if part == "claims":
        return f"the text says {_or_none(finding.left)}, the table {_or_none(finding.right)}"
    if finding.check == "second/year":
        return f"the text is of {finding.left}, the title of {finding.right}"
    if finding.check == "second/lawsuit":
        return "the text tells of a suit, the table has none"
    return finding.note or f"{_or_none(finding.left)} is not {_or_none(finding.right)}"


def _years_told(finding: Finding, report: Report | None, forms: Mapping[str, Form]) -> str:
    """Both sides of an identity between two years, in the form's words."""
    _, rule_name, each = finding.check.split("/", 2)
    for table in _tables(report, forms):
        for rule in table.years:
            if rule.name != rule_name:
                continue
            for instance in year_instances(table, rule):
                if instance.each == each:
                    label = _labels(table, rule.each)
                    own = _labels(table, "column" if rule.each == "row" else "row")
                    earlier = " + ".join(label[key] for key in instance.earlier)
                    plus = "".join(f" + {label[key]}" for key in instance.plus)
                    later = " + ".join(label[key] for key in instance.later)
                    name = own[instance.later[0]]
                    told = f"{name}: the year before {earlier}{plus} {finding.left}"
                    return f"{told}, this year {later} {finding.right}"
    return f"{finding.left} is not {finding.right}"


def _print(finding: Finding, report: Report | None, forms: Mapping[str, Form]) -> Print | None:
    """The sentence, or the cell that the finding says of that it should be another."""
    if finding.quote is not None:
        quote = finding.quote
        return Print(quote.text, quote.start, quote.end, None)
    key = finding.suggestion.key if finding.suggestion else next(_keys(finding, report, forms), None)
    cell = report.cells.get(key) if report and key else None
    if cell is None:
        return None
    return Print(cell.raw or "", cell.start, cell.end, key)


def _keys(finding: Finding, report: Report | None, forms: Mapping[str, Form]) -> Iterator[str]:
    """The cells of the finding's later side."""
    part, _, rest = finding.check.partition("/")
    for table in _tables(report, forms):
        if part == "sums" and rest.startswith(f"{table.id}/"):
            _, rule_name, each = rest.split("/", 2)
            for rule in table.checks:
                if rule.name == rule_name:
                    yield from (right[0] for name, _, right in instances(table, rule) if name == each)
        elif part == "years":
            rule_name, each = rest.split("/", 1)
            for year_rule in table.years:
                if year_rule.name == rule_name:
                    own = (i for i in year_instances(table, year_rule) if i.each == each)
                    yield from (instance.later[-1] for instance in own)
        elif part == "signs" and rest.endswith(f"/{table.id}"):
            yield table.keys()[0]


def _tables(report: Report | None, forms: Mapping[str, Form]) -> Sequence[Table]:
    held = (report.table(table, forms) for table in report.forms) if report else ()
    return [table for table in held if table is not None]


def _labels(table: Table, each: str) -> dict[str, str]:
    """What each cell is called among those of its row, or of its column."""
    return {place.key: (place.column if each == "row" else place.row).label for place in places(table)}


def _or_none(number: Number | None) -> str:
    return "none" if number is None else str(number)
