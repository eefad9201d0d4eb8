"""Find the tables of other people's tools in a text, and give the text as blocks with their cells known.

Flow:  text -> **formats** -> blocks -> text, rows -> page

Markdown with HTML, pipes that hold more than print, CSV, lists of rows, LaTeX, OTSL, what pandas prints: each
is known by its content. A text that holds none, or only what the assembler reads in the text itself, is left
as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import chain

from gouji.inference.readers.form_words import form_words
from gouji.inference.readers.review_tables import side_by_side
from gouji.inference.readers.text_lines import plain_lines
from gouji.inference.readers.text_tables import (
    asciidoc,
    bbcode,
    boxes,
    bullets,
    delimited,
    directives,
    drawn_grids,
    fixed_width,
    html_tables,
    latex,
    mediawiki,
    otsl,
    pipes,
    python_lists,
    ruled_columns,
    terminal_columns,
    typst,
    wiki_bars,
)
from gouji.inference.readers.text_tables.no_print import print_of
from gouji.inference.readers.text_tables.rows import Found, Lines, is_filled
from gouji.inference.readers.tidied import prints_floats, tidied
from gouji.inference.readers.writer import Block, Table, with_tabs
from gouji.inference.unread_marks import UNSEEN
from gouji.model.label_words import bare

_Find = Callable[[Lines, int], Found | None]
# What a text must hold for a format to be looked for, and how its tables are found at a line.
_FORMATS: tuple[tuple[re.Pattern[str], _Find], ...] = (
    (html_tables.PRESENT, html_tables.find),
    (otsl.PRESENT, otsl.find),
    (latex.PRESENT, latex.find),
    (mediawiki.PRESENT, mediawiki.find),
    (bbcode.PRESENT, bbcode.find),
    (asciidoc.PRESENT, asciidoc.find),
    (typst.PRESENT, typst.find),
    (wiki_bars.PRESENT, wiki_bars.find),
    (directives.PRESENT, directives.find),
    (drawn_grids.PRESENT, drawn_grids.find),
    (boxes.PRESENT, boxes.find),
    (python_lists.PRESENT, python_lists.find),
    (delimited.PRESENT, delimited.find),
    (terminal_columns.PRESENT, terminal_columns.find),
    (ruled_columns.PRESENT, ruled_columns.find),
    (fixed_width.PRESENT, fixed_width.find),
    (bullets.PRESENT, bullets.find),
    (pipes.FULL_WIDTH, pipes.find_full_width),
)
_LABELS = 3  # cells of a row that may hold its label
_PARTED: tuple[_Find, ...] = (
    pipes.find,
    partial(delimited.find, plain_tabs=True),
    python_lists.find,
    fixed_width.find,
)
_OF_LARK = re.compile(r"<(?=/?lark-)(/?)lark-(?=t[abledr]+\b)")  # Feishu's elements in Markdown
_WORDS = re.compile(r"[\u3400-\u9fff]")
_KEPT = 5  # of so many words a format keeps one at least: lists say a column's name once an item
_IN_A_CELL = re.compile(r"(?:[,;\t&]|\n[ \t]*\|)[ \t]*\Z")
_SEPARATOR = re.compile(r"(?m)^\{\d+\}-{5,}\s*$")  # of marker's pages


def blocks_of_text(text: str) -> list[Block] | None:
    """The blocks of a text that holds a table of a foreign format; None where it holds none."""
    text = plain_lines(_OF_LARK.sub(r"<\1", text) if "<lark-t" in text else text)
    formats = [find for present, find in _FORMATS if present.search(text)]
    blocks = _blocks(text, formats)
    if boxes.find in formats and any(map(_is_drawn, blocks or ())):
        # Of the drawings of one program all are tables of cells, or the text stays as it was set.
        return _blocks(text, [find for find in formats if find is not boxes.find])
    return blocks


def _is_drawn(block: Block) -> bool:
    return isinstance(block, str) and boxes.PRESENT.search(block) is not None


def _blocks(text: str, formats: Sequence[_Find]) -> list[Block] | None:
    """The blocks of a text, its tables found in some formats; None where it holds none."""
    has_pipes = pipes.PRESENT.search(text) is not None
    drawn: list[Found] = []  # with pipes
    if not formats and not has_pipes:
        return None
    foreign = False
    lines = Lines(text.split("\n"))
    blocks: list[Block] = []
    index = 0
    while index < len(lines):
        found = next(filter(None, (_found(find, lines, index) for find in formats)), None)
        foreign |= found is not None
        if found is None and has_pipes:
            found = pipes.find(lines, index)
            drawn += [] if found is None else [found]
            foreign |= found is not None and _is_foreign(found, "\n".join(lines[index : found.end]))
        blocks += [with_tabs(print_of(lines[index]))] if found is None else found.blocks
        index = index + 1 if found is None else found.end
    kept = _without_repeated_headings(blocks)
    if kept and _IN_A_CELL.search(text) and isinstance(last := kept[-1], Table):
        kept[-1] = _with_open_end(last)
    foreign |= has_pipes and (_SEPARATOR.search(text) is not None or pipes.are_grids(drawn, text))
    foreign |= len(kept) < len(blocks) or len(side_by_side(kept)) < len(kept)
    return kept if foreign else None


def _found(find: _Find, lines: Lines, index: int) -> Found | None:
    """What a format finds on a line, if it keeps the words of the lines that it takes.

    Marks go, words stay: where nearly all would go, there is no such table, as behind a link `[table](…)`.
    """
    format = find.__module__
    found = find(lines, index) if index >= lines.fruitless.get(format, 0) else None
    if found is None or _words_in(found.blocks) * _KEPT >= _words_in(lines[index : found.end]):
        return found
    lines.tried(format, found.end)
    return None


def _words_in(blocks: Iterable[Block]) -> int:
    texts = ((block,) if isinstance(block, str) else chain(*block.rows) for block in blocks)
    return sum(len(_WORDS.findall(text)) for own in texts for text in own)


def _with_open_end(table: Table) -> Table:
    """A table whose last cell is empty, where the text ends in it: what stands in it may be cut off."""
    *rows, last = table.rows
    return table if last and last[-1] else replace(table, rows=(*rows, (*last[:-1], UNSEEN)))


def _without_repeated_headings(blocks: Sequence[Block]) -> list[Block]:
    """Blocks without the headings that are a row's label in the table below them, which says it again."""
    kept: list[Block] = []
    below: frozenset[str] = frozenset()
    for block in reversed(blocks):
        if isinstance(block, Table):
            below = frozenset(bare(cell) for row in block.rows for cell in row[:_LABELS] if cell)
        elif block.strip():
            if bare(block.strip("#* \t")) in below & form_words().rows:
                continue
            below = frozenset()
        kept.append(block)
    return kept[::-1]


def tables_of_text(text: str) -> Iterator[tuple[Table, str]]:
    """Every table of a text that is parted by marks, tidied, and the lines above it on the page."""
    lines = Lines(plain_lines(text).split("\n"))
    index = start = 0
    while index < len(lines):
        found = next(filter(None, (find(lines, index) for find in _PARTED)), None)
        for block in found.blocks if found is not None else ():
            if isinstance(block, Table):
                for table in tidied(block, points=prints_floats(block)):
                    yield table, "\n".join(lines[start:index])
                start = found.end if found is not None else index
        index = index + 1 if found is None else found.end


def _is_foreign(found: Found, text: str) -> bool:
    """Whether a table of pipes holds what is no print, or is not what its text would be read as."""
    rows = [row for block in found.blocks if isinstance(block, Table) for row in block.rows]
    if pipes.FOREIGN.search(text) or pipes.is_broken(found, text) or is_filled(rows):
        return True
    if pipes.QUERY.search(text) and pipes.are_whole_rows(found):
        return True
    # Merged cells the assembler reads in the text itself.
    tables = [replace(block, is_grid=False) for block in found.blocks if isinstance(block, Table)]
    return any(tidied(table, points=prints_floats(table)) != [table] for table in tables)
