"""Every mutation by its name, and how several are done to one page.

Flow:  sheet -> **mutations** -> mutated page -> extraction -> tallies
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping, Sequence

from gouji.inference.mutation.choices import Mutation
from gouji.inference.mutation.of_additions import MUTATIONS_OF_ADDITIONS
from gouji.inference.mutation.of_cells import MUTATIONS_OF_CELLS
from gouji.inference.mutation.of_figures import MUTATIONS_OF_FIGURES
from gouji.inference.mutation.of_gaps import MUTATIONS_OF_GAPS
from gouji.inference.mutation.of_labels import MUTATIONS_OF_LABELS
from gouji.inference.mutation.of_order import MUTATIONS_OF_ORDER
from gouji.inference.mutation.of_places import MUTATIONS_OF_PLACES
from gouji.inference.mutation.of_print import MUTATIONS_OF_PRINT
from gouji.inference.mutation.of_rows import MUTATIONS_OF_ROWS
from gouji.inference.mutation.of_signs import MUTATIONS_OF_SIGNS
from gouji.inference.mutation.sheet import Sheet
from gouji.model.errors import GoujiError

LIES: Mapping[str, Mutation] = {**MUTATIONS_OF_PLACES, **MUTATIONS_OF_FIGURES}
LAYOUT_KEPT: Mapping[str, Mutation] = {
    **LIES,
    **MUTATIONS_OF_CELLS,
    **MUTATIONS_OF_SIGNS,
    **MUTATIONS_OF_ORDER,
    **MUTATIONS_OF_ADDITIONS,
}
MUTATIONS: Mapping[str, Mutation] = {
    **MUTATIONS_OF_GAPS,
    **MUTATIONS_OF_PRINT,
    **MUTATIONS_OF_LABELS,
    **MUTATIONS_OF_ROWS,
    **LAYOUT_KEPT,
}


class MutationError(GoujiError):
    """A mutation is asked for that there is none of, or no page can be mutated."""


def known_mutations(names: Iterable[str]) -> tuple[str, ...]:
    """The names, or all there are where none is given.

    Raises:
        MutationError: There is no mutation of one of the names; it lists those that there are.
    """
    chosen = tuple(dict.fromkeys(names))
    unknown = [name for name in chosen if name not in MUTATIONS]
    if unknown:
        raise MutationError(f"{', '.join(unknown)}: no such mutation; there are {', '.join(MUTATIONS)}")
    return chosen or tuple(MUTATIONS)


def mutate(sheet: Sheet, names: Sequence[str], rng: random.Random) -> Sheet | None:
    """Do mutations one after the other; None where one of them finds nothing to damage."""
    mutated: Sheet | None = sheet
    for name in names:
        mutated = MUTATIONS[name](mutated, rng) if mutated is not None else None
    return mutated
