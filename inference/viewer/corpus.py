"""What an index tells of many reports: an entry for each, and the sums over all that settle them.

Flow:  records of `gouji extract` -> **corpus** -> index page

Of each report little is kept, so that a batch of any length can be gathered. Sums over reports add up
settled cells only, a blank as 0, and say how many reports that was; units are never mixed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from gouji.inference.assembly.checks import instances
from gouji.inference.extraction import Cell, Number
from gouji.inference.outputs.records import ERROR, Record, report_of
from gouji.inference.viewer.needs import needs_of
from gouji.model.forms import Block, Form, Table


@dataclass(frozen=True, slots=True)
class Entry:
    """One report of the index."""

    source: str
    status: str
    file: str | None = None  # its page, relative to the index
    title: str | None = None
    issuer: str | None = None
    year: int | None = None
    form: str | None = None
    part: int | None = None
    failing: tuple[str, ...] = ()  # names of checks
    ambiguous: int = 0  # cells
    unplaced: int = 0  # numbers that no ambiguous cell shows
    absent: int = 0  # tables that the page does not hold, and rows of which it does not hold all
    error: str | None = None

    @property
    def decisions(self) -> int:
        """How many things ask for a person; a page that could not be read is one."""
        return len(self.failing) + self.ambiguous + self.unplaced + (self.error is not None)


@dataclass(slots=True)
class YearTotal:
    """One cell over all reports of a year."""

    total: Number = 0
    settled: int = 0  # reports that settle it
    reports: int = 0  # reports in whose form it is


@dataclass(slots=True)
class Corpus:
    """Gathers entries and sums, one report at a time."""

    forms: Mapping[str, Form]
    entries: list[Entry] = field(default_factory=list)
    failing: Counter[str] = field(default_factory=Counter)  # by name of the check
    totals: dict[tuple[str, str], dict[int, YearTotal]] = field(default_factory=dict)  # (key, unit) -> year
    _summed: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self._summed = frozenset(key for form in self.forms.values() for key in _summed_keys(form))

    def add(self, record: Record, file: str | None) -> None:
        """Take in one answer of `gouji extract`.

        Args:
            record: The report's, or what is wrong with its page.
            file: The report's page, relative to the index; None where there is none.

        Raises:
            OutputError: It is no answer of `gouji extract`.
        """
        if record.error is not None:
            self.entries.append(Entry(record.source, ERROR, error=record.error))
            return
        needs = needs_of(report_of(record))
        self.entries.append(
            Entry(
                source=record.source,
                status=str(record.status),
                file=file,
                title=record.title,
                issuer=record.issuer,
                year=record.year,
                form=record.form,
                part=record.part,
                failing=needs.sums,
                ambiguous=len(needs.cells),
                unplaced=len(needs.numbers),
                absent=needs.absent,
            )
        )
        self.failing.update(needs.sums)
        if record.year is not None:
            self._add_totals(record.year, record.cells)

    def take(self, other: Corpus) -> None:
        """Take in what another has gathered, of reports of the same forms."""
        self.entries += other.entries
        self.failing.update(other.failing)
        for cell, years in other.totals.items():
            own = self.totals.setdefault(cell, {})
            for year, added in years.items():
                sum_ = own.setdefault(year, YearTotal())
                sum_.total += added.total
                sum_.settled += added.settled
                sum_.reports += added.reports

    def _add_totals(self, year: int, cells: Iterable[Cell]) -> None:
        for cell in cells:
            if cell.key in self._summed:
                years = self.totals.setdefault((cell.key, cell.unit or ""), {})
                sum_ = years.setdefault(year, YearTotal())
                sum_.reports += 1
                if cell.is_known:
                    sum_.settled += 1
                    sum_.total += cell.value or 0


def _summed_keys(form: Form) -> Iterator[str]:
    """The cells worth adding up over reports: the totals of rows that have one, else every cell."""
    for table in form.tables:
        for block in table.blocks:
            for row in block.rows:
                for column in _totals(table, block) or [column.id for column in block.columns]:
                    yield f"{table.id}/{row.id}/{column}"


def _totals(table: Table, block: Block) -> list[str]:
    rows = {row.id for row in block.rows}
    return [
        rule.right[0]
        for rule in table.checks
        if rule.each == "row" and len(rule.right) == 1
        if rows.intersection(name for name, _, _ in instances(table, rule))
    ]
