"""Decoding: consistent labels, and the likeliest of those."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from gouji.inference.decoding import decode
from gouji.model.labels import LABELS, OUTSIDE

SECTION, ROW = LABELS.index("B-SECTION"), LABELS.index("B-ROW")
TRIED = [0, SECTION, SECTION + 1, ROW, ROW + 1]  # O, and B and I of two tags


def logits_of(rows: list[list[float]]) -> np.ndarray:
    """(length, len(LABELS)): the given logits for the labels tried, and none worth having for the rest."""
    logits = np.full((len(rows), len(LABELS)), -30, dtype=np.float32)
    logits[:, TRIED] = np.array(rows, dtype=np.float32).reshape(len(rows), len(TRIED))
    return logits


def consistent(labels: list[str]) -> bool:
    return all(
        not label.startswith("I-") or before[1:] == label[1:]
        for before, label in itertools.pairwise([OUTSIDE, *labels])
    )


# Within such bounds no token is so sure of its label that it is left alone.
LOGITS = st.lists(
    st.lists(st.integers(-24, 24).map(lambda n: n / 8), min_size=5, max_size=5), min_size=1, max_size=4
)


@given(LOGITS)
def test_the_labels_are_the_likeliest_consistent_ones(rows: list[list[float]]):
    logits = logits_of(rows)

    labels, _ = decode(logits)

    best = max(
        sum(logits[i, label] for i, label in enumerate(path))
        for path in itertools.product(TRIED, repeat=len(rows))
        if consistent([LABELS[label] for label in path])
    )
    assert consistent([LABELS[label] for label in labels])
    assert np.isclose(sum(logits[i, label] for i, label in enumerate(labels)), best, atol=1e-3)


def test_where_nothing_contradicts_each_token_keeps_its_likeliest_label():
    logits = logits_of([[0, 5, 0, 0, 0], [0, 0, 5, 0, 0], [5, 0, 0, 0, 0]])

    labels, probabilities = decode(logits)

    assert [LABELS[label] for label in labels] == ["B-SECTION", "I-SECTION", "O"]
    assert np.allclose(probabilities, np.exp(5) / (np.exp(5) + 4), atol=1e-4)


def test_a_token_that_leans_to_its_neighbours_tag_is_given_it():
    logits = logits_of([[0, 9, 0, 0, 0], [0, 0, 2, 0, 3], [0, 0, 9, 0, 0]])

    labels, _ = decode(logits)

    assert [LABELS[label] for label in labels] == ["B-SECTION", "I-SECTION", "I-SECTION"]


def test_two_sure_tokens_that_contradict_each_other_stand():
    logits = logits_of([[30, 0, 0, 0, 0], [0, 0, 30, 0, 0]])

    labels, _ = decode(logits)

    assert [LABELS[label] for label in labels] == ["O", "I-SECTION"]


def test_a_page_without_tokens_has_no_labels():
    labels, probabilities = decode(np.empty((0, len(LABELS)), dtype=np.float32))

    assert len(labels) == len(probabilities) == 0
