"""What extraction says of one page: its cells, its checks, what found no place, and a verdict.

Flow:  readings -> one reading of the page -> checks -> **extraction** -> JSON

The shapes and the words are those of the contract that the command line keeps.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Literal

from gouji.inference.why import Why
from gouji.model.errors import GoujiError

if TYPE_CHECKING:
    import pandas as pd

    from gouji.inference.outputs.frames import FrameShape
    from gouji.inference.outputs.issued import IssuedTable
    from gouji.model.forms import Form

Number = int | float

_NEAR = 3  # names that an error gives
_LISTED = 8


class State(StrEnum):
    """How a cell came to its value."""

    READ = "read"  # printed where the form expects it
    PLACED = "placed"  # printed; its bounds or its place were worked out, and only one reading is possible
    BLANK = "blank"  # left empty, or marked / - —
    AMBIGUOUS = "ambiguous"  # several readings are possible
    MISSING = "missing"  # the page does not hold it


class Status(StrEnum):
    """The verdict on a page."""

    VERIFIED = "verified"
    CONTRADICTED = "contradicted"
    INCOMPLETE = "incomplete"
    NO_TABLES = "no_tables"


class CheckState(StrEnum):
    """What became of one sum."""

    HOLDS = "holds"
    FAILS = "fails"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Note:
    """What stands beside a number in its cell and is no part of it: a remark in brackets, a note's mark."""

    raw: str
    start: int  # characters
    end: int


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a form as a page prints it; `page.text[start:end] == raw` where raw is not None."""

    key: str  # table/row/column
    value: Number | None
    state: State
    raw: str | None = None
    unit: str | None = None
    start: int | None = None  # characters
    end: int | None = None
    confidence: float | None = None  # 0..1, the weakest tag that the reading rests on
    candidates: tuple[Number | None, ...] = ()  # of an ambiguous cell, likeliest first, at most eight
    more: bool = False  # there are further candidates
    derived: Number | None = None  # of a missing cell: what the arithmetic says it must be
    note: Note | None = None
    why: tuple[Why, ...] = ()  # what stands against an open cell; never empty there

    def to_record(self) -> dict[str, Any]:
        """The cell as the contract's JSON has it."""
        record: dict[str, Any] = {
            "key": self.key,
            "value": self.value,
            "state": str(self.state),
            "raw": self.raw,
            "unit": self.unit,
            "start": self.start,
            "end": self.end,
            "confidence": None if self.confidence is None else round(self.confidence, 4),
        }
        if self.state is State.AMBIGUOUS:
            record["candidates"] = list(self.candidates)
            if self.more:
                record["more"] = True
        if self.why:
            record["why"] = list(map(str, self.why))
        if self.derived is not None:
            record["derived"] = self.derived
        if self.note is not None:
            record["note"] = {"raw": self.note.raw, "start": self.note.start, "end": self.note.end}
        return record


@dataclass(frozen=True, slots=True)
class Check:
    """One sum of the form, evaluated on what was read; a side is None where it is unknown."""

    name: str  # table/rule/row or column
    state: CheckState
    left: Number | None
    right: Number | None

    def to_record(self) -> dict[str, Any]:
        """The check as the contract's JSON has it."""
        return {"name": self.name, "state": str(self.state), "left": self.left, "right": self.right}


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A number inside a table that no cell took, and why."""

    raw: str
    start: int
    end: int
    reason: str

    def to_record(self) -> dict[str, Any]:
        """The number as the contract's JSON has it."""
        return {"raw": self.raw, "start": self.start, "end": self.end, "reason": self.reason}


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The one cell whose change would repair every sum that fails; never applied."""

    key: str
    printed: Number | None  # None for a blank
    would_be: Number
    repairs: tuple[str, ...]  # names of checks

    def to_record(self) -> dict[str, Any]:
        """The suggestion as JSON has it."""
        return {
            "key": self.key,
            "printed": self.printed,
            "would_be": self.would_be,
            "repairs": list(self.repairs),
        }


class UnknownName(GoujiError, KeyError):
    """There is no cell, table, row or column of that name; the message says which are near."""

    def __str__(self) -> str:
        return str(self.args[0])  # a KeyError would put it in quotation marks


def unknown(name: str, what: str, known: Iterable[str]) -> UnknownName:
    """That there is no such name, and which are near it.

    >>> print(unknown("review/x/totl", "cell", ["review/x/total", "review/x/other"]))
    'review/x/totl': no such cell; near it: 'review/x/total', 'review/x/other'
    """
    names = list(known)
    near = get_close_matches(name, names, _NEAR) or [n for n in names if len(name) > 2 and name in n][:_NEAR]
    there = near or names[:_LISTED]
    listed = ", ".join(map(repr, there)) + (", …" if not near and len(names) > _LISTED else "")
    return UnknownName(f"{name!r}: no such {what}; {'near it' if near else 'there are'}: {listed or 'none'}")


@dataclass(frozen=True, slots=True)
class Extraction:
    """One report's answer: what its tables say, and how far that is proved.

    >>> import gouji
    >>> extraction = gouji.extract("samples/pages/yunling_2022__lines.txt")
    >>> extraction["applications/total/total"].value, "applications/total/all" in extraction
    (107, False)
    >>> [cell.key for cell in extraction.cells if cell.state in (State.AMBIGUOUS, State.MISSING)]
    []
    >>> [check.name for check in extraction.checks if check.state is CheckState.FAILS]
    []
    """

    source: str
    title: str | None
    issuer: str | None
    year: int | None
    form: str | None  # a form's id, or "mixed"
    forms: Mapping[str, str | None]  # table id -> form id, None for a table that the page does not hold
    status: Status
    cells: tuple[Cell, ...]
    checks: tuple[Check, ...]
    unplaced: tuple[Unplaced, ...]
    suggestion: Suggestion | None = None
    pattern: str | None = None  # the publisher's habit that explains every failing sum
    bounded: Mapping[str, str] = field(default_factory=dict)  # table id -> why not all was looked through
    part: int | None = None  # of a page that holds several reports
    # The forms that were looked for, by id, where a user's own are among them; None: the shipped ones.
    known_forms: Mapping[str, Form] | None = field(default=None, repr=False, compare=False)

    def __getitem__(self, key: str) -> Cell:
        """The cell of a key `table/row/column`.

        Raises:
            UnknownName: The report's forms have no such cell; it is a KeyError, too.
        """
        for cell in self.cells:
            if cell.key == key:
                return cell
        if not self.cells:
            raise UnknownName(f"{key!r}: no such cell; {self.source} holds no table of a known form")
        raise unknown(key, "cell", (cell.key for cell in self.cells))

    def __contains__(self, key: object) -> bool:
        return any(cell.key == key for cell in self.cells)

    def __bool__(self) -> Literal[True]:
        return True  # an `Unread`, which stands where it might, is false

    __iter__ = None  # else Python would ask for cell 0, and 1; loop over `cells`

    def table(self, table_id: str, forms: Mapping[str, Form] | None = None) -> IssuedTable:
        """One official table as it is issued, its rows by its columns.

        Args:
            table_id: `disclosure`, `applications`, `review`, or a table of a form of your own.
            forms: The forms that were looked for, where the extraction does not know them.

        >>> import gouji
        >>> gouji.extract("samples/pages/yunling_2022__lines.txt").table("review")["复议后起诉", "总计"].value
        1

        Raises:
            UnknownName: The report has no such table; it is a KeyError, too.
            OutputError: The table is of a form that is not known here.
        """
        from gouji.inference.outputs.issued import issued_table

        return issued_table(self, table_id, self._forms(forms))

    def to_record(self) -> dict[str, Any]:
        """The object that `gouji extract` prints for the page."""
        record: dict[str, Any] = {
            "source": self.source,
            **({} if self.part is None else {"part": self.part}),
            "title": self.title,
            "issuer": self.issuer,
            "year": self.year,
            "form": self.form,
            "forms": dict(self.forms),
            "status": str(self.status),
            "cells": [cell.to_record() for cell in self.cells],
            "checks": [check.to_record() for check in self.checks],
            "unplaced": [number.to_record() for number in self.unplaced],
        }
        if self.suggestion is not None:
            record["suggestion"] = self.suggestion.to_record()
        if self.pattern is not None:
            record["pattern"] = self.pattern
        if self.bounded:
            record["bounded"] = dict(self.bounded)
        return record

    def to_frame(self, shape: FrameShape = "tidy", forms: Mapping[str, Form] | None = None) -> pd.DataFrame:
        """A pandas data frame: a row a cell, or, where `wide`, one row with a column for each cell.

        Args:
            shape: `tidy`, `wide`, or `pages`, which leaves the cells out.
            forms: The forms that were looked for, where the extraction does not know them.

        Raises:
            OutputError: pandas is not installed; the extra `tables` brings it.
        """
        from gouji.inference.outputs.frames import frame_of

        return frame_of([self], shape, self._forms(forms))

    def _repr_html_(self) -> str:
        """The tables as issued, for a notebook."""
        from gouji.inference.outputs.notebook import html_of

        return html_of(self, self._forms(None))

    def __repr__(self) -> str:
        """A line that a person can read: the verdict, whose report it is, what became of cells and sums."""
        of = " ".join(str(each) for each in (self.issuer or self.title, self.year) if each is not None)
        parts = [f"{self.status}", of, f"form {self.form}" if self.form else ""]
        parts += [_counted("cells", (cell.state for cell in self.cells))]
        parts += [_counted("sums", (check.state for check in self.checks))]
        name = self.source if self.part is None else f"{self.source}, part {self.part}"
        return f"<Extraction of {name}: {'; '.join(part for part in parts if part)}>"

    def _forms(self, forms: Mapping[str, Form] | None) -> Mapping[str, Form]:
        from gouji.model.forms import load_forms

        return forms or self.known_forms or load_forms()


def _counted(what: str, states: Iterable[StrEnum]) -> str:
    counts = Counter(states)
    told = ", ".join(f"{count} {state}" for state, count in counts.most_common())
    return f"{what}: {told}" if told else ""
