"""Walk an HTML page and give what it shows: lines of text, and tables by their cells.

Flow:  bytes -> tree -> **blocks** -> text

A page's own words about itself (script, style, hidden elements) and its navigation are left out.
A row of a table that holds another table, or several paragraphs, lays the page out and is no row
of data: its cells are read one after the other. In a cell nothing is passed over: what shows something
that is no text, or may show it, is marked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TYPE_CHECKING

from gouji.inference.readers.html_grids import grid_rows
from gouji.inference.readers.html_shown import (
    draws,
    in_place_of,
    is_note,
    is_numbered,
    is_picture,
    is_turned,
    typed_in,
)
from gouji.inference.readers.html_spans import Span, span_of, table_of
from gouji.inference.readers.html_styles import INLINE, Look, Styles
from gouji.inference.readers.marks import PICTURE, beside, noted, resolved, spread, struck, unsure
from gouji.inference.readers.writer import Block, Table, cell, lays_out, line

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_SILENT = frozenset((
    "script", "style", "noscript", "template", "head", "title", "iframe", "object", "embed", "applet", "svg",
    "annotation", "canvas", "audio", "video", "map", "select", "datalist", "button", "nav", "dialog",
    "meter", "progress", "rp",
))  # fmt: skip
_STRUCK = frozenset(("s", "strike", "del"))  # its digits are no part of the number beside it
_RAISED = frozenset(("sub", "sup", "rt"))  # nor are its
_READING = re.compile(r"[^\W\d_][^\d]*")  # how a character is read: pinyin, zhuyin
_NOTE_LINK = re.compile(r".*#_?(?:ftn|edn|note|fn|cite|n)[\w-]*$", re.IGNORECASE)  # where a note stands
_NOTE_CLASS = re.compile(r"note|(?:^|[\s_-])(?:sup|sub|fn|ref)(?:$|[\s_-])|Mso\w+Reference", re.IGNORECASE)
_HIDING = frozenset((  # classes by which well-known style sheets hide
    "hidden", "hide", "d-none", "sr-only", "visually-hidden", "invisible", "layui-hide", "fn-hide", "none",
))  # fmt: skip
_NAVIGATION = re.compile(r"(?:^|[\s_-])(?:nav|menu|crumbs?|breadcrumb|footer|foot|sidebar|share)", re.I)
_LONGEST_NOTE = 40  # characters
_DEEPEST = 300  # levels; beyond them text is taken as it comes


@dataclass(frozen=True, slots=True)
class _Walk:
    """What a walk leaves out, and where it is."""

    styles: Styles
    unhide: bool = False
    in_cell: bool = False


def blocks_of(node: LexborNode, styles: Styles, *, unhide: bool = False) -> Iterator[Block]:
    """What a node and all below it show, block by block.

    Args:
        node: Usually the body.
        styles: What the page's style sheets do to its elements.
        unhide: Show what is hidden, too.
    """
    yield from _blocks(node, _Walk(styles, unhide), 0)


def _blocks(node: LexborNode, walk: _Walk, depth: int) -> Iterator[Block]:
    text: list[str] = []
    for piece in _pieces(node, walk, depth):
        if isinstance(piece, str):
            text.append(piece)
            continue
        yield from _lines("".join(text))
        text = []
        if piece is not None:
            yield piece
    yield from _lines("".join(text))


def _lines(text: str) -> Iterator[str]:
    if printed := line(text):
        yield printed


def _pieces(node: LexborNode, walk: _Walk, depth: int) -> Iterator[str | Table | None]:
    """Text, tables, and None where a line ends."""
    child = node.child
    while child is not None:
        tag = child.tag or ""
        if tag == "-text":
            yield child.text_content or ""
        elif tag == "br" or tag == "hr":
            yield None
        elif tag.startswith(("-", "!")):
            pass
        elif depth > _DEEPEST:
            yield child.text()
        else:
            yield from _element(child, tag, walk, depth)
        child = child.next


def _element(node: LexborNode, tag: str, walk: _Walk, depth: int) -> Iterator[str | Table | None]:
    look = walk.styles.look(node)
    if _is_silent(node, walk, look):
        seen = walk.in_cell and not (look.gone or look.unseen or "hidden" in node.attributes)
        yield in_place_of(node) if seen else ""
    elif tag == "table":
        yield None
        yield from _table(node, walk, depth + 1)
    elif tag == "pre" or tag == "textarea":
        yield None
        yield from _typeset(node.text().splitlines())
    elif tag == "input":
        yield typed_in(node, in_cell=walk.in_cell)
    elif tag == "img":
        yield PICTURE if walk.in_cell and is_picture(node) else " "
    elif tag in INLINE or tag.startswith("st1:"):
        yield from _inline(node, tag, walk, depth, look)
    else:
        yield None
        rows = grid_rows(node)
        if rows is not None:
            shown = ([c for c in row if not _is_gone(c, walk)] for row in rows)
            yield Table(tuple(tuple(_cell_text(c, walk, depth) for c in row) for row in shown))
        elif not walk.in_cell:
            yield from _pieces(node, walk, depth + 1)
        else:
            if draws(node, look) or (tag == "li" and is_numbered(node, walk.styles)):
                yield PICTURE
            pieces, hides = _pieces(node, walk, depth + 1), _may_be_hidden(node, look)
            yield from _marked(pieces, unsure) if hides else pieces
        yield None


def _typeset(lines: Sequence[str]) -> Iterator[str | Table | None]:
    """Lines that are shown as they are; those with tabs keep them."""
    for printed in lines:
        cells = tuple(map(line, printed.split("\t")))
        yield Table((cells,), known=False) if len(cells) > 1 and any(cells) else printed
        yield None


def _inline(node: LexborNode, tag: str, walk: _Walk, depth: int, look: Look) -> Iterator[str | Table | None]:
    """An element within a line; in a cell what is no part of the number beside it is marked."""
    if tag == "rt" and _READING.fullmatch(reading := line(node.text())):
        yield f"({reading})"  # as browsers show it that know no ruby
        return
    is_struck = tag in _STRUCK or look.struck
    address = (node.attributes.get("href") or "") if tag == "a" else ""
    is_raised = tag in _RAISED or look.raised or _NOTE_LINK.match(address) is not None
    named = node.attributes.get("class") or ""
    is_beside = (
        tag == "small"
        or address.startswith("#")
        or _NOTE_CLASS.search(named) is not None
        or (walk.in_cell and is_note(node, look))
    )
    hides = walk.in_cell and _may_be_hidden(node, look)
    pieces = _pieces(node, walk, depth + 1)
    if not (is_struck or is_raised or is_beside or hides):
        if walk.in_cell and draws(node, look):
            yield PICTURE
        yield from pieces
    elif not walk.in_cell:
        yield " "
        yield from pieces
        yield " "
    else:
        yield from _marked(
            pieces, struck if is_struck else noted if is_raised else unsure if hides else beside
        )


def _marked(pieces: Iterable[str | Table | None], mark: Callable[[str], str]) -> Iterator[str | Table | None]:
    """Print of a cell as one marked piece; as it is where tables or sentences in it lay the page out."""
    held = list(pieces)
    text = "".join(piece if isinstance(piece, str) else "\n" for piece in held)
    whole = any(isinstance(piece, Table) for piece in held) or len(text) > _LONGEST_NOTE
    yield from held if whole else [mark(text)]


def _may_be_hidden(node: LexborNode, look: Look) -> bool:
    """Whether the page alone does not say if an element is seen, or if it is seen as it is written."""
    return (
        look.doubtful
        or is_turned(node, look)
        or not _HIDING.isdisjoint((node.attributes.get("class") or "").split())
    )


def _is_silent(node: LexborNode, walk: _Walk, look: Look) -> bool:
    """Whether an element shows nothing of the page's content."""
    if node.tag in _SILENT:
        return not (walk.unhide and node.tag == "noscript")
    attributes = node.attributes
    hidden = "hidden" in attributes or look.gone or look.unseen
    if hidden and not (walk.unhide and (not walk.in_cell or node.css_first("table") is not None)):
        return True
    if attributes.get("role") == "navigation":
        return True
    named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    if not _NAVIGATION.search(named) or node.css_first("table, h1") is not None:
        return False
    return _links(node) and any(map(str.isalpha, node.text()))


def _is_gone(node: LexborNode, walk: _Walk) -> bool:
    """Whether a row or a cell is not there; one that is there and not seen keeps its place."""
    if walk.unhide and not walk.in_cell:
        return False
    return "hidden" in node.attributes or walk.styles.look(node).gone


def _links(node: LexborNode) -> bool:
    """Whether most of an element's words are links."""
    words = len(line(node.text()))
    return sum(len(line(a.text())) for a in node.css("a")) * 2 > words


def _table(table: LexborNode, walk: _Walk, depth: int) -> Iterator[Table | str | None]:
    """A table's rows; where a row lays the page out, its cells' blocks."""
    rows: list[tuple[str, ...]] = []
    spans: list[list[Span]] = []
    for part in _rows(table, walk):
        if part.tag == "caption":
            for block in _blocks(part, walk, depth + 1):
                yield block
                yield None
            continue
        cells = [c for c in _children(part) if c.tag in ("td", "th") and not _is_gone(c, walk)]
        within = replace(walk, in_cell=True)
        blocks = [list(_cell_blocks(c, within, depth + 1)) for c in cells]
        if lays_out(blocks):
            if rows:
                yield Table(tuple(rows))
            rows, spans = [], []
            for block in chain.from_iterable(blocks):
                yield spread(block) if isinstance(block, str) else block
                yield None
        elif cells:
            rows.append(tuple(map(_text_of, blocks)))
            spans.append(list(map(span_of, cells)))
    if rows:
        yield table_of(table, rows, spans)


def _rows(table: LexborNode, walk: _Walk) -> list[LexborNode]:
    """The caption, then the rows as they are shown: the head first, the foot last."""
    captions: list[LexborNode] = []
    heads: list[LexborNode] = []
    bodies: list[LexborNode] = []
    feet: list[LexborNode] = []
    for part in _children(table):
        if part.tag == "caption":
            captions.append(part)
        elif part.tag == "tr":
            bodies.append(part)
        elif part.tag in ("thead", "tbody", "tfoot"):
            pile = {"thead": heads, "tfoot": feet}.get(part.tag, bodies)
            pile.extend(row for row in _children(part) if row.tag == "tr")
    return [*captions, *(row for row in (*heads, *bodies, *feet) if not _is_unseen(row, walk))]


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _is_unseen(row: LexborNode, walk: _Walk) -> bool:
    return _is_gone(row, walk) or (not walk.unhide and walk.styles.look(row).unseen)


def _cell_text(node: LexborNode, walk: _Walk, depth: int) -> str:
    return _text_of(list(_cell_blocks(node, replace(walk, in_cell=True), depth + 1)))


def _cell_blocks(node: LexborNode, walk: _Walk, depth: int) -> Iterator[Block]:
    look = walk.styles.look(node)
    if look.unseen and not walk.unhide:
        return
    if node.mem_id in walk.styles.drawn:
        yield PICTURE
    mark = struck if look.struck else unsure if _may_be_hidden(node, look) else None
    for block in _blocks(node, walk, depth):
        yield mark(block) if mark is not None and isinstance(block, str) else block


def _text_of(blocks: Sequence[Block]) -> str:
    return resolved(cell(chain.from_iterable([b] if isinstance(b, str) else chain(*b.rows) for b in blocks)))
