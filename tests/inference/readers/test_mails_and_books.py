"""Mails, books and notebooks are read as the page that they hold, or by the files that go with them."""

from __future__ import annotations

import io
import json
import zipfile
from email.message import EmailMessage
from email.policy import SMTP

from gouji.inference.readers import Content, Options, document_pages, unpack
from gouji.inference.readers.content import Unread

TABLE = "<table><tr><td>规章</td><td>3</td><td></td></tr></table>"
SHOWN = "规章\t3\t\n"
CONTAINER = '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'


def texts(name: str, data: bytes) -> list[str]:
    contents = list(unpack(Content(name, data), Options()))
    return [page.text for held in contents if held for page in document_pages(held, Options())]


def mail(*, text: str = "", html: str = "", files: tuple[tuple[str, str, bytes], ...] = ()) -> bytes:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = "a@b.gov.cn", "c@d.gov.cn", "年报"
    message.set_content(text, charset="gb18030")
    if html:
        message.add_alternative(html, subtype="html")
    for name, kind, data in files:
        message.add_attachment(data, maintype=kind, subtype="octet-stream", filename=name)
    return message.as_bytes()


def test_a_mail_of_text_is_decoded():
    assert texts("a.eml", mail(text="规章 3 件\n")) == ["规章 3 件\n"]


def test_a_mail_is_the_page_in_its_html():
    assert texts("a.eml", mail(text="见下表", html=TABLE)) == [SHOWN]


def test_a_mails_files_are_read_and_its_letter_only_where_it_holds_a_table():
    files = (("a.html", "application", TABLE.encode()), ("a.png", "image", b"\x89PNG\r\n\x1a\n"))

    assert texts("a.eml", mail(text="请查收附件", files=files)) == [SHOWN]
    assert texts("a.eml", mail(html=TABLE, files=files)) == [SHOWN, SHOWN]


def book(*chapters: str) -> bytes:
    names = [f"{number} 章.xhtml" for number in range(len(chapters))]
    items = "".join(
        f'<item id="c{number}" href="{number}%20%E7%AB%A0.xhtml" media-type="application/xhtml+xml"/>'
        for number in range(len(chapters))
    )
    order = "".join(f'<itemref idref="c{number}"/>' for number in reversed(range(len(chapters))))
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("META-INF/container.xml", CONTAINER)
        archive.writestr(
            "OEBPS/book.opf", f"<package><manifest>{items}</manifest><spine>{order}</spine></package>"
        )
        for name, chapter in zip(names, chapters, strict=True):
            archive.writestr(
                f"OEBPS/{name}", f"<html><head><title>x</title></head><body>{chapter}</body></html>"
            )
    return held.getvalue()


def test_the_chapters_of_a_book_are_one_page_in_their_order():
    assert texts("a.epub", book(TABLE, "<p>一、总体情况&nbsp;</p>")) == [f"一、总体情况\n{SHOWN}"]


def test_a_book_without_a_chapter_is_named():
    (held,) = unpack(Content("a.epub", book()), Options())

    assert isinstance(held, Unread)
    assert "is an EPUB without a chapter" in str(held)


def test_a_notebook_is_its_markdown_and_what_its_programs_printed():
    cells = [
        {"cell_type": "markdown", "source": ["# 年报\n", "一、总体情况"]},
        {
            "cell_type": "code",
            "source": "frame",
            "outputs": [{"data": {"text/plain": "0", "text/html": [TABLE]}}],
        },
    ]
    data = json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}, ensure_ascii=False).encode()

    assert texts("a.ipynb", data) == [f"# 年报\n一、总体情况\n{SHOWN}"]
