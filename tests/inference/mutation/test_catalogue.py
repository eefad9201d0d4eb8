"""A mutation damages a page's text, keeps its cells in sight, and says truly what the page then prints."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from gouji.annotations.truth import Truth
from gouji.inference.extraction import Number
from gouji.inference.extractor import Extractor
from gouji.inference.mutation.catalogue import LIES, MUTATIONS, MutationError, known_mutations, mutate
from gouji.inference.mutation.of_cells import MUTATIONS_OF_CELLS
from gouji.inference.mutation.of_signs import MUTATIONS_OF_SIGNS
from gouji.inference.mutation.sheet import Part, Place, Sheet, sheet_of
from gouji.inference.readers import read_page
from gouji.inference.reading import page_of_bytes
from gouji.model.page import Page, fold

# What is done to the figures' print themselves, so that the cell's surface is not the bare number.
REPRINTED = {
    "figure_over_lines", "figure_parted", "figure_with_ghost", "thousands", "full_width", "blanks_squeezed",
    "ghosts", *MUTATIONS_OF_CELLS, *MUTATIONS_OF_SIGNS,
}  # fmt: skip


@pytest.fixture(scope="module")
def sheet(extractor: Extractor, samples: Path) -> Sheet:
    """The sheet of the sample page that prints every cell, one a line."""
    return sheet_of_page(extractor, read_page(samples / "yunling_2022__lines.txt"))


def sheet_of_page(extractor: Extractor, page: Page) -> Sheet:
    extraction = extractor.extract(page)
    truth = Truth("a", None, None, None, None, {cell.key: cell.value for cell in extraction.cells})
    return sheet_of(page, truth, extraction, extractor.tagger.tag(page).spans, extractor.forms)


def value(surface: str) -> Number | None:
    return float(fold(surface)) if surface.strip("/-—－无") else None


def mutants(sheet: Sheet, name: str, count: int = 4) -> list[Sheet]:
    found = (mutate(sheet, [name], random.Random(f"{name}/{seed}")) for seed in range(count))
    return [mutant for mutant in found if mutant is not None]


def test_the_cells_and_labels_of_a_plain_page_are_all_in_sight(sheet: Sheet):
    assert sheet.cells.keys() == sheet.truth.keys()
    assert {key: value(sheet.surface(key)) for key in sheet.cells} == sheet.truth
    unlabelled = {row for row in sheet.rows if row not in sheet.labels}
    assert unlabelled == {row for row in sheet.rows if row.startswith("review/")}
    place = sheet.labels["applications/denied.third_party"]
    assert sheet.text[place.start : place.end] == "4.保护第三方合法权益"


@pytest.mark.parametrize("name", MUTATIONS)
def test_what_a_mutated_page_prints_is_what_the_mutation_says(sheet: Sheet, name: str):
    for mutant in mutants(sheet, name):
        assert mutant.text != sheet.text
        if name not in REPRINTED:
            printed = {key: value(mutant.surface(key)) for key in mutant.cells}
            assert printed == {key: mutant.printed[key] for key in mutant.cells}


@pytest.mark.parametrize("name", MUTATIONS)
def test_only_a_lie_changes_what_is_printed(sheet: Sheet, name: str):
    lied = {
        key
        for mutant in mutants(sheet, name)
        for key, number in mutant.truth.items()
        if (mutant.printed[key] or 0) != (number or 0)
    }

    assert not lied or name in LIES or name == "heads_exchanged"
    assert all(mutant.truth.keys() == sheet.truth.keys() for mutant in mutants(sheet, name))


def test_every_mutation_can_be_done_to_a_plain_page_or_needs_what_it_lacks(sheet: Sheet):
    needs_more = {name for name in MUTATIONS if not mutants(sheet, name, 12)}

    assert needs_more == {
        "blanks_vanished_in_row", "blanks_vanished_in_table", "blank_marks_gone", "thousands",
        "blank_filled_by_page_number", "sign_lost", "thousands_parted", "all_thousands_parted",
        "thousands_by_blanks",
    }  # fmt: skip


def test_the_same_chance_gives_the_same_mutants(sheet: Sheet):
    names = ["row_repeated", "digit_changed"]

    first, again = (mutate(sheet, names, random.Random(3)) for _ in range(2))

    assert first == again
    assert first != mutate(sheet, names, random.Random(4))


def test_a_second_mutation_finds_what_the_first_one_moved(sheet: Sheet):
    for seed in range(8):
        twice = mutate(sheet, ["labels_before_numbers", "digit_changed"], random.Random(seed))

        assert twice is not None
        ((key, number),) = [(k, n) for k, n in twice.printed.items() if n != twice.truth[k]]
        assert value(twice.surface(key)) == number


def test_rows_stand_in_each_others_place_with_their_labels():
    sheet = Sheet(
        "规章 3\n文件 14\n",
        {"d/a/n": Place(3, 4), "d/b/n": Place(8, 10)},
        {"d/a": Place(0, 2), "d/b": Place(5, 7)},
        {},
        {"d/a": ("d/a/n",), "d/b": ("d/b/n",)},
        {"d/a/n": 3, "d/b/n": 14},
        {"d/a/n": 3, "d/b/n": 14},
    )

    mutant = mutate(sheet, ["rows_in_other_order"], random.Random(0))

    assert mutant is not None
    assert mutant.text == "文件 14\n规章 3\n"
    assert (mutant.surface("d/a/n"), mutant.surface("d/b/n")) == ("3", "14")


def test_exchanged_labels_say_that_each_row_has_the_others_numbers():
    sheet = Sheet(
        "规章 3\n文件 14\n",
        {"d/a/n": Place(3, 4), "d/b/n": Place(8, 10)},
        {"d/a": Place(0, 2), "d/b": Place(5, 7)},
        {},
        {"d/a": ("d/a/n",), "d/b": ("d/b/n",)},
        {"d/a/n": 3, "d/b/n": 14},
        {"d/a/n": 3, "d/b/n": 14},
    )

    mutant = mutate(sheet, ["labels_exchanged"], random.Random(0))

    assert mutant is not None
    assert mutant.text == "文件 3\n规章 14\n"
    assert mutant.printed == {"d/a/n": 14, "d/b/n": 3}


def test_blanks_go_without_joining_a_cells_figure_with_a_pages_number(sheet: Sheet):
    key = next(key for key in sheet.cells if key.startswith("applications/"))
    at = sheet.cells[key].end
    numbered = sheet.edited([Part(at, at, "\n4")])

    for mutant in mutants(numbered, "blanks_gone_in_table"):
        place = mutant.cells[key]
        assert mutant.surface(key) == sheet.surface(key)
        assert not mutant.text[place.end].isdigit()


def test_a_place_of_which_an_end_is_gone_is_gone():
    sheet = Sheet("12 3", {"a": Place(0, 2), "b": Place(3, 4)}, {}, {}, {}, {}, {})

    cut = sheet.rebuilt([Part(0, 1), Part(2, 4)])

    assert cut.text == "1 3"
    assert cut.cells == {"b": Place(2, 3)}


def test_a_label_that_goes_on_behind_its_numbers_is_not_taken_for_a_whole_one(
    extractor: Extractor, samples: Path
):
    text = read_page(samples / "yunling_2022__lines.txt").text
    wrapped = text.replace(
        "4.保护第三方合法权益\n13\n0\n1\n0\n0\n0\n14\n", "4.保护第三方\n13 0 1 0 0 0 14\n合法权益\n"
    )
    assert wrapped != text

    sheet = sheet_of_page(extractor, page_of_bytes(wrapped.encode(), "a.txt"))

    assert "applications/denied.third_party" not in sheet.labels
    assert "applications/denied.law_prohibits" in sheet.labels


def test_no_lie_is_told_where_the_sums_place_the_figures(extractor: Extractor, samples: Path):
    sheet = sheet_of_page(extractor, read_page(samples / "hexi_2020__glued.txt"))

    assert "applications" in sheet.worked_out
    for name in LIES:
        for mutant in mutants(sheet, name):
            changed = {key for key, number in mutant.printed.items() if number != sheet.printed[key]}
            assert not [key for key in changed if key.startswith("applications/")]


def test_an_unknown_mutation_is_named_with_those_that_there_are():
    with pytest.raises(MutationError, match=r"row_gnoe: no such mutation; there are separator_gone, "):
        known_mutations(["row_gone", "row_gnoe"])


def test_there_are_mutations_enough_of_both_kinds():
    assert len(MUTATIONS) >= 90
    assert len(LIES) >= 25
    assert known_mutations([]) == tuple(MUTATIONS)
