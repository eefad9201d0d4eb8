"""Columns that are split each into this year's and last year's are read by the headers of the parts."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gouji.inference.assembly.marked import MarkedPage

from .assembled import cells_of, row_of

Mark = Callable[[str], MarkedPage]

COLUMNS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
LABELS = ("一、本年新收政府信息公开申请数量", "二、上年结转政府信息公开申请数量", "（七）总计")
NUMBERS = ((5, 1, 2, 0, 0, 0, 8), (1, 0, 0, 0, 0, 0, 1), (6, 1, 2, 0, 0, 0, 9))
LAST = ((3, 3, 1, 0, 0, 0, 7), (0, 0, 0, 2, 0, 0, 2), (3, 3, 1, 2, 0, 0, 9))


def table(parts: tuple[str, str], tagged: bool = True) -> str:
    """The first and the last rows of applications, of this year and of last year, parted by tabs."""
    heads = "\t".join(f"{{C:{column}}}" for column in COLUMNS)
    below = "\t".join(f"{{C:{part}}}" if tagged else part for part in parts * len(COLUMNS))
    this_first = parts[0] in ("本年", "数量", "2023年")
    rows = []
    for label, own, last in zip(LABELS, NUMBERS, LAST, strict=True):
        pairs = zip(own, last, strict=True) if this_first else zip(last, own, strict=True)
        rows.append("\t".join([f"{{R:{label}}}", *(f"{{V:{n}}}" for pair in pairs for n in pair)]))
    title = "某市2023年政府信息公开工作年度报告\n"
    return title + "{S:三、收到和处理政府信息公开申请情况}\n" + "\n".join((heads, below, *rows)) + "\n"


@pytest.mark.parametrize("tagged", [True, False])
@pytest.mark.parametrize(
    "parts", [("本年", "上年"), ("上年", "本年"), ("2022年", "2023年"), ("数量", "同比")]
)
def test_the_parts_of_this_year_are_the_forms(mark: Mark, parts: tuple[str, str], tagged: bool):
    cells = cells_of(mark(table(parts, tagged)), "applications")

    assert tuple(row_of(cells, "received").values()) == NUMBERS[0]
    assert tuple(row_of(cells, "total").values()) == NUMBERS[2]


@pytest.mark.parametrize("parts", [("甲", "乙"), ("2021年", "2022年"), ("本年", "数量")])
def test_parts_of_which_none_or_several_may_be_this_years_leave_the_rows_open(
    mark: Mark, parts: tuple[str, str]
):
    cells = cells_of(mark(table(parts)), "applications")

    assert {cell.value for cell in cells.values()} == {None}
