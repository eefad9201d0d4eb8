"""Labels of tokens and spans of text are two writings of one thing."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from gouji.model.labels import LABELS, OUTSIDE, Span, Tag, labels_of_spans, spans_of_labels

TAGS = st.sampled_from(list(Tag))


@st.composite
def tagged_tokens(draw: st.DrawFn) -> tuple[list[Span], list[tuple[int, int]]]:
    """Spans that cover one token or more of a page of one-character tokens, in order, not overlapping."""
    length = draw(st.integers(1, 40))
    cuts = sorted(draw(st.sets(st.integers(0, length), max_size=12)))
    spans = [Span(draw(TAGS), start, end) for start, end in pairwise(cuts) if draw(st.booleans())]
    return spans, [(index, index + 1) for index in range(length)]


@given(tagged_tokens())
def test_spans_survive_being_written_as_labels(page: tuple[list[Span], list[tuple[int, int]]]):
    spans, bounds = page

    assert spans_of_labels(labels_of_spans(spans, bounds), bounds) == spans


def test_there_is_one_label_to_begin_and_one_to_continue_each_tag():
    assert len(LABELS) == 1 + 2 * len(Tag)
    assert LABELS[0] == OUTSIDE


def test_a_continuation_that_continues_nothing_opens_a_span():
    spans = spans_of_labels(["O", "I-VALUE", "I-ROW"], [(0, 1), (1, 2), (2, 3)])

    assert spans == [Span(Tag.VALUE, 1, 2), Span(Tag.ROW, 2, 3)]


def test_a_span_is_as_sure_as_its_weakest_token():
    spans = spans_of_labels(["B-ROW", "I-ROW"], [(0, 1), (1, 2)], [0.9, 0.6])

    assert spans == [Span(Tag.ROW, 0, 2, 0.6)]
