"""Tell XML of other vocabularies, feeds and records from a page of HTML, which may be declared as XML, too.

Flow:  content -> **kind** -> reader
"""

from __future__ import annotations

import re

_PROLOG = rb"\s*(?>(?><\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\]\s*)?>)\s*)*+"
_ROOT = re.compile(_PROLOG + rb"<(?:[\w.-]+:)?([\w.\x80-\xff-]+)", re.DOTALL)
_DECLARED = re.compile(rb"\s*<\?(?:xml|aid)\b")
_OF_HTML = frozenset((
    "html", "head", "body", "div", "table", "tbody", "tr", "p", "span", "section", "article", "main", "ul",
    "ol", "h1", "h2", "h3", "h4", "center", "font", "form", "script", "style", "link", "meta", "title",
    "svg",
))  # fmt: skip
_ROOTS = frozenset((
    "rss", "feed", "RDF", "urlset", "sitemapindex", "resultset", "mysqldump", "RECORDS", "ROWSET", "ROWDATA",
    "dataroot", "TEI", "TEI.2", "FictionBook", "topic", "Pandoc",
))  # fmt: skip
_TABLES = re.compile(
    rb"<(?:tgroup|informaltable|simpletable|TableBody|(?:row|Row)\b[^>]*>\s*<(?:entry|cell|Cell))\b"
    rb"|<ParagraphStyleRange\b"
)
_HELD = re.compile(rb">\s*<!\[CDATA\[")  # in HTML it is a comment


def is_xml(head: bytes) -> bool:
    """Whether a content that begins with an element is XML other than HTML."""
    root = _ROOT.match(head)
    if root is None:
        return False
    name = root[1].decode("ascii", "ignore")
    if _TABLES.search(head) or name in _ROOTS:
        return True
    is_other = name.lower() not in _OF_HTML or (name.lower() != "html" and _HELD.search(head) is not None)
    return _DECLARED.match(head) is not None and is_other
