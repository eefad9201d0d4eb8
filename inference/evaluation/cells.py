"""Hold what was read against the truth, cell by cell.

Flow:  predictions, truths -> **evaluation** -> tables, JSON, HTML, floors

A cell is right where value and truth are equal or both null; 0 against null is right too, and
counted apart (soft); null against a number is missed; everything else is wrong. Beyond that the
promises are held: no cell wrong in a verified page, and the truth among an ambiguous cell's
candidates. A page that could not be read misses all its cells.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum

from gouji.annotations.page_files import PageFile
from gouji.annotations.truth import Truth
from gouji.inference.evaluation.predictions import FoundCell, Prediction

Number = int | float


class Verdict(StrEnum):
    """What became of one cell."""

    RIGHT = "right"
    SOFT = "soft"
    WRONG = "wrong"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class CellScore:
    """One cell held against its truth."""

    key: str  # table/row/column
    truth: Number | None
    found: FoundCell
    verdict: Verdict

    @property
    def table(self) -> str:
        return self.key.partition("/")[0]

    @property
    def is_right(self) -> bool:
        return self.verdict in (Verdict.RIGHT, Verdict.SOFT)

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
        """Whether a promise is broken: a wrong value, or candidates without the truth."""
        return self.verdict is Verdict.WRONG or self.broken


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts over pages; `right` includes `soft`."""

    pages: int = 0
    exact: int = 0  # pages with every cell right
    tables: int = 0
    tables_exact: int = 0
    cells: int = 0
    right: int = 0
    soft: int = 0
    wrong: int = 0
    missed: int = 0
    surplus: int = 0  # numbers read for cells that a whole truth does not have
    undecided: int = 0  # ambiguous cells
    among: int = 0  # ambiguous cells whose listed candidates hold the truth
    first: int = 0  # ambiguous cells whose first candidate is the truth
    broken: int = 0  # ambiguous cells with all candidates listed, and not the truth

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(Tally)))

    @property
    def right_share(self) -> float:
        """Of the cells, 0..1; 1 where there is none, as with every share here."""
        return _share(self.right, self.cells)

    @property
    def exact_share(self) -> float:
        """Of the pages."""
        return _share(self.exact, self.pages)

    @property
    def tables_exact_share(self) -> float:
        """Of the tables."""
        return _share(self.tables_exact, self.tables)

    @property
    def among_share(self) -> float:
        """Of the ambiguous cells."""
        return _share(self.among, self.undecided)

    @property
    def first_share(self) -> float:
        """Of the ambiguous cells."""
        return _share(self.first, self.undecided)


@dataclass(frozen=True, slots=True)
class PageScore:
    """One page held against its truth."""

    page: PageFile
    form: str  # the truth's; "none" where it names none
    status: str  # the program's, or "error"
    cells: tuple[CellScore, ...]
    surplus: tuple[str, ...]  # keys of numbers read for cells that a whole truth does not have
    tally: Tally

    @property
    def faults(self) -> tuple[CellScore, ...]:
        """The cells that break a promise."""
        return tuple(cell for cell in self.cells if cell.is_fault)

    def by_table(self) -> dict[str, Tally]:
        """The counts of each table of the truth."""
        return {
            table: _tally(
                [cell for cell in self.cells if cell.table == table],
                [key for key in self.surplus if key.partition("/")[0] == table],
            )
            for table in dict.fromkeys(cell.table for cell in self.cells)
        }


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All pages of one program."""

    program: str
    scores: tuple[PageScore, ...]

    @property
    def total(self) -> Tally:
        """The counts over all pages."""
        return add_up(score.tally for score in self.scores)

    def of_pages(self, names: Iterable[str]) -> Tally:
        """The counts over the pages of these file names."""
        wanted = set(names)
        return add_up(score.tally for score in self.scores if score.page.path.name in wanted)

    def verified(self) -> tuple[str, ...]:
        """The file names of the pages that the program calls verified."""
        return tuple(score.page.path.name for score in self.scores if score.status == "verified")

    def by(self, group: Callable[[PageScore], Sequence[str]]) -> dict[str, Tally]:
        """The counts over groups of pages, in the order of the groups' names; a page may be in several."""
        tallies: dict[str, Tally] = {}
        for score in self.scores:
            for name in group(score):
                tallies[name] = tallies.get(name, Tally()) + score.tally
        return dict(sorted(tallies.items()))

    def by_table(self) -> dict[str, Tally]:
        """The counts over each table; `pages` are those that hold it, `exact` those that hold it exactly."""
        tallies: dict[str, Tally] = {}
        for score in self.scores:
            for table, tally in score.by_table().items():
                tallies[table] = tallies.get(table, Tally()) + tally
        return tallies


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
    """Judge each cell that a page's truth lists."""
    nothing = FoundCell()
    cells = []
    for key, expected in truth.cells.items():
        found = prediction.cells.get(key, nothing)
        verdict = judge(found.value, expected, doubtful=key in truth.doubtful)
        cells.append(CellScore(key, expected, found, verdict))
    status = "error" if prediction.error is not None else prediction.status or "none"
    surplus = () if truth.partial else _surplus(prediction, truth)
    return PageScore(page, truth.form or "none", status, tuple(cells), surplus, _tally(cells, surplus))


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


def add_up(tallies: Iterable[Tally]) -> Tally:
    """The sum of tallies."""
    return sum(tallies, Tally())


def _tally(cells: Sequence[CellScore], surplus: Sequence[str]) -> Tally:
    """The counts of one page's cells, or of those of one of its tables."""
    verdicts = [cell.verdict for cell in cells]
    soft, wrong, missed = (verdicts.count(v) for v in (Verdict.SOFT, Verdict.WRONG, Verdict.MISSED))
    tables = {cell.table for cell in cells}
    spoilt = {cell.table for cell in cells if not cell.is_right}
    undecided = [cell for cell in cells if cell.found.ambiguous]
    return Tally(
        pages=1,
        exact=int(not spoilt),
        tables=len(tables),
        tables_exact=len(tables - spoilt),
        cells=len(cells),
        right=len(cells) - wrong - missed,
        soft=soft,
        wrong=wrong,
        missed=missed,
        surplus=len(surplus),
        undecided=len(undecided),
        among=sum(cell.among for cell in undecided),
        first=sum(cell.first for cell in undecided),
        broken=sum(cell.broken for cell in undecided),
    )


def _same_reading(candidate: Number | None, truth: Number | None) -> bool:
    return (candidate or 0) == (truth or 0)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 1.0


def _surplus(prediction: Prediction, truth: Truth) -> tuple[str, ...]:
    return tuple(
        key for key, cell in prediction.cells.items() if cell.value is not None and key not in truth.cells
    )
