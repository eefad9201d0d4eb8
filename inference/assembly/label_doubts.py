"""Where a row's label leaves open whose the numbers behind it are.

Flow:  anchors, strips -> **doubts of labels** -> found tables -> rows
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from gouji.inference.assembly.anchors import Anchor
from gouji.inference.assembly.cell_places import cells_of
from gouji.inference.assembly.lines import Line
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.strips import Strip
from gouji.inference.assembly.wording import KEEN, Wordings, runs_through
from gouji.model.forms import Label
from gouji.model.label_words import bare, without_brackets
from gouji.model.labels import Span, Tag
from gouji.model.page import Stretch
from gouji.model.tokens import Kind

_HEAD = 3  # characters by which a label's beginning is known
_MORE_WORDS = 3  # characters beyond the form's label that may be another row's


def out_of_order(marked: MarkedPage, anchors: Sequence[Anchor], rows: Wordings) -> bool:
    """Whether a row that found no place in the order of print has its label somewhere else."""
    placed = {anchor.row for anchor in anchors}
    for span in marked.tagged(Tag.ROW, anchors[0].start, anchors[-1].end + 1):
        found = rows.matches(marked.page.text[span.start : span.end])
        keen = {row for row, score in found if score >= KEEN}
        if keen and not keen & placed:  # of rows that print the same words one may have none
            return True
    return False


def behind_others(
    lines: Sequence[Line], strips: Mapping[int, Strip], printed: Collection[str]
) -> frozenset[int]:
    """The lines without sums whose numbers follow another item's label, which the tagger passed over.

    Args:
        lines: The table's lines.
        strips: What is printed on them.
        printed: The bare labels of all items of the table.
    """
    return frozenset(
        row
        for row, strip in strips.items()
        if strip.chunks and not lines[row].sums
        if (words := bare(strip.gaps[0])) and any(label in words for label in printed)
    )


def wordy(
    marked: MarkedPage, lines: Sequence[Line], anchors: Sequence[Anchor], rows: Wordings
) -> frozenset[int]:
    """The lines without sums whose label says more than the form's: another row's may be in it."""
    return frozenset(
        anchor.row
        for anchor in anchors
        if anchor.likeness < KEEN and not lines[anchor.row].sums
        if _says_more(
            "".join(without_brackets(marked.page.text[p.start : p.end]) for p in anchor.pieces),
            rows.labels[anchor.row],
        )
    )


def beheaded(
    marked: MarkedPage, anchors: Sequence[Anchor], strips: Mapping[int, Strip], rows: Wordings
) -> frozenset[int]:
    """The rows that print nothing, and whose label has lost its beginning, perhaps with their numbers."""
    found = set()
    for anchor in anchors:
        printed = bare("".join(marked.page.text[piece.start : piece.end] for piece in anchor.pieces))
        heads = [bare(wording)[:_HEAD] for wording in rows.labels[anchor.row].wordings]
        if not strips[anchor.row].chunks and not any(head in printed for head in heads):
            found.add(anchor.row)
    return frozenset(found)


def misnamed(marked: MarkedPage, anchors: Sequence[Anchor], rows: Wordings) -> frozenset[int]:
    """The rows that were given a label which is another row's, as where two rows change places in print."""
    found = set()
    for anchor in anchors:
        text = "".join(marked.page.text[piece.start : piece.end] for piece in anchor.pieces)
        keen = {row for row, score in rows.matches(text) if score >= KEEN}
        if anchor.likeness < KEEN and keen - {anchor.row}:
            found.add(anchor.row)
    return frozenset(found)


def sharing_cells(marked: MarkedPage, lines: Sequence[Line], anchors: Sequence[Anchor]) -> frozenset[int]:
    """The rows whose label shares its known cell with another's, or with a column's: a rule is missing there.

    The numbers beside it are theirs together, and joined as they may be no number that was printed.
    """
    cells = {anchor.row: cell for anchor in anchors if (cell := _cell_of(marked, anchor.start)) is not None}
    shared = Counter(cells.values())
    return frozenset(
        row
        for row, cell in cells.items()
        if shared[cell] > 1
        or any(_is_head(marked, lines[row], head) for head in marked.tagged(Tag.COLUMN, *cell))
    )


def _is_head(marked: MarkedPage, line: Line, head: Span) -> bool:
    """Whether a column's label is one that the form has."""
    text = marked.page.text[head.start : head.end]
    return bool(line.heads.matches(text)) or bare(text) in map(bare, line.block.heads)


def beside_heads(
    marked: MarkedPage, anchors: Sequence[Anchor], strips: Mapping[int, Strip], end: int
) -> frozenset[int]:
    """The rows that print nothing, but behind them a column's label holds a number: it may be theirs."""
    limits = [*(anchor.start for anchor in anchors[1:]), end]
    return frozenset(
        anchor.row
        for anchor, limit in zip(anchors, limits, strict=True)
        if not strips[anchor.row].chunks
        if any(
            any(marked.tokens[index].kind is Kind.NUMBER for index in marked.between(head.start, head.end))
            for head in marked.tagged(Tag.COLUMN, anchor.end, limit)
        )
    )


def _cell_of(marked: MarkedPage, place: int) -> Stretch | None:
    return next((cell for cell in cells_of(marked.page, place) if cell[0] <= place < cell[1]), None)


def _says_more(printed: str, label: Label) -> bool:
    """Whether a printed label holds one of the form's whole, and words that none of those has."""
    wordings = [bare(wording) for wording in label.wordings]
    return any(
        runs_through(words, printed) and len(printed) >= len(words) + _MORE_WORDS for words in wordings
    ) and not any(runs_through(printed, words) for words in wordings)
