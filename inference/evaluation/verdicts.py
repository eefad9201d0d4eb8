"""Judge one cell: what was said of it against what is true.

Flow:  predicted cell, truth -> **verdict** -> tally

A cell that was left open is open, whatever the truth: to say nothing of a blank is not to know that it
is blank. 0 for a blank is right, and counted apart (soft), for 0 and blank are one reading; a printed
number that is called blank, be it 0, is overlooked, which is a way to be wrong.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from gouji.inference.evaluation.predictions import FoundCell

Number = int | float


class Verdict(StrEnum):
    """What became of one cell."""

    RIGHT = "right"
    SOFT = "soft"
    WRONG = "wrong"
    OVERLOOKED = "overlooked"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class CellScore:
    """One cell held against its truth."""

    key: str  # table/row/column
    truth: Number | None
    found: FoundCell
    verdict: Verdict
    null_is_right: bool  # whether no value is right where value is held against value

    @property
    def table(self) -> str:
        return self.key.partition("/")[0]

    @property
    def is_right(self) -> bool:
        return self.verdict in (Verdict.RIGHT, Verdict.SOFT)

    @property
    def is_wrong(self) -> bool:
        return self.verdict in (Verdict.WRONG, Verdict.OVERLOOKED)

    @property
    def is_open(self) -> bool:
        return self.verdict is Verdict.OPEN

    @property
    def is_number(self) -> bool:
        """Whether the page prints a number there."""
        return self.truth is not None

    @property
    def among(self) -> bool:
        """Whether the candidates that are listed hold the truth; 0 and blank are one reading."""
        return any(_same_reading(candidate, self.truth) for candidate in self.found.candidates)

    @property
    def first(self) -> bool:
        """Whether the first candidate is the truth."""
        return any(_same_reading(candidate, self.truth) for candidate in self.found.candidates[:1])

    @property
    def broken(self) -> bool:
        """Whether all that is possible is listed, and the truth is not."""
        return self.found.ambiguous and not self.found.more and not self.among

    @property
    def is_fault(self) -> bool:
        """Whether a promise is broken: a wrong answer, or candidates without the truth."""
        return self.is_wrong or self.broken


def score_cell(key: str, found: FoundCell, truth: Number | None, *, doubtful: bool = False) -> CellScore:
    """Hold one cell against its truth."""
    verdict = judge(found, truth, doubtful=doubtful)
    return CellScore(key, truth, found, verdict, truth is None or (doubtful and not truth))


def judge(found: FoundCell, truth: Number | None, *, doubtful: bool = False) -> Verdict:
    """What is said of a cell, against the truth.

    A null without a state, which is all that some programs print, may mean either: that the cell is blank,
    or that nothing is known of it. It is right of a blank, and leaves a number open.

    Args:
        found: What a program says.
        truth: The number; None for a blank.
        doubtful: Whether 0 and blank are both right.

    >>> three, nil, blank = FoundCell(3, "read"), FoundCell(0, "placed"), FoundCell(None, "blank")
    >>> [str(judge(three, truth)) for truth in (3, 4, None)]
    ['right', 'wrong', 'wrong']
    >>> [str(judge(found, None)) for found in (blank, nil, FoundCell(None, "ambiguous"), FoundCell())]
    ['right', 'soft', 'open', 'right']
    >>> [str(judge(found, 7)) for found in (blank, FoundCell(None, "missing"), FoundCell())]
    ['overlooked', 'open', 'open']
    """
    if found.left_open:
        return Verdict.OPEN
    if found.value == truth or (doubtful and not found.value and not truth):
        return Verdict.RIGHT
    if found.value is None:
        return Verdict.OVERLOOKED if found.answered else Verdict.OPEN
    if found.value == 0 and truth is None:
        return Verdict.SOFT
    return Verdict.WRONG


def _same_reading(candidate: Number | None, truth: Number | None) -> bool:
    return (candidate or 0) == (truth or 0)
