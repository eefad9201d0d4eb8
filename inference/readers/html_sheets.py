"""Read the style sheets that a page itself holds: their rules, and whether each holds on a screen.

Flow:  tree -> **rules** -> looks -> blocks

Sheets that lie elsewhere are not fetched. A screen of common width is assumed; what depends on more than
that (its height, its pointer, what a browser supports) may hold or not, and its rules say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from gouji.inference.limits import limits
from gouji.inference.reading import ReadingError

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

NAMED = 100  # steps that an element takes which a rule names, where one that it does not name takes one
_WIDTH = 1280  # pixels of the screen
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_PIECE = re.compile(r"""((?:[^{};"']+|"[^"]*"|'[^']*'|["'])*)([{};]|$)""")
# One of several selectors or conditions, with the commas in its brackets.
_LISTED = re.compile(r"(?:[^,()\[\]]|\((?:[^()]|\([^()]*\))*\)|\[[^\[\]]*\]|[()\[\]])+")
_DECLARATION = re.compile(r"\s*([\w-]+)\s*:\s*((?:[^;\"']|\"[^\"]*\"|'[^']*')*)")
_AT = re.compile(r"@([\w-]+)\s*(.*)", re.DOTALL)
_SCREENS = ("screen", "all")
_FEATURE = re.compile(r"\(([^()]*)\)")
_LIMIT = re.compile(r"(min|max)-(?:device-)?width\s*:\s*(\d+(?:\.\d*)?|\.\d+)\s*(px|em|rem)")
_RANGE = re.compile(r"width\s*([<>])=?\s*(\d+(?:\.\d*)?|\.\d+)\s*(px|em|rem)")
_PIXELS = {"px": 1.0, "em": 16.0, "rem": 16.0}

Declarations = tuple[tuple[str, str], ...]  # properties and their values


@dataclass(frozen=True, slots=True)
class Rule:
    """What a sheet declares of the elements that a selector names; `sure` where it holds on our screen."""

    selector: str
    declarations: Declarations
    sure: bool


@dataclass(slots=True)
class _Block:
    """What stands between two braces."""

    selectors: tuple[str, ...] = ()
    holds: bool | None = True  # None: it may
    declared: list[str] = field(default_factory=list)


def rules_of(tree: LexborHTMLParser) -> Iterator[Rule]:
    """The rules of a page's `style` elements, in their order; those that do not hold are left out."""
    for style in tree.css("style"):
        attributes = style.attributes
        if (attributes.get("type") or "text/css").strip().lower() == "text/css":
            holds = _on_screen(attributes.get("media") or "all")
            yield from _rules(_COMMENT.sub("", style.text()), holds)


def declarations_of(written: str) -> Declarations:
    """What a rule, or an element's own style, declares."""
    return tuple((found[1].lower(), found[2].strip()) for found in _DECLARATION.finditer(written))


def _rules(sheet: str, holds: bool | None) -> Iterator[Rule]:
    open_blocks = [_Block(holds=holds)]
    for piece in _PIECE.finditer(sheet):
        head, mark = piece[1].strip(), piece[2]
        if mark == "{":
            open_blocks.append(_inside(open_blocks[-1], head))
            continue
        open_blocks[-1].declared.append(head)
        if mark == "}" and len(open_blocks) > 1:
            yield from _closed(open_blocks.pop())
    for block in reversed(open_blocks[1:]):  # the sheet's end closes what is open
        yield from _closed(block)


def _inside(outer: _Block, head: str) -> _Block:
    condition = _AT.match(head)
    if condition is not None:
        return _Block(outer.selectors, _all((outer.holds, _applies(condition[1].lower(), condition[2]))))
    own = [selector.strip() for selector in _LISTED.findall(head)]
    if len(own) * len(outer.selectors) > limits().styles // NAMED // NAMED:
        raise ReadingError(f"its style sheet {limits().reached('styles')}")
    if outer.selectors:
        own = [_nested(above, selector) for above in outer.selectors for selector in own]
    return _Block(tuple(own), outer.holds)


def _nested(above: str, selector: str) -> str:
    return selector.replace("&", above) if "&" in selector else f"{above} {selector}"


def _closed(block: _Block) -> Iterator[Rule]:
    declarations = declarations_of(";".join(block.declared))
    if block.holds is not False and declarations:
        for selector in block.selectors:
            yield Rule(selector, declarations, sure=block.holds is True)


def _applies(kind: str, condition: str) -> bool | None:
    """Whether what a sheet says under a condition is said for us."""
    if kind == "media":
        return _on_screen(condition)
    if kind == "supports":
        return None if "not" in condition.lower().split() else True
    if kind in ("container", "scope"):
        return None
    return kind == "layer"  # others (keyframes, fonts, sheets of paper) hold no rules of elements


def _on_screen(conditions: str) -> bool | None:
    """Whether one of several conditions of a medium is met."""
    met = [_is_met(condition.strip().lower()) for condition in _LISTED.findall(conditions) or [""]]
    return True if True in met else None if None in met else False


def _is_met(condition: str) -> bool | None:
    words = _FEATURE.sub(" ", condition).split()
    negated = words[:1] == ["not"]
    media = [word for word in words if word not in ("not", "only", "and")]
    if "or" in media or (negated and not media):
        return None
    met = _all([*(medium in _SCREENS for medium in media), *map(_has, _FEATURE.findall(condition))])
    return met if met is None else met is not negated


def _has(feature: str) -> bool | None:
    """Whether our screen has a feature."""
    limit, span = _LIMIT.fullmatch(feature.strip()), _RANGE.fullmatch(feature.strip())
    if limit is not None:
        least, size = limit[1] == "min", float(limit[2]) * _PIXELS[limit[3]]
    elif span is not None:
        least, size = span[1] == ">", float(span[2]) * _PIXELS[span[3]]
    else:
        return None
    return size <= _WIDTH if least else size >= _WIDTH


def _all(conditions: Iterable[bool | None]) -> bool | None:
    """Whether all are met."""
    met = list(conditions)
    return False if False in met else None if None in met else True
