"""Score the spans that a tagger found against those it should have found.

Strict: a span counts only where its tag, its start and its end are all right. Partial: one of the
right tag that overlaps counts half, as SemEval-2013 task 9.1 has it. nervaluate counts; pages are
given to it tag by tag, so that a span is only ever held against spans of its own tag.

Values that touch count as one: digits run together are one number on the page, and where one
cell's end lies is for the sums to say, not for a tagger.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from gouji.model.labels import Span, Tag

if TYPE_CHECKING:
    from nervaluate.entities import Entity


@dataclass(frozen=True, slots=True)
class TagScore:
    """The counts of one tag; a tag that neither stands nor was found scores 1."""

    name: str
    gold: int  # spans that should have been found
    found: int
    right: int
    overlapping: int = 0  # spans found that are not right, and share text with one of their tag

    @property
    def precision(self) -> float:
        """Of the spans found, the share that is right."""
        return _share(self.right, self.found, self.gold)

    @property
    def recall(self) -> float:
        """Of the spans that should have been found, the share that was."""
        return _share(self.right, self.gold, self.found)

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return _share(2 * self.right, self.gold + self.found)

    @property
    def partial_precision(self) -> float:
        """Precision where an overlap counts half."""
        return _share(self.right + self.overlapping / 2, self.found, self.gold)

    @property
    def partial_recall(self) -> float:
        """Recall where an overlap counts half."""
        return _share(self.right + self.overlapping / 2, self.gold, self.found)

    @property
    def partial_f1(self) -> float:
        """The harmonic mean of both."""
        return _share(2 * self.right + self.overlapping, self.gold + self.found)


@dataclass(frozen=True, slots=True)
class SpanScores:
    """One row for each tag, in the order of `Tag`, and one over all spans."""

    tags: tuple[TagScore, ...]
    micro: TagScore


def score_spans(gold: Sequence[Sequence[Span]], found: Sequence[Sequence[Span]]) -> SpanScores:
    """Score pages of spans, each page's own against its own; needs nervaluate (the evaluate extra).

    Args:
        gold: For each page, the spans that should have been found, in reading order.
        found: For each page, those that were.

    >>> gold = [[Span(Tag.ROW, 0, 2), Span(Tag.VALUE, 3, 4)]]
    >>> scores = score_spans(gold, [[Span(Tag.ROW, 0, 2), Span(Tag.VALUE, 3, 5)]])
    >>> scores.micro
    TagScore(name='all', gold=2, found=2, right=1, overlapping=1)
    >>> scores.micro.f1, scores.micro.partial_f1
    (0.5, 0.75)
    """
    from nervaluate.strategies import PartialEvaluation

    counts = {tag: [0, 0, 0, 0] for tag in Tag}
    for page_gold, page_found in zip(gold, found, strict=True):
        wanted, given = _entities(page_gold), _entities(page_found)
        for tag in sorted({*wanted, *given}):
            result, _ = PartialEvaluation().evaluate(wanted[tag], given[tag], [tag])
            page_counts = (len(wanted[tag]), len(given[tag]), result.correct, result.partial)
            counts[tag] = [total + count for total, count in zip(counts[tag], page_counts, strict=True)]
    tags = tuple(TagScore(tag.value, *counts[tag]) for tag in Tag)
    return SpanScores(tags, TagScore("all", *(sum(column) for column in zip(*counts.values(), strict=True))))


def join_touching_values(spans: Iterable[Span]) -> list[Span]:
    """The spans, with values that touch made one.

    >>> [(s.start, s.end) for s in join_touching_values([Span(Tag.VALUE, 3, 5), Span(Tag.VALUE, 5, 6)])]
    [(3, 6)]
    """
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        if last and span.tag == last.tag == Tag.VALUE and span.start == last.end:
            joined[-1] = replace(last, end=span.end, confidence=min(last.confidence, span.confidence))
        else:
            joined.append(span)
    return joined


def _entities(spans: Iterable[Span]) -> Mapping[Tag, list[Entity]]:
    """nervaluate's entities of a page, by tag; their ends are inclusive."""
    from nervaluate.entities import Entity

    entities: defaultdict[Tag, list[Entity]] = defaultdict(list)
    for span in join_touching_values(spans):
        entities[span.tag].append(Entity(span.tag.value, span.start, span.end - 1))
    return entities


def _share(part: float, whole: int, otherwise: int = 0) -> float:
    """A share; where there is no whole, 1 if there is nothing otherwise either."""
    return part / whole if whole else float(not otherwise)
