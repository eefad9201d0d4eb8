"""Find where each row of a form is printed: its label's pieces, in the form's order.

Flow:  spans -> **anchors** -> strips -> readings -> one reading

The label spans of a page and the rows of a table are aligned: a row takes one span, or up
to `PIECES` spans that together read like its label (a wrapped label, broken by the numbers
of its own row or by pieces of a group label), rows keep the form's order, and the alignment
of the greatest total likeness wins. Spans that no row takes stay as foreign labels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gouji.inference.wording import Wordings
from gouji.model.forms import Form, Table
from gouji.model.labels import Span, Tag
from gouji.model.page import Page

PIECES = 5  # the longest label of the forms fills five lines of a narrow PDF column
PIECE_COST = 0.02  # so that one span is preferred to two that read no better
GROUP_COST = 0.1  # a group label is a row's only where the form has no such group
MISSING_COST = 0.3  # of a row without a label, or a row label without a row, when forms are compared


@dataclass(frozen=True, slots=True)
class Anchor:
    """One row of a form on the page: the index of the row in its table, and its label's spans."""

    row: int
    pieces: tuple[Span, ...]
    likeness: float  # 0..1

    @property
    def start(self) -> int:
        return self.pieces[0].start

    @property
    def end(self) -> int:
        return self.pieces[-1].end


@dataclass(frozen=True, slots=True)
class Alignment:
    """A table of one form found on a page; `score` tells which form fits better."""

    form: Form
    table: Table
    anchors: tuple[Anchor, ...]
    score: float


def align(page: Page, spans: Sequence[Span], form: Form, table: Table, rows: Wordings) -> Alignment:
    """Align the row labels of a page with the rows of a table, in order.

    Args:
        page: The page; spans count characters of its text.
        spans: The page's spans in reading order; only ROW and GROUP spans are looked at.
        form: The form that the table belongs to.
        table: A table whose rows are printed one under the other.
        rows: The table's row labels.
    """
    labels = [span for span in spans if span.tag in (Tag.ROW, Tag.GROUP)]
    ending: list[list[tuple[float, int, Anchor]]] = [[] for _ in labels]
    for first in range(len(labels)):
        for last, score, anchor in _candidates(page, labels, first, rows):
            ending[last].append((score, first, anchor))
    # best[i][j]: the greatest likeness of the first i labels aligned with the first j rows.
    best = [[_Chain()] * (len(rows.labels) + 1)]
    for index in range(len(labels)):
        chains = list(best[index])
        for score, first, anchor in ending[index]:
            before = best[first][anchor.row]
            if before.score + score > chains[anchor.row + 1].score:
                chains[anchor.row + 1] = _Chain(before.score + score, anchor, before)
        for row in range(len(rows.labels)):
            if chains[row + 1].score < chains[row].score:
                chains[row + 1] = chains[row]
        best.append(chains)
    anchors = best[-1][-1].anchors()
    return Alignment(form, table, anchors, _fit(anchors, labels))


@dataclass(frozen=True, slots=True)
class _Chain:
    """The anchors of an alignment so far, linked backwards."""

    score: float = 0.0
    anchor: Anchor | None = None
    before: _Chain | None = None

    def anchors(self) -> tuple[Anchor, ...]:
        found: list[Anchor] = []
        chain: _Chain | None = self
        while chain is not None and chain.anchor is not None:
            found.append(chain.anchor)
            chain = chain.before
        return tuple(reversed(found))


def _candidates(
    page: Page, labels: Sequence[Span], first: int, rows: Wordings
) -> Iterator[tuple[int, float, Anchor]]:
    """What the label span `first` may open: `(last span, score, anchor)`, with one to `PIECES` pieces."""
    single = labels[first]
    cost = GROUP_COST if single.tag is Tag.GROUP else 0.0
    own = page.text[single.start : single.end]
    found = rows.matches(own)
    for row, score in found:
        yield first, score - cost, Anchor(row, (single,), score)
    if any(score == 1.0 for _, score in found):
        return
    # A wrapped group label may stand between the pieces of a row's: read with it, and without.
    run, alike = [single], [single]
    whole, without = own, own
    length = single.end - single.start  # of the pieces alike
    for last in range(first + 1, min(first + 2 * PIECES, len(labels))):
        piece = labels[last]
        printed = page.text[piece.start : piece.end]
        run.append(piece)
        whole += printed
        if piece.tag is single.tag:
            length += piece.end - piece.start
            if length > rows.longest + 40:
                return  # forty for an explanation in brackets, which is left out of the comparison
            alike.append(piece)
            without += printed
        readings = [(run, whole)]
        if len(alike) < len(run) and piece.tag is single.tag:
            readings.append((alike, without))
        for pieces, text in readings:
            if 1 < len(pieces) <= PIECES:
                for row, score in rows.matches(text):
                    likely = score - cost - PIECE_COST * (len(pieces) - 1)
                    yield last, likely, Anchor(row, tuple(pieces), score)


def _fit(anchors: Sequence[Anchor], labels: Sequence[Span]) -> float:
    """How well a form fits: likeness found, less what is missing on either side.

    A page may hold half a table only, so that rows beyond the last label count for nothing.
    """
    if not anchors:
        return float("-inf")
    taken = {piece for anchor in anchors for piece in anchor.pieces}
    inside = [
        span
        for span in labels
        if span.tag is Tag.ROW and anchors[0].start < span.start < anchors[-1].end and span not in taken
    ]
    missing = anchors[-1].row + 1 - len(anchors) + len(inside)
    return sum(anchor.likeness for anchor in anchors) - MISSING_COST * missing
