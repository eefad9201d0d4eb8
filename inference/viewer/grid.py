"""Lay an official table out as it is issued: headings merged over columns, groups over rows.

Flow:  form -> **grid** -> report page

A grid is what an HTML table is: rows of cells that span rows and columns. Beside what is issued stand
the proofs: behind a row, and below a column, one cell for each of its sums.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import lcm

from gouji.inference.assembly.checks import instances
from gouji.model.forms import Block, Label, Table

# What the printed form alone shows: the headings that stand over columns, and over which (None: over
# all). The other headings of a block stand over its row labels.
_OVER: dict[str, frozenset[str] | None] = {
    "申请人情况": None,
    "法人或其他组织": frozenset({"business", "research", "nonprofit", "legal_service", "other"}),
}


class Kind(StrEnum):
    """What a cell of the grid is."""

    CORNER = "corner"  # over the row labels
    BLOCK = "block"  # heads a part of the table
    HEAD = "head"  # over columns
    COLUMN = "column"
    GROUP = "group"  # beside rows
    ROW = "row"
    VALUE = "value"
    PROOF = "proof"  # of the sums of a row or column
    RULE = "rule"  # names the sums of the proofs beside it


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell: a text, a value's key, or the names of checks."""

    kind: Kind
    text: str = ""
    rowspan: int = 1
    colspan: int = 1
    key: str | None = None
    checks: tuple[str, ...] = ()


GridRow = tuple[GridCell, ...]


def grid(table: Table) -> list[list[GridRow]]:
    """The rows of a table, those of each block together."""
    if table.printed == "band":
        return [_band(table, block) for block in table.blocks]
    stub = max(_depth(block) for block in table.blocks) + 1
    width = lcm(*(len(block.columns) for block in table.blocks))
    proved = any(_row_checks(table, block) for block in table.blocks)
    return [list(_rows(table, block, stub, width, proved)) for block in table.blocks]


def rule_text(table: Table, rule_name: str) -> str:
    """What a rule adds up, in the labels of the form: `自然人 + … + 其他 = 总计`."""
    for rule in table.checks:
        if rule.name == rule_name:
            return f"{_sum_text(table, rule.each, rule.left)} = {_sum_text(table, rule.each, rule.right)}"
    raise KeyError(rule_name)


def path(block: Block, row: Label) -> list[Label]:
    """The groups that a row stands in, the outermost first."""
    groups = {group.id: group for group in block.groups}
    found: list[Label] = []
    while row.group is not None and groups[row.group] not in found:
        row = groups[row.group]
        found.insert(0, row)
    return found


def _sum_text(table: Table, each: str, ids: Sequence[str]) -> str:
    labels = {
        label.id: label.label
        for block in table.blocks
        for label in (block.columns if each == "row" else block.rows)
    }
    names = [labels[each_id] for each_id in ids]
    return " + ".join(names if len(names) < 4 else [names[0], "…", names[-1]])


def _depth(block: Block) -> int:
    return max(len(path(block, row)) for row in block.rows)


def _row_checks(table: Table, block: Block) -> dict[str, tuple[str, ...]]:
    return _checks(table, block, "row")


def _checks(table: Table, block: Block, each: str) -> dict[str, tuple[str, ...]]:
    """The names of the checks of each row, or column, of a block, by its id."""
    own = {label.id for label in (block.rows if each == "row" else block.columns)}
    found: dict[str, tuple[str, ...]] = {}
    for rule in table.checks:
        for of, _, _ in instances(table, rule) if rule.each == each else ():
            if of in own:
                found[of] = (*found.get(of, ()), f"{table.id}/{rule.name}/{of}")
    return found


def _rows(table: Table, block: Block, stub: int, width: int, proved: bool) -> Iterator[GridRow]:
    span = width // len(block.columns)
    whole = stub + width + proved
    if block.label:
        yield (GridCell(Kind.BLOCK, block.label, colspan=whole),)
    yield from _head_rows(table, block, stub, span, proved)
    row_checks = _row_checks(table, block)
    opened: list[Label] = []
    for index, row in enumerate(block.rows):
        cells = []
        groups = path(block, row)
        for level, group in enumerate(groups):
            if group not in opened[level : level + 1]:
                cells.append(GridCell(Kind.GROUP, group.label, rowspan=_rows_in(block, index, level)))
        opened = groups
        cells.append(GridCell(Kind.ROW, row.label, colspan=stub - len(groups)))
        cells += [
            GridCell(Kind.VALUE, colspan=span, key=f"{table.id}/{row.id}/{column.id}")
            for column in block.columns
        ]
        if proved:
            cells.append(GridCell(Kind.PROOF, checks=row_checks.get(row.id, ())))
        yield tuple(cells)
    for rule in table.checks:
        names = [f"{table.id}/{rule.name}/{column.id}" for column in block.columns]
        known = {name for found in _checks(table, block, "column").values() for name in found}
        if rule.each == "column" and known.intersection(names):
            proofs = (GridCell(Kind.PROOF, colspan=span, checks=(n,) if n in known else ()) for n in names)
            last = [GridCell(Kind.PROOF)] if proved else []
            yield (GridCell(Kind.RULE, rule_text(table, rule.name), colspan=stub), *proofs, *last)


def _rows_in(block: Block, index: int, level: int) -> int:
    """How many rows from one on stand in its group of that level."""
    group = path(block, block.rows[index])[level]
    count = 0
    for row in block.rows[index:]:
        if group not in path(block, row)[level : level + 1]:
            break
        count += 1
    return count


def _head_rows(table: Table, block: Block, stub: int, span: int, proved: bool) -> Iterator[GridRow]:
    """The corner, the headings merged over columns, the columns' labels."""
    over_all = [head for head in block.heads if head in _OVER and _OVER[head] is None]
    over_some = {head: ids for head in block.heads if (ids := _OVER.get(head))}
    corner = next((head for head in block.heads if head not in _OVER), table.note or "")
    height = len(over_all) + bool(over_some) + 1
    first: list[GridCell] = [GridCell(Kind.CORNER, corner, rowspan=height, colspan=stub)]
    last = [GridCell(Kind.RULE, rowspan=height)] if proved else []
    for head in over_all:
        yield (*first, GridCell(Kind.HEAD, head, colspan=span * len(block.columns)), *last)
        first, last = [], []
    if over_some:
        merged = [next((h for h, ids in over_some.items() if c.id in ids), None) for c in block.columns]
        cells = []
        for place, (column, over) in enumerate(zip(block.columns, merged, strict=True)):
            if over is None:
                cells.append(GridCell(Kind.COLUMN, column.label, rowspan=2, colspan=span))
            elif place == 0 or merged[place - 1] != over:
                cells.append(GridCell(Kind.HEAD, over, colspan=span * merged.count(over)))
        yield (*first, *cells, *last)
        first, last = [], []
        columns = [column for column, over in zip(block.columns, merged, strict=True) if over is not None]
    else:
        columns = list(block.columns)
    yield (*first, *(GridCell(Kind.COLUMN, c.label, colspan=span) for c in columns), *last)


def _band(table: Table, block: Block) -> list[GridRow]:
    """Rows side by side: their labels over the columns' labels, one line of values, one of proofs."""
    width = len(block.columns)
    height = _depth(block) + 2  # lines of headings
    lines: list[list[GridCell]] = [[] for _ in range(height)]
    values: list[GridCell] = []
    proofs: list[GridCell] = []
    opened: list[Label] = []
    checks = _row_checks(table, block)
    for index, row in enumerate(block.rows):
        groups = path(block, row)
        for level, group in enumerate(groups):
            if group not in opened[level : level + 1]:
                span = width * _rows_in(block, index, level)
                lines[level].append(GridCell(Kind.HEAD, group.label, colspan=span))
        opened = groups
        lines[len(groups)].append(GridCell(Kind.HEAD, row.label, colspan=width))
        below = height - len(groups) - 1
        lines[len(groups) + 1] += [GridCell(Kind.COLUMN, c.label, rowspan=below) for c in block.columns]
        values += [GridCell(Kind.VALUE, key=f"{table.id}/{row.id}/{c.id}") for c in block.columns]
        proofs.append(GridCell(Kind.PROOF, colspan=width, checks=checks.get(row.id, ())))
    rows = [tuple(line) for line in lines]
    return [*rows, tuple(values), *([tuple(proofs)] if checks else [])]
