"""What is evidently no page is told by what it holds; in doubt a file is read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from gouji.inference.cli import main
from gouji.inference.not_pages import Why, why_not_a_page
from gouji.inference.readers import Content, Options

TABLE = "（一）予以公开 3 0 0 0 0 0 3\n"
LONG = "政府信息公开工作年度报告" * 60


def why(data: bytes | str, name: str = "12345", **options: str) -> Why | None:
    held = data.encode("utf-8") if isinstance(data, str) else data
    return why_not_a_page(Content(name, held), Options(**options))


def json_of(*records: object) -> str:
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", Why.EMPTY),
        (" \r\n\n", Why.EMPTY),
        (b"\x89PNG\r\n\x1a\n", Why.PICTURE),
        (b"BM\x36\x00\x00\x00\x00\x00\x00\x00", Why.PICTURE),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", Why.PICTURE),
        (b"\x00\x00\x01\x00\x01\x00\x10\x10", Why.PICTURE),
        ('<?xml version="1.0"?>\n<!-- 图标 --><svg viewBox="0 0 1 1"><path/></svg>', Why.PICTURE),
        (b"wOF2\x00\x01", Why.MEDIA),
        (b"\x00\x00\x00\x20ftypisom", Why.MEDIA),
        (bytes(range(256)) * 20, Why.BINARY),
        ("User-agent: *\nDisallow: /\n", Why.NO_CHINESE),
        ("body { color: red }", Why.NO_CHINESE),
        ('<?xml version="1.0"?>\n<urlset><url><loc>http://a</loc></url></urlset>', Why.FEED),
        ('{"name": "x", "version": "1.0"}', Why.JSON),
        (json_of({"id": "a", "form": "2021", "cells": {"a/b/c": 1}}), Why.JSON),
    ],
)
def test_what_is_no_page_is_told_by_its_content(data: bytes | str, expected: Why):
    assert why(data) is expected


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("menu.js?v=3", 'var a = "<div>请选择</div>";', Why.PROGRAM),
        ("site.CSS", "/* 政府信息公开 */ body { color: red }", Why.PROGRAM),
        ("form.toml", 'label = "予以公开"', Why.PROGRAM),
        ("list.csv", "id,标题\n1,云岭市2022年政府信息公开工作年度报告\n", Why.LIST),
        ("show.js", f"<!DOCTYPE html><p>{TABLE}", None),
        ("tables.csv", TABLE.replace(" ", ","), None),
    ],
)
def test_text_that_its_content_does_not_tell_is_told_by_its_name(name: str, text: str, expected: Why | None):
    assert why(text, name) is expected


@pytest.mark.parametrize(
    "data",
    [
        TABLE,
        TABLE.encode("gb18030"),
        TABLE.encode("utf-16"),
        (TABLE * 9).encode("utf-16-le"),  # its reader says what to do
        "&#20104;&#20197;&#20844;&#24320; 3 0 0 0 0 0 3",
        "1 2 3 4\n" * 10_000 + TABLE,
        f"<html><body>{TABLE}",
        "<html><h1>404 Not Found</h1></html>",  # a page was to be here: an error in its place
        "<svg></svg><div>年度报告</div>",
        b"%PDF-1.7\n1 0 obj",
        b"Rar!\x1a\x07\x00",
        json_of({"url": "http://a/1", "html": "<p>年报"}),
        json_of({"url": "http://a/1", "content": LONG}),  # its column is to be named
        json_of({"code": 200, "data": [{"content": LONG}]}),
        json_of({"标题": "年报", "申请": {"予以公开": [3, 0]}}),
        json_of({"url": "http://a/1", "html": f"<p>{LONG * 400}"}),  # longer than what is looked at
        f"url,html\n1,{TABLE}",
    ],
)
def test_what_may_be_a_page_is_read(data: bytes | str):
    assert why(data) is None


def test_a_column_that_is_named_holds_pages_however_short():
    assert why(json_of({"url": "http://a/1", "正文": "年报"})) is Why.JSON
    assert why(json_of({"url": "http://a/1", "正文": "年报"}), column="正文") is None


def test_with_an_encoding_forced_no_bytes_are_binary():
    assert why(TABLE.encode("utf-16-le")) is Why.BINARY
    assert why(TABLE.encode("utf-16-le"), encoding="utf-16-le") is None


@pytest.mark.parametrize(
    "name", ["m.jsonl", "cells.csv", "cells.pages.csv", "cells.parquet", "panel.wide.csv", "tables.xlsx"]
)
def test_what_gouji_wrote_before_is_no_page(samples: Path, tmp_path: Path, name: str):
    output = tmp_path / name.replace(".pages", "")
    CliRunner().invoke(main, ["extract", str(samples / "yunling_2022__lines.txt"), "-o", str(output)])

    assert why_not_a_page(Content("12345", path=tmp_path / name), Options()) is Why.OWN


def test_a_panel_and_what_lies_beside_it_are_no_pages(samples: Path, tmp_path: Path):
    lines = tmp_path / "m.jsonl"
    CliRunner().invoke(main, ["extract", str(samples), "-o", str(lines), "-q"])
    for ending in ("dta", "sav", "xlsx", "csv", "parquet", "db"):
        CliRunner().invoke(main, ["panel", str(lines), "-o", str(tmp_path / f"panel.{ending}")])
    for ending in ("csv", "html", "md"):
        CliRunner().invoke(main, ["check", str(lines), "-o", str(tmp_path / f"found.{ending}")])

    written = {
        path.name: why_not_a_page(Content("12345", path=path), Options()) for path in tmp_path.iterdir()
    }

    assert written == {
        **dict.fromkeys(("panel.dta", "panel.db"), Why.DATABASE),
        "panel.sav": Why.BINARY,
        **dict.fromkeys(
            ("m.jsonl", "panel.csv", "panel.parquet", "panel.xlsx", "found.csv", "found.html", "found.md"),
            Why.OWN,
        ),
        **dict.fromkeys(("panel.codebook.csv", "panel.codebook.md", "panel.coverage.csv"), Why.OWN),
    }


def test_the_pages_to_look_at_and_the_data_dictionary_are_no_pages(samples: Path, tmp_path: Path):
    look = tmp_path / "look"
    CliRunner().invoke(main, ["extract", str(samples / "yunling_2022__lines.txt"), "--html", str(look)])
    dictionary = CliRunner().invoke(main, ["forms", "--format", "csv", "--excel"]).stdout_bytes

    written = [*look.glob("*.html"), *look.glob("reports/*.html")]
    assert [why_not_a_page(Content("12345", path=path), Options()) for path in written] == [Why.OWN] * 2
    assert why(dictionary) is Why.OWN
