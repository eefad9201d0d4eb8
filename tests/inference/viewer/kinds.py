"""A page of each kind that is looked at: clean, glued, contradicted, of vanished blanks, of half a table."""

from __future__ import annotations

from pathlib import Path

PAGES = Path(__file__).parent.parent / "pages"
KINDS = (
    "lines_2021",
    "glued_2019",
    "a_contradictory_report_2021",
    "blanks_vanished_2021",
    "half_a_table_2021",
)

NEED_A_PERSON = ["a_contradictory_report_2021", "glued_2019", "blanks_vanished_2021"]  # fewest things first
