"""Hold what was read against the truth, cell by cell and page by page.

Flow:  predictions, truths -> **evaluation** -> tables, JSON, HTML, floors

Every cell that a truth lists is right, wrong or open. Beyond that the promises are held: no cell wrong
in a verified page, and the truth among an ambiguous cell's candidates. A page that could not be read
leaves all its cells open.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from gouji.annotations.page_files import PageFile
from gouji.annotations.truth import Truth
from gouji.inference.evaluation.predictions import Prediction
from gouji.inference.evaluation.tally import Tally, add_up, tally
from gouji.inference.evaluation.verdicts import CellScore, score_cell

VERIFIED = "verified"


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
            table: tally(
                self.page.truth,
                [cell for cell in self.cells if cell.table == table],
                [key for key in self.surplus if key.partition("/")[0] == table],
                verified=self.status == VERIFIED,
            )
            for table in dict.fromkeys(cell.table for cell in self.cells)
        }


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All pages of one program."""

    program: str
    scores: tuple[PageScore, ...]
    values_only: bool = False  # the program tells no blank from a cell that it leaves open

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
        return tuple(score.page.path.name for score in self.scores if score.status == VERIFIED)

    def reasons(self) -> Counter[str]:
        """How many of the open cells each reason stands against; a cell may have several."""
        cells = (cell for score in self.scores for cell in score.cells if cell.is_open)
        return Counter(why for cell in cells for why in cell.found.why)

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
            for table, counted in score.by_table().items():
                tallies[table] = tallies.get(table, Tally()) + counted
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
        any(prediction.values_only for prediction in predictions.values()),
    )


def score_page(page: PageFile, truth: Truth, prediction: Prediction) -> PageScore:
    """Judge each cell that a page's truth lists."""
    cells = tuple(
        score_cell(key, prediction.cell(key), expected, doubtful=key in truth.doubtful)
        for key, expected in truth.cells.items()
    )
    status = "error" if prediction.error is not None else prediction.status or "none"
    surplus = () if truth.partial else _surplus(prediction, truth)
    counted = tally(page.truth, cells, surplus, verified=status == VERIFIED)
    return PageScore(page, truth.form or "none", status, cells, surplus, counted)


def _surplus(prediction: Prediction, truth: Truth) -> tuple[str, ...]:
    return tuple(
        key for key, cell in prediction.cells.items() if cell.value is not None and key not in truth.cells
    )
