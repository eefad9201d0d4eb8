"""Show an evaluation of spans: as tables, as JSON.

Flow:  evaluation of spans -> **report**
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from gouji.annotations.spans_score import TagScore
from gouji.inference.evaluation.spans import Confusion, SpanEvaluation, SpanFault
from gouji.model.labels import Span

if TYPE_CHECKING:
    from rich.table import Table


def span_summary(evaluation: SpanEvaluation) -> dict[str, Any]:
    """A tagger's scores as JSON has them; the names of floors are paths into it."""
    scores = evaluation.scores
    return {
        **{score.name: _figures(score) for score in (scores.micro, *scores.tags)},
        **{
            kind: {name: _figures(of_name.micro) for name, of_name in names.items()}
            for kind, names in evaluation.groups.items()
        },
        "confusion": {
            wanted: dict(zip(evaluation.confusion.names, row, strict=True))
            for wanted, row in zip(evaluation.confusion.names, evaluation.confusion.counts, strict=True)
        },
        "faults": [_fault(fault) for fault in evaluation.faults],
    }


def span_tables(evaluation: SpanEvaluation) -> list[Table]:
    """The scores by tag and by group of pages, and the confusion matrix."""
    scores = evaluation.scores
    title = f"{evaluation.pages} pages; strict: tag, start and end right; partial: an overlap counts half"
    tables = [_score_table(title, "tag", [(score.name, score) for score in (*scores.tags, scores.micro)])]
    for kind, names in evaluation.groups.items():
        if len(names) > 1:
            rows = [(name, of_name.micro) for name, of_name in names.items()]
            tables.append(_score_table(f"by {kind}", kind, rows))
    return [*tables, _confusion_table(evaluation.confusion)]


def _score_table(title: str, what: str, rows: Sequence[tuple[str, TagScore]]) -> Table:
    from rich.table import Table

    table = Table(title=title, title_justify="left")
    heads = ("gold", "found", "precision", "recall", "F1", "partial precision", "recall", "F1")
    for head in (what, *heads):
        table.add_column(head, justify="left" if head == what else "right")
    for name, score in rows:
        strict = (score.precision, score.recall, score.f1)
        partial = (score.partial_precision, score.partial_recall, score.partial_f1)
        table.add_row(name, str(score.gold), str(score.found), *(f"{x:.4f}" for x in (*strict, *partial)))
    return table


def _confusion_table(confusion: Confusion) -> Table:
    from rich.table import Table

    title = "tokens, by the tag they should have (rows) and were given (columns)"
    table = Table(title=title, title_justify="left")
    table.add_column("")
    for name in confusion.names:
        table.add_column(name, justify="right")
    for name, row in zip(confusion.names, confusion.counts, strict=True):
        table.add_row(name, *(str(count) if count else "·" for count in row))
    return table


def _figures(score: TagScore) -> dict[str, Any]:
    shares = {
        "f1": score.f1,
        "precision": score.precision,
        "recall": score.recall,
        "partial_f1": score.partial_f1,
        "partial_precision": score.partial_precision,
        "partial_recall": score.partial_recall,
    }
    counts = {
        "gold": score.gold,
        "found": score.found,
        "right": score.right,
        "overlapping": score.overlapping,
    }
    return {**{name: round(share, 5) for name, share in shares.items()}, **counts}


def _fault(fault: SpanFault) -> dict[str, Any]:
    return {
        "page": fault.page,
        "gold": [_span(span) for span in fault.gold],
        "found": [_span(span) for span in fault.found],
    }


def _span(span: Span) -> list[int | str]:
    return [span.start, span.end, str(span.tag)]
