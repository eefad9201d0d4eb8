"""A number's column is its header's; headers that do not say which leave their rows open."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gouji.inference.assembly.column_choice import in_columns
from gouji.inference.assembly.headers import pieces_of
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.tables import TableFinder
from gouji.inference.extraction import Cell
from gouji.model.forms import load_forms

from .assembled import cells_of, is_open, row_of

Mark = Callable[[str], MarkedPage]

ISSUED = "{S:二、主动公开政府信息情况}\n{B:第二十条第（一）项}\n"
APPLICATIONS = "{S:三、收到和处理政府信息公开申请情况}\n"
LABELS = (
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "（七）总计",
    "四、结转下年度继续办理",
)


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


def with_subtotals(heads: str) -> str:
    """Two rows that add up and three of totals of 0, all with a subtotal before their total."""
    rows = [(21, 1, 4, 9, 6, 2, 22, 43), (3, 1, 0, 0, 0, 0, 1, 4), *[(0, 0, 1, 0, 0, 0, 1, 0)] * 3]
    cells = ["|".join(f"{{V:{value}}}" for value in row) for row in rows]
    labels = (*LABELS[:2], "（一）予以公开", *LABELS[2:])
    lines = [f"{{R:{label}}}|{row}" for label, row in zip(labels, cells, strict=True)]
    return APPLICATIONS + heads + "\n" + "\n".join(lines) + "\n"


def test_headers_part_a_subtotal_from_totals_of_nought_that_would_fit_as_well(mark: Mark):
    heads = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "法人小计", "总计")
    marked = mark(with_subtotals("|".join(f"{{C:{head}}}" for head in heads)))

    (found,) = [in_columns(marked, table) for table in TableFinder(load_forms()).find(marked)]

    assert [key.rpartition("/")[2] for key in found.lines[0].keys[-3:]] == ["other", "", "total"]
    assert not found.doubts


def test_under_the_headers_of_all_columns_and_of_one_more_print_stands_whatever_the_sums_say(mark: Mark):
    heads = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "法人小计", "总计")
    rows = [(21, 1, 4, 9, 6, 2, 22, 43), (3, 1, 0, 0, 0, 0, 1, 4), (24, 2, 4, 9, 6, 2, 23, 48)]
    cells = ["|".join(f"{{V:{value}}}" for value in row) for row in (*rows, (0,) * 8)]
    lines = [f"{{R:{label}}}|{row}" for label, row in zip(LABELS, cells, strict=True)]
    text = "|".join(f"{{C:{head}}}" for head in heads) + "\n" + "\n".join(lines) + "\n"

    found = cells_of(mark(APPLICATIONS + text), "applications")

    assert row_of(found, "received")["total"] == 43
    assert row_of(found, "total")["total"] == 48
    assert {str(cell.state) for key, cell in found.items() if key.startswith("received/")} == {"placed"}


def test_headers_part_a_subtotal_from_a_wrong_total_though_it_would_add_up(mark: Mark):
    heads = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "法人小计", "总计")
    rows = [(0, 0, 1, 2, 5, 1, 9, 9), (0, 0, 0, 0, 1, 0, 1, 1), (0, 0, 1, 0, 0, 0, 1, 2), (0,) * 8]
    cells = ["|".join(f"{{V:{value}}}" for value in row) for row in rows]
    lines = [f"{{R:{label}}}|{row}" for label, row in zip(LABELS, cells, strict=True)]
    text = "|".join(f"{{C:{head}}}" for head in heads) + "\n" + "\n".join(lines) + "\n"

    found = cells_of(mark(APPLICATIONS + text), "applications")

    assert row_of(found, "total")["total"] == 2


def test_a_subtotal_above_a_total_that_is_blank_is_not_read_as_the_total(mark: Mark):
    heads = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "法人小计", "总计")
    rows = [(0, 3, 1, 0, 0, 2, 6, 6), (4, 0, 0, 0, 0, 0, 0, 4), (0, 3, 0, 0, 0, 2, 5), (78, 0, 0, 0, 0, 78)]
    lines = [
        f"{{R:{label}}} " + " ".join(f"{{V:{value}}}" for value in row)
        for label, row in zip(LABELS, rows, strict=True)
    ]
    text = " ".join(f"{{C:{head}}}" for head in heads) + "\n" + "\n".join(lines) + "\n"

    found = cells_of(mark(APPLICATIONS + text), "applications")

    assert row_of(found, "received")["total"] == 6
    assert row_of(found, "total")["business"] == 3
    assert str(found["total/total"].state) == "ambiguous"
    assert is_open(found, "carried_out")


def test_without_headers_totals_of_nought_and_a_subtotal_are_open(mark: Mark):
    cells = cells_of(mark(with_subtotals("")), "applications")

    assert {cell.value for key, cell in cells.items() if key.endswith("/total")} == {None}


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


def test_rows_that_break_their_sums_are_open_where_a_subtotal_is_headed_and_a_total_may_be_blank(mark: Mark):
    names = ("自然人", "总计", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "法人小计")
    heads = " ".join(f"{{C:{name}}}" for name in names) + "\n"
    subtotal = ("114", "110", "7", "219", "10", "2", "348")
    numbers = [subtotal, *[("0", "17", "0", "0", "0", "0", "17")] * (len(LABELS) - 1)]
    rows = [
        f"{{R:{label}}} | " + " | ".join(f"{{V:{number}}}" for number in own) + " |\n"
        for label, own in zip(LABELS, numbers, strict=True)
    ]

    cells = cells_of(mark(APPLICATIONS + heads + "".join(rows)), "applications")

    assert is_open(cells, "received")


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


def test_a_header_like_that_of_a_subtotal_is_one_before_a_total_that_is_blank(mark: Mark):
    names = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "法人合计", "总计")
    heads = "|".join(f"{{C:{name}}}" for name in names)
    rows = [(9, 2, 0, 0, 0, 1, 3), (0, 9, 7, 0, 0, 73, 89), (0, 1, 0, 0, 0, 1, 2), (0, 0, 1, 0, 0, 0, 1)]
    lines = [
        f"{{R:{label}}}|" + "|".join(f"{{V:{value}}}" for value in row) + "| "
        for label, row in zip(LABELS, rows, strict=True)
    ]

    found = cells_of(mark(APPLICATIONS + heads + "\n" + "\n".join(lines) + "\n"), "applications")

    assert is_open(found, "carried_in")


def test_zeros_do_not_show_that_an_added_header_stands_beside_the_forms_and_not_for_one(mark: Mark):
    names = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "法人小计", "总计")
    heads = " ".join(f"{{C:{name}}}" for name in names)
    zeros = " ".join(["{V:0}"] * 7)
    lines = [f"{{R:{label}}} {zeros}" for label in LABELS]

    found = cells_of(mark(f"{APPLICATIONS}{heads}\n" + "\n".join(lines) + "\n"), "applications")

    assert is_open(found, "received")


def test_the_lines_of_a_subtotals_header_that_stand_on_one_line_are_its_own(mark: Mark):
    heads = (
        "{C:自然\n人} {C:法人或其他组织}\n{C:总计} {C:商业\n企业} {C:科研\n机构} {C:社会\n公益\n组织}\n"
        "{C:法律\n服务\n机构}\n{C:其他} {C:法人} {C:小计}\n"
    )
    rows = [(21, 1, 4, 9, 6, 2, 22, 43), (3, 1, 0, 0, 0, 0, 1, 4), (24, 2, 4, 9, 6, 2, 23, 47), (0,) * 8]
    lines = [
        f"{{R:{label}}} " + " ".join(f"{{V:{value}}}" for value in row)
        for label, row in zip(LABELS, rows, strict=True)
    ]

    cells = cells_of(mark(APPLICATIONS + heads + "\n".join(lines) + "\n"), "applications")

    assert list(row_of(cells, "received").values()) == [21, 1, 4, 9, 6, 2, 43]


def test_a_subtotal_that_is_headed_is_no_rival_of_totals_of_nought(mark: Mark):
    heads = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "法人小计", "总计")
    reasons = ("1.属于国家秘密", "2.其他法律行政法规禁止公开", "3.危及“三安全一稳定”", "4.保护第三方合法权益")
    all_ = (2, 1, 1, 1, 1, 0, 4, 6)
    single = {label: [*(int(i == place) for i in range(6)), 1, 0] for place, label in enumerate(reasons, 1)}
    rows = {
        LABELS[0]: all_,
        LABELS[1]: (0,) * 8,
        "（一）予以公开": (2, *[0] * 7),
        **single,
        LABELS[2]: all_,
        LABELS[3]: (0,) * 8,
    }
    lines = [f"{{R:{label}}}|" + "|".join(f"{{V:{n}}}" for n in row) for label, row in rows.items()]
    text = "|".join(f"{{C:{head}}}" for head in heads) + "\n" + "\n".join(lines) + "\n"

    cells = cells_of(mark(APPLICATIONS + text), "applications")

    assert list(row_of(cells, "denied.third_party").values()) == [0, 0, 0, 0, 1, 0, 0]
    assert row_of(cells, "total")["total"] == 6


def test_a_piece_of_an_explanation_heads_no_column_where_another_piece_may_be_the_forms(mark: Mark):
    heads = (
        "| {C:信息内容} | {C:本年新} |\n| {C:制作数量} | {C:本年新} | {C:对外公开总数（} |\n"
        "| {C:含2019年度结转）} |\n"
    )
    rows = "| {R:规章} | {V:1} | {V:29} | {V:0} |\n| {R:行政规范性文件} | {V:0} | {V:2} | {V:1} |\n"

    cells = cells_of(mark(ISSUED + heads + rows), "disclosure")

    assert [row_of(cells, "regulations")[column] for column in ("made", "published")] == [1, 29]
