"""A table whose numbers were torn from its labels is read if one order of them makes every sum true."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from gouji.inference.assembly.assemble import assemble
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.tables import TableFinder
from gouji.inference.extraction import Cell, State
from gouji.model.forms import forms_with, load_forms

Mark = Callable[[str], MarkedPage]
Rows = list[list[int]]
Print = Callable[[Rows], Iterator[str]]

TABLE = load_forms()["2021"].table("applications")
(BLOCK,) = TABLE.blocks
ROWS = [row.id for row in BLOCK.rows]
LABELS = [f"{{R:{row.label}}}" for row in BLOCK.rows]
HEADS = [f"{{C:{column.label}}}" for column in BLOCK.columns]
SECTION = f"{{S:{TABLE.title}}}"


def figures(**printed: Sequence[int]) -> Rows:
    """The rows of a table by what three of them print; what is received is what became of it."""
    rows = {row: [0] * 7 for row in ROWS} | {row: list(values) for row, values in printed.items()}
    rows["total"] = [sum(column) for column in zip(*(rows[row] for row in printed), strict=True)]
    rows["received"] = rows["total"]
    return [rows[row] for row in ROWS]


FIGURES = figures(granted=[5, 1, 0, 2, 0, 0, 8], partly_granted=[3, 0, 0, 0, 0, 1, 4])


def numbers(rows: Rows) -> list[str]:
    return [f"{{V:{value}}}" for row in rows for value in row]


def columns(rows: Rows) -> Rows:
    return [list(column) for column in zip(*rows, strict=True)]


def labels_first(rows: Rows) -> Iterator[str]:
    yield from [*HEADS, *LABELS, *numbers(rows)]


def labels_last(rows: Rows) -> Iterator[str]:
    yield from [*HEADS, *numbers(rows), *LABELS]


def labels_behind(rows: Rows) -> Iterator[str]:
    yield from HEADS
    for label, row in zip(LABELS, rows, strict=True):
        yield from [*numbers([row]), label]


def by_columns(rows: Rows) -> Iterator[str]:
    yield from [*HEADS, *LABELS, *numbers(columns(rows))]


def by_columns_below_heads(rows: Rows) -> Iterator[str]:
    yield from LABELS
    for head, column in zip(HEADS, columns(rows), strict=True):
        yield from [head, *numbers([column])]


def cells_of(marked: MarkedPage) -> dict[str, Cell]:
    found = TableFinder(load_forms()).find(marked)
    return dict(assemble(marked, found)[TABLE.id].cells)


def page(lines: Iterator[str] | Sequence[str]) -> str:
    return "\n".join([SECTION, *lines, "{S:五、存在的主要问题及改进情况}", ""])


def is_open(cells: dict[str, Cell]) -> bool:
    """Whether nothing but zeros, if anything, is read of a table."""
    return not any(cell.value for cell in cells.values())


@pytest.mark.parametrize(
    "order", [labels_first, labels_last, labels_behind, by_columns, by_columns_below_heads]
)
def test_numbers_in_one_order_have_their_places_worked_out(mark: Mark, order: Print):
    cells = cells_of(mark(page(order(FIGURES))))

    assert [[cells[key].value for key in keys_of(row)] for row in ROWS] == FIGURES
    assert {cell.state for cell in cells.values()} == {State.PLACED}


def keys_of(row: str) -> list[str]:
    return [f"{TABLE.id}/{row}/{column.id}" for column in BLOCK.columns]


def test_columns_follow_the_order_of_their_labels(mark: Mark):
    moved = [[row[6], *row[:6]] for row in FIGURES]
    heads = [HEADS[6], *HEADS[:6]]

    cells = cells_of(mark(page([*heads, *LABELS, *numbers(columns(moved))])))

    assert [[cells[key].value for key in keys_of(row)] for row in ROWS] == FIGURES


def test_marks_of_blanks_take_their_places_and_are_blank(mark: Mark):
    text = page(labels_first(FIGURES)).replace("{V:0}", "{V:/}")

    cells = cells_of(mark(text))

    assert cells["applications/granted/business"].value == 1
    assert cells["applications/granted/research"].state is State.BLANK


SQUARE = """
id = "sales"
source = "made up"
[[table]]
id = "sales"
heading = "农产品销售情况"
[[table.block]]
columns = [
  { id = "a", label = "春季数量" },
  { id = "b", label = "秋季数量" },
  { id = "sum", label = "全年数量" },
]
rows = [
  { id = "x", label = "苹果销量" },
  { id = "y", label = "水蜜桃产量" },
  { id = "sum", label = "全部品种合计" },
]
[[table.check]]
name = "row"
each = "row"
left = ["a", "b"]
right = ["sum"]
[[table.check]]
name = "column"
each = "column"
left = ["x", "y"]
right = ["sum"]
"""


def sales(mark: Mark, folder: Path, numbers: Sequence[int]) -> tuple[MarkedPage, list[FoundTable]]:
    """A page of the square form, its labels before its numbers, and the tables on it."""
    labels = "{C:春季数量}\n{C:秋季数量}\n{C:全年数量}\n{R:苹果销量}\n{R:水蜜桃产量}\n{R:全部品种合计}\n"
    marked = mark("{S:农产品销售情况}\n" + labels + "".join(f"{{V:{number}}}\n" for number in numbers))
    return marked, TableFinder(forms_with([folder / "sales.toml"])).find(marked)


@pytest.mark.parametrize(("peaches", "read"), [(2, True), (4, False)])
def test_numbers_that_add_up_in_two_orders_are_read_only_if_both_say_the_same(
    mark: Mark, tmp_path: Path, peaches: int, read: bool
):
    """Of a form with as many rows as columns every sum holds by rows and by columns."""
    numbers = [1, 2, 3, peaches, 5, peaches + 5, peaches + 1, 7, peaches + 8]
    (tmp_path / "sales.toml").write_text(SQUARE, encoding="utf-8")

    matrix = assemble(*sales(mark, tmp_path, numbers))["sales"]

    assert {cell.state for cell in matrix.cells.values()} == {State.PLACED if read else State.AMBIGUOUS}


def test_a_table_whose_columns_no_sum_binds_is_left_open(mark: Mark, tmp_path: Path):
    form, _, _ = SQUARE.rpartition("[[table.check]]")
    (tmp_path / "sales.toml").write_text(form, encoding="utf-8")

    matrix = assemble(*sales(mark, tmp_path, [1, 2, 3, 4, 5, 9, 6, 7, 13]))["sales"]

    assert {cell.state for cell in matrix.cells.values()} == {State.AMBIGUOUS}


@pytest.mark.parametrize("print_of", [labels_first, by_columns])
def test_a_number_too_many_or_too_few_leaves_all_open(mark: Mark, print_of: Print):
    lines = list(print_of(FIGURES))

    assert is_open(cells_of(mark(page([*lines, "{V:0}"]))))
    assert is_open(cells_of(mark(page(lines[:-1]))))


def test_a_table_of_zeros_has_no_sum_that_could_fail(mark: Mark):
    cells = cells_of(mark(page(labels_first([[0] * 7 for _ in ROWS]))))

    assert {cell.state for cell in cells.values()} == {State.AMBIGUOUS}


def with_more(row: str, column: int, more: int, rows: Rows = FIGURES) -> Rows:
    return [
        [v + more * (r == ROWS.index(row) and c == column) for c, v in enumerate(own)]
        for r, own in enumerate(rows)
    ]


ROW_CONTRADICTED = with_more("partly_granted", 1, 1, with_more("granted", 1, -1))
COLUMN_CONTRADICTED = with_more("granted", 1, 1, with_more("granted", 0, -1))


@pytest.mark.parametrize("contradicted", [ROW_CONTRADICTED, COLUMN_CONTRADICTED])
@pytest.mark.parametrize("print_of", [labels_first, labels_behind, by_columns])
def test_a_sum_of_rows_or_of_columns_that_fails_leaves_all_open(
    mark: Mark, print_of: Print, contradicted: Rows
):
    assert is_open(cells_of(mark(page(print_of(contradicted)))))


def test_a_label_too_few_leaves_all_open(mark: Mark):
    assert is_open(cells_of(mark(page([*HEADS, *LABELS[:9], *LABELS[10:], *numbers(FIGURES)]))))


def test_labels_in_another_order_leave_all_open(mark: Mark):
    granted, partly = ROWS.index("granted"), ROWS.index("partly_granted")
    labels = list(LABELS)
    labels[granted], labels[partly] = labels[partly], labels[granted]

    assert is_open(cells_of(mark(page([*HEADS, *labels, *numbers(FIGURES)]))))


def test_a_row_that_the_form_does_not_have_leaves_all_open(mark: Mark):
    """Its numbers make up for those of a row of the form that prints none, and every sum holds."""
    labels = [*LABELS[:3], "{R:网上公示情况}", *LABELS[3:]]

    assert is_open(cells_of(mark(page([*HEADS, *labels, *numbers(FIGURES)]))))


def test_labels_that_alternate_with_numbers_irregularly_leave_all_open(mark: Mark):
    rows = [numbers([row]) for row in FIGURES]
    lines = [line for label, row in zip(LABELS[5:], rows[5:], strict=True) for line in (label, *row)]
    irregular = [*LABELS[:5], *(number for row in rows[:5] for number in row), *lines]

    cells = cells_of(mark(page([*HEADS, *irregular])))

    assert not any(cells[key].value for row in ROWS[:5] for key in keys_of(row))


def test_labels_that_may_be_each_others_leave_all_open(mark: Mark):
    labels = [LABELS[1], LABELS[0], *LABELS[2:]]

    assert is_open(cells_of(mark(page([*HEADS, *labels, *numbers(FIGURES)]))))


def test_a_number_before_the_column_labels_leaves_all_open(mark: Mark):
    assert is_open(cells_of(mark(page(["{V:7}", *labels_first(FIGURES)]))))


def test_column_labels_in_another_order_that_do_not_name_each_leave_all_open(mark: Mark):
    heads = [HEADS[6], *HEADS[:5]]

    assert is_open(cells_of(mark(page([*heads, *LABELS, *numbers(FIGURES)]))))


def test_column_labels_amid_other_columns_leave_all_open(mark: Mark):
    lines = numbers(columns(FIGURES))
    for index, head in reversed(list(enumerate(HEADS))):
        lines.insert(index * len(ROWS) + 1, head)

    assert is_open(cells_of(mark(page([*LABELS, *lines]))))


def test_numbers_that_count_columns_are_no_cells(mark: Mark):
    counted = [f"{{V:{number}}}" for number in range(1, 8)]

    cells = cells_of(mark(page([*HEADS, "栏次", *counted, *LABELS, *numbers(FIGURES)])))

    assert cells["applications/granted/total"].value == 8


def test_numbers_in_bold_print_are_numbers(mark: Mark):
    bold = page(labels_first(FIGURES)).replace("{V:", "**{V:").replace("}\n**", "}**\n**")

    assert cells_of(mark(bold))["applications/granted/total"].value == 8


def test_a_minus_and_a_cell_that_was_lost_are_no_two_cells(mark: Mark):
    text = page(labels_first(FIGURES)).replace("{V:0}\n{V:2}", "{V:-2}")

    assert is_open(cells_of(mark(text)))


def test_a_number_in_a_cell_that_is_not_understood_leaves_all_open(mark: Mark):
    text = page(labels_first(FIGURES)).replace("{V:5}", "{V:5}口", 1)

    assert is_open(cells_of(mark(text)))
