"""What must hold of every answer, whatever the page: the contract, for tests and fuzzing alike."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gouji.inference.extraction import Cell, CheckState, State, Status, Unplaced
from gouji.inference.result import Extraction
from gouji.model.forms import load_forms

KNOWN = (State.READ, State.PLACED, State.BLANK, State.SETTLED)


def assert_keeps_the_contract(text: str, extraction: Extraction) -> None:
    """What every extraction promises, whatever the page."""
    for found in (*extraction.cells, *extraction.unplaced):
        if found.start is not None or found.end is not None or found.raw is not None:
            assert text[found.start : found.end] == found.raw, found
    for cell in extraction.cells:
        assert _is_consistent(cell), cell
    assert [cell.key for cell in extraction.cells] == _keys(extraction)
    _assert_nothing_is_taken_twice(extraction)
    assert extraction.status is _status(extraction)


def _is_consistent(cell: Cell) -> bool:
    """Whether value, candidates, derived value and reasons are those that the cell's state allows."""
    if bool(cell.why) is (cell.state in KNOWN):
        return False
    if cell.state is State.SETTLED:
        return cell.settled is not None and not cell.candidates and not (cell.settled.absent and cell.value)
    if cell.settled is not None:
        return False
    if cell.state in (State.READ, State.PLACED):
        printed = cell.raw is not None or (cell.state is State.PLACED and cell.value == 0)
        return cell.value is not None and printed and not cell.candidates and cell.derived is None
    if cell.state is State.BLANK:
        return cell.value is None and not cell.candidates and cell.derived is None
    if cell.state is State.MISSING:
        return cell.value is None and cell.raw is None and not cell.candidates
    distinct = len(set(cell.candidates)) == len(cell.candidates) <= 8
    return cell.value is None and cell.raw is None and distinct and (len(cell.candidates) > 1 or cell.more)


def _keys(extraction: Extraction) -> list[str]:
    """Every key of each table's form, in order; a table that the page lacks follows another's form."""
    held = [form for form in extraction.forms.values() if form is not None]
    if not held:
        return []
    keys = []
    for table_id, form_id in extraction.forms.items():
        keys.extend(load_forms()[form_id or held[0]].table(table_id).keys())
    return keys


def _assert_nothing_is_taken_twice(extraction: Extraction) -> None:
    """Assert that no printed number is given to two cells, nor to a cell and to the unplaced."""
    _assert_apart(extraction.cells)
    _assert_apart((*extraction.cells, *extraction.unplaced))


def _assert_apart(found: Sequence[Cell | Unplaced]) -> None:
    places = [(each.start, each.end, each) for each in found]
    printed = sorted((p for p in places if p[0] is not None and p[1] is not None), key=lambda p: p[:2])
    for (_, end, one), (start, _, other) in pairwise(printed):
        assert end <= start, (one, other)


def _status(extraction: Extraction) -> Status:
    """The status that the cells and the checks amount to."""
    if not extraction.cells:
        return Status.NO_TABLES
    if any(cell.state not in KNOWN or not cell.is_known for cell in extraction.cells):
        return Status.INCOMPLETE
    if any(check.state is not CheckState.HOLDS for check in extraction.checks):
        return Status.CONTRADICTED
    return Status.VERIFIED
