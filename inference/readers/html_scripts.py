"""Find the markup that a page keeps as strings in its scripts, from which it is filled when shown.

Flow:  tree -> **markup** -> tree -> blocks -> page

A string is read as JSON and JavaScript write it. Markup in it may itself be written as entities
(`&lt;table`) or as percents (`%3Ctable`). No script is run.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_STRING = re.compile(r'"((?:[^"\\\n]|\\.)*)"|\'((?:[^\'\\\n]|\\.)*)\'|`((?:[^`\\]|\\.)*)`', re.DOTALL)
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|.))", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "b": " ", "f": " ", "v": " ", "0": "", "\n": "", "\r\n": ""}
_MARKUP = re.compile(r"</?(?:table|tr|td|p|div|span|br)\b", re.IGNORECASE)
_SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_LEAST = 60  # characters of a string that may hold a table or a text
_FEWEST = 3  # tags in it
_OPENING = ("{", "[", '"')  # of JSON
_DEEPEST = 3  # strings within strings: JSON in a string of a script


def markup_in_scripts(tree: LexborHTMLParser) -> list[str]:
    """The markup in a page's scripts, textareas and templates, each once, in their order."""
    found: dict[str, None] = {}
    for script in tree.css("script, textarea, template, xmp, noscript"):
        text = script.html or "" if script.tag == "template" else script.text()
        if script.tag == "script":
            found.update(dict.fromkeys(_markup(text, 0)))
        elif markup := _as_markup(text):
            found[markup] = None
    return list(found)


def _markup(script: str, depth: int) -> Iterator[str]:
    for match in _STRING.finditer(script):
        written = next(group for group in match.groups() if group is not None)
        if len(written) < _LEAST:
            continue
        text = _unescaped(written)
        inner = list(_markup(text, depth + 1)) if depth < _DEEPEST and text.lstrip()[:1] in _OPENING else []
        if inner:
            yield from inner
        elif markup := _as_markup(text):
            yield markup


def _as_markup(text: str) -> str | None:
    """The text as markup, however it is written; None where it is none."""
    for form in (text, html.unescape(text), unquote(text) if "%3C" in text or "%3c" in text else text):
        if len(_MARKUP.findall(form)) >= _FEWEST:
            return form
    return None


def _unescaped(written: str) -> str:
    """What a string of JSON or JavaScript says.

    >>> _unescaped(r"\\u003Ctd\\u003E12<\\/td>")
    '<td>12</td>'
    """
    text = _ESCAPE.sub(_said, written)
    return _SURROGATES.sub(lambda pair: pair[0].encode("utf-16", "surrogatepass").decode("utf-16"), text)


def _said(match: re.Match[str]) -> str:
    code = match[1] or match[2] or match[3]
    if code is not None:
        number = int(code, 16)
        return chr(number) if number < 0x110000 else "\ufffd"
    return _LETTERS.get(match[4], match[4])
