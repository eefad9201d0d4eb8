"""Read a text page: its bytes decoded, and nothing else.

Flow:  content -> **page**
"""

from __future__ import annotations

from collections.abc import Iterator

from gouji.inference.readers.content import Content, Options
from gouji.inference.reading import ReadingError, known_encoding, page_of_bytes
from gouji.model.page import Page


def read(content: Content, options: Options) -> Iterator[Page]:
    """The one page of a text file.

    Raises:
        ReadingError: It is empty, no text, or not in the encoding.
    """
    yield page_of_bytes(content.whole(), content.name, options.encoding or _declared(content))


def _declared(content: Content) -> str | None:
    """What came with the bytes says of them, where they are not plainly something else."""
    if content.charset is None:
        return None
    try:
        content.whole().decode(known_encoding(content.charset))
    except (ReadingError, UnicodeDecodeError):
        return None
    return content.charset
