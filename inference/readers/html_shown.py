"""Tell what an element shows in a cell that is not its text: a field's value, a picture, what a script fills.

Flow:  element -> **what it shows** -> blocks
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from gouji.inference.readers.marks import PICTURE

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from gouji.inference.readers.html_styles import Look, Styles

_DRAWN = frozenset((  # what shows something, and holds no text of the page
    "script", "iframe", "object", "embed", "svg", "canvas", "video", "applet", "meter", "progress",
))  # fmt: skip

_FIGURES = re.compile(r"[\W\d减增万元件]*\d[\W\d减增万元件]*")  # and their marks, signs and units
_ICON = re.compile(r"icon|glyph|sprite|num|digit|(?:^|\s)fa-", re.IGNORECASE)  # of an empty element's class
_BOUND = ("v-text", "v-html", "ng-bind", "ng-bind-html", "data-bind", "x-text", "x-html", ":text", ":html")
_TYPED = frozenset(("checkbox", "radio", "range", "color", "file", "image", "password"))  # fields of no text
_PRESSED = frozenset(("button", "submit", "reset"))


def draws(node: LexborNode, look: Look) -> bool:
    """Whether an element shows something besides its text, or has none and is filled by a script."""
    if look.drawn:
        return True
    if node.text().strip():
        return False
    attributes = node.attributes
    named = attributes.get("class") or ""
    return (
        any(name in attributes for name in _BOUND)
        or _ICON.search(named) is not None
        or (node.tag == "i" and bool(named))
    )


def is_turned(node: LexborNode, look: Look) -> bool:
    """Whether a cell shows its figures in another order than its text has them, by an element of it."""
    if not (look.moved or look.reversed):
        return False
    cell: LexborNode | None = node
    while cell is not None and cell.tag not in ("td", "th"):
        cell = cell.parent
    own, whole = node.text().strip(), (cell or node.parent or node).text().strip()
    if not _FIGURES.fullmatch(whole):
        return False
    return (look.moved and own != whole) or (look.reversed and _pieces(node) > 1)


def is_note(node: LexborNode, look: Look) -> bool:
    """Whether an element that is shifted holds a note's number, and no word of the line."""
    return look.shifted and _FIGURES.fullmatch(node.text()) is not None


def is_numbered(item: LexborNode, styles: Styles) -> bool:
    """Whether a browser prints a number before an item of a list."""
    held_by = item.parent
    if item.tag != "li" or held_by is None or held_by.tag != "ol":
        return False
    return not (styles.is_unnumbered(item) or styles.is_unnumbered(held_by))


def _pieces(node: LexborNode) -> int:
    """How many pieces of print an element holds."""
    child, found = node.child, 0
    while child is not None:
        found += bool((child.text_content or "" if child.tag == "-text" else child.text()).strip())
        child = child.next
    return found


def in_place_of(node: LexborNode) -> str:
    """What an element that is passed over elsewhere shows in a cell."""
    tag = node.tag
    if tag == "select":
        chosen = node.css_first("option[selected]")
        return f" {chosen.text()} " if chosen is not None else PICTURE
    if tag == "button":
        return f" {node.text()} "
    if tag in _DRAWN and (tag != "script" or node.text().strip()):
        return PICTURE
    return ""


def typed_in(node: LexborNode, *, in_cell: bool) -> str:
    """What stands in a field."""
    kind = (node.attributes.get("type") or "text").lower()
    value = node.attributes.get("value")
    if kind == "hidden" or (kind in _PRESSED and not in_cell):
        return ""
    if kind in _TYPED or value is None or (not value and node.attributes.get("placeholder")):
        return PICTURE if in_cell else ""
    return f" {value} " if kind in _PRESSED else value


def is_picture(image: LexborNode) -> bool:
    """Whether an image may show a number: a spacer may not."""
    sizes = [image.attributes.get(side) or "" for side in ("width", "height")]
    return not any(size in ("0", "1", "0px", "1px") for size in sizes)
