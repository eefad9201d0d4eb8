"""A report in other shapes than its own: bullets, applicants down the side, a row for all of its cells.

Flow:  composed report -> its values by the form -> **another shape** -> page file
"""

from __future__ import annotations

from gouji.model.forms import Block, Label, Table
from gouji.training.kinds.json_report import Made
from gouji.training.kinds.text_tables import csv_text, pipes


def bullets(made: Made) -> str:
    """A model's list: a bullet for each row, every column named."""
    parts = [f"# {made.title}"]
    for table in made.tables():
        parts.append(f"## {table.title}")
        for block in table.blocks:
            parts += [f"### {block.label}"] if block.label else []
            for row in block.rows:
                label = " ".join([*(group.label for group in block.groups_of(row)), row.label])
                told = "，".join(
                    f"{column.label} {made.print(table, row, column) or '/'}" for column in block.columns
                )
                parts.append(f"- **{label}**：{told}")
    return "\n\n".join(parts) + "\n"


def bulleted_numbers(made: Made) -> str:
    """A model's list: a bullet for each row, below it one for each number."""
    parts = [made.title, ""]
    for table in made.tables():
        parts += [table.title, ""]
        for block, row in table.rows():
            names = [block.label] if block.label else [group.label for group in block.groups_of(row)]
            parts.append("- " + " ".join([*names, row.label]))
            parts += [f"  - {c.label}：{made.print(table, row, c) or '/'}" for c in block.columns]
    return "\n".join(parts) + "\n"


def turned(made: Made) -> str:
    """Markdown with each table's rows across and its columns down the side."""
    parts = [made.title]
    for table in made.tables():
        parts.append(table.title)
        for block in table.blocks:
            parts += [block.label] if block.label else []
            parts.append(pipes(_turned_block(made, table, block)))
    return "\n\n".join(parts) + "\n"


def wide(made: Made) -> str:
    """A table of one row a body: each cell of the form is a column, named by groups, row and column."""
    heads, values = ["机关名称", "年度"], [made.title.partition("20")[0] or made.title, _year(made.title)]
    for table in made.tables():
        for block, row in table.rows():
            for column in block.columns:
                heads.append("_".join(_path(block, row, column)))
                values.append(made.print(table, row, column))
    return csv_text([heads, values]) + "\n"


def _turned_block(made: Made, table: Table, block: Block) -> list[list[str | None]]:
    rows: list[list[str | None]] = [["项目", *(" ".join(_path(block, row)) for row in block.rows)]]
    for column in block.columns:
        rows.append([column.label, *(made.print(table, row, column) for row in block.rows)])
    return rows


def _path(block: Block, *labels: Label) -> list[str]:
    return [*(group.label for group in block.groups_of(labels[0])), *(label.label for label in labels)]


def _year(title: str) -> str:
    at = title.find("20")
    return title[at : at + 4] if at >= 0 else ""
