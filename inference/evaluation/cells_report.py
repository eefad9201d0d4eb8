"""Show an evaluation of cells: as tables beside other programs, as JSON, as a list of faults.

Flow:  evaluation -> **report**

Every group of pages stands in every output: all, those that we call verified, then by what may be
asked, by form, by table, by damage, by tool, by truth.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from gouji.inference.evaluation.cells import CellScore, Evaluation, PageScore, Tally
from gouji.inference.evaluation.coverage import CoveragePoint, coverage
from gouji.inference.evaluation.openness import Openness

if TYPE_CHECKING:
    from rich.table import Table

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


def summary(evaluation: Evaluation, verified: Sequence[str] | None = None) -> dict[str, Any]:
    """An evaluation as JSON has it; the names of floors are paths into it.

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
        **{kind: {name: _counts(t) for name, t in tallies.items()} for kind, tallies in groups.items()},
        "coverage": {f"{point.threshold:g}": _point(point) for point in coverage(evaluation)},
        "pages": [
            {"page": score.page.path.name, "status": score.status, **_counts(score.tally)}
            for score in evaluation.scores
        ],
        "faults": [_fault(score, cell) for score in evaluation.scores for cell in score.faults],
    }


def evaluation_table(ours: Evaluation, others: Sequence[Evaluation] = ()) -> Table:
    """A row for all pages and for each group of them; other programs' figures in columns beside ours."""
    from rich.table import Table

    table = Table(title=f"{ours.program}: {status_line(ours)}", title_justify="left")
    table.add_column("pages of", overflow="fold")
    for head in ("pages", "exact", "tables", "exact", "cells", "right", "soft", "missed", "wrong"):
        table.add_column(head, justify="right")
    for other in others:
        table.add_column(f"{other.program}: right", justify="right", overflow="fold")
        for head in ("exact", "tables", "missed", "wrong"):
            table.add_column(head, justify="right")
    verified = ours.verified()
    beside = [group_tallies(other, verified) for other in others]
    for kind, tallies in shown_groups(ours, verified).items():
        for name, tally in tallies.items():
            label = name if kind == "all" else f"{kind} {name}"
            theirs = (figure for groups in beside for figure in _beside(groups[kind][name]))
            table.add_row(label, *_figures(tally), *theirs)
        table.add_section()
    return table


def promise_lines(evaluation: Evaluation, openness: Openness) -> Iterator[str]:
    """What missed and ambiguous cells are worth, and what stays when only confident cells are believed."""
    total = evaluation.total
    if openness.open:
        yield (
            f"missed: {openness.missed} cells; {openness.open} of them no sum could settle where blank cells"
            f" leave no trace: {openness.within_reach:.2%} are within reach of arithmetic"
        )
    if total.undecided:
        yield (
            f"ambiguous: {total.undecided} cells; the truth is among the listed candidates in"
            f" {total.among_share:.2%}, the first of them in {total.first_share:.2%};"
            f" {total.broken} whole lists miss it"
        )
        for table, tally in evaluation.by_table().items():
            if tally.undecided:
                yield (
                    f"  in {table}: {tally.undecided} cells; listed {tally.among_share:.2%},"
                    f" first {tally.first_share:.2%}"
                )
    points = coverage(evaluation)
    if points:
        yield "confidence  answered   wrong  missed (called blank)"
    for point in points:
        shares = f"{point.threshold:>10g}  {point.answered_share:>8.2%}"
        yield f"{shares}  {point.wrong:>6}  {point.missed:>6}"


def fault_lines(evaluation: Evaluation) -> Iterator[str]:
    """One line for each wrong cell and for each ambiguous one whose candidates do not hold the truth."""
    for score in evaluation.scores:
        for cell in score.faults:
            candidates = list(cell.found.candidates)
            found = f"one of {candidates}" if cell.found.ambiguous else f"{cell.found.value}"
            page = score.page.path.name
            yield f"{page}: {cell.key}: {found}, but the truth is {cell.truth} ({score.status})"


def status_line(evaluation: Evaluation) -> str:
    """How many pages have each status."""
    statuses = Counter(score.status for score in evaluation.scores)
    return ", ".join(f"{count} {status}" for status, count in sorted(statuses.items()))


def _figures(tally: Tally) -> Iterator[str]:
    yield from (str(n) for n in (tally.pages, tally.exact, tally.tables, tally.tables_exact, tally.cells))
    yield f"{tally.right_share:.2%}"
    yield from (str(n) for n in (tally.soft, tally.missed, tally.wrong))


def _beside(tally: Tally) -> Iterator[str]:
    yield f"{tally.right_share:.2%}"
    yield from (str(n) for n in (tally.exact, tally.tables_exact, tally.missed, tally.wrong))


def _counts(tally: Tally) -> dict[str, Any]:
    shares = {
        "right_share": tally.right_share,
        "exact_share": tally.exact_share,
        "tables_exact_share": tally.tables_exact_share,
    }
    if tally.undecided:
        shares |= {"among_share": tally.among_share, "first_share": tally.first_share}
    return {**asdict(tally), **{name: round(share, 6) for name, share in shares.items()}}


def _point(point: CoveragePoint) -> dict[str, Any]:
    shares = {"answered_share": point.answered_share, "wrong_share": point.wrong_share}
    return {**asdict(point), **{name: round(share, 6) for name, share in shares.items()}}


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
