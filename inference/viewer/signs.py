"""The signs of states, statuses and checks: nothing is told by colour alone.

Flow:  extraction -> **signs** -> report page, index page
"""

from __future__ import annotations

from gouji.inference.extraction import CheckState, Number, State
from gouji.inference.outputs.marks import SIGNS

STATE_SIGNS = {**SIGNS, State.BLANK: "·"}
STATUS_SIGNS = {"verified": "✓", "contradicted": "≠", "incomplete": "?", "no_tables": "∅", "error": "!"}
CHECK_SIGNS = {CheckState.HOLDS: "✓", CheckState.FAILS: "✗", CheckState.UNKNOWN: "?"}


def figure(value: Number | None) -> str | None:
    """A number as it is written; None where there is none."""
    return None if value is None else str(value)
