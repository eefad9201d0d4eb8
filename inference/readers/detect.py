"""What a file is, by its content alone: names lie, and crawls have none.

Flow:  content -> **kind** -> reader

First the bytes that a format must begin with, and those of what is not read (`foreign`); then, for a ZIP
archive, what lies in it; then the structure of text. What is none of these is text, or is refused when it
is decoded.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from enum import StrEnum

from gouji.inference.readers.archives import FAULTS
from gouji.inference.readers.content import Content
from gouji.inference.readers.foreign import Sort, foreign_of
from gouji.inference.readers.markdown import is_marked_text
from gouji.inference.readers.ocr_kind import is_recognized
from gouji.inference.readers.sql_kind import is_sql
from gouji.inference.readers.wide import is_wide
from gouji.inference.readers.xml_kind import is_xml
from gouji.inference.reading import MARKS


class Kind(StrEnum):
    """What a file is."""

    TEXT = "text"
    HTML = "html"
    DOCX = "docx"
    OFFICE = "office"  # DOC, XLS, RTF, WPS: an old container, or what LibreOffice makes a DOCX of
    ODF = "odf"  # ODT, ODS
    PDF = "pdf"
    OFD = "ofd"
    SHEET = "sheet"  # XLSX
    XLSB = "xlsb"
    EXCEL_XML = "excel_xml"  # of 2003
    MHTML = "mhtml"  # or a mail
    EPUB = "epub"
    GZIP = "gzip"
    ZIP = "zip"
    WARC = "warc"
    JSON_LINES = "json_lines"  # or any other JSON, also within a call, a fence or sentences
    PARQUET = "parquet"
    SQL = "sql"  # a dump of a database, as text
    XML = "xml"  # a document, a feed, records; none of HTML
    RECOGNIZED = "recognized"  # hOCR, ALTO, PAGE, Tesseract's TSV
    WIDE = "wide"  # a table of text with a report a row
    SLIDES = "slides"
    PICTURE = "picture"
    MEDIA = "media"  # sound, film
    FONT = "font"
    DATABASE = "database"
    PROGRAM = "program"
    CSV = "csv"  # one of whose columns holds pages
    ARCHIVE = "archive"  # of a kind that is not opened


_REFUSED: Mapping[Kind, str] = {
    Kind.SLIDES: "is a set of slides; give the report itself",
    Kind.CSV: "is CSV with a column of pages, which is not opened; write it as JSON lines, one object a row:"
    " pandas.read_csv('pages.csv').to_json('pages.jsonl', orient='records', lines=True)",
}
_FOREIGN = frozenset(Kind(sort) for sort in Sort)
_MAGIC: tuple[tuple[bytes, Kind], ...] = (
    (b"%PDF-", Kind.PDF),
    (b"PK\x03\x04", Kind.ZIP),
    (b"PK\x05\x06", Kind.ZIP),  # an empty one
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OFFICE),
    (b"{\\rtf", Kind.OFFICE),
    (b"\x1f\x8b", Kind.GZIP),
    (b"WARC/", Kind.WARC),
    (b"PAR1", Kind.PARQUET),
)
# XML by its root, which says more than HTML in it.
_XML: tuple[tuple[re.Pattern[bytes], Kind], ...] = (
    (re.compile(rb"<(?:\w+:)?Workbook\b[^>]*urn:schemas-microsoft-com:office:spreadsheet"), Kind.EXCEL_XML),
    (re.compile(rb"<office:document\b[^>]*urn:oasis:names:tc:opendocument"), Kind.ODF),
    (re.compile(rb"<w:wordDocument\b|<pkg:package\b"), Kind.OFFICE),
)
# What a ZIP archive is, by files that must lie in it: one of the first, and of the second if there are any.
_PARTS = ("[content_types].xml",)
_INSIDE: tuple[tuple[Kind, tuple[str, ...], tuple[str, ...]], ...] = (
    (Kind.DOCX, ("word/document.xml",), ()),
    (Kind.DOCX, ("word/",), _PARTS),
    (Kind.XLSB, ("xl/workbook.bin",), ()),
    (Kind.SHEET, ("xl/workbook.",), ()),
    (Kind.SHEET, ("xl/",), _PARTS),
    (Kind.SLIDES, ("ppt/presentation.xml",), ()),
    (Kind.ODF, ("content.xml",), ("mimetype", "meta-inf/manifest.xml")),
    (Kind.OFD, ("ofd.xml",), ()),
    (Kind.EPUB, ("meta-inf/container.xml",), ("mimetype",)),
)
_HEADER = rb"(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?"
_MHTML = re.compile(
    rb"(?=" + _HEADER + rb"mime-version:)" + _HEADER + rb"content-type:\s*(?:multipart/|text/(?:html|plain))"
    rb"|" + _HEADER + rb"content-type:\s*multipart/related",
    re.I,
)
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|table|div|p|script)\b"
    rb"|\A\s*<!--|&(?:amp;)?lt;(?:table|tr|td)\b"
    rb"|<(?:td|tr|div|p|span|br)\b[^>]*>.*</(?:td|tr|div|p|span)\s*>",
    re.I | re.S,
)
_STRING = rb'"(?:[^"\\\n]|\\.)*"'
# How an object begins, or a list of some; a list of rows.
_BEGIN = (
    rb"(?:(?:\[\s*)*\{\s*(?:\}|" + _STRING + rb"\s*:)"
    rb"|\[\s*(?:[\[(]\s*){1,6}(?:" + _STRING + rb"|null|-?\d[\d.]*)\s*[,\]])"
)
_JSON = re.compile(
    _BEGIN
    + rb"|(?:/\*[^*]*\*/\s*)?[\w$.]+\s*\(\s*"
    + _BEGIN  # callback({...})
    + rb"|(?:(?:var|let|const)\s+)?[\w$.]+\s*=\s*"
    + _BEGIN
    + rb'|"\s*(?:<|&lt;|\\u003[cC]|[\[{]\s*\\")'  # a string of markup, or of JSON
    + rb"|(?:\[\s*)*\{\s*(?:'[^'\n]*'|\d+)\s*:"  # as Python prints it
)
# In a fence; below English alone, as an answer's header; or with a key in Chinese, as no page's script has.
_IN_CHINESE = rb"[ \t]*(?:\[\s*)*\{\s*[\"'][^\"'\n\x80-\xff]{0,9}(?:[\x80-\xff]|\\u[4-9])"
_JSON_IN_TEXT = re.compile(
    rb"(?:(?m:^)|[\x80-\xff])[ \t]*(?:```|~~~)[ \t]*\w*\s*"
    + _BEGIN
    + rb"|\A[^\x80-\xff<]*?(?m:^)"
    + _BEGIN
    + rb"|(?:(?m:^)|[\x80-\xff:])"
    + _IN_CHINESE
)
_LATEX = re.compile(
    rb"(?m)^[ \t]*\\(?:documentclass|usepackage|begin)\b"
)  # its braces and tildes are no JSON
# What the column of pages is called in the head of a CSV.
_CSV_COLUMNS = {"html", "text", "content", "body", "正文", "内容", "网页", "全文"}
_LONGEST_NAME = 40  # characters
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
    foreign = foreign_of(head)
    if foreign is not None:
        return Kind(foreign.sort)
    for mark, codec in MARKS[1:]:
        if head.startswith(mark):
            head = head.decode(codec, "ignore").encode()
    if is_recognized(head):
        return Kind.RECOGNIZED
    if head.lstrip().startswith(b"<"):
        for root, kind in _XML:
            if root.search(head):
                return kind
        if is_xml(head.lstrip()):
            return Kind.XML
    elif is_sql(head):
        return Kind.SQL
    elif (
        (b"{" in head or b"[" in head) and not _LATEX.search(head) and _JSON_IN_TEXT.search(head)
    ):  # most pages have neither
        return Kind.JSON_LINES
    if _JSON.match(head.lstrip()):
        return Kind.JSON_LINES
    if _MHTML.match(head.lstrip()):
        return Kind.MHTML
    if is_wide(head):
        return Kind.WIDE
    if _is_csv_of_pages(head):
        return Kind.CSV
    may_be_html = b"<" in head or b"&" in head  # most texts have neither
    return Kind.HTML if may_be_html and _HTML.search(head) and not is_marked_text(head) else Kind.TEXT


def refusal_of(content: Content, kind: Kind) -> str | None:
    """What a file that is not read is, and what to do; None for one that is read.

    Raises:
        ReadingError: The file cannot be opened.
    """
    foreign = foreign_of(content.head().removeprefix(_BOM)) if kind in _FOREIGN else None
    return _REFUSED.get(kind) if foreign is None else foreign.refusal


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
        except FAULTS:
            return Kind.ZIP  # its reader says what is wrong with it
    held = [name.lower().replace("\\", "/") for name in names]
    for kind, *wanted in _INSIDE:
        if all(any(name.startswith(each) for name in held) for each in wanted if each):
            return kind
    return Kind.ZIP
