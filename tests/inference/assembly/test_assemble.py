"""A value is given only where every reading that is left agrees on it; what no cell took is told of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from gouji.inference.assembly.assemble import Matrix, assemble
from gouji.inference.assembly.cells import CANDIDATES
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.tables import TableFinder
from gouji.inference.extraction import Cell, State
from gouji.model.forms import load_forms

Mark = Callable[[str], MarkedPage]

HEADS = "{S:三、收到和处理政府信息公开申请情况}\n" + " ".join(
    f"{{C:{label}}}"
    for label in ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
)


def assembled(marked: MarkedPage, table: str = "applications") -> Matrix:
    found = next(found for found in TableFinder(load_forms()).find(marked) if found.table.id == table)
    return assemble(marked, [found])[table]


def row_of(matrix: Matrix, row: str) -> list[Cell]:
    return [cell for key, cell in matrix.cells.items() if key.split("/")[1] == row]


def row(label: str, *numbers: object, between: str = " ") -> str:
    return f"\n{{R:{label}}}{between}" + between.join(
        f"{{V:{number}}}" if number != "" else "" for number in numbers
    )


def test_printed_numbers_are_read_where_they_stand(mark: Mark):
    marked = mark(
        HEADS + row("1.属于国家秘密", 1, 2, 0, 0, 0, 0, 3) + row("3.危及“三安全一稳定”", 0, 0, 0, 0, 0, 0, 0)
    )

    cells = row_of(assembled(marked), "denied.state_secret")

    assert [(cell.value, cell.state) for cell in cells] == [(v, State.READ) for v in (1, 2, 0, 0, 0, 0, 3)]
    assert [marked.page.text[cell.start : cell.end] for cell in cells] == [cell.raw for cell in cells]


def test_print_that_contradicts_itself_stands(mark: Mark):
    marked = mark(
        HEADS + row("1.属于国家秘密", 1, 2, 0, 0, 0, 0, 9) + row("3.危及“三安全一稳定”", 0, 0, 0, 0, 0, 0, 0)
    )

    cells = row_of(assembled(marked), "denied.state_secret")

    assert [cell.value for cell in cells] == [1, 2, 0, 0, 0, 0, 9]
    assert {cell.state for cell in cells} == {State.READ}


def test_a_marked_cell_is_blank_and_keeps_its_mark(mark: Mark):
    marked = mark(
        HEADS
        + row("1.属于国家秘密", 1, "/", "/", 2, "—", "/", 3)
        + row("3.危及“三安全一稳定”", 0, 0, 0, 0, 0, 0, 0)
    )

    cells = row_of(assembled(marked), "denied.state_secret")

    assert [cell.state for cell in cells].count(State.BLANK) == 4
    assert [cell.raw for cell in cells] == ["1", "/", "/", "2", "—", "/", "3"]
    assert [cell.value for cell in cells] == [1, None, None, 2, None, None, 3]


def test_a_value_whose_place_the_sum_settles_is_placed_and_the_others_list_their_candidates(mark: Mark):
    marked = mark(
        HEADS + row("1.属于国家秘密", 1, 2, 3, 4, 5, 6, 21) + row("2.其他法律行政法规禁止公开", 4, 4)
    )

    *applicants, total = row_of(assembled(marked), "denied.law_prohibits")

    assert (total.state, total.value, total.raw) == (State.PLACED, 4, "4")
    assert {cell.state for cell in applicants} == {State.AMBIGUOUS}
    assert all(set(cell.candidates) == {None, 4} for cell in applicants)


def test_numbers_whose_place_stays_open_are_told_of(mark: Mark):
    marked = mark(
        HEADS + row("1.属于国家秘密", 1, 2, 3, 4, 5, 6, 21) + row("2.其他法律行政法规禁止公开", 4, 4)
    )

    (number,) = assembled(marked).unplaced

    assert (number.raw, number.reason) == ("4", "its row can be read in several ways")


def test_zeros_of_which_some_are_blank_are_one_reading(mark: Mark):
    marked = mark(
        HEADS
        + row("1.属于国家秘密", 1, 2, 3, 4, 5, 6, 21)
        + row("2.其他法律行政法规禁止公开", 0, 0, 0, 0, 0, 0)
        + row("3.危及“三安全一稳定”", 0, 0, 0, 0, 0, 0, 0)
    )

    matrix = assembled(marked)

    cells = row_of(matrix, "denied.law_prohibits")
    assert {(cell.value, cell.state, cell.raw) for cell in cells} == {(0, State.PLACED, None)}
    assert {number.reason for number in matrix.unplaced} == {"a zero of this row whose cell cannot be told"}


def test_zeros_are_not_called_blank_where_the_layout_leaves_open_which_cells_are(mark: Mark):
    lines = "\n \n"
    marked = mark(
        HEADS.replace(" ", lines)
        + row("（一）予以公开", "", 0, 0, 0, 0, "", 0, between=lines)
        + 3 * lines
        + row("1.属于国家秘密", 0, "", 5, 0, 0, 0, 5, between=lines)
        + row("3.危及“三安全一稳定”", 0, 0, 0, 0, 0, 0, 0, between=lines)
    )

    matrix = assembled(marked)

    granted = row_of(matrix, "granted")
    assert [cell.state for cell in granted if cell.raw is None] == [State.PLACED] * 7
    assert {cell.value for cell in granted} == {0}
    secret = row_of(matrix, "denied.state_secret")
    assert [cell.state for cell in secret].count(State.BLANK) == 1


def test_no_cell_lists_more_candidates_than_it_may_and_then_says_that_there_are_more(mark: Mark):
    marked = mark(
        "{B:第二十条第（一）项}\n{C:信息内容} {C:本年制发件数}"
        + "\n{R:规章}{V:123456789123}\n{R:行政规范性文件}{V:12}"
    )

    cells = row_of(assembled(marked, "disclosure"), "regulations")

    assert {cell.state for cell in cells} == {State.AMBIGUOUS}
    assert all(len(cell.candidates) <= CANDIDATES for cell in cells)
    assert any(cell.more and len(cell.candidates) == CANDIDATES for cell in cells)


def test_the_likeliest_candidate_is_named_first(mark: Mark):
    marked = mark(
        HEADS + row("1.属于国家秘密", 1, 2, 3, 4, 5, 6, 21) + row("2.其他法律行政法规禁止公开", 7, 9, 16)
    )

    first, *_ = row_of(assembled(marked), "denied.law_prohibits")

    assert first.candidates == (
        7,
        None,
    )  # natural persons apply most, though 7 stands there in 5 of 15 readings


def test_numbers_of_a_foreign_row_go_to_no_cell(mark: Mark):
    marked = mark(
        "{B:第二十条第（一）项}\n{C:信息内容} {C:本年新制作数量} {C:本年新公开数量} {C:对外公开总数量}"
        + row("规章", 1, 2, 3)
        + row("规范性文件", 4, 5, 6)
        + row("其他主动公开文件", 57, 61, 803)
    )

    matrix = assembled(marked, "disclosure")

    assert [(n.raw, n.reason) for n in matrix.unplaced] == [
        (n, "its row is not in the form") for n in ("57", "61", "803")
    ]
    assert [cell.value for cell in row_of(matrix, "normative_documents")] == [4, 5, 6]


def test_where_numbers_lost_their_row_only_rows_that_prove_themselves_are_read(mark: Mark):
    marked = mark(
        HEADS
        + row("1.属于国家秘密", 1, 2, 0, 0, 0, 0, 3)
        + row("2.其他法律行政法规禁止公开", 0, 0, 0, 0, 0, 0, 0)
        + "\n以上为办理情况 {V:6} {V:9}"
        + row("4.保护第三方合法权益", 5, 0, 0, 0, 0, 0, 5)
    )

    matrix = assembled(marked)

    assert {cell.state for cell in row_of(matrix, "denied.state_secret")} == {State.READ}
    assert {cell.state for cell in row_of(matrix, "denied.law_prohibits")} == {State.AMBIGUOUS}
    assert [number.raw for number in matrix.unplaced if number.raw in "69"] == ["6", "9"]


def test_a_cell_is_as_sure_as_the_weakest_tag_that_it_rests_on(mark: Mark):
    sure = mark(
        HEADS + row("1.属于国家秘密", 1, 2, 0, 0, 0, 0, 3) + row("3.危及“三安全一稳定”", 0, 0, 0, 0, 0, 0, 0)
    )
    spans = [
        replace(s, confidence=0.9 if sure.page.text[s.start : s.end] == "2" else 1.0) for s in sure.spans
    ]

    cells = row_of(assembled(MarkedPage(sure.page, sure.tokens, spans)), "denied.state_secret")

    assert [cell.confidence for cell in cells] == [1.0, 0.9, 1.0, 1.0, 1.0, 1.0, 1.0]


def test_in_a_torn_table_numbers_beside_an_empty_row_may_be_that_rows(mark: Mark):
    torn = row("1.属于国家秘密") + row("2.其他法律行政法规禁止公开", 1, 2, 3, 4, 5, 6, 21)
    whole = row("1.属于国家秘密", 0, 0, 0, 0, 0, 0, 0) + row(
        "2.其他法律行政法规禁止公开", 1, 2, 3, 4, 5, 6, 21
    )
    rest = row("3.危及“三安全一稳定”", 1, 1) + "\n另有一行 {V:5} {V:5}"

    states = {
        name: {cell.state for cell in row_of(assembled(mark(HEADS + rows + rest)), "denied.law_prohibits")}
        for name, rows in (("torn", torn), ("whole", whole))
    }

    assert states == {"torn": {State.AMBIGUOUS}, "whole": {State.READ}}


def test_where_numbers_stand_before_the_first_label_no_row_is_proved_by_its_own_sum(mark: Mark):
    marked = mark(
        HEADS
        + "\n{V:5} {V:0} {V:0} {V:0} {V:0} {V:0} {V:5}"
        + row("一、本年新收政府信息公开申请数量", 1, 2, 0, 0, 0, 0, 3)
        + row("二、上年结转政府信息公开申请数量", 0, 0, 4, 0, 0, 0, 4)
        + "\n{R:（一）予以公开}\n"
    )

    assert all(cell.value is None for cell in assembled(marked).cells.values())


def test_numbers_beyond_a_rows_own_may_be_the_rest_of_it(mark: Mark):
    torn = row("3.危及“三安全一稳定”", 0, 18, 0, 0, 0, 0, 18) + "\n另有一行 {V:2} {V:2}"
    marked = mark(HEADS + row("2.其他法律行政法规禁止公开", 0, 1, 0, 0, 0, 0, 1) + torn)

    cells = row_of(assembled(marked), "denied.endangers_security")

    assert {cell.state for cell in cells} == {State.AMBIGUOUS}


def test_a_row_of_too_many_numbers_with_a_foreign_label_among_them_is_open(mark: Mark):
    marked = mark(
        HEADS
        + row("1.属于国家秘密", 1)
        + " 另有 {V:0} {V:2} {V:3} {V:0} {V:5} {V:1} {V:11}"
        + row("3.危及“三安全一稳定”", 0, 0, 0, 0, 0, 0, 0)
    )

    cells = row_of(assembled(marked), "denied.state_secret")

    assert {cell.state for cell in cells} == {State.AMBIGUOUS}


def test_a_value_on_whose_place_readings_differ_is_given_with_one_print_of_it(mark: Mark):
    whole = row("1.属于国家秘密", 1, 2, 3, 4, 5, 6, 21)
    marked = mark(HEADS + whole + row("2.其他法律行政法规禁止公开", 0, 0, 0, 0, 6, 6))

    cells = row_of(assembled(marked), "denied.law_prohibits")

    assert all(cell.raw == str(cell.value) for cell in cells if cell.value)
    starts = [cell.start for cell in cells if cell.start is not None]
    assert len(starts) == len(set(starts))
