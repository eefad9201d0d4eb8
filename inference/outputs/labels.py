"""The official labels of cells and checks, by key and name, for people.

Flow:  forms -> **labels** -> sheets, a terminal's view, a notebook's, pages to look at
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gouji.inference.outputs.places import places
from gouji.model.forms import Table


@dataclass(frozen=True, slots=True)
class CheckLabel:
    """A check in the form's words."""

    table: str
    rule: str  # what is added up: 自然人 + … + 其他 = 总计
    each: str  # the label of the row or the column

    def __str__(self) -> str:
        return f"{self.each}（{self.rule}）"


def check_label(tables: Iterable[Table], name: str) -> CheckLabel | None:
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


def cell_names(tables: Iterable[Table]) -> dict[str, str]:
    """What each cell is called within its table, by its key: `（一）予以公开 · 总计`."""
    return {
        place.key: f"{place.row.label} · {place.column.label}" for table in tables for place in places(table)
    }


def row_names(tables: Iterable[Table], keys: Iterable[str]) -> Iterator[str]:
    """What the rows that hold some cells are called; a table of which every cell is named, by its title."""
    left = frozenset(keys)
    for table in tables:
        if left.issuperset(table.keys()):
            yield table.title
            continue
        for block, row in table.rows():
            if not left.isdisjoint(f"{table.id}/{row.id}/{column.id}" for column in block.columns):
                yield row.label


def cell_paths(table: Table) -> Iterator[tuple[str, list[str]]]:
    """Of each cell its key, and the labels that lead to it, the table's first."""
    for place in places(table):
        above = [group.label for group in place.block.groups_of(place.row)]
        yield place.key, [table.title, *above, place.row.label, place.column.label]


def rule_text(table: Table, rule_name: str) -> str:
    """What a rule adds up, in the labels of the form: `自然人 + … + 其他 = 总计`."""
    for rule in table.checks:
        if rule.name == rule_name:
            return f"{_sum_text(table, rule.each, rule.left)} = {_sum_text(table, rule.each, rule.right)}"
    raise KeyError(rule_name)


def _sum_text(table: Table, each: str, ids: Sequence[str]) -> str:
    labels = {
        label.id: label.label
        for block in table.blocks
        for label in (block.columns if each == "row" else block.rows)
    }
    names = [labels[each_id] for each_id in ids]
    return " + ".join(names if len(names) < 4 else [names[0], "…", names[-1]])
