"""Hold a page that was decoded from stand-ins against the page that the same tool makes of the plain report.

Flow:  flattener -> text and spans -> **agreement** -> damage -> labelled page

A tool that reacts to the stand-ins centres them otherwise, draws a longer rule, leaves out
a backslash that it puts before `2.`, or straightens quotation marks. Where the two pages
differ in no more than that, the plain one's blanks and marks are taken over and the spans
kept; else there is no agreement, and the page is no good.
"""

from __future__ import annotations

from collections.abc import Sequence

from gouji.training.edits import Edit, apply_edits
from gouji.training.standins import Piece

# A mark, and what a tool may print for it.
_ALIKE = {"“": ('"',), "”": ('"',), '"': ("“", "”"), "‘": ("'",), "’": ("'",), "…": ("...",), "—": ("---",)}
_RULES = ("---", "===", "───")  # drawn as long as the widest cell takes
_BLANKS = " \t\n\r\f\u00a0\u3000"


def agree(text: str, pieces: Sequence[Piece], plain: str) -> tuple[str, list[Piece]] | None:
    """The plain page with the pieces of the decoded one; None where they do not agree.

    Args:
        text: What was decoded.
        pieces: Its tagged pieces.
        plain: What the tool makes of the report without stand-ins.

    >>> from gouji.model.labels import Span, Tag
    >>> row, value = Piece(Span(Tag.ROW, 0, 2), 0), Piece(Span(Tag.VALUE, 5, 6), 1)
    >>> page, pieces = agree("其他   7", [row, value], "其 他 7")
    >>> page, [page[piece.span.start : piece.span.end] for piece in pieces]
    ('其 他 7', ['其 他', '7'])
    >>> agree("其他", [], "其它") is None
    True
    """
    edits = _edits(text, plain)
    return None if edits is None else apply_edits(text, pieces, edits)


def _edits(text: str, plain: str) -> list[Edit] | None:
    """What must be done to the text to make it the plain one."""
    edits: list[Edit] = []
    at = offset = 0
    while at < len(text) or offset < len(plain):
        mine, theirs = text[at : at + 1], plain[offset : offset + 1]
        if mine == theirs:
            at, offset = at + 1, offset + 1
            continue
        if theirs == "\\":
            edits.append(Edit(at, at, theirs))
            offset += 1
        elif text[max(0, at - 3) : at] in _RULES and text[at - 1] in (mine, theirs):
            rule = text[at - 1]
            end, after = _past(text, at, rule), _past(plain, offset, rule)
            edits.append(Edit(at, end, plain[offset:after]))
            at, offset = end, after
        elif (mine and mine in _BLANKS) or (theirs and theirs in _BLANKS):
            end, after = _past(text, at, _BLANKS), _past(plain, offset, _BLANKS)
            edits.append(Edit(at, end, plain[offset:after]))
            at, offset = end, after
        elif mine and (length := _alike(mine, plain, offset)):
            edits.append(Edit(at, at + 1, plain[offset : offset + length]))
            at, offset = at + 1, offset + length
        else:
            return None
    return edits


def _past(text: str, at: int, characters: str) -> int:
    while at < len(text) and text[at] in characters:
        at += 1
    return at


def _alike(mark: str, plain: str, offset: int) -> int:
    """How many characters of the plain page stand for a mark of the decoded one; 0 where none do."""
    return next((len(other) for other in _ALIKE.get(mark, ()) if plain.startswith(other, offset)), 0)
