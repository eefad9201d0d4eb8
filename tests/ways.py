"""What each way of reading is worth: `python -m tests.ways PAGES TRUTH`.

A way of reading is a step of the assembler that may find nothing. Each is left out in turn, on the pages
where it finds something, and what is read then is compared with the truth.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

import gouji
from gouji.annotations.page_files import PageFile, pair_pages
from gouji.annotations.truth import Truth, load_truths
from gouji.inference.ablation.worth import Worth, worth_of
from gouji.inference.assembly.columns import Choice, form_order
from gouji.inference.assembly.dealing import Dealt
from gouji.inference.evaluation.cells import PageScore, score_page
from gouji.inference.evaluation.predictions import prediction_of_record
from gouji.inference.extractor import Extractor
from gouji.model.errors import GoujiError

ASSEMBLY = "gouji.inference.assembly"


@dataclass(frozen=True)
class Way:
    """A function of the assembler, and what it gives where it finds nothing."""

    place: str  # module:function
    nothing: Callable[..., Any]

    @property
    def function(self) -> Callable[..., Any]:
        module, name = self.place.split(":")
        found: Callable[..., Any] = getattr(import_module(f"{ASSEMBLY}.{module}"), name)
        return found


def none(*_: Any, **__: Any) -> None:
    """Nothing is found."""


def given(place: int, *arguments: Any, **__: Any) -> Any:
    """What was given is left as it is."""
    return arguments[place]


def as_the_form(view: Any) -> Choice:
    """The columns of the form."""
    return Choice(form_order(view.width))


WAYS = (
    Way("known_cells:in_cells", none),
    Way("gaps:shown_blanks", none),
    Way("grid:tiled", none),
    Way("grid:aligned", none),
    Way("line_readings:over_lines", none),
    Way("edge_column:edge_column", none),
    Way("by_headers:by_headers", as_the_form),
    Way("by_sums:by_sums", as_the_form),
    Way("by_cells:by_cells", none),
    Way("headers:by_place", none),
    Way("own_columns:with_own_column", none),
    Way("own_columns:without_lost_column", none),
    Way("band_columns:band_in_columns", partial(given, 1)),
    Way("whole_table:in_one_order", none),
    Way("near_readings:with_near", partial(given, 2)),
    Way("joined_print:joined_in_cells", partial(given, 1)),
    Way("word_cells:word_cell", none),
    Way("run_together:parted", partial(given, 1)),
    Way("dealing:with_lost_labels", lambda _, found: (found, Dealt(found.strips))),
    Way("numbering:numbers_of_rows", lambda *_: {}),
    Way("numbering:numbers_of_columns", lambda *_: frozenset()),
    Way("layout_proof:proves_places", lambda *_: False),
    Way("dealing:without_untagged", partial(given, 1)),
    Way("unread_cells:without_unread", partial(given, 1)),
    Way("sums_alone:doubted_by_others", lambda _, lines: {id_: dict(own) for id_, own in lines.items()}),
)


@contextmanager
def instead(way: Way, other: Callable[..., Any]) -> Iterator[None]:
    """Let another function stand wherever a way's does."""
    own, (_, name) = way.function, way.place.split(":")
    holders = [m for m in list(sys.modules.values()) if getattr(m, name, None) is own]
    for module in holders:
        setattr(module, name, other)
    try:
        yield
    finally:
        for module in holders:
            setattr(module, name, own)


class Measured:
    """A page of known truth, tagged once and read as often as one likes."""

    def __init__(self, extractor: Extractor, file: PageFile, truth: Truth) -> None:
        self._extractor, self._file, self._truth = extractor, file, truth
        self._page = gouji.read(file.path)
        self._tagged = extractor._tagged(self._page)
        self.score = self._scored()

    def _scored(self) -> PageScore:
        found = self._extractor._found(self._page, self._tagged)  # anew: some ways are gone then
        read = self._extractor.assemble(found).extraction
        return score_page(self._file, self._truth, prediction_of_record(read.to_record()))

    def without(self, way: Way) -> Worth:
        """What the page loses, or gains, where a way is left out that finds something there."""
        fired, own = False, way.function

        def watching(*arguments: Any, **named: Any) -> Any:
            nonlocal fired
            nothing = way.nothing(*arguments, **named)
            fired = fired or own(*arguments, **named) != nothing
            return nothing

        with instead(way, watching):
            score = self._scored()
        if not fired:
            return Worth()
        return Worth(fired=1) if score == self.score else worth_of(self.score, score)


def measured(
    extractor: Extractor, pages: Sequence[PageFile], truths: Mapping[str, Truth]
) -> Iterator[Measured]:
    """The pages that can be read."""
    for file in pages:
        try:
            yield Measured(extractor, file, truths[file.truth])
        except GoujiError as error:
            print(f"{file.path.name}: left out, for {error}", file=sys.stderr)


def row(way: Way, worths: Sequence[Worth]) -> str:
    """One line of the table, as Markdown."""
    total = sum(worths, Worth())
    figures = (
        total.fired,
        total.changed,
        total.right.lost,
        total.right.gained,
        total.wrong.gained,
        total.wrong.lost,
        total.broken.gained,
    )
    return f"| `{way.place}` | " + " | ".join(f"{figure:,}" for figure in figures) + " |"


if __name__ == "__main__":
    folder, truth_folder = map(Path, sys.argv[1:])
    truths = load_truths(truth_folder)
    paired = pair_pages(sorted(folder.iterdir()), truths).paired
    worths: dict[str, list[Worth]] = {way.place: [] for way in WAYS}
    for page in measured(Extractor(), paired, truths):
        for way in WAYS:
            worths[way.place].append(page.without(way))
    print("| way | pages | changed | right lost | gained | wrong let in | kept out | promises broken |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|")
    print("\n".join(row(way, worths[way.place]) for way in WAYS))
