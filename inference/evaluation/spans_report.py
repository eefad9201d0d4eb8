"""Show an evaluation of spans: as tables, as JSON.

Flow:  evaluation of spans -> **report**
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from gouji.annotations.spans_score import TagScore
from gouji.inference.evaluation.reliability import Bin, Reliability
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
        "reliability": _reliability(evaluation.reliability),
        **({"uncalibrated": _reliability(evaluation.uncalibrated)} if evaluation.uncalibrated else {}),
        "faults": [_fault(fault) for fault in evaluation.faults],
    }


def span_tables(evaluation: SpanEvaluation) -> list[Table]:
    """The scores by tag and by group of pages, the confusion matrix, and the reliability."""
    scores = evaluation.scores
    title = f"{evaluation.pages} pages; strict: tag, start and end right; partial: an overlap counts half"
    tables = [_score_table(title, "tag", [(score.name, score) for score in (*scores.tags, scores.micro)])]
    for kind, names in evaluation.groups.items():
        if len(names) > 1:
            rows = [(name, of_name.micro) for name, of_name in names.items()]
            tables.append(_score_table(f"by {kind}", kind, rows))
    tables.append(_confusion_table(evaluation.confusion))
    return [
        *tables,
        *(_reliability_table(title, found) for title, found in reliabilities(evaluation).items()),
    ]


def reliabilities(evaluation: SpanEvaluation) -> dict[str, Reliability]:
    """What there is, by name: of the network alone, and as calibrated."""
    if evaluation.uncalibrated is None:
        return {"not calibrated": evaluation.reliability}
    return {"before calibration": evaluation.uncalibrated, "calibrated": evaluation.reliability}


def bin_figures(own: Bin) -> tuple[str, ...]:
    """A bin as a person reads it: the spans, their mean confidence, the share right, the count wrong."""
    if not own.spans:
        return ("0", "", "", "0")
    return (str(own.spans), f"{own.confidence:.5f}", f"{own.share:.5f}", str(own.spans - own.right))


BIN_HEADS = ("confidence", "tags", "mean confidence", "share right", "wrong")


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


def _reliability_table(name: str, found: Reliability) -> Table:
    from rich.table import Table

    title = f"tags that are right, by confidence; {name}: expected calibration error {found.error:.5f}"
    table = Table(title=title, title_justify="left")
    for head in BIN_HEADS:
        table.add_column(head, justify="right")
    for each in found.bins:
        table.add_row(f"{each.least:g} to {each.most:g}", *bin_figures(each))
    return table


def _reliability(found: Reliability) -> dict[str, Any]:
    return {
        "error": round(found.error, 6),
        "bins": {
            f"{each.least:g}": {
                "spans": each.spans,
                "right": each.right,
                "confidence": round(each.confidence, 6),
            }
            for each in found.bins
        },
    }


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
