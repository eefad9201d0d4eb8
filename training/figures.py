"""Draw the figures of a report: a value for every cell, obeying the form's own arithmetic.

Flow:  **figures** -> report -> markup -> flattener -> labelled page

The sums are read from the forms, never written here. A form with a sum over rows *and* over
columns is filled at its free cells, and everything that a sum settles follows from them.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

from gouji.model.forms import Block, Form, SumRule, Table

Number = int | float

# How large a publisher is: from a village office that has nothing to a province. Most that publish are small.
_SCALES = (0, 1, 3, 12, 60, 400, 3000, 20000)
_SCALE_WEIGHTS = (5, 8, 14, 18, 18, 18, 12, 7)
_SIGNED, _MONEY = "change", "amount"  # columns that print a sign, and columns that print decimals


@dataclass(frozen=True, slots=True)
class Temper:
    """What makes one publisher's figures: how large, and how often a cell is nought."""

    scale: int
    zeros: float  # 0..1

    @classmethod
    def draw(cls, rng: random.Random) -> Temper:
        """A publisher of a random size."""
        scale = rng.choices(_SCALES, _SCALE_WEIGHTS)[0]
        return cls(scale, rng.uniform(0.05, 0.5) if scale > 60 else rng.uniform(0.3, 0.9))


def make_figures(forms: Mapping[str, Form], rng: random.Random) -> dict[str, Number]:
    """A value for every cell of the tables named, each in its own form.

    Args:
        forms: Table id -> the form that the table follows; in the order of print.
        rng: Where all chance comes from.

    Returns:
        Cell key -> value; ints, and floats of at most six decimals for sums of money.
    """
    temper = Temper.draw(rng)
    figures: dict[str, Number] = {}
    for table_id, form in forms.items():
        table = form.table(table_id)
        for block in table.blocks:
            figures.update(_block_figures(table, block, temper, rng))
    return figures


def _block_figures(table: Table, block: Block, temper: Temper, rng: random.Random) -> dict[str, Number]:
    settled = {column for rule in table.checks if rule.each == "row" for column in rule.right}
    sums_first = sorted((r for r in table.checks if r.each == "column"), key=lambda rule: len(rule.right))
    cells: dict[tuple[str, str], Number] = {}
    for column in block.columns:
        if column.id not in settled:
            share = rng.choice((1.0, 0.3, 0.1, 0.02, 0.0)) if settled and cells else 1.0
            for row in block.rows:
                cells[row.id, column.id] = _draw(column.id, temper, share, rng)
            for rule in sums_first:
                _settle_column(cells, rule, column.id, temper, rng)
    for rule in table.checks:
        if rule.each == "row":
            for row in block.rows:
                cells[row.id, rule.right[0]] = sum(cells[row.id, left] for left in rule.left)
    return {
        f"{table.id}/{row.id}/{column.id}": cells[row.id, column.id]
        for row in block.rows
        for column in block.columns
    }


def _settle_column(
    cells: dict[tuple[str, str], Number], rule: SumRule, column: str, temper: Temper, rng: random.Random
) -> None:
    """Make one sum over rows true, by what stands on its side of one row, or by its first row on the left."""
    if len(rule.right) == 1:
        cells[rule.right[0], column] = sum(cells[row, column] for row in rule.left)
        return
    total = sum(int(cells[row, column]) for row in rule.right)
    for row in rule.left[1:]:
        drawn = min(int(cells[row, column]), total)
        cells[row, column] = drawn
        total -= drawn
    cells[rule.left[0], column] = total


def _draw(column: str, temper: Temper, share: float, rng: random.Random) -> Number:
    """One free cell."""
    if rng.random() < temper.zeros or temper.scale == 0:
        return 0
    size = temper.scale * share * rng.choice((0.01, 0.05, 0.2, 1.0, 1.0)) * rng.expovariate(1.0)
    if column == _MONEY:
        return _money(size * rng.choice((1, 30, 1000)), rng)
    if column == _SIGNED:
        return round(size) * rng.choice((1, -1))
    return round(size + rng.random() * 0.6)


def _money(size: float, rng: random.Random) -> Number:
    """A sum of money as it prints: often whole, else with two to six decimals."""
    if rng.random() < 0.35:
        return round(size) * rng.choice((1, 10, 100))
    value = round(size + rng.random(), rng.choice((1, 2, 2, 3, 4, 4, 6)))
    return int(value) if value == int(value) else value
