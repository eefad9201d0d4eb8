"""What a doubt is: a name, the kind of print that it is about, and the reason that goes out with a cell.

Flow:  **doubt** -> line readings -> cells

A doubt opens a row, never fills a cell. It can be switched off by its name, and so its worth is measured.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from enum import StrEnum
from textwrap import dedent

from gouji.inference.why import Why


class Family(StrEnum):
    """What doubts are about."""

    OWNERSHIP = "ownership"  # whose the numbers are
    DEVIATION = "deviation"  # a row is laid out unlike the others
    ROLE = "role"  # what stands there may be no cell's number
    COLUMNS = "columns"  # which column a number is in
    ORDER = "reading order"  # the page was read in another order than it was printed in
    CONTRADICTION = "contradiction"  # print breaks its own sums
    WORDING = "wording"  # whose a label is
    CONFIDENCE = "confidence"  # how sure the tagger is


@dataclass(frozen=True, slots=True)
class Doubt:
    """One reason for which a row, or a cell, may be left open."""

    name: str
    family: Family
    why: Why
    about: str  # one sentence
    print_: str = ""  # the smallest print that it is about: the table's name, then the markup of its rows


Doubts = frozenset[Doubt]
NONE: Doubts = frozenset()


def less(doubts: Doubts, off: Collection[str]) -> Doubts:
    """Doubts without those that are switched off, by name."""
    return frozenset(doubt for doubt in doubts if doubt.name not in off)


def raised(name: str, family: Family, why: Why) -> Callable[[str], Doubt]:
    """Make a doubt of a text: what it is about, in one line, and below it its smallest print, indented."""

    def doubt_of(text: str) -> Doubt:
        about, _, print_ = text.strip("\n").partition("\n")
        return Doubt(name, family, why, about.strip(), dedent(print_).strip("\n"))

    return doubt_of
