"""Watching a training: the figure is that of extraction and evaluation, page by page."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("datasets")
pytest.importorskip("transformers")

import torch
from transformers import EvalPrediction

from gouji.annotations.pages import LabelledPage
from gouji.annotations.spans_score import score_spans
from gouji.inference.tagger import Tagger
from gouji.model.labels import LABELS, Span, Tag
from gouji.model.network import load_network
from gouji.model.page import Page
from gouji.model.tokens import WEIGHTS_DIR, Tokenizer
from gouji.training.synthesize import synthesize
from gouji.training.validation import Validation


def test_the_figure_is_what_the_tagger_scores_on_the_same_pages():
    pages = list(synthesize(6, 11, flatteners=("bs4_nl", "bars")))
    tagger = Tagger.load(WEIGHTS_DIR)
    validation = Validation(pages[:2], pages[2:], tagger.tokenizer)
    rows = validation.windows.with_format("numpy")[:]
    inputs = {name: rows[name] for name in ("input_ids", "attention_mask", "token_type_ids")}
    with torch.no_grad():
        network = load_network(WEIGHTS_DIR).eval()
        logits = network(**{name: torch.from_numpy(rows) for name, rows in inputs.items()}).logits.numpy()

    metrics = validation.metrics(EvalPrediction(logits, rows["labels"]))

    found = [tagger.tag(Page(page.id, page.text)).spans for page in pages]
    gold = [page.spans for page in pages]
    assert metrics["labelled_f1"] == pytest.approx(score_spans(gold[:2], found[:2]).micro.f1)
    assert metrics["made_up_f1"] == pytest.approx(score_spans(gold[2:], found[2:]).micro.f1)
    assert metrics["span_f1"] == pytest.approx((metrics["labelled_f1"] + metrics["made_up_f1"]) / 2)


def test_pages_without_tokens_and_without_spans_are_scored_too():
    tokenizer = Tokenizer.load()
    pages = [LabelledPage("empty", "", ()), LabelledPage("one", "规章", (Span(Tag.ROW, 0, 2),))]
    validation = Validation([], pages, tokenizer)
    outside = np.zeros((len(validation.windows), 256, len(LABELS)), dtype=np.float32)
    outside[:, :, 0] = 9

    assert validation.metrics(EvalPrediction(outside, None)) == {"span_f1": 0.0, "made_up_f1": 0.0}
