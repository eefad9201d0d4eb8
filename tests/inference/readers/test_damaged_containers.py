"""Of a damaged container what can be read is read, and each loss is an answer in its place."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from gouji.inference.limits import Limits
from gouji.inference.readers import Content, Options, Unread, unpack
from gouji.inference.readers.registry import pages_of
from gouji.inference.reading import ReadingError

if TYPE_CHECKING:
    from typing_extensions import Buffer

PAGE = "某市2021年政府信息公开工作年度报告\n规章\t3\t1\t7\n".encode()


def found(data: bytes, path: Path | None = None) -> list[str]:
    """The names of the pages that are read, and the faults of what is not."""
    content = Content("a", data, path)
    return [held.error if isinstance(held, Unread) else held.name for held in unpack(content, Options())]


def record(number: int) -> bytes:
    """A record of a crawl."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n" % len(PAGE) + PAGE
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a/{number}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http)}\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def flipped(data: bytes, start: int, count: int = 8) -> bytes:
    """Data some bytes of which are others."""
    return data[:start] + bytes(byte ^ 0xFF for byte in data[start : start + count]) + data[start + count :]


RECORDS = [record(number) for number in range(5)]
MEMBERS = [gzip.compress(each, mtime=0) for each in RECORDS]


def with_third(parts: list[bytes], change: Callable[[bytes], bytes]) -> bytes:
    """A crawl whose third record is changed."""
    return b"".join([*parts[:2], change(parts[2]), *parts[3:]])


@pytest.mark.parametrize(
    "data",
    [
        with_third(MEMBERS, lambda member: flipped(member, len(member) // 2)),
        with_third(MEMBERS, lambda member: flipped(member, 3)),
        with_third(MEMBERS, lambda member: flipped(member, len(member) - 6, 1)),
        with_third(MEMBERS, lambda member: member[:80]),
        with_third(RECORDS, lambda each: b"X" + each[1:]),
        with_third(RECORDS, lambda each: each[:220]),
        with_third(RECORDS, lambda each: each.replace(b"Content-Length", b"Content-Xength", 1)),
        with_third(RECORDS, lambda each: each.replace(b"Content-Length: ", b"Content-Length: 9", 1)),
    ],
    ids=[
        "flate",
        "head of gzip",
        "checksum",
        "cut member",
        "mark",
        "cut record",
        "no length",
        "false length",
    ],
)
def test_one_damaged_record_of_a_crawl_costs_itself(data: bytes):
    names = found(data)

    assert names[:2] == ["http://a/0", "http://a/1"]
    assert "cut off" in names[2]
    assert names[3:] == ["http://a/3", "http://a/4"]


def test_the_first_member_of_a_crawl_may_be_the_damaged_one():
    first, *names = found(b"".join([flipped(MEMBERS[0], 12), *MEMBERS[1:]]))

    assert "from byte 0" in first
    assert names == [f"http://a/{number}" for number in range(1, 5)]


@pytest.mark.parametrize("parts", [MEMBERS, RECORDS], ids=["packed", "plain"])
def test_of_a_crawl_that_is_cut_the_whole_records_are_read(parts: list[bytes]):
    *names, last = found(b"".join(parts)[:-60])

    assert names == [f"http://a/{number}" for number in range(4)]
    assert "cut off" in last


def test_a_crawl_that_was_compressed_as_one_is_read():
    assert found(gzip.compress(b"".join(RECORDS))) == [f"http://a/{number}" for number in range(5)]


def test_a_damaged_group_of_rows_costs_itself(tmp_path: Path):
    pyarrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "pages.parquet"
    table = pyarrow.table({"url": [f"http://a/{n}" for n in range(6)], "text": [PAGE.decode()] * 6})
    parquet.write_table(table, path, row_group_size=2, use_dictionary=False)
    place = parquet.ParquetFile(path).metadata.row_group(1).column(1).data_page_offset
    path.write_bytes(flipped(path.read_bytes(), place, 25))

    names = found(b"", path)

    assert [*names[:2], *names[3:]] == ["http://a/0", "http://a/1", "http://a/4", "http://a/5"]
    assert names[2].startswith("rows 3 to 4 of 6 are lost")


def test_bytes_of_a_parquet_file_that_its_checksums_deny_are_not_read(tmp_path: Path):
    pyarrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "pages.parquet"
    parquet.write_table(
        pyarrow.table({"text": [PAGE.decode()]}),
        path,
        use_dictionary=False,
        compression="none",
        write_page_checksum=True,
    )
    path.write_bytes(path.read_bytes().replace(b"\t3\t1\t7", b"\t3\t2\t7"))

    assert "rows 1 to 1 of 1 are lost" in found(b"", path)[0]


def zipped(*pages: bytes) -> bytes:
    """An archive of pages."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, page in enumerate(pages):
            archive.writestr(f"{number}.txt", page)
    return held.getvalue()


@pytest.mark.parametrize("place", ["head", "data"])
def test_a_damaged_member_of_an_archive_costs_itself(place: str):
    data = zipped(*[PAGE + bytes(str(n), "ascii") * 40 for n in range(4)])
    start = zipfile.ZipFile(io.BytesIO(data)).infolist()[1].header_offset

    names = found(flipped(data, start + (0 if place == "head" else 60)))

    assert [names[0], *names[2:]] == ["a#1", "a#3", "a#4"]
    assert "1.txt is damaged" in names[1]


class Stream(io.RawIOBase):
    """A place where nothing can be gone back to: a ZIP archive tells sizes behind its files."""

    def __init__(self) -> None:
        self.data = b""

    def writable(self) -> bool:
        return True

    def write(self, data: Buffer) -> int:
        self.data += bytes(data)
        return len(bytes(data))


def archived(method: int, *, streamed: bool) -> bytes:
    """An archive of four pages, and where its directory begins."""
    place = Stream() if streamed else io.BytesIO()
    with zipfile.ZipFile(place, "w", method) as archive:
        for number in range(4):
            archive.writestr(f"{number}.txt", PAGE + bytes(str(number), "ascii") * 400)
    return place.data if isinstance(place, Stream) else place.getvalue()


def directory_of(data: bytes) -> int:
    """Where the directory of an archive begins."""
    return data.index(b"PK\x01\x02")


WITHOUT_DIRECTORY: dict[str, Callable[[bytes], bytes]] = {
    "cut before it": lambda data: data[: directory_of(data)],
    "cut within it": lambda data: data[: (directory_of(data) + len(data)) // 2],
    "cut behind it": lambda data: data[: data.index(b"PK\x05\x06")],
    "blotted": lambda data: flipped(data, directory_of(data), 60),
}


@pytest.mark.parametrize("damage", WITHOUT_DIRECTORY.values(), ids=WITHOUT_DIRECTORY)
@pytest.mark.parametrize("streamed", [False, True])
@pytest.mark.parametrize(
    "method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA]
)
def test_of_an_archive_without_its_directory_the_files_are_read_by_their_own_headers(
    method: int, streamed: bool, damage: Callable[[bytes], bytes]
):
    whole = archived(method, streamed=streamed)

    held = list(unpack(Content("a", damage(whole)), Options()))

    assert [each.whole() for each in held if isinstance(each, Content)] == [
        PAGE + bytes(str(number), "ascii") * 400 for number in range(4)
    ]
    assert isinstance(held[-1], Unread)
    assert held[-1].source == "a#5"
    assert "directory of the ZIP archive is cut off or damaged" in held[-1].error


@pytest.mark.parametrize("streamed", [False, True])
def test_of_an_archive_that_is_cut_the_files_before_the_cut_are_read(streamed: bool):
    whole = archived(zipfile.ZIP_DEFLATED, streamed=streamed)
    third = whole.index(b"2.txt")

    first, second, cut, lost = found(whole[: third + 40])

    assert (first, second) == ("a#1", "a#2")
    assert "2.txt is damaged" in cut
    assert "others may be lost" in lost


def test_a_length_that_lies_in_an_archive_without_its_directory_hides_no_other_file(tmp_path: Path):
    whole = archived(zipfile.ZIP_STORED, streamed=False)
    cut = whole[: directory_of(whole)]
    path = tmp_path / "a.zip"
    path.write_bytes(flipped(cut, cut.index(b"1.txt") - 12, 8))  # both sizes

    first, second, third, fourth, _ = found(b"", path)

    assert (first, third, fourth) == ("a#1", "a#3", "a#4")
    assert "1.txt" in second


@pytest.mark.parametrize("first", ["[Content_Types].xml", "mimetype", "OFD.xml"])
def test_the_parts_of_an_office_document_that_is_cut_are_no_pages(first: str):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr(first, "<a/>")
        archive.writestr("b.xml", "<p>规章 3 1 7</p>")
    data = held.getvalue()

    (fault,) = found(data[: directory_of(data)])

    assert "cut off or damaged" in fault


def test_a_member_that_is_too_large_costs_itself(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("gouji.inference.limits._now", Limits(bytes=1000))

    names = found(zipped(PAGE, b"0" * 2000, PAGE))

    assert [names[0], names[2]] == ["a#1", "a#3"]
    assert "raise it with --limit bytes=" in names[1]


def test_a_line_that_is_too_long_costs_itself(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("gouji.inference.limits._now", Limits(bytes=200))
    short = b'{"url": "http://a/%d", "text": "' + b"1" * 40 + b'"}\n'
    long = b'{"url": "http://a/1", "text": "' + b"1" * 900 + b'"}\n'

    names = found(gzip.compress(short % 0 + long + short % 2))

    assert [names[0], names[2]] == ["http://a/0", "http://a/2"]
    assert "line 2 has more than the limit" in names[1]


def test_json_that_is_one_value_too_large_is_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("gouji.inference.limits._now", Limits(bytes=200))

    (fault,) = found(b'[\n{"text": "' + b"1" * 900 + b'"}]')

    assert "has more than" in fault


@pytest.mark.parametrize("packed", [False, True])
def test_a_text_of_parquet_that_is_no_utf_8_is_its_bytes_and_its_neighbours_are_read(
    tmp_path: Path, packed: bool
):
    pyarrow, parquet = pytest.importorskip("pyarrow"), pytest.importorskip("pyarrow.parquet")
    path = tmp_path / "pages.parquet"
    texts = ["页一".encode(), "页二".encode("gb18030"), "页三".encode()]
    ends = pyarrow.array([0, 6, 10, 16], pyarrow.int32()).buffers()[1]
    column = pyarrow.StringArray.from_buffers(3, ends, pyarrow.py_buffer(b"".join(texts)))
    parquet.write_table(pyarrow.table({"text": column}), path, use_dictionary=packed)

    found = list(unpack(Content("pages", path=path), Options()))

    assert [(held.name, held.whole(), held.decoded) for held in found if isinstance(held, Content)] == [
        ("pages#1", texts[0], True),
        ("pages#2", texts[1], False),
        ("pages#3", texts[2], True),
    ]


@pytest.mark.parametrize("lost", [1, 25])
def test_an_office_document_that_lost_bytes_is_damaged(lost: int):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("OFD.xml", "<ofd:OFD xmlns:ofd='http://www.ofdspec.org/2016'/>")
    data = held.getvalue()[:60] + held.getvalue()[60 + lost :]

    with pytest.raises(ReadingError, match="cut or damaged"):
        list(pages_of(Content("a.ofd", data, None), Options()))
