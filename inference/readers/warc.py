"""Open a WARC file as crawlers write them, record by record: a crawl may be larger than memory.

Flow:  content -> **responses** -> kind -> pages

A page is named by its address. Requests, notes of the crawler, redirections, style sheets and
scripts are no pages and are passed over; a response that should have been a page and is none
(an error, a picture, a record without content) is said; so is what is lost to damage.
"""

from __future__ import annotations

import io
import zlib
from collections.abc import Iterator
from contextlib import redirect_stderr
from typing import Any, BinaryIO, cast

from gouji.inference.limits import limits
from gouji.inference.readers.content import Content, Options, Unread
from gouji.inference.readers.registry import needs_extra
from gouji.inference.readers.warc_stretches import (
    GZIP_MEMBER,
    Member,
    holds_record,
    next_place,
    next_record,
)
from gouji.model.provenance import Provenance

_PAGES = ("response", "resource", "conversion")
_BESIDES = ("text/css", "text/javascript", "application/javascript", "application/x-javascript", "font/")
_NO_PAGES = ("image/", "audio/", "video/")
_CUT_OFF = "is cut off within the WARC file; fetch it again"
_BEGIN = b"WARC/"
_LONGEST = 80  # characters of a library's own words
_REVISIT = "is a record of a page that had not changed and was not kept; read the crawl that holds it"


def unpack(content: Content, options: Options) -> Iterator[Content | Unread]:
    """The pages of a crawl; also of one that is compressed. What is lost to damage is said in its place."""
    with needs_extra("warc", content.name):
        import warcio.archiveiterator  # noqa: F401
    with content.open() as file:
        packed = file.read(len(GZIP_MEMBER)) == GZIP_MEMBER
        reader = _Reader(file, content.name)
        yield from reader.packed() if packed else reader.plain()


class _Reader:
    """Reads a crawl, stretch by stretch."""

    def __init__(self, file: BinaryIO, name: str) -> None:
        from warcio.exceptions import ArchiveLoadFailed
        from warcio.statusandheaders import StatusAndHeadersParserException as BadHeaders

        self._file, self._name = file, name
        self._given = 0
        self._begins = self._before = 0  # the record in hand, and the one before it
        # The last is warcio's of a record without an address.
        self._faults = (
            OSError,
            EOFError,
            ValueError,
            zlib.error,
            ArchiveLoadFailed,
            BadHeaders,
            AttributeError,
        )

    def packed(self) -> Iterator[Content | Unread]:
        """The pages of each gzip member; behind a damaged one, of the next that can be opened."""
        start: int | None = 0
        while start is not None:
            begins, member = start, Member(self._file, start)
            try:
                yield from self._pages(cast(BinaryIO, member))
                while member.read():
                    pass  # what may stand behind the last record
                start = next_place(self._file, GZIP_MEMBER, member.end)
            except self._faults as error:
                yield self._lost(begins, error)
                start = self._next_member(begins + 1)

    def plain(self) -> Iterator[Content | Unread]:
        """The pages of each record; behind a damaged one, of the next that begins as one does."""
        start: int | None = 0
        while start is not None:
            self._begins = self._before = start
            self._file.seek(start)
            try:
                for held in self._pages(self._file):
                    yield held
                    if isinstance(held, Unread) and held.error == _CUT_OFF:
                        break  # others may stand in what it takes for its own
                else:
                    return
                start = next_record(self._file, self._begins + 1)
            except self._faults as error:
                yield self._lost(self._begins, error)
                start = next_record(self._file, self._before + 1, but=self._begins)

    def _pages(self, stream: BinaryIO) -> Iterator[Content | Unread]:
        from warcio.archiveiterator import ArchiveIterator

        records = ArchiveIterator(stream)
        with redirect_stderr(io.StringIO()):  # warcio warns there of what is said here
            record = next(records, None)
        while record is not None:
            held = _page(record, f"{self._name}#{self._given + 1}")
            if held is not None:
                self._given += 1
                yield held
            with redirect_stderr(io.StringIO()):
                records.read_to_end()
                self._before, self._begins = self._begins, records.offset
                record = next(records, None)

    def _next_member(self, start: int) -> int | None:
        """Where the next gzip member begins that can be opened."""
        found = next_place(self._file, GZIP_MEMBER, start)
        while found is not None:
            try:
                if Member(self._file, found).read(len(_BEGIN)) == _BEGIN:
                    return found
            except (zlib.error, EOFError):
                pass
            found = next_place(self._file, GZIP_MEMBER, found + 1)
        return None

    def _lost(self, start: int, error: Exception) -> Unread:
        self._given += 1
        why = " ".join(str(error).split()) or type(error).__name__
        why = "it names no address" if isinstance(error, AttributeError) else why
        fault = f"a record of the WARC file is cut off or damaged, from byte {start} ({why[:_LONGEST]})"
        return Unread(
            f"{self._name}#{self._given}", f"{fault}; what can be read behind it is; fetch it again"
        )


def _page(record: Any, number: str) -> Content | Unread | None:
    """What a record holds; None where it is of no page."""
    name = record.rec_headers.get_header("WARC-Target-URI") or number
    name = name.strip("<>")
    if record.rec_type == "revisit":
        return Unread(name, _REVISIT)
    if record.rec_type not in _PAGES or not name.startswith(("http", number)):
        return None
    headers = record.http_headers
    status = headers.get_statuscode() if headers is not None else "200"
    declared = (headers or record.rec_headers).get_header("Content-Type") or ""
    kind = declared.partition(";")[0].strip().lower()
    if kind.startswith(_BESIDES) or status.startswith("3"):
        return None
    if not status.startswith("2"):
        return Unread(name, f"is what the server sent with status {status} instead of a page; fetch it again")
    if kind.startswith(_NO_PAGES):
        return Unread(name, f"is no page ({kind}); recognize its text first (OCR) if it shows a report")
    data = record.content_stream().read(limits().bytes + 1)
    if getattr(record.raw_stream, "limit", 0) > 0 or holds_record(data):
        return Unread(name, _CUT_OFF)
    if len(data) > limits().bytes:
        return Unread(name, f"has {limits().reached('bytes')}")
    url = name if name != number else None
    told = Provenance(url, record.rec_headers.get_header("WARC-Date"))
    return Content(name, data, charset=_charset(declared), provenance=told)


def _charset(declared: str) -> str | None:
    """The encoding that a `Content-Type` names."""
    for parameter in declared.split(";")[1:]:
        key, _, value = parameter.partition("=")
        if key.strip().lower() == "charset":
            return value.strip().strip("\"'") or None
    return None
