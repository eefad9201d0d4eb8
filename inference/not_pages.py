"""Tell which files of a folder are evidently no pages: by what they hold, as far as that tells.

Flow:  files below a folder -> **not pages** -> sources

A crawl keeps pictures, style sheets and lists beside its pages, under any name. Such a file is not
read, and counted with its reason. In doubt a file is read: what looks like a page and cannot be
read, an archive of an unknown kind, a spreadsheet, a cut off PDF, is an error in its place.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import PurePath
from typing import Any

from gouji.inference.mojibake import repaired, what_garbles
from gouji.inference.outputs.errors import OutputError
from gouji.inference.outputs.files import OWN_MARK
from gouji.inference.outputs.read_back import is_own_table
from gouji.inference.outputs.table_files import names_in
from gouji.inference.readers.archives import FAULTS
from gouji.inference.readers.content import HEAD, Content, Options
from gouji.inference.readers.detect import Kind, kind_of
from gouji.inference.readers.json_search import tables_named
from gouji.inference.reading import MARKS, utf16_without_mark


class Why(StrEnum):
    """Why a file is not read."""

    HIDDEN = "hidden"
    LINK = "link to a folder"
    NOWHERE = "link to nothing"
    NO_FILE = "no regular file"
    EMPTY = "empty"
    PICTURE = "picture"
    MEDIA = "sound, film or font"
    DATABASE = "database"
    EXECUTABLE = "executable"
    BINARY = "unknown binary"
    NO_CHINESE = "text without Chinese"
    PROGRAM = "program, style or settings"
    LIST = "list"
    JSON = "JSON without a page"
    FEED = "feed or site map"
    OWN = "gouji's own"


# What may hold a page that nobody has seen.
UNSEEN = frozenset((Why.LINK, Why.NOWHERE, Why.NO_FILE, Why.BINARY))
# Text of these names is no page, unless it begins as markup does: what a server runs answers in HTML.
_PROGRAMS = frozenset((
    ".js", ".mjs", ".cjs", ".ts", ".css", ".scss", ".less", ".map", ".py", ".ipynb", ".r", ".sh", ".bat",
    ".ps1", ".sql", ".toml", ".yml", ".yaml", ".ini", ".cfg", ".conf", ".lock", ".log",
))  # fmt: skip
_DATA = frozenset((".sql", ".toml", ".yml", ".yaml", ".log"))  # which may hold a report's tables
_FOREIGN = {
    Kind.PICTURE: Why.PICTURE,
    Kind.MEDIA: Why.MEDIA,
    Kind.FONT: Why.MEDIA,
    Kind.DATABASE: Why.DATABASE,
    Kind.PROGRAM: Why.EXECUTABLE,
}
_LISTS = frozenset((".csv", ".tsv"))
_SYSTEM = frozenset(("thumbs.db", "desktop.ini", "__macosx", "__pycache__"))
# A CSV that holds none of these words is a list of pages or the like, not a table taken from one.
_OF_A_TABLE = re.compile(r"制发|予以公开|结转|行政(?:复议|许可|处罚|诉讼)|本年|办理结果")
_CHINESE = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_ESCAPED_CHINESE = re.compile(rb"&#(?:x[3-9][0-9a-f]{3}|[1-4]\d{4});|\\u[3-9][0-9a-f]{3}", re.I)
_FEED = re.compile(
    rb"(?>(?><\?.*?\?>|<!--.*?-->)\s*)*+<(?:rss|feed|urlset|sitemapindex|opml|rdf:RDF)\b", re.S
)
_OWN_PAGE = re.compile(
    rb'<meta (?:name="generator" content="gouji"|content="gouji" name="generator")|^%b' % OWN_MARK.encode()
)
_STATA = b"<stata_dta>"  # a file of Stata's format begins as markup does
_CONTROLS = bytes((*range(9), *range(14, 27), *range(28, 32)))
_CONTROL_SHARE = 0.01  # as for pages: see gouji.inference.reading
_LONGEST = 1 << 24  # bytes that are looked through for Chinese, or for the end of a JSON record
_LONG_TEXT = 500  # characters: a text with so many may be a page; the shortest report has 2,500


def is_hidden(name: str) -> bool:
    """Whether a file or a folder is the system's or an editor's own, by its name."""
    return name.startswith((".", "~$")) or name.lower() in _SYSTEM


def why_not_a_page(content: Content, options: Options) -> Why | None:
    """Why a file is evidently no page and holds none; None where it is to be read.

    Raises:
        ReadingError: The file cannot be opened.
    """
    head = content.head()
    if len(head) < HEAD and not head.strip():
        return Why.EMPTY
    kind = kind_of(content if head.startswith(b"PK") else Content(content.name, head))
    if kind in _FOREIGN:
        return _FOREIGN[kind]
    if kind is Kind.JSON_LINES:
        return _of_json(_values(content, head), options)
    if kind in (Kind.SHEET, Kind.PARQUET, Kind.CSV):
        return Why.OWN if _is_own(content, kind, head) else None
    return _of_text(content, head, options) if kind in (Kind.HTML, Kind.XML, Kind.SQL, Kind.TEXT) else None


def _of_text(content: Content, head: bytes, options: Options) -> Why | None:
    """Of markup and of text."""
    markup = head.removeprefix(MARKS[0][0]).lstrip()
    if markup.startswith(_STATA):
        return Why.DATABASE
    if _FEED.match(markup):
        return None if tables_named(_text(_more(content, head))) else Why.FEED
    if markup.startswith(b"<"):
        return Why.OWN if _OWN_PAGE.search(markup) else None
    if options.encoding is None and not head.startswith(tuple(mark for mark, _ in MARKS)):
        if _is_binary(head):
            return Why.BINARY
        if not _may_be_chinese(head) and not _may_be_chinese(_more(content, head)):
            return Why.NO_CHINESE
    suffix = PurePath(PurePath(content.name).name.partition("?")[0]).suffix.lower()
    if suffix in _PROGRAMS:
        return None if suffix in _DATA and tables_named(_text(_more(content, head))) else Why.PROGRAM
    if _is_own(content, Kind.CSV, head):
        return Why.OWN
    is_list = suffix in _LISTS and _OF_A_TABLE.search(_text(_more(content, head))) is None
    return Why.LIST if is_list else None


def _of_json(values: Sequence[Any], options: Options) -> Why | None:
    """Of a file of JSON, by its values, or by the first of its lines; none where it could not be read."""
    from gouji.inference.readers.json_lines import column_of
    from gouji.inference.readers.json_search import opened
    from gouji.inference.readers.json_tools import is_piece

    if not values:
        return None
    (first, *others) = values
    records = first if isinstance(first, list) and first else [first]
    if isinstance(records[0], dict):
        if _is_own_record(records[0]):
            return Why.OWN
        if column_of(records[0], options.column) is not None or is_piece(records[0]):
            return None
    return None if _holds_report(opened([first, *others])) else Why.JSON


def _is_own_record(record: Mapping[str, Any]) -> bool:
    """Whether gouji wrote it: a report, an error, a finding, or a page with its labels."""
    keys = record.keys()
    return any(
        keys >= own
        for own in ({"source", "cells"}, {"source", "error"}, {"check", "sources"}, {"text", "spans"})
    )


def _holds_report(value: Any) -> bool:
    """Whether there are words of a table in JSON, or a text as long as a page, however deep."""
    waiting = [value]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += [*value.keys(), *value.values()]
        elif isinstance(value, list):
            waiting += value
        elif isinstance(value, str) and (len(value) >= _LONG_TEXT or _OF_A_TABLE.search(value)):
            return True
    return False


def _values(content: Content, head: bytes) -> list[Any]:
    """The first of JSON lines, or what the whole file holds; none where it is not to be read."""
    from gouji.inference.readers.json_text import values_in
    from gouji.inference.readers.json_values import value_of

    line, end, _ = head.removeprefix(MARKS[0][0]).lstrip().partition(b"\n")
    try:
        if end and isinstance(record := value_of(_text(line)), dict):
            return [record, *_further(head)]
    except ValueError:
        pass
    try:
        return values_in(_text(_more(content, head)))
    except ValueError:
        return []


def _further(head: bytes) -> Iterator[Any]:
    """The lines of JSON behind the first in the head of a file: all may be the rows of one table."""
    from gouji.inference.readers.json_values import value_of

    for line in head.splitlines()[1:]:
        try:
            yield value_of(_text(line))
        except ValueError:
            return


def _is_own(content: Content, kind: Kind, head: bytes) -> bool:
    """Whether a table or a workbook is one that gouji wrote."""
    if kind is Kind.CSV:
        line = head.partition(b"\n")[0].decode("utf-8-sig", "replace")
        return is_own_table(name.strip('" \r') for name in line.split(","))
    if content.path is None:
        return False
    if kind is Kind.PARQUET:
        try:
            return is_own_table(names_in(content.path))
        except OutputError:
            return False  # reading it says what is wrong
    try:
        with zipfile.ZipFile(content.path) as book, book.open("docProps/core.xml") as properties:
            return b"<dc:creator>gouji<" in properties.read(HEAD)
    except (KeyError, *FAULTS):
        return False


def _is_binary(head: bytes) -> bool:
    """Whether bytes are no text; UTF-16 is, also without its mark."""
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls <= len(head) * _CONTROL_SHARE and b"\x00" not in head:
        return False
    return utf16_without_mark(head) is None


def _may_be_chinese(data: bytes) -> bool:
    """Whether bytes hold Chinese, in UTF-8 or escaped, or are in an encoding that may."""
    if data.isascii():
        return _ESCAPED_CHINESE.search(data) is not None
    text = data.decode("utf-8", "ignore")
    if len(text.encode()) < len(data) - 3:  # more than a character that is cut
        return True
    return _CHINESE.search(repaired(text)) is not None or what_garbles(text) is not None


def _more(content: Content, head: bytes) -> bytes:
    """The head of a short file, more of a longer one."""
    if len(head) < HEAD:
        return head
    with content.open() as file:
        return file.read(_LONGEST)


def _text(data: bytes) -> str:
    """Bytes as text that is only looked through."""
    for mark, codec in MARKS:
        if data.startswith(mark):
            return data.decode(codec, "ignore")
    text = data.decode("utf-8", "ignore")
    return text if len(text.encode()) >= len(data) - 3 else data.decode("gb18030", "ignore")
