"""What was decoded wrongly is decoded again where nothing was lost, and named where something was."""

from __future__ import annotations

import random

import pytest

from gouji.inference.mojibake import repaired, what_garbles
from gouji.inference.readers import Content, Options, Unread, read
from gouji.model.page import Page

TEXT = (
    "青溪市水务局2022年政府信息公开工作年度报告\n二、主动公开政府信息情况\n规章\t12\t0\t3\n"
    "行政许可 51,873 件\n"
    "（一）予以公开 | 4 | 0 | “三安全一稳定”…… — ①\n制定、删除公开、共享：数据\u00a0\n"
)


def windows_1252(data: bytes) -> str:
    """Bytes as browsers show them for windows-1252, those included that it has no character for."""
    return "".join(bytes([b]).decode("cp1252", "ignore") or chr(b) for b in data)


@pytest.mark.parametrize(
    "garbled",
    [
        TEXT.encode().decode("latin-1"),
        windows_1252(TEXT.encode()),
        TEXT.encode().decode("latin-1").replace("\u00a0\u00e9", " \u00e9"),  # 删除
        TEXT.encode().decode("latin-1").encode().decode("latin-1"),
        windows_1252(windows_1252(TEXT.encode()).encode()),
        TEXT.encode("gb18030").decode("latin-1"),
        windows_1252(TEXT.encode("gb18030")),
        windows_1252(TEXT.encode("gb18030")).encode().decode("latin-1"),
    ],
)
def test_what_lost_nothing_is_read_as_it_was_meant(garbled: str):
    assert garbled != TEXT
    assert repaired(garbled) == TEXT


def test_utf_8_taken_for_gbk_is_read_where_all_its_bytes_are_there():
    meant = "规章 12\n行政许可 一 3\n"
    as_windows_shows_it = "".join(
        piece.decode("gb18030") if piece != b"\x80" else "€" for piece in _characters(meant.encode())
    )

    assert "€" in as_windows_shows_it
    assert repaired(as_windows_shows_it) == meant


def _characters(data: bytes) -> list[bytes]:
    """The bytes of GBK characters, with 0x80 as one of its own."""
    pieces, at = [], 0
    while at < len(data):
        size = 1 if data[at] <= 0x80 else 2
        pieces.append(data[at : at + size])
        at += size
    return pieces


def test_lines_that_are_garbled_stand_among_others_that_are_not():
    footer = "版权所有：青溪市水务局 é — ×"
    garbled = windows_1252(TEXT.encode()) + footer

    assert repaired(garbled) == TEXT + footer


@pytest.mark.parametrize(
    ("garbled", "named"),
    [
        (TEXT.encode().decode("gbk", "replace"), "utf-8 that was decoded as gb18030"),
        (TEXT.encode().decode("gbk", "replace").replace("\ufffd", "?"), "utf-8 that was decoded as gb18030"),
        (TEXT.encode().decode("cp1252", "replace"), "utf-8 that was decoded as latin-1"),
        (TEXT.encode("gb18030").decode("big5", "replace"), "decoded"),
        (TEXT.encode("gb18030").decode("utf-8", "replace"), "no word of it can be read"),
        (TEXT.encode().decode("gbk", "replace").encode("gbk", "replace").decode("gbk"), "utf-8"),
    ],
)
def test_what_lost_characters_is_named_and_not_called_a_page_without_tables(garbled: str, named: str):
    (answer,) = read(Content("a.txt", garbled.encode()), Options())

    assert isinstance(answer, Unread)
    assert named in answer.error
    assert "fetch it again" in answer.error


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "總計\t3\n規章\t12\n行政許可\t5\n政府資訊公開\n",  # traditional characters are not in GB 2312
        "Le café de l'été à Nîmes: naïveté, œuvre… “ça” — 25 €\n",
        "一\n二\n总\n一 3\n",
        "今天天气很好。",
        "祎珺堃喆\n",
    ],
)
def test_a_text_that_is_as_it_was_meant_is_left(text: str):
    assert repaired(text) == text
    assert what_garbles(text) is None


def test_a_garbled_page_of_html_is_read():
    html = (
        f"<html><meta charset='utf-8'><p>{windows_1252('政府信息公开'.encode())}<table><tr><td>3<td>4</table>"
    )

    (page,) = read(Content("a.html", html.encode()), Options())

    assert isinstance(page, Page)
    assert page.text.startswith("政府信息公开")


@pytest.mark.parametrize("codec", ["utf-8", "gb18030"])
def test_bytes_cut_within_their_last_character_are_read_up_to_there(codec: str):
    data = TEXT.encode(codec)
    cuts = [cut for cut in range(len(TEXT), len(data)) if random.Random(cut).random() < 0.3]

    for cut in cuts:
        (page,) = read(Content("a.txt", data[:cut]), Options())
        assert isinstance(page, Page), cut
        assert TEXT.startswith(page.text.removesuffix("\ufffd"))
