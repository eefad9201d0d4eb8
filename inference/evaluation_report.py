"""Show an evaluation: as a table beside other programs, as JSON, as a list of faults.

Flow:  evaluation -> **report**
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from gouji.inference.evaluation import Evaluation, PageScore, Tally

if TYPE_CHECKING:
    from rich.table import Table

    from gouji.annotations.spans_score import SpanScores

_GROUPS: Mapping[str, Callable[[PageScore], str]] = {
    "expect": lambda score: score.page.expect,
    "damage": lambda score: score.page.damage,
    "tool": lambda score: score.page.family,
    "truth": lambda score: score.page.truth,
}


def summary(evaluation: Evaluation) -> dict[str, Any]:
    """An evaluation as JSON has it; the names of floors are paths into it."""
    verified = sum((s.tally for s in evaluation.scores if s.status == "verified"), Tally())
    return {
        "total": _counts(evaluation.total),
        "verified": _counts(verified),
        "statuses": dict(sorted(Counter(score.status for score in evaluation.scores).items())),
        **{
            name: {key: _counts(tally) for key, tally in evaluation.by(group).items() if key}
            for name, group in _GROUPS.items()
        },
        "pages": [
            {"page": score.page.path.name, "status": score.status, **_counts(score.tally)}
            for score in evaluation.scores
        ],
        "faults": [asdict(fault) for score in evaluation.scores for fault in score.faults],
    }


def span_summary(scores: SpanScores) -> dict[str, Any]:
    """A tagger's scores as JSON has them."""
    return {
        score.name: {
            "f1": round(score.f1, 5),
            "precision": round(score.precision, 5),
            "recall": round(score.recall, 5),
            "gold": score.gold,
        }
        for score in (scores.micro, *scores.tags)
    }


def evaluation_table(ours: Evaluation, others: Sequence[Evaluation] = ()) -> Table:
    """A row for all pages and for each group of them; other programs' shares in columns beside ours."""
    from rich.table import Table

    table = Table(title=f"{ours.program}: {_status_line(ours)}", title_justify="left")
    table.add_column("pages of", overflow="fold")
    for head in ("pages", "exact", "cells", "right", "soft", "missed", "wrong", "ambiguous", "broken"):
        table.add_column(head, justify="right")
    for other in others:
        table.add_column(f"{other.program}: right", justify="right")
        table.add_column("wrong", justify="right")
    groups = [_groups(ours), *(_groups(other) for other in others)]
    for section in groups[0]:
        for name, tally in groups[0][section].items():
            beside = [cell for group in groups[1:] for cell in _beside(group[section][name])]
            table.add_row(name, *_figures(tally), *beside)
        table.add_section()
    return table


def span_table(scores: SpanScores) -> Table:
    """A row for each tag and one for all spans."""
    from rich.table import Table

    table = Table(title="spans, strict: tag, start and end right", title_justify="left")
    for head in ("tag", "gold", "found", "precision", "recall", "F1"):
        table.add_column(head, justify="left" if head == "tag" else "right")
    for score in (*scores.tags, scores.micro):
        shares = (f"{share:.4f}" for share in (score.precision, score.recall, score.f1))
        table.add_row(score.name, str(score.gold), str(score.found), *shares)
    return table


def fault_lines(evaluation: Evaluation) -> Iterator[str]:
    """One line for each wrong cell and for each ambiguous one whose candidates do not hold the truth."""
    for score in evaluation.scores:
        for fault in score.faults:
            found = f"one of {list(fault.candidates)}" if fault.candidates else f"{fault.found}"
            yield f"{fault.page}: {fault.key}: {found}, but the truth is {fault.truth} ({score.status})"


def _groups(evaluation: Evaluation) -> dict[str, dict[str, Tally]]:
    """The table's sections: all pages, the verified ones, then each kind of group by name."""
    verified = sum((s.tally for s in evaluation.scores if s.status == "verified"), Tally())
    groups = {"all": {"all": evaluation.total, "verified": verified}}
    for section, group in _GROUPS.items():
        if section == "truth" and len(evaluation.by(group)) == len(evaluation.scores):
            continue  # a row a page
        groups[section] = {f"{section} {key}": tally for key, tally in evaluation.by(group).items() if key}
    return groups


def _figures(tally: Tally) -> Iterator[str]:
    counts = (tally.soft, tally.missed, tally.wrong, tally.undecided, tally.broken)
    yield from (str(tally.pages), str(tally.exact), str(tally.cells), f"{tally.right_share:.2%}")
    yield from (str(count) for count in counts)


def _beside(tally: Tally) -> Iterator[str]:
    yield from (f"{tally.right_share:.2%}", str(tally.wrong))


def _counts(tally: Tally) -> dict[str, Any]:
    return {**asdict(tally), "right_share": round(tally.right_share, 6)}


def _status_line(evaluation: Evaluation) -> str:
    statuses = Counter(score.status for score in evaluation.scores)
    return ", ".join(f"{count} {status}" for status, count in sorted(statuses.items()))
