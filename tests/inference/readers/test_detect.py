"""What a file is, its content says, whatever it is called."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from gouji.inference.cli import main
from gouji.inference.readers import Content, Kind, kind_of

from .made import docx_report, html_page, html_tables, report


def zipped(*names: str) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ("青溪市水务局年报 1 < 2 > 1".encode(), Kind.TEXT),
        (b"", Kind.TEXT),
        (b"<!DOCTYPE html><p>", Kind.HTML),
        (b"\xef\xbb\xbf\n <!-- a --><HTML>", Kind.HTML),
        ("<html><p>年报".encode("utf-16"), Kind.HTML),
        ("年报 <td>1</td>".encode("gb18030"), Kind.HTML),
        (zipped("[Content_Types].xml", "word/document.xml"), Kind.DOCX),
        (zipped("xl/workbook.xml"), Kind.SHEET),
        (zipped("xl/workbook.bin"), Kind.XLSB),
        (zipped("content.xml", "mimetype"), Kind.ODF),
        (zipped("a.html", "b/c.docx"), Kind.ZIP),
        (zipped("word/a.html", "word/style.css"), Kind.ZIP),
        (zipped("xl/a.html"), Kind.ZIP),
        (zipped("content.xml", "a.html"), Kind.ZIP),
        (zipped("[Content_Types].xml", "word\\document2.xml"), Kind.DOCX),
        (zipped("ppt/presentation.xml"), Kind.SLIDES),
        (zipped("OFD.xml", "Doc_0/Document.xml"), Kind.OFD),
        (b"%PDF-1.7", Kind.PDF),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", Kind.OFFICE),
        (b"{\\rtf1", Kind.OFFICE),
        (b"\x1f\x8b\x08", Kind.GZIP),
        (b"WARC/1.1\r\n", Kind.WARC),
        (b"PAR1", Kind.PARQUET),
        (b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=a\r\n", Kind.MHTML),
        (b"Subject: a\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n", Kind.MHTML),
        (b"Content-Type: text/html\r\n\r\n", Kind.TEXT),
        (b"<!--" + b"x" * (1 << 17) + b"--><p>", Kind.HTML),
        ("年报 &lt;td&gt;1&lt;/td&gt;".encode(), Kind.HTML),
        (b'[\n {"html": 1}]', Kind.JSON_LINES),
        (b"\x89PNG\r\n", Kind.PICTURE),
        (b"BM\x36\x00\x00\x00\x00\x00\x00\x00", Kind.PICTURE),
        ("BMW 年报".encode(), Kind.TEXT),
        (b'<svg xmlns="http://www.w3.org/2000/svg"><path/></svg>', Kind.PICTURE),
        ("<svg></svg><div>年报</div>".encode(), Kind.HTML),
        (b"OggS\x00\x02", Kind.MEDIA),
        ("url,html\nhttp://a,<p>年报\n".encode(), Kind.CSV),
        ("网址,正文\nhttp://a,年报\n".encode(), Kind.CSV),
        ("信息内容,本年制发件数\n规章,3\n".encode(), Kind.TEXT),
        (b"Rar!\x1a\x07", Kind.ARCHIVE),
    ],
)
def test_content_says_what_a_file_is(data: bytes, kind: Kind):
    assert kind_of(Content("wrong.txt", data)) is kind


@pytest.mark.parametrize("ending", [".txt", ".doc", ".pdf"])
def test_a_wrong_ending_is_no_matter(tmp_path: Path, ending: str):
    made = report()
    for name, data in (("h", html_page(html_tables(made)).encode()), ("d", docx_report(made))):
        path = tmp_path / f"{name}{ending}"
        path.write_bytes(data)

        done = CliRunner().invoke(main, ["extract", str(path)])

        record = json.loads(done.stdout)
        assert record["status"] == "verified"
        text = CliRunner().invoke(main, ["text", str(path)]).stdout_bytes.decode()
        cells = [cell for cell in record["cells"] if cell["raw"] is not None]
        assert len(cells) > 100
        assert all(text[cell["start"] : cell["end"]] == cell["raw"] for cell in cells)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\x89PNG\r\n", "is a picture (PNG); recognize its text first"),
        (zipped("xl/workbook.xml"), "is an XLSX workbook that cannot be read"),
        (zipped("OFD.xml"), "is an OFD document that cannot be read"),
        (zipped("ppt/presentation.xml"), "is a set of slides; give the report itself"),
        (b"Rar!\x1a\x07", "is an archive (RAR) of a kind that is not opened; unpack it"),
        (
            "url,html\nhttp://a,<p>年报\n".encode(),
            "is CSV with a column of pages, which is not opened",
        ),
    ],
)
def test_what_is_not_read_is_refused_with_a_remedy(tmp_path: Path, data: bytes, message: str):
    path = tmp_path / "a.html"
    path.write_bytes(data)

    done = CliRunner().invoke(main, ["extract", str(path)])

    assert message in json.loads(done.stdout)["error"]
    assert done.exit_code == 1
