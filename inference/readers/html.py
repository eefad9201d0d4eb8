"""Read an HTML page: what a browser would show of it, tables by their cells.

Flow:  bytes -> text -> tree -> blocks -> **page**

Where the page itself shows no table, what its scripts hold as strings is looked at: many pages
are filled from one. A page that stands in place of the report is named as such (`html_instead`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from gouji.inference.readers.charset import decode_html
from gouji.inference.readers.content import Content, Options
from gouji.inference.readers.html_blocks import blocks_of
from gouji.inference.readers.html_bounds import refuse_boundless
from gouji.inference.readers.html_instead import SHORT, cause_of, refusal_of
from gouji.inference.readers.html_scripts import markup_in_scripts
from gouji.inference.readers.html_styles import styles_of
from gouji.inference.readers.pages import pages_of_blocks
from gouji.inference.readers.writer import Block, Table, line, write
from gouji.inference.reading import ReadingError
from gouji.model.page import Page

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_COLUMNS = 3  # cells in a row, from which a table may be an official one


def read(content: Content, options: Options) -> Iterator[Page]:
    """The reports of an HTML page.

    Raises:
        ReadingError: It cannot be decoded, shows nothing, or stands in a report's place.
    """
    from selectolax.lexbor import LexborHTMLParser

    text = decode_html(content, options.encoding).replace("\x00", "")
    refuse_boundless(content.name, text)
    tree = LexborHTMLParser(text)
    blocks = _blocks(tree)
    if not _has_table(blocks):
        for markup in markup_in_scripts(tree):
            held = _blocks(LexborHTMLParser(markup))
            if _has_table(held) or (not _has_words(blocks) and _has_words(held)):
                blocks += held
    if not _has_table(blocks):
        from gouji.inference.readers.html_data import data_in_scripts

        for markup in data_in_scripts(tree, write(blocks).text):
            blocks += _blocks(LexborHTMLParser(markup))
    title = _title(tree, blocks)
    without = not _has_table(blocks)
    if without and (refusal := refusal_of(tree, blocks, title)) is not None:
        raise ReadingError(f"{content.name}: {refusal}")
    cause = cause_of(tree, title) if without else None
    pages = pages_of_blocks(content.name, [*title, *blocks], "an HTML page")
    yield from (replace(page, cause=cause) for page in pages) if cause else pages


def _blocks(tree: LexborHTMLParser) -> list[Block]:
    """What the page shows; where that is no table and hidden elements hold one, they are shown too."""
    if tree.body is None:
        return []
    styles = styles_of(tree)
    shown = list(blocks_of(tree.body, styles))
    if _has_table(shown):
        return shown
    everything = list(blocks_of(tree.body, styles, unhide=True))
    return everything if _has_table(everything) else shown


def _has_table(blocks: Sequence[Block]) -> bool:
    """Whether an official table may be among the blocks."""
    return any(
        len(block.rows) > 1 and any(len(row) >= _COLUMNS and any(row) for row in block.rows)
        for block in blocks
        if isinstance(block, Table)
    )


def _has_words(blocks: Sequence[Block]) -> bool:
    return sum(len(block) for block in blocks if isinstance(block, str)) > SHORT // 10


def _title(tree: LexborHTMLParser, blocks: Sequence[Block]) -> list[Block]:
    """The page's own title, where what it shows does not say it."""
    node = tree.css_first("head > title")
    title = line(node.text()) if node is not None else ""
    shown = any(title in block for block in blocks if isinstance(block, str))
    return [title] if title and not shown else []
