"""AsciiDoc's tables: between fences `|===`, a bar before each cell, its spans and its repeats before the bar.

Flow:  lines -> cells one after the other -> **rows by the columns** -> blocks

The columns are those that `cols` names, or those of the first line of cells. `3+|` goes over three columns,
`.2+|` over two rows, `3*|` is three cells alike. `,===` and `:===` hold CSV.
"""

from __future__ import annotations

import csv
import html
import re
from collections.abc import Iterator

from gouji.inference.readers.text_tables.rows import Found, Lines, table_of
from gouji.inference.readers.text_tables.spanned import PICTURE, Cell, blocks_of_cells, count, flowed
from gouji.inference.readers.writer import Block

PRESENT = re.compile(r"(?m)^[^\S\n]*[|,:]={3,}[^\S\n]*$")
_FENCE = re.compile(r"([|,:])={3,}\s*")
_COLUMNS = re.compile(r"\bcols\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^,\]]+))")
_REPEAT = re.compile(r"\s*(\d{1,9})\*")
_FORMAT = re.compile(r"format\s*=\s*[\"']?(csv|tsv|dsv)|%(csv|tsv|dsv)")
_CELL = re.compile(
    r"(?:(?:(?<=\s)|^)(?:(?:(?P<columns>\d{1,9})?(?:\.(?P<rows>\d{1,9}))?\+)|(?P<times>\d{1,9})\*)?"
    r"(?:[<^>]?(?:\.[<^>])?)[aehlmdsv]?)?(?<!\\)\|"
)
_STRUCK = re.compile(r"\[\.?line-through\]#+([^#]+)#+")
_ROLE = re.compile(r"\[\.?[\w.\s-]+\]#+([^#]+)#+")
_NOTE = re.compile(r"footnote(?:ref)?:\w*\[[^\]]*\]|\^[^\s^]+\^|~[^\s~]+~")
_IMAGE = re.compile(r"image::?[^\s\[]+\[[^\]]*\]")
_PASSED = re.compile(r"pass:\w*\[([^\]]*)\]|\+{1,3}([^+\n]+)\+{1,3}|`([^`\n]+)`")
_EMPHASIS = re.compile(r"(?<![\w*])\*{1,2}([^*\n]+)\*{1,2}(?![\w*])|(?<![\w_])_{1,2}([^_\n]+)_{1,2}(?![\w_])")
_BREAK = re.compile(r" \+$", re.MULTILINE)
_ATTRIBUTE = {"{nbsp}": "\u00a0", "{empty}": "", "{zwsp}": "", "{vbar}": "|", "{sp}": " ", "{plus}": "+"}
_DELIMITERS = {"csv": ",", "tsv": "\t", "dsv": ":", ",": ",", ":": ":"}


def find(lines: Lines, index: int) -> Found | None:
    """The table that its attributes or its fence begin on a line; a title above it is a line of its own."""
    begin = index
    while begin < min(index + 3, len(lines)) and lines[begin].lstrip().startswith(("[", ".")):
        begin += 1
    fence = _FENCE.fullmatch(lines[begin].lstrip()) if begin < len(lines) else None
    if fence is None:
        return None
    closing = lines[begin].strip()
    end = next((i for i in range(begin + 1, len(lines)) if lines[i].strip() == closing), len(lines))
    said = [line.lstrip() for line in lines[index:begin]]
    above = [line for line in said if line.startswith("[")]
    title = next((line[1:] for line in said if line.startswith(".")), "")
    given = _FORMAT.search(" ".join(above))
    delimiter = _DELIMITERS.get((given[1] or given[2]) if given else fence[1])
    body = lines[begin + 1 : end]
    if delimiter is not None:
        records = csv.reader((line for line in body if line.strip()), delimiter=delimiter)
        found: tuple[Block, ...] = (*filter(None, [title]), table_of(records))
    else:
        found = _by_bars(body, _width(" ".join(above)), title)
    return Found(found, min(end + 1, len(lines))) if found else None


def _by_bars(body: list[str], width: int, title: str) -> tuple[Block, ...]:
    """The blocks of cells with bars before them; none where they fill no rows."""
    first = next((line for line in body if line.strip()), "")
    width = width or sum(cell.columns for cell in _cells(first))
    cells = list(_cells("\n".join(body)))
    if not width or not cells:
        return ()
    rows = flowed(cells, width)
    return blocks_of_cells(rows, title)


def _width(attributes: str) -> int:
    """How many columns attributes name; 0 where they do not.

    >>> _width('[cols="1,2*,>3"]'), _width("[cols=3*]"), _width('[cols=",,,",options="header"]'), _width("")
    (4, 3, 4, 0)
    """
    found = _COLUMNS.search(attributes)
    if found is None:
        return 0
    columns = next(part for part in found.groups() if part is not None).strip()
    pieces = re.split("[,;]", columns)
    pieces = pieces[:-1] if len(pieces) > 1 and not pieces[-1] and any(pieces) else pieces
    return sum(count(repeat[1]) if (repeat := _REPEAT.match(piece)) else 1 for piece in pieces)


def _cells(text: str) -> Iterator[Cell]:
    """The cells of a text, each up to the next one's bar."""
    found = list(_CELL.finditer(text))
    for cell, following in zip(found, [*found[1:], None], strict=False):
        shown = _shown(text[cell.end() : following.start() if following else len(text)])
        for _ in range(count(cell["times"])):
            yield Cell(shown, count(cell["columns"]), count(cell["rows"]))


def _shown(written: str) -> str:
    """What a cell shows, as HTML.

    >>> _shown("*规章* +\\n（部门）"), _shown("[.line-through]#3#4{empty}"), _shown("image:a.png[]")
    ('规章<br>（部门）', '<s>3</s>4', '<img src="">')
    """
    text = html.escape(written.strip(), quote=False).replace("&amp;", "&")
    for name, shown in _ATTRIBUTE.items():
        text = text.replace(name, shown)
    text = _NOTE.sub("<sup>1</sup>", _ROLE.sub(r"\1", _STRUCK.sub(r"<s>\1</s>", text)))
    text = _EMPHASIS.sub(_inner, _PASSED.sub(_inner, _IMAGE.sub(PICTURE, text)))
    return _BREAK.sub("", text).replace("\\|", "|").replace("\n", "<br>")


def _inner(found: re.Match[str]) -> str:
    return next(part for part in found.groups() if part is not None)
