"""What holds several pages gives one answer for each, in order; a bad one does not hold up the others."""

from __future__ import annotations

import gzip
import io
import json
import shutil
import sys
import tracemalloc
import zipfile
from collections.abc import Callable, Sequence
from email.mime.multipart import MIMEMultipart
from email.mime.text import MIMEText
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner

from gouji.inference.cli import main
from gouji.inference.readers import Content, Options, Unread, read_pages, unpack

from .made import docx_report, html_page, html_tables, report
from .made_pdf import pdf_of

PAGE = html_page(html_tables(report()))
TEXT = "青溪市水务局2022年政府信息公开工作年度报告\n规章 1 2 3\n"


def given(data: bytes, name: str = "held", column: str | None = None) -> list[tuple[str, str]]:
    """The name of each thing in a container, and its first words or what is wrong with it."""
    found = []
    for held in unpack(Content(name, data), Options(column=column)):
        if isinstance(held, Unread):
            found.append((held.source, held.error))
        else:
            found.append((held.name, held.whole()[:6].decode("utf-8", "replace")))
    return found


def zipped(files: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return held.getvalue()


def crawled(records: Sequence[tuple[str, str, str, bytes]], packed: bool = True) -> bytes:
    """A WARC file of responses: address, status, content type, body."""
    warcwriter = pytest.importorskip("warcio.warcwriter")
    from warcio.statusandheaders import StatusAndHeaders

    held = io.BytesIO()
    writer = warcwriter.WARCWriter(held, gzip=packed)
    writer.write_record(writer.create_warcinfo_record("made", {"software": "a test"}))
    for address, status, kind, body in records:
        headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(address, "response", payload=io.BytesIO(body), http_headers=headers)
        )
    return held.getvalue()


def lines(*records: object) -> bytes:
    return b"".join(json.dumps(record, ensure_ascii=False).encode() + b"\n" for record in records)


def saved(charset: str) -> bytes:
    """A page as a browser saves it with its parts."""
    page = MIMEMultipart("related")
    page.attach(MIMEText(PAGE, "html", charset))
    page.attach(MIMEText("p {}", "css"))
    return page.as_bytes()


def in_columns(**columns: list[str]) -> bytes:
    """A Parquet file."""
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    held = io.BytesIO()
    parquet.write_table(pyarrow.table(columns), held)
    return held.getvalue()


def test_an_archives_pages_are_numbered_and_what_is_besides_is_passed_over():
    inner = zipped({"c.txt": TEXT.encode()})
    files = {
        "a.html": b"<html>a",
        "style.css": b"p {}",
        "__MACOSX/a": b"x",
        "b.png": b"\x89PNG",
        "in.zip": inner,
    }

    assert given(zipped(files)) == [
        ("held#1", "<html>"),
        ("held#2", "\ufffdPNG"),
        ("held#3#1", "青溪"),
    ]


def test_a_damaged_file_of_an_archive_is_named_and_the_others_are_read():
    data = bytearray(zipped({"a.txt": b"first page" * 9, "b.txt": b"second page"}))
    data[45] ^= 0xFF  # within the first file

    first, second = given(bytes(data))

    assert first[0] == "held#1"
    assert "a.txt is damaged" in first[1]
    assert second == ("held#2", "second")


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (zipped({"a.txt": TEXT.encode()})[:33], "ZIP archive that is cut off or damaged"),
        (zipped({"style.css": b"p {}"}), "ZIP archive without pages"),
        (gzip.compress(TEXT.encode() * 200)[:-30], "gzip file that is cut off"),
        (b"\x1f\x8b" + b"no gzip" * 9, "damaged gzip file"),
        (b"PAR1" + b"no Parquet" * 9, "damaged Parquet file"),
        (
            b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x--\r\n',
            "holds no page",
        ),
    ],
)
def test_a_container_that_cannot_be_opened_is_named_with_a_remedy(data: bytes, message: str):
    ((name, error),) = given(data)

    assert name == "held"
    assert message in error
    assert ";" in error


def test_gzip_gives_what_is_in_it_under_its_own_name():
    assert given(gzip.compress(PAGE.encode())) == [("held", PAGE[:6])]


@pytest.mark.parametrize("packed", [True, False])
def test_a_crawls_pages_are_called_by_their_addresses(packed: bool):
    data = crawled(
        [
            ("http://a/1", "200 OK", "text/html; charset=gb2312", "青溪".encode("gb18030")),
            ("http://a/2", "200 OK", "image/png", b"\x89PNG"),
            ("http://a/3", "302 Found", "text/html", b"moved"),
            ("http://a/4", "404 Not Found", "text/html", b"gone"),
            ("http://a/5", "200 OK", "text/css", b"p {}"),
            ("http://a/6", "200 OK", "text/html", b"<html>last"),
        ],
        packed,
    )

    first, *others = unpack(Content("held", data), Options())

    assert isinstance(first, Content)
    assert (first.name, first.charset) == ("http://a/1", "gb2312")
    assert [other.source if isinstance(other, Unread) else other.name for other in others] == [
        "http://a/2", "http://a/4", "http://a/6",
    ]  # fmt: skip
    assert "is no page (image/png)" in given(data)[1][1]
    assert "status 404" in given(data)[2][1]


@pytest.mark.parametrize("packed", [True, False])
def test_a_crawl_that_is_cut_off_gives_what_stands_before(packed: bool):
    body = b"<html>" + bytes(range(256)) * 400
    data = crawled([(f"http://a/{n}", "200 OK", "text/html", body) for n in range(3)], packed)

    found = given(data[: len(data) * 5 // 6])

    assert found[:2] == [("http://a/0", "<html>"), ("http://a/1", "<html>")]
    assert "cut off" in found[2][1]


def test_records_are_called_by_their_address_or_number_and_bad_ones_by_their_line():
    data = lines({"html": PAGE, "url": "http://a/1"}) + b"\n" + lines({"text": TEXT}) + b"{bad\n[1]\n"
    data += lines({"body": TEXT}, {"text": ""})

    found = given(data)

    assert [name for name, _ in found] == ["http://a/1", *(f"held#{n}" for n in range(2, 7))]
    assert [found[0][1], found[1][1]] == [PAGE[:6], "青溪"]
    assert "line 4 is no JSON" in found[2][1]
    assert "line 5 is no JSON object" in found[3][1]
    assert (
        'line 6 has no column "html" or "text"; it has "body": name the page\'s with --column' in found[4][1]
    )
    assert 'line 7: the column "text" holds no text' in found[5][1]
    assert given(gzip.compress(data)) == found


@pytest.mark.parametrize(
    "data",
    [
        json.dumps([{"html": PAGE}, {"text": TEXT}], indent=1).encode(),
        json.dumps([{"html": PAGE}, {"text": TEXT}], ensure_ascii=False).encode("gb18030"),
        gzip.compress(json.dumps([{"html": PAGE}, {"text": TEXT}], indent=1).encode("utf-8-sig")),
        b"".join(
            json.dumps(record, ensure_ascii=False).encode("gb18030") + b"\r\n\r\n"
            for record in ({"html": PAGE}, {"text": TEXT})
        ),
    ],
)
def test_records_may_be_one_value_over_several_lines_and_of_the_gb_family(data: bytes):
    assert given(data) == [("held#1", PAGE[:6]), ("held#2", "青溪")]


def test_one_record_over_several_lines_is_one():
    assert given(json.dumps({"html": PAGE}, indent=1).encode()) == [("held#1", PAGE[:6])]


def test_a_records_column_can_be_named():
    data = lines({"html": PAGE, "body": TEXT}, {"html": PAGE})

    found = given(data, column="body")

    assert found[0] == ("held#1", "青溪")
    assert 'line 2 has no column "body"; it has "html"' in found[1][1]


def test_parquet_is_read_row_by_row(tmp_path: Path):
    pyarrow = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    table = pyarrow.table({"body": [TEXT, None, TEXT], "url": ["http://a/1", None, ""]})
    parquet.write_table(table, tmp_path / "pages")
    data = (tmp_path / "pages").read_bytes()

    found = given(data, column="body")

    assert [name for name, _ in found] == ["http://a/1", "held#2", "held#3"]
    assert 'row 2: the column "body" holds no text' in found[1][1]
    assert 'it has "body", "url": name the page\'s with --column' in given(data)[0][1]


@pytest.mark.parametrize(
    ("module", "data", "extra"),
    [("warcio.archiveiterator", b"WARC/1.0\r\n", "warc"), ("pyarrow", b"PAR1", "parquet")],
)
def test_a_missing_library_is_named_with_its_extra(
    monkeypatch: pytest.MonkeyPatch, module: str, data: bytes, extra: str
):
    monkeypatch.setitem(sys.modules, module, None)

    assert f"pip install 'gouji[{extra}]'" in given(data)[0][1]


def test_a_saved_page_is_its_html_in_its_charset(tmp_path: Path):
    (tmp_path / "saved.mht").write_bytes(saved("gb18030"))

    (page,) = read_pages(tmp_path / "saved.mht")

    assert page.source == str(tmp_path / "saved.mht")
    assert not isinstance(page, Unread)
    assert "行政规范性文件" in page.text


def test_a_crawl_is_never_held_in_memory():
    body = b"<html>" + bytes(200_000)
    data = crawled([(f"http://a/{n}", "200 OK", "text/html", body) for n in range(60)])
    tracemalloc.start()

    count = sum(1 for _ in unpack(Content("held", data), Options()))

    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 60
    assert peak < 20 * len(body)


def test_a_bad_member_is_answered_in_its_place_over_several_processes(tmp_path: Path):
    files = {f"{n:02}.txt": TEXT.encode() for n in range(40)} | {"17.txt": b""}
    (tmp_path / "pages.bin").write_bytes(zipped(files))

    result = CliRunner().invoke(main, ["extract", str(tmp_path / "pages.bin"), "--jobs", "2"])

    answers = [json.loads(line) for line in result.stdout.splitlines()]
    assert result.exit_code == 1
    assert [answer["source"] for answer in answers] == [f"{tmp_path}/pages.bin#{n}" for n in range(1, 41)]
    assert [n for n, answer in enumerate(answers) if "error" in answer] == [17]


def test_standard_input_may_be_a_container(monkeypatch: pytest.MonkeyPatch):
    from gouji.inference import sources

    monkeypatch.setattr(
        sys, "stdin", SimpleNamespace(buffer=io.BytesIO(lines({"text": TEXT}, {"text": TEXT})))
    )
    monkeypatch.setattr(sources, "_HELD", 10)  # bytes: the rest goes through a file

    names = [
        held.name for held in unpack(sources.standard_input().content, Options()) if isinstance(held, Content)
    ]

    assert names == ["-#1", "-#2"]


def _old_document() -> bytes:
    if shutil.which("soffice") is None:
        pytest.skip("LibreOffice is not installed")
    return (Path(__file__).parent / "fixtures" / "report.doc").read_bytes()


# Called when the file is needed: what makes one may be missing.
FILES: dict[str, Callable[[], bytes]] = {
    "report.html": lambda: PAGE.encode(),
    "divisions.html": lambda: html_page(html_tables(report(), "div", "div", "div")).encode(),
    "report.docx": lambda: docx_report(report()),
    "report.doc": _old_document,
    "report.pdf": lambda: pdf_of(report()),
    "report.gz": lambda: gzip.compress(PAGE.encode()),
    "report.mhtml": lambda: saved("gb18030"),
    "pages.zip": lambda: zipped({"a.pdf": pdf_of(report()), "b.html": PAGE.encode()}),
    "pages.jsonl": lambda: lines({"text": TEXT}, {"html": PAGE}),
    "pages.parquet": lambda: in_columns(html=[PAGE, html_page(html_tables(report(first=90)))]),
    "pages.warc": lambda: crawled([("http://a/1", "200 OK", "text/html; charset=utf-8", PAGE.encode())]),
}


@pytest.mark.parametrize("name", FILES)
def test_every_cell_of_every_format_stands_in_the_text_that_is_printed(tmp_path: Path, name: str):
    path = tmp_path / name.replace(".", "_")  # its content says what it is
    path.write_bytes(FILES[name]())
    extracted = CliRunner().invoke(main, ["extract", str(path)])
    answers = [json.loads(line) for line in extracted.stdout.splitlines()]

    for number, answer in enumerate(answers, 1):
        named = str(path) if len(answers) == 1 else f"{path}#{number}"
        printed = CliRunner().invoke(main, ["text", named]).stdout_bytes.decode("utf-8")
        raws = [(cell["raw"], cell["start"], cell["end"]) for cell in answer["cells"] if cell["raw"]]
        assert [printed[start:end] for _, start, end in raws] == [raw for raw, _, _ in raws]
    assert max(sum(cell["raw"] is not None for cell in answer["cells"]) for answer in answers) > 100


def test_gzip_in_gzip_is_opened_and_never_taken_for_text():
    data = b"a" * (1 << 20)
    for _ in range(3):
        data = gzip.compress(data)

    (held,) = unpack(Content("a", data), Options())

    assert isinstance(held, Content)
    assert held.data == b"a" * (1 << 20)
