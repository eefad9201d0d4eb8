"""What the JSON of a report is made of: its values by the form, grids, labels, records.

Flow:  composed report -> **values and tables** -> a kind of JSON
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from gouji.model.forms import Label, Table, load_forms
from gouji.training.reports import Grid, Report

Value = int | float | None
Rows = list[list[tuple[str, int, int]]]  # each cell its text, and how many rows and columns it spans


@dataclass(frozen=True, slots=True)
class Made:
    """A report of a form, its cells by their keys; what it prints may be told, else it is as issued."""

    form: str
    title: str
    cells: Mapping[str, Value]
    printed: Mapping[str, Rows] = field(default_factory=dict)  # by the table's id
    prints: Mapping[str, str] = field(default_factory=dict)  # what a cell prints, by its key

    def tables(self) -> tuple[Table, ...]:
        return load_forms()[self.form].tables

    def value(self, table: Table, row: Label, column: Label) -> Value:
        return self.cells[f"{table.id}/{row.id}/{column.id}"]

    def print(self, table: Table, row: Label, column: Label) -> str:
        value = self.value(table, row, column)
        return self.prints.get(f"{table.id}/{row.id}/{column.id}", "" if value is None else str(value))


def made_of(report: Report) -> Made:
    """A whole composed report: its values, and its tables as they are printed."""
    assert report.form is not None
    tables: dict[str, Rows] = {}
    prints: dict[str, str] = {}
    for grid_ in (block for block in report.blocks if isinstance(block, Grid)):
        cells = [cell for row in grid_.rows for cell in row]
        prints |= {cell.key: cell.text for cell in cells if cell.key}
        if keys := [cell.key for cell in cells if cell.key]:
            rows = [[(cell.text, cell.rowspan, cell.colspan) for cell in row] for row in grid_.rows]
            tables.setdefault(keys[0].split("/")[0], []).extend(rows)
    return Made(report.form, report.title, report.truth, tables, prints)


def dumped(value: Any, **options: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, **options).encode()


# The pieces that kinds are made of.


def grid(report: Made, table: Table) -> Rows:
    """A table's rows as printed, or as issued."""
    if table.id in report.printed:
        return report.printed[table.id]
    if table.printed == "band":
        (block,) = table.blocks
        values = [(report.print(table, row, column), 1, 1) for row in block.rows for column in block.columns]
        width = len(block.columns)
        return [
            [("行政复议", 1, width), ("行政诉讼", 1, 2 * width)],
            [(c.label, 2, 1) for c in block.columns] + [(row.label, 1, width) for row in block.rows[1:]],
            [(c.label, 1, 1) for _ in block.rows[1:] for c in block.columns],
            values,
        ]
    if table.blocks[0].label is None:
        return _applications(report, table)
    rows: Rows = []
    widest = max(len(block.columns) for block in table.blocks) + 1
    for block in table.blocks:
        rows.append([(block.label or "", 1, widest)])
        for first, *cells in [
            ["信息内容", *(column.label for column in block.columns)],
            *(
                [row.label, *(report.print(table, row, column) for column in block.columns)]
                for row in block.rows
            ),
        ]:
            spans = [1] * (len(cells) - 1) + [widest - len(cells)]
            rows.append([(first, 1, 1), *((text, 1, span) for text, span in zip(cells, spans, strict=True))])
    return rows


def _applications(report: Made, table: Table) -> Rows:
    (block,) = table.blocks
    rows: Rows = [
        [
            ("（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", 3, 3),
            ("申请人情况", 1, 7),
        ],
        [("自然人", 2, 1), ("法人或其他组织", 1, 5), ("总计", 2, 1)],
        [(column.label, 1, 1) for column in block.columns[1:6]],
    ]
    opened: set[str] = set()
    for row in block.rows:
        path = block.groups_of(row)
        labels = []
        for group in path:
            if group.id not in opened:
                opened.add(group.id)
                labels.append((group.label, sum(group in block.groups_of(other) for other in block.rows), 1))
        values = [(report.print(table, row, column), 1, 1) for column in block.columns]
        rows.append([*labels, (row.label, 1, 3 - len(path)), *values])
    return rows


def html_table(rows: Rows) -> str:
    cells = (
        "".join(
            f'<td rowspan="{down}" colspan="{across}">{html.escape(text)}</td>' for text, down, across in row
        )
        for row in rows
    )
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def html_report(report: Made) -> str:
    tables = (f"<p>{table.title}</p>{html_table(grid(report, table))}" for table in report.tables())
    before = f"<p>{report.title}</p><p>一、总体情况</p><p>本年度工作平稳。</p>"
    return f"<div class='TRS_Editor'>{before}{''.join(tables)}<p>五、存在的主要问题</p></div>"


def tab_text(report: Made) -> str:
    tables = (
        f"{table.title}\n"
        + "".join("\t".join(text for text, _, _ in row) + "\n" for row in grid(report, table))
        for table in report.tables()
    )
    return f"{report.title}\n一、总体情况\n本年度工作平稳。\n{''.join(tables)}五、存在的主要问题\n"


def by_labels(report: Made, text: bool = False) -> dict[str, Any]:
    """The report as a model answers it: headings, groups and labels as keys."""
    found: dict[str, Any] = {}
    for table in report.tables():
        own = found.setdefault(table.title, {})
        for block, row in table.rows():
            place = own.setdefault(block.label, {}) if block.label else own
            for group in block.groups_of(row):
                place = place.setdefault(group.label, {})
            place[row.label] = {
                column.label: _told(report.value(table, row, column), text) for column in block.columns
            }
    return found


def records(report: Made, table: Table, label: str = "项目", text: bool = False) -> list[dict[str, Any]]:
    return [
        {label: row.label}
        | {column.label: _told(report.value(table, row, column), text) for column in block.columns}
        for block, row in table.rows()
    ]


def _told(value: Value, text: bool) -> Any:
    return ("" if value is None else str(value)) if text else value


def placed(rows: Rows) -> Iterator[tuple[int, int, int, int, str]]:
    """Each cell with the row and column that it begins in, as HTML counts them."""
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(rows):
        column = 0
        for text, down, across in cells:
            while (row, column) in taken:
                column += 1
            taken |= {(row + r, column + c) for r in range(down) for c in range(across)}
            yield row, column, down, across, text
