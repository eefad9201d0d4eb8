"""Make the tagger's vocabulary and word list from the pages that it is trained on.

Flow:  labelled pages -> **words, pieces** -> tokenizer

`words.txt` is the part of jieba's dictionary that reports need, with its frequencies, so
that no start of the program reads half a million words. `vocabulary.txt` is what the
network has an embedding for. Characters in common use are in both, whether a training
page has them or not: a name never seen falls to its characters, not to `[UNK]`.

A word that often stands across the border of two spans (数量 and 对 of 数量对外 where labels run
together) is left out: its token could belong to one of the spans only.

What a label says between two marks (属于行政查询事项) is one word, so that a page has a sixth fewer
tokens. Where a page breaks it, or says something else, it falls to its own words.
"""

from __future__ import annotations

import itertools
import re
import string
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jieba

from gouji.annotations.pages import LabelledPage
from gouji.model.forms import load_forms
from gouji.model.page import fold
from gouji.model.tokens import PAD, UNKNOWN, Kind, Tokenizer, number_piece, separator_piece

WORDS_FILE, PIECES_FILE = "words.txt", "vocabulary.txt"

# Of jieba's 11,580 characters, the 3,500 that are about those of the general standard list's first level.
_COMMON_CHARACTER = 300
_PAGES_OF_A_WORD = 3  # in fewer pages it is a name, and learned as its characters
_MOST_WORDS = 2500
_PHRASE = re.compile(r"[\u4e00-\u9fff]{3,}")
_STRADDLING = 0.1  # share of a word's occurrences across a border from which it is left out


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A word list with frequencies, and the pieces in the order of their ids."""

    words: tuple[tuple[str, int], ...]
    pieces: tuple[str, ...]

    def write(self, directory: Path) -> None:
        """Write both files of a model folder."""
        lines = "".join(f"{word} {frequency}\n" for word, frequency in self.words)
        (directory / WORDS_FILE).write_text(lines, encoding="utf-8")
        (directory / PIECES_FILE).write_text("\n".join(self.pieces) + "\n", encoding="utf-8")


def build_vocabulary(pages: Sequence[LabelledPage]) -> Vocabulary:
    """The vocabulary of labelled pages and of the forms' labels."""
    dictionary = _jieba_dictionary()
    tokenizer = _jieba_tokenizer()
    seen, pages_of, straddling = _count_words(pages, tokenizer)
    labels = Counter(
        token.piece
        for label in form_labels()
        for token in tokenizer.tokenize(fold(label))
        if token.kind is Kind.WORD
    )
    common = [c for c, frequency in dictionary.items() if len(c) == 1 and frequency >= _COMMON_CHARACTER]
    candidates = [
        word
        for word, _ in sorted(seen.items(), key=lambda item: (-item[1], item[0]))
        if len(word) > 1 and pages_of[word] >= _PAGES_OF_A_WORD
    ]
    words = {
        word
        for word in (*candidates[:_MOST_WORDS], *labels)
        if straddling[word] <= _STRADDLING * seen[word] and word in dictionary
    }
    single = {character for text in (*seen, *labels) for character in text}
    characters = sorted(single | set(common) | set(string.punctuation))
    listed = {word: dictionary[word] for word in sorted(words | set(characters)) if word in dictionary}
    phrases = _label_phrases(tokenizer, listed)
    known = sorted((words | set(phrases)) - set(characters))
    return Vocabulary(
        words=tuple({**listed, **phrases}.items()),
        pieces=(PAD, UNKNOWN, *special_pieces(), *characters, *known),
    )


def special_pieces() -> list[str]:
    """Every piece that stands for a separator, a number's shape, or an ordinal."""
    marks = ["", "|", "\t", "---"]
    runs = [mark + "\n" * breaks for mark in marks for breaks in range(3)]
    separators = [separator_piece(run) for run in (" ", "  ", *(run for run in runs if run))]
    shapes = [
        sign + digits + decimals
        for sign in ("", "-")
        for whole in ("0", *("1" * n for n in range(1, 9)), "2000")
        for digits in (whole, f"{whole[:-3] or '1'},000")
        for decimals in ("", ".5")
    ]
    numbers = [number_piece(shape) for shape in shapes]
    ordinals = [f"[ORD{digit}]" for digit in range(10)]
    return list(dict.fromkeys([*separators, *numbers, *ordinals]))


def _label_phrases(tokenizer: Tokenizer, listed: Mapping[str, int]) -> dict[str, int]:
    """What labels say between two marks, each as frequent as its rarest word: then it is never cut."""
    phrases = {phrase for label in form_labels() for phrase in _PHRASE.findall(fold(label))}
    return {
        phrase: min(listed.get(token.piece, 1) for token in tokenizer.tokenize(phrase))
        for phrase in sorted(phrases - listed.keys())
    }


def _count_words(
    pages: Iterable[LabelledPage], tokenizer: Tokenizer
) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """How often each word stands, in how many pages, and how often across a border of spans."""
    seen: Counter[str] = Counter()
    pages_of: Counter[str] = Counter()
    straddling: Counter[str] = Counter()
    for page in pages:
        borders = {border for span in page.spans for border in (span.start, span.end)}
        words = [token for token in tokenizer.tokenize(fold(page.text)) if token.kind is Kind.WORD]
        seen.update(token.piece for token in words)
        pages_of.update({token.piece for token in words})
        straddling.update(
            token.piece
            for token in words
            if token.end - token.start > 1 and not borders.isdisjoint(range(token.start + 1, token.end))
        )
    return seen, pages_of, straddling


def form_labels() -> Iterator[str]:
    """Every wording of every label, heading and note of the forms."""
    for form in load_forms().values():
        for table in form.tables:
            yield from (table.title, table.heading, *table.aliases, table.note or "")
            for block in table.blocks:
                yield from (block.label or "", *block.heads, *block.surplus)
                for label in itertools.chain(block.columns, block.rows, block.groups):
                    yield from label.wordings


@cache
def _jieba_tokenizer() -> Tokenizer:
    """Cuts by all of jieba's dictionary; loading that takes a second."""
    return Tokenizer(None, Path(jieba.__file__).parent / jieba.DEFAULT_DICT_NAME)


@cache
def _jieba_dictionary() -> dict[str, int]:
    lines = jieba.get_dict_file().read().decode("utf-8").splitlines()
    return {word: int(frequency) for word, frequency, *_ in map(str.split, lines)}
