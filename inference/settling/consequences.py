"""What an answer to a cell would mean, before it is given: sums, other cells, and what it contradicts.

Flow:  page, answers, a candidate -> settling -> **consequences** -> a person

Nothing is written or kept here: each candidate is answered for a moment, and what became of the page is told
beside what it was.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gouji.inference.assembly.checks import keys_of
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
    others = [answer for answer in answers if answer.key != key]
    now = settled(extractor, page, others)
    values: list[Number | Said] = []
    for value in (*now[key].candidates, now[key].value if now[key].state.is_settled else None):
        values.append(Said.BLANK if value is None else value)
    return tuple(
        _of(extractor, page, others, now, key, value) for value in dict.fromkeys((*values, Said.BLANK))
    )


def consequence(
    extractor: Extractor, page: Page, answers: Sequence[Answer], key: str, value: Number | Said
) -> Consequence:
    """What one answer would mean, as where a person types a value; takes what `consequences` takes.

    Raises:
        UnknownName: The page's forms have no such cell.
    """
    others = [answer for answer in answers if answer.key != key]
    return _of(extractor, page, others, settled(extractor, page, others), key, value)


def _of(
    extractor: Extractor,
    page: Page,
    answers: Sequence[Answer],
    now: Extraction,
    key: str,
    value: Number | Said,
) -> Consequence:
    answer = answered(page, now[key], value, _NOBODY)
    then = settled(extractor, page, [*answers, answer])
    before = {cell.key: cell for cell in now.cells}
    changes = tuple(
        Change(before[cell.key], cell)
        for cell in then.cells
        if cell.key != key and _differs(before[cell.key], cell)
    )
    return Consequence(
        value, _checks(extractor, now, then, key), changes, _conflicts(extractor, page, answers, now, answer)
    )


def _differs(before: Cell, after: Cell) -> bool:
    def shown(cell: Cell) -> tuple[object, ...]:
        return cell.state, cell.value, set(cell.candidates), cell.more, cell.derived

    return shown(before) != shown(after)


def _checks(extractor: Extractor, now: Extraction, then: Extraction, key: str) -> tuple[Check, ...]:
    """The sums that a cell is in, and those that change."""
    states = {check.name: check.state for check in now.checks}
    return tuple(
        check
        for check in then.checks
        if check.state is not states[check.name] or key in _keys(extractor, now, check)
    )


def _keys(extractor: Extractor, extraction: Extraction, check: Check) -> Iterable[str]:
    table = check.name.partition("/")[0]
    form = extraction.forms.get(table)
    return () if form is None else keys_of(extractor.forms[form].table(table), check.name)


def _conflicts(
    extractor: Extractor, page: Page, answers: Sequence[Answer], now: Extraction, answer: Answer
) -> tuple[Conflict, ...]:
    """What stands against an answer: the page by itself, or other answers without which it may be."""
    if (says := contradiction(now[answer.key], answer)) is None:
        return ()
    alone = settled(extractor, page, ())[answer.key]
    if (printed := contradiction(alone, answer)) is not None:
        return (Conflict(Against.PRINT, answer.key, printed),)
    found = []
    for other in answers:
        rest = [each for each in answers if each is not other]
        if contradiction(settled(extractor, page, rest)[answer.key], answer) is None:
            found.append(Conflict(Against.ANSWER, other.key, f"{other.by} answered {other.value}"))
    return tuple(found) or (Conflict(Against.ANSWER, answer.key, says),)
