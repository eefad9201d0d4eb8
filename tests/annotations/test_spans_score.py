"""The scores of spans, held against counts made here by hand and against nervaluate's own summary."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("nervaluate")
from nervaluate import Evaluator

from gouji.annotations.spans_score import join_touching_values, score_spans
from gouji.model.labels import Span, Tag


@st.composite
def page_spans(draw: st.DrawFn) -> list[Span]:
    """Spans in reading order that do not overlap, as labels and a tagger give them."""
    borders = sorted(draw(st.sets(st.integers(0, 60), max_size=24)))
    tags = st.sampled_from([Tag.ROW, Tag.COLUMN, Tag.VALUE])
    return [Span(draw(tags), start, end) for start, end in zip(borders[::2], borders[1::2], strict=False)]


PAGES = st.lists(st.tuples(page_spans(), page_spans()), max_size=4)


@given(PAGES)
def test_strict_counts_are_those_of_spans_equal_in_tag_start_and_end(
    pages: list[tuple[list[Span], list[Span]]],
):
    scores = score_spans([gold for gold, _ in pages], [found for _, found in pages])

    keys = [
        [{(s.tag, s.start, s.end) for s in join_touching_values(spans)} for spans in page] for page in pages
    ]
    assert scores.micro.right == sum(len(gold & found) for gold, found in keys)
    assert scores.micro.gold == sum(len(gold) for gold, _ in keys)
    assert scores.micro.found == sum(len(found) for _, found in keys)
    for score in scores.tags:
        assert score.right == sum(tag == score.name for gold, found in keys for tag, _, _ in gold & found)


@given(PAGES.filter(any))
def test_the_shares_of_each_tag_are_those_that_nervaluate_gives(pages: list[tuple[list[Span], list[Span]]]):
    scores = score_spans([gold for gold, _ in pages], [found for _, found in pages])

    records = [
        [
            [{"label": s.tag, "start": s.start, "end": s.end - 1} for s in join_touching_values(page[side])]
            for page in pages
        ]
        for side in (0, 1)
    ]
    theirs = Evaluator(*records, tags=list(Tag), loader="dict").evaluate()["entities"]
    for score in scores.tags:
        if score.gold and score.found:
            strict, partial = theirs[score.name]["strict"], theirs[score.name]["partial"]
            assert (score.precision, score.recall) == (strict.precision, strict.recall)
            assert (score.partial_precision, score.partial_recall) == (partial.precision, partial.recall)
            assert score.partial_f1 == pytest.approx(partial.f1)


def test_a_span_cut_in_two_overlaps_once():
    scores = score_spans([[Span(Tag.ROW, 0, 9)]], [[Span(Tag.ROW, 0, 4), Span(Tag.ROW, 5, 9)]])

    assert (scores.micro.right, scores.micro.overlapping) == (0, 1)
    assert (scores.micro.partial_precision, scores.micro.partial_recall) == (0.25, 0.5)


def test_an_overlap_with_another_tag_counts_for_nothing():
    scores = score_spans([[Span(Tag.ROW, 0, 9)]], [[Span(Tag.COLUMN, 0, 9)]])

    assert scores.micro.partial_f1 == 0


def test_a_tag_that_neither_stands_nor_was_found_scores_one():
    scores = score_spans([[Span(Tag.ROW, 0, 9)]], [[]])

    by_name = {score.name: score for score in scores.tags}
    assert (by_name["NOTE"].f1, by_name["NOTE"].precision, by_name["NOTE"].partial_recall) == (1, 1, 1)
    assert (by_name["ROW"].f1, by_name["ROW"].precision, by_name["ROW"].recall) == (0, 0, 0)
