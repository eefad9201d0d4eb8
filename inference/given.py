"""Tell what a program hands over: HTML or text in a string, a file's bytes, or the name of a file.

Flow:  string, bytes, path -> **content** -> pages

A string that names a file is that file, one with line breaks or markup is what it says, and one that
only looks like a name is refused: to read it as a text would call it a report without tables. Nothing
is fetched here.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from gouji.inference.printable import encodable
from gouji.inference.readers import Content, Kind, Unread, kind_of
from gouji.inference.sources import find_sources
from gouji.model.irregular import what_is_no_file

Source = str | bytes | os.PathLike[str]

_LONGEST_PATH = 4096  # characters, on Linux
_LONGEST_NAME = 300  # of a string that is refused for a name; the shortest report has 2,500
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]+://|www\.)\S+", re.I)
_NAME = re.compile(
    r"(?:~|\.{1,2}|[A-Za-z]:)?[/\\](?!\s).*"  # begins as a path
    r"|.*\.[A-Za-z][A-Za-z0-9]{0,7}(?:\?\S*|#\d+)?"  # ends as a file's name
    r"|[!-~]+"  # one word, as names have them
)
_OF_BYTES = frozenset((  # kinds that no string holds whole
    Kind.PDF, Kind.DOCX, Kind.OFFICE, Kind.GZIP, Kind.ZIP, Kind.WARC, Kind.PARQUET, Kind.SHEET, Kind.XLSB,
    Kind.SLIDES, Kind.OFD, Kind.PICTURE, Kind.MEDIA, Kind.FONT, Kind.DATABASE, Kind.PROGRAM, Kind.ARCHIVE,
))  # fmt: skip


class Given:
    """The contents that sources name; where their iterable fails they end, and `fault` is why."""

    def __init__(self, sources: Iterable[Source | tuple[str, Source]] | Source) -> None:
        self._sources: Iterable[object] = (
            [sources] if isinstance(sources, str | bytes | bytearray | os.PathLike) else sources
        )
        self.fault: Exception | None = None

    def __iter__(self) -> Iterator[Content | Unread]:
        numbered = enumerate(self._sources, 1)
        while True:
            try:
                number, given = next(numbered)
            except StopIteration:
                return
            except Exception as error:
                self.fault = error
                return
            yield from _contents(given, number)


def content_of(source: object, name: str | None = None) -> Content | Unread:
    """What is to be read; or what is wrong with it: it names no file that is there, or is an address.

    Args:
        source: HTML, or text, as a string; the bytes of a file; its path, also as a string: a `Source`.
        name: What it is to be called, such as its address; else its path, or `<text>` or `<bytes>`.

    >>> content_of("<p>二、主动公开政府信息情况</p>").name
    '<text>'
    >>> print(content_of("2023.html"))
    2023.html: no such file, and no text of a report; check the path

    Raises:
        TypeError: It is of another type.
    """
    if isinstance(source, bytes | bytearray):
        return Content(name or "<bytes>", bytes(source))
    if isinstance(source, os.PathLike):
        return _file(Path(source), name)
    if not isinstance(source, str):
        raise TypeError(
            f"expected HTML or text as str, a file's bytes, or its path; got {type(source).__name__}:"
            " of a response or an open file hand over the content, as bytes"
        )
    line = source.strip()
    if not line or len(line) > _LONGEST_PATH or "\n" in line:
        return _text(source, name)
    if os.path.exists(line):
        return _file(Path(line), name)
    fault = _no_text(line)
    return _text(source, name) if fault is None else Unread(name or line, fault)


def _contents(given: object, number: int) -> Iterator[Content | Unread]:
    """What one of many sources names: itself, or the files below a folder."""
    name, source = None, given
    if isinstance(given, tuple) and len(given) == 2 and isinstance(given[0], str):
        name, source = given
    if isinstance(source, str | os.PathLike) and os.path.isdir(source):
        for found in find_sources([os.fspath(source)]).sources:
            yield found.held
        return
    try:
        content = content_of(source, name)
    except TypeError as error:
        yield Unread(name or f"<{type(source).__name__}>#{number}", str(error))
        return
    if name is None and isinstance(content, Content) and content.path is None:
        content = replace(content, name=f"{content.name}#{number}")
    yield content


def _file(path: Path, name: str | None) -> Content | Unread:
    name = name or str(path)
    if path.is_dir():
        return Unread(name, "is a folder; gouji.extract_many reads the files below it")
    if not path.exists():
        return Unread(name, "no such file; check the path")
    if (fault := what_is_no_file(path)) is not None:
        return Unread(name, fault)
    return Content(name, path=path)


def _no_text(line: str) -> str | None:
    """What is wrong with a line that names something which is not there; None where it may be a text."""
    if _ADDRESS.fullmatch(line):
        return (
            "is an address, and gouji fetches nothing; fetch it first and hand over what came:"
            " gouji.extract(urllib.request.urlopen(url).read(), url=url)"
        )
    if "<" not in line and len(line) <= _LONGEST_NAME and _NAME.fullmatch(line):
        return "no such file, and no text of a report; check the path"
    return None


def _text(text: str, name: str | None) -> Content | Unread:
    content = Content(name or "<text>", encodable(text).encode(), charset="utf-8", decoded=True)
    kind = kind_of(content)
    if kind in _OF_BYTES:
        fault = f"begins as a file of the kind {kind} does, but was decoded as text; hand over its bytes"
        return Unread(content.name, fault)
    return content
