"""Turn whatever a report was published or kept as into pages: text, and nothing else to know.

Flow:  file -> **unpack** (archives, crawls, mails) -> **read** (one document) -> pages -> tokens

A container gives contents, each of which is looked at anew; a document gives a page, or one for
each report that it holds. What a thing is, its content decides (`detect`). A reader's libraries
are imported when a file needs them. Behind a page nothing knows what the file was.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from gouji.inference.readers.content import Content, Options, Unread
from gouji.inference.readers.detect import Kind, kind_of
from gouji.inference.readers.document import document_pages, read_page, whole
from gouji.inference.readers.registry import read, unpack
from gouji.model.page import Page

__all__ = [
    "Content",
    "Kind",
    "Options",
    "Unread",
    "document_pages",
    "kind_of",
    "read",
    "read_page",
    "read_pages",
    "unpack",
    "whole",
]


def read_pages(
    path: Path, options: Options | None = None, name: str | None = None
) -> Iterator[Page | Unread]:
    """Every page that a file holds, in its order; what cannot be read is named in its place.

    Args:
        path: The file.
        options: What the user says of files like it.
        name: What it is to be called; its path as given where that is None.
    """
    options = options or Options()
    for content in unpack(Content(str(path) if name is None else name, path=path), options):
        yield from [content] if isinstance(content, Unread) else read(content, options)
