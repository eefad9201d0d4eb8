"""Which bodies and years a panel has, and which are missing, doubled or contradicted.

Flow:  panel -> **coverage** -> terminal, NAME.coverage.csv, a sheet, a table of a database
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from gouji.inference.extraction import Status
from gouji.inference.outputs.columns import Column, Kind
from gouji.inference.panel.reasons import NO_REPORT
from gouji.inference.panel.rows import Panel
from gouji.inference.panel.variables import FAILS
from gouji.inference.printable import in_line

COVERAGE_COLUMNS = (
    Column("issuer", Kind.TEXT, "机关", "The body."),
    Column("year", Kind.INTEGER, "年度", "The year."),
    Column("status", Kind.TEXT, "状态", "What its report is worth; no_report, left_out."),
    Column("copies", Kind.INTEGER, "份数", "Reports of this body and year."),
    Column("copies_differ", Kind.INTEGER, "各份不一致的单元格数", "Cells on which they differ."),
    Column("sums_fail", Kind.INTEGER, "不成立的勾稽数", "Sums that fail as printed."),
    Column("carry_over", Kind.TEXT, "与上年结转是否一致", "holds, fails, unknown, nothing_before."),
    Column("carry_over_gap", Kind.INTEGER, "与上年结转之差", "Of the totals."),
    Column("source", Kind.TEXT, "来源", "The report's file or address."),
    Column("reason", Kind.TEXT, "原因", "Why an answer has no place in the panel."),
)
LEFT_OUT = "left_out"
_LISTED = 20  # of a kind, on the terminal
_SIGNS = {Status.VERIFIED: "✓", Status.CONTRADICTED: "!", Status.INCOMPLETE: "…", Status.NO_TABLES: "–"}


@dataclass(frozen=True, slots=True)
class Coverage:
    """A line for each body and year between the first and the last, and for each answer left out."""

    panel: Panel

    def rows(self) -> Iterator[dict[str, Any]]:
        """Every body and year in order, reported on or not, then what was left out."""
        names = [column.name for column in COVERAGE_COLUMNS]
        by_place = {(row["panel_id"], row["year"]): row for row in self.panel.rows}
        for number, name in self.panel.bodies.items():
            for year in self.panel.years:
                row = by_place.get((number, year), {"issuer": name, "year": year, "status": NO_REPORT})
                yield {key: row.get(key) for key in names}
        for left in self.panel.left_out:
            record = left.record
            yield {
                "issuer": record.issuer,
                "year": record.year,
                "status": LEFT_OUT,
                "source": record.source,
                "reason": left.reason,
            }

    def text(self) -> str:
        """The report for a person: a line of counts, then the grid of bodies by years, and what is amiss."""
        rows = [row for row in self.rows() if row["status"] != LEFT_OUT]
        reported = [row for row in rows if row["status"] != NO_REPORT]
        years = self.panel.years
        if years:
            told = f"{len(self.panel.bodies)} bodies, {years[0]} to {years[-1]}"
            lines = [f"{told}: {len(reported)} of {len(rows)} reports", *self._grid()]
        else:
            lines = ["no report of a body and a year"]
        lines += _listed("missing", [r for r in rows if r["status"] == NO_REPORT])
        lines += _listed("several copies", [r for r in reported if (r["copies"] or 0) > 1])
        lines += _listed("contradicted", [r for r in reported if r["status"] == Status.CONTRADICTED])
        lines += _listed(
            "carried in is not what was carried out", [r for r in reported if r["carry_over"] == FAILS]
        )
        left = [f"{each.record.source}: {each.reason}" for each in self.panel.left_out]
        lines += _told("left out", left)
        return "\n".join(lines)

    def _grid(self) -> Iterator[str]:
        """A line for each body: a sign for each year."""
        status = {(row["panel_id"], row["year"]): row["status"] for row in self.panel.rows}
        bodies = list(self.panel.bodies.items())
        if len(bodies) > _LISTED:
            return
        yield "  ".join(map(str, self.panel.years))
        for number, name in bodies:
            signs = (_SIGNS.get(status.get((number, year), ""), "×") for year in self.panel.years)
            yield "     ".join(signs) + f"     {in_line(name)}"
        yield "✓ verified  ! contradicted  … incomplete  – no tables  × no report"


def _listed(what: str, rows: list[dict[str, Any]]) -> list[str]:
    return _told(what, [f"{row['issuer']} {row['year']}" for row in rows])


def _told(what: str, names: list[str]) -> list[str]:
    if not names:
        return []
    more = f", and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    return [f"{what} ({len(names)}): {', '.join(map(in_line, names[:_LISTED]))}{more}"]
