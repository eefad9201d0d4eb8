"""Tell by single tokens where on a page no table stands: the network is not asked there.

Flow:  page -> tokens -> **where a table may stand** -> windows -> tags

Prose and navigation are most of many a page, and hold nothing to tag. Each piece of the vocabulary weighs for
a table or against it: numbers and borders for it always, words by how often labelled pages print them in
tables and elsewhere, a word that they do not hold neither way. Where the pieces around a token weigh against
a table, and do so for a margin around it, none stands. That is one pass over the page, and no reading: what
stands elsewhere is for the network to say. A model folder without the file has all of each page read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from gouji.model.errors import GoujiError

FIRST_LOOK_FILE = "first_look.txt"
# On 2,442 pages (devset, habits, mutants, made-up ones of text and HTML) no token of a table is farther than
# 9 tokens from where the pieces around it weigh for one.
_AROUND = 8  # tokens to either side that are weighed together
_MARGIN = 24  # tokens

_NUMBER, _BORDER, _ORDINAL, _GAP, _MARK = 2.0, 2.0, 1.0, 0.5, 1.0
_NO_SIGN = ("[PAD]", "[UNK]", "[YEAR]", "[ ]", "[SEP1]", "[SEP2]")  # stand in tables and in prose
_EMPTY = "-—/"  # print of an empty cell

Ids = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]
Places = npt.NDArray[np.bool_]


class FirstLook:
    """What each piece of a vocabulary weighs for a table.

    Args:
        pieces: The vocabulary, in the order of its ids.
        words: What its words weigh; one that is not there weighs neither way.
    """

    def __init__(self, pieces: Sequence[str], words: Mapping[str, float]) -> None:
        self._weights: Weights = np.array([_weight(piece, words) for piece in pieces])

    @classmethod
    def load(cls, directory: Path, pieces: Sequence[str]) -> FirstLook | None:
        """The first look of a model folder; None where it has none.

        Raises:
            GoujiError: The file is faulty.
        """
        path = directory / FIRST_LOOK_FILE
        if not path.is_file():
            return None
        try:
            lines = map(str.split, path.read_text(encoding="utf-8").splitlines())
            return cls(pieces, {word: float(weight) for word, weight in lines})
        except ValueError as error:
            raise GoujiError(f"{path}: {error}; expected a word and its weight a line") from error

    def may_be_table(self, ids: Ids) -> Places:
        """At which tokens of a page a table may stand, (length,).

        Args:
            ids: (length,), of the tokens.
        """
        likely = _around(self._weights[ids], _AROUND) >= 0
        return _around(likely, _MARGIN) > 0


def is_word(piece: str) -> bool:
    """Whether a piece of a vocabulary weighs what labelled pages say, and not what it looks like."""
    return piece[0] != "[" or len(piece) == 1


def _weight(piece: str, words: Mapping[str, float]) -> float:
    if is_word(piece):
        return _MARK if piece in _EMPTY else words.get(piece, 0.0)
    if piece in _NO_SIGN:
        return 0.0
    if piece.startswith(("[SEP", "[RULE")):
        return _BORDER
    return _GAP if piece == "[GAP]" else _ORDINAL if piece.startswith("[ORD") else _NUMBER


def _around(values: npt.NDArray[np.generic], reach: int) -> Weights:
    """The sum of the values up to so many places away from each, (length,)."""
    sums = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    places = np.arange(len(values))
    total: Weights = sums[np.minimum(places + reach + 1, len(values))] - sums[np.maximum(places - reach, 0)]
    return total
