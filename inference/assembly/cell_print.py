"""Whether all that stands beside a number in its cell is understood.

Flow:  collector -> **cell print** -> strips -> readings

A number is no more than a part of what its cell prints. A unit, a note's mark, a remark in brackets, a
word such as 共 or 约 leave it what it is; a letter, a lost character, a stray point or a break within it may
be a digit or a sign. Nothing is repaired here: what is not understood is said, and the cell stays open.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.strips import Chunk
from gouji.model.labels import Tag
from gouji.model.page import GHOST, NARROW
from gouji.model.tokens import Kind

BLANK_MARKS = frozenset({"/", "-", "—", "——", "———", "--", "无", "N/A", "\\", "*"})
# `8[1]`, `126①`, `40*`, `415（注2）`: a note's mark.
NOTE = re.compile(r"[①-⑳⑴-⒇※†‡]+|\*{1,3}(?![*\d])|\[(?:注)?\d{1,2}\]|\(注?\d{1,2}\)(?=\s|$)|注\d?(?![^\W\d])")
_MARKUP = r"[\s*_`$~\"'\\" + GHOST + "]*"
_BEFORE = re.compile(rf"{_MARKUP}(?:(?:一?共计?|合计|总计|计|约)[ :]*)?{_MARKUP}[(\[]?{_MARKUP}")
_BEHIND = re.compile(rf"{_MARKUP}[)\]]?{_MARKUP}[。;]?{_MARKUP}")
_SENTENCE = re.compile(rf"{_MARKUP}[)\]]?[,。;:、][^\n]*[^\W\d_]", re.S)  # and words go on
_BORDER = r"\[SEP[12]?[|>]?\]"
_DRAWN = re.compile(
    rf"{_BORDER}\[SEP[12]?[|>]\]|\[SEP[12]?[|>]\]{_BORDER}"
)  # drawn on one side, or a tab there
_ANY_BORDER = re.compile(rf"(?:{_BORDER}|\[GAP\]){{2}}")
_DASHES = frozenset("-—")
_GROUP = re.compile(r"[0-9]{3}(?:\.[0-9]+)?")  # of thousands
_NEGATIVE = re.compile(r"(?:负|减|降|少|亏|[-—−↓▼])[ :]*\Z")


@dataclass(frozen=True, slots=True)
class Side:
    """What stands between a number and the next thing that is known: a border, a label, another number."""

    text: str  # folded
    border: bool  # what is known there is a border


def is_understood(marked: MarkedPage, start: int, end: int) -> bool:
    """Whether nothing beside a number in its cell may be a part of it.

    Args:
        marked: The page with its tokens and their tags.
        start: Where the number begins, in characters.
        end: Where it ends, with its unit and its note.
    """
    before, behind = _before(marked, start), _behind(marked, end)
    if _BEFORE.fullmatch(before.text) and _BEHIND.fullmatch(behind.text):
        return True
    if before.border and behind.border and not _SENTENCE.match(behind.text):
        return False  # a cell of its own
    return not (_may_be_part(before.text[-1:]) or _NEGATIVE.search(before.text) or _goes_on(behind.text))


def joined_in_cells(
    marked: MarkedPage, chunks: Sequence[Chunk], expected: int | None, *, signed: bool
) -> tuple[Chunk, ...]:
    """The chunks, those made one that stand in one cell and print one number: `1 808 595`, `- 5`.

    Borders that are drawn say that it is one cell. Blanks and line ends may as well part two, unless it is
    the joining that gives the row its `expected` numbers (None: that is not known).
    """
    signed_parts = _parts(chunks, lambda one, other: signed and _is_sign_of(marked, chunks, one, other))
    if len(signed_parts) == expected:
        return signed_parts
    parts = _parts(chunks, lambda one, other: _runs_on(marked, one, other, signed=signed))
    firm, soft = _kept_apart(marked, chunks, parts, _DRAWN), _kept_apart(marked, chunks, parts, _ANY_BORDER)
    return tuple(soft if len(soft) == expected != len(chunks) else firm)


def _parts(chunks: Sequence[Chunk], is_one: Callable[[Chunk, Chunk], bool]) -> tuple[Chunk, ...]:
    parts: list[Chunk] = []
    for chunk in chunks:
        runs_on = bool(parts) and is_one(parts[-1], chunk)
        parts[-1:] = [_as_one(parts[-1], chunk)] if runs_on else [*parts[-1:], chunk]
    return tuple(parts)


def _is_sign_of(marked: MarkedPage, chunks: Sequence[Chunk], one: Chunk, other: Chunk) -> bool:
    """Whether a dash stands nearer to the number behind it than any two chunks of the row do."""
    folded = marked.page.folded
    if not one.is_mark or folded[one.start : one.end] not in _DASHES or not other.digits[:1].isdigit():
        return False
    gaps = {(a.start, b.start): folded[a.print_end : b.start] for a, b in pairwise(chunks)}
    own = gaps.pop((one.start, other.start), "")
    if own == " ":
        return True
    return bool(own) and not own.strip(" \n") and all(g.count("\n") > own.count("\n") for g in gaps.values())


def _kept_apart(
    marked: MarkedPage, chunks: Sequence[Chunk], parts: Sequence[Chunk], borders: re.Pattern[str]
) -> list[Chunk]:
    """The parts that such borders stand around, and of the others the chunks that they were made of."""
    kept: list[Chunk] = []
    for part in parts:
        inside = [chunk for chunk in chunks if part.start <= chunk.start < part.end]
        kept += [part] if len(inside) > 1 and borders.fullmatch(_borders_of(marked, part)) else inside
    return kept


def _runs_on(marked: MarkedPage, one: Chunk, other: Chunk, *, signed: bool) -> bool:
    between = marked.page.folded[one.end : other.start]
    if (
        not between
        or between.strip(" " + NARROW)
        or len(between) > 1
        or other.is_mark
        or one.unit
        or one.note
    ):
        return False
    if one.is_mark:
        return signed and marked.page.folded[one.start : one.end] in _DASHES and other.digits[0].isdigit()
    whole = one.digits.lstrip("-")
    fits = len(whole) <= 3 or (len(whole) % 3 == 1 or " " in marked.page.folded[one.start : one.end])
    return fits and _GROUP.fullmatch(other.digits) is not None and whole.isdigit() and whole[0] != "0"


def _as_one(one: Chunk, other: Chunk) -> Chunk:
    sign = one.is_mark
    places = one.places or tuple(range(one.start, one.start + (1 if sign else len(one.digits))))
    behind = other.places or tuple(range(other.start, other.end))
    return replace(
        other,
        digits=("-" if sign else one.digits) + other.digits,
        start=one.start,
        places=(*places[:1], *behind) if sign else (*places, *behind),
        confidence=min(one.confidence, other.confidence),
        touching=one.touching or other.touching,
        near=one.near or other.near,
    )


def _borders_of(marked: MarkedPage, chunk: Chunk) -> str:
    """The separators before and behind a chunk, by their pieces; a label or a number beside it is none."""
    first = marked.between(0, chunk.start).stop - 1
    first -= first > 0 and marked.is_escape(first)
    last = marked.between(0, chunk.print_end).stop
    tokens = [marked.tokens[i] if 0 <= i < len(marked.tokens) else None for i in (first, last)]
    return "".join("[SEP1]" if t is None else t.piece if t.kind is Kind.SEPARATOR else "" for t in tokens)


def _before(marked: MarkedPage, start: int) -> Side:
    indices = marked.between(0, start)
    edge = start
    for index in reversed(indices):
        if _is_known(marked, index):
            return Side(marked.page.folded[edge:start], _is_border(marked, index))
        edge = marked.tokens[index].start
    return Side(marked.page.folded[edge:start], border=True)


def _behind(marked: MarkedPage, end: int) -> Side:
    edge = end
    for index in range(marked.between(0, end).stop, len(marked.tokens)):
        if _is_known(marked, index):
            return Side(marked.page.folded[end:edge], _is_border(marked, index))
        edge = marked.tokens[index].end
    return Side(marked.page.folded[end:edge], border=True)


def _is_known(marked: MarkedPage, index: int) -> bool:
    """Whether a token says by itself what it is: a border, a piece of a label, another number."""
    token, owner = marked.tokens[index], marked.owners[index]
    if token.kind is Kind.SEPARATOR:
        return token.piece != "[ ]"
    if token.kind is not Kind.WORD or (owner is not None and owner.tag is not Tag.VALUE):
        return True
    return marked.page.folded[token.start : token.end] in BLANK_MARKS and marked.stands_alone(index)


def _is_border(marked: MarkedPage, index: int) -> bool:
    return marked.tokens[index].kind is Kind.SEPARATOR


def _may_be_part(character: str) -> bool:
    """Whether a character right beside a number may be one of its own: no word, bracket or punctuation is."""
    if not character or character.isspace() or character in "*_`$~\"'\\()[]:,，。;、/<>=" + GHOST:
        return False
    return character in "口日" or unicodedata.category(character)[0] in "SC" or character.isascii()


def _goes_on(text: str) -> bool:
    return _may_be_part(text[:1]) or re.match(r"<br|[.、](?:\s|\Z)", text) is not None
