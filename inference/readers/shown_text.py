"""Give a text back that a browser shows as a page: what its address answers is no HTML.

Flow:  content -> HTML of one `pre` -> **the text in it** -> kind -> reader

A browser sets a text file, CSV or JSON into a page of its own, and who saves what it shows saves that page.
"""

from __future__ import annotations

import html
import re
from dataclasses import replace

from gouji.inference.readers.charset import decode_html
from gouji.inference.readers.content import Content, Options

_SHOWN = re.compile(
    rb"\s*(?:<!doctype\b[^>]*>\s*)?<html\b[^>]*>\s*<head\b[^>]*>"
    rb"(?:\s*<(?:meta|link)\b[^>]*>|\s*<(title|style)\b[^>]*>[^<]*</\1\s*>)*+\s*</head\s*>\s*<body\b[^>]*>\s*<pre\b",
    re.IGNORECASE,
)
_TEXT = re.compile(r"<pre\b[^>]*>([^<]*)</pre\s*>(?:\s*<[^>]*>)*+\s*\Z", re.IGNORECASE)


def shown_text(content: Content, options: Options) -> Content:
    """The text that a browser shows in such a page; the content itself where it is none.

    Raises:
        ReadingError: The page cannot be decoded.
    """
    if not _SHOWN.match(content.head()):
        return content
    held = _TEXT.search(decode_html(content, options.encoding))
    if held is None or not held[1].strip():
        return content
    return replace(content, data=html.unescape(held[1]).encode(), path=None, decoded=True)
