"""Tell what a page's styles do to its elements: hide them, strike them out, raise them, draw on them.

Flow:  tree -> **looks** -> blocks

The rules of the page's own `style` elements and the elements' own declarations count, in the order that CSS
gives them; sheets that lie elsewhere are not fetched. A screen of common width is assumed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_WIDTH = 1280  # pixels of the screen
_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_CONDITION = re.compile(r"@([\w-]+)([^{};]*)(?:;|\{((?:[^{}]*\{[^{}]*\})*[^{}]*)\})")
_RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
_LIMIT = re.compile(r"(max|min)-(?:device-)?width\s*:\s*([\d.]+)\s*px", re.IGNORECASE)
_DECLARATION = re.compile(r"\s*([\w-]+)\s*:\s*((?:[^;\"']|\"[^\"]*\"|'[^']*')*)")
_DRAWN = re.compile(r"(.*[^:\s]):{1,2}(?:before|after)", re.IGNORECASE)
_PLAIN = re.compile(
    r"(?:[\w.#*\s>+~-]|\[[^\]]*\]|:(?:not|first-child|last-child|nth-child|nth-of-type)\b[()\w.#+-]*)+"
)
_IMPORTANT = "!important"


@dataclass(frozen=True, slots=True)
class Look:
    """What a style does to an element."""

    gone: bool = False  # it is not there, nor its place
    unseen: bool = False  # its place is there
    struck: bool = False
    raised: bool = False  # or lowered
    drawn: bool = False  # shows what its text does not say


# Property, the values that do it, and what they do.
_LOOKS: tuple[tuple[str, re.Pattern[str], str], ...] = tuple(
    (name, re.compile(values, re.IGNORECASE), look)
    for name, values, look in (
        ("display", "none", "gone"),
        ("mso-hide", "all", "gone"),
        ("visibility", "hidden|collapse", "unseen"),
        ("opacity", r"0|0?\.0+|0%", "unseen"),
        ("font-size", r"0(?:\.0+)?(?:px|pt|em|rem|%)?", "unseen"),
        ("color", r"transparent|rgba\([^)]*,\s*0\)", "unseen"),
        ("text-indent", r"-\d{4,}\w*", "unseen"),
        ("left", r"-\d{4,}\w*", "unseen"),
        ("top", r"-\d{4,}\w*", "unseen"),
        ("clip", r"rect\(\s*(?:0|1px)\b.*", "unseen"),
        ("text-decoration", ".*line-through.*", "struck"),
        ("text-decoration-line", ".*line-through.*", "struck"),
        ("vertical-align", "super|sub", "raised"),
        ("background", r".*url\(.*", "drawn"),
        ("background-image", r".*url\(.*", "drawn"),
    )
)  # fmt: skip
_SIZES = ("width", "height", "max-width", "max-height")
_NOTHING = re.compile(r"[01](?:\.0+)?(?:px|pt)?|0(?:em|rem|%)", re.IGNORECASE)  # too small for print
_NAMES = frozenset((*(name for name, _, _ in _LOOKS), *_SIZES, "overflow"))
_SEEN = Look()

_Weight = tuple[bool, int, int, int]  # important, and the selector's ids, classes, elements


@dataclass(slots=True)
class Styles:
    """What the page's style sheets declare of its elements, by `mem_id`."""

    declared: dict[int, dict[str, tuple[_Weight, str]]] = field(default_factory=dict)
    drawn: set[int] = field(default_factory=set)

    def look(self, node: LexborNode) -> Look:
        """What becomes of an element by its own style and the sheets'."""
        own = node.attributes.get("style")
        sheets = self.declared.get(node.mem_id)
        drawn = node.mem_id in self.drawn
        if not sheets and not drawn:
            return _own_look(own) if own else _SEEN
        sheets = sheets or {}
        values = {name: value for name, (_, value) in sheets.items()}
        for name, value in _declarations(own or ""):
            if name not in sheets or not sheets[name][0][0] or _IMPORTANT in value:
                values[name] = value
        look = _look(values)
        return replace(look, drawn=True) if drawn else look


def styles_of(tree: LexborHTMLParser) -> Styles:
    """What the page's own style sheets declare."""
    styles = Styles()
    for style in tree.css("style"):
        for selectors, declarations in _rules(_COMMENT.sub("", style.text())):
            declared = list(_declarations(declarations))
            drawn = any(name == "content" and _shows(value) for name, value in _all(declarations))
            if not declared and not drawn:
                continue
            for selector in map(str.strip, selectors.split(",")):
                before = _DRAWN.fullmatch(selector)
                if before is not None:
                    if drawn:
                        styles.drawn.update(node.mem_id for node in _chosen(tree, before[1]))
                    continue
                for node in _chosen(tree, selector):
                    _declare(styles.declared.setdefault(node.mem_id, {}), selector, declared)
    return styles


def _declare(known: dict[str, tuple[_Weight, str]], selector: str, declared: list[tuple[str, str]]) -> None:
    for name, value in declared:
        weight = (_IMPORTANT in value, *_specificity(selector))
        if name not in known or weight >= known[name][0]:
            known[name] = (weight, value)


def _rules(sheet: str) -> Iterator[tuple[str, str]]:
    flat = _CONDITION.sub(lambda found: found[3] if _applies(found[1], found[2]) else "", sheet)
    return ((rule[1], rule[2]) for rule in _RULE.finditer(flat))


def _applies(kind: str, condition: str) -> bool:
    """Whether what a page says for some screens is said for ours."""
    condition = condition.lower()
    if kind.lower() not in ("media", "supports", "layer"):
        return False
    if any(word in condition for word in ("print", "not ", "portrait", "prefers", "speech")):
        return False
    return all(
        float(limit[2]) >= _WIDTH if limit[1] == "max" else float(limit[2]) <= _WIDTH
        for limit in _LIMIT.finditer(condition)
    )


def _chosen(tree: LexborHTMLParser, selector: str) -> list[LexborNode]:
    """The elements that a selector names; none where it asks for what only a browser knows."""
    from selectolax.lexbor import SelectolaxError

    if not _PLAIN.fullmatch(selector):
        return []
    try:
        return tree.css(selector)
    except SelectolaxError:
        return []


def _specificity(selector: str) -> tuple[int, int, int]:
    ids, classes = selector.count("#"), len(re.findall(r"[.\[:]", selector))
    return ids, classes, len(re.findall(r"(?:^|[\s>+~])[a-zA-Z]", selector))


def _all(declarations: str) -> Iterator[tuple[str, str]]:
    return ((found[1].lower(), found[2].strip()) for found in _DECLARATION.finditer(declarations))


def _declarations(declarations: str) -> Iterator[tuple[str, str]]:
    """Those that tell how an element looks."""
    return ((name, value) for name, value in _all(declarations) if name in _NAMES)


def _shows(content: str) -> bool:
    """Whether what a rule puts before or behind an element is print."""
    return any(map(str.isalnum, content.strip("'\""))) and content.lower() not in ("none", "normal")


@lru_cache(maxsize=4096)
def _own_look(declarations: str) -> Look:
    return _look(dict(_declarations(declarations)))


def _look(values: Mapping[str, str]) -> Look:
    found = {
        look: True
        for name, pattern, look in _LOOKS
        if name in values and pattern.fullmatch(values[name].lower().replace(_IMPORTANT, "").strip())
    }
    if "hidden" in values.get("overflow", "") and any(
        _NOTHING.fullmatch(values.get(size, "").strip()) for size in _SIZES
    ):
        found["unseen"] = True
    return Look(**found) if found else _SEEN
