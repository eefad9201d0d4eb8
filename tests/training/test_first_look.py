"""What words weigh for a table is counted on labelled pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.annotations.pages import LabelledPage
from gouji.model.first_look import FIRST_LOOK_FILE, FirstLook
from gouji.model.labels import Span, Tag
from gouji.model.tokens import Tokenizer
from gouji.training.first_look import count_words, write_first_look

PROSE = "今年我们推进工作。" * 20
TEXT = f"二、主动公开\n规章 3\n行政规范性文件 4\n\n{PROSE}"


@pytest.fixture(scope="module")
def weights() -> dict[str, float]:
    spans = (Span(Tag.SECTION, 0, 6), Span(Tag.ROW, 7, 9), Span(Tag.VALUE, 10, 11), Span(Tag.ROW, 12, 19))
    page = LabelledPage("a", TEXT, spans)
    return count_words([page] * 20, Tokenizer.load())


def test_words_of_tables_weigh_for_one_and_words_of_prose_against(weights: dict[str, float]):
    assert weights["规章"] > 1
    assert weights["行政规范性文件"] > 1
    assert weights["推进"] < -1


def test_numbers_and_borders_are_not_counted(weights: dict[str, float]):
    assert not [piece for piece in weights if piece.startswith("[") and len(piece) > 1]


def test_what_is_written_is_read_again(weights: dict[str, float], tmp_path: Path):
    pieces = Tokenizer.load().vocabulary or ()

    write_first_look(weights, tmp_path)

    assert (tmp_path / FIRST_LOOK_FILE).read_text(encoding="utf-8").count("\n") == sum(
        map(bool, weights.values())
    )
    assert FirstLook.load(tmp_path, pieces) is not None
