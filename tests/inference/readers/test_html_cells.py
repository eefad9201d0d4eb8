"""A cell of HTML says what a browser would show in it: its number, or that it is not surely one."""

from __future__ import annotations

import re

import pytest

from gouji.inference.extraction import Cell, State
from gouji.inference.extractor import Extractor
from gouji.inference.readers import Content, Options, document_pages

from .made import html_page, html_tables, report

KEY = "applications/granted/business"
MADE = report(applications__granted__business="@")
BESIDE = [key for key in MADE.values if key.startswith("applications/granted/") and key != KEY]


def cells(extractor: Extractor, inside: str, style: str = "") -> dict[str, Cell]:
    """The cells of a report one of whose cells holds some markup."""
    head = f'<meta charset="utf-8"><style>{style}</style>'
    html = html_page(html_tables(MADE), head).replace("<td>@</td>", f"<td>{inside}</td>")
    (page,) = document_pages(Content("a.html", html.encode()), Options())
    extraction = extractor.extract(page)
    for cell in extraction.cells:
        assert cell.start is None or page.text[cell.start : cell.end] == cell.raw
    return {cell.key: cell for cell in extraction.cells}


@pytest.mark.parametrize(
    "inside",
    [
        '<input value="12">',
        '<input type="tel" value="12">',
        "<textarea>12</textarea>",
        "<select><option>5</option><option selected>12</option></select>",
        "<button>12</button>",
        "<math><mn>12</mn></math>",
        "<small>12</small>",
        '<a href="#">12</a>',
        '<div class="share"><a>12</a></div>',
        "12<sup>*</sup>",
        "12①",
        "共12件",
        "<!-- 5 -->1<!-- 7 -->2",
        '<span style="display:inline-block; width:0; overflow:hidden">9</span>12',
        '<span style="width:0; overflow:hidden">1</span>2',
        '<span style="left:-9999px">1</span>2',
        '<span style="font-size:0">9</span>12',
        '<span style="position:absolute; left:-9999px">9</span>12',
        "<span hidden>9</span>12",
    ],
)
def test_the_number_that_a_cell_shows_is_read(extractor: Extractor, inside: str):
    cell = cells(extractor, inside)[KEY]

    assert (cell.state, cell.value) == (State.READ, 12)


@pytest.mark.parametrize(
    "inside",
    [
        '<img src="12.png">',
        '12<img src="5.png">',
        '<i class="num-5"></i>',
        '<span style="background: url(5.png)"></span>',
        "<canvas></canvas>",
        '<iframe src="a"></iframe>',
        "<meter value=12></meter>",
        "<script>document.write(12)</script>",
        '<span v-text="row.count"></span>',
        "{{ row.count }}",
        "<input>",
        '<input placeholder="12">',
        "<input type=checkbox>",
        "<select><option>12</option></select>",
        "12<sup>1</sup>",
        "<sup>12</sup>",
        '12<span style="vertical-align: super">1</span>',
        '12<span class="footnote">1</span>',
        '12<a href="#_ftn1">1</a>',
        '<a href="#n1">1</a>',
        "<ruby>12<rt>5</rt></ruby>",
        "<s>9</s>",
        '<span style="text-decoration: line-through">9</span>12',
        '<span class="sr-only">9</span>12',
        '<div class="hidden">12</div>',
        "1½",
        "含上年12件",
        "####",
        "√",
        '<div style="font-size: 0"><span style="font-size: 14px">12</span></div>',
        '<div style="visibility: hidden"><b style="visibility: visible">12</b></div>',
        '<span style="opacity: 0">12</span>',
        '<span style="display: inline-block; transform: scale(0)">9</span>12',
    ],
)
def test_a_cell_that_does_not_show_one_number_alone_is_open_and_no_other(extractor: Extractor, inside: str):
    found = cells(extractor, inside)

    assert found[KEY].state is State.AMBIGUOUS
    assert {key: found[key].value for key in BESIDE} == {key: MADE.values[key] for key in BESIDE}
    assert all(found[key].state in (State.READ, State.BLANK) for key in BESIDE)


@pytest.mark.parametrize("element", ["small", 'a href="#"'])
def test_two_lines_of_print_that_may_be_a_notes_are_not_one_number(extractor: Extractor, element: str):
    found = cells(extractor, f"<{element}>1<br>2</{element.split()[0]}>")

    assert found[KEY].state is State.AMBIGUOUS


@pytest.mark.parametrize(
    ("inside", "style", "value"),
    [
        ("<b class=a>9</b>12", "b.a {display: none}", 12),
        ("<b class=a>9</b>12", "<!-- p {margin: 0} .a {visibility: hidden} -->", 12),
        ("<b class=a>9</b>12", "@media (min-width: 800px) {.a {display: none}}", 12),
        ("<b class=a>1</b>2", "@media print {.a {display: none}}", 12),
        ("<b class=a>1</b>2", "@media (max-width: 800px) {.a {display: none}}", 12),
        ('<b class="a on">1</b>2', ".a {display: none} .a.on {display: inline}", 12),
        ('<b class="a" style="display: inline">1</b>2', ".a {display: none}", 12),
        ('<b class="a" style="display: inline">9</b>12', ".a {display: none !important}", 12),
        ("<b class=a>1</b>2", ".a:hover {display: none}", 12),
        ("<b class=a>9</b>12", "@media screen, print {.a {display: none}}", 12),
        ("<b class=a>9</b>12", "@media (min-width: 40em) {.a {display: none}}", 12),
        ("<b class=a>1</b>2", "@media (max-width: 40em) {.a {display: none}}", 12),
        ("<b class=a>1</b>2", "@media (width <= 600px) {.a {display: none}}", 12),
        ("<b class=a>1</b>2", "@media handheld {.a {display: none}}", 12),
        ("<b class=a>1</b>2", "@media print {@supports (color: red) {p {margin: 0} .a {display: none}}}", 12),
        ("<b class=a>1</b>2", ":not(.b, .a) i {display: none} b :not(.c, .a) {display: none}", 12),
        ("<b class=a>9</b><b>12</b>", "td b:first-of-type {display: none}", 12),
        ('<b class="m:a">9</b>12', r".m\:a {display: none}", 12),
        ('<b class="a">1</b>2', '.b::before {content: "{"} .c {display: none} .a {margin: 0}', 12),
    ],
)
def test_the_style_of_the_page_says_what_is_seen(extractor: Extractor, inside: str, style: str, value: int):
    assert cells(extractor, inside, style)[KEY].value == value


@pytest.mark.parametrize(
    "style",
    [
        "@media (hover: none) {.a {display: none}}",
        "@media (max-height: 400px) {.a {visibility: hidden}}",
        "@supports not (display: grid) {.a {display: none}}",
        ".a {display: none} @media (hover: hover) {.a {display: inline}}",
    ],
)
def test_what_a_style_may_hide_or_not_is_neither_a_blank_nor_a_number(extractor: Extractor, style: str):
    assert cells(extractor, "<b class=a>12</b>", style)[KEY].state is State.AMBIGUOUS
    assert cells(extractor, "<b class=a>9</b>12", style)[KEY].state is State.AMBIGUOUS


@pytest.mark.parametrize("attribute", ["media=print", "media='(max-width: 600px)'", "type=text/less"])
def test_a_sheet_for_something_else_hides_nothing(extractor: Extractor, attribute: str):
    found = cells(extractor, f"<style {attribute}>.a {{display: none}}</style><b class=a>1</b>2")

    assert found[KEY].value == 12


def test_a_number_that_a_style_draws_is_no_blank(extractor: Extractor):
    drawn = cells(extractor, "<b class=a></b>", '.a::before {content: "12"}')

    assert drawn[KEY].state is State.AMBIGUOUS


@pytest.mark.parametrize(
    ("inside", "style"),
    [
        ("<b class=a>12</b>", '.a::before {content: "-"}'),
        ("<b class=a>12</b>", r".a::before {content: '\2212'}"),
        ("<p class=a>12</p>", '.a::after {content: "0"}'),
        ('1<b style="position: relative; top: -6px; font-size: 8pt">2</b>', ""),
        ('1<b style="position: relative; top: -4.5pt; mso-text-raise: 4.5pt">2</b>', ""),
        ('1<b style="position: relative; bottom: 0.4em">2</b>', ""),
        ("<ol start=12><li></li></ol>", ""),
        ("<ol start=5><li>12</li></ol>", ""),
        ("<ol class=a><li></li></ol>", "ol {list-style: none} ol.a {list-style-type: decimal}"),
        ("<bdo dir=rtl>12</bdo>", ""),
        ('<span dir="RTL">12-</span>', ""),
        ('<p style="unicode-bidi: bidi-override; direction: rtl">12</p>', ""),
        ('<b style="float: right">1</b>2', ""),
        ('<p style="display: flex"><b style="order: 2">1</b><b style="order: 1">2</b></p>', ""),
        ("<p class=a><b>1</b><b>2</b></p>", ".a {display: flex; flex-direction: row-reverse}"),
        ("<p class=a>1<b>2</b></p>", ".a {display: flex; flex-flow: row-reverse wrap}"),
        ('<b style="position: relative; left: 1em">1</b>2', ""),
        ('<b style="display: inline-block; transform: scaleX(-1)">12</b>', ""),
    ],
)
def test_figures_that_a_browser_shows_in_another_way_than_they_are_written_are_open(
    extractor: Extractor, inside: str, style: str
):
    assert cells(extractor, inside, style)[KEY].state is State.AMBIGUOUS


@pytest.mark.parametrize(
    ("inside", "style"),
    [
        ("<p class=a>12</p>", r".a::after {content: '.'; visibility: hidden} .a::before {content: '\a0'}"),
        ("<b class=a>12</b>", '.a::before {content: ""}'),
        ('<b style="position: relative; top: -6px">12</b>', ""),
        ('1<b style="position: relative; top: 1px; mso-text-raise: .5pt">2</b>', ""),
        ("<ul><li>12</li></ul>", ""),
        ("<ol><li>12</li></ol>", "ol, ul {list-style: none}"),
        ('<bdo dir="ltr">12</bdo>', ""),
        ("<span dir=rtl>12</span>", ""),
        ('<b style="float: right">12</b>', ""),
        ('<p style="display: flex; flex-direction: row-reverse"><b>12</b></p>', ""),
    ],
)
def test_what_moves_a_whole_number_leaves_it_as_it_is(extractor: Extractor, inside: str, style: str):
    cell = cells(extractor, inside, style)[KEY]

    assert (cell.state, cell.value) == (State.READ, 12)


def test_a_label_is_its_words_wherever_its_pieces_stand(extractor: Extractor):
    label = '<b style="position: relative; top: -6px">（一）</b>予以<b style="float: right">公开</b>'
    html = html_page(html_tables(MADE)).replace("（一）予以公开", f"<ol><li>{label}</li></ol>")

    (page,) = document_pages(Content("a.html", html.encode()), Options())

    assert "\n（一）予以公开\t" in page.text


@pytest.mark.parametrize(
    "inside", ["", "&nbsp;", "<br>", '<img src="a.gif" width=1 height=9>', '<input value="">']
)
def test_a_cell_that_shows_nothing_is_blank(extractor: Extractor, inside: str):
    assert cells(extractor, inside)[KEY].state is State.BLANK


def test_marks_beside_a_label_leave_it_as_it_is(extractor: Extractor):
    html = html_page(html_tables(MADE)).replace(
        "（一）予以公开", '<img src="a.png">（一）予以公开<sup>1</sup>'
    )

    (page,) = document_pages(Content("a.html", html.encode()), Options())

    assert "\n（一）予以公开\t" in page.text


def test_a_cell_that_is_hidden_keeps_its_place_and_one_that_is_not_there_does_not(extractor: Extractor):
    html = html_tables(MADE).replace(
        "<td>@</td>", '<td style="visibility: hidden">9</td><td class=gone>7</td>'
    )
    page_text = html_page(html, '<meta charset="utf-8"><style>td.gone {display: none}</style>')

    (page,) = document_pages(Content("a.html", page_text.encode()), Options())

    found = {cell.key: cell for cell in extractor.extract(page).cells}
    assert found[KEY].state is State.BLANK
    assert {key: found[key].value for key in BESIDE} == {key: MADE.values[key] for key in BESIDE}


def test_of_a_row_of_a_band_that_begins_with_a_picture_the_other_cells_are_read(extractor: Extractor):
    made = report(review__reconsideration__upheld='<img src="5.png">')

    (page,) = document_pages(Content("a.html", html_page(html_tables(made)).encode()), Options())

    found = {cell.key: cell for cell in extractor.extract(page).cells if cell.key.startswith("review/")}
    first, *others = found
    assert found[first].state is State.AMBIGUOUS
    assert {key: found[key].value for key in others} == {key: made.values[key] for key in others}


def test_how_a_character_is_read_stands_in_brackets_behind_it_and_belongs_to_no_label():
    html = (
        "<p><ruby>政<rp>(</rp><rt>zhèng</rt><rp>)</rp>府<rt>fǔ</rt></ruby></p>"
        "<table><tr><td>规章<td>1<td>2</table>"
    )

    (page,) = document_pages(Content("a.html", html.encode()), Options())

    assert page.text == "政(zhèng)府(fǔ)\n规章\t1\t2\n"


def test_a_number_in_its_labels_cell_leaves_the_row_open(extractor: Extractor):
    html = html_page(html_tables(MADE))
    row = re.search(r"<tr><td>规章</td>(?:<td[^>]*>[^<]*</td>)+</tr>", html)
    assert row is not None
    glued = "<tr><td colspan=2>规章3</td><td>1</td><td>27</td><td></td></tr>"
    (page,) = document_pages(Content("a.html", html.replace(row[0], glued).encode()), Options())

    told = {cell.key: cell.state for cell in extractor.extract(page).cells}

    assert {told[f"disclosure/regulations/{column}"] for column in ("issued", "repealed", "in_force")} == {
        State.AMBIGUOUS
    }
