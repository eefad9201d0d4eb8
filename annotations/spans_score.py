"""Score the spans that a tagger found against those it should have found, strictly.

A span counts as right only where its tag, its start and its end are all right. Values that
touch count as one: digits run together are one number on the page, and where one cell's end
lies is for the sums to say, not for a tagger.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from gouji.model.labels import Span, Tag


@dataclass(frozen=True, slots=True)
class TagScore:
    """The counts of one tag; a tag that neither stands nor was found scores 1."""

    name: str
    gold: int  # spans that should have been found
    found: int
    right: int

    @property
    def precision(self) -> float:
        """Of the spans found, the share that is right."""
        return self.right / self.found if self.found else float(not self.gold)

    @property
    def recall(self) -> float:
        """Of the spans that should have been found, the share that was."""
        return self.right / self.gold if self.gold else float(not self.found)

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        return 2 * self.right / (self.gold + self.found) if self.gold + self.found else 1.0


@dataclass(frozen=True, slots=True)
class SpanScores:
    """One row for each tag, in the order of `Tag`, and one over all spans."""

    tags: tuple[TagScore, ...]
    micro: TagScore

    @property
    def worst(self) -> TagScore:
        """The tag with the lowest F1 of those that stand on some page."""
        return min((score for score in self.tags if score.gold), key=lambda s: s.f1, default=self.micro)


def score_spans(gold: Sequence[Sequence[Span]], found: Sequence[Sequence[Span]]) -> SpanScores:
    """Score pages of spans, each page's own against its own.

    Args:
        gold: For each page, the spans that should have been found.
        found: For each page, those that were.

    >>> gold = [[Span(Tag.ROW, 0, 2), Span(Tag.VALUE, 3, 4)]]
    >>> scores = score_spans(gold, [[Span(Tag.ROW, 0, 2), Span(Tag.VALUE, 3, 5)]])
    >>> scores.micro
    TagScore(name='all', gold=2, found=2, right=1)
    """
    wanted: Counter[Tag] = Counter()
    given: Counter[Tag] = Counter()
    right: Counter[Tag] = Counter()
    for page_gold, page_found in zip(gold, found, strict=True):
        gold_keys, found_keys = (
            {(span.tag, span.start, span.end) for span in join_touching_values(spans)}
            for spans in (page_gold, page_found)
        )
        wanted.update(tag for tag, _, _ in gold_keys)
        given.update(tag for tag, _, _ in found_keys)
        right.update(tag for tag, _, _ in gold_keys & found_keys)
    tags = tuple(TagScore(tag.value, wanted[tag], given[tag], right[tag]) for tag in Tag)
    micro = TagScore("all", wanted.total(), given.total(), right.total())
    return SpanScores(tags, micro)


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
