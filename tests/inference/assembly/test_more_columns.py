"""Headers that name more columns than the form has say where numbers belong, however few a row prints."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gouji.inference.assembly.marked import MarkedPage

from .assembled import cells_of, is_open, row_of

Mark = Callable[[str], MarkedPage]

PENALTIES = "{S:二、主动公开政府信息情况}\n{B:第二十条第（六）项}\n"
ISSUED = "{S:二、主动公开政府信息情况}\n{B:第二十条第（一）项}\n"
APPLICATIONS = "{S:三、收到和处理政府信息公开申请情况}\n"
REVIEW = "{S:四、政府信息公开行政复议、行政诉讼情况}\n"
END = "{S:五、存在的主要问题及改进情况}\n"
TERMS = "{C:商业企业}|{C:科研机构}|{C:社会公益组织}|{C:法律服务机构}|{C:其他}"
SEVEN = f"{{C:自然人}}|{TERMS}|{{C:总计}}"
FIVE = "{C:结果维持}|{C:结果纠正}|{C:其他结果}|{C:尚未审结}|{C:总计}"
BANDS = f"{{C:行政复议}}|{{C:行政诉讼}}\n{{C:未经复议直接起诉}}|{{C:复议后起诉}}\n{FIVE}|{FIVE}|{FIVE}\n"
ROWS = (
    "一、本年新收政府信息公开申请数量",
    "二、上年结转政府信息公开申请数量",
    "（七）总计",
    "四、结转下年度继续办理",
)


def band(*values: int) -> str:
    return "|".join(f"{{V:{value}}}" for value in values) + "\n"


def table(heads: str, *rows: tuple[int | str, ...]) -> str:
    """A drawn table of the first and the last rows of the form; "" is an empty cell."""
    cells = ("|".join(f"{{V:{value}}}" if value != "" else " " for value in row) for row in rows)
    lines = (f"| {{R:{label}}} | {row} |\n" for label, row in zip(ROWS, cells, strict=False))
    return f"{APPLICATIONS}{heads}\n{''.join(lines)}{END}"


def test_a_column_of_the_publishers_own_keeps_its_place_where_cells_are_empty(mark: Mark):
    text = (
        PENALTIES
        + "| {C:信息内容} | {C:上一年项目数量} | {C:本年增/减} | {C:处理决定数量} | {C:涉及人数} |\n"
        "| {R:行政处罚} |  | {V:6} |  | {V:852} |\n| {R:行政强制} | {V:8499} |  | {V:1602} |  |\n" + END
    )

    cells = cells_of(mark(text), "disclosure")

    assert row_of(cells, "penalties") == {"previous_year": None, "change": 6, "decisions": None}
    assert row_of(cells, "coercion") == {"previous_year": 8499, "change": None, "decisions": 1602}


ONE = "{C:本年制发件数}|{C:本年废止件数}|{C:现行有效件数}"


@pytest.mark.parametrize(
    "heads",
    [
        pytest.param(ONE.replace("|", "|累计|") + "|累计", id="that the tagger passed over"),
        pytest.param(f"{ONE.replace('{C:本', '{C:上')}|{ONE}", id="of two years"),
    ],
)
def test_rows_are_open_under_headers_of_columns_that_the_form_does_not_have(mark: Mark, heads: str):
    rows = (
        "| {R:规章} |  | {V:18} | {V:59} |  |  | {V:38} |\n"
        "| {R:规范性文件} | {V:8} | {V:4} | {V:4} |  |  |  |\n"
    )

    cells = cells_of(mark(f"{ISSUED}| {{C:信息内容}}|{heads}|\n{rows}{END}"), "disclosure")

    assert is_open(cells, "regulations")
    assert is_open(cells, "normative_documents")


def test_a_header_that_the_tagger_passed_over_among_blanks_is_one_as_well(mark: Mark):
    text = ISSUED + "{C:信息内容}       {C:本年制发件数}    {C:本年废止件数}  {C:现行有效件数}  累计\n"
    text += "{R:规章}         {V:304}         {V:313}             {V:26}\n"
    text += "{R:规范性文件}      {V:204}         {V:3}               {V:24}\n" + END

    cells = cells_of(mark(text), "disclosure")

    assert is_open(cells, "regulations")
    assert is_open(cells, "normative_documents")


@pytest.mark.parametrize("other", ["{C:上年有效件数}", "上年有效件数", "{C:培训次数}"])
def test_a_header_of_another_column_does_not_stand_for_the_forms(mark: Mark, other: str):
    heads = ONE.replace("{C:现行有效件数}", other).replace("|", "\t")
    rows = "{R:规章}\t{V:2}\t{V:1}\t{V:7}\n{R:规范性文件}\t{V:8}\t{V:4}\t{V:4}\n"

    cells = cells_of(mark(f"{ISSUED}{{C:信息内容}}\t{heads}\n{rows}{END}"), "disclosure")

    assert row_of(cells, "regulations").get("in_force") is None


def test_of_two_bands_of_years_none_is_read_where_one_is_blank(mark: Mark):
    row = (7, 1, 0, 0, 0, 2, 10)
    heads = f"| {{C:申请人情况}} | {{C:2022年}} | {{C:2023年}} |\n|  | {SEVEN}|{SEVEN} |"

    cells = cells_of(mark(table(heads, *[(*row, *[""] * 7)] * 2, (0,) * 7, (0,) * 7)), "applications")

    assert is_open(cells, "received")


def test_headers_that_are_printed_again_below_name_no_column_twice(mark: Mark):
    heads = f"{{C:申请人情况}}\n{SEVEN}\n"

    rows = ((7, 1, 0, 0, 0, 2, 10), (0,) * 7, (7, 1, 0, 0, 0, 2, 10), (0,) * 7)
    cells = cells_of(mark(table(f"{heads}{heads}{{C:本年新收}}", *rows)), "applications")

    assert row_of(cells, "received")["natural_person"] == 7


def test_a_total_behind_the_natural_persons_is_not_read_as_companies_where_no_row_adds_up(mark: Mark):
    heads = f"{{C:自然人}}|{{C:总计}}|{TERMS}"

    cells = cells_of(mark(table(heads, (269, 0, 39, 25, 14, 21, 38), (6, 0, 7, 1, 9, 5, 8))), "applications")

    assert is_open(cells, "received")


@pytest.mark.parametrize("upper", ["{C:法人或其他组织}\n{C:自然人}", "{C:自然人}\n{C:法人或其他组织}"])
def test_a_heading_that_is_read_before_its_neighbour_moves_no_column(mark: Mark, upper: str):
    heads = f"{{C:申请人情况}}\n{upper}\n{TERMS}\n{{C:总计}}".replace("|", "\n")
    rows = ((199, 43, 23, 42, 49, 35, 391), (16, 0, 1, 1, 0, 2, 20), (215, 43, 24, 43, 49, 37, 411), (0,) * 7)

    cells = cells_of(mark(table(heads, *rows)), "applications")

    assert row_of(cells, "received")["natural_person"] == 199


@pytest.mark.parametrize("exchanged", [False, True])
def test_headers_that_run_on_from_line_to_line_tell_an_order_of_terms(mark: Mark, exchanged: bool):
    third, fourth = (
        ("法律服务\n机构", "社会公益\n组织") if exchanged else ("社会公益\n组织", "法律服务\n机构")
    )
    heads = (
        " {C:自然\n人} {C:法人或其他组织} {C:总\n计}\n"
        f" {{C:商业企业}} {{C:科研\n机构}} {{C:{third}}} {{C:{fourth}}} {{C:其他}}"
    )
    rows = [(3, 5, 4, 2, 1, 0, 15), (1, 1, 1, 1, 1, 1, 6), (4, 6, 5, 2, 0, 0, 17), (0, 0, 0, 1, 2, 1, 4)]

    cells = cells_of(mark(table(heads, *rows)), "applications")

    assert is_open(cells, "received") == exchanged


def test_a_total_that_adds_up_elsewhere_than_behind_its_heading_tells_no_order(mark: Mark):
    heads = "{C:自然人}|{C:法人或其他组织}|{C:总计}\n{C:商业}\n{C:企业}|" + TERMS.partition("|")[2]
    rows = [(3, 15, 5, 4, 2, 1, 0), (1, 6, 1, 1, 1, 1, 1), (4, 17, 6, 5, 2, 0, 0), (0, 4, 0, 0, 1, 2, 1)]

    cells = cells_of(mark(table(heads, *rows)), "applications")

    assert is_open(cells, "received")


@pytest.mark.parametrize("other", [(23, 4, 2, 4, 33, 10, 1, 3, 6, 20, 25, 3, 2, 4, 34), None])
def test_two_review_tables_with_other_numbers_are_open(mark: Mark, other: tuple[int, ...] | None):
    own = (11, 3, 0, 5, 19, 30, 5, 3, 5, 43, 23, 1, 4, 2, 30)
    printed = band(*(other or own))

    cells = cells_of(mark(f"{REVIEW}{BANDS}{band(*own)}附：2022年情况\n{BANDS}{printed}{END}"), "review")

    assert is_open(cells, "reconsideration") == (other is not None)


def test_a_block_of_the_publishers_own_opens_a_band(mark: Mark):
    heads = (
        f"{{C:行政复议}}|{{C:行政诉讼}}\n{FIVE}|{{C:未经复议直接起诉}}|{{C:复议后起诉}}|{{C:合计}}\n"
        f"{FIVE}|{FIVE}|{FIVE}\n"
    )

    cells = cells_of(
        mark(REVIEW + heads + band(15, 0, 3, 3, 21, 15, 1, 3, 5, 24, 30, 1, 6, 8, 45) + END), "review"
    )

    assert is_open(cells, "reconsideration")


def test_a_false_total_does_not_tell_which_number_of_a_band_is_a_column_of_the_publishers_own(mark: Mark):
    own = f"{{C:协调}}|{FIVE}"
    heads = BANDS.replace(f"{FIVE}|{FIVE}|{FIVE}", f"{own}|{own}|{own}")

    printed = band(26, 2, 4, 6, 38, 3, 3, 3, 3, 12, 5, 2, 5, 1, 3, 13)
    cells = cells_of(mark(REVIEW + heads + printed + END), "review")

    assert is_open(cells, "suit_after_reconsideration")


def test_a_label_ends_before_empty_cells_and_a_line(mark: Mark):
    rows = "{R:规章\t\t\t\n上年同期}\t{V:4}\t{V:5}\t{V:5}\n{R:行政规范性文件}\t{V:1}\t{V:0}\t{V:6}\n"
    heads = "{C:信息内容}\t{C:本年制发件数}\t{C:本年废止件数}\t{C:现行有效件数}\n"

    cells = cells_of(mark(ISSUED + heads + rows + END), "disclosure")

    assert cells["regulations/issued"].value is None


@pytest.mark.parametrize("own", ["{N:备注}", "{C:事业单位}"])
def test_a_blank_column_that_its_header_places_moves_no_number_of_few(mark: Mark, own: str):
    few, none = ("", 1, "", "", "", "", "", 1), ("",) * 8
    heads = f"|  | {{C:自然人}}|{TERMS}|{own}|{{C:总计}} |"

    cells = cells_of(mark(table(heads, few, none, few, none)), "applications")

    assert list(row_of(cells, "received").values()) == [None, 1, None, None, None, None, 1]


def test_a_column_of_other_words_may_stand_in_the_stead_of_one_that_has_no_header(mark: Mark):
    heads = f"|  | {{C:自然人}}|{{C:说明}}|{TERMS.replace('{C:科研机构}|', '')}|{{C:总计}} |"
    rows = (4, "", 2, 1, "", "", 7), (1, "", 1, "", "", "", 2), (5, "", 3, 1, "", "", 9)

    cells = cells_of(mark(table(heads, *rows)), "applications")

    assert is_open(cells, "received")


def test_another_years_column_before_all_others_is_none_of_the_forms(mark: Mark):
    rows = (69, *[""] * 7), (69, *[""] * 7), (29, *[""] * 7)

    cells = cells_of(mark(table(f"|  | 上年{{C:总计}}|{SEVEN} |", *rows)), "applications")

    assert row_of(cells, "received")["natural_person"] in (0, None)


def test_totals_of_nought_do_not_move_columns_that_their_headers_say(mark: Mark):
    heads = f"|  | {{C:总计}}|{{C:自然人}}|{TERMS} |"
    rows = (0, 1707, 3, 0, 0, 0, 2), (0, 3, 0, 0, 0, 0, 3), (0, 1707, 3, 0, 0, 0, 2), (0, 3, 0, 0, 0, 0, 3)

    cells = cells_of(mark(table(heads, *rows)), "applications")

    assert row_of(cells, "received")["natural_person"] in (1707, None)


@pytest.mark.parametrize("year", ["2023", "2022"])
def test_a_column_that_is_headed_by_another_year_than_the_reports_is_none_of_the_forms(mark: Mark, year: str):
    text = f"某市2023年政府信息公开工作年度报告\n{PENALTIES}{{C:信息内容}}|{{C:{year}年处理决定数量}}\n"

    cells = cells_of(mark(text + "{R:行政处罚}|{V:40}\n{R:行政强制}|{V:6}\n" + END), "disclosure")

    assert any(cell.value == 40 for cell in cells.values()) == (year == "2023")


def test_of_two_words_for_one_column_one_may_head_another(mark: Mark):
    own = TERMS.replace("{C:社会", "{C:合计}|{C:社会").replace("|", "   ")
    few, none = ("{V:3}", *["{V:/}"] * 3, "{V:3}", "{V:/}", "{V:/}", "{V:3}"), ["{V:/}"] * 8
    rows = (f"{{R:{label}}}   {'   '.join(few if i != 1 else none)}\n" for i, label in enumerate(ROWS[:3]))
    heads = f"{{C:总计}}   {{C:自然人}}   {{C:法人或其他组织}}\n{own}\n"

    cells = cells_of(mark(APPLICATIONS + heads + "".join(rows) + END), "applications")

    assert is_open(cells, "received")


def test_numbers_in_a_last_column_of_remarks_are_their_rows_own_matter(mark: Mark):
    labels = (*ROWS[:2], "（一）予以公开", "1.属于国家秘密", *ROWS[2:])
    remarks = ("", "2件", "", "7件", "", "")
    numbers = [(5, 0, 2, 0, 0, 0, 7), (1, 0, 0, 0, 0, 0, 1), (4, 0, 1, 0, 0, 0, 5), (2, 0, 0, 0, 0, 0, 2)]
    numbers += [(6, 0, 1, 0, 0, 0, 7), (0, 0, 1, 0, 0, 0, 1)]
    lines = (
        f"{{R:{label}}} " + " ".join(f"{{V:{n}}}" for n in (*row, *([remark] if remark else [])))
        for label, row, remark in zip(labels, numbers, remarks, strict=True)
    )
    heads = SEVEN.replace("|", " ") + " {N:备注}\n"

    cells = cells_of(mark(APPLICATIONS + heads + "\n".join(lines) + "\n" + END), "applications")

    assert list(row_of(cells, "received").values()) == [5, 0, 2, 0, 0, 0, 7]
    assert {str(cell.state) for key, cell in cells.items() if key.startswith("received/")} == {"read"}


def test_no_number_of_few_is_placed_beside_a_column_that_nothing_heads(mark: Mark):
    few, none = ("", 1, "", "", "", "", "", 1), ("",) * 8
    heads = f"|  | {{C:自然人}}|{TERMS}||{{C:总计}} |"

    cells = cells_of(mark(table(heads, few, none, few, none)), "applications")

    assert row_of(cells, "received")["natural_person"] is None


def test_full_rows_are_read_under_their_headers_where_one_is_another_columns(mark: Mark):
    heads = f"|  | {{C:自然人}}|{{C:说明}}|{TERMS.replace('{C:科研机构}|', '')}|{{C:总计}} |"
    rows = (4, 9, 2, 1, 0, 0, 7), (1, 0, 1, 0, 0, 0, 2), (5, 9, 3, 1, 0, 0, 9)

    cells = cells_of(mark(table(heads, *rows)), "applications")

    assert row_of(cells, "received") == {
        "natural_person": 4,
        "business": 2,
        "nonprofit": 1,
        "legal_service": 0,
        "other": 0,
        "total": 7,
    }


@pytest.mark.parametrize("head", ["{N:上年}{C:处理决定数量}", "{C:上年处理}{C:决定数量}", "较{C:上年增减}"])
def test_a_column_of_last_year_that_is_headed_in_part_by_a_note_is_none_of_the_forms(mark: Mark, head: str):
    text = f"{PENALTIES}{{C:信息内容}}|{head}\n{{R:行政处罚}}|{{V:40}}\n{{R:行政强制}}|{{V:6}}\n"

    cells = cells_of(mark(text + END), "disclosure")

    assert all(cell.value is None for cell in cells.values())


def test_a_subtotal_that_every_row_gives_as_its_total_is_no_subtotal(mark: Mark):
    heads = f"|  | {SEVEN.replace('{C:总计}', '{C:法人小计}|{C:总计}')} |"
    rows = [
        (2, 1, 0, 0, 0, 0, 3, 0),
        (1, 0, 4, 0, 0, 0, 5, 0),
        (3, 1, 4, 0, 0, 0, 8, 0),
        (1, 0, 0, 2, 0, 0, 3, 0),
    ]

    cells = cells_of(mark(table(heads, *rows)), "applications")

    assert row_of(cells, "received")["total"] in (3, None)


def test_two_columns_of_the_publishers_own_stand_where_their_headers_do(mark: Mark):
    heads = f"|  | {{C:上年}}|{SEVEN.replace('{C:总计}', '{C:法人小计}|{C:总计}')} |"
    rows = [
        (7, 2, 1, 0, 4, 0, 0, 5, 7),
        (0, 1, 0, 0, 0, 0, 0, 0, 1),
        (9, 3, 1, 0, 3, 0, 0, 4, 7),
        (2, 0, 0, 0, 1, 0, 0, 1, 1),
    ]

    cells = cells_of(mark(table(heads, *rows)), "applications")

    assert list(row_of(cells, "total").values()) == [3, 1, 0, 3, 0, 0, 7]
    assert {str(cell.state) for cell in cells.values()} <= {"read", "placed"}


@pytest.mark.parametrize(
    ("instead", "of"),
    [
        ("{C:上年}{C:总计}", "{C:自然人}"),
        ("{R:政府机关}", "{C:总计}"),
        ("{R:政府机关}", "{C:自然人}"),
        ("{C:上年总计}", "{C:其他}"),
    ],
)
def test_a_header_of_other_words_in_a_forms_place_says_that_its_column_is_another(
    mark: Mark, instead: str, of: str
):
    heads = f"|  | {SEVEN.replace(of, instead)} |"
    rows = [(2, 1, 0, 0, 0, 0, 3), (1, 0, 4, 0, 0, 0, 5), (3, 1, 4, 0, 0, 0, 8), (0,) * 7]

    cells = cells_of(mark(table(heads, *rows)), "applications")

    column = {"{C:自然人}": "natural_person", "{C:其他}": "other", "{C:总计}": "total"}[of]
    assert row_of(cells, "received").get(column) is None


@pytest.mark.parametrize(
    "own",
    [
        pytest.param(["{V:-3}", "{V:5}", "{V:-7}", "{V:0}"], id="differences"),
        pytest.param(["{V:12.0%}", "{V:8.1}%", "{V:100%}", "0.0%"], id="shares"),
        pytest.param(["{R:含}{V:3件延期}", "{R:见}附件{V:1}", " ", "{V:—}"], id="remarks"),
    ],
)
@pytest.mark.parametrize("zero", ["{V:0}", " "])
def test_a_column_of_the_publishers_own_may_print_what_is_no_count(mark: Mark, own: list[str], zero: str):
    rows = {
        "received": [31, 2, 0, 1, 0, 4, 38],
        "carried_in": [3, 0, 0, 0, 0, 0, 3],
        "total": [29, 2, 0, 0, 0, 4, 35],
        "carried_out": [5, 0, 0, 1, 0, 0, 6],
    }
    text = f"{APPLICATIONS}{SEVEN}|{{C:备注}}\n"
    for label, row, print_ in zip(ROWS, rows.values(), own, strict=True):
        numbers = " | ".join(f"{{V:{value}}}" if value else zero for value in row)
        text += f"| {{R:{label}}} | {numbers} | {print_} |\n"

    cells = cells_of(mark(text + END), "applications")

    for name, row in rows.items():
        assert [value or 0 for value in row_of(cells, name).values()] == row
