"""Join what one cell prints in pieces: thousands parted by blanks, and a dash before its number.

Flow:  collector -> **joined print** -> strips -> readings

Borders that are drawn say that it is one cell. Blanks and line ends may as well part two cells: there the
pieces are joined only where that gives the row just the numbers that it has cells for. A page that parts its
thousands parts them all.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import partial
from itertools import dropwhile, pairwise

from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.printed_spans import SURE_LABEL
from gouji.inference.assembly.strips import Chunk
from gouji.model.labels import Tag
from gouji.model.page import NARROW
from gouji.model.tokens import SEPARATOR

_BORDER = r"\[SEP[12]?[|>]?\]"
_DRAWN = re.compile(rf"{_BORDER}\[SEP[12]?[|>]\]|\[SEP[12]?[|>]\]{_BORDER}")  # on one side at least, or a tab
_ANY_BORDER = re.compile(rf"(?:{_BORDER}|\[GAP\]){{2}}")
_PARTS_CELLS = re.compile(r"[|│┃║\t\n]")
_BORDERS = re.compile(r"[|│┃║]")
_Rule = Callable[[MarkedPage, Chunk, Chunk], bool]  # whether two neighbours are one number
_DASHES = frozenset("-—")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(?:[ \u2009][0-9]{3})*")  # as printed, before a further group
_GROUP = re.compile(r"[0-9]{3}(?:\.[0-9]+)?")


def joined_in_cells(
    marked: MarkedPage, chunks: Sequence[Chunk], expected: int | None, *, signed: bool
) -> tuple[Chunk, ...]:
    """The chunks, those made one that print one number: `1 808 595`, `- 5`.

    Args:
        marked: The page with its tokens and their tags.
        chunks: A row's numbers and marks, in order.
        expected: How many cells the row has; None where there may be more.
        signed: Whether its numbers may be negative.
    """
    if not any(_may_be_one(marked, *pair) for pair in pairwise(chunks)):
        return tuple(chunks)
    chunks = _kept_apart(marked, chunks, _joined(marked, chunks, _is_continued), _DRAWN)
    if expected is not None and _cells_drawn(marked, chunks[0].start) == expected:
        chunks = _joined(marked, chunks, _are_in_one_drawn, unread=True)
    with_signs = _joined(marked, chunks, partial(_is_sign_of, chunks=chunks, signed=signed))
    if len(with_signs) == expected:
        return with_signs
    folded = marked.folded
    parted_by_blank = any(folded[one.print_end : other.start] == " " for one, other in pairwise(with_signs))
    if len(chunks) != expected and not parted_by_blank:
        chunks = _kept_apart(marked, chunks, with_signs, _ANY_BORDER)
    bordered = _kept_apart(marked, chunks, _joined(marked, chunks, _is_continued), _ANY_BORDER)
    best = bordered if len(bordered) == expected else chunks
    return _joined(marked, best, _is_in_one_cell, unread=True)


def _may_be_one(marked: MarkedPage, one: Chunk, other: Chunk) -> bool:
    """Whether one cell may print two pieces: a mark comes first, or no border nor line end parts them."""
    return one.is_mark or not _PARTS_CELLS.search(marked.folded, one.print_end, other.start)


def _joined(
    marked: MarkedPage, chunks: Sequence[Chunk], is_one: _Rule, *, unread: bool = False
) -> tuple[Chunk, ...]:
    parts = [*chunks[:1]]
    for chunk in chunks[1:]:
        joins = is_one(marked, parts[-1], chunk)
        parts[-1:] = [_as_one(parts[-1], chunk, unread=unread)] if joins else [parts[-1], chunk]
    return tuple(parts)


def _as_one(one: Chunk, other: Chunk, *, unread: bool) -> Chunk:
    """A number made of a dash, or of its first digits, and what follows."""
    return other._replace(
        digits=("-" if one.is_mark else one.digits) + other.digits,
        start=one.start,
        places=(*one.all_places[: 1 if one.is_mark else None], *other.all_places),
        confidence=min(one.confidence, other.confidence),
        touching=one.touching or other.touching,
        near=one.near or other.near,
        unread=unread,
    )


def _is_in_one_cell(marked: MarkedPage, one: Chunk, other: Chunk) -> bool:
    """Whether words, and no border and no label, stand between two numbers of a drawn cell."""
    folded = marked.folded
    between = folded[one.print_end : other.start]
    cell = marked.drawn_cell(one.start)
    if cell is None or not cell[0] <= other.start < cell[1] or not between.strip():
        return False
    return all(label.confidence < SURE_LABEL for label in marked.tagged(Tag.ROW, *cell))


def _are_in_one_drawn(marked: MarkedPage, one: Chunk, other: Chunk) -> bool:
    """Whether no border stands between two numbers of a line."""
    return not (one.is_mark or other.is_mark) and _may_be_one(marked, one, other)


def _cells_drawn(marked: MarkedPage, first: int) -> int:
    """How many cells are drawn behind the label on the line of a row's first number, or 0 with no border."""
    folded = marked.folded
    before = folded[folded.rfind("\n", 0, first) + 1 : first]
    *labels, own = _BORDERS.split(before)
    blank = len(labels) - len([*dropwhile(lambda cell: not cell.strip(), reversed(labels))])
    behind = _BORDERS.split(folded[first : folded.find("\n", first)].rstrip())
    return blank + len(behind) - 1 if labels and not own.strip() else 0


def _is_continued(marked: MarkedPage, one: Chunk, other: Chunk) -> bool:
    """Whether a number goes on behind its first thousands, or its dash."""
    return _is_group_of(marked, one, other) or _is_dash_before(marked, one, other)


def _is_group_of(marked: MarkedPage, one: Chunk, other: Chunk) -> bool:
    """Whether a number is a further group of thousands of the one before it, a single blank between them."""
    if marked.prints_long_numbers:
        return False
    folded = marked.folded
    parted = folded[one.end : other.start] in (" ", NARROW) and one.print_end == one.end
    begun = _THOUSANDS.fullmatch(folded, one.start, one.end) is not None
    return parted and begun and _GROUP.fullmatch(other.digits) is not None


def _may_be_sign(marked: MarkedPage, one: Chunk, other: Chunk) -> bool:
    """Whether a dash stands somewhere before a number."""
    dash = one.is_mark and marked.folded[one.start : one.end] in _DASHES
    return dash and other.digits[:1].isdigit()


def _is_dash_before(marked: MarkedPage, one: Chunk, other: Chunk) -> bool:
    """Whether a dash stands before a number, a single blank between them."""
    apart = marked.folded[one.end : other.start] == " " and not marked.folded[one.start - 1].isdigit()
    return apart and _may_be_sign(marked, one, other)


def _is_sign_of(
    marked: MarkedPage, one: Chunk, other: Chunk, *, chunks: Sequence[Chunk], signed: bool
) -> bool:
    """Whether a dash stands a blank before a number, or nearer to it than any others of the row stand."""
    if _is_dash_before(marked, one, other):
        return True
    if not (signed and _may_be_sign(marked, one, other)):
        return False
    folded = marked.folded
    gaps = {(a.start, b.start): folded[a.print_end : b.start] for a, b in pairwise(chunks)}
    own = gaps.pop((one.start, other.start), "")
    others = [gap.count("\n") for gap in gaps.values()]
    return bool(own and others) and not own.strip(" \n") and min(others) > own.count("\n")


def _kept_apart(
    marked: MarkedPage, chunks: Sequence[Chunk], joined: Sequence[Chunk], borders: re.Pattern[str]
) -> tuple[Chunk, ...]:
    """The joined chunks that such borders stand around, and of the others what they were made of."""
    kept: list[Chunk] = []
    starts = [chunk.start for chunk in chunks]
    for one in joined:
        pieces = chunks[bisect_left(starts, one.start) : bisect_left(starts, one.end)]
        kept += [one] if len(pieces) > 1 and borders.fullmatch(_borders_of(marked, one)) else pieces
    return tuple(kept)


def _borders_of(marked: MarkedPage, chunk: Chunk) -> str:
    """The separators before and behind a chunk, by their pieces; a label or a number beside it is none."""
    first, last = marked.index_at(chunk.start) - 1, marked.index_at(chunk.print_end)
    first -= first > 0 and marked.is_escape(first)
    tokens = [marked.tokens[i] if 0 <= i < len(marked.tokens) else None for i in (first, last)]
    return "".join("[SEP1]" if t is None else t.piece if t.kind is SEPARATOR else "" for t in tokens)
