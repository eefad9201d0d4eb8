"""Open MHTML, a page that a browser saved with all its parts: the page, and frames that hold tables.

Flow:  content -> **its HTML** -> kind -> pages
"""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.message import Message

from gouji.inference.readers.content import Content, Options, Unread
from gouji.inference.readers.saved import as_iso
from gouji.inference.reading import ReadingError
from gouji.model.provenance import Provenance


def unpack(content: Content, options: Options) -> Iterator[Content | Unread]:
    """The page; where several of its frames hold tables, each of these by its number.

    Raises:
        ReadingError: It holds no HTML.
    """
    with content.open() as file:
        message = email.message_from_binary_file(file, policy=email.policy.compat32)
    parts = [
        part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")
    ]
    pages = [(part, data) for part in parts if not _is_tabs(part) and (data := _bytes(part)).strip()]
    if not pages:
        raise ReadingError(f"{content.name}: is MHTML that holds no page; save the page again")
    tabled = [(part, data) for part, data in pages if b"<table" in data.lower()] or pages[:1]
    for number, (part, data) in enumerate(tabled, 1):
        name = content.name if len(tabled) == 1 else f"{content.name}#{number}"
        told = _provenance(message, part)
        yield Content(name, data, charset=part.get_content_charset(), provenance=told)


def _provenance(message: Message, part: Message) -> Provenance:
    """The address that was saved, and when; a frame is at its own."""
    locations = (part.get("Content-Location"), message.get("Snapshot-Content-Location"))
    url = next((str(each).strip() for each in locations if each and str(each).startswith("http")), None)
    date = message.get("Date")
    return Provenance(url, None if date is None else as_iso(str(date)))


def _is_tabs(part: Message) -> bool:
    """Whether a part is the strip of tabs that Excel puts below the sheets of a workbook."""
    return str(part.get("Content-Location", "")).lower().endswith("/tabstrip.htm")


def _bytes(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""
