"""Open a WARC file as crawlers write them, record by record: a crawl may be larger than memory.

Flow:  content -> **responses** -> kind -> pages

A page is named by its address. Requests, notes of the crawler, redirections, style sheets and
scripts are no pages and are passed over; a response that should have been a page and is none
(an error, a picture, a record without content) is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gouji.inference.limits import limits
from gouji.inference.readers.content import Content, Options, Unread
from gouji.inference.readers.registry import needs_extra
from gouji.inference.reading import ReadingError

_PAGES = ("response", "resource", "conversion")
_BESIDES = ("text/css", "text/javascript", "application/javascript", "application/x-javascript", "font/")
_NO_PAGES = ("image/", "audio/", "video/")
_CUT_OFF = "is a WARC file that is cut off or damaged"
_REVISIT = "is a record of a page that had not changed and was not kept; read the crawl that holds it"


def unpack(content: Content, options: Options) -> Iterator[Content | Unread]:
    """The pages of a crawl; also of one that is compressed.

    Raises:
        ReadingError: The file is cut off or damaged; what stands before has been given.
    """
    with needs_extra("warc", content.name):
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    with content.open() as file:
        records = iter(ArchiveIterator(file))
        number = given = 0
        while True:
            try:
                record = next(records, None)
                if record is None:
                    return
                number += 1
                held = _page(record, f"{content.name}#{given + 1}")
            except (ArchiveLoadFailed, OSError, EOFError, ValueError) as error:
                where = f"after record {number} ({error or type(error).__name__})"
                raise ReadingError(f"{content.name}: {_CUT_OFF} {where}; fetch it again") from error
            if held is not None:
                given += 1
                yield held


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
    if record.raw_stream.limit > 0:
        return Unread(name, "is cut off within the WARC file; fetch it again")
    if len(data) > limits().bytes:
        return Unread(name, f"has {limits().reached('bytes')}")
    return Content(name, data, charset=_charset(declared))


def _charset(declared: str) -> str | None:
    """The encoding that a `Content-Type` names."""
    for parameter in declared.split(";")[1:]:
        key, _, value = parameter.partition("=")
        if key.strip().lower() == "charset":
            return value.strip().strip("\"'") or None
    return None
