"""JSON says by its keys what a page prints by places: that is read, and what it does not tell stays open."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from gouji.inference.extraction import Cell, State
from gouji.inference.extractor import Extractor
from gouji.inference.readers import Content, Kind, Options, Unread, kind_of, read, unpack
from gouji.model.page import Page
from gouji.training.kinds import json_models, json_tools
from gouji.training.kinds.json_report import Made, by_labels, dumped, html_report, records, tab_text

from .json_report import made

REPORT = made("2021", 5)
DISCLOSURE, APPLICATIONS, REVIEW = REPORT.tables()


def opened(data: bytes | str, column: str | None = None) -> list[Page | Unread]:
    """The pages of a file, and what cannot be read, by their order."""
    options = Options(column=column)
    written = data.encode() if isinstance(data, str) else data
    return [
        page
        for content in unpack(Content("a", written), options)
        for page in ([content] if isinstance(content, Unread) else read(content, options))
    ]


def pages(data: bytes | str, column: str | None = None) -> list[Page]:
    held = opened(data, column)
    assert [str(page) for page in held if isinstance(page, Unread)] == []
    return [page for page in held if isinstance(page, Page)]


def fault(data: bytes | str, column: str | None = None) -> str:
    (page,) = opened(data, column)
    assert isinstance(page, Unread)
    return page.error


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def cells_of(extractor: Extractor, data: bytes | str) -> Mapping[str, Cell]:
    (page,) = pages(data)
    return {cell.key: cell for cell in extractor.extract(page).cells}


def wrong(report: Made, cells: Mapping[str, Cell]) -> Iterator[str]:
    """The answered cells that are not what the report says."""
    for key, cell in cells.items():
        if cell.state not in (State.AMBIGUOUS, State.MISSING) and (cell.value or 0) != (
            report.cells.get(key) or 0
        ):
            yield key


# What an answer holds.


def test_several_articles_of_an_answer_are_numbered_pages():
    others = [made("2021", 6), made("2019", 7)]
    answer = {
        "data": {"list": [{"title": each.title, "content": html_report(each)} for each in (REPORT, *others)]}
    }

    found = pages(dumped(answer))

    assert [page.source for page in found] == ["a#1", "a#2", "a#3"]
    assert [
        page.text.startswith(each.title) for page, each in zip(found, (REPORT, *others), strict=True)
    ] == [True] * 3


def test_an_article_as_markup_and_as_text_is_one_page():
    (page,) = pages(dumped({"data": {"plain": tab_text(REPORT), "rich": html_report(REPORT), "msg": "ok"}}))

    assert page.source == "a"
    assert page.rows


def test_a_path_names_the_pages_of_a_list_by_an_index_or_all_of_them():
    answer = dumped({"data": [{"content": "<p>第一篇"}, {"content": "<p>第二篇"}, {"other": 1}]})

    assert [page.text for page in pages(answer, "data.content")] == ["第一篇\n", "第二篇\n"]
    assert [page.text for page in pages(answer, "data.1.content")] == ["第二篇\n"]
    assert [page.text for page in pages(dumped({"a.b": {"c": "<p>一"}}), "a.b.c")] == ["一\n"]


def test_a_path_names_the_page_of_every_line():
    lines = b"".join(
        dumped({"url": f"http://a/{n}", "data": {"content": f"<p>第{n}篇"}}) + b"\n" for n in (1, 2)
    )

    assert [(page.source, page.text) for page in pages(lines, "data.content")] == [
        ("http://a/1", "第1篇\n"),
        ("http://a/2", "第2篇\n"),
    ]


@pytest.mark.parametrize(
    ("data", "column", "words"),
    [
        ('{"code": 500, "msg": "系统繁忙"}', None, 'it has "code", "msg" and says "系统繁忙"'),
        ('{"data": {"content": ""}}', "data.content", 'has no text at "data.content"; it has "data"'),
        ("[1, 2]", None, None),
        ("[" * 90 + "1" + "]" * 90, None, None),
        ('[{"a": ' * 90 + "1" + "}]" * 90, None, "nest deeper than 64 levels"),
        ('{"data": {"title": "年报", "cont', None, "is JSON that is cut off"),
    ],
)
def test_an_answer_without_a_page_says_what_it_has_and_what_to_do(
    data: str, column: str | None, words: str | None
):
    if words is None:
        assert kind_of(Content("a", data.encode())) is Kind.TEXT
        return

    message = fault(data, column)

    assert words in message
    assert "name the page's" in message or "fetch it again" in message


def test_a_menu_of_official_words_is_no_report():
    menu = {
        "menu": [
            {"name": word, "id": n} for n, word in enumerate(("行政许可", "行政处罚", "行政强制", "规章"), 1)
        ]
    }

    assert "is JSON without a page" in fault(dumped(menu))


# What the keys say.


def test_null_is_a_blank_and_a_key_that_is_not_there_is_open(extractor: Extractor):
    told = by_labels(REPORT)
    row = told[APPLICATIONS.title]["二、上年结转政府信息公开申请数量"]
    row["科研机构"] = None
    del row["自然人"]

    cells = cells_of(extractor, dumped(told))

    assert cells["applications/carried_in/research"].state is State.BLANK
    assert cells["applications/carried_in/natural_person"].state is State.AMBIGUOUS
    assert cells["applications/carried_in/business"].value == REPORT.cells["applications/carried_in/business"]


def test_a_row_whose_key_is_not_there_is_missing(extractor: Extractor):
    told = by_labels(REPORT)
    del told[DISCLOSURE.title]["第二十条第（六）项"]["行政强制"]

    cells = cells_of(extractor, dumped(told))

    assert cells["disclosure/coercion/decisions"].state is State.MISSING
    assert cells["disclosure/penalties/decisions"].value == REPORT.cells["disclosure/penalties/decisions"]


@pytest.mark.parametrize("kept", [["自然人", "总计"], ["总计"], ["科研机构", "自然人", "其他"]])
def test_columns_that_no_row_has_are_open_and_the_others_are_read(extractor: Extractor, kept: list[str]):
    told = by_labels(REPORT)
    for record in _records(told[APPLICATIONS.title]):
        for column in record.keys() - set(kept):
            del record[column]

    cells = cells_of(extractor, dumped(told))

    assert list(wrong(REPORT, cells)) == []
    read = [
        cell for cell in cells.values() if cell.key.startswith("applications/") and cell.value is not None
    ]
    assert {cell.key.split("/")[2] for cell in read} <= {_ID[column] for column in kept}
    assert len(read) > 5 * len(kept)


_ID = {"自然人": "natural_person", "总计": "total", "科研机构": "research", "其他": "other"}


def _records(value: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for inner in value.values():
        yield from [inner] if "总计" in inner else _records(inner)


def test_a_group_of_suits_that_is_not_told_leaves_the_others_in_their_place(extractor: Extractor):
    told = by_labels(REPORT)
    del told[REVIEW.title]["行政复议"]

    cells = cells_of(extractor, dumped(told))

    assert list(wrong(REPORT, cells)) == []
    assert cells["review/reconsideration/upheld"].state is State.AMBIGUOUS
    assert cells["review/direct_suit/total"].value == REPORT.cells["review/direct_suit/total"]


def test_keys_that_stand_twice_lose_no_value():
    (page,) = pages('{"规章": {"本年制发件数": 3, "本年制发件数": 4}, "行政许可": {"本年处理决定数量": 5},'
                    ' "行政处罚": {"本年处理决定数量": 6}}')  # fmt: skip

    assert "规章\t3\t4" in page.text


def test_numbers_are_printed_as_they_stand():
    (page,) = pages(
        '[["规章", 5, 1204.50, 26.0, 1.2e3, "0007", null, true], ["行政许可", 1], ["行政处罚", 2]]'
    )

    assert page.text.startswith("规章\t5\t1204.50\t26\t1200\t0007\t\tTrue\n")


def test_objects_under_the_names_of_bodies_are_a_page_each():
    others = made("2019", 8)

    found = pages(dumped({"数据": {"柳溪县": by_labels(REPORT), "石桥县": by_labels(others)}}))

    assert [(page.source, page.text.split("\n")[0]) for page in found] == [
        ("a#1", "柳溪县"),
        ("a#2", "石桥县"),
    ]


def test_a_list_of_reports_is_a_page_each():
    found = pages(dumped([{"标题": each.title} | by_labels(each) for each in (REPORT, made("2021", 9))]))

    assert len(found) == 2


def test_lists_of_rows_of_one_report_are_one_page():
    told = [records(REPORT, table) for table in REPORT.tables()]

    assert len(pages(dumped(told))) == 1


def test_what_is_said_between_values_stays_on_the_page():
    data = f"结果如下：\n```json\n{json.dumps(by_labels(REPORT))}\n```\n以上，共 3 张表。\n"

    (page,) = pages(data)

    assert page.text.startswith("结果如下：\n")
    assert page.text.endswith("以上，共 3 张表。\n")


@pytest.mark.parametrize("value", ['{"说明": "统计口径"}', '{"说明": "统计口径", "附": [1, 2'])
def test_tables_of_a_text_beside_a_value_that_holds_none_are_read(extractor: Extractor, value: str):
    cells = cells_of(extractor, f"{tab_text(REPORT)}\n```json\n{value}\n```\n")

    assert list(wrong(REPORT, cells)) == []
    assert sum(cell.value is not None for cell in cells.values()) > 150


# What is gone.


@pytest.mark.parametrize(
    "kind",
    [
        json_models.model_object,
        json_models.rows_in_tables,
        json_models.rows_as_bare_lists,
        json_tools.mineru_content_list,
    ],
)
@pytest.mark.parametrize("share", [0.31, 0.52, 0.73, 0.94])
def test_of_a_file_that_breaks_off_nothing_is_read_wrongly(extractor: Extractor, kind: Any, share: float):
    data = kind(REPORT)

    (page,) = pages(data[: int(len(data) * share)].decode("utf-8", "ignore"))

    cells = {cell.key: cell for cell in extractor.extract(page).cells}
    assert list(wrong(REPORT, cells)) == []
    assert sum(cell.value is not None for cell in cells.values()) > 3


def test_a_document_whose_parts_refer_to_each_other_is_refused_where_it_breaks_off():
    data = json_tools.textract_blocks(REPORT)

    assert "is JSON that is cut off" in fault(data[: len(data) // 2].decode("utf-8", "ignore"))


# Where JSON stands.


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ('callback({"a": 1})', Kind.JSON_LINES),
        ("var a = [\n{\"a\": 1}]", Kind.JSON_LINES),
        ('[["规章", 5], ["行政许可", 3]]', Kind.JSON_LINES),
        ('"\\u003cp\\u003e年报"', Kind.JSON_LINES),
        ("# 年报\n\n```json\n[[\"规章\", 5]]\n```\n", Kind.JSON_LINES),
        ('HTTP/1.1 200 OK\r\n\r\n{"a": 1}', Kind.JSON_LINES),
        ("说明\n{'规章': None}", Kind.JSON_LINES),
        ("二、主动公开\n规章 3 1 27\n{\"@context\": \"https://schema.org\"}\n", Kind.TEXT),
        ("[[规章]] 见附件\n规章 3", Kind.TEXT),
        ('<html><script>\n{"年度": 1}\n</script>', Kind.HTML),
    ],
)  # fmt: skip
def test_json_is_told_by_how_it_begins(data: str, kind: Kind):
    assert kind_of(Content("a", data.encode())) is kind


@pytest.mark.parametrize(
    "script",
    [
        '<script id="__NEXT_DATA__" type="application/json">{"props": {"page": %s}}</script>',
        '<script>window.__INITIAL_STATE__ = {"detail": %s};(function () { run(); })();</script>',
    ],
)
def test_tables_by_labels_in_a_pages_data_are_read(extractor: Extractor, script: str):
    data = json.dumps(by_labels(REPORT))

    cells = cells_of(extractor, f"<!DOCTYPE html><html><body><div id=app></div>{script % data}</body></html>")

    assert [key for key, value in REPORT.cells.items() if (cells[key].value or 0) != (value or 0)] == []


def test_an_article_in_linked_data_is_read_where_the_page_does_not_show_it(extractor: Extractor):
    data = json.dumps({"@type": "Article", "headline": REPORT.title, "articleBody": tab_text(REPORT)})
    page = f'<!DOCTYPE html><html><body>%s<script type="application/ld+json">{data}</script></body></html>'

    cells = cells_of(extractor, page % "<p>加载中</p>")
    (shown,) = pages(page % f"<pre>{tab_text(REPORT)}</pre>")

    assert list(wrong(REPORT, cells)) == []
    assert sum(cell.value is not None for cell in cells.values()) > 150
    assert shown.text.count("结果维持") == tab_text(REPORT).count("结果维持")


def test_a_large_list_is_walked_in_time_that_grows_with_it():
    def seconds(count: int) -> float:
        rows = [{"项目": f"行政许可第{n}类", "数": n, "值": {"a": {"b": n}}} for n in range(count)]
        begun = time.process_time()
        assert "is JSON without a page" in fault(dumped(rows))
        return time.process_time() - begun

    assert seconds(8000) < 10 * seconds(1000) + 2
