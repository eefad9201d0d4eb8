"""Every limit is hit with an error that names it, its value and how to raise it, and stands in the docs."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from gouji.inference.limits import LimitError, Limits, limits_with, set_limits
from gouji.inference.readers import Content, Options, Unread, read, unpack

ROOT = Path(__file__).parent.parent.parent
BLANKS = b" " * (80 << 20)


@pytest.fixture(autouse=True)
def _default_limits() -> Iterator[None]:
    yield
    set_limits(Limits())


def zipped(files: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, held in files.items():
            archive.writestr(name, held)
    return data.getvalue()


def within_archives(data: bytes, times: int) -> bytes:
    for _ in range(times):
        data = zipped({"inner.zip": data})
    return data


def docx_of(body: str) -> bytes:
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    return zipped({"word/document.xml": f"<w:document {space}><w:body>{body}</w:body></w:document>".encode()})


def pdf_of(sheets: int, drawing: bytes = b"") -> bytes:
    """Sheets that share one drawing; without its table of places, which pdfium makes anew."""
    kids = b"".join(b"%d 0 R " % (10 + number) for number in range(sheets))
    body = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
    body += b"2 0 obj\n<</Type/Pages/Kids[%b]/Count %d>>\nendobj\n" % (kids, sheets)
    body += b"3 0 obj\n<</Length %d>>stream\n%b\nendstream\nendobj\n" % (len(drawing), drawing)
    for number in range(sheets):
        page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 3 0 R>>"
        body += b"%d 0 obj\n%b\nendobj\n" % (10 + number, page)
    return body + b"trailer<</Root 1 0 R>>"


def errors_of(data: bytes) -> list[str]:
    """What is said of a file: of its opening, else of its reading."""
    found: list[str] = []
    for held in unpack(Content("given", data), Options()):
        pages = [held] if isinstance(held, Unread) else read(held, Options())
        found += [page.error for page in pages if isinstance(page, Unread)]
    return found


@pytest.mark.parametrize(
    ("given", "data", "error"),
    [
        ("bytes=2M", lambda: b"x" * (3 << 20), "has 3 MB, more than the limit of size of one document"),
        ("bytes=2M", lambda: zipped({"a.txt": b"x" * (3 << 20)}), "a.txt has 3 MB, more than the limit"),
        ("bytes=2M", lambda: gzip.compress(b"x" * (3 << 20)), "more than the limit of size of one document"),
        (
            "bytes=1M",
            lambda: b'{"a": [1,\n"' + b"x" * (2 << 20) + b'"]}',
            "more than the limit of size of one",
        ),
        (
            "unpacked=1M",
            lambda: zipped(dict.fromkeys("ab", b"x\n" * 300000)),
            "all that one archive or crawl holds",
        ),
        ("ratio=250", lambda: zipped({"a.txt": BLANKS}), "may be larger than itself, from 64 MB, 250"),
        ("members=2", lambda: zipped(dict.fromkeys("abc", b"x")), "has 3, more than the limit of files in"),
        ("members=2", lambda: b'{"text": "a"}\n' * 9, "more than the limit of files in an archive, 2"),
        (
            "depth=2",
            lambda: within_archives(b"x", 3),
            "lies in more than the limit of archives within archives, 2",
        ),
        (
            "characters=90",
            lambda: "年报".encode() * 50,
            "has 100, more than the limit of characters of a page",
        ),
        (
            "line=90",
            lambda: "年报\n".encode() + "年报".encode() * 50,
            "has 100, more than the limit of characters",
        ),
        ("tags=90", lambda: b"<p>x</p>" * 100, "more than the limit of elements of an HTML page"),
        (
            "tags=90",
            lambda: docx_of("<w:p/>" * 100),
            "word/document.xml has 102, more than the limit of elements",
        ),
        ("tags=90", lambda: b'{"a": [' + b"1, " * 100 + b"1]}", "has 103, more than the limit of elements"),
        ("tags=90", lambda: b'{"a": [' + b"1, " * 100, "values of JSON"),
        ("nesting=90", lambda: b"<div>" * 100, "has 100, more than the limit of elements within elements"),
        (
            "attributes=90",
            lambda: b"<p " + b"a=' ' " * 100 + b">",
            "has 100, more than the limit of attributes",
        ),
        (
            "cells=90",
            lambda: b"<table><tr>" + b"<td>1" * 100 + b"</table>",
            "has 100, more than the limit of cells",
        ),
        ("sheets=9", lambda: pdf_of(10), "has 10, more than the limit of sheets of a PDF or OFD, 9"),
        (
            "objects=9",
            lambda: pdf_of(1, b"0 0 9 9 re f " * 10),
            "sheet 1 has 10, more than the limit of texts",
        ),
    ],
)
def test_a_limit_that_is_hit_is_named_with_its_value_and_how_to_raise_it(
    given: str, data: Callable[[], bytes], error: str
):
    set_limits(limits_with([given]))

    (said, *others) = errors_of(data())

    assert error in said
    assert f"raise it with --limit {given.partition('=')[0]}=" in said
    assert not others


def test_what_an_archive_holds_before_its_limit_is_read():
    set_limits(limits_with(["members=2"]))

    held = [*unpack(Content("a.jsonl", b'{"text": "a"}\n' * 9), Options())]

    assert [isinstance(each, Content) for each in held] == [True, True, False]
    assert str(held[-1]).endswith("; what comes behind it is not read")


def test_the_limits_of_the_page_that_asks_for_too_much_are_given_as_words():
    assert limits_with(["seconds=5", "memory=3g", "bytes=1M"]) == Limits(5, 3 << 30, 1 << 20)
    for given, error in (
        ("second=5", "second=5: no such limit; there are seconds, memory, bytes"),
        ("seconds=5M", "seconds=5M: expected a whole number above 0"),
        ("memory=much", "memory=much: expected bytes, such as 512M or 2G above 0"),
        ("sheets=0", "sheets=0: expected a whole number above 0"),
    ):
        with pytest.raises(LimitError) as caught:
            limits_with([given])
        assert str(caught.value).startswith(error)


@pytest.mark.parametrize("page", ["run.md", "run.zh.md"])
def test_the_docs_hold_every_limit_with_its_default(page: str):
    rows = (ROOT / "docs" / page).read_text(encoding="utf-8").splitlines()
    table = [row for row in rows if row.startswith("| `")]

    expected = []
    for each in fields(Limits):
        value = each.default
        shown = f"{value >> 30} GB" if value >= 1 << 30 else f"{value >> 20} MB"
        expected.append(f"| `{each.name}` | {shown if each.metadata['bytes'] else f'{value:,}'} |")
    assert [" | ".join(row.split(" | ")[:2]) + " |" for row in table[-len(expected) :]] == expected
