"""Tell what a page's styles do to its elements: hide them, strike them out, raise them, draw on them.

Flow:  tree -> rules -> **looks** -> blocks

The rules of the page's own sheets and the elements' own declarations count, in the order that CSS gives
them. Where a rule may hold or not, and where an element within may show again what is hidden, it is
doubtful: no cell is taken for blank by it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from gouji.inference.limits import limits
from gouji.inference.readers.html_colours import is_unseen_by_colour
from gouji.inference.readers.html_drawn import draws_beside, is_without_mark
from gouji.inference.readers.html_sheets import NAMED, Rule, declarations_of, rules_of
from gouji.inference.reading import ReadingError

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_DRAWN = re.compile(r"(.*[^:\s]):{1,2}(?:before|after)", re.IGNORECASE)
_PLAIN = re.compile(
    r"(?:[\w.#*\s>+~&-]|\\.|\[[^\]]*\]"
    r"|:(?:first-child|last-child|first-of-type|last-of-type|empty|root)\b"
    r"|:(?:not|is|where|has|nth-[a-z-]+)\([\w.#+,\s>~-]*\))+",
    re.IGNORECASE,
)
_IMPORTANT = "!important"
INLINE = frozenset((  # what stands within a line
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "img", "input", "ins", "kbd", "label", "mark", "o:p", "q", "rp", "rt", "ruby", "s",
    "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
    "st1:chsdate", "st1:chmetcnv", "nobr", "output", "picture",
    "math", "mrow", "mn", "mi", "mo", "mtext", "semantics",
))  # fmt: skip
_NO_BOX = INLINE | {"td", "th", "tr"}  # their print makes room for itself


@dataclass(frozen=True, slots=True)
class Look:
    """What a style does to an element."""

    gone: bool = False  # it is not there, nor its place
    unseen: bool = False  # its place is there
    doubtful: bool = False  # it may be hidden, or seen: the page alone does not say it
    struck: bool = False
    raised: bool = False  # or lowered
    shifted: bool = False  # stands above or below the line that it is in
    moved: bool = False  # stands at another place of its line than in the text
    reversed: bool = False  # shows what it holds from its end
    drawn: bool = False  # shows what its text does not say


# A length that is seen: two points, as much as shows in a Word document that a run is raised.
_SHIFT = r"-?(?:(?:[2-9]|\d\d+)(?:\.\d+)?(?:pt|px|%)|(?:0*\.[1-9]\d*|[1-9]\d*(?:\.\d+)?)(?:em|rem|ex))"

# Property, the values that do it, and what they do.
_LOOKS: tuple[tuple[str, re.Pattern[str], str], ...] = tuple(
    (name, re.compile(values, re.IGNORECASE), look)
    for name, values, look in (
        ("display", "none", "gone"),
        ("mso-hide", "all", "gone"),
        ("visibility", "hidden|collapse", "unseen"),
        ("font-size", r"0(?:\.0+)?(?:px|pt|em|rem|%)?", "unseen"),
        ("color", r"transparent|rgba\([^)]*,\s*0\)", "unseen"),
        ("opacity", r"0|0?\.0+|0%", "doubtful"),  # scripts let it fade in
        ("zoom", "0|0%", "doubtful"),
        ("transform", r".*scale[xy]?\(\s*0\b(?!\.).*", "doubtful"),
        ("transform", r".*(?:scalex?|matrix)\(\s*-.*", "doubtful"),  # as in a mirror
        ("clip-path", r"(?:inset|circle|polygon|ellipse)\(.*", "doubtful"),
        ("content-visibility", "hidden", "doubtful"),
        ("margin-left", r"-\d{4,}\w*", "doubtful"),
        ("text-decoration", ".*line-through.*", "struck"),
        ("text-decoration-line", ".*line-through.*", "struck"),
        ("vertical-align", "super|sub", "raised"),
        ("mso-text-raise", _SHIFT, "shifted"),
        ("float", "right|inline-end", "moved"),
        ("order", r"[-+]?0*[1-9]\d*", "moved"),
        ("flex-direction", "(?:row|column)-reverse", "reversed"),
        ("flex-flow", ".*(?:row|column)-reverse.*", "reversed"),
        ("background", r".*url\(.*", "drawn"),
        ("background-image", r".*url\(.*", "drawn"),
    )
)  # fmt: skip
_INHERITED = ("visibility", "font-size", "color")  # what hides by them, an element within may show again
_FAR = re.compile(r"-\d{4,}\w*")
_CLIPPED = re.compile(r"rect\(\s*(?:0|1px)\b.*", re.IGNORECASE)
_SIZES = ("width", "height", "max-width", "max-height")
_NOTHING = re.compile(r"[01](?:\.0+)?(?:px|pt)?|0(?:em|rem|%)", re.IGNORECASE)  # too small for print
_COLOURS = ("color", "background-color", "background")
_PAINTED = INLINE | {"td", "th", "p", "div"}
_PLACING = ("position", "display", "float", "left", "top", "clip", "text-indent", "overflow", *_SIZES)
_SHIFTED = re.compile(_SHIFT, re.IGNORECASE)
_SHIFTS = (("top", "shifted"), ("bottom", "shifted"), ("left", "moved"), ("right", "moved"))
_READ_BACKWARDS = ("bidi-override", "isolate-override")  # where the direction is from the right
_SIGNED = re.compile(r"[\W\d]*\d[\W\d]*")  # figures and marks, and no word
_NAMES = frozenset(
    (*(name for name, _, _ in _LOOKS), *_PLACING, *_COLOURS, "bottom", "right", "direction", "unicode-bidi")
)
_SEEN = Look()

_Weight = tuple[bool, int, int, int]  # important, and the selector's ids, classes, elements
_Declared = dict[int, dict[str, tuple[_Weight, str]]]


@dataclass(slots=True)
class Styles:
    """What the page's style sheets declare of its elements, by `mem_id`."""

    declared: _Declared = field(default_factory=dict)
    perhaps: _Declared = field(default_factory=dict)  # by the rules that may hold as well
    drawn: set[int] = field(default_factory=set)
    lists: list[tuple[Rule, bool]] = field(default_factory=list)  # what lists' rules say: whether of no mark
    _looks: dict[int, Look] = field(default_factory=dict)  # a cell is asked for three times

    def look(self, node: LexborNode) -> Look:
        """What becomes of an element by its own style and the sheets'."""
        found = self._looks.get(node.mem_id)
        if found is None:
            found = self._looks[node.mem_id] = self._look(node)
        return found

    def is_unnumbered(self, node: LexborNode) -> bool:
        """Whether a list or an item of it, one of the few that stand in cells, is said to have no numbers."""
        said = is_without_mark(declarations_of(node.attributes.get("style") or ""))
        if said is None:
            found = [
                (_specificity(rule.selector), place, none)
                for place, (rule, none) in enumerate(self.lists)
                if _PLAIN.fullmatch(rule.selector) and node.css_matches(rule.selector)
            ]
            said = max(found)[2] if found else False
        return said

    def _look(self, node: LexborNode) -> Look:
        attributes = node.attributes  # made anew at every look
        own, is_box = attributes.get("style") or "", node.tag not in _NO_BOX
        sheets, perhaps = self.declared.get(node.mem_id), self.perhaps.get(node.mem_id)
        look = _look(_values(sheets, own), is_box) if sheets else _own_look(own, is_box)
        if perhaps != sheets and _hides(_look(_values(perhaps, own), is_box)) != _hides(look):
            look = replace(look, gone=False, unseen=False, doubtful=True)
        if look.unseen and any(self._shows_again(below) for below in node.css("[style], [class], [id]")):
            look = replace(look, unseen=False, doubtful=True)
        if attributes.get("dir") and _is_backwards(node, attributes):
            look = replace(look, doubtful=True)
        if not (look.gone or look.unseen) and self._may_be_painted(node, attributes):
            look = replace(look, doubtful=look.doubtful or is_unseen_by_colour(node, self._plain_values))
        return replace(look, drawn=True) if node.mem_id in self.drawn else look

    def _may_be_painted(self, node: LexborNode, attributes: Mapping[str, str | None]) -> bool:
        """Whether it is worth asking for an element's colours, and the page declares any of it."""
        if node.tag not in _PAINTED:
            return False
        row = node.parent if node.tag in ("td", "th") else None
        return (
            node.mem_id in self.declared
            or _says_colour(attributes)
            or (row is not None and (row.mem_id in self.declared or _says_colour(row.attributes)))
        )

    def _plain_values(self, node: LexborNode) -> dict[str, str]:
        """What is declared of an element, as it is compared."""
        values = _values(self.declared.get(node.mem_id), node.attributes.get("style") or "")
        return {name: value.lower().replace(_IMPORTANT, "").strip() for name, value in values.items()}

    def _shows_again(self, node: LexborNode) -> bool:
        """Whether an element declares that it is seen where what it stands in is not."""
        values = _values(self.declared.get(node.mem_id), node.attributes.get("style") or "")
        return any(name in values for name in _INHERITED) and not _look(values, is_box=False).unseen


def styles_of(tree: LexborHTMLParser) -> Styles:
    """What the page's own style sheets declare."""
    styles = Styles()
    steps, elements = 0, _count(tree)
    for rule in rules_of(tree):
        steps += elements
        unmarked = is_without_mark(rule.declarations)
        if unmarked is not None:
            styles.lists.append((rule, unmarked))
        drawing = _DRAWN.fullmatch(rule.selector)
        if drawing is not None:
            if draws_beside(rule.declarations):
                styles.drawn.update(node.mem_id for node in _chosen(tree, drawing[1]))
        elif any(name in _NAMES for name, _ in rule.declarations):
            chosen = _chosen(tree, rule.selector)
            steps += len(chosen) * NAMED
            if steps > limits().styles:
                raise ReadingError(f"its style sheet {limits().reached('styles')}")
            for node in chosen:
                _declare(styles.perhaps.setdefault(node.mem_id, {}), rule)
                if rule.sure:
                    _declare(styles.declared.setdefault(node.mem_id, {}), rule)
    return styles


def _says_colour(attributes: Mapping[str, str | None]) -> bool:
    """Whether an element declares a colour or a ground, or has an attribute for one."""
    if not attributes:
        return False
    said = " ".join((attributes.get("style") or "", *attributes))
    return "color" in said or "background" in said


def _count(tree: LexborHTMLParser) -> int:
    """How many elements a page has, about."""
    return (tree.html or "").count("<") // 2


def _declare(known: dict[str, tuple[_Weight, str]], rule: Rule) -> None:
    for name, value in rule.declarations:
        weight = (_IMPORTANT in value, *_specificity(rule.selector))
        if name in _NAMES and (name not in known or weight >= known[name][0]):
            known[name] = (weight, value)


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


def _is_backwards(node: LexborNode, attributes: Mapping[str, str | None]) -> bool:
    """Whether an element says of itself that its figures, or their signs, are shown from the right."""
    if (attributes.get("dir") or "").lower() != "rtl":
        return False
    return node.tag == "bdo" or (
        _SIGNED.fullmatch(said := node.text()) is not None and not said.strip().isdecimal()
    )


def _values(sheets: Mapping[str, tuple[_Weight, str]] | None, own: str) -> dict[str, str]:
    """What holds of an element: the sheets', and above them its own but for what is important there."""
    values = {name: value for name, (_, value) in (sheets or {}).items()}
    for name, value in declarations_of(own):
        if name in _NAMES and (
            not sheets or name not in sheets or not sheets[name][0][0] or _IMPORTANT in value
        ):
            values[name] = value
    return values


def _hides(look: Look) -> tuple[bool, bool, bool]:
    return look.gone, look.unseen, look.doubtful


@lru_cache(maxsize=4096)
def _own_look(own: str, is_box: bool) -> Look:
    return _look(_values(None, own), is_box) if own else _SEEN


def _look(values: Mapping[str, str], is_box: bool) -> Look:
    values = {name: value.lower().replace(_IMPORTANT, "").strip() for name, value in values.items()}
    found = {look: True for name, wanted, look in _LOOKS if wanted.fullmatch(values.get(name, ""))}
    if _is_off(values, is_box):
        found["unseen"] = True
    if values.get("position") == "relative":
        found |= {look: True for side, look in _SHIFTS if _SHIFTED.fullmatch(values.get(side, ""))}
    if values.get("unicode-bidi") in _READ_BACKWARDS and values.get("direction") == "rtl":
        found["doubtful"] = True
    return Look(**found) if found else _SEEN


def _is_off(values: Mapping[str, str], is_box: bool) -> bool:
    """Whether an element stands where nobody looks, or is too small for its print."""
    position = values.get("position", "static")
    placed = position in ("absolute", "fixed")
    if position != "static" and any(_FAR.fullmatch(values.get(side, "")) for side in ("left", "top")):
        return True
    if placed and _CLIPPED.fullmatch(values.get("clip", "")):
        return True
    if not (is_box or placed or "float" in values or values.get("display", "inline") != "inline"):
        return False  # within a line an element has neither size nor indent of its own
    small = any(_NOTHING.fullmatch(values.get(size, "")) for size in _SIZES)
    return (small and "hidden" in values.get("overflow", "")) or bool(
        _FAR.fullmatch(values.get("text-indent", ""))
    )
