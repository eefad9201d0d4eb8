"""Measure the audit on made-up reports: contradictions planted, those found, and false alarms.

Flow:  claims, series -> pages -> extraction -> audit -> **counts by kind**

    python -m gouji.training.audit_run --count 200 --seed 0
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import click

from gouji.inference.audit.findings import Finding
from gouji.inference.audit.reports import report_of_record
from gouji.inference.audit.run import Audited, audit
from gouji.inference.audit.years import check_years
from gouji.inference.extraction import CheckState
from gouji.inference.extractor import Extractor
from gouji.model.forms import load_forms
from gouji.model.page import Page
from gouji.training.claims import AuditPage, make_audit_page
from gouji.training.series import Series, make_series


@dataclass(slots=True)
class Tally:
    """What became of the contradictions of many pages, by kind."""

    planted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    unknown: Counter[str] = field(default_factory=Counter)  # seen, but a cell is open or the words are
    pages: int = 0
    left_out: int = 0  # pages whose tables extraction leaves open
    held: int = 0  # findings that hold: what is true and was understood
    false_alarms: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)


def audit_pages(pages: Iterable[AuditPage], count: int, extractor: Extractor) -> Tally:
    """Audit pages one by one, and hold what is found against what was planted.

    Args:
        pages: Pages without end, or as many as there are.
        count: How many to audit; a page whose tables are not settled contradicts nothing and is left out.
        extractor: Reads them.
    """
    tally = Tally()
    for made in pages:
        if tally.pages == count:
            break
        each = audited(made.page, extractor)
        if not all(cell.known for cell in each.report.cells.values()):
            tally.left_out += 1
            continue
        tally.pages += 1
        # Sums that a made-up report breaks are its publisher's habit, and none of what is planted.
        findings = [f for f in audit([each], load_forms()) if not f.check.startswith("sums/")]
        tally.held += sum(f.check.startswith("claims/") and f.state is CheckState.HOLDS for f in findings)
        own = [f for f in findings if made.planted and _quotes(f, made.planted.sentence)]
        for finding in findings:
            if finding.state is CheckState.FAILS and finding not in own:
                tally.false_alarms.append(_line(made, finding))
        if made.planted is None:
            continue
        tally.planted[made.planted.kind] += 1
        if any(finding.state is CheckState.FAILS for finding in own):
            tally.found[made.planted.kind] += 1
        else:
            tally.unknown[made.planted.kind] += any(f.state is CheckState.UNKNOWN for f in own)
            tally.missed.append(
                f"{made.page.source} {made.tool}: {made.planted.kind}: {made.planted.sentence}"
            )
    return tally


def audit_series(all_series: Iterable[Series]) -> Tally:
    """Hold series of reports against what was broken in them."""
    tally = Tally()
    for series in all_series:
        findings = check_years(series.reports, load_forms())
        failed = {(f.check, f.year) for f in findings if f.state is CheckState.FAILS}
        tally.pages += len(series.reports)
        tally.held += sum(f.state is CheckState.HOLDS for f in findings)
        if series.broken is not None:
            kind = series.broken[0].rpartition("/")[0]
            tally.planted[kind] += 1
            tally.found[kind] += series.broken in failed
            if series.broken not in failed:
                tally.missed.append(f"{series.reports[0].source}: {series.broken}")
        tally.false_alarms += [
            f"{series.reports[0].source}: {f}" for f in sorted(failed - {series.broken}, key=str)
        ]
    return tally


def audited(page: Page, extractor: Extractor) -> Audited:
    """A page with its report, as the command has it."""
    return Audited(report_of_record(extractor.extract(page).to_record()), page)


def tally_lines(name: str, tally: Tally) -> list[str]:
    """A tally as lines to print."""
    planted = sum(tally.planted.values())
    lines = [
        f"{name}: {tally.pages} pages ({tally.left_out} left open by extraction),"
        f" {sum(tally.found.values())} of {planted} planted found,"
        f" {sum(tally.unknown.values())} unknown, {len(tally.false_alarms)} false alarms; {tally.held} hold"
    ]
    lines += [f"  {kind:24} {tally.found[kind]:4} of {tally.planted[kind]}" for kind in sorted(tally.planted)]
    lines += [f"  missed: {line}" for line in tally.missed]
    lines += [f"  false alarm: {line}" for line in tally.false_alarms]
    return lines


def _quotes(finding: Finding, sentence: str) -> bool:
    return finding.quote is not None and _bare(finding.quote.text) in _bare(sentence)


def _bare(text: str) -> str:
    return re.sub(r"[\s*#|\\]+", "", text).translate(str.maketrans("，：；（）", ",:;()"))


def _line(made: AuditPage, finding: Finding) -> str:
    quote = "".join(finding.quote.text.split()) if finding.quote else ""
    said = f"{finding.check} {finding.left}/{finding.right} {quote}"
    return f"{made.page.source} {made.tool} {made.issuer}: {said}"


@click.command()
@click.option(
    "--count", type=click.IntRange(min=1), default=200, show_default=True, help="Pages of each sort."
)
@click.option("--seed", type=int, default=0, show_default=True, help="Another seed, other pages.")
def main(count: int, seed: int) -> None:
    """Make reports up whose prose is true, and others with one contradiction, and audit them."""
    extractor = Extractor()
    for name, planted, held_out in _sorts():
        pages = (make_audit_page(i, seed, planted=planted, held_out=held_out) for i in itertools.count())
        click.echo("\n".join(tally_lines(name, audit_pages(pages, count, extractor))))
    for name, broken in (("series", False), ("broken series", True)):
        series = (make_series(i, seed, broken=broken) for i in range(count))
        click.echo("\n".join(tally_lines(name, audit_series(series))))


def _sorts() -> Sequence[tuple[str, bool, bool]]:
    return (
        ("true prose", False, False),
        ("contradicted", True, False),
        ("true prose, held-out words", False, True),
        ("contradicted, held-out words", True, True),
    )


if __name__ == "__main__":
    main()
