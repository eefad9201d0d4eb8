"""Walk an HTML page and give what it shows: lines of text, and tables by their cells.

Flow:  bytes -> tree -> **blocks** -> text

A page's own words about itself (script, style, hidden elements) and its navigation are left out.
A row of a table that holds another table, or several paragraphs, lays the page out and is no row
of data: its cells are read one after the other.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from gouji.inference.readers.html_grids import grid_rows
from gouji.inference.readers.writer import Block, Table, cell, lays_out, line
from gouji.inference.reading import PICTURE

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_SILENT = frozenset((
    "script", "style", "noscript", "template", "head", "title", "iframe", "object", "embed", "svg",
    "math", "canvas", "audio", "video", "map", "select", "datalist", "button", "nav", "dialog",
))  # fmt: skip
_INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "img", "input", "ins", "kbd", "label", "mark", "o:p", "q", "rp", "rt", "ruby", "s",
    "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
    "st1:chsdate", "st1:chmetcnv",
))  # fmt: skip
_APART = frozenset(["sub", "sup", "s", "strike", "del"])  # its digits are no part of the number beside it
_NAVIGATION = re.compile(r"(?:^|[\s_-])(?:nav|menu|crumbs?|breadcrumb|footer|foot|sidebar|share)", re.I)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.I)
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_CONDITION = re.compile(r"/\*.*?\*/|@[\w-]+[^{};]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", re.DOTALL)  # and comments
_PLAIN = re.compile(r"[.#]?[\w-]+(?:\s+[.#]?[\w-]+)*")  # a selector that names, and conditions nothing
_DEEPEST = 300  # levels; beyond them text is taken as it comes


@dataclass(frozen=True, slots=True)
class _Walk:
    """What a walk leaves out."""

    hidden: frozenset[int]  # elements, by mem_id
    unhide: bool = False


def blocks_of(
    node: LexborNode, hidden: frozenset[int] = frozenset(), *, unhide: bool = False
) -> Iterator[Block]:
    """What a node and all below it show, block by block.

    Args:
        node: Usually the body.
        hidden: Elements that the page's style hides, as `hidden_by_style` finds them.
        unhide: Show what is hidden, too.
    """
    yield from _blocks(node, _Walk(hidden, unhide), 0)


def hidden_by_style(tree: LexborHTMLParser) -> frozenset[int]:
    """The elements that the page's own style sheets hide by a plain rule."""
    selectors = [
        selector.strip()
        for style in tree.css("style")
        for rule in _RULE.finditer(_CONDITION.sub("", style.text()))
        if _HIDDEN.search(rule[2])
        for selector in rule[1].split(",")
    ]
    plain = (selector for selector in selectors if _PLAIN.fullmatch(selector))
    return frozenset(node.mem_id for selector in plain for node in tree.css(selector))


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
        elif tag.startswith(("-", "!")) or _is_silent(child, walk):
            pass
        elif depth > _DEEPEST:
            yield child.text()
        elif tag == "table":
            yield None
            yield from _table(child, walk, depth + 1)
        elif tag == "pre" or tag == "textarea":
            yield None
            for printed in child.text().splitlines():
                yield printed
                yield None
        elif tag == "input":
            yield _typed(child)
        elif tag == "img":
            yield " "
        elif tag in _INLINE or tag.startswith("st1:"):
            apart = " " if tag in _APART else ""
            yield apart
            yield from _pieces(child, walk, depth + 1)
            yield apart
        else:
            yield None
            rows = grid_rows(child)
            if rows is not None:
                shown = ([c for c in row if not _is_silent(c, walk)] for row in rows)
                yield Table(tuple(tuple(_cell_text(c, walk, depth) for c in row) for row in shown))
            else:
                yield from _pieces(child, walk, depth + 1)
            yield None
        child = child.next


def _is_silent(node: LexborNode, walk: _Walk) -> bool:
    """Whether an element shows nothing of the page's content."""
    if node.tag in _SILENT:
        return not (walk.unhide and node.tag == "noscript")
    attributes = node.attributes
    hidden = "hidden" in attributes or _HIDDEN.search(attributes.get("style") or "")
    if not walk.unhide and (hidden or node.mem_id in walk.hidden):
        return True
    if attributes.get("role") == "navigation":
        return True
    named = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return bool(_NAVIGATION.search(named)) and node.css_first("table, h1") is None and _links(node)


def _links(node: LexborNode) -> bool:
    """Whether most of an element's words are links."""
    words = len(line(node.text()))
    return sum(len(line(a.text())) for a in node.css("a")) * 2 > words


def _typed(node: LexborNode) -> str:
    """What stands in a field of text."""
    typed = (node.attributes.get("type") or "text").lower() in ("text", "number")
    return node.attributes.get("value") or "" if typed else ""


def _table(table: LexborNode, walk: _Walk, depth: int) -> Iterator[Table | str | None]:
    """A table's rows; where a row lays the page out, its cells' blocks."""
    rows: list[tuple[str, ...]] = []
    for part in _rows(table, walk):
        if part.tag == "caption":
            for block in _blocks(part, walk, depth + 1):
                yield block
                yield None
            continue
        cells = [c for c in _children(part) if c.tag in ("td", "th") and not _is_silent(c, walk)]
        blocks = [list(_blocks(c, walk, depth + 1)) for c in cells]
        if lays_out(blocks):
            if rows:
                yield Table(tuple(rows))
            rows = []
            for block in chain.from_iterable(blocks):
                yield block
                yield None
        elif cells:
            rows.append(tuple(_text_of(*pair) for pair in zip(cells, blocks, strict=True)))
    if rows:
        yield Table(tuple(rows))


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
    return [*captions, *(row for row in (*heads, *bodies, *feet) if not _is_silent(row, walk))]


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        yield child
        child = child.next


def _cell_text(node: LexborNode, walk: _Walk, depth: int) -> str:
    return _text_of(node, list(_blocks(node, walk, depth + 1)))


def _text_of(node: LexborNode, blocks: Sequence[Block]) -> str:
    text = cell(chain.from_iterable([b] if isinstance(b, str) else chain(*b.rows) for b in blocks))
    if not text and any(_is_picture(image) for image in node.css("img, canvas, svg, object")):
        return PICTURE
    return text


def _is_picture(image: LexborNode) -> bool:
    """Whether an image may show a number: a spacer may not."""
    sizes = [image.attributes.get(side) or "" for side in ("width", "height")]
    return not any(size in ("0", "1", "0px", "1px") for size in sizes)
