"""The words of the pages in Chinese and English: data, and elements that a page's script can translate.

Flow:  words.json, reasons, patterns -> **words** -> report page, index page

A page is written in Chinese; each such element names its word, and a switch puts in the other
language's. Labels of the forms are official, and stay as they are.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from xml.etree.ElementTree import Element

from gouji.inference.html_page import el
from gouji.inference.patterns import PATTERNS
from gouji.inference.why import Why

LANGUAGES = ("zh", "en")  # in the order in which words.json has them; the first is what is written


@cache
def words() -> Mapping[str, tuple[str, str]]:
    """Every word by its key, in both languages."""
    data = json.loads((files(__package__) / "words.json").read_text(encoding="utf-8"))
    reasons = {f"why.{why}": (why.says_in_chinese, why.says) for why in Why}
    patterns = {f"pattern.{each.name}": (each.says_in_chinese, each.says) for each in PATTERNS}
    return {key: (chinese, english) for key, (chinese, english) in data.items()} | reasons | patterns


def word(key: str, **numbers: str | float) -> str:
    """A word in the language that pages are written in.

    >>> word("checks.hold", n=44)
    '44 项成立'
    """
    text = words()[key][0]
    for name, number in numbers.items():
        text = text.replace(f"{{{name}}}", str(number))
    return text


def said(key: str, tag: str = "span", *, class_: str = "", **numbers: str | float) -> Element:
    """An element with a word."""
    named = {f"data-{name}": str(number) for name, number in numbers.items()}
    element = el(tag, word(key, **numbers), data_w=key, **named)
    if class_:
        element.set("class", class_)
    return element


def labelled(element: Element, key: str) -> Element:
    """The element, with a word as its accessible name and its tip."""
    element.set("aria-label", word(key))
    element.set("title", word(key))
    element.set("data-label", key)
    return element


def sign(mark: str, key: str, class_: str = "sign") -> Element:
    """A sign that the page's script has read out as a word."""
    return el("i", mark, class_=class_, data_label=key)
