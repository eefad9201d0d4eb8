"""Count on labelled pages which words stand in tables and which elsewhere, for the tagger's first look.

Flow:  labelled pages -> tokens -> **words' weights** -> model folder -> stretches -> windows

    weight = log((times in a table + 5) / (times elsewhere + 5))

A heading is no table: reports have as many above prose.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import log
from pathlib import Path

import numpy as np

from gouji.annotations.pages import LabelledPage
from gouji.model.first_look import FIRST_LOOK_FILE, is_word
from gouji.model.labels import Tag
from gouji.model.page import fold
from gouji.model.tokens import Token, Tokenizer

_NEAR = 3  # tokens from a table's print that are its own, too: a word between two cells
_PRIOR = 5  # sightings: a word seen once outside says little
_MOST_FOR, _MOST_AGAINST = 3.0, 2.0  # a single word decides nothing


def count_words(pages: Sequence[LabelledPage], tokenizer: Tokenizer) -> dict[str, float]:
    """What each word of some pages weighs for a table."""
    inside: Counter[str] = Counter()
    outside: Counter[str] = Counter()
    for page in pages:
        tokens = tokenizer.tokenize(fold(page.text))
        for token, own in zip(tokens, _in_tables(page, tokens), strict=True):
            if is_word(token.piece):
                (inside if own else outside)[token.piece] += 1
    words = sorted(inside.keys() | outside.keys())
    return {word: _weight(inside[word], outside[word]) for word in words}


def write_first_look(words: Mapping[str, float], directory: Path) -> None:
    """Keep the weights in a model folder; words that weigh neither way are left out."""
    lines = "".join(f"{word} {weight}\n" for word, weight in words.items() if weight)
    (directory / FIRST_LOOK_FILE).write_text(lines, encoding="utf-8")


def _weight(inside: int, outside: int) -> float:
    weight = log((inside + _PRIOR) / (outside + _PRIOR))
    return round(min(max(weight, -_MOST_AGAINST), _MOST_FOR), 1)


def _in_tables(page: LabelledPage, tokens: Sequence[Token]) -> list[bool]:
    """Which tokens are a table's print, or stand beside it."""
    starts = np.array([token.start for token in tokens], dtype=np.int64)
    own = np.zeros(len(tokens) + 1, dtype=np.int64)  # how many spans' surroundings begin, less those that end
    for span in page.spans:
        if span.tag is not Tag.SECTION:
            first, last = np.searchsorted(starts, (span.start, span.end))
            own[max(first - _NEAR, 0)] += 1
            own[min(last + _NEAR, len(tokens))] -= 1
    inside: list[bool] = (np.cumsum(own[:-1]) > 0).tolist()
    return inside
