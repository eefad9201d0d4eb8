"""A row's strip holds its numbers as printed; page marks and numbers behind foreign text stay outside."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gouji.inference.assembly.anchors import Anchor
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.row_strips import collect_strip
from gouji.inference.assembly.strips import Chunk, Seen, Strip
from gouji.inference.assembly.wording import Wordings
from gouji.model.forms import Label
from gouji.model.labels import Tag

Mark = Callable[[str], MarkedPage]


def strip_of(marked: MarkedPage, *, expected: int = 7, signed: bool = False) -> Strip:
    """The strip behind a page's first row label; without an anchor every further label is foreign."""
    label = next(span for span in marked.spans if span.tag is Tag.ROW)
    return collect_strip(marked, label.end, len(marked.page.text), expected=expected, signed=signed)


def digits(chunks: tuple[Chunk, ...]) -> list[str]:
    return [chunk.digits for chunk in chunks]


def test_numbers_are_collected_in_order_with_the_text_between_them(mark: Mark):
    strip = strip_of(mark("{R:规章} | {V:3} |  | {V:17} |\n"), expected=3)

    assert digits(strip.chunks) == ["3", "17"]
    assert strip.gaps == (" | ", " |  | ", " |\n")


@pytest.mark.parametrize("page_mark", ["- 4 -", "— 12 —", "第 3 页 共 7 页", "4/9", "·5·"])
def test_a_page_number_on_its_line_is_no_number_of_the_row(mark: Mark, page_mark: str):
    strip = strip_of(mark(f"{{R:规章}}\n{{V:3}}\n{page_mark}\n{{V:0}}\n{{V:17}}\n"), expected=3)

    assert digits(strip.chunks) == ["3", "0", "17"]
    assert strip.page_marks


def test_a_line_like_a_page_mark_that_the_tagger_calls_a_value_is_one(mark: Mark):
    strip = strip_of(mark("{R:行政许可}\n{V:-} {V:4} {V:-}\n"), expected=3)

    assert digits(strip.chunks) == ["", "4", ""]
    assert strip.page_marks == ()


def test_a_page_of_pages_is_no_value_though_the_tagger_calls_it_one(mark: Mark):
    page = mark("{R:1.属于国家秘密}\n{V:3}\n{V:4/9}\n{V:0}\n{V:17}\n")

    assert digits(strip_of(page).chunks) == ["3", "0", "17"]
    assert digits(strip_of(page, signed=True).chunks) == ["3", "4", "", "9", "0", "17"]
    assert digits(strip_of(mark("{R:结果维持}\n{V:12873/20441}\n")).chunks) == ["12873", "", "20441"]


def test_a_circled_number_a_blank_behind_another_is_the_mark_of_its_note(mark: Mark):
    strip = strip_of(mark("{R:1.属于国家秘密} | {V:8} ① | {V:12} | {V:1} |\n"))

    assert digits(strip.chunks) == ["8", "12", "1"]
    assert [chunk.note is not None for chunk in strip.chunks] == [True, False, False]


def test_a_dash_above_the_only_number_of_a_row_is_no_sign_of_it(mark: Mark):
    strip = strip_of(mark("{R:行政许可}\n{V:-}\n{V:4}\n"), expected=1, signed=True)

    assert digits(strip.chunks) == ["", "4"]


def test_emphasis_around_numbers_parts_no_row(mark: Mark):
    strip = strip_of(mark("**{R:规章}** | **{V:3}** | **{V:0}** | **{V:17}** |\n"), expected=3)

    assert digits(strip.chunks) == ["3", "0", "17"]
    assert not strip.interrupted


@pytest.mark.parametrize(
    "printed", ["{V:14.495万元}", "{V:14.495} {V:万元}", "{V:14.495\n万元}", "{V:14.495}\n{V:万元}"]
)
def test_a_unit_belongs_to_its_number_also_from_the_next_line(mark: Mark, printed: str):
    marked = mark("{R:行政事业性收费} " + printed + "\n")

    (chunk,) = strip_of(marked, expected=1, signed=True).chunks

    assert (chunk.digits, chunk.unit) == ("14.495", "万元")
    assert marked.page.text[chunk.start : chunk.unit_end].endswith("万元")


def test_a_unit_that_touches_its_number_is_its_unit_though_the_tagger_missed_it(mark: Mark):
    strip = strip_of(mark("{R:行政许可} {V:6} {V:97}件 {V:3}\n"), expected=3)

    assert [chunk.unit for chunk in strip.chunks] == [None, "件", None]
    assert not strip.interrupted


@pytest.mark.parametrize(
    ("printed", "expected"),
    [("1,036", "1036"), ("１，０３６", "1036"), ("减1", "-1"), ("-52", "-52"), ("+36", "36"), ("增8", "8")],
)
def test_separators_signs_and_full_width_digits_are_read(mark: Mark, printed: str, expected: str):
    strip = strip_of(mark(f"{{R:行政许可}} {{V:{printed}}}\n"), expected=3, signed=True)

    assert digits(strip.chunks) == [expected]


def test_zero_width_characters_in_a_number_leave_each_digit_its_place(mark: Mark):
    marked = mark("{R:规章} {V:4\u200b7}\n")

    (chunk,) = strip_of(marked).chunks

    assert chunk.digits == "47"
    assert [marked.page.text[chunk.place(digit)] for digit in (0, 1)] == ["4", "7"]


def test_the_ordinal_of_the_next_label_is_cut_off_the_number_before_it(mark: Mark):
    marked = mark("{R:1.信访举报投诉类申请}{V:5}{V:23}{R:2.重复申请}{V:8}\n")

    strip = strip_of(marked)

    assert digits(strip.chunks) == ["523"]
    assert strip.chunks[0].touching
    assert digits(strip.strays) == ["8"]


@pytest.mark.parametrize("blank", ["/", "—", "-", "无"])
def test_the_mark_of_a_blank_cell_takes_its_place(mark: Mark, blank: str):
    strip = strip_of(mark(f"{{R:规章}}\n{{V:3}}\n{{V:{blank}}}\n{{V:17}}\n"), expected=3)

    assert [chunk.is_mark for chunk in strip.chunks] == [False, True, False]


def test_an_escaped_mark_is_one_whatever_the_tagger_says_of_its_backslash(mark: Mark):
    strip = strip_of(mark("{R:规章} | {V:\\}{V:-} | \\- | {V:17} |\n"), expected=3)

    assert digits(strip.chunks) == ["", "", "17"]


def test_a_dash_that_touches_a_number_is_its_sign_and_no_blank_cell(mark: Mark):
    marked = mark("{R:行政许可} {V:-}{V:52}\n")

    (count,) = strip_of(marked, signed=False).chunks
    (change,) = strip_of(marked, signed=True).chunks

    assert (count.digits, count.unread) == ("-52", True)
    assert (change.digits, change.unread) == ("-52", False)


@pytest.mark.parametrize(
    ("printed", "doubted"), [("减{V:12}", True), ("{V:12}", False), (" {V:减1} {V:2}", False)]
)
def test_a_word_for_minus_that_ran_into_the_label_may_be_the_numbers(mark: Mark, printed: str, doubted: bool):
    strip = strip_of(mark(f"{{R:其他对外管理服务事项}}{printed}\n"), expected=3, signed=True)

    assert strip.interrupted == doubted


def test_numbers_behind_a_foreign_row_are_strays(mark: Mark):
    strip = strip_of(
        mark("{R:规章} {V:1} {V:2} {V:3}\n{R:其他主动公开文件} {V:57} {V:61} {V:803}\n"), expected=3
    )

    assert digits(strip.chunks) == ["1", "2", "3"]
    assert digits(strip.strays) == ["57", "61", "803"]
    assert strip.foreign_row


def test_a_label_of_another_number_ends_a_row_however_like_its_own_words(mark: Mark):
    marked = mark("{R:逾期不} {R:补正} {R:2.申请} {V:0} {V:89} {R:人逾期}\n")
    rows = Wordings([Label("one", "1.申请人逾期不补正"), Label("two", "2.申请人逾期未按收费通知缴纳费用")])
    anchor = Anchor(0, (marked.spans[0],), 0.9)

    strip = collect_strip(
        marked, anchor.end, len(marked.page.text), expected=2, signed=False, anchor=anchor, rows=rows
    )

    assert digits(strip.chunks) == []
    assert digits(strip.strays) == ["0", "89"]


def test_numbers_in_prose_behind_a_full_row_are_strays(mark: Mark):
    strip = strip_of(mark("{R:规章} {V:1} {V:2} {V:3}\n今年共开会 {V:12} 次\n"), expected=3)

    assert digits(strip.chunks) == ["1", "2", "3"]
    assert digits(strip.strays) == ["12"]


def test_a_heading_ends_the_row(mark: Mark):
    strip = strip_of(mark("{R:规章} {V:1}\n{B:第二十条第（五）项}\n{V:2}\n"), expected=3)

    assert digits(strip.chunks) == ["1"]
    assert digits(strip.strays) == ["2"]
    assert not strip.foreign_row


def test_a_group_label_between_the_numbers_of_a_row_is_passed_and_told(mark: Mark):
    strip = strip_of(mark("{R:1.属于国家秘密} {V:1} {V:2}\n{G:（三）不予公开}\n{V:3}\n"), expected=3)

    assert digits(strip.chunks) == ["1", "2", "3"]
    assert strip.interrupted


def test_in_a_ruled_table_a_row_begins_behind_its_rule(mark: Mark):
    rule = "├──────┼────┤"
    marked = mark(f"{{R:规章}} {{V:1}}\n{rule}\n{{V:2}}\n{{R:行政许可}}\n{rule}\n{{R:行政处罚}} {{V:3}}\n")
    starts = [span.start for span in marked.spans if span.tag is Tag.ROW]

    begins = marked.rows_between_rules(starts)

    assert begins[0] == starts[0]
    assert marked.page.text[begins[1] :].startswith("\n2\n行政许可")
    assert marked.page.text[begins[2] :].startswith("\n行政处罚")


def test_without_a_rule_between_every_two_labels_a_row_begins_at_its_label(mark: Mark):
    marked = mark("{R:规章} {V:1}\n──────\n{V:2}\n{R:行政许可}\n{R:行政处罚} {V:3}\n")
    starts = [span.start for span in marked.spans if span.tag is Tag.ROW]

    assert marked.rows_between_rules(starts) == starts


def test_a_number_in_the_prose_behind_an_empty_row_is_not_the_rows(mark: Mark):
    strip = strip_of(
        mark("{R:行政事业性收费}\n\n本报告所列数据的统计期限自2022年1月1日起。\n"), signed=True, expected=1
    )

    assert strip.chunks == ()


def test_a_number_within_an_explanation_leaves_a_row_without_sums_open(mark: Mark):
    page = mark("{R:行政事业性收费}{R:(含} {V:202} {R:3年度结转)} {V:7}\n")

    assert strip_of(page, signed=True, expected=1).interrupted
    assert not strip_of(page).interrupted


def test_an_ordinal_with_its_point_behind_a_blank_is_no_number(mark: Mark):
    for label in ("{V:4} {R:、保护第三方合法权益}", "{R:4 、保护第三方合法权益}"):
        marked = mark("| " + label + " | {V:7} | {V:0} |\n")
        strip = collect_strip(marked, 0, len(marked.page.text), expected=7, signed=False)

        assert digits(strip.chunks)[:1] != ["4"]


def test_a_short_piece_of_label_with_an_ordinal_begins_another_row(mark: Mark):
    begun = strip_of(mark("{R:8.属于行政查询事项}\n{R:1.本} {V:14} {V:14}\n"))
    splinter = strip_of(mark("{R:8.属于行政查询}\n{R:事项} {V:14} {V:14}\n"))

    assert (digits(begun.chunks), digits(begun.strays)) == ([], ["14", "14"])
    assert digits(splinter.chunks) == ["14", "14"]


def test_a_number_that_is_tagged_a_heading_is_a_doubtful_value(mark: Mark):
    strip = strip_of(mark("{R:行政事业性收费}\n{S:4,449,154,600}\n\n"), expected=1, signed=True)

    assert digits(strip.chunks) == ["4449154600"]
    assert strip.chunks[0].confidence == 0.5


def test_a_number_that_opens_a_row_label_is_its_ordinal(mark: Mark):
    strip = strip_of(mark("{R:规章} {R:6 . 属于四类过程性信息} | {V:1063} | {V:3}"), expected=2)

    assert "6" not in digits((*strip.chunks, *strip.strays))


def test_emphasis_does_not_touch_the_number_between_it(mark: Mark):
    strip = strip_of(mark("{R:行政许可} | **{V:-2}** | **{V:29}** |\n"), expected=3, signed=True)

    assert not any(chunk.touching for chunk in strip.chunks)


@pytest.mark.parametrize(
    ("print_", "interrupted"),
    [
        ("{R:行政事业性收费}\n\n政府集中采购{V:19}次，采购总金额", True),
        ("{R:行政事业性收费}\n\n项目 数量 种类 重大项目 | {V:13} |\n", True),
        ("{R:行政强制}\n其中\n：乡镇\n{V:136}\n", True),
        ("{R:行政强制}\n{R:其中}\n：乡镇\n{V:136}\n", True),
        ("{R:行政事业性收费}项目 | {V:13} |\n", False),
        ("{R:行政事业性收费}一项全年共计收取{V:13}万元整。\n", False),
    ],
)
def test_the_first_number_behind_other_words_leaves_a_row_without_sums_open(
    mark: Mark, print_: str, interrupted: bool
):
    assert strip_of(mark(print_), expected=1, signed=True).interrupted is interrupted


def test_the_year_with_which_a_sentence_begins_below_a_row_is_none_of_its_numbers(mark: Mark):
    strip = strip_of(
        mark("{R:四、结转下年度继续办理}\n{V:2103}\n{V:7}\n{V:2110}\n\n2020年, 全区公开政府信息。\n")
    )

    assert digits(strip.chunks) == ["2103", "7", "2110"]
    assert not any(chunk.tagged for chunk in strip.strays)


@pytest.mark.parametrize("drawn", [True, False])
def test_a_groups_label_below_cells_that_are_drawn_empty_is_the_next_rows(mark: Mark, drawn: bool):
    cells = " |" * 7 if drawn else ""
    strip = strip_of(mark(f"{{R:6.属于四类过程性信息}} {cells}\n{{G:三、本年度办理结果}} | {{V:1}}\n"))

    assert (Seen.GROUP_LABEL in strip.seen) is not drawn
