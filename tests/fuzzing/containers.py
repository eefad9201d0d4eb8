"""Write containers of pages: archives, crawls, mails, lines of JSON, for fuzzing to begin with."""

from __future__ import annotations

import gzip
import io
import json
import zipfile
from collections.abc import Iterator, Sequence

import pyarrow as pa
import pyarrow.parquet as pq


def containers(pages: Sequence[bytes]) -> Iterator[bytes]:
    """One of each kind, holding some pages."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as written:
        for number, page in enumerate(pages):
            written.writestr(f"{number}.txt", page)
    crawl = b"".join(_record(page) for page in pages)
    lines = "\n".join(
        json.dumps({"url": "http://a.cn/", "text": page.decode("utf-8", "ignore")}) for page in pages
    )
    yield archive.getvalue()
    yield gzip.compress(pages[0])
    yield crawl
    yield b"".join(gzip.compress(_record(page)) for page in pages)
    yield gzip.compress(crawl)
    yield _mail(pages)
    yield lines.encode()
    yield gzip.compress(lines.encode())
    table = pa.table(
        {"url": ["http://a.cn/"] * len(pages), "text": [p.decode("utf-8", "ignore") for p in pages]}
    )
    packed = io.BytesIO()
    pq.write_table(table, packed, compression="none")
    yield packed.getvalue()


def _record(page: bytes) -> bytes:
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><p>" + page
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://a.cn/1\r\n"
        "WARC-Date: 2023-01-31T08:00:00Z\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(answer)}\r\n\r\n"
    )
    return head.encode() + answer + b"\r\n\r\n"


def _mail(pages: Sequence[bytes]) -> bytes:
    head = "MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b; type=text/html\r\n\r\n"
    part = "--b\r\nContent-Type: text/html; charset=utf-8\r\nContent-Location: http://a.cn/1\r\n\r\n<html><p>"
    return head.encode() + b"\r\n".join(part.encode() + page for page in pages) + b"\r\n--b--\r\n"
