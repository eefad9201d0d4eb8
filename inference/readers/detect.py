"""What a file is, by its content alone: names lie, and crawls have none.

Flow:  content -> **kind** -> reader

First the bytes that a format must begin with; then, for a ZIP archive, what lies in it; then the
structure of text. What is none of these is text, or is refused when it is decoded.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from enum import StrEnum

from gouji.inference.readers.content import Content
from gouji.inference.readers.markdown import is_marked_text
from gouji.inference.readers.wide import is_wide
from gouji.inference.reading import MARKS


class Kind(StrEnum):
    """What a file is."""

    TEXT = "text"
    HTML = "html"
    DOCX = "docx"
    OFFICE = "office"  # DOC, RTF, ODT, WPS: what LibreOffice makes a DOCX of
    PDF = "pdf"
    MHTML = "mhtml"
    GZIP = "gzip"
    ZIP = "zip"
    WARC = "warc"
    JSON_LINES = "json_lines"
    PARQUET = "parquet"
    WIDE = "wide"  # a table of text with a report a row
    SHEET = "sheet"
    SLIDES = "slides"
    OFD = "ofd"
    PICTURE = "picture"
    MEDIA = "media"  # sound, film, a font
    CSV = "csv"  # one of whose columns holds pages
    ARCHIVE = "archive"  # of a kind that is not opened


REFUSED: Mapping[Kind, str] = {
    Kind.SHEET: "is a spreadsheet; export the report's page, or save the sheet as HTML",
    Kind.SLIDES: "is a set of slides; give the report itself",
    Kind.OFD: "is an OFD document; print it to PDF from a program that shows it, and give that",
    Kind.PICTURE: "is a picture; recognize its text first (OCR)",
    Kind.MEDIA: "is sound, a film or a font; give the report itself",
    Kind.CSV: "is CSV with a column of pages, which is not opened; write it as JSON lines, one object a row:"
    " pandas.read_csv('pages.csv').to_json('pages.jsonl', orient='records', lines=True)",
    Kind.ARCHIVE: "is an archive of a kind that is not opened; unpack it, or pack it as ZIP",
}

_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", Kind.PDF),
    (b"PK\x03\x04", Kind.ZIP),
    (b"PK\x05\x06", Kind.ZIP),  # an empty one
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OFFICE),
    (b"{\\rtf", Kind.OFFICE),
    (b"\x1f\x8b", Kind.GZIP),
    (b"WARC/", Kind.WARC),
    (b"PAR1", Kind.PARQUET),
    (b"7z\xbc\xaf\x27\x1c", Kind.ARCHIVE),
    (b"Rar!\x1a\x07", Kind.ARCHIVE),
    (b"BZh", Kind.ARCHIVE),
    (b"\xfd7zXZ\x00", Kind.ARCHIVE),
    (b"\x28\xb5\x2f\xfd", Kind.ARCHIVE),
    (b"\x89PNG", Kind.PICTURE),
    (b"\xff\xd8\xff", Kind.PICTURE),
    (b"GIF8", Kind.PICTURE),
    (b"II*\x00", Kind.PICTURE),
    (b"MM\x00*", Kind.PICTURE),
    (b"8BPS", Kind.PICTURE),
    (b"wOFF", Kind.MEDIA),
    (b"wOF2", Kind.MEDIA),
    (b"OTTO", Kind.MEDIA),
    (b"\x00\x01\x00\x00", Kind.MEDIA),
    (b"ID3", Kind.MEDIA),
    (b"OggS", Kind.MEDIA),
    (b"FLV\x01", Kind.MEDIA),
    (b"\x1aE\xdf\xa3", Kind.MEDIA),
)
# A drawing by itself; markup that only begins with one is a page.
_SVG = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*|<!doctype\s+svg[^>]*>\s*)*<svg\b(?!.*<(?:table|body|div|p)\b)",
    re.S | re.I,
)
# Those that a few letters alone do not tell.
_MAGIC_SHAPES: tuple[tuple[re.Pattern[bytes], Kind], ...] = (
    (re.compile(rb"BM.{4}\0{4}", re.S), Kind.PICTURE),
    (re.compile(rb"RIFF.{4}WEBP|.{4}ftyp(?:avif|heic|heix|mif1)|\0\0[\1\2]\0.\0", re.S), Kind.PICTURE),
    (_SVG, Kind.PICTURE),
    (re.compile(rb"RIFF.{4}(?:WAVE|AVI )|.{4}ftyp|\xff[\xf2\xf3\xfb]|[CF]WS[\x03-\x20]", re.S), Kind.MEDIA),
)
# What a ZIP archive is, by files that must lie in it: one of the first, and of the second if there are any.
_PARTS = ("[content_types].xml",)
_INSIDE: tuple[tuple[Kind, tuple[str, ...], tuple[str, ...]], ...] = (
    (Kind.DOCX, ("word/document.xml",), ()),
    (Kind.DOCX, ("word/",), _PARTS),
    (Kind.SHEET, ("xl/workbook.",), ()),
    (Kind.SHEET, ("xl/",), _PARTS),
    (Kind.SLIDES, ("ppt/presentation.xml",), ()),
    (Kind.OFFICE, ("content.xml",), ("mimetype", "meta-inf/manifest.xml")),
    (Kind.OFD, ("ofd.xml",), ()),
)
_HEADER = rb"(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?"
_MHTML = re.compile(
    rb"(?=" + _HEADER + rb"mime-version:)" + _HEADER + rb"content-type:\s*(?:multipart/|text/html)"
    rb"|" + _HEADER + rb"content-type:\s*multipart/related",
    re.I,
)
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|table|div|p|script)\b"
    rb"|\A\s*<!--|&(?:amp;)?lt;(?:table|tr|td)\b"
    rb"|<(?:td|tr|div|p|span|br)\b[^>]*>.*</(?:td|tr|div|p|span)\s*>",
    re.I | re.S,
)
_JSON = re.compile(rb'(?:\[\s*)?\{\s*(?:\}|"(?:[^"\\\n]|\\.)*"\s*:)')  # the begin of an object, or of several
# What the column of pages is called in the head of a CSV.
_CSV_COLUMNS = {"html", "text", "content", "body", "正文", "内容", "网页", "全文"}
_LONGEST_NAME = 40  # characters
_TAR = (257, b"ustar")  # where it says what it is
_BOM = b"\xef\xbb\xbf"


def kind_of(content: Content) -> Kind:
    """What a content is.

    >>> kind_of(Content("a.txt", b"<!DOCTYPE html><p>..."))
    <Kind.HTML: 'html'>

    Raises:
        ReadingError: The file cannot be opened.
    """
    head = content.head().removeprefix(_BOM)
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return _kind_of_zip(content) if kind is Kind.ZIP else kind
    for shape, kind in _MAGIC_SHAPES:
        if shape.match(head):
            return kind
    for mark, codec in MARKS[1:]:
        if head.startswith(mark):
            head = head.decode(codec, "ignore").encode()
    if head[_TAR[0] :].startswith(_TAR[1]):
        return Kind.ARCHIVE
    if _JSON.match(head.lstrip()):
        return Kind.JSON_LINES
    if _MHTML.match(head.lstrip()):
        return Kind.MHTML
    if is_wide(head):
        return Kind.WIDE
    if _is_csv_of_pages(head):
        return Kind.CSV
    return Kind.HTML if _HTML.search(head) and not is_marked_text(head) else Kind.TEXT


def _is_csv_of_pages(head: bytes) -> bool:
    """Whether a file begins with the names of columns, one of them a page's."""
    line, end, _ = head.partition(b"\n")
    names = [name.strip(' "\r').lower() for name in re.split("[,;\t]", line.decode("utf-8", "replace"))]
    short = all(len(name) <= _LONGEST_NAME for name in names)
    return bool(end) and len(names) > 1 and short and not _CSV_COLUMNS.isdisjoint(names)


def _kind_of_zip(content: Content) -> Kind:
    with content.open() as file:
        try:
            names = zipfile.ZipFile(file).namelist()
        except (zipfile.BadZipFile, OSError, ValueError):
            return Kind.ZIP  # its reader says what is wrong with it
    held = [name.lower().replace("\\", "/") for name in names]
    for kind, *wanted in _INSIDE:
        if all(any(name.startswith(each) for name in held) for each in wanted if each):
            return kind
    return Kind.ZIP
