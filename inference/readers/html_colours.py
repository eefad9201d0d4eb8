"""Tell which elements of a page print in the colour of their own ground.

Flow:  tree, declarations -> **hidden print** -> looks -> blocks

Only an element that declares a colour or a ground itself is looked at, a cell with its row: a page whose
sheets lie elsewhere may be light on dark as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from gouji.inference.readers.colours import BLACK, WHITE, Colour, are_alike, of_css

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

Values = Callable[["LexborNode"], Mapping[str, str]]  # what is declared of an element

_GROUNDS = ("background-color", "background")
_DECLARING = "[style], [class], [id], [color], [bgcolor]"


def is_unseen_by_colour(node: LexborNode, values: Values) -> bool:
    """Whether an element's own print has the colour of its ground.

    Args:
        node: The element.
        values: What the page's sheets and its own style declare of an element, by the property.
    """
    own = [node, *([node.parent] if node.tag in ("td", "th") and node.parent is not None else [])]
    if not any(_declares(each, values(each)) for each in own):
        return False
    colour = _first((_colour(each, values(each)) for each in _upwards(node)), BLACK)
    ground = _first((_ground(each, values(each)) for each in _upwards(node)), WHITE)
    if colour is None or ground is None or not are_alike(colour, ground):
        return False
    return _says_something(node) or not any(
        _declares(below, values(below)) for below in node.css(_DECLARING) if below != node
    )


def _declares(node: LexborNode, values: Mapping[str, str]) -> bool:
    return _colour(node, values) is not None or _ground(node, values) is not None


def _colour(node: LexborNode, values: Mapping[str, str]) -> str | None:
    return values.get("color") or (node.attributes.get("color") if node.tag == "font" else None)


def _ground(node: LexborNode, values: Mapping[str, str]) -> str | None:
    declared = next((values[name] for name in _GROUNDS if name in values), None)
    value = declared or node.attributes.get("bgcolor")
    return None if value in ("transparent", "none", "inherit", "initial") else value


def _first(declared: Iterator[str | None], otherwise: Colour) -> Colour | None:
    """The first that is declared; None where that is no colour that is known."""
    value = next((each for each in declared if each is not None and each != "inherit"), None)
    return otherwise if value is None else of_css(value)


def _upwards(node: LexborNode | None) -> Iterator[LexborNode]:
    while node is not None:
        yield node
        node = node.parent


def _says_something(node: LexborNode) -> bool:
    """Whether an element has letters or figures of its own, besides those of elements in it."""
    return any(map(str.isalnum, node.text(deep=False)))
