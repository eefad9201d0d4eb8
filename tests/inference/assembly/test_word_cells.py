"""Words between blanks are cells of a row only where they cannot be a unit, or other print of it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.extraction import State

from .assembled import cells_of, is_open

Mark = Callable[[str], MarkedPage]

HEADS = "{C:自然人} {C:商业企业} {C:科研机构} {C:社会公益组织} {C:法律服务机构} {C:其他} {C:总计}\n"


def page(row: str, unit: str) -> str:
    """A full row, one that lost blanks, and a third."""
    full, third = (
        " ".join(f"{{V:{value} {unit}}}" for value in values)
        for values in ((64, 51, 75, 9, 16, 7, 222), (0, 2, 0, 0, 1, 3))
    )
    return (
        "{S:三、收到和处理政府信息公开申请情况}\n"
        + HEADS
        + f"{{R:一、本年新收政府信息公开申请数量}} {full}\n"
        f"{{R:二、上年结转政府信息公开申请数量}} {row}\n"
        f"{{R:（一）予以公开}} {third}\n" + "{S:五、存在的主要问题及改进情况}\n"
    )


@pytest.mark.parametrize("unit", ["件", "(件)", "万元"])
def test_a_unit_that_a_blank_parts_from_its_number_is_no_cell(mark: Mark, unit: str):
    row = " ".join(f"{{V:{value} {unit}}}" for value in (0, 3, 0, 3))

    cells = cells_of(mark(page(row, unit)), "applications")

    assert not any(cell.state is State.READ for key, cell in cells.items() if key.startswith("carried_in/"))


def test_several_words_between_blanks_open_their_row(mark: Mark):
    row = " ".join(f"{{V:{value} 余件}}" for value in (0, 3, 0, 3))

    assert is_open(cells_of(mark(page(row, "件")), "applications"), "carried_in")


def test_lines_below_a_row_whose_numbers_stand_in_a_line_are_none_of_its_cells(mark: Mark):
    text = page("{V:7}         {V:1} {V:8}", "件").replace(
        "{R:（一）", "下一篇：无\n县区网站\n微信扫码\n网站声明\n{R:（一）"
    )

    cells = cells_of(mark(text), "applications")

    assert not any(cell.state is State.READ for key, cell in cells.items() if key.startswith("carried_in/"))


@pytest.mark.parametrize(
    ("numbers", "filled_in"),
    [
        ((7, 1, 2, 3, 13), "填表人：张三  审核人：李四"),
        ((7, 1, 2, 3, 4, 17), "填表人：张三"),
    ],
)
def test_who_filled_a_table_in_stands_in_no_cell_of_its_last_row(
    mark: Mark, numbers: tuple[int, ...], filled_in: str
):
    row = "\n".join(f"{{V:{number}}}" for number in numbers)
    text = page(f"\n{row}", "件").replace("{R:（一）", f"{filled_in}\n{{R:（一）")

    cells = cells_of(mark(text), "applications")

    assert not any(cell.state is State.READ for key, cell in cells.items() if key.startswith("carried_in/"))


@pytest.mark.parametrize("print_", [" | 件", " | 万元", "\n#VALUE!"])
def test_a_unit_or_a_sheets_error_alone_is_what_its_cell_prints(mark: Mark, print_: str):
    heads = "{{B:第二十条第（{}）项}}\n{{C:信息内容}} | {{C:本年处理决定数量}}\n"
    text = f"{{R:行政许可}}{print_}\n{heads.format('六')}{{R:行政处罚}} | {{V:40}}\n"

    cells = cells_of(mark("{S:二、主动公开政府信息情况}\n" + heads.format("五") + text), "disclosure")

    assert is_open(cells, "licensing")


def test_a_word_before_the_next_heads_is_no_cell_of_the_row_above(mark: Mark):
    heads = "{C:信息内容}\n{C:上一年项目数量}\n{C:本年增/减}\n{C:处理决定数量}\n"
    text = f"{{B:第二十条第（五）项}}\n{heads}{{R:行政许可}}\n{{V:4}}\n{{V:352}}\n{{R:条款}}\n"
    text += f"{heads}{{B:第二十条第（六）项}}\n{{R:行政处罚}}\n{{V:1}}\n{{V:2}}\n{{V:3}}\n"

    cells = cells_of(mark("{S:二、主动公开政府信息情况}\n" + text), "disclosure")

    assert is_open(cells, "licensing")
