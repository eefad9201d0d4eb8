"""Make a sheet of a page, mutate it, and hold what is read of it: one process's part of a mutation run.

Flow:  page, truth -> sheet -> **mutated page -> extraction** -> tallies

The n-th mutated page of a seed is the same whatever the number of pages asked for: mutations take
turns, and chance, drawn from seed and number, picks the page, the partner and what is damaged.
"""

from __future__ import annotations

import random
import tempfile
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from gouji.annotations.page_files import PageFile
from gouji.annotations.truth import Truth
from gouji.inference.batch import Settings
from gouji.inference.evaluation.predictions import (
    Prediction,
    load_parse,
    prediction_of_record,
    prediction_of_text,
    predictions_of_command,
)
from gouji.inference.extractor import Extractor
from gouji.inference.mutation.catalogue import LAYOUT_KEPT, mutate
from gouji.inference.mutation.sheet import Sheet, sheet_of
from gouji.inference.mutation.tally import Fault, MutationTally, fault_text, tally_of
from gouji.inference.readers import Content, Options, document_pages, read_page, whole
from gouji.model.forms import forms_with
from gouji.model.page import Page

_TRIES = 12  # pages and partners drawn for a mutation before it is given up


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
    keep_all: bool = False  # a mutant without faults has its sheet as well


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
    sheet: Sheet | None  # where there is a fault, or all are kept

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


class Reader:
    """An extractor whose failures are answers too."""

    def __init__(self, settings: Settings) -> None:
        self._extractor = Extractor(settings.model_dir, forms_with(settings.forms))

    def original(self, page_file: PageFile, truth: Truth) -> Original | LeftOut:
        """The sheet of a page, unless a cell of it is not as it should be though nothing is damaged."""
        name = page_file.path.name
        page = read_page(page_file.path)
        prediction = self.read(page)
        if prediction.error is not None:
            return LeftOut(name, prediction.error)
        extraction = self._extractor.extract(page)
        sheet = sheet_of(
            page, truth, extraction, self._extractor.tagger.tag(page).spans, self._extractor.forms
        )
        _, faults = tally_of(sheet, prediction, partial=truth.partial, damaged=False)
        if faults:
            return LeftOut(name, fault_text(faults[0]))
        return Original(page_file, truth, sheet) if sheet.cells else LeftOut(name, "no cell is read")

    def read(self, page: Page) -> Prediction:
        """What is read of a page, or where the program failed."""
        return self._read(page.source, lambda: page)

    def read_text(self, source: str, text: str) -> Prediction:
        """What is read of a text as a file holds it, or where the program failed."""
        content = Content(source, text.encode(), decoded=True)
        return self._read(source, lambda: whole(document_pages(content, Options())))

    def _read(self, source: str, page: Callable[[], Page]) -> Prediction:
        try:
            return prediction_of_record(self._extractor.extract(page()).to_record())
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{Path(place.filename).name}:{place.lineno}"
            return Prediction(source, {}, error=f"{type(error).__name__}: {error}, {where}")


class Bench:
    """One process's extractor and other programs, and the pages that it mutates."""

    def __init__(self, plan: Plan, originals: Sequence[Original]) -> None:
        self._plan = plan
        self._originals = originals
        self._reader = Reader(plan.settings)
        self._parsers = {module.stem: load_parse(module) for module in plan.modules}

    def mutant(self, number: int) -> Mutant | None:
        """The mutated page of that number; None where no page drawn for it can be damaged so."""
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
        prediction = self._reader.read_text(source, sheet.text)
        damaged = any(name not in LAYOUT_KEPT for name in names)
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
            sheet=sheet if faults or prediction.error is not None or self._plan.keep_all else None,
        )

    def _others(self, text: str, source: str) -> Iterator[tuple[str, Prediction]]:
        for name, parse in self._parsers.items():
            yield name, prediction_of_text(parse, lambda: text, source)
        with tempfile.TemporaryDirectory() if self._plan.commands else nullcontext("") as folder:
            for command in self._plan.commands:
                page = Path(folder) / "page.txt"
                page.write_bytes(text.encode("utf-8"))
                yield command, predictions_of_command(command, [page])[page.name]
