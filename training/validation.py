"""Tag the pages kept aside with the network in training, as extraction would, and score its spans.

Flow:  pages kept aside -> windows -> network -> **span F1** -> best checkpoint, early end

Windows, decoding and score are those of extraction and evaluation, so that what ends a
training is the figure that it is judged by.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from datasets import Dataset
from transformers import EvalPrediction

from gouji.annotations.pages import LabelledPage
from gouji.annotations.spans_score import score_spans
from gouji.inference.decoding import decode
from gouji.inference.tagger import join_spans
from gouji.model.labels import Span
from gouji.model.layout import places_of
from gouji.model.page import fold
from gouji.model.tokens import PAD, Token, Tokenizer
from gouji.model.windows import Window, cover
from gouji.training.dataset import Ids, encode_page, window_rows

SPAN_F1 = "span_f1"  # the mean of the two below, where pages of both kinds are kept aside
LABELLED_F1, MADE_UP_F1 = "labelled_f1", "made_up_f1"

Logits = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Watched:
    """A page kept aside, its tokens, and the windows that cover them."""

    page: LabelledPage
    tokens: tuple[Token, ...]
    windows: tuple[Window, ...]


class Validation:
    """Pages kept aside, cut into windows once."""

    def __init__(
        self, labelled: Sequence[LabelledPage], made_up: Sequence[LabelledPage], tokenizer: Tokenizer
    ) -> None:
        self._labelled = len(labelled)
        self._pages: list[_Watched] = []
        rows: list[tuple[Ids, Ids, Ids]] = []
        for page in (*labelled, *made_up):
            tokens, ids, labels = encode_page(page, tokenizer)
            windows = tuple(cover(len(tokens)))
            self._pages.append(_Watched(page, tuple(tokens), windows))
            places = places_of(tokens, fold(page.text))
            rows.extend(
                (ids[w.start : w.end], places[w.start : w.end], labels[w.start : w.end]) for w in windows
            )
        self.windows: Dataset = window_rows(rows, tokenizer.ids[PAD])

    def metrics(self, prediction: EvalPrediction) -> dict[str, float]:
        """The span F1 of what a network says of `windows`.

        Args:
            prediction: Its `predictions` are logits, (windows, WINDOW, len(LABELS)).
        """
        logits = prediction.predictions
        found = self._spans(logits[0] if isinstance(logits, tuple) else logits)
        gold = [watched.page.spans for watched in self._pages]
        scores = {}
        for name, part in ((LABELLED_F1, slice(self._labelled)), (MADE_UP_F1, slice(self._labelled, None))):
            if gold[part]:
                scores[name] = score_spans(gold[part], found[part]).micro.f1
        return {SPAN_F1: sum(scores.values()) / len(scores), **scores}

    def _spans(self, logits: Logits) -> list[list[Span]]:
        """For each page its spans, each token tagged by the window in which it stands most central."""
        spans, row = [], 0
        for watched in self._pages:
            parts = [
                logits[row + number, window.first - window.start : window.last - window.start]
                for number, window in enumerate(watched.windows)
            ]
            row += len(parts)
            if parts:
                spans.append(join_spans(watched.tokens, *decode(np.concatenate(parts).astype(np.float32))))
            else:
                spans.append([])
        return spans
