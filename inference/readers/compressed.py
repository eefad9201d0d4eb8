"""Open gzip data: a crawl or JSON lines as a stream, any other file in memory.

Flow:  content -> **what is in it** -> kind -> pages
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator

from gouji.inference.limits import limits
from gouji.inference.readers.content import HEAD, Content, Options, Unread
from gouji.inference.readers.detect import Kind, kind_of
from gouji.inference.reading import ReadingError


def unpack(content: Content, options: Options) -> Iterator[Content | Unread]:
    """What is compressed.

    Raises:
        ReadingError: It is cut off, damaged, or too large.
    """
    from gouji.inference.readers import json_lines, warc

    kind = kind_of(Content(content.name, _read(content, HEAD, whole=False)))
    if kind is Kind.WARC:
        yield from warc.unpack(content, options)
    elif kind is Kind.JSON_LINES:
        yield from json_lines.unpack(content, options)
    else:
        data = _read(content, limits().bytes + 1, whole=True)
        if len(data) > limits().bytes:
            raise ReadingError(f"{content.name}: unpacked has {limits().reached('bytes')}")
        yield Content(content.name, data, charset=content.charset)


def _read(content: Content, size: int, *, whole: bool) -> bytes:
    """The first bytes; those of a file that is cut off only where they are enough."""
    parts: list[bytes] = []
    with content.open() as file, gzip.open(file) as unpacked:
        try:
            while size > 0 and (part := unpacked.read(min(size, HEAD))):
                parts.append(part)
                size -= len(part)
        except EOFError as error:
            if whole or not parts:
                raise ReadingError(
                    f"{content.name}: is a gzip file that is cut off; fetch it again"
                ) from error
        except (OSError, zlib.error) as error:
            fault = f"{content.name}: is a damaged gzip file ({error}); fetch it again"
            raise ReadingError(fault) from error
    return b"".join(parts)
