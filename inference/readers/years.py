"""Tell which of the tables of one kind that follow each other is the report's own, by the years above them.

Flow:  text, tables -> **the year of each** -> parts

Reports print last year's table beside this year's, before it or behind it, each under a line that names its
year (`2022年：`, `附：上年度情况`). Where these lines do not say it of each, nothing is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from itertools import repeat

from gouji.model.page import Stretch

TITLE = re.compile(r"(?m)^(?=.{0,60}$).*(?:20\d\d|二[〇○零O]).*(?:信息公开|政务公开).*(?:报告|年报).*$")
_LONGEST = 25  # characters of a line that is a table's own; sentences are longer
_FAR = 200  # characters above a table among which its line is looked for
_LINE = re.compile(r"[^\n]*\S[^\n]*")
_UNIT = re.compile(r"\W*单位\W*\w{0,3}\W*")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)|二[〇○零O][〇○零O一二三四五六七八九]{2}")
_BEFORE = re.compile(r"上一?年|去年|往年|前年")
_NOW = re.compile(r"本年|今年|当年")
_NUMERALS = str.maketrans("〇○零O一二三四五六七八九", "0000123456789")


class Year(Enum):
    """Whose figures a table has by the line above it."""

    REPORTS = "the report's"
    ANOTHERS = "another's"
    UNSAID = "not said"


def own_of(text: str, places: Sequence[Stretch]) -> int | None:
    """Which of several tables of one kind, one behind the other, has the figures of the report's year.

    Args:
        text: The page's.
        places: Where the tables stand, in their order.

    Returns:
        The one that the lines above them say; None where they say of none, or of several.
    """
    year = _year_of_report(text, places[0][0])
    above = map(line_above, repeat(text), places, [0, *(end for _, end in places[:-1])])
    said = [_said(text[begin:end], year) for begin, end in above]
    if said.count(Year.ANOTHERS) != len(said) - 1:
        return None
    if Year.REPORTS in said:
        return said.index(Year.REPORTS)
    return 0 if said[0] is Year.UNSAID else None  # the report's own, under its section's heading


def line_above(text: str, place: Stretch, after: int) -> Stretch:
    """Where the line stands that is a table's own, above it; an empty stretch before a table without one."""
    start = place[0]
    lines = list(_LINE.finditer(text, max(after, start - _FAR), start))
    while lines and _UNIT.fullmatch(lines[-1][0]):
        lines.pop()
    if not lines or len(lines[-1][0].strip()) > _LONGEST or "\t" in lines[-1][0]:
        return start, start
    return lines[-1].span()


def _year_of_report(text: str, before: int) -> str | None:
    """The year in the last title before a place."""
    titles = [title[0] for title in TITLE.finditer(text, 0, before)]
    years = _years(titles[-1]) if titles else set()
    return years.pop() if len(years) == 1 else None


def _years(words: str) -> set[str]:
    return {year.translate(_NUMERALS) for year in _YEAR.findall(words)}


def _said(line: str, year: str | None) -> Year:
    """Whose figures a table has by its line.

    >>> [_said(line, "2023").value for line in ("2022年：", "2023年：", "附：上年度情况", "三、收到情况")]
    ["another's", "the report's", "another's", 'not said']
    """
    years = _years(line)
    before, now = _BEFORE.search(line) is not None, _NOW.search(line) is not None
    if years and year is not None and not (before or now):
        return Year.UNSAID if len(years) > 1 else Year.REPORTS if years == {year} else Year.ANOTHERS
    if years or before is now:
        return Year.UNSAID
    return Year.ANOTHERS if before else Year.REPORTS
