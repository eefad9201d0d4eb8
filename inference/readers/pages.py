"""Make pages of what a document shows, one for each report in it; or say that it shows none.

Flow:  blocks -> **text, rows, parts** -> pages
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from gouji.inference.readers.parts import parts_of
from gouji.inference.readers.tidied import tidied_blocks
from gouji.inference.readers.writer import Block, Written, write
from gouji.inference.reading import ReadingError
from gouji.model.page import Page


def pages_of_blocks(name: str, blocks: Iterable[Block], what: str) -> Iterator[Page]:
    """The pages of a document's blocks.

    Raises:
        ReadingError: They show no text.
    """
    written = write(tidied_blocks(blocks))
    if not written.text:
        raise ReadingError(f"{name}: is {what} that shows no text; check that it is the report itself")
    yield from pages_of_written(name, written)


def pages_of_written(name: str, written: Written) -> Iterator[Page]:
    """The pages of a text, one for each report in it."""
    page = Page(name, written.text, rows=tuple(row for table in written.tables for row in table))
    yield from [replace(page, part=part) for part in parts_of(written)] or [page]
