"""Compare printed labels with the form's, whatever the printing did to them.

Flow:  spans -> **wording** -> anchors -> strips -> readings

Ordinals, brackets, quotation marks and blanks come and go, characters are lost, labels are
cut, explanations are added in brackets. What stays is the order of the words, so two labels
are compared as bare strings, by edit similarity.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from operator import itemgetter

from rapidfuzz import fuzz, process

from gouji.model.forms import LIKENESS, Label
from gouji.model.label_words import bare, ordinal_of, without_brackets

_CUT = ("…", "...", "⋯")  # what stands in place of a label's end
_ANOTHER = "其他"  # 其他规范性文件 are not 规范性文件, however alike the words
KEEN = 0.9  # a label so like one of the form's is that one, wherever it stands
_CUT_LIKENESS = 0.9  # of a label's beginning to the whole
_SHORT = 3  # characters of a label that nothing but its ordinal tells where one is lost
_OTHER_LEVEL = 0.08  # less for one numbered （六） than for one numbered 3.: they are of two levels

_CUTOFF = 100 * LIKENESS - 1e-6  # of what rapidfuzz is to report, in its own measure


@lru_cache(maxsize=1 << 14)
def _shapes(label: str) -> tuple[str, ...]:
    """The bare label, with and without what stands in brackets."""
    whole, without = bare(label), without_brackets(label)
    return (whole,) if without in (whole, "") else (whole, without)


class Wordings:
    """The labels that a printed one may be; what was compared once is remembered.

    The same official labels come back on every page, so nearly every look-up is a remembered one.

    Args:
        labels: The labels; what is found is named by its place among them.
        least: How alike a printed label must be to one of them, `LIKENESS` to 1.
    """

    def __init__(self, labels: Sequence[Label], least: float = LIKENESS) -> None:
        self.labels = tuple(labels)
        self._least = least
        self._ordinals = tuple(ordinal_of(label.label) for label in labels)
        self._short = [[words for w in label.wordings if len(words := bare(w)) <= _SHORT] for label in labels]
        self._bare = tuple("".join(bare(wording) for wording in label.wordings) for label in labels)
        # Two strings of which one is so much longer are never that alike, whatever they say.
        self.longest = int(max(len(w) for label in labels for w in label.wordings) * (2 / LIKENESS - 1))
        shapes = {
            (shape, index)
            for index, label in enumerate(labels)
            for wording in label.wordings
            for shape in _shapes(wording)
        }
        self._shapes, self._indices = zip(*sorted(shapes), strict=True)
        self.matches = lru_cache(maxsize=1 << 14)(self._compare)

    def _compare(self, printed: str) -> tuple[tuple[int, float], ...]:
        """The index of each label that `printed` may be, with its likeness, `LIKENESS` to 1.

        >>> Wordings([Label("x", "2.其他法律行政法规禁止公开")]).matches("2.其他法律行政止公开")
        ((0, 0.8571428571428572),)
        """
        scores: dict[int, float] = {}
        for shape in _shapes(printed):
            alike = process.extract(shape, self._shapes, scorer=fuzz.ratio, score_cutoff=_CUTOFF, limit=None)
            for other, ratio, place in alike:
                another = shape.startswith(_ANOTHER) and not other.startswith(_ANOTHER)
                if another or (shape != other and len(shape) <= 2):
                    continue  # 其他 and 其他处理 are not each other's misprint
                score, index = 1.0 if shape == other else min(ratio / 100, 0.99), self._indices[place]
                scores[index] = max(scores.get(index, 0.0), score)
        self._add_beginnings(printed, scores)
        ordinal, rest = ordinal_of(printed), _shapes(printed)[0]
        for index, own in enumerate(self._ordinals if ordinal else ()):
            if index in scores and own and own.isdigit() != ordinal.isdigit():
                scores[index] -= _OTHER_LEVEL
            # A label of two words or three may have lost all but the rest: （七）总 for （七）总计.
            lost = rest and index not in scores and own == ordinal
            if lost and any(rest in words for words in self._short[index]):
                scores[index] = _CUT_LIKENESS
        return tuple((index, score) for index, score in sorted(scores.items()) if score >= self._least)

    def _add_beginnings(self, printed: str, scores: dict[int, float]) -> None:
        """Score the labels that begin as a cut one does: 其他… for 其他处理."""
        if not printed.rstrip().endswith(_CUT) or len(beginning := bare(printed)) < 2:
            return
        for shape, index in zip(self._shapes, self._indices, strict=True):
            if shape.startswith(beginning):
                scores[index] = max(scores.get(index, 0.0), _CUT_LIKENESS)

    def like(self, printed: str, least: float) -> list[Label]:
        """The labels that are at least so like a printed one, in their order."""
        return [self.labels[index] for index, score in self.matches(printed) if score >= least]

    def holds(self, index: int, piece: str) -> bool:
        """Whether a piece of text is part of that label, as the rest of a wrapped one is."""
        rest = bare(piece)
        return bool(rest) and rest in self._bare[index]


def named(names: Wordings, text: str) -> int | None:
    """The one label that a printed text surely is."""
    matches = names.matches(text)
    best = max(matches, key=itemgetter(1), default=(0, 0.0))[1]
    sure = [index for index, score in matches if score == best >= KEEN]
    return sure[0] if len(sure) == 1 else None


def runs_through(part: str, whole: str) -> bool:
    """Whether the characters of `part` stand in `whole` in that order, others between them or not.

    >>> runs_through("尚未审结", "尚未办理审结"), runs_through("合计", "总计")
    (True, False)
    """
    rest = iter(whole)
    return all(character in rest for character in part)
