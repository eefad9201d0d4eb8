"""Tables as a program prints its lists of rows: pdfplumber's `extract_tables`, JSON arrays, numpy's arrays.

Flow:  lines -> **lists** -> blocks

Read by their tokens, and never evaluated. Two strings side by side without a comma are two elements, as
numpy prints them, and not one, as Python reads them.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from gouji.inference.readers.text_tables.rows import Found, Lines, Row, table_of

PRESENT = re.compile(r"(?m)^[^\n\[\]]{0,40}\[\s*(?:\[|\(|['\"]|None|null)")
_LISTS = "lists"
_OPENING = re.compile(r"\n?[^\S\n]*(?:[\w.（）()·、 ]{0,40}[:：=]\s*)?(?:[\w.]+\()?(?=\[)")
_TOKEN = re.compile(
    r"""\s*(?:(?P<open>[\[(])|(?P<close>[\])])|(?P<comma>,)"""
    r"""|(?P<string>'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")"""
    r"""|(?P<nothing>(?:None|null|nan|NaN|NaT|<NA>|np\.nan)(?!\w))"""
    r"""|(?P<cast>[A-Za-z_][\w.]*(?=\())|(?P<number>[-+]?\d[\d.]*(?:[eE][-+]?\d+)?))"""
)

Element = str | list["Element"]


def find(lines: Lines, index: int) -> Found | None:
    """The lists that begin at a line, and in the lines right below it."""
    text = lines.text
    rows: list[tuple[int, Row]] = []  # each with the number of its table
    at = end = lines.starts[index]
    table = 0
    if index < lines.fruitless.get(_LISTS, 0):
        return None
    while (opening := _OPENING.match(text, at)) is not None and "\n\n" not in opening[0]:
        held, behind = _list(text, opening.end())
        if held is None:
            lines.tried(_LISTS, lines.behind(min(behind, len(text) - 1)))
            break
        end = behind
        for own in _tables(held):
            table += len(own) > 1 or table == 0
            rows += [(table, row) for row in own]
        at = text.find("\n", end)
        if at < 0:
            break
    if not rows:
        return None
    tables = [[row for _, row in own] for _, own in groupby(rows, key=lambda numbered: numbered[0])]
    return Found(tuple(map(table_of, tables)), lines.behind(end))


def _list(text: str, at: int) -> tuple[list[Element] | None, int]:
    """The list that begins at a place, and where it ends; None where what stands there goes on as none.

    >>> _list("[['规章', None, '3'], ['总计' 4]]", 0)
    ([['规章', '', '3'], ['总计', '4']], 29)
    """
    outer: list[Element] = []
    held = [outer]
    cast = False
    while (token := _TOKEN.match(text, at)) is not None:
        at = token.end()
        if token["open"]:
            inner: list[Element] = held[-1] if cast else []
            if not cast:
                held[-1].append(inner)
            held.append(inner)
        elif token["close"]:
            held.pop()
        elif token["string"]:
            words = token["string"]
            held[-1].append(ast.literal_eval(words) if "\\" in words else words[1:-1])
        elif token["nothing"] or token["number"]:
            held[-1].append(token["number"] or "")
        cast = token["cast"] is not None
        if len(held) == 1:
            (read,) = outer
            return (read if isinstance(read, list) else None), at
    return None, at


def _tables(held: Sequence[Element]) -> Iterator[list[Row]]:
    """The tables that a list holds: it is a row, a table, or several."""
    if all(isinstance(element, str) for element in held):
        yield [tuple(str(element) for element in held)]
        return
    inner = [element for element in held if isinstance(element, list)]
    rows = [tuple(map(str, row)) for row in inner if all(isinstance(cell, str) for cell in row)]
    if len(rows) == len(inner) == len(held):
        yield rows
    else:
        for element in inner:
            yield from _tables(element)
