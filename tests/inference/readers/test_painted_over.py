"""Print in the colour of its ground is known as hidden: its cell is open, and says so."""

from __future__ import annotations

import pytest

from gouji.inference.extraction import Cell, State
from gouji.inference.extractor import Extractor
from gouji.inference.readers import Content, Options, document_pages
from gouji.inference.readers.xlsx import read as read_xlsx
from gouji.model.page import Page

from .made import docx_cell, docx_file, docx_paragraph, html_page, html_tables, report
from .made_workbook import workbook

KEY = "applications/granted/business"
MADE = report(applications__granted__business="@")


def html(inside: str, style: str = "", cell: str = "<td>", row: str = "<tr>", body: str = "") -> Page:
    """A report one of whose cells holds some markup; what its row begins with too."""
    page = html_page(html_tables(MADE), f'<meta charset="utf-8"><style>{style}</style>')
    before, _, behind = page.partition("<td>@</td>")
    begin, _, rest = before.rpartition("<tr>")
    whole = f"{begin}{row}{rest}{cell}{inside}</td>{behind}".replace("<body>", f"<body {body}>")
    (only,) = document_pages(Content("a.html", whole.encode()), Options())
    return only


def cell_of(extractor: Extractor, page: Page) -> Cell:
    (cell,) = [cell for cell in extractor.extract(page).cells if cell.key == KEY]
    return cell


@pytest.mark.parametrize(
    "page",
    [
        html('<span style="color:#fff">9</span>12'),
        html('<span style="color: #FFFFFF !important">9</span>12'),
        html('<span style="color:rgb(255, 255, 254)">9</span>12'),
        html('<font color="white">9</font>12'),
        html('<span class="x">9</span>12', style=".x { color: white }"),
        html('<b class="x">9</b>12', style="td .x { color: #eef } td { background: #eef }"),
        html('<span style="background:#000;color:#000">9</span>12'),
        html('<span style="background-color:black">9</span>12'),
        html("12", cell='<td style="color:white">'),
        html("12", cell='<td bgcolor="#ddd" style="color:#ddd">'),
        html("12", row='<tr style="color:white">'),
        html("12", row='<tr bgcolor="#0000ff" style="color:blue">'),
    ],
)
def test_print_of_html_in_the_colour_of_its_ground_opens_its_cell(extractor: Extractor, page: Page):
    cell = cell_of(extractor, page)

    assert cell.state in (State.AMBIGUOUS, State.MISSING)
    assert "[隐]" in page.text


@pytest.mark.parametrize(
    "page",
    [
        html('<span style="color:red">12</span>'),
        html('<span style="color:#333">12</span>'),
        html("12", row='<tr style="background:#00f;color:#fff">'),
        html("12", cell='<td style="background:#00f;color:#fff">'),
        html('<span style="color:#fff">12</span>', cell='<td style="background:url(dark.png)">'),
        html('<span style="color:#fff">12</span>', cell='<td style="background:linear-gradient(#000,#111)">'),
        html('<span style="color:#fff">12</span>', cell='<td style="background:black">'),
        html("12", body='style="color:#fff"'),
        html("12", cell='<td style="color:inherit">'),
        html('<span style="color:red">12</span>', cell='<td style="color:white">'),
    ],
)
def test_print_in_another_colour_is_read(extractor: Extractor, page: Page):
    cell = cell_of(extractor, page)

    assert (cell.value, cell.state) == (12, State.READ)


def docx(run: str, cell: str = "") -> str:
    """The text of a cell of DOCX with a run of some properties."""
    paragraph = docx_paragraph("12").replace("<w:r>", f"<w:r><w:rPr>{run}</w:rPr>")
    rows = f"<w:tr>{docx_cell(docx_paragraph('规章'))}{docx_cell(paragraph, cell)}</w:tr>"
    (page,) = document_pages(Content("a.docx", docx_file(f"<w:tbl>{rows}</w:tbl>")), Options())
    return page.text


@pytest.mark.parametrize(
    ("run", "cell", "hidden"),
    [
        ('<w:color w:val="FFFFFF"/>', "", True),
        ('<w:color w:val="FEFEFE"/>', "", True),
        ('<w:color w:val="4472C4"/>', '<w:shd w:val="clear" w:fill="4472C4"/>', True),
        ('<w:color w:val="000000"/><w:shd w:val="clear" w:fill="000000"/>', "", True),
        ('<w:color w:val="FFFFFF"/>', '<w:shd w:val="clear" w:fill="4472C4"/>', False),
        ('<w:color w:val="FFFFFF"/><w:highlight w:val="black"/>', "", False),
        ('<w:color w:val="auto"/>', '<w:shd w:val="clear" w:fill="000000"/>', False),
        ('<w:color w:val="FF0000"/>', "", False),
    ],
)
def test_a_run_of_docx_in_the_colour_of_its_ground_is_marked(run: str, cell: str, hidden: bool):
    assert ("[隐]" in docx(run, cell)) is hidden


@pytest.mark.parametrize(
    ("look", "hidden"),
    [
        ({"font_color": "white"}, True),
        ({"font_color": "#EEEEFF", "bg_color": "#EEEEFF"}, True),
        ({"font_color": "black", "bg_color": "black"}, True),
        ({"font_color": "white", "bg_color": "#4472C4"}, False),
        ({"bg_color": "#FFFF00"}, False),
        ({"font_color": "red"}, False),
        ({"font_color": "white", "bg_color": "white", "pattern": 4}, False),
    ],
)
def test_a_cell_of_a_workbook_in_the_colour_of_its_ground_is_marked(look: dict[str, object], hidden: bool):
    def fill(book: object) -> None:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["规章", "制发", "废止"])
        sheet.write_string(1, 0, "规章")
        sheet.write_number(1, 1, 12, book.add_format(look))
        sheet.write_number(1, 2, 3)

    (page,) = read_xlsx(Content("a.xlsx", workbook(fill)), Options())

    assert ("[隐]" in page.text) is hidden
