"""The corpus to play with: whole, consistent, its contradictions just those that were planted."""

from __future__ import annotations

import csv
import json
import re
import runpy
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

import pyreadstat
import pytest
from click.testing import CliRunner

from gouji.annotations.page_files import pair_pages
from gouji.annotations.truth import Truth, load_truths
from gouji.inference.cli import main
from gouji.inference.panel.series import Kind, load_series
from gouji.model.forms import load_forms

SAMPLES = Path(__file__).parent.parent / "samples"
CORPUS, CRAWL = SAMPLES / "corpus", SAMPLES / "crawl"
MOST_BYTES = 3_000_000

Row = Mapping[str, str]


def rows_of(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def index() -> dict[str, Row]:
    return {row["page"]: row for row in rows_of(CORPUS / "index.csv")}


@pytest.fixture(scope="module")
def truths() -> dict[str, Truth]:
    return load_truths(CORPUS / "truth")


@pytest.fixture(scope="module")
def planted() -> list[Row]:
    return rows_of(CORPUS / "planted.csv")


@pytest.fixture(scope="module")
def records_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What `gouji extract` says of every page."""
    path = tmp_path_factory.mktemp("corpus") / "m.jsonl"
    result = CliRunner().invoke(main, ["extract", str(CORPUS / "pages"), "-o", str(path)])
    assert result.exit_code == 0, result.stderr
    return path


@pytest.fixture(scope="module")
def records(records_file: Path) -> dict[str, dict[str, Any]]:
    lines = map(json.loads, records_file.read_text(encoding="utf-8").splitlines())
    return {Path(record["source"]).name: record for record in lines}


def test_ten_bodies_report_on_six_years_each(truths: dict[str, Truth]):
    bodies = Counter(name.rpartition("_")[0] for name in truths)
    years = {truth.year for truth in truths.values()}

    assert set(bodies.values()) == {6}
    assert len(bodies) == 10
    assert years == set(range(2019, 2025))


def test_every_page_has_a_truth_and_a_row_of_the_index(index: dict[str, Row], truths: dict[str, Truth]):
    pages = sorted((CORPUS / "pages").iterdir())

    pairing = pair_pages(pages, truths, CORPUS / "index.csv")

    assert {path.name for path in pages} == set(index)
    assert not pairing.alone
    assert {page.truth for page in pairing.paired} == set(truths)
    assert {row["truth"]: (row["issuer"], row["year"]) for row in index.values()} == {
        name: (truth.issuer, str(truth.year)) for name, truth in truths.items()
    }


def test_a_truth_tells_every_cell_of_the_form_that_was_in_force(truths: dict[str, Truth]):
    forms = load_forms()

    for name, truth in truths.items():
        assert truth.year is not None
        form = forms["2019" if truth.year < 2021 else "2021"]
        assert (truth.form, list(truth.cells)) == (form.id, form.keys()), name


def test_it_is_small():
    files = [path for folder in (CORPUS, CRAWL) for path in folder.rglob("*") if path.is_file()]

    assert sum(path.stat().st_size for path in files if path.suffix != ".pyc") < MOST_BYTES


def test_the_sums_that_truths_break_are_those_that_are_listed(truths: dict[str, Truth], planted: list[Row]):
    listed = sorted(
        (row["report"], row["check"].removeprefix("sums/"))
        for row in planted
        if row["check"].startswith("sums/")
    )

    broken = sorted(
        (path.stem, violation["check"])
        for path in (CORPUS / "truth").iterdir()
        for violation in json.loads(path.read_text(encoding="utf-8"))["violations"]
    )

    assert broken == listed


def test_what_a_year_carries_over_the_next_has_carried_in_unless_it_is_listed(
    truths: dict[str, Truth], planted: list[Row]
):
    listed = {row["report"] for row in planted if row["check"].startswith("years/carried_over/")}

    for name, truth in truths.items():
        body, _, year = name.rpartition("_")
        before = truths.get(f"{body}_{int(year) - 1}")
        if before is not None:
            carried = before.cells["applications/carried_out/total"] or 0
            agrees = carried == (truth.cells["applications/carried_in/total"] or 0)
            assert agrees == (name not in listed), name


def test_its_pages_are_of_every_format_and_many_manners(index: dict[str, Row]):
    formats = Counter(row["format"] for row in index.values())

    assert set(formats) == {"html", "text", "docx", "pdf"}
    assert len({row["tool"] for row in index.values()}) > 25
    assert all(row["reason"] for row in index.values() if row["status"] != "verified" or row["today"])


@pytest.mark.slow
def test_each_page_comes_out_with_its_status_issuer_and_year(
    index: dict[str, Row], records: dict[str, dict[str, Any]]
):
    due = {page: row["today"] or row["status"] for page, row in index.items()}

    assert {page: record["status"] for page, record in records.items()} == due
    for page, row in index.items():
        assert (records[page]["issuer"], str(records[page]["year"])) == (row["issuer"], row["year"]), page


@pytest.mark.slow
def test_no_cell_of_any_page_is_wrong(
    index: dict[str, Row], truths: dict[str, Truth], records: dict[str, dict[str, Any]]
):
    wrong = [
        (page, cell["key"], cell["value"])
        for page, record in records.items()
        for cell in record["cells"]
        if cell["state"] in ("read", "placed", "blank")
        and (cell["value"] or 0) != (truths[index[page]["truth"]].cells[cell["key"]] or 0)
    ]

    assert not wrong


@pytest.mark.slow
def test_an_audit_finds_what_is_planted_and_nothing_else(
    index: dict[str, Row], planted: list[Row], records_file: Path, records: dict[str, dict[str, Any]]
):
    result = CliRunner().invoke(main, ["check", str(records_file), "--json"])

    findings = map(json.loads, result.stdout.splitlines())
    found = {
        (index[Path(finding["sources"][-1]).name]["truth"], finding["check"])
        for finding in findings
        if finding["state"] == "fails"
    }
    found |= {
        (index[page]["truth"], f"sums/{check['name']}")
        for page, record in records.items()
        for check in record["checks"]
        if check["state"] == "fails"
    }
    assert found == {(row["report"], row["check"]) for row in planted if not row["today"]}
    assert {row["report"] for row in planted if row["today"]} <= {
        row["truth"] for row in index.values() if row["today"]
    }


@pytest.mark.slow
def test_a_page_of_contradictions_shows_each_that_is_planted_with_its_print_and_nothing_else(
    index: dict[str, Row], planted: list[Row], records_file: Path, tmp_path: Path
):
    table, page = tmp_path / "c.csv", tmp_path / "c.html"
    for path in (table, page):
        result = CliRunner().invoke(main, ["check", str(records_file), "-o", str(path)])
        assert result.exit_code == 0, result.stderr

    rows = rows_of(table)
    found = {
        (index[Path(row["source"]).name]["truth"], row["check"]) for row in rows if row["sign"] != "sign"
    }
    signs = {(index[Path(row["source"]).name]["truth"], row["kind"]) for row in rows if row["sign"] == "sign"}
    assert found == {(row["report"], row["check"]) for row in planted}
    assert signs == {(row["report"], row["kind"]) for row in planted if row["kind"] == "copied"}
    html = page.read_text(encoding="utf-8")
    assert all(escape(row["told"], quote=False) in html for row in rows)
    assert html.count("<mark>") == len(rows)


@pytest.fixture(scope="module")
def panels(records_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the panel of the corpus in several formats."""
    folder = tmp_path_factory.mktemp("panel")
    for ending in ("dta", "csv", "parquet"):
        result = CliRunner().invoke(main, ["panel", str(records_file), "-o", str(folder / f"panel.{ending}")])
        assert result.exit_code == 0, result.stderr
    return folder


@pytest.mark.slow
def test_every_cell_that_a_panel_has_is_that_of_the_truth(
    index: dict[str, Row], truths: dict[str, Truth], panels: Path
):
    series = [each for each in load_series(load_forms()) if each.kind is Kind.CELL and each.cells]
    wrong, right = [], 0
    for row in rows_of(panels / "panel.csv"):
        truth = truths[index[Path(row["source"]).name]["truth"]]
        for each in series:
            keys = (each.cells or {}).get(truth.form)
            if keys and row[each.name]:
                agrees = int(row[each.name]) == (truth.cells[keys[0]] or 0)
                right += agrees
                wrong += [] if agrees else [(row["source"], each.name)]

    assert not wrong
    assert right > 11_000


@pytest.mark.slow
def test_a_panel_says_of_each_year_whether_it_goes_on_from_the_one_before(
    planted: list[Row], index: dict[str, Row], panels: Path
):
    frame, meta = pyreadstat.read_dta(str(panels / "panel.dta"), apply_value_formats=True)

    assert len(frame) == 60
    assert meta.column_names_to_labels["share_open"] == "予以公开与部分公开占办理结果的比例"
    broken = {
        index[Path(source).name]["truth"] for source in frame.loc[frame["carry_over"] == "fails", "source"]
    }
    assert broken == {row["report"] for row in planted if row["check"].startswith("years/carried_over/")}
    contradicted = {
        index[Path(source).name]["truth"] for source in frame.loc[frame["sums_fail"] > 0, "source"]
    }
    assert contradicted == {row["report"] for row in planted if row["check"].startswith("sums/")}


@pytest.mark.slow
def test_the_regression_of_the_documents_comes_out_alike_in_r_and_in_pandas(
    panels: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed (Debian: r-base-core)")
    text = (SAMPLES.parent / "docs" / "panel.md").read_text(encoding="utf-8")
    blocks = dict(re.findall(r"```(r|python)\n(.*?)```", text, re.DOTALL)[::-1])  # the first of each
    monkeypatch.chdir(panels)

    exec(blocks["python"], {})
    run = subprocess.run(["Rscript", "-e", blocks["r"]], capture_output=True, text=True)

    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == capsys.readouterr().out.split() != []


@pytest.mark.slow
@pytest.mark.parametrize("row", rows_of(CRAWL.with_suffix(".csv")), ids=lambda row: row["file"])
def test_a_file_of_the_crawl_gives_its_report_whatever_its_name(row: Row, truths: dict[str, Truth]):
    result = CliRunner().invoke(main, ["extract", str(CRAWL / row["file"])])

    records = [json.loads(line) for line in result.stdout.splitlines()]
    told = {(record.get("issuer"), record.get("year")) for record in records}
    if row["truth"]:
        assert (truths[row["truth"]].issuer, truths[row["truth"]].year) in told
    else:
        assert all("error" in record or record["status"] == "no_tables" for record in records)


@pytest.mark.slow
def test_its_maker_makes_the_same_once_more(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "path", [str(CORPUS), *sys.path])
    monkeypatch.setattr(shutil, "which", lambda program: None)  # no Chromium, no LibreOffice: they take long
    make = runpy.run_path(str(CORPUS / "make.py"))

    left = make["write_corpus"](tmp_path)

    assert all("not installed" in line for line in left)
    made = [*tmp_path.glob("pages/*.html"), *tmp_path.glob("truth/*"), tmp_path / "planted.csv"]
    assert len(made) > 80
    for path in made:
        committed = CORPUS / path.relative_to(tmp_path)
        assert path.read_bytes() == committed.read_bytes(), path.name
