"""A marked page knows which spans stand between two places, and which column labels stand above one."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gouji.inference.assembly.marked import MarkedPage
from gouji.model.labels import Tag

Mark = Callable[[str], MarkedPage]


def test_the_spans_of_a_tag_are_those_that_begin_between_two_places(mark: Mark):
    marked = mark("{R:规章}\n{V:1}\n{R:行政许可}\n{V:2}\n{R:行政处罚}")
    first, second, third = marked.tagged(Tag.ROW, 0, len(marked.page.text))

    assert marked.tagged(Tag.ROW, first.start, third.start) == [first, second]
    assert marked.tagged(Tag.ROW, first.start + 1, third.start) == [second]
    assert marked.tagged(Tag.NOTE, 0, len(marked.page.text)) == []


@pytest.mark.parametrize("heading", ["{B:第二十条第（五）项}", "{S:三、收到和处理政府信息公开申请情况}"])
def test_column_labels_above_a_heading_are_not_above_what_follows_it(mark: Mark, heading: str):
    marked = mark(f"{{C:信息内容}}\n{heading}\n{{C:自然人}} {{C:总计}}\n{{R:规章}}")
    (row,) = marked.tagged(Tag.ROW, 0, len(marked.page.text))

    heads = [marked.page.text[head.start : head.end] for head in marked.heads_above(row.start)]

    assert heads == ["自然人", "总计"]


@pytest.mark.parametrize(("numbers", "heads"), [("", ["信息内容", "政府机关"]), (" {V:0}", ["信息内容"])])
def test_a_rows_label_beside_column_labels_heads_a_column_where_no_number_stands_on_its_line(
    mark: Mark, numbers: str, heads: list[str]
):
    marked = mark(f"{{B:第二十条第（六）项}}\n{{C:信息内容}}|{{R:政府机关}}{numbers}\n{{R:行政处罚}}")
    row = marked.tagged(Tag.ROW, 0, len(marked.page.text))[-1]

    assert [marked.page.text[head.start : head.end] for head in marked.heads_above(row.start)] == heads


def test_a_note_among_column_labels_heads_a_column_unless_it_touches_one(mark: Mark):
    marked = mark("{B:第二十条第（六）项}\n{C:信息内容}|{N:备注}|{N:本年}{C:处理决定数量}\n{R:行政处罚}")
    (row,) = marked.tagged(Tag.ROW, 0, len(marked.page.text))

    heads = [marked.page.text[head.start : head.end] for head in marked.heads_above(row.start)]

    assert heads == ["信息内容", "备注", "处理决定数量"]


@pytest.mark.parametrize(
    ("print_", "is_ordinal"),
    [
        ("4 、保护第三方", True),
        ("4\n.保护第三方", True),
        ("4 . 保护第三方", True),
        ("\n（\n4\n）保护第三方", True),
        ("\n（4）保护第三方", True),
        ("规章（4）件", False),
        ("\n（\n4\n）\n", False),
        ("4\n保护第三方", False),
        ("14 、保护第三方", False),
        ("4  │\n│ 、保护第三方", False),
    ],
)
def test_an_ordinal_may_stand_apart_from_its_marks(mark: Mark, print_: str, is_ordinal: bool):
    marked = mark(print_)
    index = next(i for i, token in enumerate(marked.tokens) if print_[token.start].isdigit())

    assert marked.is_ordinal(index) is is_ordinal


@pytest.mark.parametrize(
    ("printed", "labels"),
    [
        ("1.信访举报投诉类申请2.重复申请", ["1.信访举报投诉类申请", "2.重复申请"]),
        ("其他禁止公开" + "\n" * 8 + "危及三安全一稳定", ["其他禁止公开", "危及三安全一稳定"]),
        ("其他禁止\n\n公开", ["其他禁止\n\n公开"]),
        ("2.重复申请（含2.的情形）", ["2.重复申请（含2.的情形）"]),
    ],
)
def test_two_labels_in_one_span_are_two(mark: Mark, printed: str, labels: list[str]):
    spans = mark(f"{{R:{printed}}} {{V:3}}\n").spans

    assert [printed[s.start : s.end].strip() for s in spans if s.tag is Tag.ROW] == labels


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("5\n危及“三安全一稳定”", "危及“三安全一稳定”"),
        ("5 3.危及“三安全一稳定”", "3.危及“三安全一稳定”"),
        ("5 3 . 危及“三安全一稳定”", "3 . 危及“三安全一稳定”"),
        ("3 危及“三安全一稳定”", "3 危及“三安全一稳定”"),
    ],
)
def test_a_number_before_a_label_is_not_part_of_it(mark: Mark, printed: str, expected: str):
    marked = mark(f"{{V:1}}\n{{R:{printed}}}\n{{V:0}}")
    (label,) = marked.tagged(Tag.ROW, 0, len(marked.page.text))

    assert marked.page.text[label.start : label.end] == expected


@pytest.mark.parametrize(
    ("print_", "expected"),
    [
        ("本年度受理{V:2650件}申请", True),
        ("本年度受理 {V:2650} 件申请", True),
        ("{R:行政许可} {V:286} 件", False),
        ("行政许可\n{V:286}\n件", False),
        ("发布信息\n{V:493}\n条，其中规章", True),
    ],
)
def test_a_number_between_words_stands_in_a_sentence(mark: Mark, print_: str, expected: bool):
    marked = mark(print_)
    (value,) = marked.tagged(Tag.VALUE, 0, len(marked.page.text))

    assert marked.is_in_sentence(value.start) is expected
