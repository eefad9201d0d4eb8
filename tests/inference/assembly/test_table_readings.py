"""What the layout shows comes first; only where it shows nothing are a row's readings worked out."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gouji.inference.assembly.column_choice import in_columns
from gouji.inference.assembly.columns import without_own
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.table_readings import LineReadings, read_lines
from gouji.inference.assembly.tables import TableFinder
from gouji.inference.extraction import Number
from gouji.inference.unread_marks import PICTURE
from gouji.model.forms import load_forms

Mark = Callable[[str], MarkedPage]

HEADS = "{S:三、收到和处理政府信息公开申请情况}\n" + " ".join(
    f"{{C:{label}}}"
    for label in ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
)


def read(marked: MarkedPage, table: str = "applications") -> dict[str, LineReadings]:
    """The readings of each row found, by the row's id."""
    found = next(found for found in TableFinder(load_forms()).find(marked) if found.table.id == table)
    ids = [row.id for _, row in found.table.rows()]
    found = in_columns(marked, found)
    _, lines = without_own(found, read_lines(marked, found))
    return {ids[index]: line for index, line in lines.items()}


def row(label: str, *numbers: object, between: str = " ") -> str:
    return f"\n{{R:{label}}}{between}" + between.join(
        f"{{V:{number}}}" if number != "" else "" for number in numbers
    )


def values_of(line: LineReadings) -> list[tuple[Number, ...]]:
    return [reading.values for reading in line.readings]


def test_a_number_for_every_column_is_shown_though_it_does_not_add_up(mark: Mark):
    page = mark(
        HEADS
        + row("1.属于国家秘密", 1, 2, 0, 0, 0, 0, 4)
        + row("2.其他法律行政法规禁止公开", 1, 0, 0, 0, 0, 0, 1)
    )

    line = read(page)["denied.state_secret"]

    assert values_of(line) == [(1, 2, 0, 0, 0, 0, 4)]
    assert line.shown


def test_a_label_without_anything_behind_it_is_a_blank_row(mark: Mark):
    page = mark(HEADS + "\n{R:1.属于国家秘密}" + row("2.其他法律行政法规禁止公开", 1, 0, 0, 0, 0, 0, 1))

    line = read(page)["denied.state_secret"]

    assert values_of(line) == [(0,) * 7]
    assert line.shown
    assert set(line.readings[0].prints) == {None}


def test_empty_cells_between_pipes_are_shown(mark: Mark):
    page = mark(
        HEADS
        + row("1.属于国家秘密", 1, 2, 3, 4, 5, 6, 21, between=" | ")
        + row("2.其他法律行政法规禁止公开", 1, "", "", 4, "", "", 5, between=" | ")
    )

    line = read(page)["denied.law_prohibits"]

    assert values_of(line) == [(1, 0, 0, 4, 0, 0, 5)]
    assert line.shown


def test_where_blanks_vanished_every_place_that_adds_up_is_a_reading(mark: Mark):
    page = mark(
        HEADS + row("1.属于国家秘密", 1, 2, 3, 4, 5, 6, 21) + row("2.其他法律行政法规禁止公开", 1, 4, 5)
    )

    line = read(page)["denied.law_prohibits"]

    assert len(line.readings) == 15
    assert all(sum(values[:6]) == values[6] == 5 for values in values_of(line))
    assert not line.shown
    assert not line.doubts


def test_digits_that_touch_their_labels_are_cut_by_their_sum(mark: Mark):
    page = mark(
        HEADS
        + "\n{R:1.属于国家秘密}{V:136122520451283214069}"
        + "\n{R:2.其他法律行政法规禁止公开}{V:0001102}\n{R:3.危及三安全一稳定}"
    )

    lines = read(page)

    assert values_of(lines["denied.state_secret"]) == [(13612, 252, 0, 45, 128, 32, 14069)]
    assert (0, 0, 0, 1, 1, 0, 2) in values_of(lines["denied.law_prohibits"])


def test_a_column_too_many_is_the_same_one_in_every_row(mark: Mark):
    page = mark(
        HEADS
        + row("1.属于国家秘密", 1, 20, 2, 3, 4, 5, 6, 21)
        + row("2.其他法律行政法规禁止公开", 7, 9, 0, 9, 0, 0, 0, 16)
    )

    lines = read(page)

    assert values_of(lines["denied.state_secret"]) == [(1, 2, 3, 4, 5, 6, 21)]
    assert values_of(lines["denied.law_prohibits"]) == [(7, 0, 9, 0, 0, 0, 16)]


def test_the_numbers_of_a_row_without_its_label_are_dealt_to_it(mark: Mark):
    page = mark(
        HEADS
        + row("1.属于国家秘密", 1, 0, 0, 0, 0, 0, 1)
        + "\n{V:0} {V:5} {V:0} {V:0} {V:0} {V:1} {V:6}"
        + row("3.危及“三安全一稳定”", 0, 0, 2, 0, 0, 0, 2)
    )

    lines = read(page)

    assert values_of(lines["denied.state_secret"]) == [(1, 0, 0, 0, 0, 0, 1)]
    assert values_of(lines["denied.law_prohibits"]) == [(0, 5, 0, 0, 0, 1, 6)]
    assert not lines["denied.law_prohibits"].shown


def test_numbers_without_a_label_that_do_not_add_up_are_dealt_to_no_row(mark: Mark):
    page = mark(
        HEADS
        + row("1.属于国家秘密", 1, 0, 0, 0, 0, 0, 1)
        + "\n{V:0} {V:5} {V:0} {V:0} {V:0} {V:1} {V:7}"
        + row("3.危及“三安全一稳定”", 0, 0, 2, 0, 0, 0, 2)
    )

    assert "denied.law_prohibits" not in read(page)


def test_a_number_that_the_tagger_calls_no_value_is_left_out_of_a_row_that_is_whole_without_it(mark: Mark):
    page = mark(
        HEADS
        + row("1.属于国家秘密", 1, 0, 3, 0, 0, 0, 4)
        + "\n7\n"
        + row("2.其他法律行政法规禁止公开", 1, 0, 0, 0, 0, 0, 1)
    )

    line = read(page)["denied.state_secret"]

    assert values_of(line) == [(1, 0, 3, 0, 0, 0, 4)]
    assert line.shown
    assert [chunk.digits for chunk in line.strip.numbers][-1] == "7"  # kept, to be told of as unplaced


def test_numbers_of_a_wrapped_cell_may_interleave_in_every_way_that_adds_up(mark: Mark):
    page = mark(
        HEADS
        + row("1.属于国家秘密", 2, 1)
        + "\n{V:6} {V:0} {V:0} {V:0} {V:9}"
        + row("2.其他法律行政法规禁止公开", 1, 0, 0, 0, 0, 0, 1)
    )

    values = values_of(read(page)["denied.state_secret"])

    assert {(2, 1, 6, 0, 0, 0, 9), (6, 2, 0, 1, 0, 0, 9)} <= set(values)
    assert all(sum(terms) == total for *terms, total in values)


def test_a_publishers_own_column_is_left_out_by_its_head(mark: Mark):
    page = mark(
        "{B:第二十条第（八）项}\n{C:信息内容} {C:上一年项目数量} {C:本年增/减} {C:处理决定数量}"
        + row("行政事业性收费", 18, -2, 240)
        + "\n{B:第二十条第（九）项}\n{C:信息内容} {C:采购项目数量} {C:采购总金额}"
        + row("政府集中采购", 12, 3.5)
    )

    assert values_of(read(page, "disclosure")["fees"]) == [(18, -2)]


def test_heads_of_the_rows_before_do_not_hide_a_publishers_own_column(mark: Mark):
    page = mark(
        "{B:第二十条第（六）项}\n{C:信息内容} {C:上一年项目数量} {C:本年增/减} {C:处理决定数量}"
        + row("行政处罚", 5, -1, 7)
        + row("行政强制", 4, 38, 16)
        + "\n{C:信息内容} {C:上一年项目数量} {C:本年增/减} {C:处理决定数量}"
        + row("行政事业性收费", 13, 7)
        + "\n{B:第二十条第（九）项}\n{C:信息内容} {C:采购项目数量} {C:采购总金额}"
        + row("政府集中采购", 12, 3.5)
    )

    fees = read(page, "disclosure")["fees"]

    assert fees.doubts or values_of(fees) != [(13, 7)]


def test_a_column_that_may_be_the_publishers_leaves_a_row_open_where_labels_repeat(mark: Mark):
    page = mark(
        "{B:第二十条第（八）项}\n{C:上一年项目数量} {C:上一年项目数量} {C:本年增/减} {C:处理决定数量}"
        + row("行政事业性收费", 13, 7)
        + "\n{B:第二十条第（九）项}\n{C:信息内容} {C:采购项目数量} {C:采购总金额}"
        + row("政府集中采购", 12, 3.5)
    )

    assert read(page, "disclosure")["fees"].doubts


def test_a_mark_too_many_in_a_row_without_a_sum_leaves_it_open(mark: Mark):
    page = mark(
        "{B:第二十条第（一）项}\n{C:信息内容} {C:本年制发件数} {C:本年废止件数} {C:现行有效件数}"
        + row("规章", "/", "/", "/", 3, between=" | ")
        + row("行政规范性文件", 1, 2, 3, between=" | ")
    )

    assert read(page, "disclosure")["regulations"].doubts


@pytest.mark.parametrize(("between", "open_"), [(" ", False), ("", True)])
def test_two_marks_that_nothing_parts_may_be_one(mark: Mark, between: str, open_: bool):
    behind = f"{{V:/}} {{V:1}} {{V:1}} {{V:1}} {{V:—}}{between}{{V:/}} {{V:3}}"
    page = mark(
        HEADS + f"\n{{R:1.属于国家秘密}} {behind}" + row("2.其他法律行政法规禁止公开", 1, 0, 0, 0, 0, 0, 1)
    )

    assert bool(read(page)["denied.state_secret"].doubts) == open_


@pytest.mark.parametrize(("label", "open_"), [("法人小计", True), ("", False)])
def test_digits_are_not_cut_into_fewer_columns_than_are_named(mark: Mark, label: str, open_: bool):
    heads = HEADS + f"\n{{C:{label}}}" * bool(label)
    page = mark(
        heads + row("1.属于国家秘密", "16600006667", between="") + row("2.其他法律行政法规禁止公开", 0)
    )

    found = read(page)

    assert bool(found["denied.state_secret"].doubts) == open_
    assert not found["denied.law_prohibits"].doubts


def test_numbers_behind_a_label_that_comes_again_are_dealt_to_no_other_row(mark: Mark):
    doubled = row("一、本年新收政府信息公开申请数量", 1, 2, 0, 0, 0, 0, 3) * 2

    found = read(mark(HEADS + doubled + row("二、上年结转政府信息公开申请数量")))

    assert found["received"].doubts
    assert found["carried_in"].doubts


@pytest.mark.parametrize("others", [(), (2, 0, 0, 0, 2)])  # another row's sum says nothing of this one's
def test_one_sum_is_not_enough_to_cut_a_number_in_a_band(mark: Mark, others: tuple[int, ...]):
    labels = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    heads = "{R:行政复议}\n{R:未经复议直接起诉}\n{R:复议后起诉}\n" + "\n".join(
        f"{{C:{c}}}" for c in labels * 3
    )
    numbers = "\n".join(f"{{V:{number}}}" for number in (*others, 1, 1, 10, 3))
    page = mark(
        "{S:四、政府信息公开行政复议、行政诉讼情况}\n" + heads + "\n\n" + numbers + "\n\n{S:五、问题}\n"
    )

    (band,) = read(page, "review").values()

    assert band.claims


def test_a_table_of_which_most_rows_contradict_their_sums_is_open(mark: Mark):
    names = ("1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”", "4.保护第三方合法权益")
    shifted = [row(name, 1, 2, 3, 1, 1, 8, 0) for name in names]
    once = [shifted[0], *(row(name, 1, 2, 3, 1, 1, 0, 8) for name in names[1:])]
    keys = ("denied.state_secret", "denied.law_prohibits", "denied.endangers_security", "denied.third_party")

    most, one = (read(mark(HEADS + "".join(rows))) for rows in (shifted, once))

    assert all(most[key].doubts for key in keys)
    assert not any(one[key].doubts for key in keys)


def test_a_line_like_a_page_mark_leaves_a_row_without_sums_open(mark: Mark):
    page = mark(
        "{B:第二十条第（一）项}\n{C:信息内容} {C:本年制发件数} {C:本年废止件数} {C:现行有效件数}"
        "\n{R:规章}\n{V:—} {V:1} {V:—}\n{R:行政规范性文件} {V:1} {V:2} {V:3}\n"
    )

    assert read(page, "disclosure")["regulations"].doubts
    assert not read(page, "disclosure")["normative_documents"].doubts


def test_a_row_that_adds_up_without_another_than_the_added_column_contradicts_itself(mark: Mark):
    page = mark(
        HEADS
        + row("1.属于国家秘密", 65, 15, 9, 130, 1, 2, 157, 222)
        + row("2.其他法律行政法规禁止公开", 0, 0, 1, 12, 0, 0, 13, 13)
        + row("3.危及“三安全一稳定”", 5, 0, 0, 9, 1, 0, 10, 15)
        + row("4.保护第三方合法权益", 0, 0, 0, 0, 0, 0, 0, 9)
    )

    lines = read(page)

    assert values_of(lines["denied.state_secret"]) == [(65, 15, 9, 130, 1, 2, 222)]
    assert values_of(lines["denied.third_party"]) == [(0, 0, 0, 0, 0, 0, 9)]
    assert not lines["denied.third_party"].shown, "a sum that fails opens what was not shown"


def test_blanks_vanish_beside_an_added_column_too(mark: Mark):
    page = mark(
        HEADS
        + row("1.属于国家秘密", 65, 15, 9, 130, 1, 2, 157, 222)
        + row("2.其他法律行政法规禁止公开", 0, 0, 1, 12, 0, 0, 13, 13)
        + row("3.危及“三安全一稳定”", 2, 18, 29, 1, 3, 51, 53)  # one of five columns is blank
        + row("4.保护第三方合法权益", 7, 2, 2, 9)
    )

    lines = read(page)

    assert (2, 18, 29, 0, 1, 3, 53) in values_of(lines["denied.endangers_security"])
    assert {values[0] for values in values_of(lines["denied.endangers_security"])} == {2}
    assert {(values[0], sum(values[1:6])) for values in values_of(lines["denied.third_party"])} == {(7, 2)}


def test_rows_of_zeros_with_an_added_column_are_not_dealt_out_to_one_row_more(mark: Mark):
    labels = (
        "一、本年新收政府信息公开申请数量",
        "二、上年结转政府信息公开申请数量",
        "（一）予以公开",
        "（二）部分公开",
    )
    labels += ("1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”")
    lines = read(mark(HEADS + "".join(row(label, *[0] * 8) for label in labels)))

    assert "denied.third_party" not in lines


def test_a_row_printed_twice_with_its_label_moves_no_numbers_to_the_rows_behind_it(mark: Mark):
    page = mark(
        HEADS
        + row("1.属于国家秘密", *[0] * 7)
        + row("1.属于国家秘密", *[0] * 7)
        + row("2.其他法律行政法规禁止公开", 27, 0, 0, 0, 0, 0, 27)
        + row("4.保护第三方合法权益", 38, 0, 0, 0, 0, 0, 38)
    )

    lines = read(page)

    assert lines["denied.law_prohibits"].doubts
    assert not lines["denied.third_party"].doubts


def test_numbers_without_a_label_are_not_dealt_out_where_another_label_has_no_numbers(mark: Mark):
    page = mark(
        HEADS
        + row("1.属于国家秘密", 1, 0, 0, 0, 0, 0, 1)
        + "\n{V:0} {V:5} {V:0} {V:0} {V:0} {V:1} {V:6}"
        + "\n{R:3.危及“三安全一稳定”}"
        + row("4.保护第三方合法权益", 0, 0, 2, 0, 0, 0, 2)
    )

    lines = read(page)

    assert "denied.law_prohibits" not in lines
    assert lines["denied.endangers_security"].doubts


def test_a_row_without_sums_whose_numbers_stand_unevenly_may_hold_a_pages_number(mark: Mark):
    far = "\n" * 6
    page = mark(
        f"{{B:第二十条第（一）项}}\n{{C:信息内容}}{far}{{C:本年制发件数}}{far}{{C:本年废止件数}}{far}{{C:现行有效件数}}"
        f"\n{{R:规章}}{far}{{V:0}}{far}{{V:1}}{far}{{V:1}}\n{{R:行政规范性文件}}{far}{{V:0}}{far}\u00a0{far}{{V:0}}\n{{V:2}}\n"
    )

    lines = read(page, "disclosure")

    assert not lines["regulations"].doubts
    assert lines["normative_documents"].doubts


def test_numbers_alone_in_their_cells_beyond_a_sentence_leave_a_row_of_too_few_open(mark: Mark):
    page = mark(
        HEADS
        + row("1.属于国家秘密", 1, 2, 0, between="\n")
        + "\n咨询电话：请在工作时间拨打本单位的总机号码。\n5\n6\n7\n20\n"
    )

    assert read(page)["denied.state_secret"].doubts


def test_a_mark_before_its_rows_label_on_one_line_is_a_groups_label(mark: Mark):
    page = mark(
        HEADS + "\n{V:无} {R:2.没有现成信息需要另行制作} {V:160} {V:0} {V:0} {V:0} {V:1} {V:1} {V:162}\n"
    )

    assert values_of(read(page)["unavailable.must_be_created"]) == [(160, 0, 0, 0, 1, 1, 162)]


def band_of(mark: Mark, columns: str, *blocks: tuple[int, ...]) -> LineReadings:
    heads = "{S:四、政府信息公开行政复议、行政诉讼情况}\n{C:行政复议} {C:行政诉讼}\n"
    numbers = " ".join(f"{{V:{value}}}" for block in blocks for value in block)
    return read(mark(heads + columns + "\n" + numbers + "\n"), "review")["reconsideration"]


def test_fifteen_numbers_under_fifteen_labels_stand_whatever_their_sums(mark: Mark):
    columns = " ".join("{C:结果维持} {C:结果纠正} {C:其他结果} {C:尚未审结} {C:总计}" for _ in range(3))
    zero_totals = (2, 0, 0, 0, 0)

    line = band_of(mark, columns, zero_totals, zero_totals, (1, 1, 0, 0, 0))

    assert values_of(line) == [(2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 1, 1, 0, 0, 0)]
    assert not line.doubts


def test_a_band_that_breaks_most_of_its_sums_and_lacks_a_label_is_open(mark: Mark):
    columns = " ".join("{C:结果维持} {C:结果纠正} {C:其他结果} {C:尚未审结} {C:总计}" for _ in range(3))
    lacking = columns.removesuffix(" {C:总计}")
    right, wrong = (1, 1, 0, 0, 2), (2, 0, 0, 0, 1)

    assert band_of(mark, lacking, right, wrong, wrong).doubts
    assert not band_of(mark, lacking, right, right, wrong).doubts


def test_a_number_in_brackets_with_its_cell_for_itself_leaves_its_row_open(mark: Mark):
    page = mark(
        HEADS
        + row("1.属于国家秘密", 1, 2, 3, 4, 5, 6, 21, between="\n")
        + "\n{R:2.其他法律行政法规禁止公开}\n{V:25}\n\n\n{V:1}\n\n{G:（56）}\n{V:27}\n"
    )

    assert read(page)["denied.law_prohibits"].doubts


def test_a_total_left_out_between_borders_is_no_proof_that_a_number_stands_elsewhere(mark: Mark):
    page = mark(
        HEADS
        + row("1.属于国家秘密", 1, 2, 3, 4, 5, 6, 21, between="|")
        + "|"
        + row("2.其他法律行政法规禁止公开", "", 2, "", "", "", 2, "", between="|")
        + "|"
    )

    line = read(page)["denied.law_prohibits"]

    assert line.doubts
    assert (0, 2, 0, 0, 0, 2, 0) in values_of(line)


def test_long_numbers_alone_between_borders_are_not_figures_run_together(mark: Mark):
    page = mark(
        "{B:第二十条第（一）项}\n|{C:信息内容}|{C:本年新制作数量}|{C:本年新公开数量}|{C:对外公开总数量}|\n"
        "|{R:规章}|||{V:34287}|\n|{R:规范性文件}||{V:162}||\n"
        "{B:第二十条第（八）项}\n|{C:信息内容}|{C:上一年项目数量}|{C:本年增/减}|{C:处理决定数量}|\n"
        "|{R:行政事业性收费}||{V:26748}|{V:7}|\n"
    )

    assert (0, 26748) in values_of(read(page, "disclosure")["fees"])


FEES = "{S:二、主动公开政府信息情况}\n{B:第二十条第（八）项}\n"
FEES_ROW = "\n{R:行政事业性收费}        {V:280}    {V:减21}    {V:2}\n"


def test_labels_wrapped_beside_each_other_do_not_tell_the_order_of_the_columns(mark: Mark):
    above, heads = "              {C:本年增/减（含规定等）}\n", "{C:上一年项目数量}       {C:处理决定数量}"

    line = read(mark(FEES + above + heads + FEES_ROW), "disclosure")["fees"]

    assert line.doubts
    assert (280, -21) in values_of(line)


def test_labels_on_one_line_tell_the_order_of_the_columns(mark: Mark):
    heads = "信息内容   {C:上一年项目数量}   {C:本年增/减（含规定等）}     {C:处理决定数量}"

    line = read(mark(FEES + heads + FEES_ROW), "disclosure")["fees"]

    assert values_of(line) == [(280, -21)]
    assert not line.doubts


@pytest.mark.parametrize("numbers", ["", "{V:1} {V:2}", "{V:1} {V:2} {V:3} {V:4} {V:5} {V:6} {V:7}"])
def test_print_that_is_no_text_may_be_a_number_of_its_row(mark: Mark, numbers: str):
    page = mark(
        HEADS
        + f"\n{{R:1.属于国家秘密}} {numbers} {PICTURE}"
        + row("3.危及“三安全一稳定”", 1, 0, 0, 0, 0, 0, 1)
    )

    assert read(page)["denied.state_secret"].doubts


def test_print_that_is_no_text_leaves_a_full_row_that_adds_up(mark: Mark):
    page = mark(
        HEADS
        + row("1.属于国家秘密", 1, 2, 3, 4, 5, 6, 21)
        + f"\n{PICTURE}"
        + row("3.危及“三安全一稳定”", 1, 0, 0, 0, 0, 0, 1)
    )

    assert not read(page)["denied.state_secret"].doubts


def test_an_empty_row_behind_the_numbers_of_a_foreign_label_is_not_blank(mark: Mark):
    page = mark(
        HEADS
        + row("2.重复申请", 1, 0, 0, 0, 0, 0, 1)
        + row("3.（计划、年检须另行填报", 15, 44, 0, 0, 0, 0, 59)
        + "\n{R:其他}\n{R:（七）总计} {V:16} {V:44} {V:0} {V:0} {V:0} {V:0} {V:60}"
    )

    lines = read(page)

    assert lines["rejected.duplicate"].strip.foreign_row
    assert lines["other.rest"].doubts


@pytest.mark.parametrize(
    ("above", "numbers"),
    [("{V:1}  {V:1}", (1, 0, 0, 0, 6, 2, 9)), ("{V:1}", (1, 0, 0, 0, 6, 2, 19))],  # 10 is broken, and 19
)
def test_numbers_alone_on_a_line_may_be_the_upper_part_of_those_below(
    mark: Mark, above: str, numbers: tuple[int, ...]
):
    page = mark(
        HEADS
        + row("1.属于国家秘密", 2, 0, 0, 1, 1, 0, 4)
        + f"\n        {above}"
        + row("2.其他法律行政法规禁止公开", *numbers)
    )

    assert read(page)["denied.law_prohibits"].doubts


def test_a_row_that_adds_up_stands_below_a_bare_page_number(mark: Mark):
    page = mark(
        HEADS
        + row("1.属于国家秘密", 2, 0, 0, 1, 1, 0, 4)
        + "\n        {V:5}"
        + row("2.其他法律行政法规禁止公开", 1, 0, 0, 0, 6, 2, 9)
    )

    assert not read(page)["denied.law_prohibits"].doubts


def test_numbers_of_one_of_two_rows_that_lost_their_labels_are_neither_ones(mark: Mark):
    page = mark(
        HEADS
        + row("1.属于国家秘密", 1, 0, 0, 0, 0, 0, 1)
        + "\n{V:4} {V:0} {V:0} {V:0} {V:0} {V:0} {V:4}"
        + row("4.保护第三方合法权益", 2, 0, 0, 0, 0, 0, 2)
    )

    lines = read(page)

    assert values_of(lines["denied.state_secret"]) == [(1, 0, 0, 0, 0, 0, 1)]
    assert lines["denied.law_prohibits"].doubts
    assert values_of(lines["denied.third_party"]) == [(2, 0, 0, 0, 0, 0, 2)]
