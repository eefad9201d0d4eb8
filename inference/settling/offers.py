"""Rows to confirm whole: what the likeliest reading says of a row's open cells, for a person to compare.

Flow:  extraction, with the readings that are left -> **offers** -> a person, one answer for each cell

An offer is nothing but a proposal: a row on which something stands is read rightly more often than not, and
who sees that it is says so at once for all of its cells. Nothing is settled that nobody has looked at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from gouji.inference.extraction import Cell, Number, State
from gouji.inference.result import Extraction
from gouji.inference.settling.answers import Said
from gouji.inference.settling.gain import likeliest


@dataclass(frozen=True, slots=True)
class Offer:
    """A row's open cells, and what each would be answered with."""

    row: str  # table/row
    keys: tuple[str, ...]
    values: tuple[Number | Said, ...]


def offers(extraction: Extraction) -> tuple[Offer, ...]:
    """The rows whose ambiguous cells all have a candidate, those with most such cells first.

    Args:
        extraction: One that `settled` has made.
    """
    found = list(_offers(extraction))
    return tuple(sorted(found, key=lambda offer: -len(offer.keys)))


def _offers(extraction: Extraction) -> Iterator[Offer]:
    jointly = likeliest(extraction)
    for row, cells in groupby(extraction.cells, key=lambda cell: cell.key.rpartition("/")[0]):
        own = [cell for cell in cells if cell.state is State.AMBIGUOUS]
        if own and all(cell.candidates or cell.key in jointly for cell in own):
            values = tuple(_said(jointly[c.key] if c.key in jointly else c.candidates[0], c) for c in own)
            yield Offer(row, tuple(cell.key for cell in own), values)


def _said(value: Number | None, cell: Cell) -> Number | Said:
    """A value of a reading as an answer: where nothing may be printed, blank."""
    blank = value is None or (value == 0 and None in cell.candidates)
    return Said.BLANK if blank or value is None else value
