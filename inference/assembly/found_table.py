"""A table that was found on a page: whose it is, where it stands, and what stands on each of its lines.

Flow:  spans -> tables -> **found table** -> rows -> one reading of the page
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace

from gouji.inference.assembly.doubt import NONE, Doubt, Doubts, less
from gouji.inference.assembly.lines import Line
from gouji.inference.assembly.strips import Strip
from gouji.model.forms import Form, Table
from gouji.model.labels import Span


@dataclass(frozen=True, slots=True)
class FoundTable:
    """One table of a form on a page: a strip for each line whose label, or numbers, were found."""

    form: Form
    table: Table
    lines: tuple[Line, ...]
    strips: Mapping[int, Strip]  # by index of the line
    heads: Mapping[int, tuple[Span, ...]]  # the column labels printed above each line
    start: int
    end: int
    leading: Strip | None = None  # numbers between the column labels and the first row label
    disordered: bool = False  # numbers and labels were torn apart: only what proves itself is read
    ordinals: frozenset[int] = frozenset()  # where numbers begin that count rows or columns and are no cells
    headed: bool = False  # each column has a header of its own, and no other stands there
    doubts: Mapping[int, Doubts] = field(default_factory=dict)  # against a line, whatever it prints

    def doubted(self, rows: Iterable[int], *doubts: Doubt) -> FoundTable:
        """The table with further doubts of some of its lines."""
        added = {row: self.doubts.get(row, NONE).union(doubts) for row in rows}
        return replace(self, doubts={**self.doubts, **added}) if added else self

    def less(self, off: Collection[str]) -> FoundTable:
        """The table without the doubts that are switched off; a line with none is left out."""
        kept = {row: own for row, doubts in self.doubts.items() if (own := less(doubts, off))}
        return replace(self, doubts=kept) if off else self
