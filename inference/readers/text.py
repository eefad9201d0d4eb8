"""Read a text page: its bytes decoded, and nothing else, unless it holds other people's tables.

Flow:  content -> **page**

Those (`text_tables`) are written out with their cells known, as the tables of a document are. Several reports
in one text are told apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from gouji.inference.readers import html
from gouji.inference.readers.content import Content, Options
from gouji.inference.readers.json_pages import pages_of_values
from gouji.inference.readers.key_values import values_told
from gouji.inference.readers.long_tables import values_of_long_table
from gouji.inference.readers.pages import ending_open, pages_of_blocks
from gouji.inference.readers.text_lines import own_lines
from gouji.inference.readers.text_parts import parts_of_text
from gouji.inference.readers.text_tables import blocks_of_text
from gouji.inference.reading import ReadingError, known_encoding, page_of_bytes
from gouji.model.page import Page

# Tables of typesetters that are not read, and which would be taken for print with their marks in it.
_UNREAD = re.compile(
    r"(?m)^(?:(?P<roff>\.TS)(?: H)?\s*$|(?P<Texinfo>@multitable)\b"
    r"|[ \t]*(?P<ConTeXt>\\(?:start(?:TABLE|xtable|tabulate)|bTABLE))\b)"
)
# What pandoc writes for a table that a format cannot hold.
_TABLE_LEFT_OUT = re.compile(r"(?m)^[^\S\n]*\[TABLE\][^\S\n]*$")
_LEFT_OUT = (
    "[TABLE] stands where pandoc left out a table that this format cannot hold; convert what it was made"
    " of to HTML instead: pandoc SOURCE -o REPORT.html"
)


def read(content: Content, options: Options) -> Iterator[Page]:
    """The page of a text file, or one for each report that was run together in it.

    Raises:
        ReadingError: It is empty, no text, not in the encoding, or holds tables of a kind that is not read.
    """
    page = page_of_bytes(content.whole(), content.name, options.encoding or _declared(content))
    if (text := own_lines(page.text)) != page.text:
        page = replace(page, text=text)
    if (unread := _UNREAD.search(page.text)) is not None:
        fault = f"is {unread.lastgroup} with a table, which is not read; convert it first"
        raise ReadingError(f"{content.name}: {fault}: pandoc FILE -o FILE.html")
    if (values := values_told(page.text) or values_of_long_table(page.text)) is not None:
        for held in pages_of_values(values, content.name, None):
            yield from html.read(held, Options()) if isinstance(held, Content) else ()
        return
    blocks = blocks_of_text(page.text)
    pages = parts_of_text(page) if blocks is None else pages_of_blocks(content.name, blocks, "a text")
    if blocks is not None and page.text[-1:].isalnum():
        pages = map(ending_open, pages)
    cause = _LEFT_OUT if _TABLE_LEFT_OUT.search(page.text) else None
    yield from (replace(each, cause=cause) for each in pages) if cause else pages


def _declared(content: Content) -> str | None:
    """What came with the bytes says of them, where they are not plainly something else."""
    if content.charset is None:
        return None
    try:
        content.whole().decode(known_encoding(content.charset))
    except (ReadingError, UnicodeDecodeError):
        return None
    return content.charset
