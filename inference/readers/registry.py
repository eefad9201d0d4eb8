"""Which reader takes which kind of file; a reader's module is imported when a file needs it.

Flow:  content -> kind -> **its reader** -> contents or pages
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from importlib import import_module

from gouji.inference.limits import RATIO_FROM, Exceeded, limits
from gouji.inference.mojibake import what_garbles
from gouji.inference.readers.content import Content, Options, Unread
from gouji.inference.readers.detect import Kind, kind_of, refusal_of
from gouji.inference.readers.saved import saved_from
from gouji.inference.readers.shown_text import shown_text
from gouji.inference.reading import MARKS, ReadingError, utf16_without_mark
from gouji.model.page import Page
from gouji.model.provenance import Provenance

_ADDRESS = re.compile(r"https?://\S+$", re.IGNORECASE)

Unpack = Callable[[Content, Options], Iterator[Content | Unread]]
Read = Callable[[Content, Options], Iterator[Page]]

# Kind -> the module in this folder whose `unpack(content, options)` yields what the container holds ...
_CONTAINERS: Mapping[Kind, str] = {
    Kind.MHTML: "mhtml",
    Kind.EPUB: "epub",
    Kind.GZIP: "compressed",
    Kind.ZIP: "archives",
    Kind.WARC: "warc",
    Kind.JSON_LINES: "json_lines",
    Kind.PARQUET: "parquet",
    Kind.WIDE: "wide",
    Kind.XML: "xml_pages",
    Kind.SQL: "sql",
    Kind.RECOGNIZED: "ocr_files",
}
# ... and whose `read(content, options)` yields the pages of one document.
_DOCUMENTS: Mapping[Kind, str] = {
    Kind.TEXT: "text",
    Kind.HTML: "html",
    Kind.DOCX: "docx",
    Kind.OFFICE: "office",
    Kind.ODF: "odf",
    Kind.PDF: "pdf",
    Kind.OFD: "ofd",
    Kind.SHEET: "xlsx",
    Kind.XLSB: "xlsb",
    Kind.EXCEL_XML: "excel_xml",
}


@dataclass(slots=True)
class _Meter:
    """What has come out of one file so far, from all depths."""

    packed: int  # bytes of the file
    unpacked: int = 0  # bytes
    members: int = 0

    def fault(self) -> str | None:
        """The limit that is hit; None where there is none."""
        most = limits()
        if self.unpacked > most.unpacked:
            return most.reached("unpacked")
        if self.unpacked > max(self.packed * most.ratio, RATIO_FROM):
            return most.reached("ratio", self.unpacked // max(self.packed, 1))
        return most.reached("members") if self.members > most.members else None


def unpack(content: Content, options: Options) -> Iterator[Content | Unread]:
    """The documents that a content holds, containers in containers opened; itself where it is one.

    Nothing is raised: what cannot be opened, or holds too much, is named in its place.
    """
    meter = _Meter(content.size)
    for held in _unpacked(content, options, meter, limits().depth):
        yield held
        if meter.fault() is not None:
            break
    if (fault := meter.fault()) is not None:
        yield Unread(content.name, f"{fault}; what comes behind it is not read")


def _unpacked(content: Content, options: Options, meter: _Meter, depth: int) -> Iterator[Content | Unread]:
    try:
        kind = kind_of(content)
        if kind in (Kind.TEXT, Kind.HTML) and (marked := _with_mark(content)) is not content:
            content, kind = marked, kind_of(marked)
        if kind is Kind.HTML and (text := shown_text(content, options)) is not content:
            content, kind = text, kind_of(text)
        if kind not in _CONTAINERS:
            yield content
            return
        if not depth:
            raise ReadingError(f"{content.name}: lies in {limits().reached('depth')}")
        function: Unpack = import_module(f"gouji.inference.readers.{_CONTAINERS[kind]}").unpack
        for held in function(content, options):
            meter.members += 1
            meter.unpacked += 0 if isinstance(held, Unread) else held.size
            if meter.fault() is not None:
                return
            if isinstance(held, Unread):
                yield held
            else:
                told = held.provenance.within(content.provenance)
                yield from _unpacked(replace(held, provenance=told), options, meter, depth - 1)
    except ReadingError as error:
        yield unread(content, error)
    except RecursionError:
        yield Unread(content.name, _too_deep())


def _too_deep() -> str:
    return f"nests more than {sys.getrecursionlimit()} levels deep; expected a page that a person can read"


def _with_mark(content: Content) -> Content:
    """A content that is UTF-16 without its mark, with it: all that looks at bytes then knows what it is."""
    head = content.head()
    codec = None if head.startswith(tuple(mark for mark, _ in MARKS)) else utf16_without_mark(head)
    mark = next((mark for mark, known in MARKS if known == codec), None)
    return content if mark is None else replace(content, data=mark + content.whole(), path=None)


def read(content: Content, options: Options) -> Iterator[Page | Unread]:
    """The pages of one document; nothing is raised."""
    try:
        yield from pages_of(content, options)
    except ReadingError as error:
        yield unread(content, error)


def pages_of(content: Content, options: Options) -> Iterator[Page]:
    """The pages of one document, that `unpack` has given.

    Raises:
        ReadingError: It cannot be read.
    """
    kind = kind_of(content)
    assert kind not in _CONTAINERS
    if (refusal := refusal_of(content, kind)) is not None:
        raise ReadingError(f"{content.name}: {refusal}")
    function: Read = import_module(f"gouji.inference.readers.{_DOCUMENTS[kind]}").read
    told = _provenance(content, kind)
    looked_at: str | None = None  # the parts of a document have one text
    try:
        for page in function(content, replace(options, encoding=None) if content.decoded else options):
            if page.text is not looked_at and (fault := what_garbles(page.text)) is not None:
                raise ReadingError(f"{content.name}: {fault}")
            looked_at = page.text
            yield replace(page, provenance=told)
    except Exceeded as error:
        raise ReadingError(f"{content.name}: {error}") from error
    except RecursionError as error:
        raise ReadingError(f"{content.name}: {_too_deep()}") from error


def _provenance(content: Content, kind: Kind) -> Provenance:
    """Where a document came from: what its container tells, an address as name, its comment."""
    told = content.provenance
    if told.url is None and _ADDRESS.match(content.name):
        told = replace(told, url=content.name)
    if kind is Kind.HTML:
        told = told.within(saved_from(content.head()))
    return replace(told, sha256=content.sha256())


def unread(content: Content, error: ReadingError) -> Unread:
    """A content's failure in its place."""
    return Unread(content.name, str(error).removeprefix(f"{content.name}: "))


@contextmanager
def needs_extra(extra: str, name: str) -> Iterator[None]:
    """Say what to install where a reader's library is missing.

    Raises:
        ReadingError: It is.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] == "gouji":
            raise
        fault = f"{name}: needs {error.name}, which is not installed; run pip install 'gouji[{extra}]'"
        raise ReadingError(fault) from error
