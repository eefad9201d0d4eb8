"""A decoded page: its text, and a copy folded for reading.

Flow:  bytes -> **page** -> tokens -> tags

Folding maps each character to exactly one character, so that an offset in the folded
text is the same offset in the page's own text: the map back is the identity, and no
offset can drift. Traditional characters are read as simplified ones. Characters that
should not be there at all (zero-width ones, soft hyphens) become `GHOST`, which every
later stage skips.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise

from gouji.model.characters import simplified
from gouji.model.provenance import UNTOLD, Provenance

GHOST = "\u200b"  # stands for every zero-width character
NARROW = "\u2009"  # stands for every blank that typesetters put between thousands

# Of the marks of direction those that turn nothing round.
GHOSTS = (
    "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad\u061c\u180e\ufe0f\u202a\u202c\u202d\u2066\u2068\u2069"
)
_BLANKS = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u205f\u3000\r"
_NARROW_BLANKS = "\u2007\u2008\u2009\u200a\u202f"
_BREAKS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_LIKE = {
    "－": "-", "−": "-", "﹣": "-", "‐": "-", "‑": "-", "–": "-", "―": "—", "─": "─",
    "“": '"', "”": '"', "„": '"', "‟": '"', "〝": '"', "〞": '"', "「": '"', "」": '"',
    "‘": "'", "’": "'", "〔": "(", "〕": ")", "【": "(", "】": ")", "｡": "。", "､": "、",
    "∕": "/", "╱": "/", "⁄": "/", "·": "·", "・": "·", "｜": "|", "￨": "|",
}  # fmt: skip
# Radicals that the fonts of PDF files give for characters, where Unicode has no compatibility form for them.
_RADICALS = "⺠民⺟母⻄西⻅见⻆角⻉贝⻋车⻓长⻔门⻘青⻚页⻛风⻜飞⻝食⻢马⻣骨⻥鱼⻨麦⻩黄⻬齐⻮齿⻰龙"


def _folding_table() -> dict[int, str]:
    """Every code point whose compatibility form is one other character, and the lists above."""
    table = {}
    for code in range(0x80, min(sys.maxunicode, 0xFFFF) + 1):
        character = chr(code)
        if unicodedata.category(character) == "No":
            continue  # ① and ² are not the digits 1 and 2
        compatible = unicodedata.normalize("NFKC", character)
        if compatible != character and len(compatible) == 1:
            table[code] = compatible
    table.update({ord(c): GHOST for c in GHOSTS})
    table.update({ord(c): " " for c in _BLANKS})
    table.update({ord(c): NARROW for c in _NARROW_BLANKS})
    table.update({ord(c): "\n" for c in _BREAKS})
    table.update({ord(c): like for c, like in _LIKE.items()})
    table.update({ord(c): like for c, like in zip(_RADICALS[::2], _RADICALS[1::2], strict=True)})
    return table


_TABLE = _folding_table()


def fold(text: str) -> str:
    """The text as it is read: simplified, half-width, one kind of blank, dash, quotation mark; same length.

    >>> fold("（一）　規章１２．５，２\\u200b0")
    '(一) 规章12.5,2\\u200b0'
    """
    if text.isascii() and text.isprintable():
        return text
    return simplified(text.translate(_TABLE))


_fold_again = lru_cache(maxsize=2)(fold)  # a page is made some five times, of the same text mostly

Stretch = tuple[int, int]  # of a text, in characters


@dataclass(frozen=True, slots=True)
class Part:
    """One of several reports that a text holds, and the stretches of text that are its own."""

    number: int  # from 1
    stretches: tuple[Stretch, ...]  # in order


@dataclass(frozen=True, slots=True)
class Page:
    """A page's decoded text and where it came from; `folded` is `text` folded, of equal length.

    A page that is read in another order than it stands in has an `origin`: the place of each of its
    characters in the text that was decoded. One of several reports of a text has its `part`.
    Where a file knows its tables by their cells, `rows` are the table rows of its text: each a line
    in which tabs, and nothing else, part the cells.
    """

    source: str
    text: str
    origin: Sequence[int] | None = None
    part: Part | None = None
    rows: Sequence[Stretch] = ()
    cause: str | None = None  # why a page that shows no table shows none, where its reader knows
    provenance: Provenance = UNTOLD
    folded: str = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "folded", _fold_again(self.text))

    def excerpt(self) -> Page:
        """What is read of the page: all of it, or the stretches of its part, each where it was (`origin`)."""
        if self.part is None:
            return self
        places = [place for start, end in self.part.stretches for place in range(start, end)]
        text = "".join(self.text[start:end] for start, end in self.part.stretches)
        rows, begin = [], 0
        for start, end in self.part.stretches:
            rows += [(a - start + begin, b - start + begin) for a, b in self.rows if start <= a and b <= end]
            begin += end - start
        return Page(self.source, text, tuple(places), rows=tuple(rows))

    def stretches(self, start: int, end: int) -> list[tuple[int, int]]:
        """Where the characters of `start..end` stand in the decoded text, each unbroken stretch of them."""
        if self.origin is None:
            return [(start, end)]
        places = self.origin[start:end]
        breaks = [i for i, (a, b) in enumerate(pairwise(places), 1) if b != a + 1]
        edges = [0, *breaks, len(places)]
        return [(places[a], places[b - 1] + 1) for a, b in pairwise(edges)]
