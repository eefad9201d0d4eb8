"""Count what became of cells, tables, pages and reports.

Flow:  verdicts -> **tally** -> groups of pages -> tables, JSON, HTML

Printed numbers and blanks are counted each by itself, for a blank is easily right. Pages are copies of
reports, and copies are not independent: what is said of reports to come counts each report once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields

from gouji.inference.evaluation.bounds import upper_bound
from gouji.inference.evaluation.verdicts import CellScore, Verdict


def share(part: int, whole: int) -> float | None:
    """A part of a whole, 0..1; None where there is nothing."""
    return part / whole if whole else None


def percent(part: float | None, digits: int = 2) -> str:
    """A share as a person reads it; what is not wholly so is never shown as all or nothing.

    >>> percent(0.5), percent(None), percent(0.99999), percent(0.00001), percent(1.0, 1)
    ('50.00%', '–', '99.99%', '0.01%', '100.0%')
    """
    if part is None:
        return "–"
    least = 10.0 ** -(digits + 2)
    shown = part if part in (0, 1) else min(max(part, least), 1 - least)
    return f"{shown:.{digits}%}"


@dataclass(frozen=True, slots=True)
class Count:
    """What became of cells of one kind."""

    right: int = 0
    wrong: int = 0
    open: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.right + other.right, self.wrong + other.wrong, self.open + other.open)

    @property
    def cells(self) -> int:
        return self.right + self.wrong + self.open

    @property
    def right_share(self) -> float | None:
        return share(self.right, self.cells)

    @property
    def wrong_share(self) -> float | None:
        return share(self.wrong, self.cells)

    @property
    def open_share(self) -> float | None:
        return share(self.open, self.cells)


@dataclass(frozen=True, slots=True)
class PageCount:
    """Pages, those with a fault among them, and the reports of which they are copies."""

    pages: int = 0
    faulty: int = 0  # with a wrong cell, or a number for a cell that the report does not have
    reports: frozenset[str] = frozenset()  # ids of truths
    faulty_reports: frozenset[str] = frozenset()  # of which a copy has a fault

    def __add__(self, other: PageCount) -> PageCount:
        return PageCount(
            self.pages + other.pages,
            self.faulty + other.faulty,
            self.reports | other.reports,
            self.faulty_reports | other.faulty_reports,
        )

    @property
    def at_most(self) -> float | None:
        """The share of faulty reports that these leave possible, at 95%; None without a report."""
        return upper_bound(len(self.faulty_reports), len(self.reports))


@dataclass(frozen=True, slots=True)
class ByValue:
    """Value held against value: no value is right of a blank, whether the blank was seen or left open."""

    right: int
    soft: int  # of the right: 0 for a blank
    wrong: int
    missed: int  # no value, and a number is printed

    @property
    def right_share(self) -> float | None:
        return share(self.right, self.right + self.wrong + self.missed)


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over pages."""

    all: PageCount = field(default_factory=PageCount)
    verified: PageCount = field(default_factory=PageCount)  # the pages that the program calls so
    exact: int = 0  # pages with every cell right
    tables: int = 0
    tables_exact: int = 0
    numbers: Count = field(default_factory=Count)  # cells that print a number
    blanks: Count = field(default_factory=Count)  # wrong: called a number
    overlooked: int = 0  # of the numbers that are wrong: called blank
    soft: int = 0  # of the blanks that are right: 0
    null_right: int = 0  # open cells of which no value is right, value held against value
    surplus: int = 0  # numbers read for cells that a whole truth does not have
    undecided: int = 0  # ambiguous cells
    among: int = 0  # ambiguous cells whose listed candidates hold the truth
    first: int = 0  # ambiguous cells whose first candidate is the truth
    broken: int = 0  # ambiguous cells with all candidates listed, and not the truth

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Tally)))

    @property
    def pages(self) -> int:
        return self.all.pages

    @property
    def cells(self) -> Count:
        """Numbers and blanks together."""
        return self.numbers + self.blanks

    @property
    def by_value(self) -> ByValue:
        wrong = self.cells.wrong - self.overlooked
        missed = self.cells.open - self.null_right + self.overlooked
        return ByValue(self.cells.right + self.null_right, self.soft, wrong, missed)

    @property
    def exact_share(self) -> float | None:
        """Of the pages."""
        return share(self.exact, self.pages)

    @property
    def tables_exact_share(self) -> float | None:
        """Of the tables."""
        return share(self.tables_exact, self.tables)

    @property
    def among_share(self) -> float | None:
        """Of the ambiguous cells."""
        return share(self.among, self.undecided)

    @property
    def first_share(self) -> float | None:
        """Of the ambiguous cells."""
        return share(self.first, self.undecided)


def tally(report: str, cells: Sequence[CellScore], surplus: Sequence[str], *, verified: bool) -> Tally:
    """The counts of one page's cells, or of those of one of its tables.

    Args:
        report: The id of the truth.
        cells: The cells that the truth lists.
        surplus: Keys of numbers read for cells that a whole truth does not have.
        verified: Whether the program calls the page so.
    """
    verdicts = [cell.verdict for cell in cells]
    faulty = bool(surplus) or any(cell.is_wrong for cell in cells)
    page = PageCount(1, int(faulty), frozenset([report]), frozenset([report] if faulty else []))
    tables = {cell.table for cell in cells}
    spoilt = {cell.table for cell in cells if not cell.is_right}
    undecided = [cell for cell in cells if cell.found.ambiguous]
    return Tally(
        all=page,
        verified=page if verified else PageCount(),
        exact=int(not spoilt),
        tables=len(tables),
        tables_exact=len(tables - spoilt),
        numbers=_count([cell for cell in cells if cell.is_number]),
        blanks=_count([cell for cell in cells if not cell.is_number]),
        overlooked=verdicts.count(Verdict.OVERLOOKED),
        soft=verdicts.count(Verdict.SOFT),
        null_right=sum(cell.is_open and cell.null_is_right for cell in cells),
        surplus=len(surplus),
        undecided=len(undecided),
        among=sum(cell.among for cell in undecided),
        first=sum(cell.first for cell in undecided),
        broken=sum(cell.broken for cell in undecided),
    )


def add_up(tallies: Iterable[Tally]) -> Tally:
    """The sum of tallies."""
    return sum(tallies, Tally())


def _count(cells: Sequence[CellScore]) -> Count:
    return Count(
        sum(cell.is_right for cell in cells),
        sum(cell.is_wrong for cell in cells),
        sum(cell.is_open for cell in cells),
    )
