"""Which reader takes which kind of file; a reader's module is imported when a file needs it.

Flow:  content -> kind -> **its reader** -> contents or pages
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module

from gouji.inference.mojibake import what_garbles
from gouji.inference.readers.content import Content, Options, Unread
from gouji.inference.readers.detect import Kind, kind_of, refusal_of
from gouji.inference.reading import MARKS, ReadingError, utf16_without_mark
from gouji.model.page import Page

Unpack = Callable[[Content, Options], Iterator[Content | Unread]]
Read = Callable[[Content, Options], Iterator[Page]]

# Kind -> the module in this folder whose `unpack(content, options)` yields what the container holds ...
_CONTAINERS: Mapping[Kind, str] = {
    Kind.MHTML: "mhtml",
    Kind.GZIP: "compressed",
    Kind.ZIP: "archives",
    Kind.WARC: "warc",
    Kind.JSON_LINES: "json_lines",
    Kind.PARQUET: "parquet",
    Kind.WIDE: "wide",
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


def unpack(content: Content, options: Options) -> Iterator[Content | Unread]:
    """The documents that a content holds, containers in containers opened; itself where it is one.

    Nothing is raised: what cannot be opened is named in its place.
    """
    try:
        kind = kind_of(content)
        if kind in (Kind.TEXT, Kind.HTML) and (marked := _with_mark(content)) is not content:
            content, kind = marked, kind_of(marked)
        if kind not in _CONTAINERS:
            yield content
            return
        function: Unpack = import_module(f"gouji.inference.readers.{_CONTAINERS[kind]}").unpack
        for held in function(content, options):
            yield from [held] if isinstance(held, Unread) else unpack(held, options)
    except ReadingError as error:
        yield unread(content, error)


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
    for page in function(content, replace(options, encoding=None) if content.decoded else options):
        if (fault := what_garbles(page.text)) is not None:
            raise ReadingError(f"{content.name}: {fault}")
        yield page


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
