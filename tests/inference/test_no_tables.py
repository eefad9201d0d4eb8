"""A page without a table says what it is instead, and what to do; what is no document is named."""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner

import gouji
from gouji.inference.cli import main

ISSUER = "青溪市水务局"
TITLE = f"<html><title>{ISSUER}2022年政府信息公开工作年度报告</title>"
LONG = "<p>" + "依法公开政府信息，保障群众知情权。" * 120 + "</p>"
SENTENCES = "依法公开政府信息，保障群众知情权。\n" * 40
PROSE = f"{ISSUER}2022年政府信息公开工作年度报告\n一、总体情况\n{SENTENCES}"
LIST = "".join(f"<a href='{i}.docx'>{i}局年度报告</a>" for i in range(7))


def cause(page: str | bytes) -> str:
    """What an answer says of a page that goes on as a text, or why it is refused."""
    try:
        answer = gouji.extract(page)
    except gouji.GoujiError as refusal:
        return str(refusal)
    assert answer.status == "no_tables"
    assert answer.cause is not None
    return answer.cause


@pytest.mark.parametrize(
    ("page", "message"),
    [
        (
            f"{TITLE}{LONG}<iframe src='/a/b.html'></iframe>",
            "another in a frame and no table; fetch that one",
        ),
        (
            f"{TITLE}{LONG}<img src='/upload/1.jpg'>",
            "shows a picture and no table; if that is the table",
        ),
        (f"{TITLE}<img src='/u/1.jpg' width=800><img src='/2.jpg'>", "shows 2 pictures and no table"),
        (f"{TITLE}{LONG}<a href='P0.pdf'>附件：年度报告</a>", "attaches a file; fetch that one: P0.pdf"),
        (
            f"{TITLE}{LONG}{LIST}",
            "is a list of 7 files and shows no table; fetch those that are",
        ),
        (f"{TITLE}{LONG}<table><tr><td>{{{{ item.num }}}}", "a script fills the page, and did not"),
        (f"<html><title>404 页面不存在</title>{LONG}", "is an error page, no report"),
        (f"{PROSE}三、申请情况\n（略）\n五、主要问题\n无。", 'prose, and under "申请情况" no table stands'),
        (f"{PROSE}全年共收到政府信息公开申", "is cut off before its tables: it ends within a sentence"),
        ("本市2022年财政预算执行报告\n" * 30, 'of an official table: it begins "本市2022年财政'),
        (
            "二、主动公开政府信息情况",
            "the heading 主动公开政府信息情况 stands on it, and nothing of its table",
        ),
        ("Annual report of the water bureau. " * 30, "hardly any Chinese"),
    ],
)
def test_a_page_without_a_table_says_why(page: str, message: str):
    assert message in cause(page)


@pytest.mark.parametrize(
    ("page", "message"),
    [
        ("<html><body><p>请完成安全验证：拖动滑块</p>", "is a captcha page"),
        ("<html><title>Just a moment...</title><body><p>Checking your browser</p>", "is a captcha page"),
        (
            "<html><body><p>很抱歉，由于您访问的URL有可能对网站造成安全威胁，您的访问被阻断。</p>",
            "firewall (WAF)",
        ),
        ("<html><head><script>$_ts=window['$_ts'];</script></head><body></body></html>", "firewall (WAF)"),
        ("<html><body><form><input type=password></form>", "is a login page, no report"),
        ("<html><body><h1>403 Forbidden</h1>", "is an error page, no report"),
        ("<html><body><p>您访问的页面不存在</p>", "is an error page, no report"),
    ],
)
def test_a_page_in_a_report_s_place_is_refused(page: str, message: str):
    assert message in cause(page)


def database() -> bytes:
    held = sqlite3.connect(":memory:")
    held.execute("create table pages (html text)")
    return held.serialize()


def pictures() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for number in range(3):
            archive.writestr(f"年报_{number}.JPG", b"\xff\xd8\xff\xe0")
    return held.getvalue()


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"\x89PNG\r\n\x1a\n", "is a picture (PNG); recognize its text first (OCR: PaddleOCR, MinerU"),
        (b"\xff\xd8\xff\xe0", "is a picture (JPEG)"),
        (b"II*\x00\x08", "is a picture (TIFF)"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "is a picture (WebP)"),
        (pictures(), "is a ZIP archive of 3 pictures (年报_0.JPG …); recognize their text first"),
        (database(), "is a database (SQLite); export the column of its pages as JSON lines"),
        (b"\x00\x01\x00\x00Standard ACE DB\x00", "is a database (Access)"),
        (b"\x00\x01\x00\x00\x00\x0d\x00\x80", "is a font; give the report itself"),
        (b"\x00\x00\x00\x20ftypisom", "is a film; give the report itself"),
        (b"ID3\x03", "is sound"),
        (b"MZ\x90\x00" + b"\x00" * 60 + b"This program cannot be run in DOS mode", "is a Windows program"),
        (b"\x7fELF\x02\x01", "is a Linux program"),
        (b"7z\xbc\xaf\x27\x1c", "is an archive (7z) of a kind that is not opened; unpack it"),
        (b"", "is empty"),
    ],
)
def test_a_file_that_is_no_document_is_named_with_a_remedy(tmp_path: Path, data: bytes, message: str):
    path = tmp_path / "a.html"
    path.write_bytes(data)

    done = CliRunner().invoke(main, ["extract", str(path)])

    error = json.loads(done.stdout)["error"]
    assert message in error
    assert "; " in error  # what to do
    assert done.exit_code == 1


def test_the_cause_is_said_wherever_the_verdict_is(tmp_path: Path):
    path, records, look = tmp_path / "a.txt", tmp_path / "m.jsonl", tmp_path / "look"
    path.write_text(PROSE + "全年共收到政府信息公开申", encoding="utf-8")
    said = "the report is cut off before its tables"

    done = CliRunner().invoke(main, ["extract", str(path), "-o", str(records), "--html", str(look)])
    shown = CliRunner().invoke(main, ["show", str(path)]).stdout

    assert f"{path}: holds no table of a known form: {said}" in done.stderr
    assert said in json.loads(records.read_text(encoding="utf-8"))["cause"]
    assert said in " ".join(shown.split())
    assert any(said in page.read_text(encoding="utf-8") for page in look.glob("reports/*.html"))


def test_a_page_with_tables_has_no_cause(samples: Path):
    answer = gouji.extract(samples / "yunling_2022__lines.txt")

    assert answer
    assert answer.cause is None
    assert "cause" not in answer.to_record()
