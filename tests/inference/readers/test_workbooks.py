"""Workbooks are read as a spreadsheet program shows them: formats, merged cells, what is hidden."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from gouji.inference.extraction import State, Status
from gouji.inference.extractor import Extractor
from gouji.inference.readers import Content, Kind, Options, document_pages, kind_of, xlsb
from gouji.inference.reading import ReadingError
from gouji.model.page import Page

from .made import Report, html_page, html_tables, report
from .made_workbook import book_of, excel_xml, excel_xml_of, workbook, write_rows

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d4944415478da63f8cfc0f01f0005"
    "00018f3b2b1f0000000049454e44ae426082"
)


def pages(data: bytes, name: str = "a.xlsx") -> list[Page]:
    return document_pages(Content(name, data), Options())


def page(data: bytes, name: str = "a.xlsx") -> Page:
    (only,) = pages(data, name)
    return only


def sheet_text(fill: Any) -> str:
    """What a page shows of a sheet that a function has filled."""
    return page(workbook(lambda book: fill(book, book.add_worksheet()))).text


def assert_is_read(extractor: Extractor, read: Page, made: Report) -> None:
    extraction = extractor.extract(read)
    assert {cell.key: cell.value for cell in extraction.cells} == made.values
    assert all(cell.state is State.BLANK for cell in extraction.cells if made.values[cell.key] is None)
    assert extraction.status is Status.VERIFIED
    assert all(c.start is None or read.text[c.start : c.end] == c.raw for c in extraction.cells)


def converted(data: bytes, ending: str, to: str, folder: Path) -> bytes:
    """A file as LibreOffice makes it of another."""
    if SOFFICE is None:
        pytest.skip("LibreOffice is not installed")
    (folder / f"a{ending}").write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    convert = ["--headless", "--convert-to", to, "--outdir", str(folder / "made"), str(folder / f"a{ending}")]
    subprocess.run([SOFFICE, profile, *convert], capture_output=True, timeout=120, check=False)
    made = next((folder / "made").glob("*"), None) if (folder / "made").is_dir() else None
    if made is None:
        pytest.skip("LibreOffice's program for this kind is not installed")
    return made.read_bytes()


@pytest.mark.parametrize("ruled", [False, True], ids=["bare", "ruled"])
@pytest.mark.parametrize("a_sheet_each", [False, True], ids=["one sheet", "a sheet each"])
def test_a_report_is_read_by_its_cells(extractor: Extractor, ruled: bool, a_sheet_each: bool):
    made = report()

    read = page(book_of(made, ruled=ruled, a_sheet_each=a_sheet_each))

    assert_is_read(extractor, read, made)


def test_figures_stored_as_text_are_read_alike(extractor: Extractor):
    made = report()

    assert_is_read(extractor, page(book_of(made, as_text=True)), made)


def test_openpyxl_s_workbooks_are_read_alike(extractor: Extractor):
    made, book, held = report(), openpyxl.load_workbook(io.BytesIO(book_of(report()))), io.BytesIO()
    book.save(held)

    assert_is_read(extractor, page(held.getvalue()), made)


def test_the_reports_of_several_sheets_are_told_apart(extractor: Extractor):
    made = [
        report("甲县2022年政府信息公开工作年度报告"),
        report("乙县2022年政府信息公开工作年度报告", first=40),
    ]

    def fill(book: Any) -> None:
        for each in made:
            sheet, at = book.add_worksheet(), 1
            sheet.write(0, 0, each.title)
            for heading, rows in each.tables():
                sheet.write(at, 0, heading)
                at = write_rows(sheet, rows, at + 1)

    read = pages(workbook(fill))

    assert [extractor.extract(part).issuer for part in read] == ["甲县", "乙县"]
    for part, each in zip(read, made, strict=True):
        assert {cell.key: cell.value for cell in extractor.extract(part).cells} == each.values


def test_a_merged_cell_is_printed_once_where_it_begins():
    def fill(book: Any, sheet: Any) -> None:
        sheet.merge_range("A1:D1", "三、收到和处理政府信息公开申请情况")
        sheet.merge_range("A2:A3", "（三）不予公开", book.add_format({"border": 1}))
        write_rows(sheet, [["1.属于国家秘密", "", "4"], ["2.其他", "5", ""]], 5)
        for row, (label, first, second) in enumerate([("1.属于国家秘密", 3, 4), ("2.其他", 5, 6)], 1):
            sheet.write(row, 1, label)
            sheet.write(row, 2, first)
            sheet.write(row, 3, second)

    assert sheet_text(fill).splitlines()[:3] == [
        "三、收到和处理政府信息公开申请情况",
        "（三）不予公开\t1.属于国家秘密\t3\t4",
        "2.其他\t5\t6",
    ]


def test_what_is_hidden_is_not_there():
    def fill(book: Any, sheet: Any) -> None:
        write_rows(
            sheet, [["信息内容", "旧", "本年", "现行"], ["规章", "1", "2", "3"], ["草稿", "7", "8", "9"]], 0
        )
        sheet.set_column(1, 1, None, None, {"hidden": True})
        sheet.set_row(2, None, None, {"hidden": True})
        other = book.add_worksheet("去年")
        write_rows(other, [["规章", "4", "5", "6"]], 0)
        other.hide()

    assert sheet_text(fill) == "信息内容\t本年\t现行\n规章\t2\t3\n"


def test_a_cell_shows_what_its_format_shows():
    def fill(book: Any, sheet: Any) -> None:
        codes = ('0"件"', "#,##0", "0.00", "0;-0;;@", "0%")
        for column, (value, code) in enumerate(zip((3, 51873, 14.5, 0, 0.5), codes, strict=True), 1):
            sheet.write(0, column, value, book.add_format({"num_format": code, "border": 1}))
        sheet.write(0, 0, "规章")

    assert sheet_text(fill) == "规章\t3件\t51,873\t14.50\t\t50%\n"


def test_what_a_cell_does_not_show_in_full_is_marked():
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["行政许可", "行政处罚"])
        sheet.write(0, 2, 14.495, book.add_format({"num_format": "0.0"}))
        sheet.write(0, 3, 44562, book.add_format({"num_format": "yyyy/m/d"}))
        sheet.write(0, 4, 12, book.add_format({"font_strikeout": True}))
        sheet.write_formula(0, 5, "=1/0", None, "#DIV/0!")
        sheet.write_rich_string(0, 6, "12", book.add_format({"font_script": 1}), "注")

    text = sheet_text(fill)

    assert text == "行政许可\t行政处罚\t14.5[隐]\t2022年1月1日\t[删]\t[图]\t12[注]\n"


def test_a_formula_shows_the_value_that_was_kept_or_a_mark():
    def fill(book: Any, sheet: Any) -> None:
        book.calc_on_load = False
        sheet.write_row(0, 0, ["规章", 3, 4])
        sheet.write_formula(0, 3, "=B1+C1", None, 7)
        sheet.write_formula(0, 4, "=B1+C1", None, "")

    assert sheet_text(fill) == "规章\t3\t4\t7\t[图]\n"


def test_a_formula_that_is_to_be_computed_when_the_workbook_is_opened_is_marked():
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["规章", 3, 4])
        sheet.write_formula(0, 3, "=B1+C1")  # XlsxWriter keeps 0

    assert sheet_text(fill) == "规章\t3\t4\t[图]\n"


def test_a_total_whose_formula_was_never_computed_is_open(extractor: Extractor):
    made = report()
    book = openpyxl.load_workbook(io.BytesIO(book_of(made)))
    sheet, held = book.active, io.BytesIO()
    row = next(cell.row for cell in sheet["A"] if str(cell.value).startswith("（一）予以公开"))
    sheet.cell(row, 8).value = f"=SUM(B{row}:G{row})"
    book.save(held)

    cells = {cell.key: cell for cell in extractor.extract(page(held.getvalue())).cells}

    total = cells["applications/granted/total"]
    assert total.value is None or (total.state is State.PLACED and total.value == made.values[total.key])


def test_a_text_box_over_the_cells_is_read_behind_them():
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row(0, 0, ["规章", 3, 4])
        sheet.insert_textbox(3, 3, "备注：无")

    assert sheet_text(fill) == "规章\t3\t4\n备注：无\n"


def test_a_workbook_of_pictures_is_named():
    def fill(book: Any) -> None:
        book.add_worksheet().insert_image(0, 0, "p.png", {"image_data": io.BytesIO(PICTURE)})

    with pytest.raises(ReadingError, match=r"a\.xlsx: is a spreadsheet of 1 pictures.*OCR"):
        pages(workbook(fill))


def test_a_workbook_whose_tables_are_on_hidden_sheets_is_named():
    def fill(book: Any) -> None:
        book.add_worksheet("说明").write(0, 0, "详见年报")
        hidden = book.add_worksheet("年报")
        write_rows(hidden, [["规章", "4", "5", "6"]], 0)
        hidden.hide()

    with pytest.raises(ReadingError, match="shows no table; unhide the sheet 年报"):
        pages(workbook(fill))


def test_an_empty_workbook_is_named():
    with pytest.raises(ReadingError, match="is a spreadsheet that shows nothing"):
        pages(workbook(lambda book: book.add_worksheet()))


def test_excel_2003_xml_is_read_by_its_cells(extractor: Extractor):
    made = report()
    data = excel_xml_of(made)

    assert kind_of(Content("a.xls", data)) is Kind.EXCEL_XML
    assert_is_read(extractor, page(data, "a.xls"), made)


def test_excel_2003_xml_shows_formats_and_merged_cells():
    rows = (
        '<Row><Cell ss:MergeDown="1"><Data ss:Type="String">（三）不予公开</Data></Cell>'
        '<Cell><Data ss:Type="String">1.国家秘密</Data></Cell>'
        '<Cell ss:StyleID="d"><Data ss:Type="Number">3</Data></Cell>'
        '<Cell><Data ss:Type="Error">#REF!</Data></Cell></Row><Row><Cell ss:Index="2"><Data'
        ' ss:Type="String">2.其他</Data></Cell><Cell><Data ss:Type="Number">4</Data></Cell><Cell/></Row>'
        '<Row ss:Hidden="1"><Cell><Data ss:Type="String">草稿</Data></Cell></Row>'
    )

    assert page(excel_xml(rows)).text == "（三）不予公开\t1.国家秘密\t3件\t[图]\n2.其他\t4\t\n"


@pytest.mark.parametrize(
    ("to", "kind"), [("xls:MS Excel 97", Kind.OFFICE), ("ods", Kind.ODF), ("fods", Kind.ODF)]
)
def test_libreoffice_s_workbooks_are_read_alike(extractor: Extractor, tmp_path: Path, to: str, kind: Kind):
    made = report()
    data = converted(book_of(made, ruled=True), ".xlsx", to, tmp_path)

    assert kind_of(Content("a", data)) is kind
    assert_is_read(extractor, page(data, "a"), made)


def test_an_xls_workbook_shows_formats_and_no_hidden_columns(tmp_path: Path):
    def fill(book: Any) -> None:
        sheet = book.add_worksheet()
        write_rows(sheet, [["信息内容", "旧", "本年", "现行"], ["规章", "1", "2", "3"]], 0)
        sheet.write(1, 2, 2, book.add_format({"num_format": '0"件"'}))
        sheet.write(1, 3, 14.495, book.add_format({"num_format": "0.0"}))
        sheet.set_column(1, 1, None, None, {"hidden": True})

    data = converted(workbook(fill), ".xlsx", "xls:MS Excel 97", tmp_path)

    assert page(data, "a.xls").text == "信息内容\t本年\t现行\n规章\t2件\t14.5[隐]\n"


def test_what_calamine_reads_of_an_xlsb_is_laid_out_alike(extractor: Extractor):
    pytest.importorskip("python_calamine")
    made = report()

    (read,) = xlsb.read(Content("a.xlsb", book_of(made)), Options())  # calamine takes either

    assert_is_read(extractor, read, made)


def test_without_calamine_an_xlsb_names_the_extra(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "python_calamine", None)

    with pytest.raises(ReadingError, match=r"needs python_calamine.*pip install 'gouji\[xlsb\]'"):
        list(xlsb.read(Content("a.xlsb", book_of(report())), Options()))


def test_a_workbook_that_excel_saved_as_one_web_page_is_its_sheets(extractor: Extractor):
    made = report()
    parts = {
        "a.htm": '<html><frameset><frame src="a.files/sheet001.htm"></frameset></html>',
        "a.files/sheet001.htm": html_page(html_tables(made)),
        "a.files/tabstrip.htm": "<html><table><tr><td><a href='sheet001.htm'>Sheet1</a></table></html>",
    }
    head = 'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="=_Next"\r\n\r\n'
    kind = 'Content-Transfer-Encoding: 8bit\r\nContent-Type: text/html; charset="utf-8"'
    saved = "".join(
        f"--=_Next\r\nContent-Location: file:///C:/{name}\r\n{kind}\r\n\r\n{html}\r\n"
        for name, html in parts.items()
    )

    assert_is_read(extractor, page(f"{head}{saved}--=_Next--\r\n".encode(), "年报.xls"), made)


@pytest.mark.parametrize("name", ["年报.xls", "年报.doc"])
def test_html_that_is_called_a_workbook_or_a_document_is_read(extractor: Extractor, name: str):
    made = report()
    office = '<html xmlns:x="urn:schemas-microsoft-com:office:excel">'
    data = html_page(html_tables(made)).replace("<html>", office).encode()

    assert_is_read(extractor, page(data, name), made)
