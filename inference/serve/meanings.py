"""What an answer would mean, as JSON: which sums would hold or fail, which cells follow, what it contradicts.

Flow:  consequence -> **JSON** -> the page of a report
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gouji.inference.extraction import Cell, CheckState
from gouji.inference.settling import Consequence, Offer

_SHOWN = 40  # cells that follow and are listed


def meaning_to_json(meant: Consequence) -> dict[str, Any]:
    """One answer, and what it would mean."""
    return {
        "value": meant.value,
        "holds": [check.name for check in meant.checks if check.state is CheckState.HOLDS],
        "fails": [check.name for check in meant.checks if check.state is CheckState.FAILS],
        "settles": meant.settles,
        "changes": [
            {"key": change.key, "before": _shown(change.before), "after": _shown(change.after)}
            for change in meant.changes[:_SHOWN]
        ],
        "changed": len(meant.changes),
        "contradicts": [
            {"against": str(conflict.against), "key": conflict.key, "says": conflict.says}
            for conflict in meant.contradicts
        ],
    }


def row_to_json(offered: Iterable[Offer], key: str) -> list[dict[str, Any]] | None:
    """What the open cells of a cell's row are likeliest to hold, to be confirmed whole; None of one cell."""
    row = key.rpartition("/")[0]
    for offer in offered:
        if offer.row == row and len(offer.keys) > 1:
            pairs = zip(offer.keys, offer.values, strict=True)
            return [{"key": key, "value": value} for key, value in pairs]
    return None


def _shown(cell: Cell) -> dict[str, Any]:
    return {"state": str(cell.state), "value": cell.value, "candidates": list(cell.candidates)}
