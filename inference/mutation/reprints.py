"""What new prints of cells share: something else is printed with a number in its cell, or for it.

Flow:  sheet -> **mutations** -> mutated page -> extraction -> tallies

A print says what a careful reader takes it for: the number that stood there, another one (减7 is -7), one of
several, or nothing: then the cell must be left open. Only cells are printed anew whose borders nobody doubts.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from gouji.inference.extraction import Number
from gouji.inference.mutation.choices import Mutation
from gouji.inference.mutation.sheet import Part, Sheet

_BORDER = re.compile(r"[\s|]|\Z")
_DRAWN_BEFORE = re.compile(r"(?:\A|[\n\t|]|\s\s)[^\S\n\t]*\Z")
_DRAWN_BEHIND = re.compile(r"[^\S\n\t]*(?:\Z|[\n\t|]|\s\s)")


@dataclass(frozen=True, slots=True)
class Print:
    """What a cell prints, and all that it may be read as; nothing where it must be left open."""

    text: str
    readings: tuple[Number | None, ...]


Reprint = Callable[[str, random.Random], Print | None]  # of a bare number; None where it cannot be printed so


def said(text: str, reading: Number) -> Print:
    """A print that says one number."""
    return Print(text, (reading,))


def reprinting(reprint: Reprint, *, every: bool = False, drawn: bool = False) -> Mutation:
    """The mutation that prints one cell anew, at a third of the pages all of its row.

    Args:
        reprint: The new print of a bare number.
        every: Whether a page prints all its numbers so, if any.
        drawn: Whether more than a single blank must part the cells: the print has a blank within.
    """

    def mutation(sheet: Sheet, rng: random.Random) -> Sheet | None:
        state = rng.getrandbits(32)
        prints: dict[str, Print] = {}
        for key in clear_cells(sheet, drawn=drawn):
            made = reprint(sheet.surface(key), random.Random(state if every else rng.getrandbits(32)))
            if made is not None and made.text != sheet.surface(key):
                prints[key] = made
        if not prints:
            return None
        chosen = rng.choice(list(prints))
        row = chosen.rpartition("/")[0]
        whole_row = rng.randrange(3) == 0
        return printed_as(
            sheet,
            {
                key: made
                for key, made in prints.items()
                if every or key == chosen or (whole_row and key.rpartition("/")[0] == row)
            },
        )

    return mutation


def printed_as(sheet: Sheet, prints: dict[str, Print]) -> Sheet:
    """The sheet with such prints in place of bare numbers."""
    edits = [Part(sheet.cells[key].start, sheet.cells[key].end, made.text) for key, made in prints.items()]
    said_else = {key: made.readings for key, made in prints.items() if made.readings != (sheet.printed[key],)}
    return replace(sheet.edited(edits), readings={**sheet.readings, **said_else})


def clear_cells(sheet: Sheet, *, drawn: bool = False) -> Iterator[str]:
    """The bare numbers of rows that print every cell, each between borders, where no sum had to place it."""
    for row, keys in sheet.rows.items():
        if row.partition("/")[0] in sheet.worked_out or not all(key in sheet.cells for key in keys):
            continue
        yield from (key for key in keys if sheet.is_plain(key) and _stands_between(sheet, key, drawn=drawn))


def _stands_between(sheet: Sheet, key: str, *, drawn: bool) -> bool:
    place = sheet.cells[key]
    before, behind = (
        sheet.text[max(place.start - 80, 0) : place.start],
        sheet.text[place.end : place.end + 80],
    )
    if drawn:
        return bool(_DRAWN_BEFORE.search(before) and _DRAWN_BEHIND.match(behind))
    return bool((not before or _BORDER.match(before[-1])) and _BORDER.match(behind))


def counted(surface: str) -> int | None:
    """The whole number above zero that a surface prints, without a sign; None where it is none."""
    digits = surface.removeprefix("-")
    return int(digits) if digits.isdigit() and int(digits) else None


def one_of(rng: random.Random, texts: Sequence[str], **parts: object) -> str:
    """One of some templates, filled."""
    return rng.choice(texts).format(**parts)
