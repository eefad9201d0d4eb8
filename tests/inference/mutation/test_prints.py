"""A cell printed anew says a number, one of two, or nothing; and that alone is right from then on."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest

from gouji.inference.evaluation.predictions import FoundCell, Prediction
from gouji.inference.extraction import Number
from gouji.inference.mutation.catalogue import mutate
from gouji.inference.mutation.of_cells import MUTATIONS_OF_CELLS
from gouji.inference.mutation.of_signs import MUTATIONS_OF_SIGNS
from gouji.inference.mutation.sheet import Place, Sheet
from gouji.inference.mutation.tally import MutationTally, fault_text, tally_of

KEY = "d/a/n"


def page(number: str, value: Number | None = None) -> Sheet:
    """A row of one cell, `规章 | NUMBER`."""
    value = int(number) if value is None else value
    return Sheet(
        f"规章\t{number}\n",
        {KEY: Place(3, 3 + len(number))},
        {"d/a": Place(0, 2)},
        {},
        {"d/a": (KEY,)},
        {KEY: value},
        {KEY: value},
    )


def mutants(sheet: Sheet, name: str) -> list[Sheet]:
    found = (mutate(sheet, [name], random.Random(seed)) for seed in range(30))
    return [mutant for mutant in found if mutant is not None]


@pytest.mark.parametrize(
    ("name", "number", "print_", "readings"),
    [
        ("sign_as_word", "7", r"(减|减少|下降|降低|负)7", (-7,)),
        ("sign_as_word", "-7", r"(减|减少|下降|降低|负)7", None),
        ("sign_as_word_parted", "7", r"(减|减少|下降|降低|负)[：:]?\s?7", (-7,)),
        ("sign_as_dash", "7", r"[－−–—﹣]7", (-7,)),
        ("sign_as_dash_parted", "7", r"[-－−–—﹣][ \u00a0]7", (-7,)),
        ("sign_as_arrow", "7", r"[↓▼]7|7[↓▼]", (-7,)),
        ("more_as_word", "7", r"(增|增加|增长|上升)7", None),
        ("more_as_word_parted", "7", r"(增|增加|增长|上升)[：:]?\s?7", None),
        ("more_as_arrow", "7", r"[↑▲＋]7", None),
        ("in_brackets", "7", r"[（(]7[）)]", (7, -7)),
        ("letter_for_digit", "50", r"S0|5[Oo〇口]", None),
        ("digit_lost", "50", r"5\ufffd|\ufffd0", None),
        ("stray_letter", "50", r"[l口\ufffdI?S]50|50[l口\ufffdI?S]", ()),
        ("stray_point", "50", r"50[.、。．]", None),
        ("zero_as_letter", "0", r"[Oo〇零Ｏ]", None),
        ("zeros_as_letters", "0", r"[Oo〇零Ｏ]", None),
        ("unit", "7", r"7\w+", None),
        ("unit_parted", "7", r"7 \w+", None),
        ("units", "7", r"7\w+", None),
        ("counted_in_words", "7", r"\w*7\w*", None),
        ("thousands_parted", "51870", r"51[,，\u2009\u202f\u00a0'’]870", None),
        ("all_thousands_parted", "51870", r"51[,，\u2009\u202f\u00a0'’]870", None),
        ("thousands_by_blanks", "51870", r"51 870", None),
        ("numeral", "66", r"六十六", None),
        ("full_width_digit", "66", r"６6|6６", None),
        ("note_mark", "7", r"7([①②¹²*※]|\W1\W|\W?注1?\W?)", None),
        ("remark", "7", r"7[（(，].+", None),
        ("of_which", "7", r"其中：?7件?", None),
        ("two_numbers", "7", r"7[/／、;~\-或]\d+", ()),
        ("tag_in_figure", "518", r"5\D+18|51\D+8", None),
        ("floats", "26", r"26\.0", None),
        ("zeros_as_none", "0", r"nan|NaN|None|null|N/A", (0, None)),
    ],
)  # fmt: skip
def test_a_cell_is_printed_in_a_named_way_and_says_so(
    name: str, number: str, print_: str, readings: tuple[Number | None, ...] | None
):
    found = mutants(page(number), name)

    assert found
    for mutant in found:
        assert re.fullmatch(print_, mutant.surface(KEY))
        assert mutant.readings.get(KEY) == readings
        assert mutant.printed == mutant.truth == page(number).truth


def test_each_print_of_a_cell_is_tested():
    (mark,) = test_a_cell_is_printed_in_a_named_way_and_says_so.pytestmark

    assert {case[0] for case in mark.args[1]} == {*MUTATIONS_OF_CELLS, *MUTATIONS_OF_SIGNS}


def test_a_frame_prints_nan_for_what_is_blank():
    sheet = replace(
        page("26"),
        text="规章\t26\t-\n",
        cells={KEY: Place(3, 5), "d/a/m": Place(6, 7)},
        rows={"d/a": (KEY, "d/a/m")},
        truth={KEY: 26, "d/a/m": None},
        printed={KEY: 26, "d/a/m": None},
    )

    (mutant, *_) = mutants(sheet, "floats")

    assert mutant.text == "规章\t26.0\tnan\n"


def test_no_cell_is_printed_anew_that_a_single_blank_parts_where_the_print_has_one():
    sheet = replace(page("51870"), text="规章 51870 \n")

    assert mutants(sheet, "thousands_parted")
    assert not mutants(replace(sheet, text="规章 51870 件"), "thousands_by_blanks")


def test_no_cell_is_printed_anew_in_a_row_that_lacks_one_or_where_sums_placed_it():
    assert not mutants(replace(page("7"), rows={"d/a": (KEY, "d/a/m")}), "unit")
    assert not mutants(replace(page("7"), worked_out=frozenset({"d"})), "unit")
    assert not mutants(replace(page("7"), text="规章\t7a\n"), "unit")


def test_no_dash_is_set_before_a_number_where_dashes_stand_for_blanks():
    sheet = replace(page("7"), text="规章\t7\t—\n", cells={KEY: Place(3, 4), "d/a/m": Place(5, 6)})

    assert not mutants(sheet, "sign_as_dash_parted")
    assert mutants(sheet, "sign_as_dash")


def tally(sheet: Sheet, found: FoundCell) -> MutationTally:
    return tally_of(sheet, Prediction("a", {KEY: found}, "verified"), partial=False, damaged=False)[0]


@pytest.mark.parametrize(
    ("found", "fate"),
    [
        (FoundCell(-7, "read"), "right"),
        (FoundCell(7, "read"), "wrong"),
        (FoundCell(None, "blank"), "overlooked"),
        (FoundCell(None, "ambiguous", candidates=(7,)), "false_lists"),
        (FoundCell(None, "ambiguous", candidates=(7, -7)), "ambiguous"),
        (FoundCell(None, "missing"), "missing"),
    ],
)
def test_a_cell_whose_sign_is_a_word_is_right_with_its_sign_alone(found: FoundCell, fate: str):
    (mutant, *_) = mutants(page("7"), "sign_as_word")

    assert getattr(tally(mutant, found), fate) == 1


def test_what_nobody_can_read_is_wrong_whatever_is_read_and_its_list_is_no_fault():
    (mutant, *_) = mutants(page("7"), "two_numbers")

    assert tally(mutant, FoundCell(7, "read")).broken == 1
    assert tally(mutant, FoundCell(None, "ambiguous", candidates=(7,))).false_lists == 0
    prediction = Prediction("a", {KEY: FoundCell(7, "read")}, "verified")
    (fault,) = tally_of(mutant, prediction, partial=False, damaged=False)[1]
    assert fault_text(fault) == "d/a/n: 7 [read], but it prints what nobody can read"
