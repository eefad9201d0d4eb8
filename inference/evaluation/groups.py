"""Group pages: all, those that we call verified, then by what may be asked, form, table, damage, tool, truth.

Flow:  evaluation -> **groups** -> tables, JSON, HTML
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from gouji.inference.evaluation.cells import Evaluation, PageScore
from gouji.inference.evaluation.tally import Tally

UNDAMAGED = "none"

_GROUPS: Mapping[str, Callable[[PageScore], Sequence[str]]] = {
    "expect": lambda score: [score.page.expect] if score.page.expect else [],
    "form": lambda score: [score.form],
    "damage": lambda score: (score.page.damage or UNDAMAGED).split("+"),
    "tool": lambda score: [score.page.family] if score.page.family else [],
    "truth": lambda score: [score.page.truth],
}


def group_tallies(evaluation: Evaluation, verified: Sequence[str]) -> dict[str, dict[str, Tally]]:
    """The tallies of every group of pages, by kind and name.

    Args:
        evaluation: Any program's.
        verified: The file names of the pages that we call verified: another program is held
            against the same ones.
    """
    groups = {"all": {"all": evaluation.total, "verified": evaluation.of_pages(verified)}}
    for kind in ("expect", "form"):
        groups[kind] = evaluation.by(_GROUPS[kind])
    groups["table"] = evaluation.by_table()
    for kind in ("damage", "tool", "truth"):
        groups[kind] = evaluation.by(_GROUPS[kind])
    return groups


def shown_groups(evaluation: Evaluation, verified: Sequence[str]) -> dict[str, dict[str, Tally]]:
    """The groups that a person is shown: without those of a single name, and without a row a page."""
    groups = group_tallies(evaluation, verified)
    if len(groups["truth"]) == len(evaluation.scores):
        del groups["truth"]
    return {kind: names for kind, names in groups.items() if len(names) > 1}
