"""Tell Markdown, and other text that holds some markup, from a page of HTML.

Flow:  content -> **kind** -> reader

Converters put tables, spans and breaks of HTML into Markdown. Its lines are its structure; a page of HTML has
none. OTSL's tokens look like tags and are none; a wiki's text may hold elements of HTML.
"""

from __future__ import annotations

import re

_DOCUMENT = re.compile(
    rb"\s*(?>(?><!--.*?-->|<\?xml[^>]*>)\s*)*+<(?:!doctype|head|meta|title|link|html(?!>\s*<body>\s*<table))",
    re.IGNORECASE | re.DOTALL,
)
_MARKDOWN = re.compile(
    rb"(?m)^#{1,6} +[^\s#]|^ *\|? *:?-{3,}:? *(?:\| *:?-{2,}:? *)+\|? *\r?$|<(?:fcel|otsl)>|^\{\d+\}-{5,}"
    rb"|^[ :*]*\{\|(?=[^{}\n]*$)|^[|,:]={3,} *\r?$|^ *\[table\b[^\]\n]*\]|^ *#(?:figure|table)\("
    rb"|^\.\. [a-z-]+-table::|^h[1-6](?:[(#][^\n]{0,200}\))?\. |^:PROPERTIES:|^\{[.#][^{}\n]*\}\r?$"
    rb"|(?:^[ \t]*\|[^\n]*\|[ \t]*\r?\n){3}|(?:^\+(?:[-=]+\+){2,}\s)"
)
# What stands among lines of a text as it does in a page of HTML.
_HELD = re.compile(rb"<(table|script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?-->", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(rb"</?[a-z]", re.IGNORECASE)
_BLOCK = re.compile(rb"<(?:p|h\d|li|td|tr|section|article|dl|form|nav|script|style)\b", re.IGNORECASE)
_FEWEST_LINES = 3  # of text outside of tables, scripts and comments


def is_marked_text(head: bytes) -> bool:
    """Whether a content that holds HTML's tags is text, and its lines are lines."""
    if _DOCUMENT.match(head):
        return False
    if _MARKDOWN.search(head):
        return True
    outside = _HELD.sub(b"", head)
    inside = _TAG if head.lstrip().startswith(b"<") else _BLOCK
    if outside == head or inside.search(outside):
        return False
    return sum(bool(line.strip()) for line in outside.splitlines()) >= _FEWEST_LINES
