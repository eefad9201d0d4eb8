"""HTML goes the way of text, and its cells stay what they are: a number, or blank."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from html import escape
from pathlib import Path

import pytest

from gouji.inference.extraction import State, Status
from gouji.inference.extractor import Extractor
from gouji.inference.readers import Content, Options, read
from gouji.inference.readers.registry import pages_of
from gouji.inference.reading import ReadingError
from gouji.inference.result import Extraction
from gouji.model.page import Page

from .made import Report, html_page, html_tables, report

LAST_YEARS = report(first=700)


def pages(html: str | bytes, encoding: str | None = None, charset: str | None = None) -> list[Page]:
    data = html.encode() if isinstance(html, str) else html
    return list(pages_of(Content("a.html", data, charset=charset), Options(encoding)))


def page(html: str | bytes) -> Page:
    (only,) = pages(html)
    return only


def assert_is_read(extractor: Extractor, read: Page, made: Report, status: Status = Status.VERIFIED) -> None:
    extraction = extractor.extract(read)
    assert {cell.key: cell.value for cell in extraction.cells} == made.values
    assert all(cell.state is State.BLANK for cell in extraction.cells if made.values[cell.key] is None)
    assert extraction.status is status
    assert_stands_in(read.text, extraction)


def assert_stands_in(text: str, extraction: Extraction) -> None:
    for found in (*extraction.cells, *extraction.unplaced):
        assert found.start is None or text[found.start : found.end] == found.raw


@pytest.mark.parametrize(
    ("table", "row", "cell"),
    [
        ("table", "tr", "td"),
        ("TABLE BORDER=1", "TR", "TD"),
        ("div", "div", "div"),
        ("div", "ul", "li"),
        ('div class="tb"', 'div class="row"', 'div class="col-3"'),
        ("div role=table", "div role=row", "span role=cell"),
        ("section", "p", 'span style="display: table-cell"'),
    ],
)
def test_a_table_of_any_elements_is_read_by_its_cells(extractor: Extractor, table: str, row: str, cell: str):
    made = report()

    assert_is_read(extractor, page(html_page(html_tables(made, table, row, cell))), made)


@pytest.mark.parametrize(
    "inside",
    [
        "<p>{}</p>",
        "\n <p class=MsoNormal>\n<span>{}</span>\n<o:p></o:p></p>",
        "&nbsp;{}<br>",
        "<b>{}</b>\u200b",
    ],
)
def test_what_wraps_the_print_of_a_cell_is_no_part_of_it(extractor: Extractor, inside: str):
    made = report()
    wrapped = re.sub(r"<td>(.*?)</td>", lambda m: f"<td>{inside.format(m[1])}</td>", html_tables(made))

    assert_is_read(extractor, page(html_page(wrapped)), made)


def test_a_label_broken_in_its_cell_is_one_and_two_numbers_stay_two():
    read = page(html_page("<table><tr><td>本年新<br>公开数量<td>12<p>34<td></table>"))

    assert "本年新公开数量\t12 34\t\n" in read.text


def test_a_cell_of_two_numbers_shifts_none_of_its_row(extractor: Extractor):
    made = report(disclosure__regulations__issued="4 6")  # with a blank in the row: as many numbers as cells

    extraction = extractor.extract(page(html_page(html_tables(made))))

    row = [cell for cell in extraction.cells if cell.key.startswith("disclosure/regulations/")]
    assert {cell.state for cell in row} == {State.AMBIGUOUS}
    assert extraction.status is Status.INCOMPLETE


@pytest.mark.parametrize(
    "printed", ["<s>3</s>4", "4<sup>1</sup>", '<img src="four.png">', "4<img src=x>5", "见附件"]
)
def test_a_cell_that_does_not_print_one_number_is_left_open(extractor: Extractor, printed: str):
    made = report(disclosure__licensing__decisions=printed)

    extraction = extractor.extract(page(html_page(html_tables(made))))

    (cell,) = [cell for cell in extraction.cells if cell.key == "disclosure/licensing/decisions"]
    assert cell.state is State.AMBIGUOUS


def test_a_cell_merged_over_two_rows_leaves_the_lower_row_open(extractor: Extractor):
    made = report(disclosure__regulations__repealed="5")
    merged = html_tables(made).replace("<td>5</td><td></td></tr>", "<td rowspan=2>5</td><td></td></tr>")
    merged = merged.replace("<td>7</td><td>8</td><td></td>", "<td>7</td><td></td>")

    cells = {cell.key: cell for cell in extractor.extract(page(html_page(merged))).cells}

    assert cells["disclosure/regulations/repealed"].value == 5
    assert cells["disclosure/normative_documents/repealed"].state is State.AMBIGUOUS


def test_a_row_of_no_cell_but_its_label_is_not_blank(extractor: Extractor):
    tables = re.sub(r"(<td>行政许可</td>)(<td>[^<]*</td>)+", r"\1", html_tables(report()))

    (page,) = pages(html_page(tables))

    cells = {cell.key: cell for cell in extractor.extract(page).cells}
    assert cells["disclosure/licensing/decisions"].state is State.AMBIGUOUS


def test_a_row_of_another_table_below_a_blank_row_is_not_taken_for_it(extractor: Extractor):
    made = report()
    with_row = html_tables(made).replace(
        "<tr><td>行政强制</td><td></td></tr>",
        "<tr><td>行政强制</td><td></td></tr><tr><td>其中：乡镇</td><td>17</td></tr>",
    )

    assert_is_read(extractor, page(html_page(with_row)), made)


def test_print_that_contradicts_itself_stands_with_its_blanks(extractor: Extractor):
    made = report(applications__received__total="")

    extraction = extractor.extract(page(html_page(html_tables(made))))

    cells = {cell.key: cell for cell in extraction.cells}
    assert cells["applications/received/total"].state is State.BLANK
    assert extraction.status is Status.CONTRADICTED


def test_a_table_that_lays_the_page_out_is_none(extractor: Extractor):
    made = report()
    within = (
        f"<table><tr><td><ul><li>首页<li>年报</ul></td><td><table><tr><td>{html_tables(made)}</table></table>"
    )

    assert_is_read(extractor, page(html_page(within)), made)


def test_what_a_page_does_not_show_is_left_out():
    read = page(
        html_page(
            "<script>var a='1';</script><div class=nav><a>首页</a><a>政务</a></div>"
            "<p style='display:none'>2</p><p hidden>3</p><p class=m>4</p><p>正文</p>",
            head="<meta charset=utf-8><style>.m, #x {display: none} @media print {p {display:none}}</style>",
        )
    )

    assert "正文" in read.text
    assert not set("1234") & set(read.text.replace("2022", ""))
    assert "首页" not in read.text


def test_hidden_tables_are_read_where_a_page_shows_none(extractor: Extractor):
    made = report()

    assert_is_read(extractor, page(html_page(f"<div style='display:none'>{html_tables(made)}</div>")), made)


@pytest.mark.parametrize(
    "script",
    [
        lambda body: f"<script>window.__DATA__ = {json.dumps({'content': body})}</script>",
        lambda body: (
            "<script>var d = " + json.dumps(json.dumps([body])).replace("<", "\\u003c") + "</script>"
        ),
        lambda body: f"<script>show('{body}')</script>".replace("</", "<\\/").replace(
            "<\\/script", "</script"
        ),
        lambda body: f"<script>var d = {json.dumps({'c': escape(body)})}</script>",
        lambda body: f"<textarea style='display:none'>{escape(body)}</textarea>",
    ],
    ids=["json", "json in a string", "a string", "entities", "textarea"],
)
def test_content_in_a_scripts_string_is_read_where_the_page_shows_no_table(extractor: Extractor, script):
    made = report()

    assert_is_read(extractor, page(html_page(script(html_tables(made)))), made)


def test_several_reports_on_a_page_are_parts_of_one_text(extractor: Extractor):
    first, second = report(), report("青溪市水务局2023年政府信息公开工作年度报告", first=500)
    both = "".join(f"<h1>{made.title}</h1>{html_tables(made)}" for made in (first, second))

    read = pages(f"<meta charset=utf-8><body>{both}")

    assert [part.part.number for part in read if part.part] == [1, 2]
    assert read[0].text == read[1].text
    for part, made, year in zip(read, (first, second), (2022, 2023), strict=True):
        assert_is_read(extractor, part, made)
        assert extractor.extract(part).year == year
        assert extractor.extract(part).to_record()["part"] == year - 2021


def test_each_copy_of_a_table_is_a_part(extractor: Extractor):
    made = report()
    twice = re.sub("(<table>.*?</table>)", r"\1<p>打印版</p>\1", html_tables(made))

    first, second = pages(html_page(twice))

    assert_is_read(extractor, first, made)
    assert_is_read(extractor, second, made)
    starts = [extractor.extract(part).cells[0].start or 0 for part in (first, second)]
    assert starts[0] < starts[1]


def test_tables_of_two_reports_are_never_put_together(extractor: Extractor):
    old, new = report(first=700), report()
    review = re.findall("<table>.*?</table>", html_tables(old))[2]

    read = pages(html_page(f"<p>上年度：</p>{review}{html_tables(new)}"))

    assert [extractor.extract(part).status for part in read] == [Status.INCOMPLETE, Status.VERIFIED]
    assert_is_read(extractor, read[1], new)


def _of_two_years(lines: Sequence[str], *, first: bool = False) -> str:
    """A report with last year's tables before or behind its own, a line above each."""
    tables = re.compile("<p>(.*?)</p>(<table>.*?</table>)")
    sections = []
    for (heading, old), (_, new) in zip(
        tables.findall(html_tables(LAST_YEARS)), tables.findall(html_tables(report())), strict=True
    ):
        one, other = (old, new) if first else (new, old)
        sections.append(f"<p>{heading}</p><p>{lines[0]}</p>{one}<p>{lines[1]}</p>{other}")
    return html_page("".join(sections), title="白云县2023年政府信息公开工作年度报告")


@pytest.mark.parametrize(
    ("lines", "first"),
    [
        (("2022年：", "2023年："), True),
        (("二〇二二年度", "二〇二三年度"), True),
        (("", "附：上年度情况（单位：件）"), False),
        (("本年情况", "去年情况"), False),
    ],
)
def test_of_tables_of_two_years_those_of_the_reports_year_are_its_own(
    extractor: Extractor, lines: Sequence[str], first: bool
):
    read = pages(_of_two_years(lines, first=first))

    assert len(read) == 2
    assert_is_read(extractor, read[0], report())
    last_years = extractor.extract(read[1])
    assert last_years.year is None
    assert all(cell.value in (None, LAST_YEARS.values.get(cell.key)) for cell in last_years.cells)


def test_tables_of_two_years_that_no_line_names_leave_their_cells_open(extractor: Extractor):
    read = pages(_of_two_years(("", "")))

    found = extractor.extract(read[0])
    assert len(found.cells) == len(report().values)
    assert not any(cell.value for cell in found.cells)
    assert all(extractor.extract(part).year is None for part in read[1:])


def test_a_summary_of_two_years_is_no_copy_of_the_table_below_it(extractor: Extractor):
    made = report()
    years = ("指标", "2022年", "2023年"), ("规章", "3", "5"), ("规范性文件", "2", "7"), ("行政许可", "8", "9")
    summary = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in years)

    (read,) = pages(html_page(f"<table>{summary}</table>" + html_tables(made)))

    assert_is_read(extractor, read, made)


def test_a_table_cut_in_two_with_its_head_repeated_is_one(extractor: Extractor):
    made = report()
    head = "<tr><td>申请人情况" + html_tables(made).split("<tr><td>申请人情况")[1].split("</tr>")[0] + "</tr>"
    cut = html_tables(made).replace("<tr><td>（七）总计", f"</table><table>{head}<tr><td>（七）总计")

    assert_is_read(extractor, page(html_page(cut)), made)


TEXT = "青溪市水务局政府信息公开年报" * 20


@pytest.mark.parametrize(
    "data",
    [
        f'<meta charset="gb2312"><p>{TEXT}㐂'.encode("gb18030"),
        f"<p>{TEXT}".encode("gb18030"),
        f'<meta http-equiv=content-type content="text/html; charset=gbk"><p>{TEXT}'.encode(),
        f"<meta charset=iso-8859-1><p>{TEXT}".encode("gb18030"),
        f'<!-- <meta charset="big5"> --><p>{TEXT}'.encode("gb18030"),
        f"<html><p>{TEXT}".encode("utf-8-sig"),
        f"<html><p>{TEXT}".encode("utf-16"),
    ],
)
def test_a_page_is_decoded_as_browsers_do_or_better(data: bytes):
    assert TEXT in page(data).text


def test_what_came_with_a_file_names_its_encoding():
    (read,) = pages("<p>政府資訊公開年報".encode("big5"), charset="big5")

    assert read.text == "政府資訊公開年報\n"


def test_a_character_cut_in_a_menu_does_not_cost_the_page():
    data = f"<meta charset=gbk><p>{TEXT * 3}<p>".encode("gb18030") + "首页".encode("gb18030")[:3] + b"<p>1"

    assert page(data).text.endswith("首\ufffd\n1\n")


@pytest.mark.parametrize(
    ("html", "message"),
    [
        (
            "<title>404</title><h1>抱歉，您访问的页面不存在</h1>",
            "is an error page, no report; fetch it again",
        ),
        ("<h1>502 Bad Gateway</h1>", "is an error page"),
        (
            "<p>用户登录</p><input type=password>",
            "is a login page, no report; fetch the report with a session",
        ),
        ("<body><p>请登录后查看</p>", "is a login page"),
        ("<p>请启用JavaScript后重试</p>", "a script fills or forwards"),
        ('<meta http-equiv="Refresh" content="0;url=/b.html">', "forwards to /b.html"),
        ("<div id=app></div><script src=a.js></script>", "shows no text; if a script fills it"),
        ("<p>表格</p><table><tr><td></td><td></td></tr></table>", "whose table is empty"),
    ],
)
def test_a_page_in_a_reports_place_is_named_with_a_remedy(html: str, message: str):
    with pytest.raises(ReadingError, match=message) as refusal:
        pages(f"<!DOCTYPE html>{html}")

    assert str(refusal.value).startswith("a.html: ")


def test_a_page_of_two_encodings_is_refused():
    mixed = f"<p>{TEXT}".encode() + TEXT.encode("gb18030")

    with pytest.raises(ReadingError, match=r"more than one encoding.*as utf-8 at byte 843"):
        pages(mixed)


def test_a_page_about_a_login_with_a_report_is_the_report(extractor: Extractor):
    made = report()

    assert_is_read(extractor, page(html_page("<p>用户登录</p>" + html_tables(made))), made)


def test_elements_nested_a_thousand_deep_end():
    read = page("<div>" * 5000 + "深" + "<table><tr><td>" * 400 + "12")

    assert "深" in read.text


def test_a_page_that_cannot_be_read_is_answered_in_its_place():
    (unread,) = read(Content("a.html", b"<!DOCTYPE html><h1>404 Not Found</h1>"), Options())

    assert unread.source == "a.html"
    assert not isinstance(unread, Page)
    assert unread.error.startswith("is an error page")


@pytest.fixture(scope="module")
def devset_pages(devset: Path) -> list[Path]:
    return sorted(p for p in (devset / "pages").iterdir() if p.suffix in (".html", ".docx"))


def test_every_cell_of_the_devsets_documents_is_right(
    extractor: Extractor, devset: Path, devset_pages: list[Path]
):
    settled = 0
    for path in devset_pages:
        truth = json.loads((devset / "truth" / f"{path.name.split('__')[0]}.json").read_text("utf-8"))
        (only,) = pages_of(Content(path.name, path=path), Options())
        extraction = extractor.extract(only)
        found = {cell.key: cell for cell in extraction.cells}
        doubtful = truth.get("doubtful", ())
        assert {k: found[k].value for k in truth["cells"] if k not in doubtful} == {
            k: v for k, v in truth["cells"].items() if k not in doubtful
        }, path.name
        assert all(found[k].state is State.BLANK for k, v in truth["cells"].items() if v is None), path.name
        assert_stands_in(only.text, extraction)
        whole = not truth.get("partial")
        settled += whole and extraction.status in (Status.VERIFIED, Status.CONTRADICTED)
        assert not whole or extraction.status in (Status.VERIFIED, Status.CONTRADICTED), path.name
    assert settled >= 14
