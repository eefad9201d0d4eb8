"""Measure how far a person's answers go: open cells settled against clicks, beside answers in random order.

Flow:  pages, truths -> settling, the truth as the person -> **curve** -> table, JSON, plot

The person answers what the truth says of a cell, one cell a click, until none of the page's cells is
ambiguous; by rows, a click also confirms a row that is offered as it is. After each click every cell is held
against the truth: none that is known may say otherwise. Cells that are missing are no doubts about print;
nobody is asked for them.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from gouji.annotations.page_files import PageFile
from gouji.annotations.truth import Truth
from gouji.inference.answering import Answerer
from gouji.inference.batch import Settings, usable_cores
from gouji.inference.extraction import Cell, Number, State, Status
from gouji.inference.extractor import Extractor
from gouji.inference.readers import Content, Unread
from gouji.inference.result import Extraction
from gouji.inference.settling.answers import Answer, Said, answered
from gouji.inference.settling.gain import by_gain, expected
from gouji.inference.settling.offers import offers
from gouji.inference.settling.settle import settled
from gouji.inference.workforce import in_order
from gouji.model.page import Page


@dataclass(frozen=True, slots=True)
class Click:
    """The cells that are answered next, together, and how many the person may hope to settle by it."""

    keys: tuple[str, ...]
    hoped: float


Next = Callable[[Extraction, Sequence[str]], Click]  # of the ambiguous cells those answered next


@dataclass(frozen=True, slots=True)
class Course:
    """What became of a page's ambiguous cells, answer by answer."""

    known: tuple[int, ...]  # of the cells that were ambiguous, after 0, 1, 2 … clicks
    hoped: tuple[float, ...]  # before each click, how many cells it might settle
    wrong: tuple[str, ...]  # cells that an answer made say otherwise than the truth
    status: Status  # at the end

    @property
    def clicks(self) -> int:
        """How many answers settled the page whole."""
        return len(self.known) - 1


@dataclass(frozen=True, slots=True)
class PageCourses:
    """One page settled by cells, first what settles most and in random order, and by rows."""

    page: str  # the file's name
    cells: int = 0  # that were ambiguous
    chosen: Course | None = None  # None where no cell was ambiguous, or the page could not be read
    random: Course | None = None
    rows: Course | None = None
    error: str | None = None


def courses(
    pages: Sequence[PageFile],
    truths: Mapping[str, Truth],
    settings: Settings,
    jobs: int | None = None,
    seed: int = 0,
) -> Iterator[PageCourses]:
    """Settle pages of known truth, the truth as the person.

    Args:
        pages: The pages, each with its truth's id.
        truths: The truths, by id.
        settings: The model's folder and forms, where they are not the shipped ones.
        jobs: How many worker processes at most; None for one a usable core.
        seed: Of the random order.

    Returns:
        One for each page, in their order; of several reports on a page, of the first.

    Raises:
        GoujiError: The model or a form cannot be loaded.
    """
    contents = (Content(str(page.path), path=page.path) for page in pages)
    work = _Settling(settings, {page.path.name: truths[page.truth] for page in pages}, seed)
    found = in_order(contents, work, jobs or usable_cores(), settings.limits)
    return (each for each in found if each is not None)


class _Settling(Answerer[PageCourses | None]):
    """Answers with a page's courses; with None where a page has no truth of its own."""

    def __init__(self, settings: Settings, truths: Mapping[str, Truth], seed: int) -> None:
        super().__init__(settings.options, settings.model_dir, settings.forms)
        self._truths = truths
        self._seed = seed

    def of_page(self, extractor: Extractor, page: Page) -> PageCourses | None:
        name = Path(page.source).name
        if name not in self._truths or (page.part is not None and page.part.number > 1):
            return None
        truth = self._truths[name]
        first = settled(extractor, page, ())
        asked = [c.key for c in first.cells if c.state is State.AMBIGUOUS and c.key in truth.cells]
        if not asked:
            return PageCourses(name)
        rng = random.Random(f"{self._seed} {name}")
        return PageCourses(
            name,
            len(asked),
            course(extractor, page, truth, asked, _most_first),
            course(extractor, page, truth, asked, lambda _, left: Click((rng.choice(left),), rng.random())),
            course(extractor, page, truth, asked, partial(_rows_first, truth)),
        )

    def of_failure(self, unread: Unread) -> PageCourses:
        return PageCourses(Path(unread.source).name, error=unread.error)


def course(extractor: Extractor, page: Page, truth: Truth, asked: Sequence[str], chosen: Next) -> Course:
    """Settle one page in one order.

    Args:
        extractor: The extractor.
        page: The page.
        truth: What the page prints.
        asked: The cells that are ambiguous and that the truth tells.
        chosen: Which of those still open are answered next, with one click.
    """
    now = settled(extractor, page, ())
    already = _wrong(now, truth)
    answers: list[Answer] = []
    known, hoped = [0], []
    wrong: dict[str, None] = {}
    while left := [cell.key for cell in now.cells if _is_asked(cell, truth)]:
        click = chosen(now, left)
        hoped.append(click.hoped)
        for key in click.keys:
            value = truth.cells[key]
            answers.append(answered(page, now[key], Said.BLANK if value is None else value, "the truth"))
        now = settled(extractor, page, answers)
        known.append(sum(now[key].state.is_settled for key in asked))
        wrong.update(dict.fromkeys(_wrong(now, truth) - already))
    return Course(tuple(known), tuple(hoped), tuple(wrong), now.status)


def _is_asked(cell: Cell, truth: Truth) -> bool:
    return cell.state is State.AMBIGUOUS and cell.key in truth.cells


def _most_first(extraction: Extraction, left: Sequence[str]) -> Click:
    gains, open_cells = expected(extraction), set(left)
    key = next(key for key in by_gain(extraction, gains) if key in open_cells)
    return Click((key,), gains[key])


def _rows_first(truth: Truth, extraction: Extraction, left: Sequence[str]) -> Click:
    """The cells of the row that is offered first, if it is offered rightly; else one that is not.

    Whether it is, the truth says; a person compares it with the page first.
    """
    for offer in offers(extraction):
        if offer.keys and set(offer.keys) <= truth.cells.keys():
            said = dict(zip(offer.keys, offer.values, strict=True))
            false = [key for key, value in said.items() if _number(value) != (truth.cells[key] or 0)]
            return Click(tuple(false[:1]) or offer.keys, float(len(offer.keys)))
    return _most_first(extraction, left)


def _number(value: Number | Said) -> Number:
    return 0 if isinstance(value, Said) else value


def _wrong(extraction: Extraction, truth: Truth) -> set[str]:
    """The cells that are known and say otherwise than the truth; 0 and blank are one reading."""
    return {
        cell.key
        for cell in extraction.cells
        if cell.state.is_settled
        and cell.key in truth.cells
        and (cell.value or 0) != (truth.cells[cell.key] or 0)
    }
