"""Each thing that needs a person is counted once, and what a page does not hold is asked of nobody."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.inference.assembly.cells import BOUNDED, ZERO_WITHOUT_CELL
from gouji.inference.extraction import Cell, Check, CheckState, ExtractedReport, State, Status, Unplaced
from gouji.inference.extractor import Extractor
from gouji.inference.viewer import needs
from gouji.inference.viewer.needs import needs_of
from gouji.inference.viewer.words import words
from gouji.model.page import Page

from .kinds import PAGES

HELD = {"disclosure": "2021", "applications": "2021", "review": None}


def report(
    *cells: Cell,
    checks: tuple[Check, ...] = (),
    unplaced: tuple[Unplaced, ...] = (),
    status: Status = Status.INCOMPLETE,
) -> ExtractedReport:
    return ExtractedReport("a.txt", None, None, 2022, "2021", HELD, status, cells, checks, unplaced)


def printed(key: str, start: int, end: int) -> Cell:
    return Cell(key, 1, State.READ, raw="1", start=start, end=end)


def open_(key: str) -> Cell:
    return Cell(key, None, State.AMBIGUOUS, candidates=(1, 12))


def missing(key: str) -> Cell:
    return Cell(key, None, State.MISSING)


def number(start: int, reason: str = "no cell took it") -> Unplaced:
    return Unplaced("12", start, start + 2, reason)


def test_a_sum_that_fails_is_one_thing_however_many_cells_it_adds_up():
    cells = [printed(f"applications/received/{n}", n, n + 1) for n in range(7)]
    failing = Check("applications/row/received", CheckState.FAILS, 6, 1)
    holding = Check("applications/balance/0", CheckState.HOLDS, 1, 1)

    found = needs_of(report(*cells, checks=(failing, holding), status=Status.CONTRADICTED))

    assert found.sums == ("applications/row/received",)
    assert (found.decisions, found.absent) == (1, 0)


@pytest.mark.parametrize("reason", ["no cell took it", "its row can be read in several ways", BOUNDED])
def test_a_number_that_may_be_an_ambiguous_cells_own_is_not_asked_for_again(reason: str):
    cells = printed("disclosure/a/x", 10, 11), open_("disclosure/b/x"), printed("disclosure/c/x", 30, 31)

    found = needs_of(report(*cells, unplaced=(number(20, reason),)))

    assert found.cells == ("disclosure/b/x",)
    assert found.decisions == 1


def test_a_number_away_from_every_ambiguous_cell_is_a_thing_of_its_own():
    cells = printed("disclosure/a/x", 10, 11), open_("disclosure/b/x"), printed("disclosure/c/x", 30, 31)

    found = needs_of(report(*cells, unplaced=(number(20), number(40), number(5))))

    assert found.numbers == (1, 2)


def test_a_number_of_a_row_that_the_form_lacks_is_a_thing_of_its_own_wherever_it_stands():
    found = needs_of(report(open_("disclosure/a/x"), unplaced=(number(20, "its row is not in the form"),)))

    assert (found.cells, found.numbers) == (("disclosure/a/x",), (0,))


def test_a_zero_whose_cell_cannot_be_told_and_what_a_verified_page_has_left_ask_for_nobody():
    cell = printed("disclosure/a/x", 10, 11)

    zero = needs_of(report(cell, unplaced=(number(40, ZERO_WITHOUT_CELL),)))
    verified = needs_of(report(cell, unplaced=(number(40),), status=Status.VERIFIED))

    assert (zero.decisions, verified.decisions) == (0, 0)


def test_a_table_that_is_not_there_is_one_thing_and_so_is_a_row_and_neither_asks_for_a_person():
    review = [missing(f"review/{row}/{column}") for row in "ab" for column in "xyz"]
    rows = [missing(f"applications/{row}/{column}") for row in "cd" for column in "xyz"]

    found = needs_of(report(printed("disclosure/a/x", 1, 2), *rows, *review))

    assert (found.tables, found.rows) == (("review",), ("applications/c", "applications/d"))
    assert (found.decisions, found.absent, found.is_only_partial) == (0, 3, True)


def test_a_page_with_a_question_is_not_only_partial():
    found = needs_of(report(open_("disclosure/a/x"), missing("review/a/x")))

    assert (found.decisions, found.absent, found.is_only_partial) == (1, 1, False)


def test_the_reasons_that_tell_whose_a_number_is_are_reasons_that_are_given():
    named = needs._OF_AN_OPEN_ROW | needs._OF_NO_ROW

    assert {reason for reason in named if f"reason.{reason}" not in words()} == set()


@pytest.mark.parametrize("path", sorted(PAGES.glob("*.txt")), ids=lambda path: path.stem)
def test_a_page_that_leaves_something_open_asks_for_a_person_or_says_what_it_lacks(
    extractor: Extractor, path: Path
):
    extraction = extractor.extract(Page(path.name, path.read_text(encoding="utf-8")))

    found = needs_of(extraction)

    settled = extraction.status in (Status.VERIFIED, Status.NO_TABLES)
    assert settled == (found.decisions + found.absent == 0)
