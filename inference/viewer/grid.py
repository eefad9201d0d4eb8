"""Make one HTML table of an official table's layout, and put the proofs beside what is issued.

Flow:  form -> layout -> **grid** -> report page

The blocks of a table share its columns, however many each has. Behind a row, and below a column, stands
one cell for each of its sums.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby
from math import lcm

from gouji.inference.assembly.checks import instances
from gouji.inference.outputs.labels import rule_text
from gouji.inference.outputs.layout import Box, BoxKind, Layout, layouts
from gouji.model.forms import Block, Table


class ProofKind(StrEnum):
    """What a cell holds that the form as issued does not have."""

    PROOF = "proof"  # of the sums of a row or column
    RULE = "rule"  # names the sums of the proofs beside it


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell: a text, a value's key, or the names of checks."""

    kind: BoxKind | ProofKind
    text: str = ""
    rowspan: int = 1
    colspan: int = 1
    key: str | None = None
    checks: tuple[str, ...] = ()


GridRow = tuple[GridCell, ...]
Checks = Mapping[str, tuple[str, ...]]  # by the id of their row or column


def grid(table: Table) -> list[list[GridRow]]:
    """The rows of a table, those of each block together."""
    found = layouts(table)
    labels = max(layout.labels for layout in found)
    figures = lcm(*(layout.columns - layout.labels for layout in found))
    proved = any(_checks(table, block, "row") for block in table.blocks)
    rows = _band if table.printed == "band" else _rows
    return [
        list(rows(table, block, _Columns(layout, labels, figures), proved))
        for block, layout in zip(table.blocks, found, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class _Columns:
    """A layout among the columns of its whole table."""

    layout: Layout
    labels: int  # of the table
    figures: int

    @property
    def span(self) -> int:
        """The columns that one figure takes."""
        return self.figures // (self.layout.columns - self.layout.labels)

    def lines(self) -> Iterator[list[GridCell]]:
        """Its lines; labels fill the table's label columns."""
        boxes = sorted(self.layout.boxes, key=lambda box: (box.top, box.left))
        for _, line in groupby(boxes, lambda box: box.top):
            yield [self._cell(box) for box in line]

    def _cell(self, box: Box) -> GridCell:
        width = self._column(box.left + box.width) - self._column(box.left)
        return GridCell(box.kind, box.text, box.height, width, box.key)

    def _column(self, at: int) -> int:
        own = self.layout.labels
        return at if at < own else self.labels + (at - own) * self.span


def _rows(table: Table, block: Block, columns: _Columns, proved: bool) -> Iterator[GridRow]:
    checks = _checks(table, block, "row")
    for line in columns.lines():
        if line[0].kind is BoxKind.BLOCK:
            yield (replace(line[0], colspan=line[0].colspan + proved),)
        else:
            yield (*line, *(_behind(line, checks) if proved else ()))
    yield from _below(table, block, columns, proved)


def _behind(line: list[GridCell], checks: Checks) -> Iterator[GridCell]:
    """What stands in the column of proofs."""
    first, last = line[0], line[-1]
    if first.kind is BoxKind.CORNER:
        yield GridCell(ProofKind.RULE, rowspan=first.rowspan)
    elif last.key is not None:
        yield GridCell(ProofKind.PROOF, checks=checks.get(last.key.split("/")[1], ()))


def _below(table: Table, block: Block, columns: _Columns, proved: bool) -> Iterator[GridRow]:
    """A row of proofs for each rule of the columns."""
    known = {name for names in _checks(table, block, "column").values() for name in names}
    for rule in table.checks:
        names = [f"{table.id}/{rule.name}/{column.id}" for column in block.columns]
        if rule.each == "column" and known.intersection(names):
            label = GridCell(ProofKind.RULE, rule_text(table, rule.name), colspan=columns.labels)
            proofs = (
                GridCell(ProofKind.PROOF, colspan=columns.span, checks=(name,) if name in known else ())
                for name in names
            )
            yield (label, *proofs, *([GridCell(ProofKind.PROOF)] if proved else []))


def _band(table: Table, block: Block, columns: _Columns, proved: bool) -> Iterator[GridRow]:
    """Below rows side by side, one cell with the proofs of each."""
    yield from map(tuple, columns.lines())
    checks = _checks(table, block, "row")
    width = columns.span * len(block.columns)
    if checks:
        yield tuple(GridCell(ProofKind.PROOF, colspan=width, checks=checks.get(r.id, ())) for r in block.rows)


def _checks(table: Table, block: Block, each: str) -> Checks:
    """The names of the checks of each row, or column, of a block."""
    own = {label.id for label in (block.rows if each == "row" else block.columns)}
    found: dict[str, tuple[str, ...]] = {}
    for rule in table.checks:
        for of, _, _ in instances(table, rule) if rule.each == each else ():
            if of in own:
                found[of] = (*found.get(of, ()), f"{table.id}/{rule.name}/{of}")
    return found
