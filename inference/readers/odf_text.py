"""What the elements of an OpenDocument file show: text with marks, under the styles that they name.

Flow:  content.xml -> styles, **text of a paragraph** -> blocks, worksheets
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from xml.etree.ElementTree import Element

from gouji.inference.readers.marks import PICTURE, noted, struck
from gouji.inference.readers.packages import attribute, below, children, number_of, tag_of

UNSEEN = frozenset((  # elements that show nothing where they stand
    "annotation", "annotation-end", "tracked-changes", "forms", "sequence-decls", "variable-decls",
    "user-field-decls", "desc", "title", "bookmark", "soft-page-break", "table-columns",
    "event-listeners", "ruby-text", "covered-table-cell",
))  # fmt: skip
MOST_REPEATED = 400  # times that a row or a cell is repeated with something in it; blanks go on for a million
_NO_BORDER = ("none", "hidden", "0", "0pt", "0cm")
_HIDDEN = ("collapse", "filter")  # rows and columns


@dataclass(frozen=True, slots=True)
class Style:
    """What a style does to print, and to cells."""

    hidden: bool = False
    struck: bool = False
    raised: bool = False
    ruled: bool = False


Styles = Mapping[tuple[str, str], Style]  # by family and name; a family's names are its own
_PLAIN = Style()


@dataclass(slots=True)
class Text:
    """The text of a paragraph while it is gathered, and the boxes that stand on it."""

    styles: Styles
    boxes: list[Element] = field(default_factory=list)

    def of(self, element: Element) -> str:
        """What an element shows: its own text, and all that is in it."""
        return (element.text or "") + "".join(self._inside(each) + (each.tail or "") for each in element)

    def _inside(self, element: Element) -> str:
        tag = tag_of(element)
        if tag == "s":
            return " " * min(number_of(attribute(element, "c"), 1), MOST_REPEATED)
        if tag == "tab":
            return "\t"
        if tag == "line-break":
            return "\n"
        if tag == "note":
            return noted("".join(self.of(mark) for mark in children(element, "note-citation")))
        if tag == "text-box":
            self.boxes.append(element)
            return ""
        if tag in ("image", "object", "object-ole", "plugin"):
            return PICTURE
        if tag == "frame":
            return self.frame(element)
        if tag in UNSEEN:
            return ""
        style = style_of(element, "text", self.styles)
        if style.hidden or tag == "hidden-text":
            return ""
        text = self.of(element)
        return struck(text) if text and style.struck else noted(text) if text and style.raised else text

    def frame(self, element: Element) -> str:
        """A frame's text is set aside; what is kept in it twice, as a table and as its picture, is one."""
        before = len(self.boxes)
        shown = [self._inside(each) for each in element]
        return "" if len(self.boxes) > before else PICTURE if PICTURE in shown else ""


def styles_of(root: Element) -> Iterator[tuple[tuple[str, str], Style]]:
    """What the styles of a part do, those with that they are based on."""
    elements = {(attribute(e, "family") or "", attribute(e, "name") or ""): e for e in below(root, "style")}
    for family, name in elements:
        chain_: list[Element] = []
        based = (family, name)
        while based in elements and elements[based] not in chain_:
            chain_.append(elements[based])
            based = (family, attribute(chain_[-1], "parent-style-name") or "")
        properties: dict[str, str] = {}
        for part in chain.from_iterable(reversed(chain_)):
            properties.update({key.rpartition("}")[2]: value for key, value in part.attrib.items()})
        yield (family, name), _style(properties)


def _style(properties: Mapping[str, str]) -> Style:
    sides = [properties.get(f"border{side}", "none") for side in ("-left", "-right", "-top", "-bottom")]
    drawn = sum(side.split()[0] not in _NO_BORDER for side in sides)
    raised = properties.get("text-position", "0%").split()[0]
    return Style(
        hidden=properties.get("display") in ("none", "false"),
        struck=properties.get("text-line-through-style", "none") != "none",
        raised=raised in ("super", "sub") or raised.lstrip("-").rstrip("%") not in ("", "0", "0.0"),
        ruled=drawn > 1 or properties.get("border", "none").partition(" ")[0] not in _NO_BORDER,
    )


def style_of(element: Element, family: str, styles: Styles, default: str = "") -> Style:
    return styles.get((family, attribute(element, "style-name") or default), _PLAIN)


def rows_of(table: Element) -> Iterator[tuple[Element, int]]:
    """The rows of a table, in whatever group, and how often each is repeated."""
    for each in table:
        tag = tag_of(each)
        if tag == "table-row":
            yield each, number_of(attribute(each, "number-rows-repeated"), 1)
        elif tag in ("table-header-rows", "table-rows", "table-row-group"):
            yield from rows_of(each)


def is_away(part: Element) -> bool:
    """Whether a row or a column is hidden."""
    return attribute(part, "visibility") in _HIDDEN
