"""A number is unsettled where its own numbers, in their order, satisfy the sums in other cells too."""

from __future__ import annotations

from pathlib import Path

from gouji.annotations.page_files import PageFile
from gouji.annotations.truth import Truth
from gouji.inference.evaluation.cells import evaluate
from gouji.inference.evaluation.openness import openness, unsettled_cells
from gouji.inference.evaluation.predictions import FoundCell, Prediction
from gouji.model.forms import load_forms

FORM = load_forms()["2021"]
TABLE = FORM.table("applications")


def truth_of(**rows: tuple[int | None, ...]) -> dict[str, int | float | None]:
    """The table with these rows, by id; all others are blank."""
    cells: dict[str, int | float | None] = dict.fromkeys(TABLE.keys())
    for row, values in rows.items():
        keys = [key for key in cells if key.split("/")[1] == row]
        cells.update(zip(keys, values, strict=True))
    return cells


def test_a_number_that_may_stand_in_any_column_is_unsettled_but_its_total_is_not():
    # 5 of one applicant and in total: every column of the table says the same of every place.
    one = (None, None, 5, None, None, None, 5)

    found = unsettled_cells(TABLE, truth_of(received=one, granted=one, total=one))

    assert "applications/received/research" in found
    assert "applications/received/business" in found
    assert "applications/received/total" not in found


def test_rows_that_print_every_cell_are_never_unsettled():
    full = (1, 0, 0, 2, 0, 0, 3)

    assert not unsettled_cells(TABLE, truth_of(received=full, granted=full, total=full))


def test_a_column_that_another_row_holds_in_place_settles_a_row():
    full, lone = (4, 0, 0, 2, 0, 0, 6), (4, None, None, 2, None, None, 6)

    assert not unsettled_cells(TABLE, truth_of(received=full, granted=lone, total=full))


def test_only_open_numbers_count_and_what_arithmetic_settles_is_told_apart():
    one = (None, None, 5, None, None, None, 5)
    cells = truth_of(received=one, granted=one, total=one)
    page = PageFile(Path("a.txt"), "a", "bs4_space", "")
    found = {
        key: FoundCell(state="ambiguous", candidates=(None, 5))
        for key in ("applications/received/research", "applications/received/total")
    }
    found["applications/granted/research"] = FoundCell(value=5)

    counted = openness(
        evaluate(
            "gouji",
            [page],
            {"a": Truth("a", "2021", None, None, None, cells)},
            {"a.txt": Prediction("a", found)},
        ),
        {"2021": FORM},
    )

    assert (counted.numbers, counted.open, counted.ambiguous, counted.unsettled) == (6, 5, 2, 1)
    assert counted.within_reach == 1 - 1 / 6
