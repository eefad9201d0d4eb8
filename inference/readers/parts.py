"""Tell apart the reports that one document holds, and the copies of one table.

Flow:  text, tables -> **parts** -> pages

A table whose rows come again says that there is more than one report, or one table twice over.
Where its figures are the same it is a copy, and the copies make a part of their own; where they
differ another report begins. So it does where the tables begin anew in the order of their form.

Where one table follows the other at once, with other figures, as last year's does this year's, it is one
report: the table that bears its year is its own, and the others make parts of their own. Where no line says
which it is, both stay on the page and leave its cells open.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from gouji.inference.readers.writer import Written
from gouji.inference.readers.years import TITLE, line_above, own_of
from gouji.model.forms import load_forms
from gouji.model.label_words import bare, bare_wordings
from gouji.model.page import Part, Stretch, fold

_FEWEST = 2  # rows with words, from which a table is known by them
_FEWEST_OFFICIAL = 3  # labels of a form's table, likewise
# Of the rows of both. The disclosure tables of two forms share 0.56; a publisher's own statistics under some
# of their labels, in 500 synthetic reports, at most 0.3.
_SHARED = 0.4
# Of the rows, that have an official label; of a publisher's own statistics at most half have one.
_OFFICIAL = 0.5
_BAND = 2  # the kind of the table whose rows have no labels: its place in its form
_LOOKED_BACK = 20  # tables that share a row
_WORDS = re.compile(r"[\u3400-\u9fff]")
_FIGURE = re.compile(r"[-+减增]?\d[\d,.]*\s*[^\W\d]{0,3}$")  # with its unit
_YEAR = re.compile(r"\s*(?:20\d\d\s*年?度?|[上本去今]一?年度?)\s*")
_FIRST_SECTION = re.compile(r"(?m)^[^\S\n]*一、.{0,30}$")
_HEADING = re.compile(r"(?m)^[^\S\n]*[二三四]、.{0,30}$")


@dataclass(frozen=True, slots=True)
class _Known:
    """An official table on the page."""

    place: Stretch
    kind: int  # its place in the order of its form
    rows: frozenset[tuple[str, ...]]  # the words of each
    print: str  # all that it shows

    def recurs(self, other: _Known) -> bool:
        """Whether the other is the same table, with these figures or with others."""
        return _alike(self.rows, other.rows)


@dataclass(slots=True)
class _Report:
    """The tables of one report: the first copy of each, the second, and so on."""

    copies: list[list[_Known]] = field(default_factory=lambda: [[]])
    alone: bool = False  # it opens with another's table anew: whose the tables behind it are, nothing says
    rivals: list[list[_Known]] = field(default_factory=list)  # of one kind, side by side, the first a copy's
    aside: list[tuple[str, Stretch]] = field(default_factory=list)  # of other years: line above, place

    @property
    def tables(self) -> list[_Known]:
        return sorted(
            {table.place: table for held in (*self.copies, *self.rivals) for table in held}.values(),
            key=lambda table: table.place,
        )

    def takes(self, table: _Known) -> bool:
        """Put a table where it belongs; False where it is another report's."""
        first = self.copies[0]
        alike = [other for other in first if table.recurs(other)]
        if any(other.print != table.print for other in alike):
            return False
        if not alike and first and (self.alone or table.kind < first[-1].kind):
            return False
        free = (lane for lane in self.copies if not any(table.recurs(other) for other in lane))
        lane = next(free, None)
        if lane is None:
            lane = []
            self.copies.append(lane)
        lane.append(table)
        return True

    def sets_beside(self, table: _Known) -> None:
        """Take a table that comes right behind the same one with other figures."""
        before = self.tables[-1]
        beside = next((held for held in self.rivals if before in held), None)
        if beside is None:
            beside = [before]
            self.rivals.append(beside)
        beside.append(table)

    def settles(self, text: str) -> None:
        """Leave of tables side by side the report's own, where the lines above them say which it is.

        Where they do not, no band stays: nothing on the page would say that it prints two of them.
        """
        for rivals in self.rivals:
            own = own_of(text, [table.place for table in rivals])
            if own is None and rivals[0].kind != _BAND:
                continue
            lane = next(held for held in self.copies if rivals[0] in held)
            lane.remove(rivals[0])
            if own is not None:
                lane.append(rivals[own])
            after = 0
            for place, table in enumerate(rivals):
                begin, end = line_above(text, table.place, after)
                after = table.place[1] + 1  # with the line's end
                if place != own:
                    self.aside.append((text[begin:end], (begin, after)))


def parts_of(written: Written) -> tuple[Part, ...]:
    """The reports of a text, and the copies of their tables; none where there is but one report."""
    text = fold(written.text)
    words = [_rows(written, table) for table in written.tables]
    if not _any_twice(words):
        return ()
    tables = [
        _Known((rows[0][0], rows[-1][1]), kind, own, "".join(written.text[a:b] for a, b in rows))
        for rows, own in zip(written.tables, words, strict=True)
        if len(own) >= _FEWEST and (kind := _kind(own)) is not None and not _is_of_years(written, rows)
    ]
    if not tables:  # what stands twice is of no report
        return ()
    reports: list[_Report] = []
    for table in tables:
        if reports and reports[-1].takes(table):
            continue
        again = _is_again(text, reports, table)
        if again and not _FIRST_SECTION.search(text, reports[-1].tables[-1].place[1], table.place[0]):
            reports[-1].sets_beside(table)
        else:
            reports.append(_Report([[table]], alone=again))
    for report in reports:
        report.settles(text)
    others = [] if len(tables) == len(words) else _others(written, tables)
    stretches = [
        own
        for report, region in _regions(text, reports)
        for own in _stretches(report, region, [t for t in others if region[0] <= t.place[0] < region[1]])
    ]
    if len(stretches) < 2:
        return ()
    return tuple(Part(number, own) for number, own in enumerate(stretches, 1))


def _is_again(text: str, reports: Sequence[_Report], table: _Known) -> bool:
    """Whether a table comes right behind the same one with other figures: last year's, beside this year's."""
    if not reports:
        return False
    before = reports[-1].tables[-1]
    titled = TITLE.search(text, before.place[1], table.place[0]) is not None
    return before.recurs(table) and not titled


def _is_of_years(written: Written, table: Sequence[Stretch]) -> bool:
    """Whether a table compares years under some of the labels, as a publisher's own does."""
    heads = written.text[slice(*table[0])].split("\t")
    return sum(_YEAR.fullmatch(cell) is not None for cell in heads) >= _FEWEST


def _rows(written: Written, table: Sequence[Stretch]) -> frozenset[tuple[str, ...]]:
    """The words of a table's rows: of those with numbers or empty cells, where words stand in any of them.

    A table that is cut in two has its head over both parts.
    """
    rows = [fold(written.text[start:end]).split("\t") for start, end in table]
    for of_numbers in (True, False):
        found = (row for row in rows if not of_numbers or any(not c or _FIGURE.match(c) for c in row))
        words = frozenset(
            own for row in found if (own := tuple(bare(cell) for cell in row if _is_label(cell)))
        )
        if words:
            return words
    return frozenset()


def _is_label(cell: str) -> bool:
    return _WORDS.search(cell) is not None and _FIGURE.match(cell) is None


def _any_twice(tables: Sequence[frozenset[tuple[str, ...]]]) -> bool:
    known = [rows for rows in tables if len(rows) >= _FEWEST]
    holding: dict[tuple[str, ...], deque[int]] = {}  # row -> the last tables before that have it
    for place, rows in enumerate(known):
        others = {other for row in rows for other in holding.get(row, ())}
        if any(_alike(rows, known[other]) for other in others):
            return True
        for row in rows:
            holding.setdefault(row, deque(maxlen=_LOOKED_BACK)).append(place)
    return False


def _alike(rows: frozenset[tuple[str, ...]], other: frozenset[tuple[str, ...]]) -> bool:
    return len(rows & other) > _SHARED * len(rows | other)


@lru_cache(maxsize=1)
def labels_of_one_table() -> Mapping[str, int]:
    """The labels of the forms' tables that only one table has, and that table's place in its form."""
    places: dict[str, set[int]] = {}
    for form in load_forms().values():
        for place, table in enumerate(form.tables):
            for block in table.blocks:
                for words in bare_wordings([*block.rows, *block.columns, *block.items]):
                    places.setdefault(words, set()).add(place)
    return {label: found.pop() for label, found in places.items() if len(found) == 1 and len(label) > 1}


@lru_cache(maxsize=1)
def rows_of_one_table() -> Mapping[str, int]:
    """Those of them that are labels of rows."""
    tables = [table for form in load_forms().values() for table in form.tables]
    blocks = [block for table in tables for block in table.blocks]
    rows = bare_wordings(label for block in blocks for label in (*block.rows, *block.items))
    return {label: kind for label, kind in labels_of_one_table().items() if label in rows}


def _kind(rows: frozenset[tuple[str, ...]]) -> int | None:
    """Which table of a form the labels are of; None where they are of none."""
    known = labels_of_one_table()
    votes = [known[label] for label in {label for row in rows for label in row} if label in known]
    best = max(set(votes), key=votes.count, default=None)
    if best is None or votes.count(best) < _FEWEST_OFFICIAL:
        return None
    official = sum(any(known.get(label) == best for label in row) for row in rows)
    return best if official > _OFFICIAL * len(rows) else None


def _regions(text: str, reports: Sequence[_Report]) -> Iterator[tuple[_Report, Stretch]]:
    """Each report, and where it begins and ends: at its title, or else at a heading before its tables."""
    begin = 0
    for report, following in zip(reports, [*reports[1:], None], strict=True):
        end = len(text)
        if following is not None:
            last, first = report.tables[-1].place[1], following.tables[0].place[0]
            opens = opening(text, last, first)
            end = first if opens is None else opens
        yield report, (begin, end)
        begin = end


def opening(text: str, after: int, before: int) -> int | None:
    """Where between two tables the second one's report opens; None where nothing shows it."""
    for pattern, choice in ((TITLE, 0), (_FIRST_SECTION, -1), (_HEADING, -1)):
        found = [match.start() for match in pattern.finditer(text, after, before)]
        if found:
            return found[choice]
    return None


def is_title_between(text: str, after: int, before: int) -> bool:
    """Whether a report's title stands between two places."""
    return TITLE.search(text, after, before) is not None


def _others(written: Written, known: Sequence[_Known]) -> list[_Known]:
    """The tables that are too small to tell which they are."""
    places = {table.place for table in known}
    found = (
        _Known((rows[0][0], rows[-1][1]), -1, frozenset(), "".join(written.text[a:b] for a, b in rows))
        for rows in written.tables
    )
    return [table for table in found if table.place not in places]


def _stretches(report: _Report, region: Stretch, small: Sequence[_Known]) -> Iterator[tuple[Stretch, ...]]:
    """For each copy of the report's tables, the text of the report without the other copies.

    Small tables that come as often as there are copies, and show the same each time, are copied too.
    """
    lanes = [list(lane) for lane in report.copies]
    for alike in _alike_in_print(small):
        if len(alike) == len(lanes):
            for lane, table in zip(lanes, alike, strict=True):
                lane.append(table)
    aside = [place for _, place in report.aside]
    for lane in lanes:
        others = sorted((*aside, *(t.place for other in lanes if other is not lane for t in other)))
        edges = [region[0], *(edge for place in others for edge in place), region[1]]
        yield tuple((a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b)
    for line in dict.fromkeys(line for line, _ in report.aside):
        yield tuple(place for own, place in report.aside if own == line)


def _alike_in_print(tables: Sequence[_Known]) -> Iterable[list[_Known]]:
    found: dict[str, list[_Known]] = {}
    for table in tables:
        found.setdefault(table.print, []).append(table)
    return found.values()
