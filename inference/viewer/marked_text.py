"""Cut a page's text where a tagged span, a cell or an unplaced number begins or ends.

Flow:  page, spans, extraction -> **pieces of text** -> report page

Digits that ran together are one span and many cells, and the cells of a ruled table may lie over one
another: so every piece names all that it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gouji.inference.extraction import Cell, Unplaced
from gouji.model.labels import Span, Tag


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in which nothing begins or ends."""

    text: str
    tag: Tag | None = None
    opens: bool = False  # the span begins here
    cells: tuple[int, ...] = ()  # indices
    unplaced: int | None = None


def pieces(
    text: str, spans: Sequence[Span], cells: Sequence[Cell], unplaced: Sequence[Unplaced]
) -> Iterator[Piece]:
    """The whole text, in order, in pieces.

    >>> [(piece.text, piece.unplaced) for piece in pieces("共12件", [], [], [Unplaced("12", 1, 3, "why")])]
    [('共', None), ('12', 0), ('件', None)]
    """
    printed = [(c.start, c.end) if c.start is not None and c.end is not None else None for c in cells]
    places = [
        *((s.start, s.end) for s in spans),
        *((u.start, u.end) for u in unplaced),
        *filter(None, printed),
    ]
    edges = sorted({0, len(text), *(edge for place in places for edge in place)})
    tag_at = _owners(edges, ((s.start, s.end) for s in spans))
    cells_at = _owners(edges, printed)
    unplaced_at = _owners(edges, ((u.start, u.end) for u in unplaced))
    for start, end in pairwise(edges):
        span = spans[tag_at[start][0]] if start in tag_at else None
        yield Piece(
            text[start:end],
            span.tag if span else None,
            span is not None and span.start == start,
            tuple(cells_at.get(start, ())),
            unplaced_at[start][0] if start in unplaced_at else None,
        )


def _owners(edges: Sequence[int], places: Iterable[tuple[int, int] | None]) -> dict[int, list[int]]:
    """Which places cover the piece that begins at an edge, by their index."""
    order = {edge: index for index, edge in enumerate(edges)}
    owners: dict[int, list[int]] = {}
    for index, place in enumerate(places):
        if place is not None:
            for edge in edges[order[place[0]] : order[place[1]]]:
                owners.setdefault(edge, []).append(index)
    return owners
