"""Signs that figures may not have been counted: copied tables, noughts for years, digits, repeated figures.

Flow:  reports of an issuer over years -> **signs** -> findings

A sign contradicts nothing, so its state is `unknown`: it says where to ask. A table may rightly be that of
the year before, nobody may have applied for years, and one body in a thousand has odd digits by chance.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gouji.inference.assembly.checks import instances
from gouji.inference.audit.findings import Finding
from gouji.inference.audit.reports import Report
from gouji.inference.audit.years import years_of_issuers
from gouji.inference.extraction import CheckState, Number
from gouji.model.forms import Form, Table

COPIED_FIGURES, COPIED_DIFFERENT = 10, 4  # cells that are not 0, and different figures among them, at least
NOUGHT_YEARS = 3  # in a row
DIGITS_FROM = (
    100  # of smaller ones the last digits are uneven: there are more tens than nineties, and 11 than 19
)
DIGIT_FIGURES = 100  # at least
DIGIT_CHANCE = 0.001  # last digits as uneven come by chance in one body of a thousand
REPEATED_FROM, REPEATED_TIMES = 100, 3  # a figure of three digits, in as many cells of one report


@dataclass(frozen=True, slots=True)
class FirstDigits:
    """How often each first digit stands in the counted figures of a batch, beside Benford's law."""

    counts: tuple[int, ...]  # of the digits 1 to 9

    @property
    def figures(self) -> int:
        """How many figures there are."""
        return sum(self.counts)

    def rows(self) -> Iterator[tuple[int, int, float, float]]:
        """Each digit, how often it stands, its share, and the share by the law."""
        for digit, count in enumerate(self.counts, 1):
            yield digit, count, count / max(self.figures, 1), math.log10(1 + 1 / digit)


def check_signs(
    reports: Sequence[Report], forms: Mapping[str, Form], aliases: Mapping[str, str] | None = None
) -> list[Finding]:
    """Every sign in the reports of an issuer; issuers are told as in the check of years."""
    by_issuer, _ = years_of_issuers(reports, aliases)
    findings: list[Finding] = []
    for issuer, years in by_issuer.items():
        own = list(years.values())
        findings += _copied(issuer, own, forms)
        findings += _noughts(issuer, own, forms)
        findings += _digits(issuer, own, forms)
        findings += _repeated(issuer, own, forms)
    return findings


def first_digits(reports: Iterable[Report], forms: Mapping[str, Form]) -> FirstDigits:
    """The first digits of all figures from 10 on that no sum makes."""
    counts = Counter(str(figure)[0] for report in reports for _, figure in _counted(report, forms))
    return FirstDigits(tuple(counts[str(digit)] for digit in range(1, 10)))


def _copied(issuer: str, reports: Sequence[Report], forms: Mapping[str, Form]) -> Iterator[Finding]:
    """A table that is cell for cell that of the report before."""
    for earlier, later in pairwise(reports):
        for table_id in later.forms:
            tables = earlier.table(table_id, forms), later.table(table_id, forms)
            if tables[0] is None or tables[1] is None or tables[0].keys() != tables[1].keys():
                continue
            figures = [_printed(later, key) for key in tables[1].keys()]
            if figures != [_printed(earlier, key) for key in tables[1].keys()] or None in figures:
                continue
            told = [figure for figure in figures if figure]
            if len(told) >= COPIED_FIGURES and len(set(told)) >= COPIED_DIFFERENT:
                note = f"{tables[1].title}: all {len(figures)} cells are those of {earlier.year},"
                yield _sign(
                    f"copied/{table_id}", issuer, (earlier, later), f"{note} {len(told)} of them not 0"
                )


def _noughts(issuer: str, reports: Sequence[Report], forms: Mapping[str, Form]) -> Iterator[Finding]:
    """A table of applications without any figure, year after year; told once, of the last year."""
    run: list[Report] = []
    for report in [*reports, None]:
        if report is not None and _is_nought(report, forms):
            run.append(report)
            continue
        if len(run) >= NOUGHT_YEARS:
            years = f"{run[0].year} to {run[-1].year}"
            yield _sign(
                "noughts/applications", issuer, run, f"no application is counted in any year, {years}"
            )
        run = []


def _is_nought(report: Report, forms: Mapping[str, Form]) -> bool:
    table = report.table("applications", forms)
    return table is not None and all(_printed(report, key) == 0 for key in table.keys())


def _digits(issuer: str, reports: Sequence[Report], forms: Mapping[str, Form]) -> Iterator[Finding]:
    """Last digits too uneven for counted figures."""
    counted = (figure for report in reports for _, figure in _counted(report, forms))
    figures = [figure for figure in counted if figure >= DIGITS_FROM]
    if len(figures) < DIGIT_FIGURES:
        return
    counts = Counter(figure % 10 for figure in figures)
    expected = len(figures) / 10
    chance = chi_square_tail(sum((counts[digit] - expected) ** 2 / expected for digit in range(10)), 9)
    if chance < DIGIT_CHANCE:
        shown = ", ".join(f"{digit}: {counts[digit]}" for digit in range(10))
        yield _sign("digits/last", issuer, reports, f"last digits of {len(figures)} figures: {shown}")


def _repeated(issuer: str, reports: Sequence[Report], forms: Mapping[str, Form]) -> Iterator[Finding]:
    """One figure in several cells of a report that no sum makes alike."""
    for report in reports:
        counts = Counter(figure for _, figure in _counted(report, forms) if figure >= REPEATED_FROM)
        often = {figure: count for figure, count in counts.items() if count >= REPEATED_TIMES}
        if often:
            told = ", ".join(f"{figure} in {count} cells" for figure, count in sorted(often.items()))
            yield _sign("repeated/figures", issuer, (report,), told)


def _counted(report: Report, forms: Mapping[str, Form]) -> Iterator[tuple[str, int]]:
    """The whole figures from 10 on that no sum makes: not totals, nor what goes on from year to year."""
    for table_id in report.forms:
        table = report.table(table_id, forms)
        if table is None:
            continue
        made = _made_by_sums(table)
        for key in table.keys():
            figure = _printed(report, key)
            if key not in made and isinstance(figure, int) and figure >= 10:
                yield key, figure


def _made_by_sums(table: Table) -> set[str]:
    """The cells that a sum makes, or that one year hands on to the next."""
    made = {key for rule in table.checks for _, _, right in instances(table, rule) for key in right}
    for rule in table.years:
        handed_on = {*rule.earlier, *rule.later}
        part = 1 if rule.each == "column" else 2  # of a key: its row, or its column
        made |= {key for key in table.keys() if key.split("/")[part] in handed_on}
    return made


def _printed(report: Report, key: str) -> Number | None:
    """What is printed in a cell, a blank as 0; None where it is not settled."""
    cell = report.cells.get(key)
    return None if cell is None or not cell.known else cell.value or 0


def _sign(name: str, issuer: str, reports: Sequence[Report], note: str) -> Finding:
    sources = tuple(report.source for report in reports)
    return Finding(f"signs/{name}", CheckState.UNKNOWN, sources, issuer, reports[-1].year, note=note)


def chi_square_tail(value: float, degrees: int) -> float:
    """The chance of a chi-square of an odd number of degrees at least as large.

    >>> round(chi_square_tail(16.919, 9), 4), round(chi_square_tail(3.841, 1), 4)
    (0.05, 0.05)
    """
    half = value / 2
    terms = (half ** (k / 2) * math.exp(-half) / math.gamma(k / 2 + 1) for k in range(1, degrees - 1, 2))
    return float(math.erfc(math.sqrt(half)) + sum(terms))
