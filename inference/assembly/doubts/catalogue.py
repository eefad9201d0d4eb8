"""Every doubt by its name, once, as the ablation and the docs know them.

Flow:  doubts of each kind -> **catalogue** -> line readings, ablation
"""

from __future__ import annotations

from collections.abc import Mapping

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

DOUBTS_OF_ROWS = (*ownership.DOUBTS, *roles.DOUBTS, *deviation.DOUBTS, *columns.DOUBTS)
_OF_PRINT = (*(one.doubt for one in DOUBTS_OF_ROWS), *(one.doubt for one in wording.DOUBTS))
DOUBTS: Mapping[str, Doubt] = {
    doubt.name: doubt
    for family in Family
    for doubt in (*_OF_PRINT, *raised_in_rows.DOUBTS, *raised_in_tables.DOUBTS)
    if doubt.family is family
}


def of_family(family: Family) -> frozenset[str]:
    """The names of a family's doubts."""
    return frozenset(name for name, doubt in DOUBTS.items() if doubt.family is family)
