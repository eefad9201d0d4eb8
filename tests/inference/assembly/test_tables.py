"""The form of a table is the one whose columns and rows both stand on the page."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.tables import TableFinder
from gouji.model.forms import load_forms

Mark = Callable[[str], MarkedPage]

DISCLOSURE_2021 = (
    "{S:二、主动公开政府信息情况}\n{B:第二十条第（一）项}\n"
    "{C:信息内容}|{C:本年制发件数}|{C:本年废止件数}|{C:现行有效件数}\n"
    "{R:规章}|{V:0}|{V:0}|{V:0}\n{R:行政规范性文件}|{V:0}|{V:0}|{V:1}\n"
    "{B:第二十条第（五）项}\n{C:信息内容}|{C:本年处理决定数量}\n{R:行政许可}|{V:0}\n"
    "{B:第二十条第（六）项}\n{C:信息内容}|{C:本年处理决定数量}\n{R:行政处罚}|{V:0}\n{R:行政强制}|{V:0}\n"
    "{B:第二十条第（八）项}\n{C:信息内容}|{C:本年收费金额}\n{R:行政事业性收费}|{V:0}\n"
)


def forms_found(marked: MarkedPage) -> dict[str, str]:
    return {found.table.id: found.form.id for found in TableFinder(load_forms()).find(marked)}


def test_a_row_label_of_the_other_form_in_a_sentence_does_not_change_the_form(mark: Mark):
    assert forms_found(mark(DISCLOSURE_2021 + "{R:政府集中采购}13次。\n")) == {"disclosure": "2021"}


def test_without_column_labels_the_rows_tell_the_form(mark: Mark):
    rows = (
        "{R:规章}|{V:0}|{V:0}|{V:0}\n{R:规范性文件}|{V:0}|{V:0}|{V:1}\n{R:行政许可}|{V:0}|{V:0}|{V:0}\n"
        "{R:其他对外管理服务事项}|{V:0}|{V:0}|{V:0}\n{R:政府集中采购}|{V:1}|{V:2}\n"
    )

    assert forms_found(mark("{S:二、主动公开政府信息情况}\n" + rows)) == {"disclosure": "2019"}


HEADS = "".join(f"{{C:{head}}}\n" for head in ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计") * 3)
SUIT = "{S:四、政府信息公开行政复议、行政诉讼情况}\n{C:行政复议}\n{C:未经复议直接起诉}\n{C:复议后起诉}\n"


def test_column_labels_of_a_band_without_a_row_below_them_are_no_table(mark: Mark):
    assert forms_found(mark(SUIT + HEADS + "\n{S:五、存在的主要问题}\n")) == {}
    assert "review" in forms_found(mark(SUIT + HEADS + "\n\u00a0" * 15 + "\n{S:五、存在的主要问题}\n"))


def numbered(*rows: str) -> str:
    """Rows of an applications table whose ordinals are cells of their own."""
    return "{S:三、收到和处理政府信息公开申请情况}\n" + "".join(rows)


def test_ordinals_that_are_cells_of_their_own_are_no_numbers(mark: Mark):
    zeros = "\n".join(["{V:0}"] * 7) + "\n"
    marked = mark(
        numbered(
            "{R:（二）部分公开}\n" + zeros,
            "{G:（三）不予公开}\n1\n{R:属于国家秘密}\n" + zeros,
            "2\n{R:其他法律行政法规禁止公开}\n" + zeros,
            "3\n{R:危及“三安全一稳定”}\n" + zeros,
        )
    )
    (found,) = TableFinder(load_forms()).find(marked)

    assert [len(strip.chunks) for strip in found.strips.values()] == [7, 7, 7, 7]


def test_numbers_before_some_labels_are_the_rows_above(mark: Mark):
    row = "{V:0}\n{V:0}\n{V:0}\n{V:0}\n{V:0}\n{V:2}\n{V:2}\n"
    marked = mark(
        numbered(
            "{R:属于国家秘密}\n" + row,
            "{R:其他法律行政法规禁止公开}\n" + row,
            "{R:危及“三安全一稳定”}\n" + row,
        )
    )
    (found,) = TableFinder(load_forms()).find(marked)

    assert [len(strip.chunks) for strip in found.strips.values()] == [7, 7, 7]


def test_the_columns_of_a_band_may_print_their_labels_in_pieces_and_by_other_names(mark: Mark):
    heads = "".join(
        f"{{C:{head}}}\n" for head in ("结果", "维持", "纠正", "其他", "结果", "未审结", "合计") * 3
    )
    marked = mark(SUIT + heads + "{V:0}\n" * 15)

    (found,) = TableFinder(load_forms()).find(marked)

    assert not found.disordered


def test_a_band_with_which_the_page_ends_may_have_been_cut_off(mark: Mark):
    heads = SUIT + HEADS
    (cut,) = TableFinder(load_forms()).find(mark(heads + "{V:0}\n" * 9 + "{V:0}"))
    (whole,) = TableFinder(load_forms()).find(mark(heads + "{V:0}\n" * 15))

    assert cut.disordered
    assert not whole.disordered


def test_what_the_tagger_calls_a_header_below_a_bands_numbers_is_none_of_its_own(mark: Mark):
    (found,) = TableFinder(load_forms()).find(mark(SUIT + HEADS + "{V:0}\n" * 15 + "\n{C:微信扫码关注}\n"))

    assert not found.disordered
    assert len(found.strips[0].chunks) == 15


@pytest.mark.parametrize("row", ["││││││{V:7}││││{V:7}││││││", "\u00a0\n" * 4 + "{V:7}\n" + "\u00a0\n" * 10])
def test_a_band_with_which_the_page_ends_is_whole_where_every_cell_is_shown(mark: Mark, row: str):
    (whole,) = TableFinder(load_forms()).find(mark(SUIT + HEADS + "\n" + row))
    (cut,) = TableFinder(load_forms()).find(mark(SUIT + HEADS + "\n" + row[:-4]))

    assert not whole.disordered
    assert cut.disordered
