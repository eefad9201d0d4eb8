"""Turn a table that lies on its side: applicants or counts down and what is counted across, suits down.

Flow:  tables -> **as the forms print them** -> text, rows -> page

Known by the forms' own labels alone: those of an applications table's columns down its side, and of its rows
across its top; those of the review table's rows down its side; those of a disclosure block's columns down its
side, and of its rows across. Every number stays what it is; only its place changes, and with it the place of
the labels that it stands under. A label that begins with its groups' is parted from them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest

from gouji.inference.readers.writer import Table
from gouji.model.forms import load_forms
from gouji.model.label_words import bare, bare_wordings

Row = tuple[str, ...]

_FEWEST_SIDE = 4  # of the seven applicants, down a table's side
_FEWEST_TOP = 5  # of an applications table's rows, across its top
_GROUP = "行政诉讼"
_JOINT = re.compile(r"[\s._/·:：>—-]+|(?=[（(\d])")  # between the label of a group and what is below it
_FEWEST_OUTCOMES = 3  # of a review's five outcomes, across its top


@dataclass(frozen=True, slots=True)
class _Words:
    """The bare labels of a table's rows and columns, in all forms."""

    rows: frozenset[str]
    columns: frozenset[str]
    groups: frozenset[str]


def upright(table: Table) -> list[Table]:
    """The tables, as the forms have them, that a table is."""
    rows = table.rows
    turned = _transposed(rows) or _as_band(rows) or _turned_block(rows) or _turned_band(rows)
    return [replace(table, rows=tuple(turned))] if turned else [table]


@lru_cache(maxsize=2)
def _words(printed: str) -> _Words:
    """The labels of the table that is printed in rows with sums over columns, or as a band."""
    tables = [t for form in load_forms().values() for t in form.tables if t.printed == printed]
    summed = [t for t in tables if printed == "band" or any(rule.each == "column" for rule in t.checks)]
    blocks = [block for t in summed for block in t.blocks]
    return _Words(
        bare_wordings(row for block in blocks for row in block.rows),
        bare_wordings(column for block in blocks for column in block.columns),
        bare_wordings(group for block in blocks for group in block.groups),
    )


def lies_on_its_side(rows: Sequence[Row]) -> bool:
    """Whether the rows of a grid are those of an applications table, its applicants down the side."""
    return _transposed(rows) is not None


def _transposed(rows: Sequence[Row]) -> list[Row] | None:
    """An applications table with its applicants down the side, turned; None where it is none."""
    words = _words("rows")
    first = next((i for i, row in enumerate(rows) if _labels_of(row, words.columns)), None)
    if not first:
        return None
    body = rows[first:]
    labels = [label for row in body for label in dict.fromkeys(_labels_of(row, words.columns))]
    side = set(labels)
    if first == 1:
        rows = [*_parted_heads(rows[0]), *body]
        first = len(rows) - len(body)
    top = {bare(cell) for row in rows[:first] for cell in row} & words.rows
    width = max(map(len, rows))
    if (
        not _FEWEST_SIDE <= len(side) == len(labels)
        or len(top) < _FEWEST_TOP
        or (first > 1 and len(set(map(len, rows))) > 1)
    ):
        return None
    level = [
        ("",) * (width - len(row)) + row for row in rows
    ]  # a label over several rows stands in the first
    return list(zip_longest(*level, fillvalue=""))


def _parted_heads(heads: Row) -> list[Row]:
    """One row of heads as the rows that it would be with the groups of each above it, each group once."""
    paths = [(cell,) if place == 0 else _path(cell) for place, cell in enumerate(heads)]
    depth = max(map(len, paths))
    above: tuple[str, ...] = ()
    levels = []
    for path in paths:
        told = ["" if path[: i + 1] == above[: i + 1] else group for i, group in enumerate(path[:-1])]
        above = path[:-1]
        levels.append((*told, *[""] * (depth - len(path)), path[-1]))
    return list(zip(*levels, strict=True))


def _path(label: str) -> tuple[str, ...]:
    """A row's label, the labels of its groups before it where the cell begins with them.

    >>> _path("三、本年度办理结果 （三）不予公开 1.属于国家秘密")
    ('三、本年度办理结果', '（三）不予公开', '1.属于国家秘密')
    """
    words = _words("rows")
    joints = () if bare(label) in words.rows else _JOINT.finditer(label, 1)
    for joint in joints:
        if bare(label[: joint.start()]) in words.groups:
            rest = _path(label[joint.end() :])
            if bare(rest[-1]) in words.rows:
                return (label[: joint.start()], *rest)
    return (label,)


def _turned_block(rows: Sequence[Row]) -> list[Row] | None:
    """A block of the disclosure table with its columns down the side, turned; None where it is none."""
    if len(rows) < 2 or len(set(map(len, rows))) > 1 or len(rows[0]) < 2:
        return None
    top, side = {bare(cell) for cell in rows[0][1:]}, {bare(row[0]) for row in rows[1:]}
    if not any(top <= block.rows and side <= block.columns for block in _disclosure_blocks()):
        return None
    return list(zip(*rows, strict=True))


@lru_cache(maxsize=1)
def _disclosure_blocks() -> tuple[_Words, ...]:
    """The bare labels of each block of the tables that are printed in rows without sums."""
    tables = [t for form in load_forms().values() for t in form.tables if not t.checks]
    return tuple(
        _Words(
            bare_wordings(block.rows),
            bare_wordings(block.columns),
            frozenset(),
        )
        for table in tables
        for block in table.blocks
    )


def _turned_band(rows: Sequence[Row]) -> list[Row] | None:
    """A review table with its outcomes down the side, as a band; None where it is none."""
    return _as_band(list(zip(*rows, strict=True))) if len(set(map(len, rows))) == 1 else None


def _labels_of(row: Row, words: frozenset[str]) -> list[str]:
    """The labels that a row begins with, before its first number or empty cell behind words."""
    found = []
    for cell in row[:3]:
        label = bare(cell)
        if label in words:
            found.append(label)
    return found


def _as_band(rows: Sequence[Row]) -> list[Row] | None:
    """A review table with its rows one below the other, side by side; None where it is none."""
    top = next((i for i, row in enumerate(rows) if outcomes_of(row)), None)
    if top is None:
        return None
    heads = outcomes_of(rows[top])
    named: list[str] = []
    values: list[str] = []
    for row in rows[top + 1 :]:
        label = band_row_named(row[: -len(heads)])
        if label is None or label in named:
            return None
        named.append(label)
        values += row[-len(heads) :]
    return [tuple(named), heads * len(named), tuple(values)] if named else None


def outcomes_of(row: Row) -> Row:
    """The outcomes that a row names at its right end, each once; none where it is no such head."""
    words = _words("band")
    outcomes = tuple(cell for cell in row if bare(cell) in words.columns)
    is_head = len({bare(cell) for cell in outcomes}) == len(outcomes) >= _FEWEST_OUTCOMES
    return outcomes if is_head and row[-len(outcomes) :] == outcomes else ()


def band_row_named(cells: Row) -> str | None:
    """The review's row that some cells, or a line, name, with nothing before its label but its group's.

    >>> band_row_named(("行政诉讼", "（复议后起诉）")), band_row_named(("上年行政复议",))
    ('复议后起诉', None)
    """
    label = bare("".join(cells))
    return next((own for own in sorted(_words("band").rows, key=len) if label in (own, _GROUP + own)), None)
