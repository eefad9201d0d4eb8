"""Change a labelled page by edits, and move its spans along.

Flow:  flattener -> text and spans -> **edits** of damages -> labelled page
"""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from gouji.training.standins import Piece


@dataclass(frozen=True, slots=True)
class Edit:
    """`text[start:end]` gives way to `new`."""

    start: int
    end: int
    new: str
    foreign: bool = False  # it belongs to no label: a span that it falls into is cut in two


Damage = Callable[[str, Sequence[Piece], random.Random], Iterator[Edit]]


def apply_edits(text: str, pieces: Sequence[Piece], edits: Sequence[Edit]) -> tuple[str, list[Piece]]:
    """Apply edits that stand in order and do not overlap.

    What is inserted at a piece's bound stays outside it; what replaces a character of a
    piece stays inside, unless it is foreign. A piece of which nothing is left is gone.

    >>> from gouji.model.labels import Span, Tag
    >>> pieces = [Piece(Span(Tag.ROW, 0, 2), 0), Piece(Span(Tag.VALUE, 2, 3), 1)]
    >>> damaged, moved = apply_edits("规章7", pieces, [Edit(2, 2, " "), Edit(2, 3, "７")])
    >>> damaged, [damaged[piece.span.start : piece.span.end] for piece in moved]
    ('规章 ７', ['规章', '７'])
    >>> damaged, moved = apply_edits("规章7", pieces, [Edit(1, 1, "\\n- 5 -\\n", foreign=True)])
    >>> [damaged[piece.span.start : piece.span.end] for piece in moved]
    ['规', '章', '7']
    """
    parts: list[str] = []
    shifts = [0]
    position = 0
    cuts: list[tuple[int, int]] = []
    for edit in edits:
        parts.extend((text[position : edit.start], edit.new))
        position = edit.end
        shifts.append(shifts[-1] + len(edit.new) - (edit.end - edit.start))
        if edit.foreign:
            after = edit.end + shifts[-1]
            cuts.append((after - len(edit.new), after))
    parts.append(text[position:])
    edges = [(edit.end, edit.start == edit.end) for edit in edits]
    moved: list[Piece] = []
    for piece in pieces:
        start = piece.span.start + shifts[bisect_right(edges, (piece.span.start, True))]
        end = piece.span.end + shifts[bisect_right(edges, (piece.span.end, False))]
        for first, last in _kept(start, end, cuts):
            moved.append(replace(piece, span=replace(piece.span, start=first, end=last)))
    return "".join(parts), moved


def _kept(start: int, end: int, cuts: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What is left of a piece between the cuts that fall into it."""
    for cut_start, cut_end in cuts:
        if start < cut_start and cut_end < end:
            yield start, cut_start
            start = cut_end
    if start < end:
        yield start, end
