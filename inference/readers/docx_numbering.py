"""Tell whether a list of a DOCX document prints a number or a bullet before its paragraphs.

Flow:  numbering.xml -> **what is printed before a paragraph** -> its text

The part is read only where a paragraph that is empty, or nothing but a number, is one of a list's. Where it
says nothing of a list, something is printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from xml.etree.ElementTree import Element

from gouji.inference.readers.docx_elements import attribute_of, is_on, tag_of, value_of

_COUNTED = re.compile(r"%\d")


@dataclass
class Numbering:
    """The lists of a document."""

    part: Callable[[], Element | None]  # gives the root of its numbering, or None

    def prints(self, numbered: Element) -> bool:
        """Whether something is printed before a paragraph whose properties number it (`numPr`)."""
        told = {tag_of(p): value_of(p) for p in numbered}
        list_, level = told.get("numId"), told.get("ilvl") or "0"
        if list_ is None or list_ == "0":
            return False
        return self._printed.get((list_, level), True)

    @cached_property
    def _printed(self) -> Mapping[tuple[str, str], bool]:
        """For each level of each list, whether it prints."""
        root = self.part()
        if root is None:
            return {}
        kinds = {attribute_of(own, "abstractNumId"): own for own in root if tag_of(own) == "abstractNum"}
        return {
            (attribute_of(own, "numId") or "", level): printed
            for own in root
            if tag_of(own) == "num"
            for kind in (value_of(p) for p in own if tag_of(p) == "abstractNumId")
            for level, printed in (*_levels(kinds.get(kind, ())), *_levels_of_its_own(own))
        }


def _levels_of_its_own(list_: Element) -> Iterator[tuple[str, bool]]:
    for override in list_:
        if tag_of(override) == "lvlOverride":
            yield from _levels(override)


def _levels(kind: Element | tuple[()]) -> Iterator[tuple[str, bool]]:
    for level in kind:
        if tag_of(level) == "lvl":
            yield attribute_of(level, "ilvl") or "0", _prints(level)


def _prints(level: Element) -> bool:
    told = {tag_of(p): p for p in level}
    if any(tag_of(p) == "vanish" and is_on(p) for p in told.get("rPr", ())):
        return False
    written = value_of(told["lvlText"]) if "lvlText" in told else None
    uncounted = "numFmt" in told and value_of(told["numFmt"]) == "none"
    text = "%1" if written is None else written
    return bool((_COUNTED.sub("", text) if uncounted else text).strip()) or "lvlPicBulletId" in told
