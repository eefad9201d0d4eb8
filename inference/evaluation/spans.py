"""Hold the spans that a tagger finds on labelled pages against those it should find.

Flow:  labelled pages -> tagger -> **evaluation of spans** -> tables, JSON, HTML, floors

nervaluate counts spans and scikit-learn confuses tokens; both come with the evaluate extra.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gouji.annotations.page_files import PageFile
from gouji.annotations.pages import LabelledPage
from gouji.annotations.spans_score import SpanScores, join_touching_values, score_spans
from gouji.inference.calibration import Calibration
from gouji.inference.evaluation.reliability import Reliability, judged_spans, reliability, uncalibrated
from gouji.inference.tagger import TaggedPage
from gouji.model.labels import OUTSIDE, Span, Tag, labels_of_spans
from gouji.model.tokens import Kind

_CONFUSABLE = (OUTSIDE, *(tag.value for tag in Tag))

_GROUPS: Mapping[str, Callable[[LabelledPage], Sequence[str]]] = {
    "form": lambda page: [page.form or "none"],
    "damage": lambda page: (page.damage or "none").split("+"),
    "tool": lambda page: [PageFile(Path(page.id), page.id, page.tool, page.damage).family or "none"],
}


@dataclass(frozen=True, slots=True)
class SpanFault:
    """A stretch of a page where spans are not as they should be."""

    page: str
    text: str  # the page's
    start: int
    end: int
    gold: tuple[Span, ...]  # should have been found there, and were not
    found: tuple[Span, ...]  # were found there, and should not have been


@dataclass(frozen=True, slots=True)
class Confusion:
    """Printed tokens by the tag they should have (rows) and the tag they were given (columns)."""

    names: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class SpanEvaluation:
    """A tagger's scores on labelled pages."""

    pages: int
    scores: SpanScores
    groups: Mapping[str, Mapping[str, SpanScores]]  # by form, damage, tool
    confusion: Confusion
    faults: tuple[SpanFault, ...]
    reliability: Reliability  # of the confidences as they were found
    uncalibrated: Reliability | None  # of the network's own, where the tagger is calibrated


def evaluate_spans(
    pages: Sequence[LabelledPage], tagged: Sequence[TaggedPage], calibration: Calibration | None = None
) -> SpanEvaluation:
    """Score what a tagger found on labelled pages.

    Args:
        pages: Pages with the spans that should be found.
        tagged: The same pages as tagged, in the same order.
        calibration: The tagger's, where it has one.
    """
    judged = judged_spans(pages, tagged)
    return SpanEvaluation(
        pages=len(pages),
        scores=_score(zip(pages, tagged, strict=True)),
        groups={kind: dict(_scored_groups(pages, tagged, group)) for kind, group in _GROUPS.items()},
        confusion=_confusion(pages, tagged),
        faults=tuple(
            fault
            for page, found in zip(pages, tagged, strict=True)
            for fault in span_faults(page, found.spans)
        ),
        reliability=reliability(judged),
        uncalibrated=reliability(uncalibrated(judged, calibration)) if calibration else None,
    )


def span_faults(page: LabelledPage, found: Sequence[Span]) -> Iterator[SpanFault]:
    """Where a page's spans are not as they should be; spans that overlap are one fault."""
    given = {(span.tag, span.start, span.end): span for span in join_touching_values(found)}
    wanted = {(span.tag, span.start, span.end): span for span in join_touching_values(page.spans)}
    lost = [(span, True) for key, span in wanted.items() if key not in given]
    surplus = [(span, False) for key, span in given.items() if key not in wanted]
    cluster: list[tuple[Span, bool]] = []
    for span, is_gold in sorted((*lost, *surplus), key=lambda item: (item[0].start, item[0].end)):
        if cluster and span.start >= max(other.end for other, _ in cluster):
            yield _fault(page, cluster)
            cluster = []
        cluster.append((span, is_gold))
    if cluster:
        yield _fault(page, cluster)


def _fault(page: LabelledPage, cluster: Sequence[tuple[Span, bool]]) -> SpanFault:
    spans = [span for span, _ in cluster]
    return SpanFault(
        page.id,
        page.text,
        min(span.start for span in spans),
        max(span.end for span in spans),
        tuple(span for span, is_gold in cluster if is_gold),
        tuple(span for span, is_gold in cluster if not is_gold),
    )


def _score(pairs: Iterable[tuple[LabelledPage, TaggedPage]]) -> SpanScores:
    kept = list(pairs)
    return score_spans([page.spans for page, _ in kept], [found.spans for _, found in kept])


def _scored_groups(
    pages: Sequence[LabelledPage],
    tagged: Sequence[TaggedPage],
    group: Callable[[LabelledPage], Sequence[str]],
) -> Iterator[tuple[str, SpanScores]]:
    pairs = list(zip(pages, tagged, strict=True))
    for name in sorted({name for page in pages for name in group(page)}):
        yield name, _score(pair for pair in pairs if name in group(pair[0]))


def _confusion(pages: Sequence[LabelledPage], tagged: Sequence[TaggedPage]) -> Confusion:
    from sklearn.metrics import confusion_matrix

    wanted: list[str] = []
    given: list[str] = []
    for page, found in zip(pages, tagged, strict=True):
        printed = [token for token in found.tokens if token.kind is not Kind.SEPARATOR]
        bounds = [(token.start, token.end) for token in printed]
        wanted.extend(label.rpartition("-")[2] for label in labels_of_spans(page.spans, bounds))
        given.extend(label.rpartition("-")[2] for label in labels_of_spans(found.spans, bounds))
    counts = confusion_matrix(wanted, given, labels=list(_CONFUSABLE))
    return Confusion(_CONFUSABLE, tuple(tuple(row) for row in counts.tolist()))
