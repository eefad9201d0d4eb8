"""Show an evaluation of spans as one HTML page, with the text around each span that is not right.

Flow:  evaluation of spans -> **HTML**
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from xml.etree.ElementTree import Element

from gouji.annotations.spans_score import TagScore
from gouji.inference.evaluation.excerpts import excerpt
from gouji.inference.evaluation.reliability import Reliability
from gouji.inference.evaluation.reliability_figure import reliability_figure
from gouji.inference.evaluation.spans import Confusion, SpanEvaluation, SpanFault
from gouji.inference.evaluation.spans_report import BIN_HEADS, bin_figures, reliabilities
from gouji.inference.html_page import Child, el, page, row, table
from gouji.inference.plots import share_bar
from gouji.model.labels import Span


def spans_html(evaluation: SpanEvaluation) -> str:
    """The report, as the text of an HTML file."""
    micro = evaluation.scores.micro
    tags = {score.name: score for score in (*evaluation.scores.tags, micro)}
    groups = [
        {f"{kind} {name}": of_name.micro for name, of_name in names.items()}
        for kind, names in evaluation.groups.items()
        if len(names) > 1
    ]
    return page(
        f"Spans on {evaluation.pages} labelled pages",
        el(
            "p",
            f"{micro.right} of {micro.gold} spans right: strict F1 {micro.f1:.4f}, partial F1"
            f" {micro.partial_f1:.4f}. Strict: tag, start and end are right; partial: a span of the right tag"
            " that overlaps counts half. A bar shows the spans right, lost or found in part, and found where"
            " there is none.",
        ),
        el("h2", "By tag"),
        _score_table([tags]),
        *([el("h2", "By form, damage, tool"), _score_table(groups)] if groups else []),
        el("h2", "Tokens confused"),
        el("p", "Rows: the tag a printed token should have; columns: the tag it was given.", class_="faint"),
        _confusion_table(evaluation.confusion),
        el("h2", "How sure, and how often right"),
        el(
            "p",
            "A tag is right where all that it covers should bear it. Both axes are in powers of ten; a point"
            " on the lower edge is a bin without a wrong tag.",
            class_="faint",
        ),
        reliability_figure(reliabilities(evaluation)),
        *(_reliability_table(name, found) for name, found in reliabilities(evaluation).items()),
        el("h2", "Spans that are not right"),
        *(_faults(evaluation.faults) if evaluation.faults else [el("p", "None.")]),
    )


def _score_table(sections: Sequence[Mapping[str, TagScore]]) -> Element:
    heads = ("", "gold", "found", "", "precision", "recall", "F1", "partial precision", "recall", "F1")
    return table(heads, [[row(n, *_figures(score)) for n, score in scores.items()] for scores in sections])


def _figures(score: TagScore) -> Iterator[Child]:
    lost, surplus = score.gold - score.right, score.found - score.right
    yield from (str(score.gold), str(score.found))
    yield share_bar({"right": score.right, "missed": lost, "wrong": max(surplus - score.overlapping, 0)})
    strict = (score.precision, score.recall, score.f1)
    partial = (score.partial_precision, score.partial_recall, score.partial_f1)
    yield from (f"{share:.4f}" for share in (*strict, *partial))


def _confusion_table(confusion: Confusion) -> Element:
    rows = []
    for wanted, counts in zip(confusion.names, confusion.counts, strict=True):
        cells = [
            el("span", str(count) if count else "·", class_="bad" if count and wanted != given else "good")
            for given, count in zip(confusion.names, counts, strict=True)
        ]
        rows.append(row(wanted, *cells))
    return table(("", *confusion.names), [rows])


def _reliability_table(name: str, found: Reliability) -> Element:
    rows = [row(f"{each.least:g} to {each.most:g}", *bin_figures(each)) for each in found.bins]
    return table((name, *BIN_HEADS[1:]), [rows])


def _faults(faults: Sequence[SpanFault]) -> Iterator[Element]:
    for page_id, of_page in groupby(faults, key=lambda fault: fault.page):
        blocks = [
            el(
                "div",
                el("span", f"Characters {fault.start} to {fault.end}:", class_="faint"),
                excerpt(fault.text, fault.start, fault.end),
                el("ul", el("li", f"should be {_spans(fault.gold)}"), el("li", f"was {_spans(fault.found)}")),
                class_="place",
            )
            for fault in of_page
        ]
        yield el("details", el("summary", f"{page_id}: {len(blocks)} places"), *blocks, open="open")


def _spans(spans: Sequence[Span]) -> str:
    if not spans:
        return "no span"
    return ", ".join(f"{span.tag} {span.start}–{span.end}" for span in spans)
