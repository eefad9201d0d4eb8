"""Reports are audited from pages and from JSON lines alike, and what is planted is what is found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gouji.inference.cli import main
from gouji.inference.extractor import Extractor
from gouji.model.page import Page
from gouji.training.audit_run import audit_pages
from gouji.training.claims import make_audit_page
from gouji.training.series import make_series


def check(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["check", *map(str, arguments)])


def findings_of(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


@pytest.fixture
def contradicted(samples: Path, tmp_path: Path) -> Path:
    """A folder with the sample page of 2022, and after it a claim that its table denies."""
    text = (samples / "yunling_2022__lines.txt").read_text(encoding="utf-8")
    claim = "2022年，我局共收到政府信息公开申请117件。\n二、主动公开"
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "a.txt").write_text(text.replace("二、主动公开", claim, 1), encoding="utf-8")
    return tmp_path / "pages"


def test_the_samples_raise_no_alarm(samples: Path):
    result = check(samples)

    assert result.exit_code == 0, result.stderr
    assert "0 fail" in result.stdout
    assert "alarms" not in result.stdout


def test_an_alarm_says_who_what_and_where(contradicted: Path):
    result = check(contradicted)

    assert result.exit_code == 0
    for said in ("云岭市水务局", "2022", "claims/received", "117", "116", "我局共收到政府信息公开申请117件"):
        assert said in result.stdout


def test_json_lines_quote_the_page_by_its_characters(contradicted: Path):
    text = (contradicted / "a.txt").read_text(encoding="utf-8")

    (alarm,) = [
        finding for finding in findings_of(check(contradicted, "--json")) if finding["state"] == "fails"
    ]

    assert text[alarm["start"] : alarm["end"]] == alarm["quote"]  # type: ignore[misc]
    assert (alarm["check"], alarm["left"], alarm["right"]) == ("claims/received", 117, 116)
    assert alarm["sources"] == [str(contradicted / "a.txt")]


def test_strict_makes_an_alarm_the_exit_status(contradicted: Path, samples: Path):
    assert check(contradicted, "--strict").exit_code == 1
    assert check(samples, "--strict").exit_code == 0


def test_extracted_reports_find_their_pages_again(contradicted: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(contradicted)
    lines = CliRunner().invoke(main, ["extract", "a.txt"]).stdout
    monkeypatch.chdir(contradicted.parent)
    Path("reports.jsonl").write_text(lines, encoding="utf-8")

    without, given = check("reports.jsonl"), check("reports.jsonl", "--pages", contradicted)

    assert "claims" not in without.stdout
    assert without.stderr.count("--pages DIR") == 1
    assert "claims/received" in given.stdout
    assert given.stderr == ""


def test_a_page_that_changed_since_is_not_quoted(contradicted: Path, tmp_path: Path):
    page = contradicted / "a.txt"
    (tmp_path / "reports.jsonl").write_text(CliRunner().invoke(main, ["extract", str(page)]).stdout)
    page.write_text("又一年。" + page.read_text(encoding="utf-8"), encoding="utf-8")

    result = check(tmp_path / "reports.jsonl")

    assert "not as they were" in result.stderr
    assert "claims" not in result.stdout


def test_a_page_that_cannot_be_read_is_named_and_the_rest_go_on(samples: Path, tmp_path: Path):
    (tmp_path / "empty.txt").write_bytes(b"")

    result = check(samples, tmp_path / "empty.txt")

    assert result.exit_code == 1
    assert "is empty" in result.stderr
    assert result.stdout.startswith("2 reports")


def test_a_file_that_is_no_extraction_is_refused_with_every_faulty_line(tmp_path: Path):
    path = tmp_path / "reports.jsonl"
    path.write_text('{"source": "a.txt"}\n[1]\nnot json\n', encoding="utf-8")

    result = check(path)

    assert result.exit_code == 2
    assert all(f"line {number}: " in result.stderr for number in (1, 2, 3))
    assert "expected a line of gouji extract" in result.stderr


def test_years_are_compared_over_several_files(tmp_path: Path):
    series = make_series(3, 1, broken=True)
    files = []
    for number, report in enumerate(series.reports):
        cells = [{"key": key, "value": c.value, "state": "read"} for key, c in report.cells.items()]
        named = {name: getattr(report, name) for name in ("source", "title", "issuer", "year")}
        files.append(tmp_path / f"{number}.jsonl")
        files[-1].write_text(json.dumps({**named, "forms": report.forms, "cells": cells}), encoding="utf-8")

    found = [finding for finding in findings_of(check(*files, "--json")) if finding["state"] == "fails"]

    assert [(finding["check"], finding["year"]) for finding in found] == [series.broken]


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def test_true_prose_raises_no_alarm(extractor: Extractor):
    pages = (make_audit_page(index, 77, planted=False) for index in range(30))

    tally = audit_pages(pages, 12, extractor)

    assert tally.pages == 12
    assert tally.false_alarms == []
    assert tally.held > 40


def test_what_is_planted_is_found_and_nothing_else(extractor: Extractor):
    pages = (make_audit_page(index, 77, planted=True) for index in range(30))

    tally = audit_pages(pages, 12, extractor)

    assert tally.missed == []
    assert tally.false_alarms == []
    assert sum(tally.found.values()) == 12


def test_pages_of_training_are_not_what_an_audit_is_measured_on():
    page = make_audit_page(0, 5, planted=True)

    assert page == make_audit_page(0, 5, planted=True)
    assert page.planted is not None
    assert isinstance(page.page, Page)
