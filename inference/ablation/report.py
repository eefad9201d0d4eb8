"""Show what doubts are worth: a table as text or Markdown, and JSON.

Flow:  ablations -> **report**
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from gouji.inference.ablation.run import PageAblation
from gouji.inference.ablation.smallest_page import notices
from gouji.inference.ablation.switches import Switch
from gouji.inference.ablation.worth import Worth, add_up
from gouji.inference.assembly.doubt import Family
from gouji.inference.assembly.doubts.catalogue import DOUBTS
from gouji.inference.evaluation.figures import NOTHING, Figures, Row
from gouji.inference.evaluation.tally import Tally
from gouji.inference.evaluation.tally import add_up as add_up_tallies

_HEADS = (
    *("switched off", "why", "pages\nfired", "\nother", "right\n+", "\n−", "wrong\n+", "\n−"),
    *("broken\n+", "\n−", "lists\n+", "\n−", "\npage"),
)


def worths(ablations: Sequence[PageAblation], switches: Sequence[Switch]) -> dict[str, Worth]:
    """What each switch is worth over all pages, by its name."""
    return {
        switch.name: add_up(page.worths[switch.name] for page in ablations if switch.name in page.worths)
        for switch in switches
    }


def ablation_figures(ablations: Sequence[PageAblation], switches: Sequence[Switch]) -> Figures:
    """A row for each family and, indented, for each of its doubts; then groups, and all doubts."""
    found = worths(ablations, switches)
    sections: list[list[Row]] = []
    for switch in switches:
        if switch.doubt is None:
            sections.append([])
        sections[-1].append(_row(switch, found[switch.name]))
    return Figures(_title(_total(ablations)), _HEADS, tuple(map(tuple, sections)))


def ablation_words(switches: Sequence[Switch]) -> Iterator[tuple[str, str]]:
    """What the figures mean, each word with its explanation, and which doubts a group holds."""
    yield "fired", "pages on which the doubt, or one of the group, stood against something"
    yield "other", "of these the pages that read otherwise without it; on the rest other doubts say the same"
    yield "right, wrong", "cells that are so without it (+) and with it (−) alone"
    yield "broken", "verified pages with a wrong cell, or a number for a cell that the report does not have"
    yield "lists", "cells whose whole list of candidates does not hold the truth"
    yield (
        "page",
        "what its smallest page shows, so that a test notices: the doubt opens cells, keeps their lists of"
        " candidates from being called whole, or explains what is open anyhow; – nothing that others do not",
    )
    for switch in switches:
        if switch.name.startswith("group "):
            yield switch.name, ", ".join(sorted(switch.off))


def ablation_summary(ablations: Sequence[PageAblation], switches: Sequence[Switch]) -> dict[str, Any]:
    """The same as JSON has it, with the pages that each switch changes or breaks."""
    total = _total(ablations)
    found = worths(ablations, switches)
    return {
        "pages": total.pages,
        "right": total.cells.right,
        "wrong": total.cells.wrong + total.surplus,
        "open": total.cells.open,
        "verified": total.verified.pages,
        "broken": total.verified.faulty,
        "false_lists": total.broken,
        "failed": {page.page: page.error for page in ablations if page.error is not None},
        "switches": {switch.name: _record(switch, found[switch.name], ablations) for switch in switches},
    }


def doubts_markdown(*, chinese: bool = False) -> str:
    """The catalogue as tables, one a family; the Chinese ones explain the reasons alone."""
    return "\n\n".join(_family_table(family, chinese) for family in Family)


def _family_table(family: Family, chinese: bool) -> str:
    heads = ("名称", "`why`", "含义") if chinese else ("doubt", "about", "`why`")
    rows = [heads, ("---", "---", "---")]
    for doubt in DOUBTS.values():
        if doubt.family is family:
            name, why = f"`{doubt.name}`", f"`{doubt.why}`"
            rows.append((name, why, doubt.why.says_in_chinese) if chinese else (name, doubt.about, why))
    return "\n".join([f"### {family}", "", *(f"| {' | '.join(row)} |" for row in rows)])


def _record(switch: Switch, worth: Worth, ablations: Sequence[PageAblation]) -> Mapping[str, Any]:
    doubt = switch.doubt
    told = (
        {}
        if doubt is None
        else {
            "family": str(doubt.family),
            "why": str(doubt.why),
            "about": doubt.about,
            "page": notices(doubt),
        }
    )
    own = {page.page: page.worths[switch.name] for page in ablations if switch.name in page.worths}
    return {
        **told,
        "off": sorted(switch.off),
        **asdict(worth),
        "pages_changed": [name for name, each in own.items() if each.changed],
        "pages_broken": [name for name, each in own.items() if each.broken.gained],
    }


def _row(switch: Switch, worth: Worth) -> Row:
    doubt = switch.doubt
    label = switch.name if doubt is None else f"  {switch.name}"
    turns = (worth.right, worth.wrong, worth.broken, worth.false_lists)
    counts = (worth.changed, *(count for turn in turns for count in (turn.gained, turn.lost)))
    figures = (f"{worth.fired:,}", *(f"{count:,}" if worth.fired else "" for count in counts))
    noticed = "" if doubt is None else str(notices(doubt) or NOTHING)
    return (label, "" if doubt is None else str(doubt.why), *figures, noticed)


def _title(total: Tally) -> str:
    cells, verified = total.cells, total.verified
    return (
        f"{total.pages:,} pages with all doubts: {cells.right:,} cells right, {cells.wrong + total.surplus:,}"
        f" wrong, {cells.open:,} open; {verified.pages:,} pages verified, {verified.faulty:,} of them broken;"
        f" {total.broken:,} false lists"
    )


def _total(ablations: Sequence[PageAblation]) -> Tally:
    return add_up_tallies(page.score.tally for page in ablations if page.score is not None)
