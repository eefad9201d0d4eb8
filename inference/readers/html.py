"""Read an HTML page.

Flow:  bytes -> tree -> blocks -> **page**
"""

from __future__ import annotations

from collections.abc import Iterator

from gouji.inference.readers.content import Content, Options
from gouji.inference.readers.html_blocks import blocks_of
from gouji.inference.readers.pages import pages_of_blocks
from gouji.model.page import Page


def read(content: Content, options: Options) -> Iterator[Page]:
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(content.whole().decode("utf-8"))
    yield from pages_of_blocks(content.name, blocks_of(tree.body), "an HTML page")
