"""Hold what was read against the truth, cell by cell.

Flow:  predictions, truths -> **evaluation** -> report, floors

A cell is right where value and truth are equal or both null; 0 against null is right too, and
counted apart (soft); null against a number is missed; everything else is wrong. Beyond that the
promises are held: no cell wrong in a verified page, and the truth among an ambiguous cell's
candidates. A page that could not be read misses all its cells.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

from gouji.annotations.page_files import PageFile
from gouji.annotations.truth import Truth
from gouji.inference.predictions import Prediction

Number = int | float


class Verdict(StrEnum):
    """What became of one cell."""

    RIGHT = "right"
    SOFT = "soft"
    WRONG = "wrong"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Fault:
    """A cell that is wrong, or whose candidates do not hold the truth."""

    page: str
    key: str
    truth: Number | None
    found: Number | None
    candidates: tuple[Number | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over pages; `right` includes `soft`."""

    pages: int = 0
    exact: int = 0  # pages with every cell right
    cells: int = 0
    right: int = 0
    soft: int = 0
    wrong: int = 0
    missed: int = 0
    surplus: int = 0  # numbers read for cells that a whole truth does not have
    undecided: int = 0  # ambiguous cells
    broken: int = 0  # ambiguous cells whose candidates do not hold the truth

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Tally)))

    @property
    def right_share(self) -> float:
        """0..1; 1 where there is no cell."""
        return self.right / self.cells if self.cells else 1.0


@dataclass(frozen=True, slots=True)
class PageScore:
    """One page held against its truth."""

    page: PageFile
    status: str  # the program's, or "error"
    tally: Tally
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All pages of one program."""

    program: str
    scores: tuple[PageScore, ...]

    @property
    def total(self) -> Tally:
        """The counts over all pages."""
        return sum((score.tally for score in self.scores), Tally())

    def by(self, group: Callable[[PageScore], str]) -> dict[str, Tally]:
        """The counts over groups of pages, in the order of the groups' names."""
        tallies: dict[str, Tally] = {}
        for score in self.scores:
            name = group(score)
            tallies[name] = tallies.get(name, Tally()) + score.tally
        return dict(sorted(tallies.items()))


def evaluate(
    program: str,
    pages: Sequence[PageFile],
    truths: Mapping[str, Truth],
    predictions: Mapping[str, Prediction],
) -> Evaluation:
    """Hold every page's prediction against its truth; a page without one is an error."""
    missing = Prediction("", {}, error="no prediction")
    return Evaluation(
        program,
        tuple(
            score_page(page, truths[page.truth], predictions.get(page.path.name, missing)) for page in pages
        ),
    )


def score_page(page: PageFile, truth: Truth, prediction: Prediction) -> PageScore:
    """Count one page's cells."""
    counts = dict.fromkeys(Verdict, 0)
    faults = []
    broken = 0
    for key, expected in truth.cells.items():
        found = prediction.cells.get(key)
        candidates = prediction.candidates.get(key, ())
        verdict = judge(found, expected, doubtful=key in truth.doubtful)
        counts[verdict] += 1
        lost = bool(candidates) and not _among(expected, candidates)
        broken += lost
        if lost or verdict is Verdict.WRONG:
            faults.append(Fault(page.path.name, key, expected, found, candidates))
    right = counts[Verdict.RIGHT] + counts[Verdict.SOFT]
    return PageScore(
        page,
        "error" if prediction.error is not None else prediction.status or "none",
        Tally(
            pages=1,
            exact=int(right == len(truth.cells)),
            cells=len(truth.cells),
            right=right,
            soft=counts[Verdict.SOFT],
            wrong=counts[Verdict.WRONG],
            missed=counts[Verdict.MISSED],
            surplus=0 if truth.partial else _surplus(prediction, truth),
            undecided=prediction.undecided,
            broken=broken,
        ),
        tuple(faults),
    )


def judge(found: Number | None, truth: Number | None, *, doubtful: bool = False) -> Verdict:
    """What a value is worth against the truth.

    >>> [str(judge(*pair)) for pair in ((3, 3.0), (None, None), (0, None), (None, 0), (3, None), (3, 4))]
    ['right', 'right', 'soft', 'missed', 'wrong', 'wrong']
    """
    if found == truth or (doubtful and not found and not truth):
        return Verdict.RIGHT
    if found == 0 and truth is None:
        return Verdict.SOFT
    return Verdict.MISSED if found is None else Verdict.WRONG


def _among(truth: Number | None, candidates: Sequence[Number | None]) -> bool:
    """Whether candidates hold the truth; 0 and blank are one reading."""
    return any((candidate or 0) == (truth or 0) for candidate in candidates)


def _surplus(prediction: Prediction, truth: Truth) -> int:
    return sum(1 for key, value in prediction.cells.items() if value is not None and key not in truth.cells)
