"""HTML tables among the lines of a text, as MinerU, PP-Structure and marker write them into Markdown.

Flow:  lines -> **markup of a table** -> blocks
"""

from __future__ import annotations

import re
from dataclasses import replace

from gouji.inference.readers.text_tables.rows import Found, Lines, without_formula
from gouji.inference.readers.writer import Block

PRESENT = re.compile(r"<table\b", re.IGNORECASE)
_EDGE = re.compile(r"<(/?)table\b[^<>]*>", re.IGNORECASE)
_WRAPPER = re.compile(r"</?(?:html|body|div|center|p)\b[^>]*>", re.IGNORECASE)


def find(lines: Lines, index: int) -> Found | None:
    """The table that opens on a line, with what stands before and behind it there, and others behind it."""
    if not PRESENT.search(lines[index]):
        return None
    text, at = lines.text, lines.starts[index]
    blocks: list[Block] = []
    while True:
        line_end = text.find("\n", at)
        opening = PRESENT.search(text, at, line_end if line_end >= 0 else len(text))
        between = text[at : opening.start() if opening else line_end if line_end >= 0 else len(text)]
        blocks += filter(None, [_WRAPPER.sub("", between).strip()])
        if opening is None:
            return Found(tuple(blocks), lines.behind(at))
        at = _end_of(text, opening.start())
        blocks += blocks_of_markup(text[opening.start() : at])


def _end_of(text: str, start: int) -> int:
    """Where the table that begins at a place ends, those in its cells closed."""
    depth = 0
    for edge in _EDGE.finditer(text, start):
        depth += -1 if edge[1] else 1
        if depth == 0:
            return edge.end()
    return len(text)


def blocks_of_markup(markup: str) -> list[Block]:
    """What markup shows; formulas in cells are printed as what they say."""
    from selectolax.lexbor import LexborHTMLParser

    from gouji.inference.readers.html_blocks import blocks_of
    from gouji.inference.readers.html_styles import styles_of

    tree = LexborHTMLParser(markup)
    return [] if tree.body is None else [_plain(block) for block in blocks_of(tree.body, styles_of(tree))]


def _plain(block: Block) -> Block:
    if isinstance(block, str):
        return block
    rows = tuple(tuple(map(without_formula, row)) for row in block.rows)
    return replace(block, rows=rows)
