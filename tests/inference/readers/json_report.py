"""A report of made-up figures in either form, to write as JSON: blanks among its cells, all sums true."""

from __future__ import annotations

import random

from gouji.model.forms import Table, load_forms
from gouji.training.kinds.json_report import Made, Value

_PLACES = ("柳溪", "石桥", "东陵")


def made(form: str, seed: int) -> Made:
    """A report whose sums hold, a seventh of its cells blank where they may be."""
    draw = random.Random(seed)
    cells: dict[str, Value] = {}
    for table in load_forms()[form].tables:
        for block, row in table.rows():
            for column in block.columns:
                key = f"{table.id}/{row.id}/{column.id}"
                cells[key] = draw.choice(
                    (None, 0, draw.randrange(1, 9), draw.randrange(10, 99), draw.randrange(100, 999))
                )
                if column.money:
                    cells[key] = draw.randrange(100, 99999) / 100
                if column.id == "change" and cells[key]:
                    cells[key] = -draw.randrange(1, 20)
        _balance(table, cells)
    year = 2020 if form == "2019" else 2023
    return Made(form, f"{draw.choice(_PLACES)}县人民政府{year}年政府信息公开工作年度报告", cells)


def _balance(table: Table, cells: dict[str, Value]) -> None:
    columns = list(dict.fromkeys(key.split("/")[2] for key in table.keys()))
    rows = list(dict.fromkeys(key.split("/")[1] for key in table.keys()))

    def total(keys: list[str]) -> int:
        return int(sum(cells[f"{table.id}/{key}"] or 0 for key in keys))

    for rule in (rule for rule in table.checks if rule.each == "column"):
        for column in columns:
            left = total([f"{row}/{column}" for row in rule.left])
            if len(rule.right) == 1:
                cells[f"{table.id}/{rule.right[0]}/{column}"] = left
    for rule in (rule for rule in table.checks if rule.each == "column" and len(rule.right) == 2):
        for column in columns:
            whole = total([f"{rule.right[0]}/{column}"])
            cells[f"{table.id}/{rule.left[0]}/{column}"] = whole + 1
            cells[f"{table.id}/{rule.left[1]}/{column}"] = 2
            cells[f"{table.id}/{rule.right[1]}/{column}"] = 3
    for rule in (rule for rule in table.checks if rule.each == "row"):
        for row in rows:
            cells[f"{table.id}/{row}/{rule.right[0]}"] = total([f"{row}/{column}" for column in rule.left])
