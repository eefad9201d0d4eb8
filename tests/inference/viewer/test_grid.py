"""A table is laid out as it is issued: headings merged, every cell once, every sum beside what it proves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gouji.inference.assembly.checks import instances
from gouji.inference.outputs.labels import rule_text
from gouji.inference.outputs.layout import BoxKind
from gouji.inference.viewer.grid import GridCell, GridRow, ProofKind, grid
from gouji.model.forms import Table, forms_with, load_forms

WEBSITE = Path(__file__).parents[3] / "samples" / "website" / "website.toml"
TABLES = [
    pytest.param(table, id=f"{form.id}-{table.id}")
    for form in forms_with([WEBSITE]).values()
    for table in form.tables
]


def rows_of(table: Table) -> list[GridRow]:
    return [row for rows in grid(table) for row in rows]


def cells_of(table: Table, kind: BoxKind | ProofKind) -> list[GridCell]:
    return [cell for row in rows_of(table) for cell in row if cell.kind is kind]


def widths(rows: list[GridRow]) -> Iterator[int]:
    """How many columns each row fills, with the cells that reach down into it."""
    reaching: list[tuple[int, int]] = []  # rows still to fill, columns
    for row in rows:
        filled = sum(cell.colspan for cell in row) + sum(columns for _, columns in reaching)
        reaching = [(left - 1, columns) for left, columns in reaching if left > 1]
        reaching += [(cell.rowspan - 1, cell.colspan) for cell in row if cell.rowspan > 1]
        yield filled
    assert not reaching


@pytest.mark.parametrize("table", TABLES)
def test_every_row_fills_the_same_columns(table: Table):
    for rows in grid(table):
        assert len(set(widths(rows))) == 1


@pytest.mark.parametrize("table", TABLES)
def test_every_cell_of_the_form_stands_once_and_in_order(table: Table):
    assert [cell.key for cell in cells_of(table, BoxKind.VALUE)] == table.keys()


@pytest.mark.parametrize("table", TABLES)
def test_every_sum_stands_once_beside_what_it_proves(table: Table):
    names = [name for cell in cells_of(table, ProofKind.PROOF) for name in cell.checks]

    known = [f"{table.id}/{rule.name}/{of}" for rule in table.checks for of, _, _ in instances(table, rule)]
    assert sorted(names) == sorted(known)


def test_rows_side_by_side_stand_under_their_labels():
    first, second, third, values, proofs = rows_of(load_forms()["2019"].table("review"))

    assert [(cell.text, cell.colspan) for cell in first] == [("行政复议", 5), ("行政诉讼", 10)]
    assert [c.text for c in second if c.kind is BoxKind.HEAD] == ["未经复议直接起诉", "复议后起诉"]
    assert {(c.rowspan) for c in second if c.kind is BoxKind.COLUMN} == {2}
    assert (len(third), len(values), [cell.colspan for cell in proofs]) == (10, 15, [5, 5, 5])


def test_a_rule_is_told_in_the_labels_of_the_form():
    table = load_forms()["2021"].table("applications")

    assert rule_text(table, "row") == "自然人 + … + 其他 = 总计"
    assert rule_text(table, "balance").endswith("= （七）总计 + 四、结转下年度继续办理")
