"""The official labels of cells and checks, by key and name, for people.

Flow:  forms -> **labels** -> report page, index page
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gouji.inference.viewer.grid import path, rule_text
from gouji.model.forms import Table


@dataclass(frozen=True, slots=True)
class CheckLabel:
    """A check in the form's words."""

    table: str
    rule: str  # what is added up: 自然人 + … + 其他 = 总计
    each: str  # the label of the row or the column


def check_label(tables: Sequence[Table], name: str) -> CheckLabel | None:
    """The words for a check's name `table/rule/row or column`; None where no table has it."""
    table_id, rule_name, each = name.split("/", 2)
    for table in tables:
        rule = next((r for r in table.checks if r.name == rule_name), None)
        if table.id != table_id or rule is None:
            continue
        for block in table.blocks:
            for label in block.rows if rule.each == "row" else block.columns:
                if label.id == each:
                    return CheckLabel(table.title, rule_text(table, rule_name), label.label)
    return None


def cell_paths(table: Table) -> Iterator[tuple[str, list[str]]]:
    """Of each cell its key, and the labels that lead to it, the table's first."""
    for block in table.blocks:
        for row in block.rows:
            above = [group.label for group in path(block, row)]
            for column in block.columns:
                yield f"{table.id}/{row.id}/{column.id}", [table.title, *above, row.label, column.label]
