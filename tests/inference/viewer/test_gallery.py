"""A folder to look at: a page a report, written as they come, and an index that tells of them all."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from click.testing import CliRunner, Result

from gouji.inference.cli import main
from gouji.inference.outputs.records import Record, record_of_json
from gouji.inference.viewer.corpus import Corpus
from gouji.inference.viewer.gallery import Gallery
from gouji.inference.viewer.index_page import index_html
from gouji.model.forms import load_forms

from .kinds import KINDS, PAGES

Read = Callable[[str], Any]


def gouji(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def record(**fields: Any) -> Record:
    """An answer with two cells of the applications table."""
    cells = [
        {"key": "applications/received/total", "value": 12, "state": "read", "unit": None},
        {"key": "applications/total/total", "value": None, "state": "ambiguous", "unit": None},
    ]
    return record_of_json({
        "source": "pages/a.txt", "title": "某局2022年报告", "issuer": "某局", "year": 2022, "form": "2021",
        "forms": {"applications": "2021"}, "status": "incomplete", "cells": cells, "checks": [],
        "unplaced": [], **fields,
    })  # fmt: skip


def test_extract_writes_a_page_a_report_and_an_index(samples: Path, tmp_path: Path, read_back: Read):
    missing = tmp_path / "none.txt"

    result = gouji("extract", samples, missing, "-o", tmp_path / "out.jsonl", "--html", tmp_path / "look")

    index = read_back((tmp_path / "look" / "index.html").read_text(encoding="utf-8"))
    entries = index.data()["entries"]
    assert result.exit_code == 1
    assert "open " in result.stderr
    assert [unquote(entry[0]) if entry[0] else None for entry in entries] == [
        "reports/00001-hexi_2020__glued.html",
        "reports/00002-yunling_2022__lines.html",
        None,
    ]
    assert all((tmp_path / "look" / unquote(entry[0])).is_file() for entry in entries if entry[0])
    assert entries[2][-2] == "no such file or folder; check the path"


def test_pages_share_their_styles_and_scripts(samples: Path, tmp_path: Path):
    gouji("extract", samples, "--jobs", "1", "--html", tmp_path / "look")

    pages = [path.read_text(encoding="utf-8") for path in (tmp_path / "look").rglob("*.html")]
    written = sorted(path.name for path in (tmp_path / "look" / "assets").iterdir())
    linked = {link for page in pages for link in re.findall(r'(?:src|href)="(?:\.\./)?assets/([^"]+)"', page)}
    assert len(pages) == 3
    assert sorted(re.sub(r"-[0-9a-f]{10}", "", name) for name in written) == [
        "forms.js", "index.css", "index.js", "report.css", "report.js",
    ]  # fmt: skip
    assert linked == set(written)
    assert not any("<style" in page or "function" in page for page in pages)
    assert max(len(page.encode()) for page in pages) < 85_000  # 156 KB when they shared nothing


def test_many_workers_leave_the_same_folder_as_one(tmp_path: Path):
    pages = [PAGES / f"{name}.txt" for name in KINDS] * 4  # enough for two workers
    gouji("extract", *pages, "--jobs", "1", "--html", tmp_path / "one")
    gouji("extract", *pages, "--jobs", "2", "--html", tmp_path / "two")

    one, two = (
        {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in (tmp_path / "one", tmp_path / "two")
    )
    assert len(one) == 20 + 1 + 5
    assert one == two


def test_pages_of_an_earlier_run_keep_the_files_that_they_need(tmp_path: Path):
    forms = load_forms()
    Gallery(tmp_path, forms).close()
    before = {path.name: path.read_bytes() for path in (tmp_path / "assets").iterdir()}

    Gallery(tmp_path, {"2019": forms["2019"]}).close()

    after = {path.name: path.read_bytes() for path in (tmp_path / "assets").iterdir()}
    assert len(after) == len(before) + 1
    assert before.items() <= after.items()


def test_the_lines_are_the_same_with_pages_and_without(samples: Path, tmp_path: Path):
    plain = gouji("extract", samples, "--jobs", "1").stdout

    assert gouji("extract", samples, "--jobs", "1", "--html", tmp_path / "look").stdout == plain


def test_reports_extracted_before_are_shown_as_they_were(samples: Path, tmp_path: Path):
    gouji("extract", samples, "-o", tmp_path / "out.jsonl", "--html", tmp_path / "now")

    result = gouji("view", tmp_path / "out.jsonl", "--html", tmp_path / "later")

    assert result.exit_code == 0, result.stderr
    for path in sorted((tmp_path / "now").rglob("*.html")):
        later = tmp_path / "later" / path.relative_to(tmp_path / "now")
        assert later.read_text(encoding="utf-8") == path.read_text(encoding="utf-8")


@pytest.mark.parametrize("more", [{}, {"bounded": {"applications": "there are more readings"}}])
def test_what_is_suggested_and_bounded_is_shown_again(tmp_path: Path, more: dict[str, Any]):
    page, lines = PAGES / "a_contradictory_report_2021.txt", tmp_path / "out.jsonl"
    gouji("extract", page, "-o", lines)
    lines.write_text(json.dumps({**json.loads(lines.read_text("utf-8")), **more}), encoding="utf-8")

    gouji("view", lines, "--html", tmp_path / "again")

    (report,) = (tmp_path / "again" / "reports").iterdir()
    tables = report.read_text(encoding="utf-8").split('id="tables"')[1].split("<script")[0]
    assert "若这一格不是 28 而是 26" in tables
    assert ("本表的读法过多" in tables) == bool(more)


def test_a_page_that_is_not_there_any_more_is_shown_without_its_text(samples: Path, tmp_path: Path):
    page = tmp_path / "a.txt"
    page.write_bytes((samples / "yunling_2022__lines.txt").read_bytes())
    gouji("extract", page, "-o", tmp_path / "out.jsonl")
    page.write_text("某局2022年报告\n别的内容\n", encoding="utf-8")

    result = gouji("view", tmp_path / "out.jsonl", "--html", tmp_path / "look")

    (report,) = (tmp_path / "look" / "reports").iterdir()
    assert "pages shown without their text: 1; the first, " in result.stderr
    assert 'id="print"' not in report.read_text(encoding="utf-8")


def test_a_line_that_is_no_record_is_named(tmp_path: Path):
    (tmp_path / "out.jsonl").write_text('{"source": "a", "error": "b"}\n{"source": "c"}\n', encoding="utf-8")

    result = gouji("view", tmp_path / "out.jsonl", "--html", tmp_path / "look")

    assert result.exit_code == 2
    assert "out.jsonl line 2: misses 'cells'; expected a line of gouji extract" in result.stderr


def test_totals_add_up_what_reports_settle_and_say_how_many_they_were():
    corpus = Corpus(load_forms())
    for source in ("a", "b"):
        corpus.add(record(source=source), None)

    received = corpus.totals["applications/received/total", ""][2022]
    open_ = corpus.totals["applications/total/total", ""][2022]
    assert (received.total, received.settled, received.reports) == (24, 2, 2)
    assert (open_.total, open_.settled, open_.reports) == (0, 0, 2)


def test_units_are_not_added_to_one_another():
    corpus = Corpus(load_forms())
    for unit, value in ((None, 3), ("元", 30000)):
        cell = {"key": "disclosure/fees/amount", "value": value, "state": "read", "unit": unit}
        corpus.add(record(cells=[cell]), None)

    assert {unit: years[2022].total for (_, unit), years in corpus.totals.items()} == {"": 3, "元": 30000}


def test_the_index_counts_statuses_and_the_checks_that_fail_most(read_back: Read):
    corpus = Corpus(load_forms())
    failing = [{"name": "applications/balance/total", "state": "fails", "left": 3, "right": 4}]
    corpus.add(record(status="contradicted", checks=failing), "reports/1.html")
    corpus.add(record(), "reports/2.html")
    corpus.add(Record("c.txt", error="is empty"), None)

    page = read_back(index_html(corpus))

    counts = {b.attributes["data-status"]: b.all("b")[0].text for b in page.by_id("statuses").all("button")}
    (bar,) = page.by_id("failing").all("button")
    assert counts == {"incomplete": "1", "contradicted": "1", "error": "1"}
    assert bar.attributes["data-failing"] == "applications/balance/total"
    assert "总计1三、收到和处理政府信息公开申请情况" in bar.text
    assert page.data()["checks"] == ["applications/balance/total"]


def test_nothing_of_a_report_ends_the_data_of_the_index(read_back: Read):
    corpus = Corpus(load_forms())
    corpus.add(record(title="</script><b>", issuer="<!--<script>"), "reports/1.html")

    html = index_html(corpus)

    assert "</script><b>" not in html
    assert read_back(html).data()["entries"][0][1] == "<!--<script>"


def test_of_ten_thousand_reports_no_page_is_kept(tmp_path: Path):
    gallery = Gallery(tmp_path, load_forms())
    for number in range(10_000):
        gallery.add(record(source=f"pages/{number}.txt"), None)

    index = gallery.close()

    assert 500_000 < index.stat().st_size < 3_000_000
    assert json.dumps("9999.txt") in index.read_text(encoding="utf-8")


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path, samples: Path):
    (tmp_path / "look").write_text("a file", encoding="utf-8")

    result = gouji("view", samples / "yunling_2022__lines.txt", "--html", tmp_path / "look")

    assert result.exit_code == 2
    assert "look" in result.stderr


@pytest.mark.parametrize("language", [0, 1])
def test_every_word_that_a_page_names_is_there_in_both_languages(language: int):
    from importlib.resources import files

    from gouji.inference.viewer.words import words

    assets = files("gouji.inference.viewer") / "assets"
    scripts = "".join(
        (assets / name).read_text(encoding="utf-8") for name in ("report.js", "index.js", "language.js")
    )
    named = set(re.findall(r'(?:said|word|goButton)\("([a-z_.]+)"', scripts))

    assert named <= words().keys()
    assert all(both[language] for both in words().values())
    assert all(set(re.findall(r"{\w}", a)) == set(re.findall(r"{\w}", b)) for a, b in words().values())
