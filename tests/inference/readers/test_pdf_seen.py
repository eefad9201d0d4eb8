"""What a PDF shows is read, whichever way its sheets are turned; what it does not show is never blank."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest

from gouji.inference.readers import Content, Options
from gouji.inference.readers.registry import pages_of
from gouji.inference.reading import ReadingError
from gouji.inference.unread_marks import CUT_OFF, PICTURE, UNSEEN
from gouji.model.page import Page
from gouji.training.typesetting import Line

from .made import report
from .made_pdf import COLUMN, LABEL, Setter, begun_with, pdf, pdf_of

FIXTURES = Path(__file__).parent / "fixtures"
_ROWS = [["事项", "甲类", "乙类"], ["规章", "5", "15"], ["规范性文件", "12", "4"]]


def page_of(data: bytes) -> Page:
    (page,) = pages_of(Content("report.pdf", data), Options())
    return page


def rows_of(data: bytes) -> list[str]:
    page = page_of(data)
    return [page.text[start:end] for start, end in page.rows]


@pytest.mark.parametrize("turned", [90, 180, 270])
@pytest.mark.parametrize("turned_back", [False, True])
@pytest.mark.parametrize("program", ["libreoffice", "chromium"])
def test_a_report_whose_sheets_are_turned_is_read(program: str, turned: int, turned_back: bool):
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter(FIXTURES / f"printed_by_{program}.pdf")
    for page in writer.pages:
        left, bottom, right, top = page.mediabox
        sides = {90: (top, left), 180: (right, top), 270: (bottom, right)}[turned]
        page.add_transformation(pypdf.Transformation().rotate(turned).translate(*map(float, sides)))
        if turned != 180:
            page.mediabox = page.cropbox = pypdf.generic.RectangleObject((bottom, left, top, right))
        if turned_back:
            page[pypdf.generic.NameObject("/Rotate")] = pypdf.generic.NumberObject(turned)
    held = io.BytesIO()
    writer.write(held)

    upright = page_of((FIXTURES / f"printed_by_{program}.pdf").read_bytes())
    assert rows_of(held.getvalue()) == [upright.text[start:end] for start, end in upright.rows]


def test_a_character_that_its_font_does_not_name_is_never_blank_and_no_part_of_a_number():
    """What pdfium gives for such a character is its number in the font, which may be that of a digit."""
    data = re.sub(rb"<[0-9a-f]{4}> <0035>", b"<ffff> <0035>", pdf(lambda s: s.table(_FILLED)))

    assert rows_of(data) == [
        *("\t".join(row) for row in _FILLED[:2]),
        f"规章\t{PICTURE}\t{PICTURE}",
        "规范性文件\t12\t4",
    ]


_FILLED = [["事项" + "说明文字" * 8, "甲类", "乙类"], ["填报" * 10, "1", "2"], *_ROWS[1:]]


def test_a_pdf_of_which_hardly_a_character_is_named_is_refused():
    data = re.sub(rb"<[0-9a-f]{4}> <[0-9a-f]{4}>", lambda m: b" " * len(m[0]), pdf_of(report()))

    with pytest.raises(ReadingError, match="do not say which characters"):
        page_of(data)


def test_a_rule_that_is_not_drawn_to_its_end_says_that_a_cell_is_cut_off():
    edge = 40 + (LABEL + COLUMN * 1.7) * 5
    data = begun_with(pdf(lambda s: s.table(_ROWS)), b"0 0 %.0f 2000 re W n" % edge)

    assert rows_of(data) == ["事项\t甲类\t乙类", f"规章\t5\t15\t{CUT_OFF}", f"规范性文件\t12\t4\t{CUT_OFF}"]


def test_a_number_that_reaches_the_edge_may_go_on_beyond_it():
    edge = 40 + (LABEL + COLUMN * 1.25) * 5
    data = begun_with(pdf(lambda s: s.table(_ROWS)), b"0 0 %.0f 2000 re W n" % edge)

    assert rows_of(data) == ["事项\t甲类\t乙类", f"规章\t5\t15{CUT_OFF}", f"规范性文件\t12\t4{CUT_OFF}"]


def test_an_empty_cell_that_the_edge_goes_through_is_not_known_to_be_empty():
    edge = 40 + (LABEL + COLUMN * 1.7) * 5
    rows = [*_ROWS, ["其他", "7", ""]]
    data = begun_with(pdf(lambda s: s.table(rows)), b"0 0 %.0f 2000 re W n" % edge)

    assert rows_of(data)[-1] == f"其他\t7\t{UNSEEN}\t{CUT_OFF}"


def test_a_table_that_only_its_left_side_closes_is_cut_off_on_its_right():
    def write(setter: Setter) -> None:
        for y, row in enumerate(_ROWS, 1):
            setter.lines += [Line(x, y, text, y) for x, text in zip((1, 50, 65), row, strict=True)]
            setter.rules += [(0, y, 90, 0), (0, y, 0, 1), (45, y, 0, 1), (60, y, 0, 1)]
        setter.rules.append((0, 4, 90, 0))

    assert rows_of(pdf(write))[1] == f"规章\t5\t15\t{CUT_OFF}"


def test_a_line_between_rules_that_are_not_drawn_to_their_end_is_cut_off():
    def write(setter: Setter) -> None:
        for y, row in enumerate(_ROWS, 1):
            setter.lines += [Line(x, y, text, y) for x, text in zip((1, 50, 60), row, strict=True)]
            setter.rules.append((0, y, 200, 0))

    data = begun_with(pdf(write), b"0 0 600 2000 re W n")

    assert rows_of(data) == [f"规章\t5\t15\t{CUT_OFF}", f"规范性文件\t12\t4\t{CUT_OFF}"]
