"""Files that other people's programs write: XML, dumps, recognizers', terminals', drawn and listed tables."""

from __future__ import annotations

import json

import pytest

from gouji.inference.extraction import Status
from gouji.inference.extractor import Extractor
from gouji.inference.readers import Content, Kind, Options, Unread, kind_of, unpack
from gouji.inference.readers.registry import pages_of
from gouji.model.page import Page

from .made import report

MADE = report()


def pages(data: bytes | str, name: str = "a") -> list[Page]:
    content = Content(name, data.encode() if isinstance(data, str) else data)
    held = list(unpack(content, Options()))
    assert not any(isinstance(each, Unread) for each in held), held
    return [page for each in held if isinstance(each, Content) for page in pages_of(each, Options())]


def rows(data: bytes | str) -> list[list[str]]:
    (page,) = pages(data)
    return [line.split("\t") for line in page.text.splitlines()]


def grids() -> list[list[list[str]]]:
    """The tables of a report, each as wide as its widest row."""
    found = []
    for heading, table in MADE.tables():
        width = max(map(len, table))
        found.append([[heading, *[""] * (width - 1)], *([*row, *[""] * (width - len(row))] for row in table)])
    return found


def right(extractor: Extractor, data: bytes | str) -> bool:
    """Whether a page is read, and no cell of it wrong."""
    (page,) = pages(data)
    extraction = extractor.extract(page)
    assert extraction.status is Status.VERIFIED
    return all((extraction[key].value or 0) == (value or 0) for key, value in MADE.values.items())


def xml_of(row: str, cell: str, table: str) -> str:
    lines = [[f"<{row}>{''.join(_cell(cell, v) for v in own)}</{row}>" for own in grid] for grid in grids()]
    held = "".join(f"<{table}>{''.join(own)}</{table}>" for own in lines)
    return f'<?xml version="1.0"?>\n<book><title>{MADE.title}</title>{held}</book>'


def _cell(name: str, value: str) -> str:
    return f"<{name}><para>{value}</para></{name}>" if value else f"<{name}/>"


@pytest.mark.parametrize(
    ("row", "cell", "table"),
    [("row", "entry", "informaltable"), ("row", "cell", "table"), ("Row", "Cell", "Table")],
)
def test_tables_of_other_vocabularies_of_xml_are_read_by_their_cells(
    extractor: Extractor, row: str, cell: str, table: str
):
    data = xml_of(row, cell, table)

    assert kind_of(Content("a", data.encode())) is Kind.XML
    assert right(extractor, data)


def test_a_table_of_cals_tells_its_spans_by_the_names_of_its_columns():
    data = (
        '<informaltable><tgroup cols="3"><colspec colname="a"/><colspec colname="b"/>'
        '<colspec colname="c"/><tbody>'
        '<row><entry morerows="1">规章</entry><entry namest="b" nameend="c">制发件数</entry></row>'
        "<row><entry>3</entry><entry><emphasis role='strikethrough'>12</emphasis>5</entry></row>"
        "</tbody></tgroup></informaltable>"
    )

    assert rows(data) == [["规章", "制发件数"], ["3", "[删]5"]]


def test_the_cells_of_indesign_name_their_row_and_column():
    data = (
        '<?aid style="50" type="snippet"?><Story><Table ColumnCount="2"><Column Name="0"/>'
        '<Cell Name="0:0"><Content>规章</Content></Cell><Cell Name="1:0"><Content>3</Content></Cell>'
        '<Cell Name="0:1"><Content>行政许可</Content></Cell><Cell Name="1:1"/></Table></Story>'
    )

    assert rows(data) == [["规章", "3"], ["行政许可", ""]]


def test_a_feed_gives_a_page_for_each_of_its_articles():
    table = "<table><tr><td>信息内容</td><td>本年制发件数</td></tr><tr><td>规章</td><td>{}</td></tr></table>"
    items = "".join(
        f"<item><title>{n}号报告</title><content:encoded><![CDATA[<p>{'正文' * 40}</p>{table.format(n)}]]>"
        "</content:encoded></item>"
        for n in (5, 7)
    )
    feed = f'<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>{items}</channel></rss>'

    found = pages(feed)

    assert [page.text.splitlines()[-1] for page in found] == ["规章\t5", "规章\t7"]


INSERTED = "INSERT INTO `t` VALUES {};\n"


def _sql(value: str) -> str:
    return "NULL" if not value else value if value.isdecimal() else f"'{value}'"


def _record(row: list[str]) -> str:
    fields = "".join(f'<field name="c{n}">{value}</field>' for n, value in enumerate(row))
    return f"<row>{fields}</row>"


@pytest.mark.parametrize(
    "data",
    [
        "".join(INSERTED.format(f"({','.join(map(_sql, row))})") for grid in grids() for row in grid),
        f"<?xml version='1.0'?><r>{''.join(_record(row) for grid in grids() for row in grid)}</r>",
        *(
            "\n".join(
                json.dumps({key(n): value or None for n, value in enumerate(row)}, ensure_ascii=False)
                for grid in grids()
                for row in grid
            )
            for key in ("c{}".format, "数据{}".format, "field_{}".format, lambda n: "ABCDEFGHIJKLMNO"[n])
        ),
        json.dumps([{n: [row[n] for row in grid] for n in range(len(grid[0]))} for grid in grids()]),
        repr([[dict(enumerate(row)) for row in grid] for grid in grids()]),
    ],
)
def test_rows_under_keys_that_only_number_their_columns_are_a_table(extractor: Extractor, data: str):
    assert right(extractor, data)


def test_a_column_of_a_dump_that_holds_a_page_is_that_page():
    data = (
        "-- MySQL dump\nCREATE TABLE `article` (\n  `id` int NOT NULL,\n  `body` text,\n  KEY `i` (`id`)\n);"
        f"\nINSERT INTO `article` VALUES (1,'<p>{'正文' * 40}</p><table>"
        "<tr><td>信息内容</td><td>本年制发件数</td></tr>"
        "<tr><td>规章</td><td>it\\'s</td></tr><tr><td>规范</td><td>4</td></tr></table>');\n"
    )

    (page,) = pages(data)

    assert kind_of(Content("a", data.encode())) is Kind.SQL
    assert "规章\tit's" in page.text


def test_colours_and_links_of_a_terminal_are_no_print_and_struck_print_is_marked():
    data = "\x1b[1m规章\x1b[0m \x1b]8;;http://a\x1b\\3\x1b]8;;\x1b\\\n行政许可 \x1b[9m12\x1b[29m13\n"

    (page,) = pages(data)

    assert page.text == "规章 3\n行政许可 [删]1213\n"


TERMINAL = """\
──────────── ──── ────
信息内容     制发 现行
             件数 有效
                  件数
规章         3    27
行政规范性文 14
件
行政许可
──────────── ──── ────
"""


def test_a_row_of_a_terminals_table_begins_where_its_cells_do():
    data = f"二、主动公开\n\n{TERMINAL}"

    assert rows(data)[1:] == [
        ["信息内容", "制发件数", "现行有效件数"],
        ["规章", "3", "27"],
        ["行政规范性文件", "14", ""],
        ["行政许可", "", ""],
    ]


@pytest.mark.parametrize(
    "data",
    [
        "┌──────┬───┬───┐\n│ 规章 │ 3 │ ─ │\n├──────┼───┼───┤\n│ 许可 │   │ 7 │\n└──────┴───┴───┘\n",
        "┏━━━━━━━━━━┳━━━┳━━━┓\n┃ 规章     ┃ 3 ┃ 7 ┃\n┃ 行政许可 ┃   ┃ 2 ┃\n┗━━━━━━━━━━┻━━━┻━━━┛\n",
    ],
)
def test_a_grid_of_box_characters_is_read_by_its_cells(data: str):
    found = rows(data)

    assert found[0][:2] == ["规章", "3"]


def test_numbers_beside_a_label_that_a_drawing_cut_off_are_open():
    data = "┌──────┬───┐\n│ 规章 │ 3 │\n├──────┼───┤\n│ 属于…│ 5 │\n└──────┴───┘\n"

    assert rows(data) == [["规章", "3"], ["属于…", "5[隐]"]]


def test_merged_cells_that_a_table_prints_in_each_column_are_one_cell():
    data = (
        "| 第二十条 | 第二十条 | 第二十条 | 第二十条 |\n|---|---|---|---|\n"
        "| 信息内容 | 采购项目数量 | 采购项目数量 | 采购总金额 |\n| 政府集中采购 | 125 | 125 |  |\n"
    )

    assert rows(data)[-2:] == [["信息内容", "采购项目数量", "采购总金额"], ["政府集中采购", "125", ""]]


def test_rows_that_are_filled_up_at_their_end_are_no_grid():
    data = (
        "| | 自然人 | 商业企业 | 总计 | |\n|---|---|---|---|---|\n| 一、本年新收 | 3 | 4 | 7 | |\n"
        "| 三、本年度办理结果 | （一）予以公开 | 1 | 2 | 3 |\n"
    )

    (page,) = pages(data)

    assert (page.text, page.rows) == (data, ())


@pytest.mark.parametrize(
    "data",
    [
        '{.table}\n- \n\n- + 规章\n\n  + [3]{lang="EN-US"}\n\n- + 行政许可\n\n  +\n\n',
        "| 规章 | 3 |\n| 行政\n许可 | |\n",
        "|规章\n |3 \n  |\n|---|---|\n|规章\n |3 \n  |\n|行政许可\n |\n |\n",
    ],
)
def test_lists_and_rows_over_several_lines_are_tables_of_cells(data: str):
    found = rows(data)

    assert ["规章", "3"] in found


def test_a_table_that_pandoc_left_out_is_named():
    (page,) = pages("2023年政府信息公开年度报告\n\n二、主动公开政府信息情况\n\n[TABLE]\n")

    assert page.cause is not None
    assert page.cause.startswith("[TABLE] stands where pandoc left out a table")


TABLE = [
    ["信息内容", "上一年项目数量", "本年增/减", "处理决定数量"],
    ["行政许可", "12", "3", "45"],
    ["其他对外管理服务事项", "6", "7", "8"],
]
# Left, top, right, bottom, text.
PLACED = [
    (100 + 300 * x, 50 + 60 * y, 100 + 300 * x + 24 * len(text), 74 + 60 * y, text)
    for y, row in enumerate(TABLE)
    for x, text in enumerate(row)
]


def service() -> str:
    """As Baidu's service answers."""
    names = ("left", "top", "width", "height")
    places = [dict(zip(names, (a, b, c - a, d - b), strict=True)) for a, b, c, d, _ in PLACED]
    words = [{"words": each[-1], "location": place} for each, place in zip(PLACED, places, strict=True)]
    return json.dumps({"words_result": words})


def corners() -> list[tuple[list[list[int]], str, float]]:
    """As EasyOCR gives its lines."""
    return [([[a, b], [c, b], [c, d], [a, d]], text, 0.98) for a, b, c, d, text in PLACED]


def tesseract() -> str:
    head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
    lines = [head.split("\t"), ["1", *"10000000", "-1"]]
    lines += [
        ["5", "1", "1", "1", "1", "1", *map(str, (a, b, c - a, d - b)), "96", t] for a, b, c, d, t in PLACED
    ]
    return "".join("\t".join(line) + "\n" for line in lines)


def alto() -> str:
    place = "HPOS='{}' VPOS='{}' WIDTH='{}' HEIGHT='{}'"
    lines = [(place.format(a, b, c - a, d - b), text) for a, b, c, d, text in PLACED]
    held = "".join(f"<TextLine {own}><String {own} CONTENT='{text}'/></TextLine>" for own, text in lines)
    return f"<?xml version='1.0'?><alto><Layout><Page>{held}</Page></Layout></alto>"


def hocr() -> str:
    lines = [(f"title='bbox {a} {b} {c} {d}'", text) for a, b, c, d, text in PLACED]
    held = "".join(
        f"<span class='ocr_line' {own}><span class='ocrx_word' {own}>{text}</span></span>"
        for own, text in lines
    )
    return f"<html><body><div class='ocr_page' title='bbox 0 0 2000 900'>{held}</div></body></html>"


def page_xml() -> str:
    held = "".join(
        f"<TextLine><Coords points='{a},{b} {c},{b} {c},{d}'/><TextEquiv><Unicode>{text}</Unicode>"
        "</TextEquiv></TextLine>"
        for a, b, c, d, text in PLACED
    )
    return f"<PcGts><Page>{held}</Page></PcGts>"


@pytest.mark.parametrize(
    "data", [service(), json.dumps(corners()), repr(corners()), tesseract(), alto(), hocr(), page_xml()]
)
def test_recognized_print_is_read_by_its_places(data: str):
    (page,) = pages(data)

    assert [line.split() for line in page.text.splitlines()] == TABLE


def test_a_sheet_copied_as_tabs_is_read_by_its_cells():
    heads = "第二十条第（五）项\t\t\t\n信息内容\t上一年项目数量\t本年增/减\t\n"

    (page,) = pages(f"年报\n{heads}行政许可\t12\t\t\n其他对外管理服务事项\t6\t7\t\n")

    assert len(page.rows) == 4
    assert page.text.splitlines()[3] == "行政许可\t12\t"


def test_a_publishers_own_statistics_are_no_report():
    own = "<table>{}</table>".format(
        "".join(
            f"<tr><td>{label}</td><td>{{}}{n}</td></tr>"
            for n, label in enumerate(["规章", "行政处罚", "行政强制", "财政信息", "规划计划", "通知公告"])
        )
    )

    assert (
        len(pages(f"<html><body>{own.format(*'123456')}<p>其他</p>{own.format(*'654321')}</body></html>"))
        == 1
    )
