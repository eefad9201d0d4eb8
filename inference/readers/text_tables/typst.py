"""Typst's tables: `#table(columns: 3, [..], [..], table.cell(colspan: 2)[..])`, in a figure or alone.

Flow:  lines -> the call's arguments -> cells one after the other -> **rows by the columns** -> blocks

Nothing is computed: a call whose cells or columns a program must work out (`..rows`, a variable) is no table
here.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from gouji.inference.readers.text_tables.rows import Found, Lines
from gouji.inference.readers.text_tables.spanned import PICTURE, Cell, blocks_of_cells, count, flowed

PRESENT = re.compile(r"(?<![\w.-])(?:table|grid|tablex|gridx)\(")
_NAME = re.compile(r"\s*([\w-]+)\s*:")
_CALL = re.compile(r"\s*#?((?:table|grid)\.)?(cell|header|footer|colspanx|rowspanx|cellx)\s*\(")
_LINE = re.compile(r"\s*#?(?:(?:table|grid)\.)?[hv]linex?\b")
_TIMES = re.compile(r"\(\s*[\w.%]+\s*,?\s*\)\s*\*\s*(\d{1,9})")
_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_CLOSING = {"[": "]", "(": ")", "{": "}"}
_COMMENT = re.compile(r"(?<![:\\])//[^\n]*|/\*.*?\*/", re.DOTALL)
_FUNCTION = re.compile(
    r"#(strike|super|sub|footnote|strong|emph|text|align|par|underline|block|smallcaps|highlight|box)"
    r"(?:\([^()\[\]]*\))?\["
)
_ELEMENTS = {"strike": "s", "super": "sup", "sub": "sup", "footnote": "sup"}
_IMAGE = re.compile(r"#image\([^()]*\)")
_BREAK = re.compile(r"(?m)\\\s*$|\\ |#linebreak\(\)")
_EMPHASIS = re.compile(r"(?<!\\)[*_]")
_ESCAPED = re.compile(r"\\([^\w\s])")
_MOST_COLUMNS = 100
_CALLS = "typst"


class _Computed(Exception):
    """What the call holds must be computed."""


def find(lines: Lines, index: int) -> Found | None:
    """The table whose call opens on a line."""
    if PRESENT.search(lines[index]) is None:
        return None
    text, start = lines.text, lines.starts[index]
    opening = PRESENT.search(text, start)
    assert opening is not None
    end = _end_of(text, opening.end() - 1) if index >= lines.fruitless.get(_CALLS, 0) else None
    if end is None:
        lines.fruitless[_CALLS] = len(lines)  # what is not closed takes the rest of the text
        return None
    try:
        columns = 0
        cells: list[Cell] = []
        for name, value in _arguments(_without_comments(text[opening.end() : end])):
            if name == "columns":
                columns = _columns(value)
            elif not name:
                cells += _cells(value)
    except _Computed:
        return None
    behind = lines.behind(end)
    return Found(blocks_of_cells(flowed(cells, columns or 1)), behind) if cells else None


def _without_comments(text: str) -> str:
    return _COMMENT.sub(lambda found: " " * len(found[0]), text)


def _end_of(text: str, start: int) -> int | None:
    """Where the bracket that opens at a place is closed; within print round ones stand for themselves."""
    open_: list[str] = []
    at = start
    while at < len(text):
        sign = text[at]
        in_print = bool(open_) and open_[-1] == "]"
        if sign == "\\":
            at += 1
        elif sign == '"' and not in_print:
            at = _behind_string(text, at) - 1
        elif sign == "[" or (sign in "({" and not in_print):
            open_.append(_CLOSING[sign])
        elif open_ and sign == open_[-1]:
            open_.pop()
            if not open_:
                return at
        at += 1
    return None


def _behind_string(text: str, at: int) -> int:
    found = _STRING.match(text, at)
    return len(text) if found is None else found.end()


def _arguments(text: str) -> Iterator[tuple[str, str]]:
    """The arguments of a call: their names, or none, and what is given."""
    start = at = 0
    while at <= len(text):
        sign = text[at : at + 1]
        if sign and sign in _CLOSING:
            end = _end_of(text, at)
            at = len(text) if end is None else end
        elif sign == '"':
            at = _behind_string(text, at) - 1
        elif sign in (",", ""):
            written = text[start:at].strip()
            name = _NAME.match(written)
            if written:
                yield (name[1], written[name.end() :].strip()) if name else ("", written)
            start = at + 1
        at += 1


def _columns(value: str) -> int:
    """How many columns a value says there are.

    >>> _columns("4"), _columns("(1fr, auto, 2cm)"), _columns("(auto,) * 3")
    (4, 3, 3)
    """
    if value.isdecimal():
        number = int(value[:9])
    elif (times := _TIMES.fullmatch(value)) is not None:
        number = int(times[1])
    elif value.startswith("(") and value.endswith(")"):
        number = sum(1 for _ in _arguments(value[1:-1]))
    elif value == "auto" or re.fullmatch(r"[\d.]+\w+", value):
        number = 1
    else:
        raise _Computed
    if not 0 < number <= _MOST_COLUMNS:
        raise _Computed
    return number


def _cells(value: str) -> Iterator[Cell]:
    """The cells of one argument: print, a cell with its spans, a head's or a foot's cells, or none."""
    if value.startswith(("[", '"')):
        yield Cell(_print(value))
        return
    call = _CALL.match(value)
    if call is None:
        if _LINE.match(value):
            return
        raise _Computed
    end = _end_of(value, call.end() - 1)
    if end is None:
        raise _Computed
    given = list(_arguments(value[call.end() : end]))
    trailing = value[end + 1 :].strip()
    shown = [held for name, held in given if not name] + ([trailing] if trailing else [])
    if call[2] in ("header", "footer"):
        for held in shown:
            yield from _cells(held)
        return
    spans = dict(given)
    if not call[2].startswith("cell"):  # tablex: colspanx(2)[..]
        spans = {call[2].removesuffix("x"): shown.pop(0)}
    if len(shown) > 1:
        raise _Computed
    yield Cell("".join(map(_print, shown)), count(spans.get("colspan")), count(spans.get("rowspan")))


def _print(written: str) -> str:
    r"""What a piece of print shows, as HTML.

    >>> _print("[*规章* #footnote[见附件]]"), _print('"3"'), _print(r"[#strike[3] 4\%]")
    ('规章 <sup>见附件</sup>', '3', '<s>3</s> 4%')
    """
    if not written.startswith(("[", '"')):
        raise _Computed
    text = html.escape(written[1:-1].strip(), quote=False)
    text = _tagged(_BREAK.sub("<br>", _IMAGE.sub(PICTURE, text)))
    return _ESCAPED.sub(r"\1", _EMPHASIS.sub("", text)).replace("~", "\u00a0").strip()


def _tagged(text: str) -> str:
    """Print with the functions that strike it, raise it, or note something, as elements."""
    parts: list[str] = []
    open_: list[str] = []  # what closes each bracket
    at = 0
    while at < len(text):
        if text[at] == "\\":
            parts.append(text[at : at + 2])
            at += 2
        elif (function := _FUNCTION.match(text, at)) is not None:
            element = _ELEMENTS.get(function[1], "span")
            open_.append(f"</{element}>")
            parts.append(f"<{element}>")
            at = function.end()
        else:
            if text[at] == "[":
                open_.append("]")
            parts.append(open_.pop() if text[at] == "]" and open_ else text[at])
            at += 1
    return "".join(parts)
