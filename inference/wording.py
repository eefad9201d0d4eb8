"""Compare printed labels with the form's, whatever the printing did to them.

Flow:  spans -> **wording** -> anchors -> strips -> readings

Ordinals, brackets, quotation marks and blanks come and go, characters are lost, labels are
cut, explanations are added in brackets. What stays is the order of the words, so two labels
are compared as bare strings, by edit similarity.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rapidfuzz import fuzz

from gouji.model.forms import Label
from gouji.model.page import fold

# Below this a label is not taken for a row's. Half of a two-line label still scores 0.67;
# the nearest pair of different rows (本年新收…, 上年结转政府信息公开申请数量) scores 0.79,
# so that the order of print decides too.
LIKENESS = 0.64

_ORDINAL = re.compile(
    r"^(?:\([一二三四五六七八九十0-9]{1,2}\)|[一二三四五六七八九十]{1,2}[、.,:]|[0-9][、.,:)])"
)
_BRACKET = re.compile(r"\([^()]*\)?")
_NOT_WORD = re.compile(r"[^\w]|_")


@lru_cache(maxsize=1 << 14)
def bare(label: str) -> str:
    """A label without ordinal, punctuation and blanks.

    >>> bare("（三）不予 公开"), bare("3.危及“三安全一稳定”"), bare("四、结转下年度")
    ('不予公开', '危及三安全一稳定', '结转下年度')
    """
    folded = "".join(fold(label).split())
    return _NOT_WORD.sub("", _ORDINAL.sub("", folded))


@lru_cache(maxsize=1 << 14)
def without_brackets(label: str) -> str:
    """The bare label without what stands in brackets behind it.

    >>> without_brackets("规章（设区的市以上填报）")
    '规章'
    """
    folded = _ORDINAL.sub("", "".join(fold(label).split()))
    return _NOT_WORD.sub("", _BRACKET.sub("", folded))


@lru_cache(maxsize=1 << 14)
def _shapes(label: str) -> tuple[str, ...]:
    """The bare label, with and without what stands in brackets."""
    whole, without = bare(label), without_brackets(label)
    return (whole,) if without in (whole, "") else (whole, without)


def likeness(printed: str, label: Label) -> float:
    """How alike a printed label and one of the form's are, 0..1.

    >>> likeness("2.其他法律行政止公开", Label("x", "2.其他法律行政法规禁止公开")) > LIKENESS
    True
    """
    best = 0.0
    for shape in _shapes(printed):
        for wording in label.wordings:
            for other in _shapes(wording):
                if shape == other:
                    return 1.0
                if len(shape) > 2:  # 其他 and 其他处理 are not each other's misprint
                    best = max(best, fuzz.ratio(shape, other) / 100)
    return min(best, 0.99)


class Wordings:
    """The labels that a printed one may be; what was compared once is remembered.

    The same official labels come back on every page, so nearly every look-up is one of a dict.
    """

    def __init__(self, labels: Sequence[Label]) -> None:
        self.labels = tuple(labels)
        self._bare = tuple("".join(bare(wording) for wording in label.wordings) for label in labels)
        # Two strings of which one is so much longer are never that alike, whatever they say.
        self.longest = int(max(len(w) for label in labels for w in label.wordings) * (2 / LIKENESS - 1))
        self._matches: dict[str, tuple[tuple[int, float], ...]] = {}

    def matches(self, printed: str) -> tuple[tuple[int, float], ...]:
        """The index of each label that `printed` may be, with its likeness, 0..1."""
        found = self._matches.get(printed)
        if found is None:
            scores = ((index, likeness(printed, label)) for index, label in enumerate(self.labels))
            found = tuple((index, score) for index, score in scores if score >= LIKENESS)
            if len(self._matches) < 1 << 16:
                self._matches[printed] = found
        return found

    def holds(self, index: int, piece: str) -> bool:
        """Whether a piece of text is part of that label, as the rest of a wrapped one is."""
        rest = bare(piece)
        return bool(rest) and rest in self._bare[index]
