"""Put words that the generator does not know into its pages: into the prose, and into long labels.

Flow:  labelled pages -> **pages with foreign words** -> windows of ids and labels

The generator's prose is a few hundred phrases; a real report's is without end. What a
tagger has learned of the first says little of the second, and it sees labels in words that
it never met. So in most pages some of the Chinese text outside the spans is replaced by
words drawn from jieba's dictionary, and by scraps of labels among them: real prose speaks
of what the tables are about. And since some publishers print whole explanations in brackets
behind a label, some labels get one, of such words too.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate

import jieba

from gouji.annotations.pages import LabelledPage
from gouji.model.labels import Span, Tag
from gouji.training.vocabulary import form_labels

_SHARES = (0.0, 0.2, 0.5, 0.9)  # of a page's words outside its spans that are replaced; one is drawn
_EXPLAINED_PAGES, _EXPLAINED_LABELS = 0.25, 0.2
_EXPLAINED = (Tag.ROW, Tag.COLUMN, Tag.SUBTABLE)
WRAPPED = ("grid-w3m", "grid-aligned", "layout-", "pdf-")  # where a longer label would move all beside it
_SCRAPS = 0.12  # of the words drawn for prose, those that are scraps of labels
_LONGEST = 4  # characters of a word
_CHINESE = re.compile(r"[\u4e00-\u9fff]{2,}")


@dataclass(frozen=True, slots=True)
class _Words:
    words: list[str]
    cumulative: list[float]


def with_foreign_words(page: LabelledPage, rng: random.Random) -> LabelledPage:
    """The page with some of its text outside the spans replaced, and some labels explained."""
    share = rng.choice(_SHARES)
    explains = rng.random() < _EXPLAINED_PAGES and not page.tool.startswith(WRAPPED)
    pieces: list[str] = []
    spans: list[Span] = []
    last = at = 0
    for span in page.spans:
        between = _replaced(page.text[last : span.start], share, rng)
        label = page.text[span.start : span.end]
        if explains and span.tag in _EXPLAINED and rng.random() < _EXPLAINED_LABELS:
            label += explanation(rng)
        start = at + len(between)
        at = start + len(label)
        pieces += (between, label)
        spans.append(replace(span, start=start, end=at))
        last = span.end
    pieces.append(_replaced(page.text[last:], share, rng))
    return replace(page, text="".join(pieces), spans=tuple(spans))


def explanation(rng: random.Random) -> str:
    """Words in brackets, ten to eighty characters; a year and a quoted word now and then."""
    clauses = []
    for _ in range(rng.randrange(1, 9)):
        words = [_word(_length(rng), rng) for _ in range(rng.randrange(2, 6))]
        if rng.random() < 0.1:
            words.insert(0, f"{rng.randrange(2018, 2026)}年")
        if rng.random() < 0.1:
            words[-1] = f"“{words[-1]}”"
        clauses.append("".join(words))
    opening, closing = rng.choice(("（）", "()", "（）"))
    head = rng.choice(("", "指", "含", "包括", "不含", "其中"))
    return opening + head + rng.choice("、，,").join(clauses) + closing


def _replaced(text: str, share: float, rng: random.Random) -> str:
    """Some words replaced, each by one of its own length: what is printed in columns stays so."""
    if not share:
        return text
    return _CHINESE.sub(lambda run: _run(run.group(), share, rng), text)


def _run(run: str, share: float, rng: random.Random) -> str:
    parts: list[str] = []
    at = 0
    while at < len(run):
        word = run[at : at + _length(rng)]
        if rng.random() < share:
            word = _scrap(len(run) - at, rng) if rng.random() < _SCRAPS else _word(len(word), rng)
        parts.append(word)
        at += len(word)
    return "".join(parts)


def _scrap(longest: int, rng: random.Random) -> str:
    """Some characters of a label in a row."""
    label = rng.choice(_labels())
    length = min(rng.randrange(1, 9), longest, len(label))
    start = rng.randrange(len(label) - length + 1)
    return label[start : start + length]


def _length(rng: random.Random) -> int:
    return rng.choice((1, 2, 2, 2, 3, _LONGEST))


def _word(length: int, rng: random.Random) -> str:
    known = _dictionary()[length]
    return rng.choices(known.words, cum_weights=known.cumulative)[0]


@cache
def _labels() -> list[str]:
    """The runs of Chinese characters in the forms' labels."""
    return [run for label in form_labels() for run in _CHINESE.findall(label)]


@cache
def _dictionary() -> dict[int, _Words]:
    """jieba's words by length; the square root of its counts, or 的 would be every tenth character."""
    by_length: dict[int, list[tuple[str, float]]] = defaultdict(list)
    for line in jieba.get_dict_file().read().decode("utf-8").splitlines():
        word, count, *_ = line.split()
        if len(word) <= _LONGEST and _CHINESE.fullmatch(word * 2):
            by_length[len(word)].append((word, float(count) ** 0.5))
    return {
        length: _Words([word for word, _ in entries], list(accumulate(weight for _, weight in entries)))
        for length, entries in by_length.items()
    }
