"""The whole print of a cell is read, or that cell is open, and no other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import gouji
from gouji.inference.extraction import Cell, Number, State, Status
from gouji.inference.result import Extraction

Extract = Callable[[str], Extraction]

PLAIN = "disclosure/licensing/decisions"  # no sum is about it
SUMMED = "applications/received/natural_person"


def printed(text: str, cell: Cell, print_: str) -> str:
    """The page with other print in a cell."""
    assert cell.start is not None
    return text[: cell.start] + print_ + text[cell.end :]


def others(extraction: Extraction, key: str) -> list[tuple[str, State, Number | None]]:
    return [(cell.key, cell.state, cell.value) for cell in extraction.cells if cell.key != key]


@pytest.mark.parametrize(
    ("print_", "value", "note"),
    [
        ("-286", -286, None),
        ("−286", -286, None),
        ("- 286", -286, None),
        ("－\u00a0286", -286, None),
        ("减286", -286, None),
        ("减 286", -286, None),
        ("减：286", -286, None),
        ("减少286", -286, None),
        ("负286", -286, None),
        ("下降286", -286, None),
        ("↓286", -286, None),
        ("负\n286", -286, None),
        ("增286", 286, None),
        ("+286", 286, None),
        ("28O", 280, None),
        ("2O6", 206, None),
        ("O", 0, None),
        ("〇", 0, None),
        ("２８６", 286, None),
        ("1,286", 1286, None),
        ("1\u2009286", 1286, None),
        ("1\u202f286", 1286, None),
        ("286件", 286, None),
        ("共286件", 286, None),
        ("约286", 286, None),
        ("286（含上年结转7件）", 286, "（含上年结转7件）"),
        ("286 （均为撤回）", 286, "（均为撤回）"),
        ("286①", 286, "①"),
        ("286[1]", 286, "[1]"),
        ("286*", 286, "*"),
        ("286 项", 286, None),
        ("共计286件", 286, None),
        ("六十六", 66, None),
        ("一百零五", 105, None),
        ("五", 5, None),
        ("286.0", 286, None),
        ("286。", 286, None),
    ],
)
def test_what_stands_in_a_cell_is_read_whole(
    extract: Extract, text: str, clean: Extraction, print_: str, value: int, note: str | None
):
    extraction = extract(printed(text, clean[PLAIN], print_))

    cell = extraction[PLAIN]
    assert (cell.value, cell.note.raw if cell.note else None) == (value, note)
    assert others(extraction, PLAIN) == others(clean, PLAIN)


@pytest.mark.parametrize(
    "print_",
    [
        *("286.", "286、", "6.", "286口", "286�", "28<br>6", "28<br />6", "28\\n6", "286?", "¥286x"),
        *("l3", "S0", "口3", "�2", "28Z", "S", "丨", "l", "I", "b", "�", "l...", "一", "①", "½"),
        *("286、17", "0或4", "9;10", "3和4", "12~15", "286▼", "286↓", "≈286", "286%", "1千530"),
        *("1.530", "0.153万", "286亿元", "286.000", "少 4", "4 减"),
        *("-四", "-(4)", "-（4）", "负四"),
        *(
            "286（合并减少）",
            "286（系精简）",
            "286（取消）",
            "286（负数）",
            "286（更正为2309）",
            "286（应为3）",
        ),
        *("╴286", "├286", "╌286", "‒286", "―286", "_286", "﹍286", "286曰", "286乡", "286$", "286]", "[286"),
        *("待定", "同上", "不公开", "……", "####", "#REF!", "&", "𝟒", "٤", "₉₅₀", "超过286", "取消6项"),
    ],
)
def test_what_is_not_understood_opens_its_cell_and_no_other(
    extract: Extract, text: str, clean: Extraction, print_: str
):
    extraction = extract(printed(text, clean[PLAIN], print_))

    cell = extraction[PLAIN]
    assert (cell.state, cell.more) == (State.AMBIGUOUS, True)
    assert others(extraction, PLAIN) == others(clean, PLAIN)


DRAWN = """二、主动公开政府信息情况
| 第二十条第（五）项 |
| 信息内容 | 上一年项目数量 | 本年增/减 | 处理决定数量 |
| 行政许可 | 414 | 14 | {} |
| 其他对外管理服务事项 | 124 | 5 | 94694 |
"""


@pytest.mark.parametrize(
    "print_",
    [
        *("其中：2", "286 其中2", "1200+330", "2 或 3", "3-4", "五 3", "286↓", "无3"),
        *("待定", "同上", "待统计", "……", "#REF!", "𝟒", "较2019年减少7", "比去年多7", "含5", "历年128"),
    ],
)
def test_between_drawn_borders_all_is_one_cells_print(extract: Extract, print_: str):
    clean = extract(DRAWN.format(286))

    extraction = extract(DRAWN.format(print_))

    assert clean[PLAIN].value == 286
    assert extraction[PLAIN].state is State.AMBIGUOUS
    assert others(extraction, PLAIN) == others(clean, PLAIN)


@pytest.mark.parametrize("print_", ["待定", "同上", "𝟒", "É"])
def test_words_in_a_band_open_their_cell_and_no_other(
    extract: Extract, text: str, clean: Extraction, print_: str
):
    cell = next(cell for cell in clean.cells if cell.key == "review/direct_suit/pending")

    told = extract(printed(text, cell, print_))

    assert next(c for c in told.cells if c.key == cell.key).state is State.AMBIGUOUS
    assert others(told, cell.key) == others(clean, cell.key)


def test_a_dash_that_a_label_runs_into_is_no_sign(extract: Extract):
    told = extract(
        "二、主动公开政府信息情况\n第二十条第（一）项\n信息内容 本年制发件数 本年废止件数 现行有效件数\n"
        "规章-21 5 8\n行政规范性文件 3 1 7\n"
    )

    issued = next(cell for cell in told.cells if cell.key == "disclosure/regulations/issued")
    assert issued.value != -21


@pytest.mark.parametrize("print_", ["待定", "较2019年减少7", "除14"])
@pytest.mark.parametrize("parted", [" ", "\n"])
def test_words_among_a_rows_numbers_open_what_they_may_stand_for(extract: Extract, print_: str, parted: str):
    plain = DRAWN.replace("| ", "").replace(" |", "").replace(" ", parted)

    extraction = extract(plain.replace(f"{parted}14{parted}", f"{parted}{print_}{parted}").format(286))

    assert extract(plain.format(286))["disclosure/licensing/change"].value == 14
    assert extraction["disclosure/licensing/change"].state is State.AMBIGUOUS
    assert extraction[PLAIN].value in (286, None)


@pytest.mark.parametrize("print_", ["暂无", "空", "nil", "未收费", "**暂无**", "/", "—"])
def test_a_blank_in_words_is_blank(extract: Extract, print_: str):
    extraction = extract(DRAWN.format(print_))

    assert extraction[PLAIN].state is State.BLANK
    assert others(extraction, PLAIN) == others(extract(DRAWN.format("")), PLAIN)


@pytest.mark.parametrize("parted", ["\t", "│"])
def test_a_stroke_that_parts_no_cells_may_be_a_one(extract: Extract, parted: str):
    page = DRAWN.replace("| ", parted).replace(" |", "").replace(" ", "")

    assert extract(page.format("286"))[PLAIN].value == 286
    assert extract(page.format("|286"))[PLAIN].state is State.AMBIGUOUS


def known(print_: str) -> State:
    """What becomes of a cell that its file knows and that prints something."""
    rows = (row.strip("| ").split(" | ") for row in DRAWN.format(print_ or "&nbsp;").splitlines()[1:])
    table = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    extraction = gouji.extract(f"<h1>某市2019年</h1><p>二、主动公开政府信息情况</p><table>{table}</table>")
    return {cell.key: cell.state for cell in extraction.cells}[PLAIN]


@pytest.mark.parametrize("print_", ["|286", "286&#124;"])
def test_a_stroke_in_a_cell_that_its_file_knows_may_be_a_one(print_: str):
    assert known(print_) is State.AMBIGUOUS


@pytest.mark.parametrize("print_", ['"', "**", "***", "......", "~", "( )", "，", "件"])
def test_a_sign_that_may_stand_for_a_number_is_no_blank(print_: str):
    assert known(print_) is State.AMBIGUOUS
    assert known("") is known("****") is State.BLANK  # the second is the emphasis of nothing


def test_a_dash_right_behind_a_number_is_no_sign_of_the_next(extract: Extract):
    page = DRAWN.replace("| ", "").replace(" |", "")

    extraction = extract(page.replace(" 414 14 ", " 68 8- ").format(6025))

    assert extraction[PLAIN].value != -6025


def test_words_behind_a_row_that_is_full_are_other_text(extract: Extract):
    page = DRAWN.format("286 | 见说明")

    assert extract(page)[PLAIN].value == 286


def test_two_numbers_in_words_are_no_cells_number(extract: Extract):
    extraction = extract(DRAWN.format("上年120，本年286"))

    assert extraction[PLAIN].state is State.AMBIGUOUS


def test_a_line_above_a_number_in_its_drawn_cell_is_not_joined_to_it(extract: Extract):
    extraction = extract(DRAWN.format("其中：2 |\n|  |  |  | 1530"))

    assert extraction[PLAIN].state is State.AMBIGUOUS


@pytest.mark.parametrize("sign", ["-", "- ", "－ ", "–\u00a0", "负", "减少 "])
def test_a_count_below_zero_is_never_read(extract: Extract, text: str, clean: Extraction, sign: str):
    extraction = extract(printed(text, clean[SUMMED], f"{sign}{clean[SUMMED].value}"))

    assert extraction.status is Status.INCOMPLETE
    assert extraction[SUMMED].state is State.AMBIGUOUS


def test_a_remark_leaves_a_summed_number_proved(extract: Extract, text: str, clean: Extraction):
    extraction = extract(printed(text, clean[SUMMED], f"{clean[SUMMED].raw}（含上年结转7件）"))

    assert extraction.status is Status.VERIFIED
    assert extraction[SUMMED].note is not None
    assert not extraction.unplaced


def test_a_number_does_not_go_on_over_a_border(extract: Extract):
    page = (
        "二、主动公开政府信息情况\n第二十条第（一）项\n"
        "信息内容 | 本年制发件数 | 本年废止件数 | 现行有效件数\n"
        "规章 | 3. | 1 | 27\n行政规范性文件 | 14 | 6 | 92\n"
    )

    extraction = extract(page)

    assert extraction["disclosure/regulations/issued"].value != 3.1
    assert extraction["disclosure/regulations/issued"].state is State.AMBIGUOUS


def test_a_note_number_beside_a_number_opens_its_cell_though_its_row_has_cells_without_a_head():
    page = """<h1>某市2022年政府信息公开工作年度报告</h1><p>二、主动公开政府信息情况</p><table>
        <tr><td colspan=2>第二十条第（八）项</td></tr><tr><td>信息内容</td><td>本年收费金额</td></tr>
        <tr><td>行政事业性收费</td><td>14.5<sup>1</sup></td><td></td><td></td></tr></table>"""

    extraction = gouji.extract(page)

    (fees,) = [cell for cell in extraction.cells if cell.key == "disclosure/fees/amount"]
    assert (fees.state, fees.more) == (State.AMBIGUOUS, True)
