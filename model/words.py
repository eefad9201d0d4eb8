"""Cut Chinese into words by a dictionary: of all ways to cut a run, the likeliest one.

Flow:  page -> runs of characters -> **words** -> tokens

A way is as likely as the product of its words' frequencies; a character that the dictionary lacks counts as
one seen once. Those are jieba's cuts (without its model for words that it does not know), in less than half
of its time and without its own dictionary of 42 MB, which the shipped words are a part of. Nothing is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from math import log
from pathlib import Path

# What words are looked for in; Latin letters and digits stay together, all else stands alone.
_PIECE = re.compile(r"[\u4e00-\u9fd5]+|[A-Za-z0-9]+|\r\n|.", re.DOTALL)
_HAN = re.compile(r"[\u4e00-\u9fd5]")


class Words:
    """A dictionary of words of Chinese characters, by their frequencies.

    >>> list(Words({"政府": 9, "政府信息": 5, "信息": 9, "公开": 9}).cut("政府信息公开表"))
    ['政府信息', '公开', '表']
    """

    def __init__(self, frequencies: Mapping[str, int]) -> None:
        total = log(sum(frequencies.values()) or 1)
        self._unknown = -total
        self._likely = {word: log(often) - total for word, often in frequencies.items() if often}
        self._lengths = _lengths(frequencies)

    @classmethod
    def load(cls, path: Path) -> Words:
        """The words of a file, one a line before its frequency; jieba's own have a third column."""
        lines = path.read_text(encoding="utf-8").splitlines()
        return cls({word: int(often) for word, often, *_ in (line.split(" ") for line in lines)})

    def cut(self, text: str) -> Iterator[str]:
        """The words of a text, in order; together they are the text."""
        for piece in _PIECE.findall(text):
            if len(piece) > 1 and _HAN.match(piece):
                yield from self._words(piece)
            else:
                yield piece

    def _words(self, run: str) -> Iterator[str]:
        """The likeliest words of a run, found from its end; of two alike the one with the longer word."""
        length = len(run)
        likeliest = [0.0] * (length + 1)  # of what stands from a character on
        ends = list(range(1, length + 1))
        likely, unknown, lengths = self._likely, self._unknown, self._lengths
        for start in range(length - 1, -1, -1):
            best = likely.get(run[start], unknown) + likeliest[start + 1]
            for long in lengths.get(run[start : start + 2], ()):
                word = likely.get(run[start : start + long])
                if word is not None and start + long <= length and word + likeliest[start + long] >= best:
                    best, ends[start] = word + likeliest[start + long], start + long
            likeliest[start] = best
        start = 0
        while start < length:
            yield run[start : ends[start]]
            start = ends[start]


def _lengths(words: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """How long the words are that begin with two characters, the shortest first."""
    found: dict[str, set[int]] = {}
    for word in words:
        if len(word) > 1:
            found.setdefault(word[:2], set()).add(len(word))
    return {begin: tuple(sorted(long)) for begin, long in found.items()}
