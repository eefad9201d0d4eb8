"""Doubts of single cells: of a tag that is not sure enough, of a failing sum where places were worked out.

Flow:  cells -> **doubts of cells** -> checks
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from gouji.inference.assembly.cells import opened
from gouji.inference.assembly.checks import evaluate_checks, sums_of
from gouji.inference.assembly.doubt import Doubt
from gouji.inference.assembly.doubts.raised_in_tables import FAILING_OUT_OF_PLACE, UNSURE_TAG
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.layout_proof import proves_places
from gouji.inference.assembly.line_readings import LineReadings
from gouji.inference.extraction import Cell, CheckState, State
from gouji.model.forms import Table

# With taggers trained on 75, 150 and 300 pages alone 31 cells of 300 held-out pages (seed 20261127) were
# answered wrongly: 19 of them lie below it; most others were sums of money taken for headings, whose both
# readings are now followed where VALUE has a share. The shipped tagger's answers were all right: it loses 13
# cells of 52,172.
BOUND = 0.85
_STAY = (State.AMBIGUOUS, State.SETTLED)  # open already, or answered by a person


def doubt_unsure(table: Table, cells: dict[str, Cell], off: Collection[str]) -> set[Doubt]:
    """Open, in place, the cells that rest on a tag below the bound; the doubt, if it opened one."""
    unsure = {
        key
        for key, cell in cells.items()
        if cell.state not in _STAY and cell.confidence is not None and cell.confidence < BOUND
    }
    if not unsure or UNSURE_TAG.name in off:
        return set()
    holding: set[str] = set()
    others: set[str] = set()
    for state, keys in _states(table, cells):
        (holding if state is CheckState.HOLDS else others).update(keys)
    doubted = unsure - (holding - others)
    cells.update((key, opened(cells[key], UNSURE_TAG.why)) for key in doubted)
    return {UNSURE_TAG} if doubted else set()


def doubt_failing_sums(
    found: FoundTable,
    read: Mapping[int, LineReadings],
    cells: dict[str, Cell],
    off: Collection[str],
    *,
    orderly: bool,
) -> set[Doubt]:
    """Open, in place, the cells of every sum that fails where a place was worked out; the doubt, if any.

    Print may contradict itself, but where numbers are out of place a wrong place is as likely
    a cause, and nothing on the page decides between the two. Of other sums in such a table the blanks among
    the terms are open: a number of theirs may stand where places were worked out. `orderly`: whether all
    tables of the page are in their place.
    """
    in_place = orderly or proves_places(found, read)
    shown = {i for i, line in read.items() if in_place and line.shown}
    worked_out = {key for i in read.keys() - shown for key in found.lines[i].keys}
    if not worked_out or FAILING_OUT_OF_PLACE.name in off:
        return set()
    doubted: set[str] = set()
    for keys in (keys for state, keys in _states(found.table, cells) if state is CheckState.FAILS):
        if not worked_out.isdisjoint(keys):
            doubted.update(keys)
        elif cells[keys[-1]].state is not State.BLANK:  # the total
            doubted.update(key for key in keys if cells[key].state is State.BLANK)
    for key in doubted:
        if cells[key].state not in _STAY:
            cells[key] = opened(cells[key], FAILING_OUT_OF_PLACE.why)
    return {FAILING_OUT_OF_PLACE} if doubted else set()


def _states(table: Table, cells: Mapping[str, Cell]) -> list[tuple[CheckState, list[str]]]:
    """How each sum of a table stands, and the keys of its cells; one that is not there is missing."""
    whole = {key: cells.get(key) or Cell(key, None, State.MISSING) for key in table.keys()}
    checks = zip(evaluate_checks(table, whole), sums_of(table), strict=True)
    return [(check.state, [*left, *right]) for check, (_, left, right) in checks]
