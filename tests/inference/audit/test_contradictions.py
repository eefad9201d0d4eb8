"""Contradictions stand by kind, year and body, each with its print and a link; the page runs nothing."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gouji.inference.audit.findings import Finding
from gouji.inference.audit.kinds import Kind, kind_of
from gouji.inference.cli import main
from gouji.inference.extraction import CheckState
from gouji.model.forms import load_forms

FORMS = load_forms().values()
RECEIVED = "applications/received/total"


def check(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["check", *map(str, arguments)])


@pytest.fixture
def lines(samples: Path, tmp_path: Path) -> Path:
    """Answers for the sample page of 2022 whose total is one too many, and a claim that its table denies."""
    text = (samples / "yunling_2022__lines.txt").read_text(encoding="utf-8")
    claim = "2022年，我局共收到政府信息公开申请117件。\n二、主动公开"
    page = tmp_path / "a.txt"
    page.write_text(text.replace("二、主动公开", claim, 1).replace("116", "118", 1), encoding="utf-8")
    result = CliRunner().invoke(main, ["extract", str(page), "-o", str(tmp_path / "m.jsonl"), "-q"])
    assert result.exit_code == 0, result.stderr
    return tmp_path / "m.jsonl"


@pytest.mark.parametrize(
    ("check_name", "state", "kind"),
    [
        ("sums/applications/row/granted", "fails", Kind.ROW_SUMS),
        ("sums/review/row/reconsideration", "fails", Kind.ROW_SUMS),
        ("sums/applications/results/total", "fails", Kind.COLUMN_SUMS),
        ("sums/applications/balance/total", "fails", Kind.BALANCE),
        ("years/carried_over/total", "fails", Kind.CARRY_OVER),
        ("years/in_force/normative_documents", "fails", Kind.LISTS),
        ("claims/received", "fails", Kind.PROSE),
        ("second/lawsuit", "fails", Kind.PROSE),
        ("second/year", "fails", Kind.YEAR),
        ("signs/copied/review", "unknown", Kind.COPIED),
        ("signs/digits/last", "unknown", Kind.DIGITS),
        ("sums/applications/row/granted", "holds", None),
        ("years/carried_over/total", "unknown", None),
    ],
)
def test_a_finding_is_of_its_kind(check_name: str, state: str, kind: Kind | None):
    finding = Finding(check_name, CheckState(state), ("a.txt",), "青溪县", 2022)

    assert kind_of(finding, FORMS) is kind


def test_every_sign_says_what_it_does_not_prove():
    assert {kind for kind in Kind if kind.is_sign} == {Kind.COPIED, Kind.NOUGHTS, Kind.DIGITS, Kind.REPEATED}


def test_a_table_has_a_line_for_each_with_its_print(lines: Path, tmp_path: Path):
    result = check(lines, "-o", tmp_path / "c.csv")

    assert result.exit_code == 0, result.stderr
    with (tmp_path / "c.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["check"]: row for row in csv.DictReader(file)}
    text = (tmp_path / "a.txt").read_text(encoding="utf-8")
    row = rows["sums/applications/row/received"]
    assert (row["kind"], row["kind_chinese"], row["printed"]) == ("row_sums", "行合计", "118")
    assert text[int(row["start"]) : int(row["end"])] == "118"
    assert (row["suggestion_key"], row["suggestion_would_be"], row["key"]) == (RECEIVED, "116", RECEIVED)
    assert "is not 总计 118" in row["told"]
    claim = rows["claims/received"]
    assert (claim["kind"], claim["told"]) == ("prose", "the text says 117, the table 118")


def test_a_page_stands_by_kind_year_and_body_and_runs_nothing(lines: Path, tmp_path: Path):
    check(lines, "-o", tmp_path / "c.html")

    html = (tmp_path / "c.html").read_text(encoding="utf-8")
    for said in ("By kind", "By year", "By body", "行合计 row_sums", "云岭市水务局", "<mark>118</mark>"):
        assert said in html
    assert "Content-Security-Policy" in html
    assert "default-src 'none'" in html
    assert "<script" not in html


def test_markdown_goes_to_stdout_where_no_file_is_named(lines: Path):
    result = check(lines, "--format", "md")

    assert "| 行合计 row_sums | 1 | 1 |" in result.stdout
    assert "## 云岭市水务局" in result.stdout


def test_each_links_to_its_report_and_cell_in_the_viewer(lines: Path, tmp_path: Path):
    viewed = CliRunner().invoke(main, ["view", str(lines), "--html", str(tmp_path / "look")])
    assert viewed.exit_code == 0, viewed.stderr

    check(lines, "-o", tmp_path / "out" / "c.csv", "--view", tmp_path / "look")

    with (tmp_path / "out" / "c.csv").open(encoding="utf-8-sig", newline="") as file:
        links = {row["check"]: row["link"] for row in csv.DictReader(file)}
    assert links["sums/applications/row/received"] == f"../look/reports/00001-a.html#{RECEIVED}"
    assert (tmp_path / "out" / links["claims/received"]).is_file()


def test_a_folder_that_is_none_of_the_viewer_is_named(lines: Path, tmp_path: Path):
    (tmp_path / "empty").mkdir()

    result = check(lines, "--format", "html", "--view", tmp_path / "empty")

    assert result.exit_code == 2
    assert "empty: holds no index of gouji view" in result.stderr


@pytest.mark.parametrize("options", [("-o", "c.ods"), ("--json", "--format", "csv")])
def test_options_that_do_not_go_together_are_refused(lines: Path, options: tuple[str, ...]):
    assert check(lines, *options).exit_code == 2


def test_a_renamed_body_is_one_body(lines: Path, tmp_path: Path):
    record = json.loads(lines.read_text(encoding="utf-8"))
    record |= {
        "issuer": "云岭市水利水务局",
        "year": 2023,
        "source": "b.txt",
        "title": "云岭市水利水务局2023年年报",
    }
    both = lines.read_text(encoding="utf-8") + json.dumps(record, ensure_ascii=False) + "\n"
    (tmp_path / "both.jsonl").write_text(both, encoding="utf-8")
    aliases = tmp_path / "aliases.csv"
    aliases.write_text("name,issuer\n云岭市水利水务局,云岭市水务局\n", encoding="utf-8")

    result = check(tmp_path / "both.jsonl", "--format", "md", "--aliases", aliases)

    assert "## 云岭市水务局" in result.stdout
    assert "水利水务局" not in result.stdout
