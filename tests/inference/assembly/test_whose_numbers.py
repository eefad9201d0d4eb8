"""Numbers whose row, or column, the page does not tell are open; so is what may have lost them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gouji.inference.assembly.assemble import assemble
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.run_together import parted
from gouji.inference.assembly.tables import TableFinder
from gouji.inference.assembly.wording import Wordings
from gouji.inference.extraction import Cell, State
from gouji.model.forms import Label, load_forms
from gouji.model.labels import Span, Tag
from gouji.model.page import Page

Mark = Callable[[str], MarkedPage]

DISCLOSED = (
    "{S:二、主动公开政府信息情况}\n{B:第二十条第（一）项}\n"
    "{C:本年制发件数}\t{C:本年废止件数}\t{C:现行有效件数}\n"
)
RECEIVED = "{S:三、收到和处理政府信息公开申请情况}\n"
HEADS = "{C:自然人}\t{C:商业企业}\t{C:科研机构}\t{C:社会公益组织}\t{C:法律服务机构}\t{C:其他}\t{C:总计}\n"


def cells_of(marked: MarkedPage) -> dict[str, Cell]:
    """The cells read of a page."""
    found = TableFinder(load_forms()).find(marked)
    return {key: cell for matrix in assemble(marked, found).values() for key, cell in matrix.cells.items()}


def states(cells: dict[str, Cell], row: str) -> set[State]:
    return {cell.state for key, cell in cells.items() if key.split("/")[1] == row}


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("重复申请\n要求提供公开出版物", ["重复申请", "要求提供公开出版物"]),
        ("其他\n法律行政法规禁止公开", ["其他\n法律行政法规禁止公开"]),
        ("重复申请\n要求提供\n公开出版物\n重复", ["重复申请", "要求提供\n公开出版物\n重复"]),
    ],
)
def test_labels_of_rows_below_each_other_are_parted(text: str, labels: list[str]):
    rows = ["2.重复申请", "3.要求提供公开出版物", "3.其他", "2.其他法律行政法规禁止公开"]
    known = {Tag.ROW: Wordings([Label(row, row) for row in rows])}

    spans = parted(Page("a", text), [Span(Tag.ROW, 0, len(text))], known)

    assert [text[span.start : span.end] for span in spans] == labels


def test_where_the_last_columns_have_no_label_what_is_not_printed_is_not_blank(mark: Mark):
    heads = "{C:本年制发件数}\n"
    text = DISCLOSED.partition("{C:")[0] + heads + "{R:规章}  {V:0}\n{R:规范性文件}  {V:0}\n"

    assert states(cells_of(mark(text)), "regulations") == {State.AMBIGUOUS}
    assert State.AMBIGUOUS not in states(cells_of(mark(DISCLOSED + text[text.index("{R:") :])), "regulations")


def test_labels_alone_without_a_column_over_them_are_no_blank_rows(mark: Mark):
    labels = "{R:一、本年新收政府信息公开申请数量}\n{R:二、上年结转政府信息公开申请数量}\n"

    assert {cell.state for cell in cells_of(mark(RECEIVED + labels)).values()} == {State.AMBIGUOUS}
    assert {cell.state for cell in cells_of(mark(RECEIVED + HEADS + labels)).values()} == {State.BLANK}


def test_a_row_that_prints_nothing_is_open_where_a_sum_fails_without_it(mark: Mark):
    def rows(carried_in: str) -> str:
        full = "|".join(f"{{V:{value}}}" for value in (5, 1, 2, 3, 4, 6, 21))
        empty = "|".join(["{V:0}"] * 7)
        return (
            f"{RECEIVED}{HEADS}{{R:一、本年新收政府信息公开申请数量}}|{full if carried_in else empty}\n"
            f"{{R:二、上年结转政府信息公开申请数量}}\n{{R:（七）总计}}|{full}\n"
            f"{{R:四、结转下年度继续办理}}|{empty}\n"
        )

    assert states(cells_of(mark(rows(""))), "carried_in") == {State.AMBIGUOUS}
    assert State.AMBIGUOUS not in states(cells_of(mark(rows("whole"))), "carried_in")


def test_rows_without_a_number_are_not_blank_where_one_prints_more_digits_than_a_row_has(mark: Mark):
    digits = "{V:" + "516410" * 20 + "}"

    cells = cells_of(
        mark(
            RECEIVED + HEADS + "{R:一、本年新收政府信息公开申请数量}\n{R:二、上年结转政府信息公开申请数量}\n"
            "{R:四、结转下年度继续办理}\n" + digits + "\n"
        )
    )

    assert states(cells, "received") == states(cells, "carried_out") == {State.AMBIGUOUS}


def test_rows_without_a_number_are_not_blank_where_those_of_many_stand_behind_another_label(mark: Mark):
    names = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    heads = " ".join(f"{{C:{name}}}" for name in names) + "\n"
    rows = heads + "{R:1.属于国家秘密}\n{R:2.其他法律行政法规禁止公开}\n{R:3.危及“三安全一稳定”}\n"
    numbers = " ".join("{V:1805}" for _ in range(21))

    cells = cells_of(
        mark("{S:三、收到和处理政府信息公开申请情况}\n" + rows + "{R:另一行的标签}\n" + numbers + "\n")
    )

    assert not any(cell.state is State.BLANK for cell in cells.values())


def test_a_number_in_a_sentence_is_none_that_a_row_full_of_marks_lacks(mark: Mark):
    text = (
        DISCLOSED
        + "{R:规章}\n{V:-}\n{V:-}\n{V:1}\n全年共召开会议\n8\n次。\n{R:规范性文件} {V:0} {V:0} {V:0}\n"
    )

    cells = cells_of(mark(text))

    assert states(cells, "regulations") == {State.READ, State.BLANK}


def test_a_line_of_numbers_below_a_rows_own_may_be_the_next_rows_whose_label_is_lost(mark: Mark):
    rows = (
        "{R:1.属于国家秘密}\t\t\t{V:0}\t\t\t\t{V:0}\n\t\t{V:0}\t\t\t{V:1}\t{V:0}\t{V:1}\n"
        "{R:3.危及“三安全一稳定”}\t{V:5}\t\t\t{V:0}\t\t\t{V:5}\n"
        "{R:4.保护第三方合法权益}\t\t{V:1}\t\t\t{V:0}\t\t{V:1}\n"
    )

    cells = cells_of(mark(RECEIVED + HEADS + rows))

    assert states(cells, "denied.state_secret") == {State.AMBIGUOUS}


def test_a_label_that_begins_as_another_rows_is_none_of_its_own(mark: Mark):
    row = "{V:4}\t{V:0}\t{V:0}\t{V:0}\t{V:0}\t{V:0}\t{V:4}\n"
    rows = f"{{R:（七）总计区分处理的，只计这一情形，不计其他情形）}}\t{row}{{R:1.属于国家秘密}}\t{row}"

    cells = cells_of(mark(f"{RECEIVED}{HEADS}{{R:（一）予以公开}}\t{row}{rows}"))

    assert states(cells, "partly_granted") == {State.AMBIGUOUS}


def test_a_number_before_the_point_with_which_a_label_begins_is_its_ordinal(mark: Mark):
    text = (
        RECEIVED
        + HEADS
        + (
            "{R:1\n. 属于国家秘密}\n{V:3}\n{V:1}\n{V:0}\n{V:0}\n{V:0}\n{V:4}\n2\n"
            "{R:. \n其他法律行政法规禁止公开}\n{V:1}\n{V:1}\n{V:1}\n{V:0}\n{V:0}\n{V:1}\n{V:4}\n"
        )
    )

    cells = cells_of(mark(text))

    assert cells["applications/denied.state_secret/total"].value == 4


def test_labels_of_columns_below_each_other_are_parted():
    text = "经复议后起 诉\n维持"
    span = Span(Tag.COLUMN, 0, len(text))

    parts = TableFinder(load_forms()).labels_apart(Page("a", text), [span])

    assert [text[part.start : part.end] for part in parts] == ["经复议后起 诉", "维持"]


def test_a_column_of_the_publishers_own_below_one_of_the_forms_is_parted_from_it():
    text = "自然人\n序号"
    span = Span(Tag.COLUMN, 0, len(text))

    parts = TableFinder(load_forms()).labels_apart(Page("a", text), [span])

    assert [text[part.start : part.end] for part in parts] == ["自然人", "序号"]


def test_a_number_that_the_next_heads_are_said_to_begin_with_is_its_rows(mark: Mark):
    text = (
        "{S:二、主动公开政府信息情况}\n{B:第二十条第（八）项}\n{C:上一年项目数量}\t{C:本年增/减}\n"
        "{R:行政事业性收费}\t{V:65}\t{B:-5\n条款}\t{C:采购项目数量}\t{C:采购总金额}\n"
        "{B:第二十条第（九）项}\t{R:政府集中采购}\t{V:3}\t{V:57.04}\n{S:三、收到和处理政府信息公开申请情况}\n"
    )

    assert cells_of(mark(text))["disclosure/fees/change"].value == -5
