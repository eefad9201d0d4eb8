"""Where a page came from goes along with it: from crawls, columns, and saved pages."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest

from gouji.inference.readers import Content, Options, Unread, read, unpack
from gouji.model.provenance import Provenance

REPORT = "<html><body><h1>青溪市水务局2022年政府信息公开工作年度报告</h1><p>一、总体情况</p></body></html>"
URL = "https://www.qingxi.gov.cn/zfxxgk/2022.html"


def provenance_of(name: str, data: bytes, options: Options | None = None) -> list[Provenance]:
    options = options or Options()
    found = []
    for held in unpack(Content(name, data), options):
        assert not isinstance(held, Unread), held
        for page in read(held, options):
            assert not isinstance(page, Unread), page
            found.append(page.provenance)
    return found


def test_the_digest_is_of_the_bytes_of_the_file(tmp_path: Path):
    path = tmp_path / "a.html"
    path.write_bytes(REPORT.encode())
    (held,) = unpack(Content("a.html", path=path), Options())
    assert isinstance(held, Content)
    (page,) = read(held, Options())
    assert not isinstance(page, Unread)

    assert page.provenance == Provenance(sha256=hashlib.sha256(path.read_bytes()).hexdigest())


def test_a_crawl_tells_the_address_and_when_it_was_fetched():
    warcio = pytest.importorskip("warcio")
    from warcio.statusandheaders import StatusAndHeaders

    buffer = io.BytesIO()
    writer = warcio.warcwriter.WARCWriter(buffer, gzip=False)
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
    dated = {"WARC-Date": "2023-03-01T02:03:04Z"}
    body = io.BytesIO(REPORT.encode())
    record = writer.create_warc_record(
        URL, "response", payload=body, http_headers=headers, warc_headers_dict=dated
    )
    writer.write_record(record)
    (told,) = provenance_of("crawl.warc", buffer.getvalue())

    assert told == Provenance(URL, "2023-03-01T02:03:04Z", hashlib.sha256(REPORT.encode()).hexdigest())


def test_columns_of_json_lines_go_along_under_their_names():
    record = {"html": REPORT, "url": URL, "fetched": "2023-03-01", "crawl": {"id": 7}, "other": 1}
    data = (json.dumps(record, ensure_ascii=False) + "\n").encode()
    (plain,) = provenance_of("a.jsonl", data)
    (named,) = provenance_of("a.jsonl", data, Options(meta=(("run", "crawl"), ("fetched", "other"))))

    assert (plain.url, plain.fetched, plain.columns) == (URL, "2023-03-01", ())
    assert (named.fetched, named.columns) == ("1", (("run", '{"id": 7}'),))


def test_columns_of_parquet_go_along_and_a_time_is_iso(tmp_path: Path):
    pyarrow = pytest.importorskip("pyarrow")
    from datetime import UTC, datetime

    from pyarrow import parquet

    path = tmp_path / "a.parquet"
    when = datetime(2023, 3, 1, 2, 3, 4, tzinfo=UTC)
    table = pyarrow.table({"html": [REPORT], "url": [URL], "at": [when], "html2": ["no"]})
    parquet.write_table(table, path)
    (told,) = provenance_of("a.parquet", path.read_bytes(), Options(meta=(("fetched", "at"),)))

    assert (told.url, told.fetched) == (URL, "2023-03-01T02:03:04+00:00")


def test_mhtml_tells_what_was_saved_and_when():
    mhtml = (
        "From: <Saved by Blink>\r\n"
        f"Snapshot-Content-Location: {URL}\r\nSubject: report\r\n"
        "Date: Wed, 1 Mar 2023 10:03:04 +0800\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
        f"--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Location: {URL}\r\n"
        f"\r\n{REPORT}\r\n--b--\r\n"
    )
    (told,) = provenance_of("a.mhtml", mhtml.encode())

    assert (told.url, told.fetched) == (URL, "2023-03-01T10:03:04+08:00")


@pytest.mark.parametrize(
    ("front", "url", "fetched"),
    [
        (f"<!DOCTYPE html>\n<!-- saved from url=(0042){URL} -->\n", URL, None),
        (
            f"<!DOCTYPE html> <!--\n Page saved with SingleFile \n url: {URL} \n saved date: Wed Mar 01 2023"
            " 10:03:04 GMT+0800 (中国标准时间)\n-->\n",
            URL,
            "2023-03-01T10:03:04+08:00",
        ),
        (
            f"<!-- Saved from {URL} at 2023-03-01T02:03:04Z using monolith v2.8.1 -->",
            URL,
            "2023-03-01T02:03:04Z",
        ),
        (
            "<!-- Mirrored from www.qingxi.gov.cn/1.html by HTTrack Website Copier/3.x [XR&CO'2014],"
            " Wed, 01 Mar 2023 02:03:04 GMT -->",
            "http://www.qingxi.gov.cn/1.html",
            "2023-03-01T02:03:04+00:00",
        ),
        ("<!-- our own remark: https://other.cn -->", None, None),
        (f'<link rel="canonical" href="{URL}">', None, None),
    ],
)
def test_the_comment_of_a_saved_page_tells_its_address(front: str, url: str | None, fetched: str | None):
    (told,) = provenance_of("a.html", (front + REPORT).encode())

    assert (told.url, told.fetched) == (url, fetched)


def test_what_an_archive_in_a_crawl_holds_is_at_the_archives_address():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("report.html", REPORT)
    held = Content("crawl#1", packed.getvalue(), provenance=Provenance(URL, "2023-03-01"))
    (document,) = unpack(held, Options())
    assert isinstance(document, Content)

    assert (document.provenance.url, document.provenance.fetched) == (URL, "2023-03-01")


def test_a_page_that_is_called_by_its_address_is_there():
    (told,) = provenance_of(URL, REPORT.encode())

    assert told.url == URL
