"""OpenDocument texts are read by their paragraphs and cells, without LibreOffice."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

import pytest

from gouji.inference.extraction import State, Status
from gouji.inference.extractor import Extractor
from gouji.inference.readers import Content, Options, document_pages
from gouji.inference.reading import ReadingError

from .made import report

_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for name in ("office", "text", "table", "style", "draw")
)
_FO = 'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'


def odf(body: str, styles: str = "", manifest: str = "<m/>") -> bytes:
    """An OpenDocument file by what stands in its body."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content(body, styles))
    return held.getvalue()


def content(body: str, styles: str = "", root: str = "document-content") -> str:
    return (
        f"<office:{root} {_SPACES} {_FO}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body>{body}</office:body></office:{root}>"
    )


def text(*blocks: str) -> str:
    return f"<office:text>{''.join(blocks)}</office:text>"


def paragraph(inside: str) -> str:
    return f"<text:p>{inside}</text:p>"


def table(rows: list[list[str]]) -> str:
    made = "".join(
        f"<table:table-row>{''.join(cell(paragraph(escape(each))) for each in row)}</table:table-row>"
        for row in rows
    )
    return f'<table:table table:name="t">{made}</table:table>'


def cell(inside: str, attributes: str = "") -> str:
    return f"<table:table-cell {attributes}>{inside}</table:table-cell>"


def text_of(body: str, styles: str = "") -> str:
    (page,) = document_pages(Content("a.odt", odf(body, styles)), Options())
    return page.text


@pytest.mark.parametrize("flat", [False, True], ids=["packed", "flat"])
def test_a_text_is_read_by_its_cells(extractor: Extractor, flat: bool):
    made = report()
    body = text(paragraph(made.title), *(paragraph(h) + table(rows) for h, rows in made.tables()))
    data = ('<?xml version="1.0"?>' + content(body, root="document")).encode() if flat else odf(body)

    (page,) = document_pages(Content("a", data), Options())

    extraction = extractor.extract(page)
    assert {each.key: each.value for each in extraction.cells} == made.values
    assert all(each.state is State.BLANK for each in extraction.cells if made.values[each.key] is None)
    assert extraction.status is Status.VERIFIED
    assert all(c.start is None or page.text[c.start : c.end] == c.raw for c in extraction.cells)


def row(*cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{''.join(cells)}</table:table-row>"


def style(name: str, properties: str) -> str:
    """A style of characters."""
    return (
        f'<style:style style:name="{name}" style:family="text"><style:text-properties {properties}/>'
        "</style:style>"
    )


def styled(name: str, printed: str) -> str:
    return f'<text:span text:style-name="{name}">{printed}</text:span>'


def test_a_merged_cell_is_printed_once():
    rows = (
        row(cell(paragraph("（三）"), 'table:number-rows-spanned="2"'), cell(paragraph("1."))),
        row("<table:covered-table-cell/>", cell(paragraph("2."))),
    )

    assert text_of(text(f"<table:table>{''.join(rows)}</table:table>")) == "（三）\t1.\n2.\n"


def test_what_a_cell_shows_that_is_no_text_is_marked():
    styles = (
        style("S", 'style:text-line-through-style="solid"'),
        style("R", 'style:text-position="super 58%"'),
        style("H", 'text:display="none"'),
    )
    cells = (
        "规章",
        styled("S", "3"),
        "12" + styled("R", "2"),
        "7<text:note><text:note-citation>1</text:note-citation><text:note-body/></text:note>",
        "<draw:frame><draw:image/></draw:frame>",
        "8" + styled("H", "9"),
    )
    rows = row(*(cell(paragraph(each)) for each in cells))

    shown = text_of(text(f"<table:table>{rows}</table:table>"), "".join(styles))

    assert shown == "规章\t[删]\t12[注]\t7[注]\t[图]\t8\n"


def test_what_a_reviewer_deleted_and_hidden_rows_are_not_there():
    deleted = f"<text:changed-region><text:deletion>{paragraph('旧')}</text:deletion></text:changed-region>"
    rows = row(cell(paragraph("规章")), cell(paragraph("3")))
    rows += row(cell(paragraph("草稿")), cell(paragraph("3")), attributes='table:visibility="collapse"')

    shown = text_of(
        text(f"<text:tracked-changes>{deleted}</text:tracked-changes>", f"<table:table>{rows}</table:table>")
    )

    assert shown == "规章\t3\n"


def test_a_sheet_s_cells_show_their_text_and_what_is_rounded_is_marked():
    cells = (
        cell(paragraph("规章"), 'office:value-type="string"')
        + cell(paragraph("3件"), 'office:value-type="float" office:value="3"')
        + cell(paragraph("14.5"), 'office:value-type="float" office:value="14.495"')
        + cell(paragraph("1,234"), 'office:value-type="float" office:value="1234"')
        + cell("", 'office:value-type="float" office:value="9"')
        + cell("", 'table:number-columns-repeated="1000"')
    )
    sheet = f'<table:table table:name="a">{row(cells)}</table:table>'

    shown = text_of(f"<office:spreadsheet>{sheet}</office:spreadsheet>")

    assert shown == "规章\t3件\t14.5[隐]\t1,234\t[图]\n"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (odf(text(paragraph("<draw:frame><draw:image/></draw:frame>"))), "of 1 pictures without text.*OCR"),
        (odf("<office:drawing/>"), "of the kind drawing; give the report itself"),
        (odf(text(), manifest="<m><encryption-data/></m>"), "protected by a password"),
        (odf(text()), "shows no text"),
        (
            b'<?xml version="1.0"?>' + content("<a>").encode()[:-9].replace(b"document-content", b"document"),
            "damaged",
        ),
    ],
)
def test_what_is_no_page_is_named_with_a_remedy(data: bytes, message: str):
    with pytest.raises(ReadingError, match=message):
        document_pages(Content("a.odt", data), Options())
