"""Turn labelled pages into the windows that the network is trained on.

Flow:  labelled pages -> tokens -> **windows of ids and labels** -> training

Windows begin at a random place of each page, so that no piece of a page always lies at a
window's edge. Now and then a word is replaced by any other, in labels too: they vary in
print more than any list of them.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
from datasets import Dataset

from gouji.annotations.pages import LabelledPage
from gouji.annotations.spans_score import join_touching_values
from gouji.model.labels import LABEL_IDS, labels_of_spans
from gouji.model.layout import MARGIN, PLACES, places_of
from gouji.model.page import fold
from gouji.model.tokens import PAD, UNKNOWN, Kind, Token, Tokenizer
from gouji.model.windows import WINDOW
from gouji.training.foreign import with_foreign_words

IGNORED = -100  # the label that the loss passes over
_FOREIGN_WORDS, _FOREIGN_LABEL_WORDS = 0.02, 0.01  # shares that are replaced
_WITHOUT_PLACES, _SHIFTED = 0.1, 0.3  # of the pages, the second counting the first

Ids = npt.NDArray[np.int64]


def encode_page(page: LabelledPage, tokenizer: Tokenizer) -> tuple[list[Token], Ids, Ids]:
    """A page's tokens, their vocabulary ids, and their label ids, each (length,)."""
    tokens = tokenizer.tokenize(fold(page.text))
    spans = join_touching_values(page.spans)  # digits run together are one token
    labels = labels_of_spans(spans, [(token.start, token.end) for token in tokens])
    return (
        tokens,
        np.array(tokenizer.encode(tokens), dtype=np.int64),
        np.array([LABEL_IDS[label] for label in labels], dtype=np.int64),
    )


def window_dataset(pages: Iterable[LabelledPage], tokenizer: Tokenizer, *, seed: int) -> Dataset:
    """The windows of pages, with labels.

    Returns:
        `input_ids`, `attention_mask`, `token_type_ids` (places), `labels`, each (windows, WINDOW).
    """
    rng = np.random.default_rng(seed)
    words = random.Random(seed)
    foreign = _foreign_ids(tokenizer)
    rows: list[tuple[Ids, Ids, Ids]] = []
    for page in (with_foreign_words(page, words) for page in pages):
        tokens, ids, page_labels = encode_page(page, tokenizer)
        if not tokens:
            continue
        ids = _with_foreign_words(tokens, ids, page_labels, foreign, rng)
        page_places = _shifted(places_of(tokens, fold(page.text)), rng)
        for start in _random_starts(len(ids), rng):
            part = slice(start, start + WINDOW)
            rows.append((ids[part], page_places[part], page_labels[part]))
    return window_rows(rows, tokenizer.ids[PAD])


def window_rows(rows: Sequence[tuple[Ids, Ids, Ids]], pad: int) -> Dataset:
    """Windows of ids, places and labels, each (length,), padded to (windows, WINDOW)."""
    labels = _stacked([_padded(labels, IGNORED) for _, _, labels in rows])
    columns = {
        "input_ids": _stacked([_padded(ids, pad) for ids, _, _ in rows]),
        "attention_mask": (labels != IGNORED).astype(np.int64),
        "token_type_ids": _stacked([_padded(places, 0) for _, places, _ in rows]),
        "labels": labels,
    }
    return Dataset.from_dict(columns).with_format("torch")


def _foreign_ids(tokenizer: Tokenizer) -> Ids:
    """The ids of all words and characters, and of the unknown one."""
    pieces = tokenizer.vocabulary or ()
    words = [i for i, piece in enumerate(pieces) if not piece.startswith("[") and piece.isalpha()]
    return np.array([tokenizer.ids[UNKNOWN], *words], dtype=np.int64)


def _with_foreign_words(
    tokens: list[Token], ids: Ids, labels: Ids, foreign: Ids, rng: np.random.Generator
) -> Ids:
    is_word = np.array([t.kind is Kind.WORD and t.piece.isalpha() for t in tokens])
    chance = np.where(labels == 0, _FOREIGN_WORDS, _FOREIGN_LABEL_WORDS)
    replaced = is_word & (rng.random(len(ids)) < chance)
    return np.where(replaced, rng.choice(foreign, len(ids)), ids)


def _shifted(places: Ids, rng: np.random.Generator) -> Ids:
    """The places of a page, some pages' set in from the margin, some pages' unknown."""
    draw = rng.random()
    if draw < _WITHOUT_PLACES:
        return np.full_like(places, MARGIN)
    shift = int(rng.integers(1, 6)) if draw < _SHIFTED else 0
    return np.where(places >= MARGIN, np.minimum(places + shift, PLACES - 1), places)


def _random_starts(length: int, rng: np.random.Generator) -> list[int]:
    """Where windows begin: one after the other, the first at a random distance before the page."""
    last = max(length - WINDOW, 0)
    phase = int(rng.integers(WINDOW))
    return sorted({min(max(start, 0), last) for start in range(phase - WINDOW, length, WINDOW)})


def _padded(row: Ids, filling: int) -> Ids:
    return np.concatenate([row, np.full(WINDOW - len(row), filling, dtype=np.int64)])


def _stacked(rows: list[Ids]) -> Ids:
    return np.stack(rows) if rows else np.zeros((0, WINDOW), np.int64)
