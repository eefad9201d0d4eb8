"""Let no markup pass whose tree takes time beyond all measure: nested or stuffed with attributes without end.

Flow:  text of an HTML page -> **bounds** -> tree

Each element costs its parser a walk over all that are open, each attribute one over all before it: the
time of both grows with the square. They are counted in the text, roughly, before there is a tree.
"""

from __future__ import annotations

import re
from collections import Counter

from gouji.inference.limits import limits
from gouji.inference.reading import ReadingError

_TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)(?![\w:-])")
_QUOTED = re.compile(r'"[^"]*"|\'[^\']*\'')
# Elements that hold no others, or end where the next of them begins.
_FLAT = frozenset((
    "p", "li", "td", "th", "tr", "dt", "dd", "option", "optgroup", "br", "hr", "img", "input", "meta", "link",
    "col", "area", "base", "source", "wbr", "embed", "param", "track", "tbody", "thead", "tfoot", "colgroup",
))  # fmt: skip


def refuse_boundless(name: str, text: str) -> None:
    """Refuse a page of too many elements, too deep nesting, or too many attributes.

    Raises:
        ReadingError: It is one.
    """
    most = limits()
    tags = text.count("<")
    if tags - text.count("</") > most.tags:
        raise ReadingError(f"{name}: {most.reached('tags', tags)}")
    if tags > most.nesting and (deepest := _deepest(text)) > most.nesting:
        raise ReadingError(f"{name}: {most.reached('nesting', deepest)}")
    for tag in re.finditer(rf"<[a-zA-Z][^<>]{{{2 * most.attributes},}}", text):
        attributes = len(_QUOTED.sub("", tag[0]).split()) - 1
        if attributes > most.attributes:
            raise ReadingError(f"{name}: {most.reached('attributes', attributes)}")


def _deepest(text: str) -> int:
    """How many elements are open at a time, at most, where each is closed by its own tag."""
    open_now: Counter[str] = Counter()
    depth = deepest = 0
    for closing, tag in _TAG.findall(text):
        tag = tag.lower()
        if tag in _FLAT:
            continue
        if not closing:
            open_now[tag] += 1
            depth += 1
            deepest = max(deepest, depth)
        elif open_now[tag]:
            open_now[tag] -= 1
            depth -= 1
    return deepest
