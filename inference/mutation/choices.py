"""What mutations share: which rows they act on, and edits that must change something.

Flow:  sheet -> **mutations** -> mutated page -> extraction -> tallies

A mutation takes a sheet and a source of chance, and gives the damaged sheet, or None where the page
holds nothing that it could damage.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from gouji.inference.mutation.sheet import Part, Sheet

Mutation = Callable[[Sheet, random.Random], Sheet | None]
Choice = Callable[[Sheet, random.Random], list[str]]  # the rows that a mutation acts on


def one_row(sheet: Sheet, rng: random.Random) -> list[str]:
    """A row that prints at least one cell."""
    rows = [row for row in sheet.rows if sheet.printed_cells(row)]
    return [rng.choice(rows)] if rows else []


def one_table(sheet: Sheet, rng: random.Random) -> list[str]:
    """The rows of one table."""
    tables = sorted({row.partition("/")[0] for row in sheet.rows if sheet.printed_cells(row)})
    chosen = rng.choice(tables) if tables else ""
    return [row for row in sheet.rows if row.partition("/")[0] == chosen]


def all_rows(sheet: Sheet, rng: random.Random) -> list[str]:
    """Every row of the page."""
    return list(sheet.rows)


def changed(sheet: Sheet, edits: Sequence[Part]) -> Sheet | None:
    """The edited sheet; None where the edits change nothing."""
    edited = sheet.edited(edits) if edits else sheet
    return None if edited.text == sheet.text else edited


def labelled_rows(sheet: Sheet, rng: random.Random) -> list[str]:
    """The rows of a table that stand whole, label and numbers; at least two, or none."""
    tables: dict[str, list[str]] = {}
    for row in sheet.rows:
        if row in sheet.labels and sheet.numbers(row):
            tables.setdefault(row.partition("/")[0], []).append(row)
    several = [rows for rows in tables.values() if len(rows) > 1]
    return rng.choice(several) if several else []


def between_rows(sheet: Sheet) -> list[int]:
    """The line breaks behind the last cell of a row, before anything else is printed."""
    breaks = []
    for row in sheet.rows:
        numbers = sheet.numbers(row)
        at = sheet.text.find("\n", numbers.end) if numbers else -1
        if numbers and at >= 0 and not any(c.isalnum() for c in sheet.text[numbers.end : at]):
            breaks.append(at + 1)
    return breaks
