"""Give an evaluation of cells as JSON, and its faults as lines.

Flow:  evaluation -> **report**

The names of floors are paths into the JSON. A share is null where it would be one of nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from gouji.inference.evaluation.cells import Evaluation, PageScore
from gouji.inference.evaluation.coverage import RISKS, THRESHOLDS, Point, RiskCoverage, risk_coverage
from gouji.inference.evaluation.groups import group_tallies
from gouji.inference.evaluation.tally import Count, PageCount, Tally
from gouji.inference.evaluation.verdicts import CellScore


def summary(evaluation: Evaluation, verified: Sequence[str] | None = None) -> dict[str, Any]:
    """An evaluation as JSON has it.

    Args:
        evaluation: Any program's.
        verified: The pages that we call verified; None where the evaluation is our own.
    """
    names = evaluation.verified() if verified is None else verified
    groups = group_tallies(evaluation, names)
    everything = groups.pop("all")
    return {
        "total": _counts(everything["all"]),
        "verified": _counts(everything["verified"]),
        "statuses": dict(sorted(Counter(score.status for score in evaluation.scores).items())),
        "reasons": dict(evaluation.reasons().most_common()),
        "values_only": evaluation.values_only,
        **{kind: {name: _counts(t) for name, t in tallies.items()} for kind, tallies in groups.items()},
        "risk_coverage": _curve(risk_coverage(evaluation)),
        "pages": [
            {
                "page": score.page.path.name,
                "status": score.status,
                **_counts(score.tally),
                "surplus_cells": list(score.surplus),
            }
            for score in evaluation.scores
        ],
        "faults": [_fault(score, cell) for score in evaluation.scores for cell in score.faults],
    }


def fault_lines(evaluation: Evaluation) -> Iterator[str]:
    """One line for each wrong cell and for each ambiguous one whose candidates do not hold the truth."""
    for score in evaluation.scores:
        for cell in score.faults:
            candidates = list(cell.found.candidates)
            found = f"one of {candidates}" if cell.found.ambiguous else f"{cell.found.value}"
            page = score.page.path.name
            yield f"{page}: {cell.key}: {found}, but the truth is {cell.truth} ({score.status})"
        for key in score.surplus:
            yield f"{score.page.path.name}: {key}: a number, but the report has no such cell ({score.status})"


def _counts(tally: Tally) -> dict[str, Any]:
    own = ("exact", "tables", "tables_exact", "overlooked", "soft", "surplus")
    ambiguous = ("undecided", "among", "first", "broken")
    return {
        **_pages(tally.all),
        "verified": _pages(tally.verified),
        "cells": tally.cells.cells,
        "wrong": tally.cells.wrong,
        "numbers": _count(tally.numbers),
        "blanks": _count(tally.blanks),
        **{name: getattr(tally, name) for name in (*own, *ambiguous)},
        "exact_share": _rounded(tally.exact_share),
        "tables_exact_share": _rounded(tally.tables_exact_share),
        "among_share": _rounded(tally.among_share),
        "first_share": _rounded(tally.first_share),
        "by_value": {**asdict(tally.by_value), "right_share": _rounded(tally.by_value.right_share)},
    }


def _pages(count: PageCount) -> dict[str, Any]:
    return {
        "pages": count.pages,
        "faulty": count.faulty,
        "reports": len(count.reports),
        "faulty_reports": len(count.faulty_reports),
        "faulty_reports_at_most": _rounded(count.at_most),
    }


def _count(count: Count) -> dict[str, Any]:
    shares = {
        f"{name}_share": _rounded(getattr(count, f"{name}_share")) for name in ("right", "wrong", "open")
    }
    return {"cells": count.cells, **asdict(count), **shares}


def _curve(found: RiskCoverage) -> dict[str, Any]:
    within = {f"{risk:g}": found.within(risk) for risk in RISKS} if found.curve else {}
    return {
        "chosen": _point(found.chosen),
        "aurc": None if found.aurc is None else round(found.aurc, 8),
        "at_confidence": {f"{bound:g}": _point(found.at(bound)) for bound in THRESHOLDS if found.curve},
        "coverage_within_risk": {
            name: 0.0 if point is None else _rounded(point.coverage) for name, point in within.items()
        },
        "curve": [_point(point) for point in found.curve],
    }


def _point(point: Point) -> dict[str, Any]:
    risk = None if point.risk is None else round(point.risk, 8)
    return {**asdict(point), "coverage": _rounded(point.coverage), "risk": risk}


def _fault(score: PageScore, cell: CellScore) -> dict[str, Any]:
    return {
        "page": score.page.path.name,
        "key": cell.key,
        "truth": cell.truth,
        "found": cell.found.value,
        "candidates": list(cell.found.candidates),
        "state": cell.found.state,
        "confidence": cell.found.confidence,
        "start": cell.found.start,
        "end": cell.found.end,
    }


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 6)
