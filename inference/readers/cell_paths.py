"""Find the cell of a form that a path of labels names: 本年新收_法人或其他组织_商业企业.

Flow:  heads of a wide table -> **cells** -> pages

A path says a row and a column, groups of either before them as it likes, an official label each. What it says
besides must be a group or a heading of that table; else it is no path to a cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gouji.model.forms import Block, Table, load_forms
from gouji.model.label_words import bare, bare_wordings

_PARTS = re.compile(r"[_/\\|>→·:：\n—–]+|(?<!\d)[.-]|(?<=\D)[.-](?=\D)|\s+")


@dataclass(frozen=True, slots=True)
class CellPath:
    """A cell of a form: its key, and the words that may stand on a path to it."""

    key: str
    rows: frozenset[str]
    columns: frozenset[str]
    besides: frozenset[str]
    alone: bool  # the only cell of its row: the path need not say the column


def cells_named(paths: Iterable[str]) -> tuple[str, Mapping[str, str]] | None:
    """The form that most of some paths are of, and for each of them the key of its cell; None where none are.

    >>> cells_named(["规章_本年制发件数", "备注"])
    ('2021', {'规章_本年制发件数': 'disclosure/regulations/issued'})
    """
    found: dict[str, dict[str, str]] = {}
    for form in load_forms().values():
        named = {path: key for path in paths if (key := _cell(path, _cells(form.id))) is not None}
        twice = {key for key in named.values() if list(named.values()).count(key) > 1}
        found[form.id] = {path: key for path, key in named.items() if key not in twice}
    best = max(found, key=lambda form: (len(found[form]), form))
    return (best, found[best]) if found[best] else None


def _cell(path: str, cells: Sequence[CellPath]) -> str | None:
    """The one cell that a path leads to."""
    for label, words in _parted_labels():
        path = path.replace(label, words)
    parts = [part for piece in _PARTS.split(path) if (part := bare(piece))]
    if not parts:
        return None
    keys = {cell.key for cell in cells if _leads_to(parts, cell)}
    return keys.pop() if len(keys) == 1 else None


def _leads_to(parts: Sequence[str], cell: CellPath) -> bool:
    row = max((place for place, part in enumerate(parts) if part in cell.rows), default=None)
    column = len(parts) - 1 if parts[-1] in cell.columns else None
    if row is not None and row == column:  # one word for both: 总计 of the results, over all applicants
        row = max((place for place in range(row) if parts[place] in cell.rows), default=None)
    if row is None or (column is None and not (cell.alone and row == len(parts) - 1)):
        return False
    return all(part in cell.besides for place, part in enumerate(parts) if place not in (row, column))


@lru_cache(maxsize=1)
def _parted_labels() -> tuple[tuple[str, str], ...]:
    """The labels that hold what parts a path, the longest first, and their bare words: 本年增/减."""
    tables = [table for form in load_forms().values() for table in form.tables]
    labels = {
        wording
        for table in tables
        for block in table.blocks
        for label in (*block.columns, *block.rows)
        for wording in label.wordings
        if _PARTS.search(wording)
    }
    return tuple((label, bare(label)) for label in sorted(labels, key=len, reverse=True))


@lru_cache(maxsize=8)
def _cells(form_id: str) -> tuple[CellPath, ...]:
    form = load_forms()[form_id]
    return tuple(
        CellPath(
            f"{table.id}/{row.id}/{column.id}",
            bare_wordings([row]),
            bare_wordings([column]),
            _around(table, block),
            len(block.columns) == 1,
        )
        for table in form.tables
        for block in table.blocks
        for row in block.rows
        for column in block.columns
    )


def _around(table: Table, block: Block) -> frozenset[str]:
    """What a path may say of a cell besides its row and column: table, block, groups.

    A group's head is often carried too far to the right: which one it is says nothing that the row does not.
    """
    groups = [column.group for column in block.columns if column.group]
    said = [table.heading, table.title, *table.aliases, block.label or "", *groups, *block.heads]
    return bare_wordings(block.groups) | {bare(words) for words in said if words}
