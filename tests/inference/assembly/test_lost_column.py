"""A column that the page leaves out is missing; nothing is put in its place."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gouji.inference.assembly.assemble import assemble
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.tables import TableFinder
from gouji.model.forms import load_forms

Mark = Callable[[str], MarkedPage]

COLUMNS = ("自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计")
ROWS = {
    "一、本年新收政府信息公开申请数量": (5, 1, 2, 3, 4, 6, 21),
    "二、上年结转政府信息公开申请数量": (1, 0, 0, 1, 0, 0, 2),
    "（七）总计": (4, 1, 1, 4, 3, 6, 19),
    "四、结转下年度继续办理": (2, 0, 1, 0, 1, 0, 4),
}


def page(mark: Mark, lost: int, *, labels_too: bool = True) -> MarkedPage:
    heads = [f"{{C:{c}}}" for i, c in enumerate(COLUMNS) if not (labels_too and i == lost)]
    rows = [
        f"{{R:{label}}}|" + "|".join(f"{{V:{v}}}" for i, v in enumerate(values) if i != lost)
        for label, values in ROWS.items()
    ]
    return mark("{S:三、收到和处理政府信息公开申请情况}\n" + "|".join(heads) + "\n" + "\n".join(rows) + "\n")


def values_read(marked: MarkedPage) -> dict[str, dict[str, int | float | None]]:
    found = TableFinder(load_forms()).find(marked)
    rows: dict[str, dict[str, int | float | None]] = {}
    for key, cell in assemble(marked, found)["applications"].cells.items():
        _, row, column = key.split("/")
        rows.setdefault(row, {})[column] = cell.value
    return rows


@pytest.mark.parametrize("lost", range(7))
def test_the_columns_that_are_left_are_read_under_their_labels(mark: Mark, lost: int):
    read = values_read(page(mark, lost))

    for row, values in zip(read.values(), ROWS.values(), strict=True):
        assert list(row.values()) == [value for i, value in enumerate(values) if i != lost]


def test_a_column_whose_label_stands_is_not_lost(mark: Mark):
    read = values_read(page(mark, 3, labels_too=False))

    assert all(None in row.values() or len(row) == 7 for row in read.values())


def test_rows_whose_columns_do_not_add_up_are_not_read_without_a_column(mark: Mark):
    marked = page(mark, 3)
    swapped = marked.page.text.replace("5|1|2|4|6|21", "1|5|2|4|6|21")
    spans = "{S:三、收到和处理政府信息公开申请情况}\n" + "|".join(
        f"{{C:{c}}}" for i, c in enumerate(COLUMNS) if i != 3
    )
    lines = [line.split("|") for line in swapped.splitlines()[2:]]
    rows = "\n".join(f"{{R:{label}}}|" + "|".join(f"{{V:{v}}}" for v in rest) for label, *rest in lines)

    read = values_read(mark(spans + "\n" + rows + "\n"))

    assert read["received"]["natural_person"] is None


def with_subtotals(mark: Mark, *, error: int = 0) -> MarkedPage:
    """The table without its column 其他, and with the sum of the four before it, in one row in error."""
    heads = [f"{{C:{c}}}" for c in (*COLUMNS[:5], "法人小计", COLUMNS[6])]
    rows = [(*values[:5], sum(values[1:5]), values[6]) for values in ROWS.values()]
    rows[0] = (*rows[0][:5], rows[0][5] + error, rows[0][6])
    lines = [
        f"{{R:{label}}}|" + "|".join(f"{{V:{v}}}" for v in row) for label, row in zip(ROWS, rows, strict=True)
    ]
    return mark("{S:三、收到和处理政府信息公开申请情况}\n" + "|".join(heads) + "\n" + "\n".join(lines) + "\n")


def test_a_subtotal_in_the_lost_columns_stead_is_left_out(mark: Mark):
    read = values_read(with_subtotals(mark))

    for row, values in zip(read.values(), ROWS.values(), strict=True):
        assert list(row) == ["natural_person", "business", "research", "nonprofit", "legal_service", "total"]
        assert list(row.values()) == [*values[:5], values[6]]


def test_a_subtotal_that_is_no_sum_in_a_row_proves_no_lost_column(mark: Mark):
    read = values_read(with_subtotals(mark, error=1))

    assert {value for row in read.values() for value in row.values()} == {None}
