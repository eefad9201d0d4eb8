"""Mutate pages of known truth in many ways, extract each, and count what became of the cells.

Flow:  pages, truths -> sheets -> **mutated pages -> extractions -> tallies** -> table, JSON

The n-th mutated page of a seed is the same whatever the number of pages asked for and of workers:
its mutations go round, and chance, drawn from seed and number, picks its page.
"""

from __future__ import annotations

import multiprocessing
import random
import signal
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from gouji.annotations.page_files import PageFile
from gouji.annotations.truth import Truth
from gouji.inference.batch import Settings, usable_cores
from gouji.inference.mutation_tally import Fault, MutationTally, fault_text, tally_of
from gouji.inference.mutations import MUTATIONS, MutationError, mutate
from gouji.inference.mutations_of_figures import MUTATIONS_OF_FIGURES
from gouji.inference.predictions import (
    Prediction,
    load_parse,
    prediction_of_record,
    prediction_of_text,
    predictions_of_command,
)
from gouji.inference.reading import read_page
from gouji.inference.sheet import Sheet, sheet_of
from gouji.model.page import Page

if TYPE_CHECKING:
    from gouji.inference.extractor import Extractor

_TRIES = 12  # pages and partners drawn for a mutation before it is given up
_CHUNK = 8  # mutated pages handed to a worker at once


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done to which pages."""

    pages: tuple[PageFile, ...]
    truths: Mapping[str, Truth]
    mutations: tuple[str, ...]
    count: int
    seed: int = 0
    pairs: bool = True  # every second page is damaged twice
    commands: tuple[str, ...] = ()  # other programs
    modules: tuple[Path, ...] = ()
    settings: Settings = field(default_factory=Settings)


@dataclass(frozen=True, slots=True)
class Original:
    """A page before it is mutated."""

    page: PageFile
    truth: Truth
    sheet: Sheet


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A page that is not mutated, and why."""

    page: str  # the file's name
    reason: str


@dataclass(frozen=True, slots=True)
class Mutant:
    """One mutated page, and what was read of it."""

    number: int
    mutations: tuple[str, ...]
    original: PageFile
    truth: Truth
    status: str  # the program's verdict, or `error`
    error: str | None
    tally: MutationTally
    faults: tuple[Fault, ...]
    others: Mapping[str, MutationTally]  # other programs'
    sheet: Sheet | None  # where there is a fault

    @property
    def name(self) -> str:
        """Its page file's name, as evaluations pair it with its truth."""
        damage = "+".join((*filter(None, [self.original.damage]), *self.mutations))
        return f"{self.id}__{self.original.tool or 'made'}__{damage}.txt"

    @property
    def id(self) -> str:
        """Its own: mutations may change what is true."""
        return f"{self.original.truth}-{self.number}"

    @property
    def is_faulty(self) -> bool:
        """Whether a cell is not as promised, or extraction failed."""
        return bool(self.faults) or self.error is not None

    @property
    def is_broken(self) -> bool:
        """Whether it is called verified with a cell wrong, or extraction failed."""
        return bool(self.tally.broken) or self.error is not None


@dataclass(frozen=True, slots=True)
class MutationRun:
    """What may be mutated, and the mutants as they come."""

    originals: int
    left_out: tuple[LeftOut, ...]  # pages of which no cell is read undamaged, or one not as it should be
    mutants: Iterator[Mutant]


def run_mutations(plan: Plan, jobs: int | None = None) -> MutationRun:
    """Mutate and extract.

    Args:
        plan: What is to be done.
        jobs: How many worker processes at most; None for one a usable core.

    Returns:
        The mutants in the order of their numbers; where no drawn page can be damaged as a number
        says, it has none.

    Raises:
        MutationError: No page can be mutated.
        GoujiError: The model or another program cannot be loaded.
    """
    for module in plan.modules:
        load_parse(module)  # a faulty one is named before any page is read
    workers = jobs or usable_cores()
    with _pool(workers, _start_originals, plan.settings) as pool:
        found = list(
            pool.map(_original, [(page, plan.truths[page.truth]) for page in plan.pages], chunksize=4)
        )
    originals = tuple(each for each in found if isinstance(each, Original))
    left_out = tuple(each for each in found if isinstance(each, LeftOut))
    if not originals:
        raise MutationError(f"no page can be mutated; {left_out[0].page}: {left_out[0].reason}")
    return MutationRun(len(originals), left_out, _mutants(plan, originals, workers))


def _mutants(plan: Plan, originals: tuple[Original, ...], workers: int) -> Iterator[Mutant]:
    with _pool(workers, _start_mutants, plan, originals) as pool:
        for mutant in pool.map(_mutant, range(plan.count), chunksize=_CHUNK):
            if mutant is not None:
                yield mutant


def _pool(workers: int, start: Callable[..., None], *arguments: object) -> ProcessPoolExecutor:
    # A forked worker need not import the program again; elsewhere than on Linux forking is not safe.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    return ProcessPoolExecutor(workers, context, initializer=start, initargs=arguments)


_extractor: Extractor | None = None  # of this worker process
_bench: _Bench | None = None


def _start_originals(settings: Settings) -> None:
    global _extractor
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    _extractor = _loaded(settings)


def _start_mutants(plan: Plan, originals: tuple[Original, ...]) -> None:
    global _bench
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _bench = _Bench(plan, originals)


def _loaded(settings: Settings) -> Extractor:
    from gouji.inference.extractor import Extractor
    from gouji.model.forms import forms_with

    return Extractor(settings.model_dir, forms_with(settings.forms))


def _original(given: tuple[PageFile, Truth]) -> Original | LeftOut:
    """The sheet of a page, unless a cell of it is not as it should be though nothing is damaged."""
    assert _extractor is not None
    page_file, truth = given
    page = read_page(page_file.path)
    extraction = _extractor.extract(page)
    sheet = sheet_of(page, truth, extraction, _extractor.tagger.tag(page).spans, _extractor.forms)
    prediction = prediction_of_record(extraction.to_record())
    _, faults = tally_of(sheet, prediction, partial=truth.partial, damaged=False)
    if faults:
        return LeftOut(page_file.path.name, fault_text(faults[0]))
    if not sheet.cells:
        return LeftOut(page_file.path.name, "no cell is read")
    return Original(page_file, truth, sheet)


def _mutant(number: int) -> Mutant | None:
    assert _bench is not None
    return _bench.mutant(number)


class _Bench:
    """One process's extractor and other programs, and the pages that it mutates."""

    def __init__(self, plan: Plan, originals: tuple[Original, ...]) -> None:
        self._plan = plan
        self._originals = originals
        self._extractor = _loaded(plan.settings)
        self._parsers = {module.stem: load_parse(module) for module in plan.modules}

    def mutant(self, number: int) -> Mutant | None:
        """The mutated page of that number; None where a dozen drawn pages cannot be damaged so."""
        rng = random.Random(f"{self._plan.seed}/{number}")
        for _ in range(_TRIES):
            original = rng.choice(self._originals)
            names = self._names(number, rng)
            sheet = mutate(original.sheet, names, rng)
            if sheet is not None:
                return self._read(number, names, original, sheet)
        return None

    def _names(self, number: int, rng: random.Random) -> tuple[str, ...]:
        mutations = self._plan.mutations
        if not self._plan.pairs:
            return (mutations[number % len(mutations)],)
        names = [mutations[number // 2 % len(mutations)]]
        if number % 2:
            names.append(rng.choice(mutations))
            rng.shuffle(names)
        return tuple(names)

    def _read(self, number: int, names: tuple[str, ...], original: Original, sheet: Sheet) -> Mutant:
        source = original.page.path.name
        prediction = self._extracted(sheet.text, source)
        damaged = any(name not in MUTATIONS_OF_FIGURES for name in names)
        partial = original.truth.partial
        tally, faults = tally_of(sheet, prediction, partial=partial, damaged=damaged)
        others = {
            name: tally_of(sheet, other, partial=partial, damaged=damaged)[0]
            for name, other in self._others(sheet.text, source)
        }
        return Mutant(
            number=number,
            mutations=names,
            original=original.page,
            truth=original.truth,
            status="error" if prediction.error is not None else prediction.status or "none",
            error=prediction.error,
            tally=tally,
            faults=faults,
            others=others,
            sheet=sheet if faults or prediction.error is not None else None,
        )

    def _extracted(self, text: str, source: str) -> Prediction:
        try:
            return prediction_of_record(self._extractor.extract(Page(source, text)).to_record())
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{Path(place.filename).name}:{place.lineno}"
            return Prediction(source, {}, error=f"{type(error).__name__}: {error}, {where}")

    def _others(self, text: str, source: str) -> Iterator[tuple[str, Prediction]]:
        for name, parse in self._parsers.items():
            yield name, prediction_of_text(parse, lambda: text, source)
        with tempfile.TemporaryDirectory() if self._plan.commands else nullcontext("") as folder:
            for command in self._plan.commands:
                page = Path(folder) / "page.txt"
                page.write_bytes(text.encode("utf-8"))
                yield command, predictions_of_command(command, [page])[page.name]


def by_mutation(mutants: Iterable[Mutant], *, paired: bool) -> dict[str, Sequence[Mutant]]:
    """The mutants of each mutation, alone or in pairs; those of a pair stand with both."""
    groups: dict[str, list[Mutant]] = {}
    for mutant in mutants:
        if (len(mutant.mutations) > 1) is paired:
            for name in dict.fromkeys(mutant.mutations):
                groups.setdefault(name, []).append(mutant)
    return {name: groups[name] for name in MUTATIONS if name in groups}
