"""The rows and columns of a band stand as their headers say, or the band is open."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gouji.inference.assembly.marked import MarkedPage

from .assembled import cells_of, is_open, row_of

Mark = Callable[[str], MarkedPage]

REVIEW = "{S:四、政府信息公开行政复议、行政诉讼情况}\n"
COLUMNS = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
NUMBERS = "{V:3}|{V:1}|{V:0}|{V:1}|{V:5}|{V:0}|{V:0}|{V:0}|{V:1}|{V:1}|{V:1}|{V:0}|{V:0}|{V:0}|{V:1}\n"


@pytest.mark.parametrize("times", [1, 5])
def test_rows_of_a_band_in_another_order_are_followed_however_often_their_label_is_printed(
    mark: Mark, times: int
):
    rows = ("行政复议", "复议后起诉", "未经复议直接起诉")
    above = "|".join(["{C:行政复议}"] * times + ["{C:行政诉讼}"] * (2 * times))
    labels = "|".join(f"{{C:{row}}}" for row in rows for _ in range(times))
    columns = "|".join(f"{{C:{column}}}" for column in COLUMNS * 3)
    page = mark(REVIEW + f"{above}\n{labels}\n{columns}\n{NUMBERS}")

    cells = cells_of(page, "review")

    assert cells["direct_suit/upheld"].value == 1
    assert cells["suit_after_reconsideration/pending"].value == 1


def test_a_group_on_a_line_of_its_own_above_a_band_does_not_move_its_rows(mark: Mark):
    columns = "|".join(f"{{C:{column}}}" for column in COLUMNS * 3)
    rows = "{C:行政复议}|{C:未经复议直接起诉}|{C:复议后起诉}\n"

    cells = cells_of(mark(f"{REVIEW}{{C:行政诉讼}}\n{rows}{columns}\n{NUMBERS}"), "review")

    alone = cells_of(mark(f"{REVIEW}{rows}{columns}\n{NUMBERS}"), "review")
    assert {key: cell.value for key, cell in cells.items()} == {
        key: cell.value for key, cell in alone.items()
    }


def test_each_column_of_a_band_may_have_its_row_before_it(mark: Mark):
    rows = ("行政复议", "复议后起诉", "未经复议直接起诉")
    heads = "|".join(f"{{C:{row}.}}{{C:{column}}}" for row in rows for column in COLUMNS)

    cells = cells_of(mark(REVIEW + heads + "\n" + NUMBERS), "review")

    assert cells["direct_suit/upheld"].value == 1


def test_columns_of_a_row_that_are_merged_downwards_are_headers_once_more(mark: Mark):
    wrapped = [f"{column[: len(column) // 2]}\n{column[len(column) // 2 :]}" for column in COLUMNS]
    columns = "|".join(f"{{C:{column}}}" for column in wrapped)
    rows = "{C:未经复议直接起诉}|{C:复议后起诉}"
    heads = f"{{C:行政复议}}|{{C:行政诉讼}}\n{columns}|{rows}\n{columns}|{columns}|{columns}\n"
    totals_of_nought = "|".join(f"{{V:{value}}}" for value in (3, 1, 0, 1, 0, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0))

    cells = cells_of(mark(REVIEW + heads + totals_of_nought + "\n"), "review")

    assert (cells["reconsideration/upheld"].value, cells["reconsideration/total"].value) == (3, 0)


def test_a_piece_of_a_rows_label_says_no_order_of_columns(mark: Mark):
    columns = "\n".join(f"{{C:{column}}}" for column in COLUMNS * 3)
    rows = "{C:行政复议}\n{C:行政诉讼}\n{C:未经复议直接起诉}\n{C:经}\n{C:复议后起诉}\n"

    cells = cells_of(mark(REVIEW + rows + columns + "\n" + NUMBERS.replace("|", "\n")), "review")

    assert cells["reconsideration/upheld"].value == 3


def test_columns_of_a_band_of_which_one_has_another_order_leave_it_open(mark: Mark):
    swapped = (*COLUMNS[1::-1], *COLUMNS[2:])
    columns = "|".join(f"{{C:{column}}}" for column in (*swapped, *COLUMNS, *COLUMNS))
    page = mark(
        REVIEW + "{C:行政复议}|{C:行政诉讼}\n{C:未经复议直接起诉}|{C:复议后起诉}\n" + columns + "\n" + NUMBERS
    )

    assert is_open(cells_of(page, "review"), "reconsideration")


def test_a_rows_label_amid_the_columns_of_a_band_moves_no_row(mark: Mark):
    leaves = ("结果维持", "结果纠正", "其他结果", "尚未审结", "总计")
    columns = [f"{{C:{leaf}}}" for leaf in leaves] * 3
    columns[7] = "{C:行政复议}{C:其他结果}"  # 行政复议其他结果, as a tool joins its levels
    heads = "{C:行政诉讼}\n{C:未经复议直接起诉}\n{C:复议后起诉}\n" + " | ".join(columns)
    values = (1, 2, 0, 3, 6, 4, 0, 0, 1, 5, 0, 2, 0, 0, 2)

    cells = cells_of(mark(REVIEW + heads + "\n" + " | ".join(f"{{V:{v}}}" for v in values) + "\n"), "review")

    assert row_of(cells, "reconsideration")["total"] in (6, None)


def test_headers_of_a_band_one_after_another_in_no_order_of_rows_leave_it_open(mark: Mark):
    turned = (*COLUMNS[3:], *COLUMNS, *COLUMNS, *COLUMNS[:3])
    columns = "\n".join(f"{{C:{column}}}" for column in turned)
    rows = "{C:行政复议} {C:行政诉讼}\n{C:未经复议直接起诉}\n{C:复议后起诉}\n"

    assert is_open(cells_of(mark(REVIEW + rows + columns + "\n" + NUMBERS), "review"), "reconsideration")


@pytest.mark.parametrize("total", [4, 5])
def test_a_band_whose_rows_all_lack_one_column_is_read_where_the_others_add_up(mark: Mark, total: int):
    fewer = "|".join(f"{{C:{column}}}" for column in COLUMNS if column != "尚未审结")
    heads = (
        f"{{C:行政复议}}|{{C:行政诉讼}}\n{fewer}|{{C:未经复议直接起诉}}|{{C:复议后起诉}}\n{fewer}|{fewer}\n"
    )
    numbers = "|".join(f"{{V:{number}}}" for number in (3, 1, 0, total, 0, 0, 2, 2, 1, 0, 0, 1))

    cells = cells_of(mark(REVIEW + heads + numbers + "\n{S:五、存在的主要问题}\n"), "review")

    assert cells["direct_suit/other"].value == (2 if total == 4 else None)
    assert "reconsideration/pending" not in cells


def test_a_band_is_open_where_a_header_of_other_words_stands_for_one_of_its_own(mark: Mark):
    own = "|".join(f"{{C:{column}}}" for column in COLUMNS)
    other = own.replace("尚未审结", "上年同期")
    heads = f"{{C:行政复议}}|{{C:行政诉讼}}\n{other}|{{C:未经复议直接起诉}}|{{C:复议后起诉}}\n{own}|{own}\n"

    assert is_open(cells_of(mark(REVIEW + heads + NUMBERS), "review"), "reconsideration")


def test_a_piece_of_an_explanation_is_no_other_header_of_a_band(mark: Mark):
    own = "|".join(f"{{C:{column}}}" for column in COLUMNS)
    broken = own.replace("{C:尚未审结}", "{C:尚未审结（单位：万元}|{C:，保留4}|{C:位小数）}").replace(
        "{C:结果维持}", "维持"
    )
    heads = f"{{C:行政复议}}|{{C:行政诉讼}}\n{own}|{{C:未经复议直接起诉}}|{{C:复议后起诉}}\n{broken}|{own}\n"

    assert not is_open(cells_of(mark(REVIEW + heads + NUMBERS), "review"), "reconsideration")


def test_a_word_of_the_sentence_above_a_band_is_no_header_of_it(mark: Mark):
    broken = "|".join(f"{{C:{column[:2]}}}|{{C:{column[2:]}}}" for column in COLUMNS[:-1]) + "|{C:总}|{C:计}"
    rows = "{C:行政复议}|{C:行政诉讼}|{C:未经复议直接起诉}|{C:复议后起诉}"
    above = "{C:新建}属性源头认定制度。|"

    cells = cells_of(mark(f"{REVIEW}{above}{rows}|{'|'.join([broken] * 3)}\n{NUMBERS}"), "review")

    assert row_of(cells, "reconsideration")["total"] == 5


def test_a_band_is_open_where_two_words_head_one_column_and_nothing_another(mark: Mark):
    own = "|".join(f"{{C:{column}}}" for column in COLUMNS).replace("尚未审结", "合计")
    heads = f"{{C:行政复议}}|{{C:行政诉讼}}\n{own}|{{C:未经复议直接起诉}}|{{C:复议后起诉}}\n{own}|{own}\n"

    assert is_open(cells_of(mark(REVIEW + heads + NUMBERS), "review"), "reconsideration")


def test_a_note_among_the_headers_of_a_band_stands_for_one_of_its_own(mark: Mark):
    own = "|".join(f"{{C:{column}}}" for column in COLUMNS).replace("{C:尚未审结}", "{N:备注}")
    heads = f"{{C:行政复议}}|{{C:行政诉讼}}\n{own}|{{C:未经复议直接起诉}}|{{C:复议后起诉}}\n{own}|{own}\n"

    assert is_open(cells_of(mark(REVIEW + heads + NUMBERS), "review"), "reconsideration")
