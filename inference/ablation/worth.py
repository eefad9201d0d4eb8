"""What becomes of a page when doubts are switched off: cells and pages gained, and lost.

Flow:  scores with and without -> **worth** -> table, JSON
"""

from __future__ import annotations

from collections.abc import Iterable, Set
from dataclasses import dataclass, field, fields

from gouji.inference.evaluation.cells import VERIFIED, PageScore


@dataclass(frozen=True, slots=True)
class Turn:
    """How many are so without the doubts alone, and how many with them alone."""

    gained: int = 0
    lost: int = 0

    def __add__(self, other: Turn) -> Turn:
        return Turn(self.gained + other.gained, self.lost + other.lost)


@dataclass(frozen=True, slots=True)
class Worth:
    """What switching doubts off does to pages."""

    fired: int = 0  # pages on which one of the doubts stood against something
    changed: int = 0  # pages that read otherwise without them
    right: Turn = field(default_factory=Turn)  # cells
    wrong: Turn = field(default_factory=Turn)  # cells, and numbers for cells that the truth does not have
    broken: Turn = field(default_factory=Turn)  # verified pages with a wrong cell
    false_lists: Turn = field(default_factory=Turn)  # cells whose whole list of candidates lacks the truth

    def __add__(self, other: Worth) -> Worth:
        return Worth(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Worth)))


def worth_of(before: PageScore, without: PageScore) -> Worth:
    """What doubts are worth on a page on which they fire, and which reads otherwise without them.

    Args:
        before: The page as it is read with all doubts.
        without: The same page with some switched off.
    """
    return Worth(
        fired=1,
        changed=1,
        right=_turn(_right(before), _right(without)),
        wrong=_turn(_wrong(before), _wrong(without)),
        broken=_turn(_broken(before), _broken(without)),
        false_lists=_turn(_false_lists(before), _false_lists(without)),
    )


def add_up(worths: Iterable[Worth]) -> Worth:
    """The sum over pages."""
    return sum(worths, Worth())


def _turn(before: Set[str], without: Set[str]) -> Turn:
    return Turn(len(without - before), len(before - without))


def _right(score: PageScore) -> set[str]:
    return {cell.key for cell in score.cells if cell.is_right}


def _wrong(score: PageScore) -> set[str]:
    return {*(cell.key for cell in score.cells if cell.is_wrong), *score.surplus}


def _broken(score: PageScore) -> set[str]:
    return {score.page.path.name} if score.status == VERIFIED and _wrong(score) else set()


def _false_lists(score: PageScore) -> set[str]:
    return {cell.key for cell in score.cells if cell.broken}
