"""Find the page that an answer was made of again, and believe it only where it is the same.

Flow:  record of `gouji extract` -> file -> **page again** -> audit, viewer
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from gouji.inference.alone import done_alone
from gouji.inference.readers.content import Content, Options
from gouji.inference.readers.document import document_pages
from gouji.model.errors import GoujiError
from gouji.model.page import Page

Printed = tuple[int | None, int | None, str | None]  # where something stands on the page, and what


def page_again(
    source: str, part: int | None, printed: Iterable[Printed], folder: Path | None, options: Options
) -> Page | None:
    """The page that an answer was made of, where it still lies there and prints the same.

    Args:
        source: What the answer says it was read from.
        part: Which report of the page it is, where that holds several.
        printed: What the answer says is printed, and where; what has no place says nothing.
        folder: What the source is relative to; None for where we are.
        options: What the user says of the file.
    """
    places = [(start, end, raw) for start, end, raw in printed if start is not None]
    named = Path(source)
    for path in [folder / named, folder / named.name] if folder else [named]:
        try:
            pages = done_alone(source, partial(document_pages, Content(source, path=path), options))
        except (GoujiError, ValueError):
            continue
        for page in pages:
            own = page.part.number if page.part is not None else None
            if own == part and all(page.text[start:end] == raw for start, end, raw in places):
                return page
    return None
