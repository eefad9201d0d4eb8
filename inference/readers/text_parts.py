"""Tell apart the reports that were run together in one text.

Flow:  text page -> **parts** -> pages

A text does not know its tables. It shows them by the official labels that stand by themselves, in a line or
a cell. Where, behind those of a later table, labels of an earlier one come again that the report has had
before, another report has begun: at a title or a section's heading between, or at the first of them.
Labels of columns come in every block and on every sheet: they count where one of a row does. One table that
comes again is a copy of it, unless a title stands before it; so are all tables, with the same figures,
unless a title does.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, islice, pairwise
from operator import attrgetter

from gouji.inference.readers.parts import is_title_between, labels_of_one_table, opening, rows_of_one_table
from gouji.model.label_words import bare
from gouji.model.page import Page, Part

_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_PIECE = re.compile(r"[^\t\n|│┃║]+")
_FIGURES = " \r0123456789.,+-—/"  # of a row without borders, behind its label
# Labels of a table that come again; a menu may hold 行政许可, 行政处罚 and 行政强制, and no other.
_FEWEST = 2
_LOOKED_AT = 300  # labels; a report has some hundred
_FEWEST_OF_ALL = 8  # and with those of the tables behind it


@dataclass(frozen=True, slots=True)
class _Found:
    """An official label on the page: where it stands, and its table's place in the form."""

    start: int
    end: int
    words: str
    kind: int


def parts_of_text(page: Page) -> tuple[Page, ...]:
    """The page itself, or one for each report of its text."""
    edges = [0, *_openings(page.folded), len(page.text)]
    if len(edges) == 2:
        return (page,)
    stretches = pairwise(edges)
    return tuple(replace(page, part=Part(number, (own,))) for number, own in enumerate(stretches, 1))


def _openings(text: str) -> Iterator[int]:
    """Where each further report begins."""
    labels = list(_labels(text))
    first = 0  # of the labels of the report, or of its last copy
    had: set[str] = set()
    for index, (before, label) in enumerate(pairwise(labels), 1):
        had.add(before.words)
        if label.kind >= before.kind:
            continue
        _, own = next(groupby(islice(labels, index, None), attrgetter("kind")))
        table = list(own)
        behind = [each for each in labels[index : index + _LOOKED_AT] if each.words in had]
        titled = is_title_between(text, before.end, label.start)
        if _count(table, had) < _FEWEST or _count(behind, had) < _FEWEST_OF_ALL:
            continue
        if not _count(table, had & rows_of_one_table().keys()):
            continue
        if not titled and len({each.kind for each in behind}) < 2:
            continue
        if titled or not _is_copy(text, labels[first:index], labels[index:]):
            place = opening(text, before.end, label.start)
            yield text.rfind("\n", 0, label.start) + 1 if place is None else place
            had = set()
        first = index


def _count(behind: Iterable[_Found], had: Collection[str]) -> int:
    """How many different labels come again."""
    return len({label.words for label in behind} & set(had))


def _is_copy(text: str, report: Sequence[_Found], behind: Sequence[_Found]) -> bool:
    """Whether the tables of a report come again: with all figures, or some to the end of the text."""
    figures = list(_figures(text, report))
    again = list(islice(_figures(text, behind), len(figures)))
    if len(again) == len(figures):
        return again == figures
    return " ".join(again) in " ".join(figures)


def _figures(text: str, labels: Sequence[_Found]) -> Iterator[str]:
    """The figures from the first of some labels to the last."""
    return (figure[0] for figure in _NUMBER.finditer(text, labels[0].end, labels[-1].end))


def _labels(text: str) -> Iterator[_Found]:
    kinds = labels_of_one_table()
    for piece in _PIECE.finditer(text):
        words = bare(piece[0].rstrip(_FIGURES))
        if words in kinds:
            yield _Found(*piece.span(), words, kinds[words])
