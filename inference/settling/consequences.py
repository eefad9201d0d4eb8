"""What an answer to a cell would mean, before it is given: sums, other cells, and what it contradicts.

Flow:  page, answers, a candidate -> settling -> **consequences** -> a person

Nothing is written or kept here: each candidate is answered for a moment, and what became of the page is told
beside what it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from gouji.inference.assembly.checks import names_with
from gouji.inference.extraction import Cell, Check, Number
from gouji.inference.extractor import Extractor
from gouji.inference.result import Extraction
from gouji.inference.settling.answers import Answer, Said, answered
from gouji.inference.settling.settle import contradiction, settled
from gouji.model.page import Page

_NOBODY = ""


class Against(StrEnum):
    """What an answer contradicts."""

    PRINT = "print"  # the page, as it was read without any answer
    ANSWER = "answer"  # another answer


@dataclass(frozen=True, slots=True)
class Conflict:
    """What an answer contradicts: the page's print at a cell, or another answer."""

    against: Against
    key: str  # the cell that says otherwise
    says: str


@dataclass(frozen=True, slots=True)
class Change:
    """Another cell that would be settled, opened or left with other candidates."""

    before: Cell
    after: Cell

    @property
    def key(self) -> str:
        """The cell's key."""
        return self.after.key


@dataclass(frozen=True, slots=True)
class Consequence:
    """What an answer would mean."""

    value: Number | Said
    checks: tuple[Check, ...]  # the sums that the cell is in, and others that change, as they would be
    changes: tuple[Change, ...]  # of other cells, in the order of the form
    contradicts: tuple[Conflict, ...]

    @property
    def settles(self) -> int:
        """How many other cells would be settled."""
        return sum(c.after.state.is_settled and not c.before.state.is_settled for c in self.changes)


def consequences(
    extractor: Extractor, page: Page, answers: Sequence[Answer], key: str
) -> tuple[Consequence, ...]:
    """What each candidate of a cell would mean, the likeliest first; what a blank would, at the end.

    Args:
        extractor: The extractor.
        page: The page, or the part of one.
        answers: Those that stand.
        key: The cell: open, settled by a person (then beside what it would be without that), or known.

    Raises:
        UnknownName: The page's forms have no such cell.
    """
    question = _Question(extractor, page, answers, key)
    cell = question.now[key]
    likely = (*cell.candidates, cell.value if cell.state.is_settled else None, None)
    values = dict.fromkeys(Said.BLANK if value is None else value for value in likely)
    return tuple(map(question.meaning, values))


def consequence(
    extractor: Extractor, page: Page, answers: Sequence[Answer], key: str, value: Number | Said
) -> Consequence:
    """What one answer would mean, as where a person types a value; takes what `consequences` takes.

    Raises:
        UnknownName: The page's forms have no such cell.
    """
    return _Question(extractor, page, answers, key).meaning(value)


class _Question:
    """What answers to one cell would mean; what is asked of the page for one of them holds for all."""

    def __init__(self, extractor: Extractor, page: Page, answers: Sequence[Answer], key: str) -> None:
        self._extractor, self._page, self._key = extractor, page, key
        self._others = [answer for answer in answers if answer.key != key]
        self.now = settled(extractor, page, self._others)

    def meaning(self, value: Number | Said) -> Consequence:
        """What one answer would mean."""
        answer = answered(self._page, self.now[self._key], value, _NOBODY)
        then = settled(self._extractor, self._page, [*self._others, answer])
        cells = zip(self.now.cells, then.cells, strict=True)
        changes = tuple(Change(*pair) for pair in cells if pair[0].key != self._key and _differs(*pair))
        return Consequence(value, self._checks(then), changes, tuple(self._conflicts(answer)))

    def _checks(self, then: Extraction) -> tuple[Check, ...]:
        """The sums that the cell is in, and those that change."""
        checks = zip(self.now.checks, then.checks, strict=True)
        return tuple(
            after for before, after in checks if after.state is not before.state or after.name in self._sums
        )

    @cached_property
    def _sums(self) -> frozenset[str]:
        """The names of the sums that the cell is in, if the page holds its table."""
        table = self._key.partition("/")[0]
        if (form := self.now.forms.get(table)) is None:
            return frozenset()
        return names_with(self._extractor.forms[form].table(table), self._key)

    def _conflicts(self, answer: Answer) -> Iterator[Conflict]:
        """What stands against an answer: the page by itself, or other answers without which it may be."""
        if (says := contradiction(self.now[self._key], answer)) is None:
            return
        if (printed := contradiction(self._alone, answer)) is not None:
            yield Conflict(Against.PRINT, self._key, printed)
            return
        found = [other for other, cell in self._without_one if contradiction(cell, answer) is None]
        for other in found:
            yield Conflict(Against.ANSWER, other.key, f"{other.by} answered {other.value}")
        if not found:
            yield Conflict(Against.ANSWER, self._key, says)

    @cached_property
    def _alone(self) -> Cell:
        """The cell without any answer."""
        return self._cell(())

    @cached_property
    def _without_one(self) -> list[tuple[Answer, Cell]]:
        """Each other answer, and the cell without it."""
        own = self._others
        return [(other, self._cell(each for each in own if each is not other)) for other in own]

    def _cell(self, answers: Iterable[Answer]) -> Cell:
        return settled(self._extractor, self._page, answers)[self._key]


def _differs(before: Cell, after: Cell) -> bool:
    def shown(cell: Cell) -> tuple[object, ...]:
        return cell.state, cell.value, set(cell.candidates), cell.more, cell.derived

    return before is not after and shown(before) != shown(after)
