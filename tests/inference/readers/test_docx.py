"""DOCX goes the way of text: cells merged, nested and in boxes; what is deleted or hidden is not there."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from gouji.inference.extraction import State, Status
from gouji.inference.extractor import Extractor
from gouji.inference.readers import Content, Options, document_pages
from gouji.inference.reading import ReadingError
from gouji.model.page import Page

from .made import Report, docx_cell, docx_file, docx_paragraph, docx_report, docx_table, report

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # begins the containers of Office 97
FIXTURES = Path(__file__).parent / "fixtures"


def page(data: bytes, name: str = "a.docx") -> Page:
    (only,) = document_pages(Content(name, data), Options())
    return only


def body(made: Report) -> str:
    return "".join(docx_paragraph(heading) + docx_table(rows) for heading, rows in made.tables())


def assert_is_read(extractor: Extractor, read: Page, made: Report) -> None:
    extraction = extractor.extract(read)
    assert {cell.key: cell.value for cell in extraction.cells} == made.values
    assert all(cell.state is State.BLANK for cell in extraction.cells if made.values[cell.key] is None)
    assert extraction.status is Status.VERIFIED
    assert all(c.start is None or read.text[c.start : c.end] == c.raw for c in extraction.cells)


def test_a_report_is_read_by_its_cells(extractor: Extractor):
    made = report()

    assert_is_read(extractor, page(docx_report(made)), made)


def test_a_merged_cell_is_printed_once():
    merged = "".join(
        f"<w:tr>{docx_cell(docx_paragraph(group), vertical)}{docx_cell(docx_paragraph(label), across)}</w:tr>"
        for group, vertical, label, across in (
            ("（三）不予公开", '<w:vMerge w:val="restart"/>', "1.属于国家秘密", '<w:gridSpan w:val="2"/>'),
            ("", "<w:vMerge/>", "2.其他", '<w:gridSpan w:val="2"/>'),
        )
    )

    assert page(docx_file(f"<w:tbl>{merged}</w:tbl>")).text == "（三）不予公开\t1.属于国家秘密\n2.其他\n"


def test_a_table_in_a_cell_of_another_is_read_by_its_own_cells(extractor: Extractor):
    made = report()
    outer = f"<w:tbl><w:tr>{docx_cell(body(made) + docx_paragraph(''))}</w:tr></w:tbl>"

    assert_is_read(extractor, page(docx_file(docx_paragraph(made.title) + outer)), made)


def test_a_text_box_is_read_once(extractor: Extractor):
    made = report()
    box = f"<w:txbxContent>{body(made)}</w:txbxContent>"
    both = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
        f"<mc:Choice><w:drawing>{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )

    assert_is_read(extractor, page(docx_file(f"{docx_paragraph(made.title)}<w:p>{both}</w:p>")), made)


def test_rows_and_cells_in_content_controls_are_read():
    row = f"<w:tr><w:sdt><w:sdtContent>{docx_cell(docx_paragraph('规章'))}</w:sdtContent></w:sdt></w:tr>"
    table = f"<w:tbl><w:sdt><w:sdtContent>{row}</w:sdtContent></w:sdt></w:tbl>"

    assert "规章" in page(docx_file(table + docx_table([["1", "2", "3"]]))).text


def test_what_was_deleted_or_is_hidden_is_not_there_and_what_was_inserted_is():
    runs = (
        "<w:r><w:t>1</w:t></w:r><w:del><w:r><w:delText>2</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>3</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>4</w:t></w:r>"
        '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>5</w:t></w:r>'
    )
    table = f"<w:tbl><w:tr>{docx_cell(f'<w:p>{runs}</w:p>')}{docx_cell(docx_paragraph(''))}</w:tr></w:tbl>"

    assert page(docx_file(table)).text == "13[注]\t\n"


def test_a_picture_in_a_cell_is_no_blank(extractor: Extractor):
    made = report()
    shown = body(made).replace("<w:t>4</w:t>", "<w:drawing/>", 1)

    cells = {cell.key: cell for cell in extractor.extract(page(docx_file(shown))).cells}

    assert cells["disclosure/regulations/issued"].state is State.AMBIGUOUS


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (docx_file(docx_paragraph("本年无数据。")), "is a DOCX document without tables; give the document"),
        (docx_file("<w:p><w:r><w:drawing/></w:r></w:p>"), "without tables; 1 pictures.*OCR"),
        (docx_report(report())[:-900], "ZIP archive that is cut off or damaged"),
        (
            docx_report(report()).replace(b"word/document.xml", b"word/doc_ment.xml"),
            "without word/document.xml",
        ),
        (
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
            "protected by a password",
        ),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"), "is a spreadsheet"),
    ],
)
def test_a_bad_document_is_named_with_a_remedy(data: bytes, message: str):
    with pytest.raises(ReadingError, match=message) as refusal:
        page(data)

    assert str(refusal.value).startswith("a.docx: ")


def test_an_old_document_is_read_through_libreoffice(extractor: Extractor):
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")

    assert_is_read(extractor, page((FIXTURES / "report.doc").read_bytes(), "a.doc"), report())


def test_an_old_document_without_libreoffice_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shutil, "which", lambda _: None)

    with pytest.raises(ReadingError, match=r"LibreOffice is not installed; install it .* or save"):
        page(b"{\\rtf1 }", "a.rtf")


def test_what_libreoffice_cannot_read_is_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(shutil, "which", lambda name: name)
    failed = subprocess.CompletedProcess([], 1, b"", b"source file could not be loaded")
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: failed)

    with pytest.raises(ReadingError, match=r"LibreOffice cannot read it .source file could not be loaded"):
        page(b"{\\rtf1 }", "a.rtf")
