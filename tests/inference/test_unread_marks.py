"""A mark for what a cell's text cannot say parts numbers, is no label, and costs no offset."""

from __future__ import annotations

from gouji.inference.unread_marks import HELD, without_marks
from gouji.model.page import Page

TEXT = "见[图]\n规章\t1[注]\t[图]\t2[3]\n"


def test_marks_are_blanks_of_the_same_length_in_known_rows_alone():
    read = without_marks(Page("a", TEXT, rows=((5, len(TEXT) - 1),)))

    assert read.text == f"见[图]\n规章\t1{HELD}\t{HELD}\t2[3]\n"
    assert read.folded.splitlines()[1] == "规章\t1   \t   \t2[3]"
    assert len(read.text) == len(TEXT)


def test_a_page_without_known_rows_is_as_it_was():
    page = Page("a", TEXT)

    assert without_marks(page) is page
