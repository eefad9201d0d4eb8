"""Tables of wikis as MediaWiki writes them: `{|`, `|-`, `!` for heads, `|}`, with attributes of HTML.

Flow:  lines -> **rows of cells with their spans** -> blocks

A template (`{{…}}`) prints what only the wiki knows: it stands as a picture does, so that its cell is open.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from gouji.inference.readers.text_tables.rows import Found, Lines
from gouji.inference.readers.text_tables.spanned import PICTURE, Cell, blocks_of_cells, count

PRESENT = re.compile(r"(?m)^[ \t:*]*(?:\{\||\{\{\{!\}\})")
_OPENING = re.compile(r"[\s:*]*\{\|")
_BAR = re.compile(r"\{\{(\(?)!(\)?)\}\}")  # how a template writes a bar
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_SPAN = re.compile(r"\b(col|row)span\s*=\s*[\"']?\s*(\d{1,9})", re.IGNORECASE)
_ATTRIBUTES = re.compile(r"\s*(?:[\w:-]++\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\"'|\[{=]++)\s*)*+")
_LINK = re.compile(r"\[\[(?:([^\[\]|]*)\|)?([^\[\]]*)\]\]")
_FILE = re.compile(r"\[\[:?(?:File|Image|文件|图像|檔案)\s*:[^\[\]]*\]\]", re.IGNORECASE)
_OUTSIDE = re.compile(r"\[https?://[^\s\]]+\s*([^\]]*)\]")
_TEMPLATE = re.compile(r"\{\{[^{}]*\}\}")
_NOTE = re.compile(r"<ref\b[^>]*?(?:/>|>.*?</ref\s*>)", re.IGNORECASE | re.DOTALL)
_QUOTES = re.compile(r"'{2,}")
_NOWIKI = re.compile(r"</?nowiki\s*/?>", re.IGNORECASE)


def find(lines: Lines, index: int) -> Found | None:
    """The table that opens on a line."""
    if _OPENING.match(_opened(lines[index])) is None:
        return None
    depth, end = 0, index
    while end < len(lines):
        line = _opened(lines[end]).lstrip(" \t:*")
        depth += line.startswith("{|") - line.startswith("|}")
        end += 1
        if depth == 0:
            break
    if depth > 0:  # nothing closes it
        end = next((i for i in range(index + 1, len(lines)) if _is_behind(lines, i)), len(lines))
    body = _COMMENT.sub("", "\n".join(map(_opened, lines[index + 1 : end]))).split("\n")
    caption = next((_shown(line.lstrip()[2:]) for line in body if line.lstrip().startswith("|+")), "")
    rest = lines[end - 1].strip().partition("|}")[2] if depth == 0 else ""
    return Found((*blocks_of_cells(_rows(body), caption), *filter(None, [rest])), end)


def _is_behind(lines: Lines, index: int) -> bool:
    """Whether a table that nothing closes ends before a line: two that begin no cell are none of it."""
    return not any(line.lstrip(" \t:*").startswith(("|", "!", "{|")) for line in lines[index : index + 2])


def _opened(line: str) -> str:
    """A line with its bars as they are."""
    if "{{" not in line:
        return line
    return _BAR.sub(lambda bar: f"{'{' if bar[1] else ''}|{'}' if bar[2] else ''}", line)


def _rows(lines: list[str]) -> Iterator[list[Cell]]:
    """The rows of a table; a line that begins with no mark goes on in the cell above it."""
    row: list[str] = []
    nested = 0
    is_caption = False
    for line in lines:
        mark = line.lstrip(" \t:")
        if nested or mark.startswith("{|"):  # a table in a cell
            row[-1:] = [row[-1] if nested else f"{row[-1]}\n{PICTURE}"] if row else []
            nested += mark.startswith("{|") - mark.startswith("|}")
        elif mark.startswith(("|-", "|}", "|+")):
            is_caption = mark.startswith("|+")
            if not is_caption:
                yield list(map(_cell, row))
                row = []
        elif mark.startswith(("|", "!")):
            is_caption = False
            row += re.split(r"\|\||!!" if mark.startswith("!") else r"\|\|", mark[1:])
        elif row and not is_caption:
            row[-1] = f"{row[-1]}\n{line}"
    yield list(map(_cell, row))


def _cell(written: str) -> Cell:
    """A cell; what stands before its own bar are attributes."""
    before, bar, held = _FILE.sub(PICTURE, written).partition("|")
    if not bar or not _ATTRIBUTES.fullmatch(before):
        before, held = "", f"{before}{bar}{held}"
    spans = {name.lower(): number for name, number in _SPAN.findall(before)}
    return Cell(_shown(held), count(spans.get("col")), count(spans.get("row")))


def _shown(written: str) -> str:
    """What a piece of a wiki's text shows, as HTML.

    >>> _shown("'''[[规章|行政规章]]'''<ref>见附件</ref>"), _shown("{{n|3}}")
    ('行政规章<sup>1</sup>', '<img src="">')
    """
    text = _NOTE.sub("<sup>1</sup>", _NOWIKI.sub("", _TEMPLATE.sub(PICTURE, written)))
    text = _OUTSIDE.sub(r"\1", _LINK.sub(r"\2", text))
    return _QUOTES.sub("", text).strip().replace("\n", "<br>")
