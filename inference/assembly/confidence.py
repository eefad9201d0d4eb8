"""Cells that rest on a tag of which the tagger is not sure enough: open, unless every sum confirms them.

Flow:  cells -> **confidence** -> checks
"""

from __future__ import annotations

from collections.abc import Collection

from gouji.inference.assembly.cells import opened
from gouji.inference.assembly.checks import evaluate_checks, keys_of
from gouji.inference.assembly.doubt import Doubt
from gouji.inference.assembly.doubts.raised_in_tables import UNSURE_TAG
from gouji.inference.extraction import Cell, CheckState, State
from gouji.model.forms import Table

# With taggers trained on 75, 150 and 300 pages alone 31 cells of 300 held-out pages (seed 20261127) were
# answered wrongly: 19 of them lie below it; most others were sums of money taken for headings, whose both
# readings are now followed where VALUE has a share. The shipped tagger's answers were all right: it loses 13
# cells of 52,172.
BOUND = 0.85


def doubt_unsure(table: Table, cells: dict[str, Cell], off: Collection[str]) -> set[Doubt]:
    """Open, in place, the cells that rest on a tag below the bound; the doubt, if it opened one."""
    unsure = {
        key
        for key, cell in cells.items()
        if cell.state is not State.AMBIGUOUS and cell.confidence is not None and cell.confidence < BOUND
    }
    if not unsure or UNSURE_TAG.name in off:
        return set()
    whole = {key: cells.get(key) or Cell(key, None, State.MISSING) for key in table.keys()}
    summed: dict[str, bool] = {}
    for check in evaluate_checks(table, whole):
        for key in keys_of(table, check.name):
            summed[key] = summed.get(key, True) and check.state is CheckState.HOLDS
    doubted = {key for key in unsure if not summed.get(key, False)}
    cells.update((key, opened(cells[key], UNSURE_TAG.why)) for key in doubted)
    return {UNSURE_TAG} if doubted else set()
