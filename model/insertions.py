"""Read a page without what was let into its words: pinyin, characters without width, `?` for a blank.

Flow:  page -> **page without insertions** -> page without ruling -> tokens

Some hosts write the reading of a character behind it, 公(gōng)开(kāi), or a reader of ruby text does. Other
programs put soft hyphens where a line may break, or `?` for a no-break space that an encoding lacks. A page
that does so does it often: one such piece alone may be print, and is left. Next to digits nothing is dropped,
and a `?` in front of a number stays, for it may have been a minus sign. What is left out has no place in the
text that is read, and `origin` says where the rest stands.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from gouji.model.page import GHOSTS, Page, Stretch

# From how many on they are a page's habit; the labels of a report's tables alone hold hundreds of readings.
_FEWEST_BRACKETED = 3  # longer than the letter of a note
_FEWEST_BARE = 8
_FEWEST_BLANKS = 3

_CHINESE = r"\u3007\u3400-\u9fff\uf900-\ufaff"
_VOWELS = "aeiouvüêāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ\u0300-\u030c"
_ZHUYIN = r"[\u3105-\u312f\u02c7-\u02cb\u02d9]+"
_SYLLABLE = rf"(?:(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])?[{_VOWELS}]{{1,8}}(?:ng|n|r)?|{_ZHUYIN})"
# Syllables are cut in one way alone: in any, a run of letters would take a time that doubles with each.
_READING = rf"{_SYLLABLE}[1-5]?+(?:[\s'’]*+{_SYLLABLE}[1-5]?+)*+"
_BRACKETED = re.compile(
    rf"(?<=[{_CHINESE}])(?:\(\s*{_READING}\s*\)|（\s*{_READING}\s*）|\[\s*{_READING}\s*\])", re.IGNORECASE
)
_BARE = re.compile(rf"(?<=[{_CHINESE}])(?:{_SYLLABLE})++(?![A-Za-z0-9])")
_NO_WIDTH = re.compile(rf"(?<=[^\s\d|.,+-])[{GHOSTS}]+(?=[^\s\d|.,+-])")

_WORD_BEGINS = rf"(?=[{_CHINESE}(（“]|[0-9][.、．](?![0-9]))"
# Where no question mark can stand: in front of a label or within a short one, and between numbers.
_NO_QUESTION = re.compile(
    rf"(?m)(?:^|[\t|)）、.．])\?+{_WORD_BEGINS}"
    rf"|(?<=[0-9])\?(?=[0-9])|^[^\n\t|?]{{0,12}}[{_CHINESE}]\?+[{_CHINESE}][^\n\t|?]{{0,12}}$"
)
_WAS_BLANK = re.compile(
    rf"(?m)(?<=[{_CHINESE})）、.．：:”])\?+|\?+{_WORD_BEGINS}"
    r"|(?<=[0-9])\?+(?=[0-9\s|]|$)|(?:^|(?<=[\t|])|(?<=\| ))\?+(?= ?(?:[\t|]|$))"
)


def without_insertions(page: Page) -> Page:
    """The page as it is read, without insertions; the page itself where it has none.

    >>> without_insertions(Page("", "公(gōng)开(kāi)规(guī)章")).text
    '公开规章'
    """
    if "?" in page.text and len(_NO_QUESTION.findall(page.text)) >= _FEWEST_BLANKS:
        page = replace(page, text=_WAS_BLANK.sub(lambda marks: "\u00a0" * len(marks[0]), page.text))
    dropped = sorted(_insertions(page.text))
    return without(page, dropped) if dropped else page


def _insertions(text: str) -> Iterator[Stretch]:
    """Where the insertions of a text stand; none overlap."""
    bracketed = [match.span() for match in _BRACKETED.finditer(text)]
    if sum(end - start > len("(a)") for start, end in bracketed) >= _FEWEST_BRACKETED:
        yield from bracketed
    bare = [match.span() for match in _BARE.finditer(text)]
    if len(bare) >= _FEWEST_BARE:
        yield from bare
    yield from (match.span() for match in _NO_WIDTH.finditer(text))


def without(page: Page, dropped: Sequence[Stretch]) -> Page:
    """The page without stretches of its text; its rows and its origin with it."""
    begins = [start for start, _ in dropped]
    lost = [0, *accumulate(end - start for start, end in dropped)]
    edges = [0, *(edge for stretch in dropped for edge in stretch), len(page.text)]
    kept = list(zip(edges[::2], edges[1::2], strict=True))
    places = [place for start, end in kept for place in range(start, end)]

    def moved(place: int) -> int:
        return place - lost[bisect_left(begins, place)]

    return replace(
        page,
        text="".join(page.text[start:end] for start, end in kept),
        origin=tuple(places if page.origin is None else map(page.origin.__getitem__, places)),
        rows=tuple((moved(start), moved(end)) for start, end in page.rows),
    )
