"""Tokens cover the page; numbers, ordinals and separators are tokens of their own."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gouji.model.page import GHOST, fold
from gouji.model.tokens import PAD, UNKNOWN, Kind, Tokenizer

WORDS = "政府 100\n信息 100\n公开 100\n重复申请 50\n总计 50\n"
PRINT = st.text(
    st.sampled_from("政府信息公开总计一二、（）()0123456789.,-+减 \t\n|│─=:abc%\u200b\xa0①，。"), max_size=80
)


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory) -> Tokenizer:
    words = tmp_path_factory.mktemp("words") / "words.txt"
    words.write_text(WORDS, encoding="utf-8")
    return Tokenizer(None, words)


def surfaces(tokenizer: Tokenizer, text: str) -> list[str]:
    folded = fold(text)
    return [folded[token.start : token.end] for token in tokenizer.tokenize(folded)]


@given(PRINT)
def test_tokens_cover_all_of_a_page_but_ghosts_in_order_and_without_overlap(tokenizer: Tokenizer, text: str):
    folded = fold(text)
    covered = 0
    for token in tokenizer.tokenize(folded):
        assert set(folded[covered : token.start]) <= {GHOST}
        assert token.start < token.end
        covered = token.end

    assert set(folded[covered:]) <= {GHOST}


@given(st.text(max_size=60))
def test_any_text_is_covered(tokenizer: Tokenizer, text: str):
    folded = fold(text)
    tokens = tokenizer.tokenize(folded)

    assert "".join(folded[t.start : t.end] for t in tokens).replace(GHOST, "") == folded.replace(GHOST, "")


def test_a_number_is_one_token_with_its_sign_decimals_and_thousands(tokenizer: Tokenizer):
    assert surfaces(tokenizer, "总计 1,036 -52 14.495") == ["总计", " ", "1,036", " ", "-52", " ", "14.495"]


def test_a_shares_sign_looks_like_a_unit_where_a_share_fills_its_cell(tokenizer: Tokenizer):
    pieces = {
        text: [token.piece for token in tokenizer.tokenize(text)] for text in ("7 | 8.0%\n", "占8.0%\n")
    }

    assert pieces["7 | 8.0%\n"][-2] == "件"
    assert pieces["占8.0%\n"][-2] == "%"


def test_a_run_of_blanks_and_ruling_is_one_token(tokenizer: Tokenizer):
    assert surfaces(tokenizer, "总计 │  \n ─── 0") == ["总计", " │  \n ─── ", "0"]


def test_an_ordinal_is_cut_off_the_number_that_runs_into_it(tokenizer: Tokenizer):
    tokens = tokenizer.tokenize("232.重复申请")

    assert [(token.kind, token.end - token.start) for token in tokens] == [
        (Kind.NUMBER, 2),
        (Kind.ORDINAL, 2),
        (Kind.WORD, 4),
    ]


def test_a_word_that_the_vocabulary_lacks_falls_back_to_its_characters(tmp_path: Path):
    words = tmp_path / "words.txt"
    words.write_text(WORDS, encoding="utf-8")
    tokenizer = Tokenizer([PAD, UNKNOWN, "政府", "信"], words)

    tokens = tokenizer.tokenize("政府信息")

    assert [token.piece for token in tokens] == ["政府", "信", UNKNOWN]
    assert tokenizer.encode(tokens) == [2, 3, 1]


def test_dashes_alone_in_a_cell_are_one_mark_and_dashes_that_touch_print_are_one_each(tokenizer: Tokenizer):
    assert surfaces(tokenizer, "|——|24|") == ["|", "——", "|", "24", "|"]
    assert surfaces(tokenizer, "**——**") == ["*", "*", "——", "*", "*"]
    assert surfaces(tokenizer, "0——5") == ["0", "—", "—", "5"]
