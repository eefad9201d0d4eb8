"""Words are cut as jieba cuts them, by the likeliest way."""

from __future__ import annotations

import io
import logging
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.model.tokens import WEIGHTS_DIR
from gouji.model.words import Words

FREQUENCIES = {"政府": 100, "信息": 100, "公开": 100, "政府信息": 3, "信息公开条例": 2, "条": 40, "件数": 0}
TEXT = st.text(st.sampled_from("政府信息公开条例件数规章éA㐀〇ab1，\r\n "), max_size=40)


def jiebas(frequencies: Mapping[str, int], text: str) -> list[str]:
    jieba = pytest.importorskip("jieba")
    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    lines = "".join(f"{word} {often}\n" for word, often in frequencies.items())
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(io.BytesIO(lines.encode()))
    tokenizer.initialized = True
    return list(tokenizer.cut(text, HMM=False))


@given(TEXT)
def test_any_text_is_cut_as_jieba_cuts_it(text: str):
    assert list(Words(FREQUENCIES).cut(text)) == jiebas(FREQUENCIES, text)


@given(data=st.data())
def test_runs_of_the_shipped_words_are_cut_as_jieba_cuts_them(
    shipped: Mapping[str, int], data: st.DataObject
):
    text = "".join(data.draw(st.lists(st.sampled_from(sorted(shipped)), max_size=12)))

    assert list(Words(shipped).cut(text)) == jiebas(shipped, text)


def test_of_two_ways_the_likelier_one_is_taken():
    words = Words({"信息": 50, "信": 1, "息公": 40, "公开": 50, "开": 1})

    assert list(words.cut("信息公开")) == ["信息", "公开"]


def test_a_dictionary_may_have_a_third_column_as_jiebas_own_has(tmp_path: Path):
    (tmp_path / "words.txt").write_text("信息 50 n\n公开 50 v\n", encoding="utf-8")

    assert list(Words.load(tmp_path / "words.txt").cut("信息公开")) == ["信息", "公开"]


@pytest.fixture(scope="module")
def shipped() -> Mapping[str, int]:
    lines = (WEIGHTS_DIR / "words.txt").read_text(encoding="utf-8").splitlines()
    return {word: int(often) for word, often in map(str.split, lines)}
