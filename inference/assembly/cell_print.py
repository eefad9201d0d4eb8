"""Whether all that stands beside a number in its cell is understood.

Flow:  collector -> **cell print** -> strips -> readings

A number is no more than a part of what its cell prints. A unit, a note's mark, a remark in brackets, a
word such as 共 or 约 leave it what it is; a letter, a lost character, a stray point or a break within it may
be a digit or a sign. Nothing is repaired here: what is not understood is said, and the cell stays open.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from gouji.inference.assembly.figures import BLANK_MARKS
from gouji.inference.assembly.marked import MarkedPage
from gouji.model.labels import Tag
from gouji.model.page import GHOST
from gouji.model.tokens import Kind, Token

_MARKUP = r"[\s*_`$\"'\\" + GHOST + "]*"
_BEFORE = re.compile(rf"{_MARKUP}(?:(?:一?共计?|合计|总计|计|约)[ :]*)?{_MARKUP}[(\[]?{_MARKUP}")
_BEHIND = re.compile(rf"{_MARKUP}[)\]]?{_MARKUP}[。;]?{_MARKUP}")
_SENTENCE = re.compile(rf"{_MARKUP}[)\]]?[,。;:、][^\n]*[^\W\d_]", re.S)  # and words go on
_LESS = re.compile(r"[负减降少亏]")
_SIGN_ALONE = re.compile(r"\(\s*[负减降少亏下低](?:少|值|数|降|了)?\s*\)")
_NEGATIVE = re.compile(r"(?:负|减|降|少|亏|[-—−↓▼])[ :]*\Z")

_RULES = ("─", "━")  # drawn borders, or a dash before a number
_DRAWN = frozenset(f"[SEP{breaks}{border}]" for breaks in ("", "1", "2") for border in "|>")
_LINK = re.compile(r"\s*[,、;:/~+=×或和至到及与]\s*")
_NUMBERS_BEFORE = re.compile(r".*[0-9] \Z", re.S)
_NUMBERS_BEHIND = re.compile(r" [0-9].*", re.S)


@dataclass(frozen=True, slots=True)
class Side:
    """What stands between a number and the next thing that is known: a border, a label, another number."""

    text: str  # folded
    border: bool  # what is known there is a border


def is_understood(
    marked: MarkedPage, start: int, end: int, note: tuple[int, int] | None = None, label_end: int = 0
) -> bool:
    """Whether nothing beside a number in its cell may be a part of it.

    Args:
        marked: The page with its tokens and their tags.
        start: Where the number begins, in characters.
        end: Where it ends, with its unit and its note.
        note: Where its note stands; one that says no more than a sign is none.
        label_end: Where its row's label ends.
    """
    if note is not None and _SIGN_ALONE.fullmatch(marked.page.folded, *note):
        return False
    if _signed_label(marked, start) or marked.page.folded[start - 1 : start] in _RULES:
        return False
    cell = _drawn_cell(marked, start, end, label_end)
    if cell is not None:
        before, behind = cell
        if _BEHIND.fullmatch(behind.text) or (
            _SENTENCE.match(behind.text) and not any(map(str.isdecimal, behind.text))
        ):
            return _BEFORE.fullmatch(before.text) is not None
        return False
    before, behind = _before(marked, start), _behind(marked, end)
    if _BEFORE.fullmatch(before.text) and _BEHIND.fullmatch(behind.text):
        return True
    if before.border and behind.border and not _SENTENCE.match(behind.text):
        return False  # a cell of its own
    if any(not side.border and _LINK.fullmatch(side.text) for side in (before, behind)):
        return False
    return not (_may_be_part(before.text[-1:]) or _NEGATIVE.search(before.text) or _goes_on(behind.text))


def _drawn_cell(marked: MarkedPage, start: int, end: int, label_end: int) -> tuple[Side, Side] | None:
    """What stands beside a number in its cell, whatever the tagger calls it; None where no borders are drawn.

    The row's own label may have lost its border, and so may a number that a mere blank parts from this one.
    """
    left, right = marked.between(0, start).stop - 1, marked.between(0, end).stop
    first, last = start, end
    while left >= 0 and not _parts_cells(marked.tokens[left]) and marked.tokens[left].end > label_end:
        first = marked.tokens[left].start
        left -= 1
    while right < len(marked.tokens) and not _parts_cells(marked.tokens[right]):
        last = marked.tokens[right].end
        right += 1
    around = [marked.tokens[i].piece for i in (left, right) if 0 <= i < len(marked.tokens)]
    if not all(piece in _DRAWN for piece in around):
        return None
    before, behind = marked.page.folded[first:start], marked.page.folded[end:last]
    return Side(_NUMBERS_BEFORE.sub("", before), border=True), Side(
        _NUMBERS_BEHIND.sub("", behind), border=True
    )


def _parts_cells(token: Token) -> bool:
    return token.kind is Kind.SEPARATOR and token.piece != "[ ]"


def is_alone(marked: MarkedPage, start: int, end: int) -> bool:
    """Whether a blank's mark has its cell for itself, where borders part it from all else."""
    before, behind = _before(marked, start), _behind(marked, end)
    cell = before.border and behind.border
    return not cell or not any(map(str.isalnum, before.text + behind.text))


def _signed_label(marked: MarkedPage, start: int) -> bool:
    """Whether a row's label, so called, ends at a number and has a word for less in it: no form's has."""
    before = marked.between(0, start)
    owner = marked.owners[before[-1]] if before else None
    if owner is None or owner.tag is not Tag.ROW or owner.end > start:
        return False
    return owner.end == start and _LESS.search(marked.page.folded, owner.start, owner.end) is not None


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
    if not character or character.isspace() or character in "*_`$\"'\\()[]:,，。;、/<>=" + GHOST:
        return False
    foreign = character.isalpha() and not unicodedata.name(character, "").startswith("CJK")
    return character in "口日" or foreign or unicodedata.category(character)[0] in "SC" or character.isascii()


def _goes_on(text: str) -> bool:
    return _may_be_part(text[:1]) or re.match(r"<br|[.、](?:\s|\Z)", text) is not None
