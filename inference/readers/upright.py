"""Turn a table that lies on its side: applicants down and results across, suits down and outcomes across.

Flow:  tables -> **as the forms print them** -> text, rows -> page

Known by the forms' own labels alone: those of an applications table's columns down its side, and of its rows
across its top; those of the review table's rows down its side. Every cell stays what it is; only its place
changes, and with it the place of the labels that it stands under.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest

from gouji.inference.readers.writer import Table
from gouji.model.forms import load_forms
from gouji.model.label_words import bare

Row = tuple[str, ...]

_FEWEST_SIDE = 4  # of the seven applicants, down a table's side
_FEWEST_TOP = 5  # of an applications table's rows, across its top
_GROUP = "行政诉讼"
_FEWEST_OUTCOMES = 3  # of a review's five outcomes, across its top


@dataclass(frozen=True, slots=True)
class _Words:
    """The bare labels of a table's rows and columns, in all forms."""

    rows: frozenset[str]
    columns: frozenset[str]


def upright(table: Table) -> list[Table]:
    """The tables, as the forms have them, that a table is."""
    rows = table.rows
    turned = _transposed(rows) or _as_band(rows)
    return [replace(table, rows=tuple(turned))] if turned else [table]


@lru_cache(maxsize=2)
def _words(printed: str) -> _Words:
    """The labels of the table that is printed in rows with sums over columns, or as a band."""
    tables = [t for form in load_forms().values() for t in form.tables if t.printed == printed]
    summed = [t for t in tables if printed == "band" or any(rule.each == "column" for rule in t.checks)]
    blocks = [block for t in summed for block in t.blocks]
    return _Words(
        frozenset(bare(w) for block in blocks for row in block.rows for w in row.wordings),
        frozenset(bare(w) for block in blocks for column in block.columns for w in column.wordings),
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
