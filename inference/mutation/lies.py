"""What plausible lies share: the page prints other figures than the report has, where figures should stand.

Flow:  sheet -> **mutations** -> mutated page -> extraction -> tallies

A lie says what the page prints from then on. Where every sum of that still holds, or no sum is
asked, nobody who has only the page can see it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from gouji.inference.extraction import Number
from gouji.inference.mutation.choices import Mutation, one_table
from gouji.inference.mutation.sheet import Part, Sheet

Lie = Callable[[Sheet, random.Random], Mapping[str, str] | None]  # what some plain cells print instead


def telling(lie: Lie) -> Mutation:
    """The mutation that prints what a lie says, where that differs from what stands there.

    In a table whose cells are placed by their sums, what a false figure makes of them is nobody's matrix.
    """

    def mutation(sheet: Sheet, rng: random.Random) -> Sheet | None:
        told = {key: new for key, new in (lie(sheet, rng) or {}).items() if new != sheet.surface(key)}
        if not told or not sheet.worked_out.isdisjoint(key.partition("/")[0] for key in told):
            return None
        edits = [Part(sheet.cells[key].start, sheet.cells[key].end, new) for key, new in told.items()]
        values = {key: _value(new) for key, new in told.items()}
        readings = {key: (value,) for key, value in values.items() if key in sheet.readings}
        return replace(
            sheet.edited(edits),
            printed={**sheet.printed, **values},
            readings={**sheet.readings, **readings},
        )

    return mutation


def _value(surface: str) -> Number | None:
    if not surface.strip("/"):
        return None
    return float(surface) if "." in surface else int(surface)


def plain(sheet: Sheet, keys: Iterable[str]) -> list[str]:
    """Those of the cells that print a bare number."""
    return [key for key in keys if sheet.is_plain(key)]


def whole_rows(sheet: Sheet, rng: random.Random) -> list[tuple[str, ...]]:
    """The rows of a table whose every cell prints a plain number, in a row's length that occurs twice."""
    rows = [sheet.rows[row] for row in one_table(sheet, rng)]
    rows = [keys for keys in rows if len(plain(sheet, keys)) == len(keys)]
    lengths = [len(keys) for keys in rows]
    return [keys for keys in rows if lengths.count(len(keys)) > 1]


def exchanged(sheet: Sheet, ones: Sequence[str], others: Sequence[str]) -> dict[str, str]:
    """What the cells print when each pair of them takes the other's figures."""
    told = {}
    for one, other in zip(ones, others, strict=True):
        told[one], told[other] = sheet.surface(other), sheet.surface(one)
    return told
