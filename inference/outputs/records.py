"""Answers read back from their JSON, one a report: what every other output is written from.

Flow:  JSON line -> **record** -> rows, sheets, pages to look at

A record keeps what it does not know: a key that this version has no place for stands in `other`,
of the page or of the cell, and comes out again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from gouji.inference.extraction import (
    Before,
    Cell,
    Check,
    CheckState,
    ExtractedReport,
    Note,
    Settled,
    State,
    Status,
    Suggestion,
    Unplaced,
)
from gouji.inference.outputs.errors import OutputError
from gouji.inference.outputs.whereabouts import (
    place_of_record,
    provenance_of_record,
    versions_of_record,
)
from gouji.inference.printable import all_encodable, json_line
from gouji.inference.why import Why, is_reason, reasons

ERROR = "error"  # the status, in tables, sheets and pages to look at, of a page that could not be read

_PAGE_KEYS = {"source", "part", "error", "title", "issuer", "year", "form", "forms", "status"}
_PARTS = {"cells", "checks", "unplaced", "pattern", "bounded"}
_CELL_KEYS = {"key", "value", "state", "raw", "unit", "start", "end", "confidence"}
_DOUBT_KEYS = {"candidates", "more", "derived", "settled"}
_HALF = re.compile(r"\\u[dD][89a-fA-F]|[\ud800-\udfff]")
_SUGGESTION_KEYS = {"key", "printed", "would_be", "repairs"}


@dataclass(frozen=True, slots=True)
class Record:
    """One answer: a report's, or what was wrong with its page; the words are the contract's."""

    source: str
    part: int | None = None
    error: str | None = None
    title: str | None = None
    issuer: str | None = None
    year: int | None = None
    form: str | None = None
    forms: Mapping[str, str | None] = field(default_factory=dict)  # table -> form; None: not on the page
    status: str | None = None
    cells: tuple[Cell, ...] = ()
    checks: tuple[Mapping[str, Any], ...] = ()  # as JSON has them
    unplaced: tuple[Mapping[str, Any], ...] = ()
    suggestion: Suggestion | None = None
    pattern: str | None = None  # the habit that explains every failing sum
    bounded: Mapping[str, str] = field(default_factory=dict)  # table -> why not all was looked through
    other: Mapping[str, Any] = field(default_factory=dict)  # what has no place above
    cells_other: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)  # likewise, by a cell's key

    def to_json(self) -> dict[str, Any]:
        """The object as `gouji extract` writes it."""
        record: dict[str, Any] = {"source": self.source}
        if self.part is not None:
            record["part"] = self.part
        if self.error is not None:
            return {**record, "error": self.error, **self.other}
        record |= {"title": self.title, "issuer": self.issuer, "year": self.year}
        record |= {"form": self.form, "forms": dict(self.forms), "status": self.status}
        cells = [{**cell.to_record(), **self.cells_other.get(cell.key, {})} for cell in self.cells]
        return {
            **record,
            "cells": cells,
            "checks": [dict(check) for check in self.checks],
            "unplaced": [dict(number) for number in self.unplaced],
            **({} if self.suggestion is None else {"suggestion": self.suggestion.to_record()}),
            **({} if self.pattern is None else {"pattern": self.pattern}),
            **({"bounded": dict(self.bounded)} if self.bounded else {}),
            **self.other,
        }

    def line(self) -> str:
        """The object as one line of JSON."""
        return json_line(self.to_json())


def record_of(report: ExtractedReport) -> Record:
    """A report just extracted, as a record."""
    return record_of_json(report.to_record())


def report_of(record: Record) -> ExtractedReport:
    """A record as the report that it was made of.

    Raises:
        OutputError: It is an error, or something in it is not of `gouji extract`.
    """
    try:
        return ExtractedReport(
            source=record.source,
            part=record.part,
            title=record.title,
            issuer=record.issuer,
            year=record.year,
            form=record.form,
            forms=record.forms,
            status=Status(str(record.status)),
            cells=record.cells,
            checks=tuple(
                Check(c["name"], CheckState(c["state"]), c["left"], c["right"]) for c in record.checks
            ),
            unplaced=tuple(Unplaced(u["raw"], u["start"], u["end"], u["reason"]) for u in record.unplaced),
            suggestion=record.suggestion,
            pattern=record.pattern,
            bounded=record.bounded,
            cause=record.other.get("cause"),
            place=place_of_record(record.other),
            provenance=provenance_of_record(record.other),
            made_by=versions_of_record(record.other),
        )
    except (ValueError, KeyError, TypeError) as error:
        raise OutputError(f"{record.source}: {_fault(error)}; expected a report of gouji extract") from error


def record_of_json(data: Mapping[str, Any]) -> Record:
    """A record from an object of `gouji extract`.

    Raises:
        KeyError, TypeError, ValueError: It is none.
    """
    if "error" in data:
        other = {key: value for key, value in data.items() if key not in ("source", "part", "error")}
        return Record(str(data["source"]), data.get("part"), str(data["error"]), other=other)
    cells = tuple(_cell(cell) for cell in data["cells"])
    cells_other = {
        cell["key"]: left
        for cell in data["cells"]
        if (left := _left(cell, _CELL_KEYS | _DOUBT_KEYS | ({"why"} if _why(cell) else set())))
    }
    suggestion = suggestion_of(data.get("suggestion"))
    return Record(
        source=str(data["source"]),
        part=data.get("part"),
        title=data.get("title"),
        issuer=data.get("issuer"),
        year=data.get("year"),
        form=data.get("form"),
        forms=dict(data["forms"]),
        status=str(data["status"]),
        cells=cells,
        checks=tuple(data["checks"]),
        unplaced=tuple(data["unplaced"]),
        suggestion=suggestion,
        pattern=data.get("pattern"),
        bounded=dict(data.get("bounded", {})),
        other=_left(data, _PAGE_KEYS | _PARTS | ({"suggestion"} if suggestion else set())),
        cells_other=cells_other,
    )


def suggestion_of(data: Mapping[str, Any] | None) -> Suggestion | None:
    """What a record says of a misprint; None where it says nothing, or more than a suggestion holds."""
    if data is None or data.keys() != _SUGGESTION_KEYS:
        return None
    return Suggestion(data["key"], data["printed"], data["would_be"], tuple(data["repairs"]))


def settled_of(data: Mapping[str, Any] | None) -> Settled | None:
    """Who settled a cell, as a record has it; None where nobody did.

    Raises:
        KeyError, ValueError: Something of it is missing, or is no state.
    """
    if data is None:
        return None
    told = data.get("before")
    before = None
    if told is not None:
        before = Before(State(told["state"]), told.get("value"), tuple(told.get("candidates", ())))
    return Settled(data["by"], data["when"], before, bool(data.get("absent", False)))


def record_of_line(line: str | bytes, where: str) -> Record:
    """A record from a line; `where` names it in an error.

    Raises:
        OutputError: The line is no record of `gouji extract`.
    """
    try:
        return record_of_json(_loaded(line))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise OutputError(f"{where}: {_fault(error)}; expected a line of gouji extract") from error


def _loaded(line: str | bytes) -> Any:
    """What a line says; half a character, which only an escape can write, is replaced."""
    value = json.loads(line)
    text = line if isinstance(line, str) else line.decode("utf-8", "replace")
    return all_encodable(value) if _HALF.search(text) else value


def _cell(data: Mapping[str, Any]) -> Cell:
    return Cell(
        key=data["key"],
        value=data["value"],
        state=State(data["state"]),
        raw=data.get("raw"),
        unit=data.get("unit"),
        start=data.get("start"),
        end=data.get("end"),
        confidence=data.get("confidence"),
        candidates=tuple(data.get("candidates", ())),
        more=data.get("more", False),
        derived=data.get("derived"),
        note=Note(**data["note"]) if data.get("note") else None,
        why=_why(data),
        settled=settled_of(data.get("settled")),
    )


def _why(data: Mapping[str, Any]) -> tuple[Why, ...]:
    """A cell's reasons; none where one of them is of another version, which `cells_other` then keeps."""
    names = data.get("why", ())
    return reasons(names) if all(map(is_reason, names)) else ()


def _fault(error: Exception) -> str:
    return f"misses {error}" if isinstance(error, KeyError) else str(error)


def _left(data: Mapping[str, Any], known: set[str]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if key not in known}
