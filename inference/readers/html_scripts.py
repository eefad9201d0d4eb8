"""Find the markup that a page keeps as strings in its scripts, from which it is filled when shown.

Flow:  tree -> **markup** -> tree -> blocks -> page

A string is read as JSON and JavaScript write it; strings that a script puts together are one, with a mark for
what it puts between them. Markup may itself be written as entities (`&lt;table`) or as percents
(`%3Ctable`, `%u89C4`). No script is run.
"""

from __future__ import annotations

import base64
import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import unquote

from gouji.inference.unread_marks import PICTURE

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_QUOTE = re.compile("[\"'`]")
_WITHIN = {  # what may stand in a string, by its quote
    '"': re.compile(r'(?:[^"\\\n]++|\\.)*+', re.DOTALL),
    "'": re.compile(r"(?:[^'\\\n]++|\\.)*+", re.DOTALL),
    "`": re.compile(r"(?:[^`\\]++|\\.)*+", re.DOTALL),
}
_ESCAPE = re.compile(r"\\(?:u\{([0-9a-fA-F]{1,6})\}|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(\r\n|.))", re.DOTALL)
_LETTERS = {"n": "\n", "t": "\t", "r": "\r", "b": " ", "f": " ", "v": " ", "0": "", "\n": "", "\r\n": ""}
_MARKUP = re.compile(r"</?(?:table|tr|td|p|div|span|br)\b", re.IGNORECASE)
_SURROGATES = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_CODE = re.compile(r"^$|script|json|module", re.IGNORECASE)  # types of what is no markup
_CDATA = re.compile(r"<!\[CDATA\[|\]\]>")
_FRAMES = ", ".join(
    f"{tag}[{name}^='data:text/html']"
    for tag, name in (("iframe", "src"), ("frame", "src"), ("embed", "src"), ("object", "data"))
)
_DATA = re.compile(r"data:text/html(?:;(?!base64)[^;,]*)*(;base64)?,(.*)", re.DOTALL)
_CODE_POINT = re.compile(r"%u([0-9a-fA-F]{4})")  # of JavaScript's escape()
_TEMPLATE = re.compile(r"</?template\b[^>]*>", re.IGNORECASE)
# What stands between strings that are put together, and what puts something else between them.
_JOINED = re.compile(r"\s*\+\s*|[\s;)]*(?:[\w.$]+\s*\+=|(?:document\s*\.\s*)?write(?:ln)?\s*\()\s*")
_INSERTED = re.compile(r"\s*\+[^;{}]+\+\s*")
_FARTHEST = 200  # characters
_LEAST = 60  # characters of a string that may hold a table or a text
_FEWEST = 3  # tags in it
_OPENING = ("{", "[", '"')  # of JSON
_DEEPEST = 3  # strings within strings: JSON in a string of a script


def markup_in_scripts(tree: LexborHTMLParser) -> list[str]:
    """The markup in a page's scripts, textareas, templates, frames and text, each once, in their order.

    Of attributes, which may hold what a script shows, only where it is nowhere else.
    """
    found: dict[str, None] = {}
    for node in tree.css(f"script, textarea, template, xmp, noscript, noframes, iframe[srcdoc], {_FRAMES}"):
        if node.tag == "script" and _CODE.search(node.attributes.get("type") or ""):
            found.update(dict.fromkeys(_markup(node.text(), 0)))
        elif markup := as_markup(_held(node)):
            found[markup] = None
    if not found and tree.body is not None and (markup := as_markup(tree.body.text())):
        found[markup] = None
    return list(found or dict.fromkeys(_markup_in_attributes(tree)))


def _markup_in_attributes(tree: LexborHTMLParser) -> Iterator[str]:
    for node in tree.css("body *"):
        for value in node.attributes.values():
            if value is not None and len(value) >= _LEAST and (markup := as_markup(value)):
                yield from list(_markup(markup, 1)) or [markup]


def _held(node: LexborNode) -> str:
    """What an element keeps as text."""
    attributes = node.attributes
    if address := _DATA.match(attributes.get("src") or attributes.get("data") or ""):
        return _of_address(*address.groups())
    if node.tag == "iframe":
        return attributes.get("srcdoc") or ""
    if node.tag == "template":
        return _TEMPLATE.sub("", node.html or "")
    return _CDATA.sub("", node.text())


def _of_address(encoding: str | None, data: str) -> str:
    """What an address holds that is the page itself, as programs that save pages write frames."""
    if encoding is None:
        return unquote(data)
    try:
        return base64.b64decode(unquote(data)).decode()
    except ValueError:
        return ""


def _markup(script: str, depth: int) -> Iterator[str]:
    for written in _strings(script):
        if sum(map(len, written)) < _LEAST:
            continue
        text = "".join(map(_unescaped, written))
        inner = list(_markup(text, depth + 1)) if depth < _DEEPEST and text.lstrip()[:1] in _OPENING else []
        if inner:
            yield from inner
        elif markup := as_markup(text):
            yield markup


def _strings(script: str) -> Iterator[list[str]]:
    """The strings of a script; those that it puts together as one list."""
    group: list[str] = []
    end = 0
    for start, behind, written in _literals(script):
        between = script[end:start] if start - end < _FARTHEST else ""
        if group and _JOINED.fullmatch(between):
            group.append(written)
        elif group and _INSERTED.fullmatch(between):
            group += [PICTURE, written]
        else:
            if group:
                yield group
            group = [written]
        end = behind
    if group:
        yield group


def _literals(script: str) -> Iterator[tuple[int, int, str]]:
    """Where each string of a script begins and ends, and what is written in it.

    Where a quote is not closed, none like it is before the place where that shows.
    """
    unclosed = dict.fromkeys(_WITHIN, 0)
    at = 0
    while (opening := _QUOTE.search(script, at)) is not None:
        quote, at = opening[0], opening.end()
        if at <= unclosed[quote]:
            continue
        within = _WITHIN[quote].match(script, at)
        assert within is not None
        if script.startswith(quote, within.end()):
            at = within.end() + 1
            yield opening.start(), at, within[0]
        else:
            unclosed[quote] = within.end()


def as_markup(text: str) -> str | None:
    """The text as markup, however it is written; None where it is none."""
    once = html.unescape(text)
    escaped = _CODE_POINT.sub(lambda code: chr(int(code[1], 16)), text) if "%3C" in text.upper() else text
    for form in (text, once, html.unescape(once), unquote(escaped)):
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
