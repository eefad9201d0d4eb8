"""Write down what a report of the corpus prints, and what an audit must find in it.

Flow:  reports as printed -> **records** -> truth/ID.json, rows of index.csv and planted.csv

Every sum and identity that fails has a row in planted.csv, and each must be owed to what was planted or to a
habit: one that is not is a fault of the making.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from planting import Found, failing_sums, failing_years

from gouji.training.bodies import Figures, form_of
from gouji.training.figures import Number
from gouji.training.printed import Print
from gouji.training.reports import Report
from gouji.training.truth_notes import notes_of

INDEX = (
    "page", "truth", "issuer", "year", "format", "tool", "damage", "habit", "expect",
    "status", "today", "reason",
)  # fmt: skip
PLANTED_COLUMNS = (
    "report", "kind", "check", "left", "right", "planted_in", "keys", "printed", "should_be", "today"
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """One report as planned, as meant, and as printed."""

    id: str
    plan: Mapping[str, Any]
    meant: Figures  # as they were before anything was planted
    report: Report
    prints: Mapping[str, Print]  # what a habit printed
    sentence: str  # that contradicts the tables

    @property
    def planted(self) -> str:
        return str(self.plan.get("planted", ""))


def index_row(one: Made, name: str, form: str, how: str, expect: str) -> tuple[Any, ...]:
    """What the index says of a report's page."""
    plan, report = one.plan, one.report
    known = (name, one.id, report.issuer, report.year, form, how)
    done = (plan.get("damage", ""), plan.get("habit", ""), expect)
    return *known, *done, plan.get("status", "verified"), plan.get("today", ""), plan.get("reason", "")


def truth_record(one: Made) -> dict[str, Any]:
    """A report's truth file, as annotations/truth.py describes it."""
    report = one.report
    record = {
        "id": one.id,
        "form": report.form,
        "title": report.title,
        "issuer": report.issuer,
        "year": report.year,
        "cells": dict(report.truth),
    }
    return record | replace(notes_of(report), habits=()).record()


def planted_rows(made: Sequence[Made]) -> Iterator[tuple[Any, ...]]:
    """What an audit must find in one body's reports: a row for each sum, identity and sentence."""
    for one in made:
        for found in failing_sums(form_of(one.report.year), one.report.truth):
            yield _row_of(found, one, [one])
        if one.sentence:
            check, truth = _PROSE[one.planted](one)
            yield one.id, one.planted, check, "", "", one.id, "", one.sentence, truth, ""
    for earlier, later in pairwise(made):
        forms = form_of(earlier.report.year), form_of(later.report.year)
        for found in failing_years(forms, earlier.report.truth, later.report.truth):
            yield _row_of(found, later, [later, earlier])


def _row_of(found: Found, at: Made, among: Sequence[Made]) -> tuple[Any, ...]:
    """The row of a finding: which cells print something else than was meant, of one report or the other."""
    for one in among:
        truth = one.report.truth
        keys = [key for key in found.keys if key in truth and (truth[key] or 0) != one.meant[key]]
        if keys:
            kind = one.planted or one.plan["habit"]
            printed = " ".join(_bare(truth[key]) for key in keys)
            meant = " ".join(_bare(one.meant[key]) for key in keys)
            today = "unknown" if at.plan.get("today") else ""
            said = (at.id, kind, found.check, found.left, found.right, one.id)
            return *said, " ".join(keys), printed, meant, today
    raise AssertionError(f"{at.id} {found.check}: fails, and nothing was planted")


def _bare(value: Number | None) -> str:
    return "blank" if value is None else str(value)


def _received(one: Made) -> tuple[str, str]:
    return "claims/received", str(one.meant["applications/received/total"])


_PROSE: Mapping[str, Callable[[Made], tuple[str, str]]] = {
    "prose_received": _received,
    "prose_none": _received,
    "prose_year": lambda one: ("second/year", str(one.report.year)),
    "prose_lawsuit": lambda one: ("second/lawsuit", "no suit"),
}
