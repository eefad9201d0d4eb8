"""reStructuredText's tables that are lists: `list-table`, `flat-table`, `csv-table`, in MyST's fences too.

Flow:  directive -> its rows -> **cells** -> blocks

A list in a list: a row's bullet, and below it a bullet for each cell. The kernel's `flat-table` tells how
many more columns and rows a cell goes over (`:cspan:`, `:rspan:`).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence

from gouji.inference.readers.form_words import is_official
from gouji.inference.readers.text_tables.rows import Found, Lines, table_of
from gouji.inference.readers.text_tables.spanned import Cell, blocks_of_cells, count, escaped
from gouji.inference.readers.writer import Block

_TWO_BULLETS = re.compile(r"(?P<indent>\s*)[*+-] [*+-](?:\s.*)?")
PRESENT = re.compile(
    r"(?m)^[^\S\n]*(?:(?:\.\. |(?:`{3,}|:{3,})\{)(?:list|flat|csv)-table(?:::|\})|[*+-] [*+-](?: |$))"
)
_FEWEST_LABELS = 2  # official ones, of a list without a directive
_OPENING = re.compile(
    r"(?P<indent>\s*)(?:\.\. |(?P<fence>`{3,}|:{3,})\{)(?P<kind>list|flat|csv)-table(?:::|\})\s*(?P<title>.*)"
)
_OPTION = re.compile(r"\s*:([\w-]+):\s*(.*)")
_BULLET = re.compile(r"(\s*)([*+-])(?:\s+|$)(.*)")
_SPAN = re.compile(r":([cr])span:`(\d{1,9})`\s*")
_NO_HEAD = re.compile(r"- *")  # the row of heads of a table that has none
_LISTS = "lists of lists"
_DELIMITERS = {"tab": "\t", "space": " "}


def find(lines: Lines, index: int) -> Found | None:
    """The table whose directive is a line; none where its rows lie in another file."""
    opening = _OPENING.fullmatch(lines[index])
    if opening is None:
        return _without_directive(lines, index)
    end = _end_of(lines, index, opening)
    options: dict[str, str] = {}
    at = index + 1
    while at < end and (option := _OPTION.fullmatch(lines[at])) is not None:
        options[option[1]] = option[2].strip()
        at += 1
    body = lines[at:end]
    found: tuple[Block, ...] = ()
    if opening["kind"] == "csv":
        delimiter = options.get("delim", ",")
        head = [options["header"]] if "header" in options else []
        written = [*head, *(line.strip() for line in body if line.strip())]
        delimiter = _DELIMITERS.get(delimiter, delimiter)
        if len(delimiter) == 1 and len(written) > len(head):
            found = (table_of(csv.reader(written, delimiter=delimiter, skipinitialspace=True)),)
    else:
        found = blocks_of_cells(_rows(body))
    if not found:
        return None
    return Found((*filter(None, [opening["title"].strip()]), *found), end + bool(opening["fence"]))


def _without_directive(lines: Lines, index: int) -> Found | None:
    """The table that is a list of lists, from its first row."""
    if index < lines.fruitless.get(_LISTS, 0):
        return None
    if _NO_HEAD.fullmatch(lines[index]):
        index = next((i for i in range(index + 1, len(lines)) if lines[i].strip()), index)
    opening = _TWO_BULLETS.fullmatch(lines[index])
    if opening is None:
        return None
    indent = len(opening["indent"])
    within = (i for i in range(index + 1, len(lines)) if lines[i].strip() and not _goes_on(lines[i], indent))
    end = next(within, len(lines))
    rows = [row for row in _rows(lines[index:end]) if row]
    if not is_official(([cell.shown for cell in row] for row in rows), _FEWEST_LABELS):
        lines.fruitless[_LISTS] = end
        return None
    return Found(blocks_of_cells(rows), end)


def _goes_on(line: str, indent: int) -> bool:
    """Whether a line is a row of a list of lists, or stands within one."""
    two = _TWO_BULLETS.fullmatch(line)
    own = len(line) - len(line.lstrip())
    return own > indent or (two is not None and own == indent)


def _end_of(lines: Sequence[str], index: int, opening: re.Match[str]) -> int:
    """The line behind a directive: its closing fence, or the first that stands no further right than it."""
    fence, indent = opening["fence"], len(opening["indent"])
    for at in range(index + 1, len(lines)):
        line = lines[at]
        if fence and line.strip() == fence:
            return at
        if not fence and line.strip() and len(line) - len(line.lstrip()) <= indent:
            return at
    return len(lines)


def _rows(lines: Sequence[str]) -> Iterator[list[Cell]]:
    """The rows of a list of lists."""
    row: list[list[str]] = []
    row_indent = cell_indent = -1
    for line in lines:
        outer = _BULLET.fullmatch(line)
        inner = _BULLET.fullmatch(outer[3]) if outer is not None else None
        if outer is not None and inner is not None and row_indent in (-1, len(outer[1])):
            yield list(map(_cell, row))
            row_indent, cell_indent = len(outer[1]), outer.start(3)
            row = [[inner[3]]]
        elif outer is not None and len(outer[1]) == cell_indent:
            row.append([outer[3]])
        elif row:
            row[-1].append(line.strip())
    yield list(map(_cell, row))


def _cell(lines: Sequence[str]) -> Cell:
    text = "\n".join(filter(None, lines))
    more = dict(_SPAN.findall(text))
    columns, rows = (count(str(int(more.get(kind, "0")) + 1)) for kind in "cr")
    return Cell(escaped(_SPAN.sub("", text)), columns, rows)
