"""Bytes become a page's text, unchanged; what is no text page is refused with a reason and a remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.inference.readers import read_page
from gouji.inference.reading import ReadingError, known_encoding, page_of_bytes

TEXT = "青溪市水务局2020年政府信息公开工作年度报告\r\n一、总体情况\n规章\t０\xa01\u200b\n"


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode("utf-8"),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("utf-16"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("gb18030"),
    ],
)
def test_text_is_decoded_and_nothing_in_it_is_changed(data: bytes):
    assert page_of_bytes(data, "a.txt").text == TEXT


def test_a_page_that_calls_itself_gb2312_is_read_as_gb18030_which_holds_more():
    text = "charset=gb2312 㐂镕 " + "青溪市" * 3  # neither of the first two is in GB 2312

    assert page_of_bytes(text.encode("gb18030"), "a.txt").text == text


def test_utf_8_is_read_as_utf_8_whatever_the_page_calls_itself():
    text = "charset=gb2312 青溪市"

    assert page_of_bytes(text.encode("utf-8"), "a.txt").text == text


def test_an_encoding_can_be_forced():
    assert page_of_bytes("青溪市".encode("big5", "ignore"), "a.txt", "big5").text == "青溪市"


@pytest.mark.parametrize("name", ["gb2312", "GBK", "gb18030", "cp936"])
def test_every_name_of_the_gb_family_means_gb18030(name: str):
    assert known_encoding(name) == "gb18030"


@pytest.mark.parametrize("name", ["utf-9", "base64", ""])
def test_an_unknown_encoding_is_refused_with_names_to_try(name: str):
    with pytest.raises(ReadingError, match="try utf-8, gb18030"):
        known_encoding(name)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "is empty"),
        (b" \n\xef\xbb\xbf\n", "holds nothing but blanks"),
        (b"\x00\x01\x02\x03" * 40, "is binary"),
        (bytes(range(256)) * 4, "is binary"),
        ("青溪市".encode("utf-16-le"), "utf-16 without a byte order mark|cannot decode"),
    ],
)
def test_what_is_no_text_page_is_refused_with_a_remedy(data: bytes, message: str):
    with pytest.raises(ReadingError, match=message) as refusal:
        page_of_bytes(data, "reports/a.txt")

    assert str(refusal.value).startswith("reports/a.txt: ")


def test_a_damaged_byte_is_named_with_its_place():
    with pytest.raises(ReadingError, match=r"cannot decode as utf-8 \(byte 0xff at 9\); .*--encoding"):
        page_of_bytes("青溪市".encode() + b"\xff" + "水务局".encode() * 20, "a.txt")


def test_the_wrong_encoding_names_the_byte_that_it_cannot_decode():
    with pytest.raises(ReadingError, match=r"cannot decode as utf-8 \(byte 0xc7 at 0\); .*another encoding"):
        page_of_bytes("青溪市".encode("gb18030"), "a.txt", "utf-8")


def test_big5_is_not_taken_for_gb18030():
    with pytest.raises(ReadingError, match="pass --encoding gb18030 or big5"):
        page_of_bytes("政府資訊公開工作年度報告，受理申請案件總計。".encode("big5") * 5, "a.txt")


def test_a_page_in_another_language_is_a_page():
    assert page_of_bytes("Une page en français\n".encode(), "a.txt").text == "Une page en français\n"


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path):
    with pytest.raises(ReadingError, match=r"cannot be read: No such file"):
        read_page(tmp_path / "none.txt")
    with pytest.raises(ReadingError, match=r"cannot be read: Is a directory"):
        read_page(tmp_path)


@pytest.mark.slow
def test_every_real_page_reads_the_same_in_utf_8_and_in_gb18030(devset: Path):
    for path in sorted(devset.glob("pages/*.txt")):
        text = path.read_bytes().decode("utf-8")
        read = read_page(path)

        assert read.rows or read.text == text  # a table whose cells are known is written anew
        assert page_of_bytes(text.encode("gb18030"), path.name).text == text
