"""Extract a page again under a person's answers, and tell which of them do not fit it.

Flow:  page, answers -> **settling** -> extraction

The whole way is gone again from the readings of the page's lines on: whatever rested on what an answer
discards is open then.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gouji.inference.extraction import Cell, State
from gouji.inference.extractor import Extractor
from gouji.inference.result import Extraction
from gouji.inference.settling.answers import Answer, Said, page_hash, part_of
from gouji.inference.settling.at_hand import at_hand
from gouji.model.page import Page


@dataclass(frozen=True, slots=True)
class Misfit:
    """An answer that does not fit its page, and why; `applied` says whether it was taken nevertheless."""

    answer: Answer
    reason: str
    applied: bool

    def __str__(self) -> str:
        said = self.answer.value
        where = "" if self.answer.source is None else f"{self.answer.source}: "
        taken = "; it was taken nevertheless" if self.applied else "; it was not taken"
        return (
            f"{where}{self.answer.key} = {said} ({self.answer.by}, {self.answer.when}): {self.reason}{taken}"
        )


def settled(extractor: Extractor, page: Page, answers: Iterable[Answer]) -> Extraction:
    """The extraction of a page under answers to some of its cells.

    A cell answered is `settled`; of the others those are known that only one of the readings left allows.
    If every answer is what the page prints, no cell says anything else than the page.

    Args:
        extractor: The extractor.
        page: The page, or the part of one.
        answers: Those that stand; those to other pages, and to cells that the page's forms do not have, are
            passed over.

    Raises:
        ReadingError: The page's text is the markup of an HTML page.
    """
    own = {answer.key: answer.cell() for answer in _of_page(page, answers)}
    return at_hand(extractor, page).under(own)


def misfits(extractor: Extractor, page: Page, answers: Iterable[Answer]) -> tuple[Misfit, ...]:
    """The answers that do not fit a page, in their order.

    One to another text, or to a cell that the page's forms do not have, is not taken. One that says
    otherwise than the page prints, or than the answers before it leave, is: a person knows better.

    Args:
        extractor: The extractor.
        page: The page, or the part of one.
        answers: Those that stand.
    """
    found: list[Misfit] = []
    taken: list[Answer] = []
    given = list(answers)
    before = settled(extractor, page, ()) if given else None
    own = set(map(id, _of_page(page, given)))
    for answer in given:
        if id(answer) not in own:
            found.append(Misfit(answer, "the page's text is another one now", applied=False))
        elif before is None or answer.key not in before:
            found.append(Misfit(answer, "the page's forms have no such cell", applied=False))
        else:
            if (against := contradiction(before[answer.key], answer)) is not None:
                found.append(Misfit(answer, against, applied=True))
            taken.append(answer)
            before = settled(extractor, page, taken)
    return tuple(found)


def contradiction(cell: Cell, answer: Answer) -> str | None:
    """What a cell says against an answer; None where it may be so."""
    said = answer.number or 0
    if cell.state is State.AMBIGUOUS:
        if cell.more or any((value or 0) == said for value in cell.candidates):
            return None
        return f"the page leaves {_listed(cell.candidates)}"
    if cell.state is State.MISSING or ((cell.value or 0) == said and answer.value is not Said.ABSENT):
        return None
    by = f"settled by {cell.settled.by}" if cell.settled is not None else f"{cell.state}"
    return f"the cell is {by}, {'blank' if cell.value is None else cell.value}"


def _listed(values: Sequence[object]) -> str:
    return ", ".join("blank" if value is None else str(value) for value in values) or "no value"


def _of_page(page: Page, answers: Iterable[Answer]) -> list[Answer]:
    given = list(answers)
    if not given:
        return []
    digest, part = page_hash(page), part_of(page)
    return [answer for answer in given if (answer.page, answer.part) == (digest, part)]
