"""Show an audit to a person: the alarms, the signs, and a line that counts everything.

Flow:  findings -> **audit view** -> terminal
"""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from gouji.inference.audit.findings import Finding
from gouji.inference.extraction import CheckState
from gouji.inference.printable import in_line, in_lines

_QUOTED = 60  # characters of a quote that a line of the table shows


def alarm_table(findings: Sequence[Finding]) -> Table:
    """The findings that fail, by issuer and year."""
    return _table("alarms", [finding for finding in findings if finding.state is CheckState.FAILS])


def sign_table(findings: Sequence[Finding]) -> Table:
    """The signs: what contradicts nothing, and says where to ask."""
    return _table("signs, not contradictions", signs_of(findings))


def signs_of(findings: Sequence[Finding]) -> list[Finding]:
    """Those findings that are signs."""
    return [finding for finding in findings if finding.check.startswith("signs/")]


def _table(title: str, findings: Sequence[Finding]) -> Table:
    table = Table(title=title, title_justify="left")
    for head in ("issuer", "year", "check", "left", "right", "where"):
        table.add_column(head, overflow="fold")
    for finding in sorted(findings, key=lambda f: (f.issuer or "", f.year or 0)):
        table.add_row(
            Text(in_line(finding.issuer or "?")),
            str(finding.year or "?"),
            finding.check,
            "" if finding.left is None else str(finding.left),
            "" if finding.right is None else str(finding.right),
            Text(in_lines(_where(finding))),
        )
    return table


def count_line(reports: int, findings: Sequence[Finding]) -> str:
    """One line: reports, issuers, and how many findings hold, fail and are unknown, by part.

    >>> count_line(2, [])
    '2 reports of 0 issuers: 0 hold, 0 fail, 0 unknown'
    """
    issuers = len({finding.issuer for finding in findings if finding.issuer})
    parts = [_counts("", findings)]
    for part in ("sums", "years", "claims", "second", "signs"):
        own = [finding for finding in findings if finding.check.startswith(part + "/")]
        if own:
            parts.append(_counts(part + " ", own))
    return f"{reports} reports of {issuers} issuers: {'; '.join(parts)}"


def _counts(name: str, findings: Sequence[Finding]) -> str:
    counts = {state: sum(finding.state is state for finding in findings) for state in CheckState}
    return (
        f"{name}{counts[CheckState.HOLDS]} hold, {counts[CheckState.FAILS]} fail,"
        f" {counts[CheckState.UNKNOWN]} unknown"
    )


def _where(finding: Finding) -> str:
    lines = [finding.note] if finding.note else []
    if finding.quote is not None:
        quote = "".join(finding.quote.text.split())
        shown = quote if len(quote) <= _QUOTED else quote[:_QUOTED] + "…"
        lines.append(f"{shown} [{finding.quote.start}:{finding.quote.end}]")
    lines.append(" | ".join(finding.sources))
    return "\n".join(lines)
