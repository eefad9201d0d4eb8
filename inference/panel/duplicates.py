"""Find reports that stand in a batch more than once, and choose which of them are taken.

Flow:  records -> entries -> **groups of one body and year -> those taken** -> panel

A group is of one issuer_id and year: two copies, a page and its attachment. Where the id rests on the name
alone (name-…) there may be two bodies of that name: those of its reports whose figures are the same, and are
some, make a group, and what is left over makes a doubtful one, all of which is taken, whatever was chosen.

    entries = [entry_of(record, place) for place, record in enumerate(records)]
    taken = taken_of(find_groups(entries), Choice.BEST, len(entries))

`without_duplicates` does both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gouji.inference.extraction import Number, Status
from gouji.inference.outputs.records import Record
from gouji.inference.panel.bodies import BEST_FIRST, issuer_id_of

# Figures other than 0 from which two reports of one name and year that agree are taken for one: a body that
# did nothing has none, and so has every other.
_TELLING = 5


class Choice(StrEnum):
    """Which of several reports of one body and year are taken."""

    KEEP = "keep"  # all of them
    FIRST = "first"  # the first that holds a table, in the order of the batch
    BEST = "best"  # the best proved: by status, then by settled cells; of equals the first


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be known of a report to compare it: its place in the batch, whose it is, its figures."""

    place: int  # from 0
    source: str
    issuer_id: str | None
    year: int | None
    sha256: str | None
    status: str | None
    figures: tuple[tuple[str, Number | None], ...]  # settled cells: key and value, None for blank

    @property
    def has_tables(self) -> bool:
        """Whether a table was found."""
        return self.status is not None and self.status != Status.NO_TABLES

    @property
    def rank(self) -> tuple[int, int, int]:
        """The smaller, the better proved."""
        statuses = [str(status) for status in BEST_FIRST]
        order = statuses.index(self.status) if self.status in statuses else len(statuses)
        return order, -len(self.figures), self.place


@dataclass(frozen=True, slots=True)
class Group:
    """Reports of one body and year, in the order of the batch."""

    issuer_id: str
    year: int
    entries: tuple[Entry, ...]
    certain: bool  # they are one body's

    @property
    def best(self) -> Entry:
        """The best proved."""
        return min(self.entries, key=lambda entry: entry.rank)

    @property
    def first(self) -> Entry:
        """The first that holds a table, or the first."""
        return next((entry for entry in self.entries if entry.has_tables), self.entries[0])


def entry_of(record: Record, place: int) -> Entry:
    """What is to be known of a record.

    Args:
        record: An answer.
        place: Where it stands in the batch, from 0.
    """
    settled = ((cell.key, cell.value) for cell in record.cells if cell.state.is_settled)
    sha256 = (record.other.get("meta") or {}).get("sha256")
    status = record.status if record.error is None else None
    return Entry(place, record.source, issuer_id_of(record), record.year, sha256, status, tuple(settled))


def find_groups(entries: Iterable[Entry]) -> list[Group]:
    """The reports that stand in a batch more than once; one without a body or a year is in no group."""
    by_body: dict[tuple[str, int], list[Entry]] = defaultdict(list)
    for entry in entries:
        if entry.issuer_id is not None and entry.year is not None:
            by_body[entry.issuer_id, entry.year].append(entry)
    return [group for body, members in by_body.items() for group in _groups(*body, members)]


def taken_of(groups: Iterable[Group], choice: Choice, count: int) -> list[int]:
    """The places of the reports that are taken, in order.

    Args:
        groups: Of the batch.
        choice: Which of a group.
        count: How many reports the batch has.
    """
    left: set[int] = set()
    for group in groups:
        if choice is not Choice.KEEP and group.certain:
            kept = group.best if choice is Choice.BEST else group.first
            left |= {entry.place for entry in group.entries if entry is not kept}
    return [place for place in range(count) if place not in left]


def without_duplicates(records: Sequence[Record], choice: Choice) -> list[Record]:
    """The records that are taken, in order.

    Args:
        records: Answers of `gouji extract`.
        choice: Which of several reports of one body and year.
    """
    entries = [entry_of(record, place) for place, record in enumerate(records)]
    return [records[place] for place in taken_of(find_groups(entries), choice, len(entries))]


def _groups(issuer_id: str, year: int, members: Sequence[Entry]) -> Iterator[Group]:
    """The groups of one id and year; none of a report that stands there once."""
    if not issuer_id.startswith("name-"):
        clusters = [list(members)]
    else:
        clusters = []
        for entry in members:
            own = next((c for c in clusters if all(_is_one_report(entry, other) for other in c)), None)
            if own is None:
                clusters.append([entry])
            else:
                own.append(entry)
    yield from (Group(issuer_id, year, tuple(c), certain=True) for c in clusters if len(c) > 1)
    if len(clusters) > 1:
        yield Group(issuer_id, year, tuple(cluster[0] for cluster in clusters), certain=False)


def _agree(one: Entry, other: Entry) -> bool:
    """Whether no cell that both settle differs; 0 and blank are one reading."""
    theirs = dict(other.figures)
    return all((value or 0) == (theirs[key] or 0) for key, value in one.figures if key in theirs)


def _is_one_report(one: Entry, other: Entry) -> bool:
    """Whether two reports of bodies of one name are one: the same bytes, or figures that tell."""
    if one.sha256 is not None and one.sha256 == other.sha256:
        return True
    theirs = dict(other.figures)
    telling = sum(1 for key, value in one.figures if value and theirs.get(key) == value)
    return telling >= _TELLING and _agree(one, other)
