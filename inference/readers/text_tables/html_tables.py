"""HTML tables among the lines of a text, as MinerU, PP-Structure and marker write them into Markdown.

Flow:  lines -> **markup of a table** -> blocks
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gouji.inference.readers.text_tables.rows import Found, without_formula
from gouji.inference.readers.writer import Block, Table

PRESENT = re.compile(r"<table\b", re.IGNORECASE)
_EDGE = re.compile(r"<(/?)table\b[^>]*>", re.IGNORECASE)
_WRAPPER = re.compile(r"</?(?:html|body|div|center|p)\b[^>]*>", re.IGNORECASE)


def find(lines: Sequence[str], index: int) -> Found | None:
    """The table that opens on a line, with what stands before and behind it there."""
    if not PRESENT.search(lines[index]):
        return None
    text = "\n".join(lines[index:])
    depth, end = 0, len(text)
    for edge in _EDGE.finditer(text):
        depth += -1 if edge[1] else 1
        if depth == 0:
            end = edge.end()
            break
    start = PRESENT.search(text).start()  # type: ignore[union-attr]
    behind = text.find("\n", end)
    rest = text[end : behind if behind >= 0 else len(text)]
    before = _WRAPPER.sub("", text[:start]).strip()
    blocks = [*([before] if before else []), *_blocks(text[start:end])]
    if PRESENT.search(rest):
        return _with(find([rest], 0), blocks, index + text.count("\n", 0, end) + 1)
    after = _WRAPPER.sub("", rest).strip()
    return Found((*blocks, *([after] if after else [])), index + text.count("\n", 0, end) + 1)


def _with(found: Found | None, before: Sequence[Block], end: int) -> Found:
    return Found((*before, *(found.blocks if found is not None else ())), end)


def _blocks(markup: str) -> list[Block]:
    """What the markup shows; formulas in cells are printed as what they say."""
    from selectolax.lexbor import LexborHTMLParser

    from gouji.inference.readers.html_blocks import blocks_of
    from gouji.inference.readers.html_styles import styles_of

    tree = LexborHTMLParser(markup)
    return [] if tree.body is None else [_plain(block) for block in blocks_of(tree.body, styles_of(tree))]


def _plain(block: Block) -> Block:
    if isinstance(block, str):
        return block
    return Table(tuple(tuple(map(without_formula, row)) for row in block.rows), block.known)
