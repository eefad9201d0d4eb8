"""Tagging a page: every token gets a tag, spans are print, and no training package is needed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.inference.tagger import ModelError, Tagger, join_spans
from gouji.model.labels import LABELS, Tag, spans_of_labels
from gouji.model.layout import MARGIN, PLACES, places_of
from gouji.model.page import Page
from gouji.model.tokens import WEIGHTS_DIR, Kind, Token


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger.load()


@pytest.mark.parametrize("length", [0, 1, 2, 255, 256, 257, 1000])
def test_every_token_of_a_page_of_any_length_is_tagged(tagger: Tagger, length: int):
    page = Page("a.txt", "0\n" * (length // 2) + "0" * (length % 2))

    tagged = tagger.tag(page)

    assert len(tagged.tokens) == length
    assert len(tagged.labels) == len(tagged.probabilities) == length
    assert set(tagged.labels) <= set(LABELS)
    assert all(0 < probability <= 1.000001 for probability in tagged.probabilities)


def test_a_token_is_tagged_alike_wherever_a_window_begins(tagger: Tagger):
    table = "规章\n1\n2\n3\n行政规范性文件\n4\n5\n6\n"
    page = Page("a.txt", table * 60)

    tagged = tagger.tag(page)

    numbers = [token for token in tagged.tokens if token.kind is Kind.NUMBER]
    values = [span for span in tagged.spans if span.tag is Tag.VALUE]
    assert [(span.start, span.end) for span in values] == [(token.start, token.end) for token in numbers]


def test_a_small_table_is_tagged_label_by_label(tagger: Tagger):
    text = "第二十条第（一）项\n信息内容\n本年制发件数\n本年废止件数\n现行有效件数\n规章\n3\n0\n17\n"

    spans = tagger.tag(Page("a.txt", text)).spans

    assert [(span.tag, text[span.start : span.end]) for span in spans] == [
        (Tag.SUBTABLE, "第二十条第（一）项"),
        (Tag.COLUMN, "信息内容"),
        (Tag.COLUMN, "本年制发件数"),
        (Tag.COLUMN, "本年废止件数"),
        (Tag.COLUMN, "现行有效件数"),
        (Tag.ROW, "规章"),
        (Tag.VALUE, "3"),
        (Tag.VALUE, "0"),
        (Tag.VALUE, "17"),
    ]


def test_separators_at_the_ends_of_a_span_are_trimmed_and_alone_they_are_none():
    kinds = [Kind.SEPARATOR, Kind.WORD, Kind.SEPARATOR, Kind.WORD, Kind.SEPARATOR, Kind.SEPARATOR]
    tokens = [Token(kind, i, i + 1, "") for i, kind in enumerate(kinds)]
    labels = ["B-ROW", "I-ROW", "I-ROW", "I-ROW", "I-ROW", "B-VALUE"]

    spans = join_spans(tokens, _ids(labels), np.ones(6, dtype=np.float32))

    assert [(span.tag, span.start, span.end) for span in spans] == [(Tag.ROW, 1, 4)]


@given(st.lists(st.tuples(st.sampled_from(LABELS), st.floats(0.25, 1, width=16)), max_size=40))
def test_without_separators_spans_are_those_of_the_label_definition(labelled: list[tuple[str, float]]):
    labels = [label for label, _ in labelled]
    probabilities = [probability for _, probability in labelled]
    tokens = [Token(Kind.WORD, i, i + 1, "") for i in range(len(labels))]

    spans = join_spans(tokens, _ids(labels), np.array(probabilities, dtype=np.float32))

    assert spans == spans_of_labels(labels, [(t.start, t.end) for t in tokens], probabilities)


def test_a_place_is_the_distance_from_the_margin_where_no_bars_divide_the_line():
    text = "规章  7\n  0" + "x" * 500 + "9"

    places = places_of(_numbers(text), text)

    assert [int(place) - MARGIN for place in places] == [2, 0, PLACES - 1 - MARGIN]


@pytest.mark.parametrize("text", ["|规章|7|0|9|", "规章\t7\t0\t9", "│    │ 规章 │7 ├──┤0│  ", "| 7 | 0 |\n9"])
def test_a_place_is_the_cell_s_number_where_bars_or_tabs_divide_the_line(text: str):
    places = places_of(_numbers(text), text)

    stands = [len([c for c in text[: text.index(d)] if c in "|\t│├┤"]) for d in "70"]
    assert int(places[1] - places[0]) == stands[1] - stands[0]
    assert places.max() <= MARGIN


def _numbers(text: str) -> list[Token]:
    return [Token(Kind.NUMBER, text.index(d), text.index(d) + 1, "") for d in "709" if d in text]


def test_extraction_s_tagger_imports_no_training_package():
    code = (
        "import sys; from gouji.inference.tagger import Tagger; from gouji.model.page import Page; "
        "Tagger.load().tag(Page('a', '规章 3')); "
        "print([m for m in ('torch', 'transformers', 'datasets', 'onnx') if m in sys.modules])"
    )

    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout

    assert shown.strip() == "[]"


def test_a_folder_with_a_file_missing_is_refused_by_the_file_s_name(tmp_path: Path):
    with pytest.raises(ModelError, match=r"model\.onnx, labels\.json, vocabulary\.txt, words\.txt missing"):
        Tagger.load(tmp_path)


def test_a_model_of_other_labels_is_refused(tmp_path: Path):
    for name in ("model.onnx", "vocabulary.txt", "words.txt"):
        shutil.copy(WEIGHTS_DIR / name, tmp_path)
    (tmp_path / "labels.json").write_text('["O", "B-PERSON"]', encoding="utf-8")

    with pytest.raises(ModelError, match="B-PERSON"):
        Tagger.load(tmp_path)


def _ids(labels: list[str]) -> np.ndarray:
    return np.array([LABELS.index(label) for label in labels], dtype=np.int64)
