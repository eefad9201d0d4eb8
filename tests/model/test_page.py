"""Folding changes characters, never offsets."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from gouji.model.page import GHOST, Page, fold


@given(st.text())
def test_folding_keeps_every_offset(text: str):
    assert len(fold(text)) == len(text)


@given(st.text())
def test_folding_twice_is_folding_once(text: str):
    assert fold(fold(text)) == fold(text)


def test_full_width_digits_brackets_and_blanks_are_read_as_half_width():
    assert fold("（１２）\u3000３．５％") == "(12) 3.5%"


def test_line_breaks_stay_line_breaks_and_a_carriage_return_is_a_blank():
    assert fold("a\r\nb\u2028c\x0cd") == "a \nb\nc\nd"


def test_a_mark_that_turns_print_round_is_no_ghost():
    assert fold("\u202e12") == "\u202e12"


def test_characters_without_width_become_ghosts():
    assert fold("\u202a1\u202c") == f"{GHOST}1{GHOST}"
    assert fold("1\u200b2\ufeff3\u00ad4") == f"1{GHOST}2{GHOST}3{GHOST}4"


def test_circled_and_raised_digits_are_no_digits():
    assert fold("①²") == "①²"


def test_a_page_keeps_its_own_text_beside_the_folded_one():
    page = Page("a.txt", "（一）")

    assert (page.text, page.folded) == ("（一）", "(一)")
