"""Write a document of another XML vocabulary as HTML: its tables, cells and spans under HTML's names.

Flow:  XML -> **tags of HTML** -> tree -> blocks -> page

A vocabulary is a few names in `_NAMES`, and how it tells spans. The text is walked tag by tag, so that a file
that is cut off, or is a piece, is read as far as it goes. What is no name here is a block of its own, so that
two texts are never one word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

_TAG = re.compile(
    r"<!\[CDATA\[(?P<data>.*?)\]\]>|<!--.*?-->|<[!?][^>]*>"
    r"|<(?P<end>/?)(?:[\w.-]+:)?(?P<name>[A-Za-z_][\w.-]*)(?P<attributes>(?:\s+[\w.:-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*)"
    r"\s*(?P<empty>/?)>",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"(?:[\w.-]+:)?([\w.-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_NAMES: Mapping[str, str] = {
    **dict.fromkeys(("informaltable", "simpletable", "Table"), "table"),
    **dict.fromkeys(("row", "strow", "sthead", "Row"), "tr"),
    **dict.fromkeys(("entry", "cell", "stentry", "Cell"), "td"),
    **dict.fromkeys(("para", "simpara", "Para", "Plain"), "p"),
    **dict.fromkeys(("title", "head", "Header"), "h2"),
    **dict.fromkeys(("superscript", "footnote", "fn", "note", "Note", "Superscript"), "sup"),
    **dict.fromkeys(("subscript", "Subscript"), "sub"),
    **dict.fromkeys(("strike", "strikethrough", "Strikeout"), "del"),
    **dict.fromkeys(("graphic", "inlinegraphic", "imagedata", "image", "Image"), "img"),
    **dict.fromkeys(("lb", "LineBreak", "empty-line", "Br"), "br"),
    "TableHead": "thead", "TableFoot": "tfoot", "td": "td", "th": "th", "tr": "tr", "table": "table",
}  # fmt: skip
_INLINE = frozenset((
    "emphasis", "phrase", "literal", "link", "ulink", "xref", "quote", "hi", "ref", "seg", "num", "bold",
    "italic", "underline", "sc", "ext-link", "styled-content", "named-content", "ph", "Span", "Strong",
    "Emph", "Str", "Underline", "Quoted", "Link", "Code", "CharacterStyleRange", "Content", "style", "strong",
    "a", "b", "i", "u", "em", "span", "font", "sup", "sub", "del", "s", "small", "code",
))  # fmt: skip
_BLANK = frozenset(("Space", "SoftBreak", "tab"))  # elements that are a blank
# What stands around rows, and shows nothing itself.
_AROUND = frozenset((
    "tgroup", "tbody", "thead", "tfoot", "colspec", "spanspec", "colspecs", "ColSpec", "TableBody", "header",
    "body", "Column", "col", "colgroup",
))  # fmt: skip
_SILENT = frozenset(("binary", "colspecs", "Properties", "script", "teiHeader"))  # with all that is in them
_VOID = frozenset(("br", "img"))
_STRUCK = re.compile(r"strike|line-?through|删除")
_COLUMN, _ROWS = (
    re.compile(r"(?:col-span|ColumnSpan|colspan|cols)$"),
    re.compile(r"(?:row-span|RowSpan|rowspan|rows)$"),
)


@dataclass(slots=True)
class _Walk:
    """Where a walk through the tags of a document is."""

    columns: list[str] = field(default_factory=list)  # of CALS: the names of a table's columns
    row: str | None = None  # of InDesign: the number of the row that is open
    silent: str | None = None  # what is passed over, to its end
    struck: list[str] = field(default_factory=list)  # inline elements that are open: what closes them


def html_of(xml: str) -> str:
    """A document as HTML.

    >>> html_of('<tgroup cols="2"><row><entry>规章</entry><entry morerows="1"/></row></tgroup>')
    '<tr><td>规章</td><td rowspan="2"></td></tr>'
    """
    walk = _Walk()
    parts: list[str] = []
    at = 0
    for tag in _TAG.finditer(xml):
        if walk.silent is None:
            parts.append(xml[at : tag.start()].replace("<", "&lt;"))
            parts += _written(tag, walk)
        elif tag["end"] and tag["name"] == walk.silent:
            walk.silent = None
        at = tag.end()
    return "".join([*parts, xml[at:].replace("<", "&lt;") if walk.silent is None else ""])


def _written(tag: re.Match[str], walk: _Walk) -> Iterator[str]:
    """What a tag is in HTML."""
    name = tag["name"]
    if tag["data"] is not None:
        yield tag["data"].replace("&", "&amp;").replace("<", "&lt;")
    elif name in _BLANK:
        yield " "
    elif name is not None and name in _SILENT and not tag["end"] and not tag["empty"]:
        walk.silent = name
    elif name is not None:
        if tag["end"]:
            yield from _closed(name, walk)
        else:
            yield from _opened(name, dict(_attributes(tag["attributes"])), walk)
            if tag["empty"]:
                yield from _closed(name, walk)


def _attributes(written: str) -> Iterator[tuple[str, str]]:
    for attribute in _ATTRIBUTE.finditer(written):
        yield attribute[1], attribute[2] if attribute[2] is not None else attribute[3]


def _opened(name: str, told: Mapping[str, str], walk: _Walk) -> Iterator[str]:
    """What an element begins with."""
    if name == "tgroup" or name in ("table", "Table", "informaltable"):
        walk.columns.clear()
        walk.row = None
    if name == "colspec":
        walk.columns.append(told.get("colname", str(len(walk.columns) + 1)))
    if name in _AROUND:
        return
    if name == "Cell" and ":" in told.get("Name", ""):
        yield from _row_of_cell(told["Name"].partition(":")[2], walk)
    own = _NAMES.get(name)
    if own == "td" or own == "th":
        yield f"<{own}{_spans(told, walk)}>"
    elif own == "img":
        yield '<img src="drawn">'
    elif own is not None:
        yield f"<{own}>"
    elif name in _INLINE:
        is_struck = name in ("del", "s") or any(map(_STRUCK.search, told.values()))
        walk.struck.append("del" if is_struck else "span" if name not in ("sup", "sub") else name)
        yield f"<{walk.struck[-1]}>"
    else:
        yield "<div>"


def _closed(name: str, walk: _Walk) -> Iterator[str]:
    """What an element ends with."""
    own = _NAMES.get(name)
    if name in _AROUND or own in _VOID:
        return
    if name == "Table" and walk.row is not None:
        walk.row = None
        yield "</tr>"
    if own is not None:
        yield f"</{own}>"
    elif name in _INLINE:
        yield f"</{walk.struck.pop() if walk.struck else 'span'}>"
    else:
        yield "</div>"


def _row_of_cell(row: str, walk: _Walk) -> Iterator[str]:
    """The edges of rows, where cells name theirs: `Name="2:0"` is the third cell of the first row."""
    if row != walk.row:
        yield "</tr><tr>" if walk.row is not None else "<tr>"
        walk.row = row


def _spans(told: Mapping[str, str], walk: _Walk) -> str:
    """How many columns and rows a cell goes over, as HTML says it."""
    columns = next((told[key] for key in told if _COLUMN.match(key)), "1")
    rows = next((told[key] for key in told if _ROWS.match(key)), "1")
    first, last = told.get("namest"), told.get("nameend")
    if first in walk.columns and last in walk.columns:
        columns = str(walk.columns.index(last) - walk.columns.index(first) + 1)
    if told.get("morerows", "").isdecimal():
        rows = str(int(told["morerows"][:3]) + 1)
    written = [("colspan", columns), ("rowspan", rows)]
    return "".join(f' {key}="{count}"' for key, count in written if count.isdecimal() and count != "1")
