"""A table that was found on a page: whose it is, where it stands, and what stands on each of its lines.

Flow:  spans -> tables -> **found table** -> rows -> one reading of the page
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
    doubtful: frozenset[int] = frozenset()  # lines whose label may as well be another line's
    headed: bool = False  # each column has a header of its own, and no other stands there
