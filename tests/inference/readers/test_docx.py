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

from .made import Report, W, docx_cell, docx_file, docx_paragraph, docx_report, docx_table, report

OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # begins the containers of Office 97
FIXTURES = Path(__file__).parent / "fixtures"


def page(data: bytes, name: str = "a.docx") -> Page:
    (only,) = document_pages(Content(name, data), Options())
    return only


def container(stream: str) -> bytes:
    """As much of an old container as tells what it holds: its head, and an entry of its folder."""
    name = stream.encode("utf-16-le")
    entry = name.ljust(64, b"\0") + (len(name) + 2).to_bytes(2, "little") + b"\x02"
    return OLD.ljust(512, b"\0") + entry.ljust(128, b"\0")


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


def _run(inside: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr>{inside}</w:r>"


_TEXT = "<w:t>12</w:t>"
_NINE = "<w:t>9</w:t>"
_LISTED = '<w:pPr><w:numPr><w:ilvl w:val="{1}"/><w:numId w:val="{0}"/></w:numPr></w:pPr>'
_FORMULA = '<m:oMath xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math">{}</m:oMath>'
_MATHS = "<m:r><m:t>12</m:t></m:r>"
_SILENT = '<w:lvl w:ilvl="{}"><w:numFmt w:val="none"/><w:lvlText w:val="%1"/></w:lvl>'
_NUMBERING = (
    f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="7">'
    '<w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    f'{_SILENT.format(1)}</w:abstractNum><w:abstractNum w:abstractNumId="8">'
    '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="-"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>'
    f'<w:num w:numId="4"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0">{_SILENT.format(0)}'
    '</w:lvlOverride></w:num><w:num w:numId="5"><w:abstractNumId w:val="8"/></w:num></w:numbering>'
)
_FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
_DOUBLED = (
    '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice>{}'
    "</mc:Choice><mc:Fallback>{}</mc:Fallback></mc:AlternateContent>"
)


@pytest.mark.parametrize(
    ("inside", "state"),
    [
        (_run(_TEXT), State.READ),
        (_run("<w:t>1</w:t><w:softHyphen/><w:t>2</w:t>"), State.READ),
        (f'<w:fldSimple w:instr=" =SUM(ABOVE) 9 ">{_run(_TEXT)}</w:fldSimple>', State.READ),
        (
            f"{_FIELD.format('begin')}{_run(_NINE)}{_FIELD.format('separate')}{_run(_TEXT)}{_FIELD.format('end')}",
            State.AMBIGUOUS,  # what stands in a field's code is not shown, but may be
        ),
        (_run(_DOUBLED.format("", _TEXT)), State.READ),
        (_run(_DOUBLED.format(_TEXT, _NINE)), State.READ),
        (_run(_TEXT) + _run('<w:footnoteReference w:id="2"/>'), State.READ),
        (_run(_TEXT) + _run(_NINE, '<w:rStyle w:val="hides"/>'), State.READ),
        (_run(_TEXT) + _run(_NINE, '<w:vertAlign w:val="superscript"/>'), State.AMBIGUOUS),
        (_run(_TEXT) + _run(_NINE, '<w:position w:val="6"/>'), State.AMBIGUOUS),
        (_run(_TEXT) + _run(_NINE, '<w:rStyle w:val="note"/>'), State.AMBIGUOUS),
        (_run(_TEXT) + _run(_NINE, '<w:strike/>'), State.AMBIGUOUS),
        (_run(_NINE, "<w:strike/>"), State.AMBIGUOUS),
        (_run('<w:sym w:font="Wingdings" w:char="F0FE"/>'), State.AMBIGUOUS),
        (_run("<w:object/>"), State.AMBIGUOUS),
        (_run(_TEXT) + _run("<w:drawing/>"), State.AMBIGUOUS),
        (_LISTED.format(3, 0), State.AMBIGUOUS),
        (_LISTED.format(3, 0) + _run(_TEXT), State.AMBIGUOUS),  # "1. 12"
        (_LISTED.format(3, 0) + _run("<w:t>12件</w:t>"), State.AMBIGUOUS),
        (_LISTED.format(3, 1) + _run(_TEXT), State.READ),  # a level that prints nothing
        (_LISTED.format(3, 1), State.BLANK),
        (_LISTED.format(4, 0) + _run(_TEXT), State.READ),  # a list that has that level otherwise
        (_LISTED.format(5, 0) + _run(_TEXT), State.AMBIGUOUS),  # a bullet may be a dash
        (_FORMULA.format(_MATHS), State.READ),
        (_FORMULA.format(f"<m:f><m:num>{_MATHS}</m:num><m:den>{_MATHS}</m:den></m:f>"), State.AMBIGUOUS),
        (
            _FORMULA.format(f"<m:sSup><m:e>{_MATHS}</m:e><m:sup>{_MATHS}</m:sup></m:sSup>"),
            State.AMBIGUOUS,
        ),
        (_FORMULA.format(f"<m:rad><m:deg/><m:e>{_MATHS}</m:e></m:rad>"), State.AMBIGUOUS),
        (f'<w:bdo w:val="rtl">{_run(_TEXT)}</w:bdo>', State.AMBIGUOUS),
        (f'<w:bdo w:val="ltr">{_run(_TEXT)}</w:bdo>', State.READ),
        (_run(_NINE, '<w:sz w:val="2"/>') + _run(_TEXT), State.AMBIGUOUS),
        (_run(_TEXT, '<w:sz w:val="7"/>'), State.READ),
        (_run("<w:t>1</w:t>", '<w:sz w:val="18"/>') + _run("<w:t>2</w:t>"), State.READ),
        (_run(_TEXT) + _run("<w:dayShort/>"), State.AMBIGUOUS),
        ('<w:pPr><w:numPr><w:numId w:val="0"/></w:numPr></w:pPr>', State.BLANK),
        ('<w:pPr><w:pStyle w:val="counted"/></w:pPr>', State.AMBIGUOUS),
        (_run(_TEXT) + _run(f'<w:footnoteReference w:customMarkFollows="1"/>{_NINE}'), State.AMBIGUOUS),
        (_FIELD.format("begin") + _FIELD.format("end"), State.AMBIGUOUS),
        (
            f"<w:ruby><w:rt>{_run(_NINE)}</w:rt><w:rubyBase>{_run(_TEXT)}</w:rubyBase></w:ruby>",
            State.AMBIGUOUS,
        ),
    ],
)  # fmt: skip
def test_a_cell_says_what_a_word_processor_shows_in_it(extractor: Extractor, inside: str, state: State):
    key = "applications/granted/business"
    made = report(applications__granted__business="@")
    shown = body(made).replace(docx_paragraph("@"), f"<w:p>{inside}</w:p>")
    styles = (
        f'<w:styles xmlns:w="{W}"><w:style w:styleId="a1"><w:name w:val="footnote reference"/></w:style>'
        '<w:style w:styleId="note"><w:basedOn w:val="a1"/></w:style>'
        '<w:style w:styleId="list"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="counted"><w:basedOn w:val="list"/></w:style>'
        '<w:style w:styleId="hides"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    )

    parts = {"word/styles.xml": styles, "word/numbering.xml": _NUMBERING}

    found = {c.key: c for c in extractor.extract(page(docx_file(shown, parts))).cells}

    assert found[key].state is state
    assert found[key].value == (12 if state is State.READ else None)
    beside = [other for other in found if other.startswith("applications/granted/") and other != key]
    assert {other: found[other].value for other in beside} == {other: made.values[other] for other in beside}


def test_what_a_list_prints_before_words_leaves_a_label_as_it_is():
    listed = f"<w:p>{_LISTED.format(3, 0)}{_run('<w:t>规章</w:t>')}</w:p>"
    row = f"<w:tr>{docx_cell(listed)}{docx_cell(docx_paragraph('3'))}</w:tr>"

    assert page(docx_file(f"<w:tbl>{row}</w:tbl>")).text == "规章\t3\n"


def test_what_was_deleted_or_hidden_of_a_table_is_not_there():
    deleted = docx_cell(docx_paragraph("9"), "<w:cellDel/>")
    hidden = f"<w:tr><w:trPr><w:hidden/></w:trPr>{docx_cell(docx_paragraph('8'))}</w:tr>"
    row = f"<w:tr>{docx_cell(docx_paragraph('规章'))}{deleted}{docx_cell(docx_paragraph('3'))}</w:tr>"

    assert page(docx_file(f"<w:tbl>{hidden}{row}</w:tbl>")).text == "规章\t3\n"


def test_a_line_set_with_tabs_keeps_them_and_its_cells_are_not_known():
    tab = "<w:r><w:tab/></w:r>"
    line = f"<w:p>{_run('<w:t>规章</w:t>')}{tab}{tab}{_run('<w:t>3</w:t>')}{tab}{_run('<w:t>4</w:t>')}</w:p>"

    read = page(docx_file(line + docx_table([["1", "2"]])))

    assert read.text.splitlines()[0] == "规章\t\t3\t4"
    assert len(read.rows) == 1


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
        (container("EncryptedPackage"), "is a DOCX or XLSX protected by a password"),
        (container("Workbook"), "is an XLS workbook that"),
        (container("PowerPoint Document"), "is a set of slides"),
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
