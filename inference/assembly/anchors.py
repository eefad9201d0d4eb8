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
from functools import lru_cache
from typing import NamedTuple

from gouji.inference.assembly.groups import GroupsOnPage
from gouji.inference.assembly.wording import Wordings
from gouji.model.forms import Form, Table
from gouji.model.labels import Span, Tag
from gouji.model.page import Page

_LABELS = (Tag.ROW, Tag.GROUP)
PIECES = 5  # the longest label of the forms fills five lines of a narrow PDF column
PIECE_COST = 0.02  # so that one span is preferred to two that read no better
GROUP_COST = 0.1  # a group label is a row's only where the form has no such group
_EXPLANATION = 40  # characters in brackets, which are left out of the comparison
MISSING_COST = 0.3  # of a row without a label, or a row label without a row, when forms are compared

Places = tuple[int, ...]  # of labels, among some


class Anchor(NamedTuple):
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
    doubtful: frozenset[int] = frozenset()  # rows whose label may as well be another row's

    @property
    def start(self) -> int:
        """Where the first label begins; a table without one has no place."""
        return self.anchors[0].start

    @property
    def end(self) -> int:
        """Where the last label ends."""
        return self.anchors[-1].end


class Run(NamedTuple):
    """Label spans that may be one row's label together, from one span of the page to another."""

    last: int  # index of the page's label span that it ends with
    pieces: tuple[Span, ...]  # a wrapped group label may stand between them
    text: str
    length: int  # characters of the spans of the first one's tag


@dataclass(frozen=True, slots=True)
class PageLabels:
    """A page's row and group labels, and for each the runs that it opens and that read like a row's label."""

    spans: tuple[Span, ...]
    runs: tuple[tuple[Run, ...], ...]


def labels_of(page: Page, spans: Sequence[Span], known: Wordings) -> PageLabels:
    """The labels of a page, with the runs that can be aligned with any table.

    Args:
        page: The page; spans count characters of its text.
        spans: The page's spans in reading order; only ROW and GROUP spans are looked at.
        known: The row labels of every table that the page may hold.
    """
    labels = tuple(span for span in spans if span.tag in _LABELS)
    texts = tuple(page.text[span.start : span.end] for span in labels)
    tags = tuple(span.tag for span in labels)
    runs = []
    for first in range(len(labels)):
        behind = slice(first, first + 2 * PIECES)
        own = _runs(texts[behind], tags[behind], known)
        runs.append(
            tuple(
                Run(first + places[-1], tuple(labels[first + place] for place in places), text, length)
                for places, text, length in own
            )
        )
    return PageLabels(labels, tuple(runs))


def align(
    labels: PageLabels, form: Form, table: Table, rows: Wordings, groups: GroupsOnPage | None = None
) -> Alignment:
    """Align the row labels of a page with the rows of a table, in order.

    Args:
        labels: The labels of the page.
        form: The form that the table belongs to.
        table: A table whose rows are printed one under the other.
        rows: The table's row labels.
        groups: The group that each label stands in, where rows of the table share their words.
    """
    ending: list[list[tuple[float, int, Anchor]]] = [[] for _ in labels.spans]
    for first, runs in enumerate(labels.runs):
        for last, score, anchor in _candidates(runs, first, rows):
            if groups is None or not groups.rules_out(anchor.start, anchor.row):
                ending[last].append((score, first, anchor))
    # best[i][j]: the greatest likeness of the first i labels aligned with the first j rows.
    best = [[_Chain()] * (len(rows.labels) + 1)]
    for index, candidates in enumerate(ending):
        if not candidates:
            best.append(best[index])
            continue
        chains = list(best[index])
        for score, first, anchor in candidates:
            before = best[first][anchor.row]
            if before.score + score > chains[anchor.row + 1].score:
                chains[anchor.row + 1] = _Chain(before.score + score, anchor, before)
        for row in range(min(anchor.row for _, _, anchor in candidates), len(rows.labels)):
            if chains[row + 1].score < chains[row].score:
                chains[row + 1] = chains[row]
        best.append(chains)
    anchors = best[-1][-1].anchors()
    doubtful = frozenset() if groups is None else frozenset(_doubtful(anchors, labels, rows, groups))
    return Alignment(form, table, anchors, _fit(anchors, labels.spans), doubtful)


def _doubtful(
    anchors: Sequence[Anchor], labels: PageLabels, rows: Wordings, groups: GroupsOnPage
) -> Iterator[int]:
    """The rows whose label another row may own: one that prints the same, and has no label of its own.

    Only between the nearest labels of other words can that row stand.
    """
    texts = {run.pieces: run.text for runs in labels.runs for run in runs}
    placed = {anchor.row for anchor in anchors}
    for anchor in anchors:
        if anchor.row not in groups.twins:
            continue
        alike = {row for row, score in rows.matches(texts[anchor.pieces]) if score == 1.0} | {anchor.row}
        others = [other.row for other in anchors if other.row not in alike]
        low = max((row for row in others if row < anchor.row), default=-1)
        high = min((row for row in others if row > anchor.row), default=len(rows.labels))
        for row in alike - placed:
            if low < row < high and not groups.rules_out(anchor.start, row):
                yield anchor.row


class _Chain(NamedTuple):
    """The anchors of an alignment so far, linked backwards."""

    score: float = 0.0
    anchor: Anchor | None = None
    before: _Chain | None = None

    def anchors(self) -> tuple[Anchor, ...]:
        return () if self.anchor is None or self.before is None else (*self.before.anchors(), self.anchor)


@lru_cache(maxsize=1 << 14)  # pages print the same labels one behind the other
def _runs(texts: Sequence[str], tags: Sequence[Tag], known: Wordings) -> Sequence[tuple[Places, str, int]]:
    """Of some labels the first alone, and with those behind it, up to `PIECES`: what reads like a known one.

    Each by the places of its labels, with its text, and how long those of the first one's tag are.
    """
    found: list[tuple[Places, str, int]] = []
    if known.matches(texts[0]):
        found.append(((0,), texts[0], 0))
    # A wrapped group label may stand between the pieces of a row's: read with it, and without.
    alike: Places = (0,)
    whole_text, alike_text = texts[0], texts[0]
    length = len(texts[0])
    for last in range(1, len(texts)):
        whole_text += texts[last]
        is_alike = tags[last] is tags[0]
        if is_alike:
            alike += (last,)
            alike_text += texts[last]
            length += len(texts[last])
            if length > known.longest + _EXPLANATION:
                break
        if last < PIECES and known.matches(whole_text):
            found.append((tuple(range(last + 1)), whole_text, length))
        other = is_alike and len(alike) < last + 1 and len(alike) <= PIECES
        if other and known.matches(alike_text):
            found.append((alike, alike_text, length))
    return found


def _candidates(runs: Sequence[Run], first: int, rows: Wordings) -> Iterator[tuple[int, float, Anchor]]:
    """What the label span `first` may open: `(last span, score, anchor)`."""
    longest = rows.longest + _EXPLANATION
    for run in runs:
        if run.length > longest:
            return
        if not (found := rows.matches(run.text)):
            continue
        cost = GROUP_COST if run.pieces[0].tag is Tag.GROUP else 0.0
        for row, score in found:
            yield run.last, score - cost - PIECE_COST * (len(run.pieces) - 1), Anchor(row, run.pieces, score)
        if run.last == first and any(score == 1.0 for _, score in found):
            return


def _fit(anchors: Sequence[Anchor], labels: Sequence[Span]) -> float:
    """How well a form fits: likeness found, less what is missing on either side.

    A page may hold half a table only, so that rows beyond the last label count for nothing.
    """
    if not anchors:
        return float("-inf")
    taken = {piece.start for anchor in anchors for piece in anchor.pieces}
    inside = (span for span in labels if anchors[0].start < span.start < anchors[-1].end)
    foreign = sum(span.tag is Tag.ROW and span.start not in taken for span in inside)
    missing = anchors[-1].row + 1 - len(anchors) + foreign
    return sum(anchor.likeness for anchor in anchors) - MISSING_COST * missing
