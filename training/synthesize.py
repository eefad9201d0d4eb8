"""Make labelled pages: whole reports, composed, flattened, damaged, with the label of every character.

Flow:  report -> stand-ins -> markup -> flattener -> damage -> **labelled page**

Page number i depends on the seed and on i alone, so any number of workers gives the same
pages in the same order.
"""

from __future__ import annotations

import multiprocessing
import random
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import pairwise

from gouji.annotations.pages import LabelledPage
from gouji.model.labels import Tag
from gouji.training.agreement import agree
from gouji.training.composition import compose_report
from gouji.training.damage import DAMAGES, apply_damage
from gouji.training.flatteners import FLATTENERS, Flattener, flatten
from gouji.training.losses import LOSSES
from gouji.training.programs import PROGRAMS
from gouji.training.reports import Grid, Report
from gouji.training.standins import Codebook, Piece
from gouji.training.truth_notes import notes_of

# Kept out of training to measure on; each has relatives among the flatteners that are trained on.
HELD_OUT = (
    "selectolax",
    "bs4_space",
    "html2text_pad",
    "trafilatura_md",
    "pydocx_bar_unique",
    "pypdf",
    "w3m80",
)
HELD_OUT_DAMAGES = (  # likewise
    "crlf",
    "fullwidth_points",
    "marks_gone",
    "straight_quotes",
    "tabs_to_blanks",
    "value_blanks",
)
_DAMAGED = 0.35  # of the pages; a third of those are damaged twice
_CHECKED = 0.02  # of the pages: flattened once more without stand-ins, to see that nothing else changed
_ATTEMPTS = 5
_KNOWN: Mapping[str, Flattener] = {**FLATTENERS, **PROGRAMS}


@dataclass(frozen=True, slots=True)
class Synthetic:
    """A labelled page, and how each of its spans came from the report: for tests, and for the curious."""

    page: LabelledPage
    report: Report
    pieces: tuple[Piece, ...]


def synthesize(
    count: int,
    seed: int,
    *,
    flatteners: Collection[str] | None = None,
    exclude: Collection[str] = (),
    damages: Collection[str] = tuple(DAMAGES),
    augmented: bool = False,
    consistent: bool = False,
    workers: int = 1,
) -> Iterator[LabelledPage]:
    """Make `count` labelled pages.

    Args:
        count: How many.
        seed: Another seed, other pages.
        flatteners: The names of those to use, programs too; None for all but the programs.
        exclude: The names of those, and of the damages, not to use.
        damages: The names of the damages to do.
        augmented: Explain labels in any words now and then: pages to learn from, not to be measured on.
        consistent: Of publishers without habits: every sum holds.
        workers: How many processes; the pages are the same for any number.
    """
    names = tuple(name for name in (FLATTENERS if flatteners is None else flatteners) if name not in exclude)
    kept = tuple(sorted(name for name in damages if name not in exclude))
    make = partial(_page, seed, names, kept, augmented, consistent)
    if workers <= 1:
        yield from map(make, range(count))
        return
    with multiprocessing.get_context("spawn").Pool(workers) as pool:
        yield from pool.imap(make, range(count), chunksize=16)


def make_synthetic(
    seed: int,
    names: Collection[str],
    index: int,
    *,
    damages: Sequence[str] = tuple(sorted(DAMAGES)),
    augmented: bool = False,
    consistent: bool = False,
) -> Synthetic:
    """Page number `index` of a seed, with the report that it came from."""
    for attempt in range(_ATTEMPTS):
        rng = random.Random(f"{seed}/{index}/{attempt}")
        made = _attempt(rng, tuple(names), f"{seed}-{index}", damages, augmented, consistent)
        if made is not None:
            return made
    raise RuntimeError(f"page {index} of seed {seed}: no flattener of {', '.join(names)} kept its labels")


def expected_of(report: Report, pieces: Sequence[Piece] | None = None, done: Collection[str] = ()) -> str:
    """What may be asked of a page: `full` where each cell of its truth prints something and all labels stand.

    Of the others some lost labels or numbers, of some the numbers run together, and of the rest some
    cells are empty: whether the page shows which, its tool decides. A page that is no text has no pieces.
    """
    cells = [c for grid in report.blocks if isinstance(grid, Grid) for row in grid.rows for c in row]
    printed = {cell.key for cell in cells if cell.key is not None and cell.text.strip()}
    values = [piece for piece in pieces or () if piece.span.tag is Tag.VALUE]
    lost = pieces is not None and len({piece.cell for piece in values}) < len(printed)
    if set(done) & set(LOSSES) or lost:
        return "losses"
    if any(a.span.end == b.span.start for a, b in pairwise(values)):
        return "run_together"
    return "full" if printed.issuperset(report.truth) else "empty_cells"


def _page(
    seed: int, names: tuple[str, ...], damages: tuple[str, ...], augmented: bool, consistent: bool, index: int
) -> LabelledPage:
    made = make_synthetic(seed, names, index, damages=damages, augmented=augmented, consistent=consistent)
    return made.page


def _attempt(
    rng: random.Random,
    names: tuple[str, ...],
    page_id: str,
    damages: Sequence[str],
    augmented: bool,
    consistent: bool,
) -> Synthetic | None:
    flattener = _KNOWN[rng.choices(names, [_KNOWN[name].weight for name in names])[0]]
    report = compose_report(rng, augmented=augmented, consistent=consistent)
    codebook = Codebook()
    twin = random.Random(rng.random())
    state = twin.getstate()
    try:
        flattened, tool = flatten(flattener, codebook.encode(report), twin)
    except IndexError:
        return None  # html2text's padding falls over a table without text
    text, pieces = codebook.decode(flattened)
    if flattener.compared or rng.random() < _CHECKED:
        twin.setstate(state)
        agreed = agree(text, pieces, flatten(flattener, report, twin)[0])
        if agreed is None:
            return None
        text, pieces = agreed
    done: list[str] = []
    if damages and rng.random() < _DAMAGED:
        done = rng.sample(damages, 1 if rng.random() < 0.67 else 2)
        for name in done:
            text, pieces = apply_damage(name, text, pieces, rng)
    if not text.strip() or (report.form and not pieces):
        return None
    page = LabelledPage(
        id=page_id,
        text=text,
        spans=tuple(piece.span for piece in pieces),
        tool=tool,
        damage="+".join(done),
        issuer=report.issuer,
        form=report.form,
        truth=report.truth,
        expect=expected_of(report, pieces, done),
        notes=notes_of(report),
    )
    return Synthetic(page, replace(report), tuple(pieces))
