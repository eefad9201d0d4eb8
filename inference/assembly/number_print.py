"""What one number of a row is as it is printed: its digits, where they stand, and what touches them.

Flow:  marked page -> **number print** -> collector -> strips

Tokens cut numbers where they are glued to others, to ordinals or to signs; here they are joined again.
"""

from __future__ import annotations

import re

from gouji.inference.assembly.cell_print import is_alone, is_understood
from gouji.inference.assembly.figures import EMPHASIS, LEADING, UNIT
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.strips import Chunk
from gouji.model.labels import Span
from gouji.model.numbers import printed_digits
from gouji.model.page import GHOST
from gouji.model.tokens import NUMBER, ORDINAL, WORD, Token

UNITS = re.compile(UNIT)
_WITHIN_CELL = frozenset({"[ ]", "[SEP1]"})  # blanks, and a line's end, that part no cells


def chunk_of(marked: MarkedPage, index: int, token: Token, owner: Span | None) -> Chunk:
    """The number that a token prints; `token` is that of the index, less a sign that is none of its own."""
    digits, places = printed_digits(marked.folded[token.start : token.end])
    is_whole = len(places) == token.end - token.start
    return Chunk(
        digits,
        token.start,
        token.end,
        tagged=owner is not None,
        confidence=owner.confidence if owner is not None else marked.value_share(index),
        touching=_touches(marked, index),
        near=marked.is_near(index),
        places=() if is_whole else tuple(token.start + place for place in places),
    )


def with_whole_part(marked: MarkedPage, index: int, chunk: Chunk, last: Chunk | None) -> tuple[Chunk, bool]:
    """The number with what an ordinal right before it is: the `0.` of `0.` / `287`, cut at its point.

    Labels begin with ordinals, numbers do not, so no other ordinal comes before one. And whether the last
    number is a part of it as well: 10. was cut into 1 and 0.
    """
    ordinal, beside = marked.beside(index, -1), marked.tokens[index - 1]
    within = beside is ordinal or beside.piece in _WITHIN_CELL
    if ordinal is None or ordinal.kind is not ORDINAL or not within:
        return chunk, False
    point = ordinal.start
    digits = marked.folded[point] + "." + chunk.digits
    places = (point, point + 1, *chunk.all_places)
    is_cut = last is not None and last.end == point
    if last is not None and is_cut:
        digits, places = last.digits + digits, (*last.all_places, *places)
    return chunk._replace(digits=digits, start=places[0], places=places), is_cut


def run_together(marked: MarkedPage, last: Chunk, chunk: Chunk, *, signed: bool) -> Chunk | None:
    """Two numbers as one, where the second goes on where the first ends; None where it does not.

    A comma between them is a thousands separator, of which number is open.
    """
    between = marked.folded[last.end : chunk.start]
    joint = between.replace(GHOST, "")
    if joint not in ("", ",", "-") or (joint == "-" and not signed) or last.unit is not None or last.is_mark:
        return None
    if not marked.folded[chunk.start].isdigit():
        return None  # a sign of its own begins another number
    if joint == "," and len(chunk.digits.partition(".")[0]) != 3:
        return None  # no group of thousands
    sign = (last.end + between.index("-"),) if joint == "-" else ()
    return last._replace(
        digits=last.digits + "-" * len(sign) + chunk.digits,
        end=chunk.end,
        touching=True,
        near=last.near or chunk.near,
        places=(*last.all_places, *sign, *chunk.all_places),
        confidence=min(last.confidence, chunk.confidence),
    )


def judged(
    marked: MarkedPage, chunk: Chunk, label_end: int, *, signed: bool, row_end: int | None = None
) -> Chunk:
    """The chunk, which says whether its cell's print is understood; a count is not below zero."""
    if chunk.unread:
        return chunk
    if chunk.is_mark:
        read = is_alone(marked, chunk.start, chunk.end)
    else:
        read = is_understood(marked, chunk.start, chunk.print_end, chunk.note, label_end, row_end)
        read = read and (signed or not chunk.digits.startswith("-"))
    return chunk if read else chunk._replace(unread=True)


def is_of_number(marked: MarkedPage, index: int) -> bool:
    """Whether a word or a bracket belongs to the number beside it and says no more: 共8件, 约5, (9)."""
    surface = marked.surface(marked.tokens[index])
    beside = index - 1 if surface == ")" else index + 1
    known = surface in ("(", ")") or surface in LEADING
    return known and 0 <= beside < len(marked.tokens) and marked.tokens[beside].kind is NUMBER


def joins_digits(marked: MarkedPage, index: int) -> bool:
    """Whether a sign stands between two numbers without a blank, as in `0-114515`."""
    if marked.folded[marked.tokens[index].start] != "-":
        return False
    around = marked.tokens[max(index - 1, 0) : index + 2]
    return len(around) == 3 and around[0].kind is around[2].kind is NUMBER


def _touches(marked: MarkedPage, index: int) -> bool:
    """Whether a word stands right before or right behind the number."""
    tokens, behind = marked.tokens, index + 1
    if index and _is_print(marked, tokens[index - 1]):
        return True
    after = behind < len(tokens) and _is_print(marked, tokens[behind])
    return after and not UNITS.match(marked.folded, tokens[behind].start)


def _is_print(marked: MarkedPage, token: Token) -> bool:
    return token.kind is ORDINAL or (token.kind is WORD and marked.surface(token) not in EMPHASIS)
