"""Tables of wikis, forums and typesetters are read by their cells and the spans that their markup tells."""

from __future__ import annotations

import pytest

from gouji.inference.extraction import State, Status
from gouji.inference.extractor import Extractor
from gouji.inference.readers import Content, Kind, Options, document_pages, kind_of
from gouji.inference.reading import ReadingError
from gouji.training.kinds.text_tables import page
from gouji.training.kinds.wiki_tables import WRITERS

from .formats import report_in
from .test_text_tables import extracted, values


def shown(text: str) -> list[str]:
    (read,) = document_pages(Content("a.txt", text.encode()), Options())
    return read.text.splitlines()


@pytest.mark.parametrize(
    ("text", "what"),
    [
        (".SH 年报\n.TS\ntab(@);\nl r.\n规章@3\n.TE\n", "roff"),
        ("@multitable {规章} {3}\n@item 规章 @tab 3\n@end multitable\n", "Texinfo"),
        ("\\startxtable\n\\startxrow\\startxcell 规章\\stopxcell\\stopxrow\n\\stopxtable\n", "ConTeXt"),
    ],
)
def test_a_table_of_a_typesetter_that_is_not_read_is_named(text: str, what: str):
    with pytest.raises(ReadingError, match=f"a.txt: is {what} with a table, which is not read; convert it"):
        shown(text)


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("name", WRITERS)
def test_every_cell_of_a_report_in_a_markup_is_read(extractor: Extractor, name: str, form: str):
    made = report_in(form)

    extraction = extracted(extractor, page(made, WRITERS[name]))

    assert extraction.status is Status.VERIFIED
    found = values(extraction)
    assert {key: found[key] or 0 for key in made.truth} == {key: v or 0 for key, v in made.truth.items()}


MEDIAWIKI = """\
== 二、主动公开政府信息情况 ==
<div class="note">单位：件</div>
{| class="wikitable" style="text-align:center"
|+ 第二十条第（一）项
! 信息内容 !! 本年'''制发'''件数 !! style="width: 9em" | 本年废止件数
! 现行有效件数
|-
| [[规章|规章]]<!-- 设区的市 -->
| 3 || 1
| align=right | 27
|- style="background: #eee"
| 行政规范性文件 || 14 || || {{formatnum:92}}
|}
"""


def test_a_wikis_table_has_heads_attributes_links_and_a_caption():
    lines = shown(MEDIAWIKI)

    assert lines[-4:] == [
        "第二十条第（一）项",
        "信息内容\t本年制发件数\t本年废止件数\t现行有效件数",
        "规章\t3\t1\t27",
        "行政规范性文件\t14\t\t[图]",
    ]


def test_a_number_that_only_the_wiki_knows_is_open(extractor: Extractor):
    cells = {cell.key: cell for cell in extracted(extractor, MEDIAWIKI).cells}

    assert cells["disclosure/regulations/in_force"].value == 27
    assert cells["disclosure/normative_documents/in_force"].state is State.AMBIGUOUS


def test_a_table_in_a_wikis_cell_opens_that_cell():
    text = "{|\n! 信息内容 !! 本年制发件数\n|-\n| 规章\n|\n{|\n| 3 || 4\n|}\n|-\n| 行政规范性文件 || 14\n|}\n"

    assert shown(text) == ["信息内容\t本年制发件数", "规章\t[图]", "行政规范性文件\t14"]


BBCODE = """\
[align=center][size=5][b]二、主动公开政府信息情况[/b][/size][/align]
[table=98%,#fff]
[tr][td=4,1][b]第二十条第（五）项[/b][/td][/tr]
[tr][th]信息内容[/th][th]上一年项目数量[/th][th]本年增/减[/th][th]处理决定数量[/th][/tr]
[tr=#eee][td][color=#333]行政许可[/color][/td]
[td width=20]915[/td][td][s]48[/s]49[/td][td][img]a.png[/img][/td][/tr]
[/table]
"""


def test_a_forums_table_has_spans_styles_struck_print_and_pictures():
    assert shown(BBCODE) == [
        "二、主动公开政府信息情况",
        "第二十条第（五）项",
        "信息内容\t上一年项目数量\t本年增/减\t处理决定数量",
        "行政许可\t915\t[删]49\t[图]",
    ]


@pytest.mark.parametrize(
    ("attributes", "body"),
    [
        ('[cols="1,1,1"]', "|信息内容 |本年制发件数 |本年废止件数\n\n|规章\n|3\n|\n"),
        ('[%header,cols="1,2*"]', "|信息内容\n|本年制发件数\n|本年废止件数\n|规章 |3|\n"),
        ("", "h|信息内容 h|本年制发件数 ^.^h|本年废止件数\n|*规章* |3 |{empty}\n"),
        ('.表一\n[cols="3*<"]', "|信息内容 |本年制发件数 |本年废止件数 |规章 |`3` |\n"),
    ],
)
def test_columns_of_asciidoc_are_told_by_attributes_or_by_the_first_line(attributes: str, body: str):
    lines = shown(f"{attributes}\n|===\n{body}|===\n")

    assert lines[-2:] == ["信息内容\t本年制发件数\t本年废止件数", "规章\t3\t"]


def test_a_cell_of_asciidoc_goes_over_columns_and_rows_and_is_repeated():
    text = (
        '[cols="4*"]\n|===\n4+|第二十条第（五）项\n.2+|信息内容 3+|数量\n'
        "|上一年项目数量 |本年增/减 |处理决定数量\n"
        "|行政许可 3*|0\n|===\n"
    )

    assert shown(text)[-2:] == ["上一年项目数量\t本年增/减\t处理决定数量", "行政许可\t0\t0\t0"]


TYPST = """\
= 二、主动公开政府信息情况
#figure(
  table(
    columns: (2fr, auto, 1fr, 3cm), // 宽度
    align: (left, right), stroke: 0.5pt,
    table.header([*信息内容*], [上一年\\
项目数量], "本年增/减", [处理决定数量]),
    table.cell(rowspan: 2)[行政许可], [915], [#strike[48] 49], [3#footnote[见附件]],
    table.hline(),
    table.cell(colspan: 3, align: center)[以上\\, 合计 \\[略\\]],
  ),
  caption: [第二十条第（五）项],
)
"""


def test_a_call_of_typst_has_a_head_spans_lines_and_functions():
    lines = shown(TYPST)

    assert lines[1:4] == [
        "信息内容\t上一年项目数量\t本年增/减\t处理决定数量",
        "行政许可\t915\t[删] 49\t3[注]",
        "以上, 合计 [略]",
    ]


@pytest.mark.parametrize("given", ["..rows", "columns: n, [规章]", "columns: 2, name, [3]"])
def test_what_typst_must_compute_is_no_table(given: str):
    text = f"#table({given})\n"

    assert shown(text) == [text.rstrip()]


@pytest.mark.parametrize(
    "text",
    [
        f'<div align="left">\n\n{MEDIAWIKI}\n</div>\n<div>\n说明\n</div>\n',
        f"<div>\n\n{BBCODE}\n</div>\n",
        f"<div>说明</div>\n\n{TYPST}",
    ],
)
def test_a_wikis_text_with_elements_of_html_is_text(text: str):
    assert kind_of(Content("a.txt", text.encode())) is Kind.TEXT


@pytest.mark.parametrize(
    "text",
    [
        "|=信息内容|=本年制发件数|=本年废止件数\n|规章|3|\n|行政规范性文件|14|6\n",
        "|(((信息内容\n))) |(((本年制发\n\n件数))) |本年废止件数\n|规章 |(((3\n))) |\n|行政规范性文件|14|6\n",
        "^ 信息内容 ^ 本年制发件数 ^ 本年废止件数 ^\n| 规章 | 3 | |\n| 行政规范性文件 | 14 | 6 |\n",
        "|_. 信息内容|_. 本年制发件数|_=. 本年废止件数|\n|规章|3||\n|<. 行政规范性文件|14|>. 6|\n",
    ],
)
def test_bars_of_wikis_have_signs_for_heads_and_groups(text: str):
    assert shown(text) == ["信息内容\t本年制发件数\t本年废止件数", "规章\t3\t", "行政规范性文件\t14\t6"]


def test_textile_tells_how_far_a_cell_goes():
    text = "|\\4=. 第二十条第（五）项|\n|/2. 行政许可|915|-49|37|\n|\\3. 以上为件数|\n|规章|3|1|27|\n"

    assert shown(text) == ["第二十条第（五）项", "行政许可\t915\t-49\t37", "以上为件数", "规章\t3\t1\t27"]


@pytest.mark.parametrize("mark", ["* [table](/0/)", "* [{|](/0/)", "见 <otsl>", "图表 #table("])
def test_a_mark_of_a_table_that_opens_none_takes_nothing_of_the_page(mark: str):
    lines = ["首页", mark, "二、主动公开政府信息情况", "| 规章 | 3 | 1 | 27 |", "| 行政许可 | 14 |"]

    assert [line for line in shown("\n\n".join(lines)) if line] == lines
