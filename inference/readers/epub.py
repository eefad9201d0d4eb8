"""Open an EPUB, a book whose chapters are pages of HTML: all of them in their order, as one page.

Flow:  content -> container -> spine -> **chapters' HTML in one** -> HTML's reader

Pictures and styles of the book are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from gouji.inference.limits import limits
from gouji.inference.readers.content import Content, Options, Unread
from gouji.inference.readers.packages import Package, attribute, below, beside, bytes_of, opened
from gouji.inference.reading import ReadingError

_WHAT = "an EPUB"
_CONTAINER = "META-INF/container.xml"
_PAGES = frozenset(("application/xhtml+xml", "text/html", "text/x-oeb1-document"))
_BODY = re.compile(r"<body\b[^>]*>(.*?)(?:</body\s*>|\Z)", re.IGNORECASE | re.DOTALL)


def unpack(content: Content, options: Options) -> Iterator[Content | Unread]:
    """The book as one page.

    Raises:
        ReadingError: It is protected, damaged or too large, or names no chapter.
    """
    with opened(content, _WHAT) as package:
        bodies = [body for part in _chapters(package) for body in _bodies(package, part)]
    if not any(body.strip() for body in bodies):
        raise ReadingError(f"{content.name}: is {_WHAT} without a chapter; give the report itself")
    page = f'<!DOCTYPE html><html><head><meta charset="utf-8"></head><body>{"".join(bodies)}</body></html>'
    yield Content(content.name, page.encode(), charset="utf-8", decoded=True)


def _chapters(package: Package) -> Iterator[str]:
    """The names of the chapters' parts, in the order in which they are read."""
    container = package.xml(_CONTAINER)
    roots = (
        [] if container is None else [attribute(each, "full-path") for each in below(container, "rootfile")]
    )
    for root in filter(None, roots[:1]):
        book = package.xml(root)
        if book is None:
            continue
        items = {attribute(item, "id"): item for item in below(book, "item")}
        for named in below(book, "itemref"):
            item = items.get(attribute(named, "idref"))
            if item is not None and attribute(item, "media-type") in _PAGES:
                yield beside(root, unquote(attribute(item, "href") or ""))


def _bodies(package: Package, part: str) -> Iterator[str]:
    """What the bodies of a part hold."""
    if part not in package.archive.namelist():
        return
    if (size := package.archive.getinfo(part).file_size) > limits().bytes:
        raise ReadingError(f"{package.name}: {part} {limits().reached('bytes', size)}")
    text = bytes_of(package.archive, part).decode("utf-8", "replace")
    yield from (f"<div>{body}</div>" for body in _BODY.findall(text))
