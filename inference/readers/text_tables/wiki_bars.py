r"""Tables of wikis with a bar before each cell and signs behind it: XWiki's, Creole's, DokuWiki's, Textile's.

Flow:  lines -> pieces between bars -> **cells without their signs** -> blocks

`|=` begins a head, `(((…)))` holds a cell over lines (XWiki); `^` stands for a head's bar and `:::` for the
cell above (DokuWiki); `\2.` goes over two columns, `/2.` over two rows, `_.` is a head (Textile, Redmine).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gouji.inference.readers.form_words import is_official
from gouji.inference.readers.text_tables.rows import Found, Lines
from gouji.inference.readers.text_tables.spanned import Cell, blocks_of_cells, count, escaped

PRESENT = re.compile(
    r"(?m)^[^\S\n]*(?:\|=(?!==)|\|\s*\(\(\(|\^[^\n]*[\^|][^\S\n]*$|\|[^\n]*\|[^\S\n]*:::"
    r"|\|(?:[^\n]*\|)?(?:[_<>=]|[\\/]\d{1,2})\. )"
)
_GROUP = re.compile(r"\s*\(\(\((.*?)\)\)\)\s*", re.DOTALL)
_KEPT = re.compile(r"\(\(\(.*?\)\)\)|\[\[[^\[\]\n]*\]\]|\{\{[^{}\n]*\}\}|\\[|^]", re.DOTALL)
_SIGNS = re.compile(r"(?P<signs>(?:[_<>=~^-]|[\\/]\d{1,2}|\([\w -]*\)|\{[^{}]*\})+)\. ")
_SPAN = re.compile(r"([\\/])(\d{1,2})")
_ABOVE = ":::"
_FEWEST_ROWS, _FEWEST_LABELS = 2, 2


def find(lines: Lines, index: int) -> Found | None:
    """The table that begins at a line."""
    if not _is_row(lines[index]) or index < lines.fruitless.get("wiki bars", 0):
        return None
    end, open_ = index, 0
    while end < len(lines) and (open_ > 0 or _is_row(lines[end])):
        open_ += lines[end].count("(((") - lines[end].count(")))")
        end += 1
    text = "\n".join(lines[index:end])
    if PRESENT.search(text) is None:
        lines.fruitless["wiki bars"] = end
        return None
    read = [list(_cells(row, text)) for row in _rows(text)]
    rows = [row for row in read if any(cell.shown for cell in row)]
    if len(rows) < _FEWEST_ROWS or not is_official(
        ([cell.shown for cell in row] for row in rows), _FEWEST_LABELS
    ):
        lines.fruitless["wiki bars"] = end
        return None
    return Found(blocks_of_cells(rows), end)


def _is_row(line: str) -> bool:
    return line.lstrip()[:1] in ("|", "^") and len(line.strip()) > 1


def _rows(text: str) -> Iterator[str]:
    """The rows of a text: its lines, but for those within a group."""
    row = ""
    for line in text.split("\n"):
        row = f"{row}\n{line}" if row else line
        if row.count("(((") <= row.count(")))"):
            yield row.strip()
            row = ""
    if row:
        yield row.strip()


def _cells(row: str, table: str) -> Iterator[Cell]:
    """The cells of a row; behind the last bar is none, unless bars only begin cells."""
    bars = "|^" if re.search(r"(?m)^[ \t]*\^", table) else "|"
    kept = [found.span() for found in _KEPT.finditer(row)]
    places = [at for at, sign in enumerate(row) if sign in bars and not _within(at, kept)]
    pieces = [row[a + 1 : b] for a, b in zip(places, [*places[1:], len(row)], strict=True)]
    begins_only = "|=" in table or "(((" in table
    if pieces and not pieces[-1].strip() and not begins_only:
        pieces.pop()
    yield from map(_cell, pieces)


def _within(place: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= place < end for start, end in spans)


def _cell(piece: str) -> Cell:
    r"""A cell without its signs.

    >>> _cell("\\2/3=. 第二十条")
    Cell(shown='第二十条', columns=2, rows=3)
    >>> [_cell(piece).shown for piece in ("= 规章 ", "(((3)))", " ::: ")]
    ['规章', '3', '']
    """
    signs = _SIGNS.match(piece)
    spans = dict(_SPAN.findall(signs["signs"])) if signs is not None else {}
    text = piece[signs.end() :] if signs is not None else piece.removeprefix("=")
    group = _GROUP.fullmatch(text)
    text = (group[1] if group is not None else text).strip()
    return Cell("" if text == _ABOVE else escaped(text), count(spans.get("\\")), count(spans.get("/")))
