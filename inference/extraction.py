"""What extraction says of one page: its cells, its checks, what found no place, and a verdict.

Flow:  readings -> one reading of the page -> checks -> **extraction** -> JSON

The shapes and the words are those of the contract that the command line keeps. These are data: whatever
makes or writes them imports this module, and it imports none of them. What a program does with a report
(a table, a data frame, a notebook's view) is `gouji.inference.result`'s.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from gouji.inference.why import Why
from gouji.model.errors import GoujiError
from gouji.model.provenance import UNTOLD, Provenance

if TYPE_CHECKING:
    from gouji.inference.made_by import MadeBy
    from gouji.inference.places.place import Place

Number = int | float

_LIKE = 3  # names that an error gives
_LISTED = 8


class State(StrEnum):
    """How a cell came to its value."""

    READ = "read"  # printed where the form expects it
    PLACED = "placed"  # printed; its bounds or its place were worked out, and only one reading is possible
    BLANK = "blank"  # left empty, or marked / - —
    AMBIGUOUS = "ambiguous"  # several readings are possible
    MISSING = "missing"  # the page does not hold it
    SETTLED = "settled"  # a person has answered

    @property
    def is_settled(self) -> bool:
        """Whether the page, or a person, settles what the cell holds: a number, or nothing."""
        return self not in _OPEN


_OPEN = (State.AMBIGUOUS, State.MISSING)


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
class Before:
    """What was said of a cell before a person settled it."""

    state: State
    value: Number | None = None
    candidates: tuple[Number | None, ...] = ()

    def to_record(self) -> dict[str, Any]:
        """What was there, as JSON has it."""
        listed = {"candidates": list(self.candidates)} if self.candidates else {}
        return {"state": str(self.state), "value": self.value, **listed}


@dataclass(frozen=True, slots=True)
class Settled:
    """Who settled a cell, when, and what was there before."""

    by: str
    when: str  # ISO 8601, UTC
    before: Before | None = None  # None: nobody has noted it
    absent: bool = False  # the person says that the page does not hold the cell

    def to_record(self) -> dict[str, Any]:
        """The person's answer, as JSON has it."""
        before = {} if self.before is None else {"before": self.before.to_record()}
        return {"by": self.by, "when": self.when, **before, **({"absent": True} if self.absent else {})}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a form as a page prints it; `page.text[start:end] == raw` where raw is not None.

    It is never changed: `dataclasses.replace` makes another.
    """

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
    settled: Settled | None = None  # of a settled cell: by whom, when, and what was there before

    @property
    def is_known(self) -> bool:
        """Whether a sum may count it: a number, or an empty cell; not one that is said not to be there."""
        return self.state not in _OPEN and (self.settled is None or not self.settled.absent)

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
        if self.settled is not None:
            record["settled"] = self.settled.to_record()
        return record


Answers = Mapping[str, Cell]  # the cells that a person has settled, by key
NOTHING_ANSWERED: Answers = {}


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
    near = get_close_matches(name, names, _LIKE) or [n for n in names if len(name) > 2 and name in n][:_LIKE]
    there = near or names[:_LISTED]
    listed = ", ".join(map(repr, there)) + (", …" if not near and len(names) > _LISTED else "")
    return UnknownName(f"{name!r}: no such {what}; {'near it' if near else 'there are'}: {listed or 'none'}")


@dataclass(frozen=True, slots=True)
class ExtractedReport:
    """One report's answer: what its tables say, and how far that is proved."""

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
    cause: str | None = None  # where it holds no table: why, and what to do
    place: Place | None = None  # where its issuer is; None where the page names none
    provenance: Provenance = UNTOLD
    made_by: MadeBy | None = field(default=None, compare=False)  # it says nothing of the report

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
        if self.cause is not None:
            record["cause"] = self.cause
        if self.place is not None:
            record["place"], record["issuer_id"] = self.place.to_record(), self.place.issuer_id
        if told := self.provenance.to_record():
            record["meta"] = told
        if self.made_by is not None:
            record["made_by"] = self.made_by.to_record()
        return record
