"""Read an HTML page: what a browser would show of it, tables by their cells.

Flow:  bytes -> text -> tree -> blocks -> **page**

Where the page itself shows no official table, what its scripts hold as strings is looked at: many pages
are filled from one. A page that stands in place of the report is named as such (`html_instead`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain, groupby
from typing import TYPE_CHECKING

from gouji.inference.readers.charset import decode_html
from gouji.inference.readers.content import Content, Options
from gouji.inference.readers.html_blocks import blocks_of
from gouji.inference.readers.html_bounds import refuse_boundless
from gouji.inference.readers.html_instead import SHORT, cause_of, refusal_of
from gouji.inference.readers.html_scripts import as_markup, markup_in_scripts
from gouji.inference.readers.html_styles import styles_of
from gouji.inference.readers.json_search import tables_named
from gouji.inference.readers.marks import MORE
from gouji.inference.readers.pages import ending_open, pages_of_blocks
from gouji.inference.readers.text_tables import blocks_of_text
from gouji.inference.readers.writer import Block, Table, line, write
from gouji.inference.reading import ReadingError
from gouji.model.page import Page

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_NEAR = 4000  # characters at a page's end in which its last cell begins
_EDGE = re.compile(r"<(?:(t[dh])|/?t[dhr]|/?table|/?body|/?html)\b", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*(?:>|\Z)")
_TAG_CUT = re.compile(r"<[^<>]*\Z")
_COLUMNS = 3  # cells in a row, from which a table may be an official one


def read(content: Content, options: Options) -> Iterator[Page]:
    """The reports of an HTML page.

    Raises:
        ReadingError: It cannot be decoded, shows nothing, or stands in a report's place.
    """
    from selectolax.lexbor import LexborHTMLParser

    text = decode_html(content, options.encoding).replace("\x00", "")
    cut = _cut_cell(text)
    if cut is not None and not _TAG.sub("", cut).strip():
        text = _TAG_CUT.sub("", text) + MORE
    refuse_boundless(content.name, text)
    tree = LexborHTMLParser(text)
    blocks = _blocks(tree)
    if not _official(blocks):
        for markup in markup_in_scripts(tree):
            held = _blocks(LexborHTMLParser(markup))
            if _shows_more(held, blocks) or (not _has_words(blocks) and _has_words(held)):
                blocks = [block for block in blocks if not _is_markup(block)] + held
    if not _official(blocks):
        from gouji.inference.readers.html_data import data_in_scripts

        for markup in data_in_scripts(tree, write(blocks).text):
            blocks += _blocks(LexborHTMLParser(markup))
    if not _official(blocks) and tables_named(write(blocks).text):
        blocks = list(_written_tables(blocks))
    title = _title(tree, blocks)
    without = not _official(blocks)
    refusal = refusal_of(tree, blocks, title) if without else None
    if refusal is not None and not _has_table(blocks):
        raise ReadingError(f"{content.name}: {refusal}")
    cause = refusal or cause_of(tree, title) if without else None
    pages = pages_of_blocks(content.name, [*title, *blocks], "an HTML page")
    for page in pages:
        yield replace(ending_open(page) if cut is not None else page, cause=cause)


def _cut_cell(text: str) -> str | None:
    """The markup of the cell that a page ends in, which may go on; None where it ends in none."""
    *_, last = [None, *_EDGE.finditer(text, max(0, len(text) - _NEAR))]
    return text[last.start() :] if last is not None and last[1] is not None else None


def _blocks(tree: LexborHTMLParser) -> list[Block]:
    """What the page shows; where that is no table and hidden elements hold one, they are shown too."""
    if tree.body is None:
        return []
    styles = styles_of(tree)
    shown = list(blocks_of(tree.body, styles))
    if _official(shown):
        return shown
    everything = list(blocks_of(tree.body, styles, unhide=True))
    return everything if _shows_more(everything, shown) else shown


def _shows_more(held: Sequence[Block], shown: Sequence[Block]) -> bool:
    """Whether blocks show a table that others lack: an official one, or any at all where those have none."""
    if _has_table(held) and not _has_table(shown):
        return True
    printed = [block for block in shown if not _is_markup(block)]
    return bool(_official(held) - tables_named(write(printed).text))


def _written_tables(blocks: Sequence[Block]) -> Iterator[Block]:
    """Blocks, and of the lines among them tables that were written with marks: of Markdown, CSV, LaTeX."""
    for is_text, own in groupby(blocks, lambda block: isinstance(block, str)):
        held = list(own)
        found = blocks_of_text("\n".join(map(str, held))) if is_text else None
        yield from found if found is not None and _official(found) else held


def _is_markup(block: Block) -> bool:
    """Whether a block is markup that stands on the page as text: what it says is held, not shown."""
    return as_markup(_words(block)) is not None


def _words(block: Block) -> str:
    return block if isinstance(block, str) else " ".join(chain.from_iterable(block.rows))


def _official(blocks: Sequence[Block]) -> frozenset[int]:
    """Which of the official tables are among the blocks: one that lays out a menu is none."""
    text = " ".join(_words(block) for block in blocks if isinstance(block, Table))
    return frozenset() if as_markup(text) is not None else tables_named(text)


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
