"""Find tables that are no `table`: rows and cells that are divisions, list items or spans.

Flow:  tree -> **rows of cells** -> blocks -> text

An element is a table where most of its children are rows, and a row where all of its children are
small and nothing stands beside them. Inline elements are cells only where their role, style or
class says so: word processors cut every sentence into spans. An empty element is an empty cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

_FEWEST_ROWS = 2  # of so many cells at least ...
_FEWEST_CELLS = 3
_MOST_CHARACTERS = 150  # of a cell; the longest official label has 90
_CELLS = frozenset(("div", "section", "li", "dd", "dt"))  # sections: articles of WeChat
_INSIDE = "table, ul, ol, dl, h1, h2, iframe, form"  # of no cell
_CELL_ROLES = frozenset(("cell", "gridcell", "columnheader", "rowheader"))
_CELL_CLASS = re.compile(r"(?:^|[\s_-])(?:td|th|t?cell|col|column)(?:$|[\s_\d-])", re.IGNORECASE)
_CELL_STYLE = re.compile(r"display\s*:\s*table-cell", re.IGNORECASE)

Row = list["LexborNode"]


def grid_rows(node: LexborNode) -> list[Row] | None:
    """The rows of an element that is a table, each by its cells; None where it is none."""
    children = _elements(node)
    if children is None or len(children) < _FEWEST_ROWS:
        return None
    rows: list[Row] = []
    others = 0
    for child in children:
        found = list(_rows(child))
        others += not found
        rows.extend(found or [[_innermost(child)]])
    wide = sum(len(row) >= _FEWEST_CELLS for row in rows)
    if (
        wide < _FEWEST_ROWS
        or others * 2 > len(children)
        or not all(_is_small(c) for row in rows for c in row)
    ):
        return None
    return rows


def _rows(node: LexborNode) -> Iterator[Row]:
    """The row that an element is, or the rows of the group of rows that it is."""
    children = _elements(node)
    if not children:
        return
    if len(children) > 1 and all(_is_cell(child) and _is_small(child) for child in children):
        yield children
        return
    group = [_elements(child) or [] for child in children]
    if all(len(row) > 1 and all(_is_cell(c) and _is_small(c) for c in row) for row in group):
        yield from group


def _innermost(node: LexborNode) -> LexborNode:
    """What an element that holds nothing but one other is: that one."""
    while (children := _elements(node)) is not None and len(children) == 1:
        node = children[0]
    return node


def _elements(node: LexborNode) -> list[LexborNode] | None:
    """An element's children; None where text stands beside them."""
    found = []
    child = node.child
    while child is not None:
        tag = child.tag or ""
        if tag == "-text":
            if (child.text_content or "").strip():
                return None
        elif not tag.startswith(("-", "!")):
            found.append(child)
        child = child.next
    return found


def _is_cell(node: LexborNode) -> bool:
    if node.tag in _CELLS:
        return True
    attributes = node.attributes
    return (
        attributes.get("role") in _CELL_ROLES
        or _CELL_CLASS.search(attributes.get("class") or "") is not None
        or _CELL_STYLE.search(attributes.get("style") or "") is not None
    )


def _is_small(node: LexborNode) -> bool:
    inside = (below for below in node.css(_INSIDE) if below.mem_id != node.mem_id)
    return next(inside, None) is None and len(node.text().strip()) <= _MOST_CHARACTERS
