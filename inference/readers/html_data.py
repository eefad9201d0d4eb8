"""Find the report in the data that a page's scripts hold: text of an article, or tables by their labels.

Flow:  tree -> values in scripts -> **their pages** -> markup -> blocks

`__NEXT_DATA__`, `__INITIAL_STATE__` and JSON-LD hold what a page is filled from, and not always as markup.
It is looked at where the page shows no table and its scripts hold none as markup; what the page shows as
text already is not added to it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from gouji.inference.readers.html_scripts import as_markup
from gouji.inference.readers.json_pages import pages_with_tables
from gouji.inference.readers.json_search import tables_named
from gouji.inference.readers.json_text import values_in
from gouji.inference.readers.markup import paragraphs

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

_SHORTEST = 200  # characters of a script that may hold a report


def data_in_scripts(tree: LexborHTMLParser, text: str) -> Iterator[str]:
    """The markup of each page with a table in the values of a page's scripts.

    Args:
        tree: The page.
        text: What it shows.
    """
    shown = tables_named(text)
    for node in tree.css("script"):
        script = node.text()
        if len(script) < _SHORTEST or not tables_named(script) - shown:
            continue
        try:
            values = values_in(script)
        except ValueError:
            continue
        for text in pages_with_tables(values):
            yield as_markup(text) or paragraphs(text)
