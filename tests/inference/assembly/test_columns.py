"""A number's column is its header's; headers that do not say which leave their rows open."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gouji.inference.assembly.headers import pieces_of
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.extraction import Cell
from gouji.model.forms import load_forms

from .assembled import APPLICATIONS, LABELS, cells_of, is_open, row_of

Mark = Callable[[str], MarkedPage]

ISSUED = "{S:二、主动公开政府信息情况}\n{B:第二十条第（一）项}\n"


def test_wrapped_headers_in_another_order_are_joined_and_followed(mark: Mark):
    page = mark(
        ISSUED
        + "|{C:信息内容}|{C:现行有效}|{C:本年制发}|{C:本年废止}|\n"
        + "|        |{C:件数}    |{C:件数}    |{C:件数}    |\n"
        + "|{R:规章}    |{V:17}      |{V:2}       |{V:1}       |\n"
    )

    read = row_of(cells_of(page, "disclosure"), "regulations")

    assert read == {"issued": 2, "repealed": 1, "in_force": 17}


def test_a_column_whose_wrapped_header_is_not_there_is_missing(mark: Mark):
    page = mark(
        ISSUED
        + "|{C:信息内容}|{C:本年制发}|{C:现行有效}|\n|        |{C:件数}    |{C:件数}    |\n"
        + "|{R:规章}    |{V:2}       |{V:17}      |\n"
    )

    read = row_of(cells_of(page, "disclosure"), "regulations")

    assert read == {"issued": 2, "in_force": 17}


def test_a_header_that_is_empty_leaves_its_column_open(mark: Mark):
    page = mark(
        ISSUED
        + "|{C:信息内容}|{C:本年制发件数}||{C:现行有效件数}|\n"
        + "|{R:规章}|{V:3}|{V:1}|\n|{R:行政规范性文件}|{V:3}|{V:1}|\n"
    )

    assert is_open(cells_of(page, "disclosure"), "regulations")


def test_headers_that_browsers_centred_on_several_lines_stand_over_their_numbers(mark: Mark):
    heads = (
        "      {C:法人或其他组织}\n"
        "{C:自}    {C:科}  {C:商}  {C:社会}  {C:法律}      {C:总}\n"
        "{C:然}    {C:研}  {C:业}  {C:公益}  {C:服务}  {C:其}  {C:计}\n"
        "{C:人}    {C:机}  {C:企}  {C:组织}  {C:机构}  {C:他}\n"
        "      {C:构}  {C:业}\n"
    )
    rows = [
        f"{{R:{label}}}\n{{V:{5 + i}}}     {{V:1}}   {{V:2}}   {{V:3}}     {{V:4}}     {{V:6}}"
        f"   {{V:{21 + i}}}\n"
        for i, label in enumerate(LABELS)
    ]

    read = row_of(cells_of(mark(APPLICATIONS + heads + "".join(rows)), "applications"), "received")

    assert (read["research"], read["business"], read["nonprofit"]) == (1, 2, 3)


def flat(mark: Mark, columns: str, *rows: str) -> dict[str, Cell]:
    heads = "|".join(f"{{C:{column}}}" for column in columns.split())
    printed = [
        f"{{R:{label}}}|" + "|".join(f"{{V:{value}}}" for value in row.split()) + "\n"
        for label, row in zip(LABELS, rows, strict=True)
    ]
    return cells_of(mark(APPLICATIONS + heads + "\n" + "".join(printed)), "applications")


@pytest.mark.parametrize(
    "columns",
    [
        "自然人 法人或其他组织 总计\n其他 法律服务机构 社会公益组织 科研机构 商业企业",
        "法人或其他组织 自然人 法人或其他组织 总计\n其他 商业企业 法律服务机构 社会公益组织 科研机构",
    ],
)
def test_headers_in_another_order_are_followed_or_their_rows_are_open(mark: Mark, columns: str):
    heads = "\n".join("|".join(f"{{C:{head}}}" for head in line.split()) for line in columns.split("\n"))
    rows = "".join(
        f"{{R:{label}}}|{{V:5}}|{{V:6}}|{{V:4}}|{{V:3}}|{{V:2}}|{{V:1}}|{{V:21}}\n" for label in LABELS
    )

    cells = cells_of(mark(APPLICATIONS + heads + "\n" + rows), "applications")

    read = row_of(cells, "received")
    assert (read["other"], read["business"]) == (6, 1) or is_open(cells, "received")


def test_a_column_of_the_publishers_own_is_left_out_of_another_order(mark: Mark):
    cells = flat(
        mark,
        "自然人 科研机构 商业企业 社会公益组织 法律服务机构 其他 总计 上年数",
        "5 2 1 3 4 6 21 9",
        "1 0 0 1 0 0 2 7",
        "4 1 1 4 3 6 19 8",
        "2 1 0 0 1 0 4 5",
    )

    assert row_of(cells, "received") == {
        "natural_person": 5,
        "business": 1,
        "research": 2,
        "nonprofit": 3,
        "legal_service": 4,
        "other": 6,
        "total": 21,
    }


def test_no_zero_is_put_in_a_column_that_has_neither_header_nor_number(mark: Mark):
    cells = flat(
        mark,
        "自然人 商业企业 科研机构 社会公益组织 法律服务机构 总计",
        "0 0 0 0 0 0",
        "0 0 0 0 0",
        "0 0 0 0 0 0",
        "0 0 0 0",
    )

    assert cells.get("received/other") is None or str(cells["received/other"].state) == "ambiguous"


def twice(mark: Mark, first: str, second: str, numbers: str) -> dict[str, Cell]:
    """This year's table behind another with other numbers."""
    rows = ["".join(f"{{R:{label}}}|{row}\n" for label in LABELS) for row in (numbers, NUMBERS_OF_SEVEN)]
    heads = "|".join(
        f"{{C:{c}}}"
        for c in ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    )
    return cells_of(
        mark(f"{{S:{first}}}\n{heads}\n{rows[0]}{{S:{second}}}\n{heads}\n{rows[1]}"), "applications"
    )


NUMBERS_OF_SEVEN = "{V:5}|{V:1}|{V:2}|{V:3}|{V:4}|{V:6}|{V:21}"
TITLE = "三、收到和处理政府信息公开申请情况"


def test_last_years_table_is_not_taken_for_this_years(mark: Mark):
    cells = twice(mark, "附：上年收到和处理政府信息公开申请情况", TITLE, NUMBERS_OF_SEVEN.replace("5", "8"))

    assert cells["received/natural_person"].value == 5


def test_of_two_tables_that_nothing_tells_apart_none_is_read(mark: Mark):
    cells = twice(mark, TITLE, TITLE, NUMBERS_OF_SEVEN.replace("5", "8"))

    assert is_open(cells, "received")


def test_a_table_that_is_printed_twice_alike_is_read(mark: Mark):
    cells = twice(mark, TITLE, TITLE, NUMBERS_OF_SEVEN)

    assert cells["received/natural_person"].value == 5


def test_where_no_line_tells_the_levels_of_headers_sums_confirm_the_order_in_which_they_are_read(mark: Mark):
    heads = (
        "{C:总计} | {C:自然人} | {C:法人或其他组织}\n{C:商业\n企业} | {C:科研\n机构}"
        " | {C:社会公益组织} | {C:法律服务机构} | {C:其他}"
    )
    rows = [(21, 9, 1, 4, 2, 5, 0), (7, 3, 1, 0, 2, 0, 1), (28, 12, 2, 4, 4, 5, 1), (0, 0, 0, 0, 0, 0, 0)]
    lines = [
        f"{{R:{label}}} | " + " | ".join(f"{{V:{value}}}" for value in row)
        for label, row in zip(LABELS, rows, strict=True)
    ]

    cells = cells_of(mark(APPLICATIONS + heads + "\n" + "\n".join(lines) + "\n"), "applications")

    read = row_of(cells, "received")
    assert (read["total"], read["natural_person"], read["other"]) == (21, 9, 0)


def test_of_headers_whose_levels_no_line_tells_terms_in_another_order_are_open(mark: Mark):
    heads = (
        "{C:总计} | {C:法人或其他组织}\n{C:商业\n企业} | {C:科研\n机构}"
        " | {C:社会公益组织} | {C:法律服务机构} | {C:其他}\n{C:自然人}"
    )
    rows = [(21, 9, 1, 4, 2, 5, 0), (7, 3, 1, 0, 2, 0, 1), (28, 12, 2, 4, 4, 5, 1), (0, 0, 0, 0, 0, 0, 0)]
    lines = [
        f"{{R:{label}}} | " + " | ".join(f"{{V:{value}}}" for value in row)
        for label, row in zip(LABELS, rows, strict=True)
    ]

    cells = cells_of(mark(APPLICATIONS + heads + "\n" + "\n".join(lines) + "\n"), "applications")

    assert is_open(cells, "received")


def test_rows_that_all_print_as_many_cells_and_too_few_lack_the_column_without_a_header(mark: Mark):
    heads = " ".join(f"{{C:{head}}}" for head in ("自然人", "科研机构", "社会公益组织", "法律服务机构"))
    rows = ["0 / 0 / / 0", "0 0 / / 0 0", "/ / 0 0 0 0", "0 0 0 0 / /"]
    lines = [
        f"{{R:{label}}} " + " ".join(f"{{V:{value}}}" for value in row.split())
        for label, row in zip(LABELS, rows, strict=True)
    ]

    cells = cells_of(mark(APPLICATIONS + heads + " 业\n" + "\n".join(lines) + "\n"), "applications")

    assert is_open(cells, "received")


def test_a_known_column_of_the_publishers_own_whose_place_no_header_tells_leaves_the_row_open(mark: Mark):
    heads = "{C:上一年项目数量}|{C:本年增/减}\n{C:处理决定数量}\n"
    page = "{S:二、主动公开政府信息情况}\n{B:第二十条第（八）项}\n" + heads
    row = "{R:行政事业性收费}| |{V:1}|{V:7}|\n"

    assert is_open(cells_of(mark(page + row), "disclosure"), "fees")


def test_rows_of_zeros_show_no_column_of_the_publishers_own(mark: Mark):
    zeros = ("0",) * 8
    numbers = [(*zeros[:7], "2"), *[zeros] * (len(LABELS) - 1)]
    rows = [
        f"{{R:{label}}} | " + " | ".join(f"{{V:{number}}}" for number in own) + " |\n"
        for label, own in zip(LABELS, numbers, strict=True)
    ]

    cells = cells_of(mark(APPLICATIONS + "".join(rows)), "applications")

    assert is_open(cells, "received")


def test_a_quotation_mark_among_the_headers_is_none_of_them(mark: Mark):
    page = mark('{S:四、政府信息公开行政复议、行政诉讼情况}\n{C:结果维持}|{C:"}{C:结果\n纠正}|{C:其他结果}\n')

    assert [piece.words for piece in pieces_of(page, page.spans)][1:] == ["结果维持", "结果纠正", "其他结果"]


def test_a_column_that_is_all_rows_total_is_none_of_the_forms_terms(mark: Mark):
    rows = [label.label for _, label in load_forms()["2021"].table("applications").rows()]
    names = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
    heads = " ".join(f"{{C:{name}}}" for name in names)
    lines = [
        f"{{R:{row}}} {{V:{n + 6}}} {{V:{n}}} {{V:1}} {{V:2}} {{V:0}} {{V:3}} {{V:0}}"
        for n, row in enumerate(rows)
    ]

    found = cells_of(mark(f"{APPLICATIONS}{heads}\n" + "\n".join(lines) + "\n"), "applications")

    assert is_open(found, "received")
    assert is_open(found, "total")


def test_zeros_do_not_show_that_an_added_header_stands_beside_the_forms_and_not_for_one(mark: Mark):
    names = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "法人小计", "总计")
    heads = " ".join(f"{{C:{name}}}" for name in names)
    zeros = " ".join(["{V:0}"] * 7)
    lines = [f"{{R:{label}}} {zeros}" for label in LABELS]

    found = cells_of(mark(f"{APPLICATIONS}{heads}\n" + "\n".join(lines) + "\n"), "applications")

    assert is_open(found, "received")


def test_a_piece_of_an_explanation_heads_no_column_where_another_piece_may_be_the_forms(mark: Mark):
    heads = (
        "| {C:信息内容} | {C:本年新} |\n| {C:制作数量} | {C:本年新} | {C:对外公开总数（} |\n"
        "| {C:含2019年度结转）} |\n"
    )
    rows = "| {R:规章} | {V:1} | {V:29} | {V:0} |\n| {R:行政规范性文件} | {V:0} | {V:2} | {V:1} |\n"

    cells = cells_of(mark(ISSUED + heads + rows), "disclosure")

    assert [row_of(cells, "regulations")[column] for column in ("made", "published")] == [1, 29]
