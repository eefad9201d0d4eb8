"""Open MHTML, a page that a browser saved with all its parts, and a mail: their pages, and files attached.

Flow:  content -> **its HTML, or its text, and files attached** -> kind -> pages

Of a page's frames those are taken that hold tables. A mail whose files are attached says little itself: it is
a page of its own only where it holds a table.
"""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterable, Iterator
from email.message import Message

from gouji.inference.readers.content import Content, Options, Unread
from gouji.inference.readers.saved import as_iso
from gouji.inference.reading import ReadingError
from gouji.model.provenance import Provenance


def unpack(content: Content, options: Options) -> Iterator[Content | Unread]:
    """The page; where there are several frames with tables, or files attached, each of these by its number.

    Raises:
        ReadingError: It holds no page.
    """
    with content.open() as file:
        message = email.message_from_binary_file(file, policy=email.policy.compat32)
    attached = [part for part in message.walk() if _is_attached(part)]
    bodies = [part for part in message.walk() if part not in attached and not _is_tabs(part)]
    pages = _of_types(bodies, "text/html", "application/xhtml+xml")
    tabled = [(part, data) for part, data in pages if b"<table" in data.lower()]
    files = [(part, data) for part in attached if (data := _bytes(part)).strip()]
    held = [*tabled, *files] or pages[:1] or _of_types(bodies, "text/plain")[:1]
    if not held:
        raise ReadingError(f"{content.name}: is MHTML or a mail that holds no page; save the page again")
    for number, (part, data) in enumerate(held, 1):
        name = content.name if len(held) == 1 else f"{content.name}#{number}"
        told = _provenance(message, part)
        yield Content(name, data, charset=part.get_content_charset(), provenance=told)


def _is_attached(part: Message) -> bool:
    """Whether a part is a file that goes with a mail; a picture of its letter's is none."""
    return part.get_content_disposition() == "attachment" and part.get_content_maintype() != "image"


def _of_types(parts: Iterable[Message], *types: str) -> list[tuple[Message, bytes]]:
    """The parts of some types that hold anything."""
    typed = (part for part in parts if part.get_content_type() in types)
    return [(part, data) for part in typed if (data := _bytes(part)).strip()]


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
