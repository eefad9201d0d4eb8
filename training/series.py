"""Make series of reports over years: one issuer's, who carries over what it says, or once does not.

Flow:  figures -> **series** -> records to audit

The issuer goes by other names in other years: without its place, abbreviated, renamed. Beside it
stand reports of near names that are other bodies, whose figures are their own.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from gouji.inference.audit.reports import Report, ReportCell
from gouji.inference.audit.years import year_instances
from gouji.inference.extraction import State
from gouji.model.forms import Form, load_forms
from gouji.training.figures import Number, make_figures

_COLUMNS = ("natural_person", "business", "research", "nonprofit", "legal_service", "other")
# What one body is called, in the order of years: of some kinds the name changes for good.
_NAMES = (
    ("{city}{county}水务局", "{county}水务局", "县水务局", "{city}{county}水务局"),
    ("{city}{county}人民政府办公室", "{county}人民政府办公室", "县政府办", "{county}政府办公室"),
    ("{county}环境保护局", "{county}生态环境局", "县生态环境局", "{county}生态环境局"),
    ("{county}发展和改革局", "{county}发改局", "{city}{county}发展和改革局", "县发改局"),
    ("{county}扶贫开发办公室", "{county}扶贫办", "{county}乡村振兴局", "{county}乡村振兴局"),
    ("{county}人民政府", "{county}", "{city}{county}人民政府", "{county}人民政府"),
    ("{county}城东镇人民政府", "城东镇", "{county}城东镇", "{county}城东镇人民政府"),
)
_OTHERS = ("{county}城西镇人民政府", "{county}水利局", "{county}教育局", "{city}{county}城东街道办事处")


@dataclass(frozen=True, slots=True)
class Series:
    """Reports of some years, and the identity that was broken: `check`, and the year it breaks in."""

    reports: tuple[Report, ...]
    broken: tuple[str, int] | None = None


def make_series(index: int, seed: int, *, broken: bool, beside: int = 1) -> Series:
    """Series number `index` of a seed; with `beside` reports a year of other bodies of the same county."""
    rng = random.Random(f"series/{seed}/{index}/{broken}")
    first = rng.randrange(2019, 2023)
    years = range(first, first + rng.randrange(2, 5))
    places = {"city": rng.choice(("白河市", "丰川市")), "county": rng.choice(("青溪县", "云泉县"))}
    names = rng.choice(_NAMES)
    others = [name.format(**places) for name in _OTHERS if name != names[0]]
    figures = _figures_over_years(years, rng)
    planted = _break_one(figures, rng) if broken else None
    reports = []
    for number, year in enumerate(years):
        reports.append(_report(names[number].format(**places), year, figures[year]))
        for other in rng.sample(others, beside):
            reports.append(_report(other, year, make_figures(_forms(year), rng)))
            others.remove(other)  # no series of its own: what it carries over is nobody's here
    return Series(tuple(reports), planted)


def _forms(year: int) -> dict[str, Form]:
    form = load_forms()["2019" if year < 2021 else "2021"]
    return {table.id: form for table in form.tables}


def _figures_over_years(years: range, rng: random.Random) -> dict[int, dict[str, Number]]:
    """Each year's figures: its own sums hold, and the identities with the year before."""
    figures: dict[int, dict[str, Number]] = {}
    for year in years:
        own = make_figures(_forms(year), rng)
        before = figures.get(year - 1)
        if before is not None:
            _carry(before, own)
        figures[year] = own
    return figures


def _carry(before: Mapping[str, Number], own: dict[str, Number]) -> None:
    """Make a year's figures go on from those of the year before."""
    for column in _COLUMNS:
        cell = "applications/{}/" + column
        carried = before[cell.format("carried_out")]
        done = own[cell.format("total")] + own[cell.format("carried_out")]
        if done < carried:  # more was done than this year brought in
            for row in ("granted", "total"):
                own[cell.format(row)] += carried - done
            done = carried
        own[cell.format("carried_in")] = carried
        own[cell.format("received")] = done - carried
    rows = [key.split("/")[1] for key in own if key.startswith("applications/") and key.endswith("/total")]
    for row in rows:
        own[f"applications/{row}/total"] = sum(own[f"applications/{row}/{column}"] for column in _COLUMNS)
    for row in ("regulations", "normative_documents"):
        base = f"disclosure/{row}/"
        if base + "in_force" in own and base + "in_force" in before:
            available = before[base + "in_force"] + own[base + "issued"]
            own[base + "repealed"] = min(own[base + "repealed"], available)
            own[base + "in_force"] = available - own[base + "repealed"]
    for row in ("licensing", "other_services", "penalties", "coercion", "fees"):
        base = f"disclosure/{row}/"
        if base + "change" in own and base + "change" in before:
            own[base + "previous_year"] = before[base + "previous_year"] + before[base + "change"]


def _break_one(figures: Mapping[int, dict[str, Number]], rng: random.Random) -> tuple[str, int]:
    """Change one figure, so that just one identity between two years fails."""
    broken = []
    years = sorted(figures)
    for earlier, later in pairwise(years):
        old, new = _forms(earlier), _forms(later)
        for table_id, form in new.items():
            table, rules = form.table(table_id), old[table_id].table(table_id).years
            for rule in (rule for rule in table.years if rule in rules):
                for instance in year_instances(table, rule):
                    last = later == years[-1]
                    broken.append((f"years/{rule.name}/{instance.each}", later, instance.later[0], last))
    free = [found for found in broken if found[3] or "in_force" not in found[0]]
    check, year, key, _ = rng.choice(free)
    step = rng.choice((1, 2, 5))
    figures[year][key] += step
    return check, year


def _report(issuer: str, year: int, figures: Mapping[str, Number]) -> Report:
    forms = _forms(year)
    return Report(
        source=f"{issuer}{year}.txt",
        issuer=issuer,
        year=year,
        forms={table: form.id for table, form in forms.items()},
        cells={key: ReportCell(value, State.READ, str(value)) for key, value in figures.items()},
        title=f"{issuer}{year}年政府信息公开工作年度报告",
    )
