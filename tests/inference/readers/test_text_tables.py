"""Tables that other people's tools wrote into a text are read by their cells, in every format."""

from __future__ import annotations

import pytest

from gouji.inference.extraction import State, Status
from gouji.inference.extractor import Extractor
from gouji.inference.readers import Content, Kind, Options, document_pages, kind_of
from gouji.inference.result import Extraction
from gouji.training.kinds.text_tables import WRITERS, page

from .formats import report_in
from .made import report

HEADS = "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"
MADE = report()


def extracted(extractor: Extractor, text: str) -> Extraction:
    """The answer to a text, its places held against the page's own."""
    (read,) = document_pages(Content("a.txt", text.encode()), Options())
    extraction = extractor.extract(read)
    for cell in extraction.cells:
        assert cell.start is None or read.text[cell.start : cell.end] == cell.raw
    return extraction


def values(extraction: Extraction) -> dict[str, float | None]:
    return {cell.key: cell.value for cell in extraction.cells}


def row_values(key: str) -> list[str]:
    """What the made report prints in a row."""
    return [MADE.print(cell) for cell in MADE.values if cell.startswith(f"{key}/")]


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("name", WRITERS)
def test_every_cell_of_a_report_in_a_format_is_read(extractor: Extractor, name: str, form: str):
    made = report_in(form)

    extraction = extracted(extractor, page(made, WRITERS[name]))

    assert extraction.status is Status.VERIFIED
    found = values(extraction)
    assert {key: found[key] or 0 for key in made.truth} == {key: v or 0 for key, v in made.truth.items()}


def test_plain_pipes_are_left_as_they_are():
    text = "| 规章 | 3 | 1 | 27 |\n| 行政规范性文件 | 14 | 6 | 92 |\n"

    (read,) = document_pages(Content("a.md", text.encode()), Options())

    assert (read.text, read.rows) == (text, ())


@pytest.mark.parametrize(
    "text",
    [
        "全年公开规章3件,规范性文件14件,行政许可 51,873件。\n办理申请418件,其中自然人31件,\n",
        "行政许可 51,873\n行政处罚 2,146\n行政强制 318\n",
        "规范性文件 |  | 1,233 | 19,591\n行政许可 |  | -2,055 | 43,018\n",
        "规范性文件          1,233   19,591\n行政许可           -2,055   43,018\n",
        "一、总体情况：公开3条；\n二、主动公开：14条；\n",
        "公开3条,其中规章1件,其他2件\n规章\t3\t1\t27\n行政规范性文件\t14\t6\t92\n",
        '规章\t3\t1\t27\n3.危及"三安全一稳定"\t0\t0\t0\n行政规范性文件\t14\t6\t92\n',
        "（七）总计 415 37 2 5 30 6 495\n四、结转下年度继续办理 34 4 0 0 2 1 41\n",
    ],
)
def test_sentences_and_rows_of_plain_text_are_no_foreign_table(text: str):
    (read,) = document_pages(Content("a.txt", text.encode()), Options())

    assert (read.text, read.rows) == (text, ())


def test_a_sentence_with_commas_is_no_record_of_the_table_below_it():
    text = "公开规章3件,规范性文件14件,共17件\n规章,3,1,27\n行政规范性文件,14,6,92\n"

    (read,) = document_pages(Content("a.csv", text.encode()), Options())

    assert read.text == "公开规章3件,规范性文件14件,共17件\n规章\t3\t1\t27\n行政规范性文件\t14\t6\t92\n"


def test_an_empty_cell_below_two_numbers_in_one_is_not_blank(extractor: Extractor):
    rows = [["规章", "3\n14", "1", "27"], ["行政规范性文件", None, "6", "92"]]

    extraction = extracted(extractor, f"{rows!r}\n")

    cells = {cell.key: cell for cell in extraction.cells}
    assert cells["disclosure/normative_documents/issued"].state is State.AMBIGUOUS
    assert cells["disclosure/normative_documents/in_force"].value == 92


def test_a_point_stays_where_another_number_of_its_column_has_none():
    text = "规章,3.0,1.0,27.0\n行政规范性文件,14,6.0,nan\n行政许可,5.0,8.0,9.0\n"

    (read,) = document_pages(Content("a.csv", text.encode()), Options())

    assert read.text == "规章\t3.0\t1\t27\n行政规范性文件\t14\t6\t\n行政许可\t5.0\t8\t9\n"


def test_columns_that_publishers_number_from_one_keep_their_numbers():
    text = "序号,信息内容,本年制发件数\n1,规章,3\n2,行政规范性文件,14\n3,行政许可,\n"

    (read,) = document_pages(Content("a.csv", text.encode()), Options())

    assert read.text.splitlines()[1] == "1\t规章\t3"


def test_a_cell_that_only_the_heads_above_it_part_is_not_joined():
    text = "信息内容,本年制发件数,本年废止件数,现行有效件数\n规章,,,27\n行政规范性文件,14,,92\n"

    (read,) = document_pages(Content("a.csv", text.encode()), Options())

    assert read.text.splitlines()[1:] == ["规章\t\t\t27", "行政规范性文件\t14\t\t92"]


def applicants_down(*, as_html: bool) -> str:
    """The made report's applications, its applicants down the side."""
    form = [key for key in MADE.values if key.startswith("applications/")]
    labels = [row[0] for row in MADE.tables()[1][1][1:]]
    rows = list(dict.fromkeys(key.split("/")[1] for key in form))
    columns = list(dict.fromkeys(key.split("/")[2] for key in form))
    lines = [["申请人情况", *labels]]
    for column, head in zip(columns, HEADS, strict=True):
        lines.append([head, *(MADE.print(f"applications/{row}/{column}") for row in rows)])
    return _table(lines, as_html=as_html)


def suits_down(*, as_html: bool) -> str:
    """The made report's review, its rows one below the other."""
    outcomes = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    labels = ("行政复议", "行政诉讼·未经复议直接起诉", "行政诉讼（复议后起诉）")
    keys = ("reconsideration", "direct_suit", "suit_after_reconsideration")
    lines = [["类别", *outcomes]]
    lines += [[label, *row_values(f"review/{key}")] for label, key in zip(labels, keys, strict=True)]
    return _table(lines, as_html=as_html)


def _table(lines: list[list[str]], *, as_html: bool) -> str:
    if as_html:
        rows = ("".join(f"<td>{cell}</td>" for cell in line) for line in lines)
        return "<table>" + "".join(f"<tr>{row}</tr>" for row in rows) + "</table>"
    head, *body = ["| " + " | ".join(line) + " |" for line in lines]
    return "\n".join([head, "|---" * len(lines[0]) + "|", *body])


@pytest.mark.parametrize("as_html", [True, False])
def test_a_table_on_its_side_is_turned_upright(extractor: Extractor, as_html: bool):
    parts = [MADE.title, "三、收到和处理政府信息公开申请情况", applicants_down(as_html=as_html)]
    parts += ["四、政府信息公开行政复议、行政诉讼情况", suits_down(as_html=as_html)]

    extraction = extracted(extractor, "\n\n".join(f"<p>{p}</p>" if as_html else p for p in parts))

    found = values(extraction)
    turned = {key: v for key, v in MADE.values.items() if not key.startswith("disclosure/")}
    assert {key: found[key] or 0 for key in turned} == {key: v or 0 for key, v in turned.items()}


def test_heads_that_name_their_groups_are_parted_when_a_table_is_turned(extractor: Extractor):
    heads = ["申请人", "一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量"]
    heads += ["三、本年度办理结果 （一）予以公开", "三、本年度办理结果 （七）总计", "四、结转下年度继续办理"]
    lines = [[head, str(2 * n), str(n), str(n), str(n), str(2 * n)] for n, head in enumerate(HEADS[:-1], 1)]
    lines += [["总计", "42", "21", "21", "21", "42"]]

    extraction = extracted(
        extractor, f"三、收到和处理政府信息公开申请情况\n\n{_table([heads, *lines], as_html=False)}\n"
    )

    found = values(extraction)
    rows = ("received", "carried_in", "granted", "total", "carried_out")
    assert [found[f"applications/{row}/research"] for row in rows] == [6, 3, 3, 3, 6]


@pytest.mark.parametrize(
    ("lines", "turned"),
    [
        ([["项目", "规章", "行政规范性文件"], ["本年制发件数", "3", "5"]], "规章\t3\n行政规范性文件\t5"),
        ([["项目", "行政许可"], ["本年处理决定数量", "5"]], "行政许可\t5"),
        ([["", "行政事业性收费"], ["本年收费金额（单位：万元）", "5"]], "行政事业性收费\t5"),
    ],
)
def test_a_block_on_its_side_is_turned_upright(lines: list[list[str]], turned: str):
    (read,) = document_pages(Content("a.md", _table(lines, as_html=False).encode()), Options())

    assert read.text.partition("\n")[2].strip() == turned


def test_outcomes_down_the_side_are_a_band(extractor: Extractor):
    heads = ["", "行政复议", "行政诉讼 未经复议直接起诉", "行政诉讼 复议后起诉"]
    lines = [[outcome, str(n), str(2 * n), str(3 * n)] for n, outcome in enumerate(OUTCOMES[:-1], 1)]
    lines += [["总计", "10", "20", "30"]]

    extraction = extracted(
        extractor, f"四、政府信息公开行政复议、行政诉讼情况\n\n{_table([heads, *lines], as_html=False)}\n"
    )

    found = values(extraction)
    assert [found[f"review/{row}/other"] for row in SUITS] == [3, 6, 9]


@pytest.mark.parametrize(
    ("item", "row"),
    [
        ("- **行政处罚**：上一年项目数量 26，本年增/减 －13，处理决定数量 O", "行政处罚\t26\t－13\tO"),
        ("- 行政强制：上一年项目数量：9；本年增/减：减3；处理决定数量：/", "行政强制\t9\t减3\t/"),
        ("- 行政强制：上一年项目数量 9，本年增/减 +3，处理决定数量 1", "行政强制\t9\t+3\t1"),
        (
            "- 行政处罚：上一年项目数量 26，本年增/减 3，处理决定数量 4(含上年2件)",
            "行政处罚\t26\t3\t4(含上年2件)",
        ),
    ],
)
def test_an_item_alone_is_a_row_with_its_signs_marks_and_remarks(item: str, row: str):
    (read,) = document_pages(Content("a.md", f"第二十条第（六）项\n{item}\n".encode()), Options())

    assert read.text.splitlines()[1:] == ["\t上一年项目数量\t本年增/减\t处理决定数量", row]


def test_items_below_a_path_of_labels_are_its_row():
    text = "- 三、本年度办理结果 （一）予以公开\n  - 自然人：3\n  - 商业企业：/\n  - 总计：3\n"

    (read,) = document_pages(Content("a.md", text.encode()), Options())

    assert read.text.splitlines() == [
        "\t自然人\t商业企业\t总计", "三、本年度办理结果 （一）予以公开\t3\t/\t3"
    ]  # fmt: skip


def test_an_item_with_nothing_behind_its_colon_is_an_empty_cell():
    text = (
        "- 规章\n  - 本年制发件数： \n  - 本年废止件数：1\n  - 现行有效件数：27\n"
        "- 行政规范性文件\n  - 现行有效件数：92\n"
    )

    (read,) = document_pages(Content("a.md", text.encode()), Options())

    assert read.text.splitlines() == [
        "\t本年制发件数\t本年废止件数\t现行有效件数",
        "规章\t\t1\t27",
        "\t现行有效件数",
        "行政规范性文件\t92",
    ]


@pytest.mark.parametrize("value", ["减2", "　增78", "３７．２万元", "5①", "-49"])
def test_an_items_number_has_words_for_signs_wide_figures_and_a_notes_mark(value: str):
    text = (
        f"- 行政许可\n  - 上一年项目数量：915\n  - 本年增/减：{value}\n  - 处理决定数量：37\n"
        "- 规章\n  - 制发件数：1\n"
    )

    (read,) = document_pages(Content("a.md", text.encode()), Options())

    assert read.text.splitlines()[1] == f"行政许可\t915\t{value.strip()}\t37"


@pytest.mark.parametrize("side", ["｜", ""])
def test_full_width_bars_part_cells(side: str):
    rows = ["信息内容｜本年制发件数｜现行有效件数", "规章｜｜27", "行政规范性文件｜14｜"]

    (read,) = document_pages(
        Content("a.txt", "\n".join(f"{side}{row}{side}" for row in rows).encode()), Options()
    )

    assert read.text.splitlines()[1:] == ["规章\t\t27", "行政规范性文件\t14\t"]


def test_a_row_of_figures_with_their_units_is_a_record():
    text = "规章;本年制发件数;现行有效件数\n0件;14件;57件\n"

    (read,) = document_pages(Content("a.csv", text.encode()), Options())

    assert read.text == "规章\t本年制发件数\t现行有效件数\n0件\t14件\t57件\n"


def test_a_table_on_its_side_is_turned_by_the_places_of_its_cells(extractor: Extractor):
    lines = MADE.tables()[1][1]
    rows, heads = lines[1:], lines[0][1:]
    results = [line[0] for line in rows[2:-1]]
    top = "<td rowspan=2 colspan=2>申请人情况</td>"
    top += "".join(f"<td rowspan=2>{row[0]}</td>" for row in rows[:2])
    top += f"<td colspan={len(results)}>三、本年度办理结果</td><td rowspan=2>{rows[-1][0]}</td>"
    body = []
    for place, head in enumerate(heads, 1):
        group = {1: "<td rowspan=5>法人或其他组织</td>"}.get(place - 1, "") if 1 < place < 7 else ""
        label = f"{group}<td>{head}</td>" if 1 < place < 7 else f"<td colspan=2>{head}</td>"
        body.append(label + "".join(f"<td>{line[place]}</td>" for line in rows))
    markup = "".join(f"<tr>{row}</tr>" for row in [top, "".join(f"<td>{r}</td>" for r in results), *body])
    html = f"<p>{MADE.title}</p><p>三、收到和处理政府信息公开申请情况</p><table>{markup}</table>"

    found = values(extracted(extractor, html))

    turned = {key: v for key, v in MADE.values.items() if key.startswith("applications/")}
    assert {key: found[key] or 0 for key in turned} == {key: v or 0 for key, v in turned.items()}


OUTCOMES = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
SUITS = {
    "reconsideration": "行政复议",
    "direct_suit": "行政诉讼（未经复议直接起诉）",
    "suit_after_reconsideration": "行政诉讼（复议后起诉）",
}


@pytest.mark.parametrize("inside", [True, False])
@pytest.mark.parametrize("as_html", [True, False])
def test_review_tables_one_below_another_are_one_band(extractor: Extractor, as_html: bool, inside: bool):
    parts = [MADE.title, "四、政府信息公开行政复议、行政诉讼情况"]
    for row, name in SUITS.items():
        lines = [OUTCOMES, row_values(f"review/{row}")]
        parts += [_table([[name], *lines] if inside else lines, as_html=as_html)]
        parts.insert(len(parts) - 1, "" if inside else name)

    text = "\n\n".join(f"<div>{part}</div>" if as_html else part for part in parts)
    found = values(extracted(extractor, text))

    review = {key: v for key, v in MADE.values.items() if key.startswith("review/")}
    assert {key: found[key] or 0 for key in review} == {key: v or 0 for key, v in review.items()}


def test_review_tables_of_two_years_are_no_band():
    lines = "\n\n".join(
        f"{year}年行政复议\n\n" + _table([OUTCOMES, ["1", "2", "3", "4", "10"]], as_html=False)
        for year in (2022, 2023)
    )

    (read,) = document_pages(Content("a.md", lines.encode()), Options())

    assert read.text == lines


def test_headings_that_repeat_a_row_s_label_go(extractor: Extractor):
    parts = [MADE.title, "三、收到和处理政府信息公开申请情况"]
    for line in MADE.tables()[1][1][1:]:
        parts += [f"### {line[0]}", _table([["办理情况", *HEADS], line], as_html=False)]

    found = values(extracted(extractor, "\n\n".join(parts)))

    listed = {key: v for key, v in MADE.values.items() if key.startswith("applications/")}
    assert {key: found[key] or 0 for key in listed} == {key: v or 0 for key, v in listed.items()}


def test_a_table_of_asciidoc_has_a_bar_before_each_cell():
    text = "|===\n|信息内容 |本年制发件数 |本年废止件数\n\n|规章\n|3\n|\n|===\n"

    (read,) = document_pages(Content("a.adoc", text.encode()), Options())

    assert read.text == "信息内容\t本年制发件数\t本年废止件数\n规章\t3\t\n"


LISTS = {
    "in a line": "- **{label}**：{pairs}。",
    "a bullet each": "- {label}\n{items}",
    "total first": "* {label}：总计{total}件（其中：{terms}）",
}


@pytest.mark.parametrize("style", LISTS)
def test_a_list_is_read_under_the_heads_that_it_names(extractor: Extractor, style: str):
    lines = [MADE.title, "三、收到和处理政府信息公开申请情况"]
    for line in MADE.tables()[1][1][1:]:
        cells = dict(zip(HEADS, (cell or "0" for cell in line[1:]), strict=True))
        lines.append(
            LISTS[style].format(
                label=line[0],
                pairs="，".join(f"{head} {cell} 件" for head, cell in cells.items()),
                items="\n".join(f"  - {head}：{cell}件" for head, cell in cells.items()),
                terms="、".join(f"{head}{cell}件" for head, cell in cells.items() if head != "总计"),
                total=cells["总计"],
            )
        )

    extraction = extracted(extractor, "\n".join(lines))

    found = values(extraction)
    listed = {key: v for key, v in MADE.values.items() if key.startswith("applications/")}
    assert {key: found[key] for key in listed} == {key: v or 0 for key, v in listed.items()}


@pytest.mark.parametrize("sign", ["➖", "↓", "▼", "‒", "‑", "﹣", "⁻", "——", "~", "?", "$-$"])
def test_no_sign_before_a_number_is_taken_for_a_part_of_its_heads_name(extractor: Extractor, sign: str):
    text = f"- **行政许可**：上一年项目数量 915，本年增/减 {sign}49，处理决定数量 37\n"

    extraction = extracted(extractor, text)

    assert values(extraction).get("disclosure/licensing/change") in (None, -49)


def test_a_list_that_names_no_column_stays_lines():
    text = "- 规章：共3件，已废止甲1件\n- 行政规范性文件：共14件，已废止乙6件\n- 总计 5\n"

    (read,) = document_pages(Content("a.md", text.encode()), Options())

    assert (read.text, read.rows) == (text, ())


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("# 年报\n\n<table><tr><td>规章</td></tr></table>\n", Kind.TEXT),
        ("<html><body><table><tr><td>规章</td></tr></table></body></html>\n\n# 三、收到\n", Kind.TEXT),
        ("年报\n一、总体情况\n无。\n<table><tr><td>规章</td></tr></table>\n", Kind.TEXT),
        ("| a | <span>b</span> |\n|---|---|\n", Kind.TEXT),
        ("<!DOCTYPE html><html><body>\n# 年报\n<table><tr><td>规章</td></tr></table>", Kind.HTML),
        ("<p>年报</p>\n<p>一</p>\n<p>二</p><table><tr><td>规章</td></tr></table>", Kind.HTML),
    ],
)
def test_markdown_that_holds_markup_is_text(text: str, kind: Kind):
    assert kind_of(Content("a.md", text.encode())) is kind
