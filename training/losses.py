"""Take labels and marks away from a labelled page, as converters and careless copies do.

Flow:  flattener -> text and spans -> **losses** among the damages -> labelled page

What is left stays true: a span whose text is gone is gone, one that lost its end ends where
its text now does. Numbers are never taken away: a page's truth says what it prints.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence

from gouji.model.labels import Tag
from gouji.model.page import GHOST, fold
from gouji.training.edits import Damage, Edit
from gouji.training.standins import Piece

_LABELS = (Tag.ROW, Tag.COLUMN, Tag.GROUP, Tag.SUBTABLE)
_MARKS = ("/", "-", "—", "——", "－", "无")  # of an empty cell
_LOST_LABELS = 3  # at most; a page without its labels has nothing to place numbers by


def _labels_gone(text: str, pieces: Sequence[Piece], rng: random.Random) -> Iterator[Edit]:
    """One to three labels, whole; their numbers stay."""
    labels = [piece for piece in pieces if piece.span.tag in _LABELS]
    lost = rng.sample(labels, min(len(labels), rng.randint(1, _LOST_LABELS)))
    for piece in sorted(lost, key=lambda piece: piece.span.start):
        yield Edit(piece.span.start, piece.span.end, "")


def _labels_cut(text: str, pieces: Sequence[Piece], rng: random.Random) -> Iterator[Edit]:
    """The ends of long labels, with dots in their place or none."""
    share, mark = rng.choice((0.05, 0.2, 0.6)), rng.choice(("", "", "…", "..."))
    for piece in pieces:
        start, end = piece.span.start, piece.span.end
        if piece.span.tag in _LABELS and end - start > 4 and rng.random() < share:
            cut = rng.randrange(start + 3, end)
            while not fold(text[cut - 1]).strip(GHOST).strip():
                cut -= 1
            yield Edit(cut, end, mark)


def _marks_gone(text: str, pieces: Sequence[Piece], rng: random.Random) -> Iterator[Edit]:
    """The marks of empty cells, without a trace."""
    share = rng.choice((1.0, 1.0, 0.5))
    for piece in pieces:
        surface = text[piece.span.start : piece.span.end]
        if piece.span.tag is Tag.VALUE and surface in _MARKS and rng.random() < share:
            yield Edit(piece.span.start, piece.span.end, "")


LOSSES: Mapping[str, Damage] = {
    "labels_gone": _labels_gone,
    "labels_cut": _labels_cut,
    "marks_gone": _marks_gone,
}
