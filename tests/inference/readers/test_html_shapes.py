"""Tables keep their cells however a page sets them: in lists, pieces, twice, between spacers, in scripts."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from html import escape

import pytest

from gouji.inference.extraction import State, Status
from gouji.inference.extractor import Extractor
from gouji.inference.readers import Content, Options, document_pages
from gouji.inference.reading import ReadingError
from gouji.model.page import Page

from .made import Report, html_page, html_tables, report


def pages(html: str) -> list[Page]:
    return document_pages(Content("a.html", html.encode()), Options())


def assert_is_read(extractor: Extractor, read: Page, made: Report) -> None:
    extraction = extractor.extract(read)
    assert {cell.key: cell.value for cell in extraction.cells} == made.values
    assert all(cell.state is State.BLANK for cell in extraction.cells if made.values[cell.key] is None)
    assert extraction.status is Status.VERIFIED


def test_lists_within_lists_are_rows(extractor: Extractor):
    made = report()
    lists = html_tables(made, "ul", "li", "b").replace("<li>", "<li><ul>").replace("</li>", "</ul></li>")
    lists = lists.replace("<b>", "<li>").replace("</b>", "</li>")

    (read,) = pages(html_page(lists))

    assert_is_read(extractor, read, made)


def test_sections_set_side_by_side_are_cells(extractor: Extractor):
    made = report()
    row = 'section style="display:flex"'

    (read,) = pages(html_page(html_tables(made, "section", row, "section")))

    assert_is_read(extractor, read, made)


def test_a_line_set_with_tabs_keeps_them_and_its_cells_are_not_known():
    (read,) = pages(html_page("<pre>信息内容\t制发件数\t废止件数\n规章\t\t3\n</pre>"))

    assert "\n规章\t\t3\n" in read.text
    assert not read.rows


@pytest.mark.parametrize("spacer", ["{}<td></td></tr>", "{}<td>&nbsp;</td></tr>"])
def test_an_empty_cell_at_the_end_of_every_row_is_none(extractor: Extractor, spacer: str):
    made = report()

    (read,) = pages(html_page(re.sub("</tr>", lambda m: spacer.format(""), html_tables(made))))

    assert_is_read(extractor, read, made)


def test_a_column_that_is_empty_below_its_head_is_no_spacer():
    (read,) = pages(html_page("<table><tr><td>信息内容<td>制发件数<td>废止件数<tr><td>规章<td>2<td></table>"))

    assert "\n规章\t2\t\n" in read.text


def test_figures_with_units_are_no_head_beside_which_a_cell_is_a_spacer():
    (read,) = pages(html_page("<table><tr><td><td>0个<td>3个<tr><td><td>1个<td>2个</table>"))

    assert "\n\t0个\t3个\n" in read.text


def test_a_table_that_an_element_of_notes_lays_out_is_read(extractor: Extractor):
    made = report()

    (read,) = pages(
        html_page(f"<table><tr><td><span class=note>{html_tables(made)}</span></td></tr></table>")
    )

    assert_is_read(extractor, read, made)


def test_page_marks_between_the_pieces_of_a_table_cost_no_cell(extractor: Extractor):
    made = report()
    pieces = html_tables(made).replace("<tr><td>2.", "</table><p>- 3 -</p><table><tr><td>2.")

    (read,) = pages(html_page(pieces))

    assert_is_read(extractor, read, made)


def test_small_tables_are_copied_with_the_large_ones(extractor: Extractor):
    made = report()
    single = html_tables(made).replace("<tr><td>第二十条", "</table><table><tr><td>第二十条")
    twice = re.sub("(<table>.*?</table>)", r"<div class=pc>\1</div><div class=phone>\1</div>", single)

    first, second = pages(html_page(twice))

    assert_is_read(extractor, first, made)
    assert_is_read(extractor, second, made)


_MENU = f"<table>{2 * '<tr><td>首页</td><td>公开</td><td>互动</td></tr>'}</table>"


def _escaped(body: str) -> str:
    """What JavaScript's escape() makes of a text."""
    return "".join(f"%u{ord(c):04X}" if ord(c) > 255 else f"%{ord(c):02X}" for c in body)


def _put_together(body: str, between: str) -> str:
    return between.join(
        json.dumps(body[at : at + 150], ensure_ascii=False) for at in range(0, len(body), 150)
    )


@pytest.mark.parametrize(
    "script",
    [
        lambda body: f"<script>var s = {_put_together(body, ' + ')};</script>",
        lambda body: f"<script>s = '';s += {_put_together(body, ';s += ')};</script>",
        lambda body: f"<script>document.write({_put_together(body, ');document.write(')});</script>",
        lambda body: f"<script type='text/xml'><record><![CDATA[{body}]]></record></script>",
        lambda body: f"<script>var s = {json.dumps(escape(escape(body)))};</script>",
        lambda body: f"<template>{body}</template>",
        lambda body: f'<iframe srcdoc="{escape(body)}"></iframe>',
        lambda body: f'<iframe src="data:text/html;base64,{b64encode(body.encode()).decode()}"></iframe>',
        lambda body: f"<div>{escape(body)}</div>",
        lambda body: f"<table><tr><td>1</td><td>{escape(body)}</td></tr></table>",
        lambda body: f'<div data-content="{escape(body)}"></div>',
        lambda body: f"<script>document.write(unescape('{_escaped(body)}'))</script>",
    ],
    ids=[
        "plus", "added", "written", "cdata", "escaped twice", "template", "frame", "frame's address",
        "escaped", "a source's view", "attribute", "percents",
    ],
)  # fmt: skip
@pytest.mark.parametrize("menu", ["", _MENU], ids=["alone", "beside a menu"])
def test_content_that_a_script_or_an_element_keeps_is_read(extractor: Extractor, script, menu: str):
    made = report()

    (read,) = pages(html_page(menu + script(html_tables(made))))

    assert_is_read(extractor, read, made)


def test_what_a_page_of_frames_shows_to_who_knows_none_is_read(extractor: Extractor):
    made = report()

    (read,) = pages(f"<html><frameset><noframes>{html_tables(made)}</noframes></frameset></html>")

    assert_is_read(extractor, read, made)


def test_what_the_page_shows_is_not_read_once_more_from_where_it_hides_it():
    shown = "二、主动公开<p>规章 本年制发件数 3</p>"

    (read,) = pages(
        html_page(f"{_MENU}{shown}<template><table><tr><td>规章</td><td>制发件数</td><td>4</td></tr></table>")
    )

    assert "4" not in read.text


def test_tables_written_with_marks_are_known_in_a_page_too():
    rows = ["信息内容,本年制发件数,本年废止件数,现行有效件数", "规章,3,1,27", "行政规范性文件,14,,2"]

    (read,) = pages(html_page("".join(f"<p>{row}</p>" for row in rows)))

    assert "行政规范性文件\t14\t\t2" in read.text


def test_a_text_that_a_browser_shows_as_a_page_is_read_as_that_text():
    text = "信息内容,本年制发件数,本年废止件数,现行有效件数\n规章,3,1,27\n行政规范性文件,14,,2\n"

    (read,) = pages(f'<html><head><meta charset="utf-8"></head><body><pre>{escape(text)}</pre></body></html>')

    assert "行政规范性文件\t14\t\t2" in read.text


def test_beside_a_menu_set_as_a_table_it_is_said_where_the_report_is():
    (read,) = pages(
        f'<!DOCTYPE html>{_MENU}<p>2022年政府信息公开工作年度报告</p><a href="P.docx">2022年度报告</a>'
    )

    assert "P.docx" in (read.cause or "")


def test_what_a_script_puts_into_a_cell_leaves_it_open(extractor: Extractor):
    made = report(disclosure__licensing__decisions="@")
    before, after = html_tables(made).split("@")

    (read,) = pages(
        html_page(f"<script>s = {json.dumps(before)} + row.count + {json.dumps(after)};</script>")
    )

    found = {cell.key: cell for cell in extractor.extract(read).cells}
    assert found["disclosure/licensing/decisions"].state is State.AMBIGUOUS
    assert found["disclosure/regulations/issued"].value == made.values["disclosure/regulations/issued"]


@pytest.mark.parametrize(
    ("html", "message"),
    [
        (
            '<h1>年报</h1><iframe src="/a/b.html"></iframe>',
            "shows another in a frame.*fetch that one: /a/b.html",
        ),
        ('<embed src="年报.pdf">', "in a frame.*fetch that one: 年报.pdf"),
        (
            '<p>2022年政府信息公开工作年度报告</p><a href="P02.docx?x=1">2022年度报告</a>',
            "attaches a file.*P02.docx",
        ),
        ("<title>年报</title><div id=app></div>", "shows no text; if a script fills it"),
    ],
)
def test_where_the_report_is_instead_is_said(html: str, message: str):
    with pytest.raises(ReadingError, match=message):
        pages(f"<!DOCTYPE html>{html}")
