"""Tell apart the reports that one document holds, and the copies of one table.

Flow:  text, tables -> **parts** -> pages

A table whose rows come again says that there is more than one report, or one table twice over.
Where its figures are the same it is a copy, and the copies make a part of their own; where they
differ another report begins. So it does where the tables begin anew in the order of their form.
Where one table follows the other at once, as last year's does this year's, the tables behind them may be
of either: they are put together with neither.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from gouji.inference.readers.writer import Written
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
_LOOKED_BACK = 20  # tables that share a row
_WORDS = re.compile(r"[\u3400-\u9fff]")
_FIGURE = re.compile(r"[-+减增]?\d[\d,.]*\s*[^\W\d]{0,3}$")  # with its unit
_TITLE = re.compile(r"(?m)^(?=.{0,60}$).*(?:20\d\d|二[〇○零O]).*(?:信息公开|政务公开).*(?:报告|年报).*$")
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


def parts_of(written: Written) -> tuple[Part, ...]:
    """The reports of a text, and the copies of their tables; none where there is but one report."""
    text = fold(written.text)
    words = [_rows(written, table) for table in written.tables]
    if not _any_twice(words):
        return ()
    tables = [
        _Known((rows[0][0], rows[-1][1]), kind, own, "".join(written.text[a:b] for a, b in rows))
        for rows, own in zip(written.tables, words, strict=True)
        if len(own) >= _FEWEST and (kind := _kind(own)) is not None
    ]
    if not tables:  # what stands twice is of no report
        return ()
    reports: list[_Report] = []
    for table in tables:
        if not reports or not reports[-1].takes(table):
            reports.append(_Report([[table]], alone=_is_again(text, reports, table)))
    if not reports:
        return ()
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
    before = max((own for lane in reports[-1].copies for own in lane), key=lambda own: own.place)
    titled = _TITLE.search(text, before.place[1], table.place[0]) is not None
    return before.recurs(table) and not titled


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
            last = max(table.place[1] for lane in report.copies for table in lane)
            first = following.copies[0][0].place[0]
            opens = opening(text, last, first)
            end = first if opens is None else opens
        yield report, (begin, end)
        begin = end


def opening(text: str, after: int, before: int) -> int | None:
    """Where between two tables the second one's report opens; None where nothing shows it."""
    for pattern, choice in ((_TITLE, 0), (_FIRST_SECTION, -1), (_HEADING, -1)):
        found = [match.start() for match in pattern.finditer(text, after, before)]
        if found:
            return found[choice]
    return None


def is_title_between(text: str, after: int, before: int) -> bool:
    """Whether a report's title stands between two places."""
    return _TITLE.search(text, after, before) is not None


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
    for lane in lanes:
        others = sorted(t.place for other in lanes if other is not lane for t in other)
        edges = [region[0], *(edge for place in others for edge in place), region[1]]
        yield tuple((a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if a < b)


def _alike_in_print(tables: Sequence[_Known]) -> Iterable[list[_Known]]:
    found: dict[str, list[_Known]] = {}
    for table in tables:
        found.setdefault(table.print, []).append(table)
    return found.values()
