"""A PDF with text is read by its ruled cells, or by its places; what cannot be believed is named."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from gouji.inference.extraction import State, Status
from gouji.inference.extractor import Extractor
from gouji.inference.readers import Content, Options
from gouji.inference.readers.registry import pages_of
from gouji.inference.reading import ReadingError
from gouji.inference.result import Extraction
from gouji.inference.unread_marks import CUT_OFF, PICTURE, UNSEEN
from gouji.model.page import Page
from gouji.training.typesetting import Line

from .made import Report, report
from .made_pdf import COLUMN, LABEL, Setter, drawn_over, in_own_fonts, pdf, pdf_of, print_rows

FIXTURES = Path(__file__).parent / "fixtures"
_RECOGNIZED = b"BT /F1 9 Tf 3 Tr 50 500 Td (" + b"recognized " * 20 + b") Tj ET"


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def page_of(data: bytes) -> Page:
    (page,) = pages_of(Content("report.pdf", data), Options())
    return page


def rows_of(write: Callable[[Setter], None], **style: object) -> list[str]:
    page = page_of(pdf(write, **style))
    return [page.text[start:end] for start, end in page.rows]


def wrong_cells(made: Report, extraction: Extraction) -> list[str]:
    """The cells that are held to be known, and are not as they were made."""
    answered = (State.READ, State.PLACED, State.BLANK)
    cells = [cell for cell in extraction.cells if cell.state in answered]
    return [cell.key for cell in cells if cell.value != made.values[cell.key]]


@pytest.mark.parametrize(
    "style", [{}, {"foot": "- {} -"}, {"head": "青溪市水务局年度报告", "foot": "第 {} 页 共 9 页"}]
)
def test_a_ruled_report_over_several_sheets_is_read_with_its_blanks(
    extractor: Extractor, style: dict[str, str]
):
    made = report()

    extraction = extractor.extract(page_of(pdf_of(made, **style)))

    assert extraction.status is Status.VERIFIED
    assert wrong_cells(made, extraction) == []
    blank = {cell.key for cell in extraction.cells if cell.state is State.BLANK}
    assert blank == {key for key, value in made.values.items() if value is None}


@pytest.mark.parametrize("program", ["chromium", "libreoffice"])
def test_what_programs_print_of_a_web_page_is_read_cell_by_cell(extractor: Extractor, program: str):
    # Printed from html_page(html_tables(report())) with border="1", by Chromium 156 and LibreOffice 7.4.
    printed = (FIXTURES / f"printed_by_{program}.pdf").read_bytes()

    extraction = extractor.extract(page_of(printed))

    assert extraction.status is Status.VERIFIED
    assert wrong_cells(report(), extraction) == []


def test_a_report_without_rules_has_no_cell_wrong(extractor: Extractor):
    made = report()

    extraction = extractor.extract(page_of(pdf_of(made, ruled=False)))

    assert wrong_cells(made, extraction) == []
    assert any(cell.state is State.READ for cell in extraction.cells)


def test_numbers_below_each_other_are_cells_of_rows_where_no_rule_says_so():
    rows = [
        ["规章", "1", "", "3"],
        ["文件", "", "", "12"],
        ["批复", "见附件", "", "7"],
        ["通知", "4", "", "6"],
    ]
    head = ["事项", "甲类", "乙类", "丙类"]

    page = page_of(pdf(lambda s: s.table([head, *rows, ["其他", "5", "", "/"]]), ruled=False))

    assert [page.text[start:end] for start, end in page.rows] == [
        "规章\t1\t\t3",
        "文件\t\t\t12",
        "批复\t见附件\t\t7",
        "通知\t4\t\t6",
        "其他\t5\t\t/",
    ]


def test_numbers_of_one_column_that_do_not_stand_below_each_other_are_no_two_columns():
    def write(setter: Setter) -> None:
        for y, row in enumerate((["制发件数", "废止件数"], ["0", "0"], ["25860", "1527"]), 1):
            setter.lines += [Line(x, y, text, y) for x, text in zip((30, 50), row, strict=True)]
        setter.lines += [Line(38, 4, "214", 4), Line(58, 4, "21", 4)]
        setter.lines += [Line(1, y, "规范性文件", y) for y in (2, 3, 4)]

    assert "\t" not in page_of(pdf(write)).text


def test_every_cell_stands_in_the_text_where_it_is_said_to(extractor: Extractor):
    page = page_of(pdf_of(report()))

    cells = [cell for cell in extractor.extract(page).cells if cell.raw is not None]

    assert len(cells) > 100
    assert all(page.text[cell.start : cell.end] == cell.raw for cell in cells)


def test_a_label_and_a_number_broken_in_their_cells_are_joined():
    rows = rows_of(lambda s: s.table([["行政许可", "件数"], ["一二三四五六七八九十" * 4, "1234567890123"]]))

    assert rows[1] == "一二三四五六七八九十" * 4 + "\t1234567890123"


def test_numbers_below_each_other_in_a_cell_are_rows_of_their_own():
    def write(setter: Setter) -> None:
        setter.lines_in_one_row([["规章", "规范性文件"], ["4", "7"], ["5", "8"]])

    page = page_of(pdf(write))

    assert page.text == "规章\t4\t5\n规范性文件\t7\t8\n"
    assert page.rows == ()  # no rule parts them


def test_numbers_below_each_other_that_had_room_beside_each_other_are_two():
    def write(setter: Setter) -> None:
        for y, label, number in ((1, "行政许可", "1234"), (2, "规章", "31"), (3, "规范性文件", "24")):
            setter.lines += [Line(1, y, label, y), Line(LABEL, y, number, y)]
        setter.rules += [(x, y, w, h) for y, h in ((1, 1), (2, 2)) for x, w in ((0, LABEL), (LABEL, 5))]

    assert page_of(pdf(write)).text == "行政许可\t1234\n规章\t31\n规范性文件\t24\n"


def test_a_number_broken_over_three_lines_is_of_the_row_of_those_that_stand_at_its_top():
    def write(setter: Setter) -> None:
        for y, label, parts in ((1, "规章", ["51", "57", "6"]), (4, "规范性文件", ["24", "", ""])):
            setter.lines += [Line(1, y, label, 0), Line(LABEL + 5, y, "4", 0)]
            setter.lines += [Line(LABEL, y + i, part, 0) for i, part in enumerate(parts) if part]
            setter.rules += [(x, y, w, 3) for x, w in ((0, LABEL), (LABEL, 3), (LABEL + 3, 5))]

    assert rows_of(write) == ["规章\t51576\t4", "规范性文件\t24\t4"]


def test_a_number_in_a_remark_that_wraps_in_its_cell_is_no_other_row():
    def write(setter: Setter) -> None:
        setter.lines.append(Line(1, 1, "规章", 0))
        setter.lines += [Line(LABEL, y, text, 0) for y, text in enumerate(["13", "（含", "6", "件）"], 1)]
        setter.rules += [(0, 1, LABEL, 4), (LABEL, 1, COLUMN, 4)]

    assert rows_of(write) == ["规章\t13（含6件）"]


def test_the_end_of_a_remark_whose_beginning_the_cell_cut_off_is_not_the_cells_number():
    rows = rows_of(lambda s: s.row(["规章", "52件）", "4"], [LABEL, COLUMN, COLUMN]))

    assert rows == [f"规章\t{UNSEEN}52件）\t4"]


def test_numbers_at_different_heights_in_unruled_cells_are_rows_of_their_own():
    def write(setter: Setter) -> None:
        setter.lines_in_one_row([["规章", "规范性文件"], ["4"], ["", "8"]])

    page = page_of(pdf(write))

    assert page.text == "规章\t4\t\n规范性文件\t\t8\n"
    assert page.rows == ()


def test_a_rule_that_ends_within_a_cell_parts_it():
    def write(setter: Setter) -> None:
        print_rows(setter, ["采购项目", "采购金额", ""], ["政府集中采购", "13852", ""], ["其他", "1", "2"])
        labels = [(0, y, LABEL, 1) for y in (1, 2, 3)]
        columns = [(LABEL, 3, COLUMN, 1), (LABEL + COLUMN, 3, COLUMN, 1)]
        setter.rules = [*labels, (LABEL, 1, 2 * COLUMN, 2), (LABEL, 2, COLUMN, 0), *columns]

    assert rows_of(write) == ["采购项目\t采购金额", "政府集中采购\t13852", "其他\t1\t2"]


def test_a_number_below_words_in_a_cell_of_two_rows_is_the_lower_rows():
    def write(setter: Setter) -> None:
        print_rows(setter, ["项目", "数量", "金额"], ["政府集中采购", "0", "13852"], ["其他", "1", "2"])
        cells = [(x, y, width, 1) for y in (1, 2) for x, width in ((0, LABEL), (LABEL, COLUMN))]
        whole = [(0, 3, LABEL, 1), (LABEL, 3, COLUMN, 1), (LABEL + COLUMN, 3, COLUMN, 1)]
        setter.rules = [*cells, (LABEL + COLUMN, 1, COLUMN, 2), *whole]

    page = page_of(pdf(write))

    assert page.text == "项目\t数量\t金额\n政府集中采购\t0\t13852\n其他\t1\t2\n"
    assert [page.text[start:end] for start, end in page.rows] == [
        "其他\t1\t2"
    ]  # what parts the others is lost


def test_labels_of_no_cell_stand_beside_the_numbers_of_their_line():
    def write(setter: Setter) -> None:
        print_rows(setter, ["其他", "", "4"], ["总计", "7", "60"], ["结转", "1", "2"])
        columns = [(LABEL, 1, COLUMN, 2), (LABEL + COLUMN, 1, COLUMN, 2)]
        corner = [(0, 1, 10, 2), (10, 1, LABEL - 10, 0), (0, 3, 10, 0), (20, 2, LABEL - 20, 0), (20, 2, 0, 1)]
        whole = [(0, 3, LABEL, 1), (LABEL, 3, COLUMN, 1), (LABEL + COLUMN, 3, COLUMN, 1)]
        setter.rules = [*columns, *corner, *whole]

    page = page_of(pdf(write))

    assert page.text == "其他\t\t4\n总计\t7\t60\n结转\t1\t2\n"


def test_numbers_set_letter_by_letter_are_numbers():
    def write(setter: Setter) -> None:
        rows = [["规章", "12", "345"], ["文件", "6", "78"], ["批复", "901", "23"]]
        print_rows(setter, *([row[0], "", ""] for row in rows))
        _spaced(setter, *([*row[1:]] for row in rows))

    ruled = page_of(pdf(lambda s: (write(s), s.rules.extend(_GRID))))
    unruled = page_of(pdf(write))

    assert ruled.text == "规章\t12\t345\n文件\t6\t78\n批复\t901\t23\n"
    assert unruled.text.split() == ruled.text.split()


def test_figures_too_far_apart_for_one_number_and_too_near_for_two_are_parted_by_a_mark():
    def write(setter: Setter) -> None:
        print_rows(setter, ["规章", "12", "345"], ["文件", "6", "78"], ["批复", "9", ""], ["其他", "1", "2"])
        setter.lines += [Line(LABEL + COLUMN + 1, 3, "2", 9), Line(LABEL + COLUMN + 3, 3, "0", 9)]

    assert page_of(pdf(write)).text.splitlines()[2].split() == ["批复", "9", f"2{PICTURE}0"]


_GRID = [
    (x, y, width, 1)
    for y in (1, 2, 3)
    for x, width in ((0, LABEL), (LABEL, COLUMN), (LABEL + COLUMN, COLUMN))
]


def _spaced(setter: Setter, *rows: list[str]) -> None:
    for y, row in enumerate(rows, 1):
        for column, text in enumerate(row):
            for place, digit in enumerate(text):
                setter.lines.append(Line(LABEL + COLUMN * column + 1 + 2 * place, y, digit, y))


def test_the_columns_of_a_table_are_not_moved_by_those_of_another():
    def write(setter: Setter) -> None:
        print_rows(setter, ["规章", "", ""], ["其他", "1", "2"])
        setter.lines.append(Line(LABEL + COLUMN - 0.7, 1, "75", 1))  # from its border on
        for y in (1, 2, 5, 6):
            inner = LABEL + COLUMN + (0.5 if y > 2 else 0)
            setter.rules += [(0, y, LABEL, 1), (LABEL, y, inner - LABEL, 1), (inner, y, COLUMN, 1)]

    assert rows_of(write)[0] == "规章\t\t75"


@pytest.mark.parametrize(
    "matrix", [b"9 5 -5 9 265 -26", b"1 0 0 1 200 -45"], ids=["askew", "large"]
)  # of print that begins in the row of blanks
def test_a_watermark_is_no_print_of_the_cells_that_it_runs_through(matrix: bytes):
    size = b"1" if matrix.startswith(b"9") else b"60"
    rows = [["事项", "甲类", "乙类", "丙类"], ["规章", "", "", ""], ["规范性文件", "12", "4", "3"]]
    over = b"BT /F9 %s Tf %s Tm (2023 2023) Tj ET" % (size, matrix)

    page = page_of(drawn_over(pdf(lambda s: s.table(rows)), over))

    assert [page.text[start:end] for start, end in page.rows] == ["\t".join(row) for row in rows]


def test_slanted_print_is_print():
    rows = [["事项", "甲类"], ["规章", ""], ["规范性文件", "12"]]
    over = b"BT /F9 9 Tf 1 0 0.3 1 265 -28 Tm (5) Tj ET"

    page = page_of(drawn_over(pdf(lambda s: s.table(rows)), over))

    assert page.text == "事项\t甲类\n规章\t5\n规范性文件\t12\n"


def test_a_flat_character_is_as_high_as_its_font():
    ink = {"第": (-120, 880), "二": (50, 700), "十": (-120, 880), "一": (340, 420), "条": (-120, 880)}

    page = page_of(in_own_fonts([(text, 50 + 11 * x, box) for x, (text, box) in enumerate(ink.items())]))

    assert page.text == "第二十一条\n"


def test_what_the_sheets_edge_cuts_off_is_never_blank():
    rows = rows_of(lambda s: s.row(["规章", "4", "5", ""], [LABEL, COLUMN, COLUMN, 200]))

    assert rows == [f"规章\t4\t5\t{CUT_OFF}"]


@pytest.mark.parametrize(
    ("column", "before", "through"),
    [(25, ("natural_person", "business", "research"), ""), (45, ("natural_person", "business"), "business")],
)
def test_columns_before_the_sheets_edge_are_read_and_those_behind_it_missing(
    extractor: Extractor, column: int, before: tuple[str, ...], through: str
):
    made = report()

    extraction = extractor.extract(page_of(pdf_of(made, column=column, edge=120)))

    states = {cell.key: cell.state for cell in extraction.cells if cell.key.startswith("applications/")}
    assert wrong_cells(made, extraction) == []
    for key, state in states.items():
        unprinted = State.AMBIGUOUS if through and key.endswith(through) else State.BLANK
        printed = unprinted if made.values[key] is None else State.READ
        assert state == (printed if key.endswith(before) else State.MISSING)


@pytest.mark.parametrize("column", [25, 60])
def test_columns_beyond_the_sheets_edge_are_read_where_the_file_holds_them(extractor: Extractor, column: int):
    made = report()

    extraction = extractor.extract(page_of(pdf_of(made, column=column)))

    assert extraction.status is Status.VERIFIED
    assert wrong_cells(made, extraction) == []


def test_a_number_that_the_sheets_edge_cuts_through_is_read_where_the_file_holds_all_of_it(
    extractor: Extractor,
):
    made = report(applications__received__research="12345678901234567890")

    extraction = extractor.extract(page_of(pdf_of(made, column=32, edge=120)))

    (cell,) = (c for c in extraction.cells if c.key == "applications/received/research")
    assert cell.value == 12345678901234567890


def test_a_lone_character_of_a_font_that_is_not_at_hand_is_read():
    rows = rows_of(lambda s: s.row(["规章", "４", "１５", ""], [LABEL, COLUMN, COLUMN, COLUMN]))

    assert rows == ["规章\t４\t１５\t"]


def test_a_lone_character_of_a_font_that_is_not_at_hand_and_is_not_drawn_is_never_blank():
    def write(setter: Setter) -> None:
        setter.row(["规章", "４", "１５", ""], [LABEL, COLUMN, COLUMN, COLUMN])

    (code,) = re.findall(rb"<([0-9a-f]{4})> <ff14>", pdf(write))
    lone = b"<%s> Tj" % code
    data = pdf(write).replace(lone, b"3 Tr %s 0 Tr" % lone)

    page = page_of(data)

    assert page.text == f"规章\t{PICTURE}\t１５\t\n"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (lambda: b"%PDF-1.7\nno more", "is a damaged PDF"),
        (lambda: pdf(lambda s: None), "is a PDF without text"),
        (lambda: _scan(), "is a scanned PDF: it holds pictures"),
        (
            lambda: _scan(b"BT /F1 9 Tf 3 Tr 50 500 Td (" + b"recognized " * 20 + b") Tj ET"),
            "a machine recogn",
        ),
        (lambda: _protected(), "is a PDF protected by a password"),
    ],
)
def test_a_pdf_that_cannot_be_believed_is_named_with_a_remedy(data: Callable[[], bytes], message: str):
    with pytest.raises(ReadingError, match=message) as caught:
        page_of(data())

    assert str(caught.value).startswith("report.pdf: ")
    assert ";" in str(caught.value)


def _scan(text: bytes = b"") -> bytes:
    """A sheet of one picture, and what is written over it."""
    content = b"q 500 0 0 700 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q " + text
    font = b"<< /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
    bodies = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources %s >>" % font,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    ]
    objects = b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(bodies, 1))
    return b"%PDF-1.7\n" + objects + b"trailer << /Size 5 /Root 1 0 R >>\n%%EOF"


def _protected() -> bytes:
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter(io.BytesIO(pdf(lambda s: s.paragraph("规章"))))
    writer.encrypt("secret", algorithm="RC4-128")
    held = io.BytesIO()
    writer.write(held)
    return held.getvalue()


def test_a_number_that_is_broken_before_its_remark_is_one():
    rows = rows_of(lambda s: s.lines_in_one_row([["规章"], ["4"], ["4", "6", "（", "含修订", "42件）"]]))

    assert rows == ["规章\t4\t46（含修订42件）"]
