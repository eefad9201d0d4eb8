"""Open gzip data: a crawl or JSON lines as a stream, any other file in memory.

Flow:  content -> **what is in it** -> kind -> pages
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from contextlib import suppress

from gouji.inference.limits import limits
from gouji.inference.readers.content import HEAD, Content, Options, Unread
from gouji.inference.readers.detect import Kind, kind_of
from gouji.inference.readers.warc_stretches import GZIP_MEMBER, Member, next_place
from gouji.inference.reading import ReadingError

_PIECE = 1 << 10  # bytes that are unpacked at a time, so that what stands before damage is not lost with it


def unpack(content: Content, options: Options) -> Iterator[Content | Unread]:
    """What is compressed.

    Raises:
        ReadingError: It is cut off, damaged, or too large.
    """
    from gouji.inference.readers import json_lines, warc

    kind = kind_of(Content(content.name, _head(content)))
    if kind is Kind.WARC:
        yield from warc.unpack(content, options)
    elif kind is Kind.JSON_LINES:
        yield from json_lines.unpack(content, options)
    else:
        data = _whole(content)
        if len(data) > limits().bytes:
            raise ReadingError(f"{content.name}: unpacked has {limits().reached('bytes')}")
        yield Content(content.name, data, charset=content.charset)


def _head(content: Content) -> bytes:
    """The first bytes that can be unpacked; of a crawl the first member may be the damaged one."""
    with content.open() as file:
        start: int | None = 0
        while start is not None:
            if head := _as_far_as_it_goes(Member(file, start)):
                return head
            start = next_place(file, GZIP_MEMBER, start + 1)
    return b""


def _as_far_as_it_goes(member: Member) -> bytes:
    parts: list[bytes] = []
    with suppress(zlib.error, EOFError):
        while len(parts) < HEAD // _PIECE and (part := member.read(_PIECE)):
            parts.append(part)
    return b"".join(parts)


def _whole(content: Content) -> bytes:
    """All bytes, or a few more than are taken.

    Raises:
        ReadingError: It is cut off or damaged.
    """
    with content.open() as file, gzip.open(file) as unpacked:
        try:
            return unpacked.read(limits().bytes + 1)
        except EOFError as error:
            raise ReadingError(f"{content.name}: is a gzip file that is cut off; fetch it again") from error
        except (OSError, zlib.error) as error:
            fault = f"{content.name}: is a damaged gzip file ({error}); fetch it again"
            raise ReadingError(fault) from error
