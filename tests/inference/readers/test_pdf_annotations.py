"""What form fields and notes show is read where it stands; where it is not known, nothing is blank."""

from __future__ import annotations

import pytest

from gouji.inference.readers import Content, Options
from gouji.inference.readers.registry import pages_of
from gouji.inference.unread_marks import PICTURE
from gouji.model.page import Page

from .made_pdf import COLUMN, LABEL, Note, Setter, pdf, with_notes

_EM, _LINE = 5.0, 14.0  # points: a half-width, a line
_LEFT, _BLANKS = 38.0, 106.0  # points: the table's left edge, the lower edge of its row with two blanks


def page_with(*notes: Note) -> Page:
    (page,) = pages_of(Content("report.pdf", with_notes(pdf(_write), notes)), Options())
    return page


def rows_with(*notes: Note) -> list[str]:
    page = page_with(*notes)
    return [page.text[start:end] for start, end in page.rows]


def box(column: int) -> tuple[float, float, float, float]:
    """Where a cell of the row of two blanks stands."""
    left = _LEFT + (LABEL + COLUMN * (column - 1)) * _EM
    return left + 2, _BLANKS + 1, left + COLUMN * _EM - 2, _BLANKS + _LINE - 1


def _write(setter: Setter) -> None:
    setter.table([["事项", "甲类", "乙类", "丙类"], ["规章", "", "", "77"], ["规范性文件", "12", "4", "3"]])
    setter.paragraph(
        "一、总体情况。本机关严格按照规定公开政府信息，没有收到申请，也没有复议和诉讼，全年情况如下。"
    )


def test_a_cell_without_a_field_is_blank():
    assert rows_with()[1] == "规章\t\t\t77"


@pytest.mark.parametrize("shown", ["15", None])  # a viewer draws the value where nothing is drawn yet
def test_a_form_fields_value_is_read_in_the_cell_that_it_stands_in(shown: str | None):
    page = page_with(Note(box(2), "15", shown))

    start, end = page.rows[1]

    assert page.text[start:end] == "规章\t\t15\t77"


@pytest.mark.parametrize(("value", "shown"), [("15", "16"), (None, None), ("", ""), (None, "8"), ("15", "")])
def test_a_cell_whose_form_field_is_empty_or_shows_something_else_is_not_blank(
    value: str | None, shown: str | None
):
    assert rows_with(Note(box(2), value, shown))[1] == f"规章\t\t{PICTURE}\t77"


def test_a_field_over_a_printed_number_that_it_does_not_hold_leaves_the_cell_open():
    assert rows_with(Note(box(3), "15", ""))[1] == f"规章\t\t\t{PICTURE}"


@pytest.mark.parametrize(
    ("kind", "shown", "read"),
    [("FreeText", "15", "15"), ("FreeText", None, PICTURE), ("Stamp", None, PICTURE), ("Ink", None, PICTURE)],
)
def test_a_note_in_a_cell_is_read_or_leaves_it_open(kind: str, shown: str | None, read: str):
    assert rows_with(Note(box(1), "15", shown, kind))[1] == f"规章\t{read}\t\t77"


@pytest.mark.parametrize("kind", ["Link", "Highlight"])
def test_what_only_marks_the_pages_own_print_leaves_a_blank_cell_blank(kind: str):
    assert rows_with(Note(box(1), kind=kind))[1] == "规章\t\t\t77"
