"""Whether all that stands beside a number in its cell is understood.

Flow:  collector -> **cell print** -> strips -> readings

A number is no more than a part of what its cell prints. A unit, a note's mark, a remark in brackets, a
word such as 共 or 约 leave it what it is; a letter, a lost character, a stray point or a break within it may
be a digit or a sign. Nothing is repaired here: what is not understood is said, and the cell stays open.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import Enum, auto
from typing import NamedTuple

from gouji.inference.assembly.figures import BLANK_MARKS, LEADING, MARKUP
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.printed_spans import SURE_LABEL
from gouji.inference.unread_marks import HELD
from gouji.model.labels import Tag
from gouji.model.page import GHOST
from gouji.model.tokens import SEPARATOR, WORD, Token

_BEFORE = re.compile(rf"{MARKUP}(?:(?:{'|'.join(LEADING)})[ :]*)?{MARKUP}[(\[]?{MARKUP}")
_BEHIND = re.compile(rf"{MARKUP}[)\]]?{MARKUP}[。;]?{MARKUP}")
_SENTENCE = re.compile(rf"{MARKUP}[)\]]?[,。;:、]\D*[^\W\d_]\D*")  # words go on
_LETTER = re.compile(r"[^\W\d_](?![^\W\d_])")  # a single one may be a figure that was misread
_LESS = r"负|减|降|少|亏|超过|不足|不到"  # than the number, or more
# A remark that says that the number is less, or another: `7(合并减少)`, `2313(更正为2309)`.
_OTHERWISE = re.compile(r"[负减降少亏缩]|取消|撤销|精简|划出|更正|修正|勘误|应为|改为|原为")
_REMARK = re.compile(r" ?\(([^()\n]*)\)")
_GOES_ON = re.compile(r"[ :]*(?:负|减|降|少|亏|[↓▼])|<br|[.、](?:\s|\Z)")  # a sign behind, a break, a point
_NEGATIVE = re.compile(rf"(?:{_LESS}|[-—−↓▼])[ :]*\Z")
_LINK = re.compile(r"[\s)\]]*[,、;:/~+=×或和至到及与][\s(\[]*")  # between two numbers of one cell
_NEAR = len(HELD) + 2  # characters beside a number in which a mark of its cell stands
_UPRIGHT = "│┃┆┇┊┋║╎╏"  # of the lines that boxes are drawn with those that are no dash
_CELL_BEGINS = ("\t", "|", "| ")
_QUOTES = ("$", "_", '"')
_BORDERS = frozenset("\t\n|│┃║")  # each of which parts cells
_DRAWN = frozenset(f"[SEP{breaks}{border}]" for breaks in ("", "1", "2") for border in "|>")


class Edge(Enum):
    """Where what stands beside a number ends."""

    BORDER = auto()
    LABEL = auto()
    NUMBER = auto()  # another one, or a blank's mark


class Side(NamedTuple):
    """What stands between a number and the next thing that is known."""

    text: str  # folded
    edge: Edge


def is_understood(
    marked: MarkedPage,
    start: int,
    end: int,
    note: tuple[int, int] | None = None,
    label_end: int = 0,
    row_end: int | None = None,
) -> bool:
    """Whether nothing beside a number in its cell may be a part of it.

    Args:
        marked: The page with its tokens and their tags.
        start: Where the number begins, in characters.
        end: Where it ends, with its unit and its note.
        note: Where its note stands; one that says that the number is less, or another, is none.
        label_end: Where its row's label ends.
        row_end: Where another row or a heading surely begins, on whatever line.
    """
    if marked.holds_marks and _is_marked(marked.page.text, start, end):
        return False
    if not marked.folded[start - 1].isspace() and _touches_dash(marked, start, end):
        return False
    if marked.folded[end : end + 1] == "|" and _is_only_one(marked, end):
        return False
    if note is None and _has_borders(marked, start, end):
        return True
    remark = _REMARK.match(marked.folded, note[0] if note else end)  # the tagger may call it a label
    if (remark is not None and _OTHERWISE.search(remark[1])) or _signed_label(marked, start):
        return False
    before, behind = _sides(marked, start, end, label_end)
    if row_end is not None and _ends_joined_line(marked.folded, start, end, row_end):
        behind = Side("", Edge.LABEL)
    if not _are_pairs(before.text, behind.text):
        return False
    if _BEFORE.fullmatch(before.text) and _BEHIND.fullmatch(behind.text):
        return True
    if before.edge is behind.edge is Edge.BORDER and not _SENTENCE.fullmatch(behind.text):
        return False  # a cell of its own
    label = before.edge is Edge.LABEL
    if label_end and label and not before.text and marked.between(label_end, start):
        return False  # by words that are none of its row's label
    if any(side.edge is Edge.NUMBER and _LINK.fullmatch(side.text) for side in (before, behind)):
        return False
    if _may_be_part(before.text[-1:]) or _may_be_part(behind.text[:1]):
        return False
    if before.text[-1:].isalpha() and (not label or any(map(str.isdigit, before.text))):
        return False
    return not (_NEGATIVE.search(before.text) or _LETTER.match(behind.text) or _GOES_ON.match(behind.text))


def _ends_joined_line(folded: str, start: int, end: int, row_end: int) -> bool:
    """Whether a number is a line's last, and a blank parts it from what began the next: lines were joined."""
    return folded[end:row_end].isspace() and folded[max(start - 2, 0) : start].endswith(_CELL_BEGINS)


def _is_marked(text: str, start: int, end: int) -> bool:
    """Whether a mark stands beside a number, of what its file shows and its text cannot say."""
    before = text[max(start - _NEAR, 0) : start].rstrip(" ")
    return before.endswith(HELD) or text[end : end + _NEAR].lstrip(" ").startswith(HELD)


def _touches_dash(marked: MarkedPage, start: int, end: int) -> bool:
    """Whether a sign, or a figure, and no border may stand right before a number: `─4`, `_4`, `|9`, `\\1`."""
    folded = marked.folded
    before = folded[start - 1 : start]
    if before == "|":
        return _is_no_border(marked, start)
    if not before or before.isspace() or before in _UPRIGHT:
        return False
    if before == "_":
        return folded[end : end + 1] != "_"
    sign = unicodedata.category(before) == "Pd" or "\u2500" <= before <= "\u257f"
    word = folded[start : start + 1].isalpha() and before.isdigit()  # `8减5` may be less than 5, or 8
    delimiter = before.isalpha() and folded[start] == "-"  # `规章-21-5`
    return sign or word or delimiter or (before == "\\" and folded[start].isdigit())


def _is_no_border(marked: MarkedPage, start: int) -> bool:
    """Whether a `|` before a number is its cell's: its file knows its cells, or other borders part them."""
    if any(row[0] <= start < row[1] for row in marked.page.rows):
        return True
    before = marked.folded[marked.folded.rfind("\n", 0, start) + 1 : start]
    return not set(before).isdisjoint(f"\t{_UPRIGHT}")


def _is_only_one(marked: MarkedPage, place: int) -> bool:
    """Whether a `|` is the only one of a row whose cells its file knows: a border is none alone."""
    row = next((row for row in marked.page.rows if row[0] <= place < row[1]), None)
    return row is not None and marked.folded.count("|", *row) == 1


def _are_pairs(before: str, behind: str) -> bool:
    """Whether each bracket or quotation mark around a number has its other one on the other side."""
    return all(
        before.rpartition(closes)[2].count(opens) == behind.partition(opens)[0].count(closes)
        for opens, closes in ("()", "[]")
    ) and not any((before + behind).count(quote) % 2 for quote in _QUOTES)


def _has_borders(marked: MarkedPage, start: int, end: int) -> bool:
    """Whether a border stands on both sides of a number."""
    folded = marked.folded
    if folded[start - 1 : start] in _BORDERS and folded[end : end + 1] in _BORDERS:
        return True
    first, behind = marked.index_at(start), marked.index_at(end)
    if not 0 < first < behind < len(marked.tokens):
        return False
    return marked.tokens[first - 1].parts_cells and marked.tokens[behind].parts_cells


def is_alone(marked: MarkedPage, start: int, end: int) -> bool:
    """Whether a blank's mark has its cell for itself, where borders part it from all else."""
    before, behind = _sides(marked, start, end)
    cell = before.edge is behind.edge is Edge.BORDER
    return not cell or not any(map(str.isalnum, before.text + behind.text))


def _signed_label(marked: MarkedPage, start: int) -> bool:
    """Whether a row's label, so called, ends at a number with a word for less in it: no form's does."""
    index = marked.index_at(start)
    owner = marked.owners[index - 1] if index else None
    if owner is None or owner.tag is not Tag.ROW or owner.end != start:
        return False
    return re.search(_LESS, marked.folded[owner.start : start]) is not None


def _sides(marked: MarkedPage, start: int, end: int, label_end: int = 0) -> tuple[Side, Side]:
    """What stands beside a number; between drawn borders all does, whatever the tagger calls it."""
    begin, at, behind = map(marked.index_at, (label_end, start, end))
    borders = marked.borders_around(at, behind)
    drawn = all(i is None or i < begin or marked.tokens[i].piece in _DRAWN for i in borders)
    first, edge_before = _reach(marked, range(at - 1, begin - 1, -1), drawn)
    last, edge_behind = _reach(marked, range(behind, len(marked.tokens)), drawn)
    folded, otherwise = marked.folded, Edge.LABEL if label_end else Edge.BORDER
    before = Side(folded[first.start if first else start : start], edge_before or otherwise)
    return before, Side(folded[end : last.end if last else end], edge_behind or Edge.BORDER)


def _reach(marked: MarkedPage, indices: Iterable[int], drawn: bool) -> tuple[Token | None, Edge | None]:
    """The last token that stands beside a number on one side, and what is known behind it."""
    last = None
    for index in indices:
        edge = _edge(marked, index)
        blank = last is None or last.piece == "[ ]"
        if edge is Edge.BORDER or (edge is Edge.NUMBER and blank) or (edge is not None and not drawn):
            return last, edge
        last = marked.tokens[index]
    return last, None


def _edge(marked: MarkedPage, index: int) -> Edge | None:
    """What a token says by itself that it is: a border, a piece of a label, another number."""
    token, owner = marked.tokens[index], marked.owners[index]
    if token.kind is SEPARATOR:
        return Edge.BORDER if token.parts_cells else None
    if owner is not None and owner.tag is not Tag.VALUE and owner.confidence >= SURE_LABEL:
        return Edge.LABEL
    mark = marked.surface(token) in BLANK_MARKS and marked.stands_alone(index)
    return Edge.NUMBER if token.kind is not WORD or mark else None


def _may_be_part(character: str) -> bool:
    """Whether a character right beside a number may be one of its own: no word, bracket or punctuation is."""
    if not character or character.isspace() or character in "*_`$\"'\\()[]:,，。;、/<>=" + GHOST:
        return False
    foreign = character.isalpha() and not unicodedata.name(character, "").startswith("CJK")
    return character in "口日" or foreign or unicodedata.category(character)[0] in "SC" or character.isascii()
