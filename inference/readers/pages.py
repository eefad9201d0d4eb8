"""Make pages of what a document shows, one for each report in it; or say that it shows none.

Flow:  blocks -> **text, rows, parts** -> pages
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from gouji.inference.limits import limits
from gouji.inference.readers.parts import parts_of
from gouji.inference.readers.tidied import tidied_blocks
from gouji.inference.readers.writer import Block, Written, write
from gouji.inference.reading import ReadingError, refuse_long_text
from gouji.model.page import Page


def pages_of_blocks(name: str, blocks: Iterable[Block], what: str) -> Iterator[Page]:
    """The pages of a document's blocks.

    Raises:
        ReadingError: They show no text.
    """
    written = write(tidied_blocks(_within_limits(name, blocks)))
    if not written.text:
        raise ReadingError(f"{name}: is {what} that shows no text; check that it is the report itself")
    yield from pages_of_written(name, written)


def ending_open(page: Page) -> Page:
    """A page whose source ends within a cell: no newline says that its last number is whole."""
    return page if page.part is not None else replace(page, text=page.text.removesuffix("\n"))


def _within_limits(name: str, blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        cells = 0 if isinstance(block, str) else sum(map(len, block.rows))
        if cells > limits().cells:
            raise ReadingError(f"{name}: {limits().reached('cells', cells)}")
        yield block


def pages_of_written(name: str, written: Written) -> Iterator[Page]:
    """The pages of a text, one for each report in it.

    Raises:
        ReadingError: It is too long, or a line of it is.
    """
    refuse_long_text(name, written.text)
    page = Page(name, written.text, rows=tuple(row for table in written.tables for row in table))
    yield from [replace(page, part=part) for part in parts_of(written)] or [page]
