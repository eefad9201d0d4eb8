"""A page is looked through in so many steps at most; then the rest is open, and it is said why."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from gouji.inference.assembly import layers, solver, ways, witnesses
from gouji.inference.assembly.search import Effort, TooMuch
from gouji.inference.extraction import State, Status
from gouji.inference.result import Extraction

PAGES = Path(__file__).parents[1] / "pages"

Extract = Callable[[str], Extraction]


def test_a_page_whose_solver_is_stopped_is_left_open_with_the_truth_among_the_candidates(
    extract: Extract, monkeypatch: pytest.MonkeyPatch
):
    text = (PAGES / "blanks_vanished_2021.txt").read_text(encoding="utf-8")
    truth = json.loads((PAGES / "blanks_vanished_2021.json").read_text(encoding="utf-8"))["truth"]
    before = extract(text)
    monkeypatch.setattr(solver, "PRUNING", 0)
    monkeypatch.setattr(layers, "WAYS", 0)
    monkeypatch.setattr(witnesses, "STEPS", 0)

    stopped = extract(text)

    open_cells = [cell for cell in stopped.cells if cell.state is State.AMBIGUOUS]
    assert not before.bounded
    assert stopped.bounded.keys() == {"applications"}
    assert stopped.to_record()["bounded"]["applications"] in {number.reason for number in stopped.unplaced}
    assert stopped.status is Status.INCOMPLETE
    assert len(open_cells) > sum(cell.state is State.AMBIGUOUS for cell in before.cells)
    assert all(
        cell.more or (truth[cell.key] or 0) in {value or 0 for value in cell.candidates}
        for cell in open_cells
    )


def test_rows_that_would_take_a_table_too_many_steps_are_left_open(
    extract: Extract, monkeypatch: pytest.MonkeyPatch
):
    text = (PAGES / "glued_2019.txt").read_text(encoding="utf-8")
    monkeypatch.setattr(ways, "TABLE_EFFORT", 500)

    stopped = extract(text)

    assert "applications" in stopped.bounded
    assert stopped.status is Status.INCOMPLETE


def test_a_part_of_the_effort_is_taken_from_the_whole():
    whole = Effort(100)

    Effort(60, whole).spend(60)

    assert whole.left == 40
    with pytest.raises(TooMuch):
        Effort(60, whole).spend(50)
