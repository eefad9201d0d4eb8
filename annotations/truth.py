"""Truth files: the cells of a report as its page prints them, one JSON object a file.

    {"id": "…", "form": "2019", "title": "…", "issuer": "…", "year": 2020,
     "cells": {"review/reconsideration/total": 3, …}}

A null says that the page leaves the cell blank. `"partial": true`: only the cells that the
source shows are listed. `"doubtful"` lists keys for which null and 0 are both right. What else
may stand in it is told for people, and not read: `"raw"`, what a cell prints that is not the bare
number; `"units"`, what it prints with it; `"violations"`, the sums that print breaks; `"habits"`, of a
made-up publisher. A page file is named `ID__TOOL[__DAMAGE].txt`, and its truth is `ID.json`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gouji.model.errors import GoujiError
from gouji.model.irregular import what_is_no_file

Number = int | float


class TruthError(GoujiError):
    """Truth files are faulty; the message lists every fault found in them."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What a report's page should yield."""

    id: str
    form: str | None
    title: str | None
    issuer: str | None
    year: int | None
    cells: Mapping[str, Number | None]  # by key, None for a blank
    partial: bool = False  # only the cells that the source shows are listed
    doubtful: frozenset[str] = frozenset()  # None and 0 are both right


@dataclass(frozen=True, slots=True)
class Violation:
    """A sum that a report's own print breaks."""

    check: str  # TABLE/RULE/ROW or TABLE/RULE/COLUMN
    keys: tuple[str, ...]  # of the cells that it adds up
    left: Number
    right: Number


@dataclass(frozen=True, slots=True)
class TruthNotes:
    """What a truth file tells beside its values."""

    raw: Mapping[str, str]  # cell key -> its print, where that is not the bare number
    units: Mapping[str, str]
    doubtful: tuple[str, ...]
    violations: tuple[Violation, ...]
    habits: tuple[str, ...] = ()

    def record(self) -> dict[str, Any]:
        """The entries of the file; the violations always, the others where there are any."""
        broken = [{"check": v.check, "left": v.left, "right": v.right} for v in self.violations]
        told: dict[str, Any] = {
            "raw": dict(self.raw),
            "units": dict(self.units),
            "doubtful": list(self.doubtful),
        }
        told |= {"violations": broken, "habits": list(self.habits)}
        return {key: value for key, value in told.items() if value or key == "violations"}


def load_truths(folder: Path) -> dict[str, Truth]:
    """Every truth of a folder, by id.

    Raises:
        TruthError: There is none, or some are faulty; all faults at once.
    """
    truths, faults = {}, []
    for path in sorted(folder.glob("*.json")):
        if (irregular := what_is_no_file(path)) is not None:
            faults.append(f"{path}: {irregular}")
            continue
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            faults.append(f"{path}: cannot be read as JSON: {error}")
            continue
        found = list(_record_faults(record))
        faults.extend(f"{path}: {fault}" for fault in found)
        if not found:
            truths[path.stem] = _truth_of_record(record)
    if faults:
        raise TruthError("\n".join(faults))
    if not truths:
        raise TruthError(f"{folder}: holds no truth; expected files ID.json")
    return truths


def _record_faults(record: Any) -> Iterator[str]:
    if not isinstance(record, dict) or not isinstance(record.get("cells"), dict):
        yield "cells: missing; expected an object with a `cells` object of numbers and nulls"
        return
    for key, value in record["cells"].items():
        if not (value is None or (isinstance(value, Number) and not isinstance(value, bool))):
            yield f"cells[{key}]: found {value!r}; expected a number or null"
    for key in record.get("doubtful", []):
        if key not in record["cells"]:
            yield f"doubtful: {key!r} is not among the cells"


def _truth_of_record(record: Mapping[str, Any]) -> Truth:
    return Truth(
        id=record.get("id", ""),
        form=record.get("form"),
        title=record.get("title"),
        issuer=record.get("issuer"),
        year=record.get("year"),
        cells=record["cells"],
        partial=bool(record.get("partial", False)),
        doubtful=frozenset(record.get("doubtful", [])),
    )
