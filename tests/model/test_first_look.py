"""Where no table stands is told by single tokens; what may be one is never left out for want of words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from gouji.model.errors import GoujiError
from gouji.model.first_look import FIRST_LOOK_FILE, FirstLook

PIECES = ["[PAD]", "[UNK]", "[1]", "[YEAR]", "[SEP1]", "[SEP|]", "[ORD.]", "规章", "我们", ",", "春天", "-"]
LOOK = FirstLook(PIECES, {"规章": 3.0, "我们": -2.0, ",": -2.0})


def may_be_table(*pieces: str) -> list[bool]:
    return LOOK.may_be_table(np.array([PIECES.index(piece) for piece in pieces], dtype=np.int64)).tolist()


def test_prose_far_from_any_table_is_none():
    places = may_be_table(*["规章", "[1]"] * 20, *["我们", ","] * 60)

    assert all(places[:40])
    assert not any(places[-60:])


def test_prose_beside_a_table_is_read_with_it():
    places = may_be_table(*["我们", ","] * 60, *["规章", "[1]"] * 20, *["我们", ","] * 60)

    assert all(places[100:180])


def test_words_that_labelled_pages_do_not_hold_weigh_neither_way_and_are_read():
    assert all(may_be_table(*["春天", "[UNK]"] * 60))


@pytest.mark.parametrize("piece", ["[1]", "[SEP|]", "-"])
def test_numbers_borders_and_marks_of_empty_cells_are_read_whatever_the_words_between(piece: str):
    assert all(may_be_table(*["我们", piece, piece] * 60))


def test_years_and_line_ends_in_prose_make_no_table():
    assert not any(may_be_table(*["我们", "[YEAR]", ",", "[SEP1]"] * 40))


def test_a_page_without_tokens_has_no_place_for_a_table():
    assert may_be_table() == []


def test_a_model_folder_without_the_file_has_no_first_look(tmp_path: Path):
    assert FirstLook.load(tmp_path, PIECES) is None


def test_a_faulty_file_is_named(tmp_path: Path):
    (tmp_path / FIRST_LOOK_FILE).write_text("规章 3.0\n我们\n", encoding="utf-8")

    with pytest.raises(GoujiError, match=r"first_look\.txt: .*expected a word and its weight a line"):
        FirstLook.load(tmp_path, PIECES)
