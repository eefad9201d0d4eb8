"""Open XML that is no page of HTML: documents of other vocabularies, feeds, records of a database.

Flow:  content -> **tables, or records** -> HTML, or values -> pages

What holds tables of its own (DocBook, TEI, DITA, pandoc's, InDesign's, FictionBook) is a document, and goes
on as HTML. Else its elements are records, in whose strings a page or rows are looked for, as in those of
JSON; where none is found it is a document as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree.ElementTree import ParseError

from gouji.inference.printable import encodable
from gouji.inference.readers.charset import decode_html
from gouji.inference.readers.content import Content, Options, Unread
from gouji.inference.readers.json_pages import pages_of_values
from gouji.inference.readers.packages import root_of
from gouji.inference.readers.xml_records import value_of_element
from gouji.inference.readers.xml_tables import html_of

_CDATA = re.compile(r"<!\[CDATA\[.*?\]\]>", re.DOTALL)
_OWN_TABLE = re.compile(r"<(?:[\w.-]+:)?(?:table|informaltable|tgroup|simpletable|Table)\b")


def unpack(content: Content, options: Options) -> Iterator[Content | Unread]:
    """The document of an XML file, or the pages that its records hold.

    Raises:
        ReadingError: It cannot be decoded, or holds too many elements.
    """
    text = decode_html(content, options.encoding)
    if not _OWN_TABLE.search(_CDATA.sub("", text)):
        pages = list(_of_records(text, content, options))
        if any(isinstance(page, Content) for page in pages):
            yield from pages
            return
    yield replace(content, data=encodable(html_of(text)).encode(), path=None, charset="utf-8", decoded=True)


def _of_records(text: str, content: Content, options: Options) -> Iterator[Content | Unread]:
    try:
        root = root_of(re.sub(r"^\s*<\?xml[^>]*\?>", "", text).encode("utf-8", "replace"), f"{content.name}:")
    except ParseError:  # it is a document that is not whole
        return
    yield from pages_of_values([value_of_element(root)], content.name, options.column)
