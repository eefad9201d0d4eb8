"""Tables of forums: BBCode, which is HTML in square brackets.

Flow:  lines -> **markup of a table** -> blocks

Discuz writes a cell's span as `[td=2,1]` (columns, rows, then a width), others as `[td colspan=2]`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from gouji.inference.readers.text_tables.rows import Found, Lines
from gouji.inference.readers.text_tables.spanned import PICTURE, Cell, blocks_of_cells, count

PRESENT = re.compile(r"\[table\b[^\]\n]*\]", re.IGNORECASE)
_EDGE = re.compile(r"\[(/?)table\b[^\]\n]*\]", re.IGNORECASE)
_ROW = re.compile(r"\[tr\b[^\]\n]*\]", re.IGNORECASE)
_CELL = re.compile(r"\[t[dh]\b([^\]\n]*)\]", re.IGNORECASE)
_END_OF_CELL = re.compile(r"\[/t[dhr]\]", re.IGNORECASE)
_SPANS = re.compile(r"\s*=\s*[\"']?(\d{1,9})\s*,\s*(\d{1,9})")
_NAMED = re.compile(r"\b(col|row)span\s*=\s*[\"']?(\d{1,9})", re.IGNORECASE)
_IMAGE = re.compile(r"\[(?:img|attach|attachimg)\b[^\]\n]*\][^\[]*\[/\w+\]", re.IGNORECASE)
_STRUCK = re.compile(r"\[(/?)(?:s|strike|del)\]", re.IGNORECASE)
_RAISED = re.compile(r"\[(/?)su[pb]\]", re.IGNORECASE)
_STYLE = re.compile(
    r"\[/?(?:b|i|u|p|center|left|right|align|size|color|backcolor|font|url|h\d|indent|justify)"
    r"(?:=[^\]\n]*)?\]",
    re.IGNORECASE,
)


def find(lines: Lines, index: int) -> Found | None:
    """The table that opens on a line."""
    if PRESENT.search(lines[index]) is None:
        return None
    text, start = lines.text, lines.starts[index]
    opening = PRESENT.search(text, start)
    assert opening is not None
    end = _end_of(text, opening.start())
    closing = text.find("]", end) + 1 if end < len(text) else end
    above = without_styles(text[start : opening.start()]).strip()
    rows = [list(map(_cell, _pieces(row))) for row in _rows(text[opening.end() : end])]
    return Found(blocks_of_cells(rows, above), lines.behind(max(closing - 1, start)))


def without_styles(text: str) -> str:
    """A line without the tags that only say how it looks.

    >>> without_styles("[size=4][b]二、主动公开[/b][/size]"), without_styles("[附件]")
    ('二、主动公开', '[附件]')
    """
    return _STYLE.sub("", text)


def _end_of(text: str, start: int) -> int:
    """Where the closing tag of the table that begins at a place stands, those in its cells closed."""
    depth = 0
    for edge in _EDGE.finditer(text, start):
        depth += -1 if edge[1] else 1
        if depth == 0:
            return edge.start()
    return len(text)


def _rows(text: str) -> Iterator[str]:
    """What stands behind each row's tag, up to the next one's."""
    found = list(_ROW.finditer(text))
    for row, following in zip(found, [*found[1:], None], strict=False):
        yield text[row.end() : following.start() if following else len(text)]


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """What stands in each cell's tag, and behind it up to the cell's end."""
    found = list(_CELL.finditer(text))
    for cell, following in zip(found, [*found[1:], None], strict=False):
        held = text[cell.end() : following.start() if following else len(text)]
        yield cell[1], _END_OF_CELL.split(held, maxsplit=1)[0]


def _cell(piece: tuple[str, str]) -> Cell:
    attributes, held = piece
    named = {name.lower(): number for name, number in _NAMED.findall(attributes)}
    given = _SPANS.match(attributes)
    columns, rows = given.groups() if given else (named.get("col"), named.get("row"))
    shown = html.escape(without_styles(held).strip(), quote=False)
    shown = _RAISED.sub(r"<\1sup>", _STRUCK.sub(r"<\1s>", _IMAGE.sub(PICTURE, shown)))
    return Cell(shown.replace("\n", "<br>"), count(columns), count(rows))
