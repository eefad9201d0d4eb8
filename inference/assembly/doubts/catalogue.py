"""Every doubt by its name, once, as the ablation and the docs know them.

Flow:  doubts of each kind -> **catalogue** -> line readings, ablation
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from gouji.inference.assembly.doubt import Doubt, Family
from gouji.inference.assembly.doubts import (
    columns,
    deviation,
    ownership,
    raised_in_rows,
    raised_in_tables,
    roles,
    wording,
)

DOUBTS_OF_ROWS = (
    *ownership.DOUBTS,
    *roles.DOUBTS,
    *deviation.DOUBTS,
    *columns.DOUBTS,
)


def _by_family(doubts: Iterable[Doubt]) -> dict[str, Doubt]:
    order = list(Family)
    return {doubt.name: doubt for doubt in sorted(doubts, key=lambda doubt: order.index(doubt.family))}


_OF_ROWS = [predicate.doubt for predicate in DOUBTS_OF_ROWS]
_OF_LABELS = [predicate.doubt for predicate in wording.DOUBTS]
DOUBTS: Mapping[str, Doubt] = _by_family(
    (*_OF_ROWS, *_OF_LABELS, *raised_in_rows.DOUBTS, *raised_in_tables.DOUBTS)
)


def of_family(family: Family) -> frozenset[str]:
    """The names of a family's doubts."""
    return frozenset(name for name, doubt in DOUBTS.items() if doubt.family is family)
