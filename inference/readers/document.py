"""Find the one document that a person means: a file, or `FILE#N` for one that a container holds.

Flow:  name -> file -> **document** -> its pages
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from pathlib import Path

from gouji.inference.readers.content import Content, Options, Unread
from gouji.inference.readers.registry import pages_of, unpack
from gouji.inference.reading import ReadingError
from gouji.model.page import Page


def document_pages(named: Content, options: Options) -> list[Page]:
    """The pages of one document: one, or one for each report that it holds, all of one text.

    Args:
        named: The file; its name may end in `#N`, which picks what the container holds there.
        options: What the user says of the file.

    Raises:
        ReadingError: It cannot be read, or holds several documents and none is named.
    """
    file, number = _file_and_number(named)
    held = unpack(file, options)
    if number is None:
        first, *others = [*islice(held, 2)] or [Unread(named.name, "holds no page")]
        if others:
            raise ReadingError(f"{named.name}: holds several pages; name one of them: {named.name}#1")
    else:
        found = _numbered(held, file.name, number)
        first = Unread(named.name, f"holds fewer than {number} pages") if found is None else found
    if isinstance(first, Unread):
        raise ReadingError(f"{first.source}: {first.error}")
    return list(pages_of(first, options))


def read_page(path: Path, encoding: str | None = None, source: str | None = None) -> Page:
    """A document's text as a page; of several reports in it, all.

    Raises:
        ReadingError: As `document_pages`.
    """
    content = Content(str(path) if source is None else source, path=path)
    return whole(document_pages(content, Options(encoding)))


def whole(pages: list[Page]) -> Page:
    """The page that the parts of a document are parts of."""
    return replace(pages[0], part=None)


def _numbered(held: Iterable[Content | Unread], file: str, number: int) -> Content | Unread | None:
    """What a container holds under a number, or calls by it: in one within another the count differs."""
    counted = None
    for count, each in enumerate(held, 1):
        name = each.source if isinstance(each, Unread) else each.name
        if name == f"{file}#{number}" or (count == number and not name.startswith(f"{file}#")):
            return each
        counted = each if count == number else counted
    return counted


def _file_and_number(named: Content) -> tuple[Content, int | None]:
    path = named.path
    if path is None or path.exists():
        return named, None
    file, _, number = str(path).rpartition("#")
    if not (number.isdigit() and int(number) and Path(file).exists()):
        return named, None
    return Content(file, path=Path(file)), int(number)
