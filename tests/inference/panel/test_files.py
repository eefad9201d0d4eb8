"""A panel opens in Stata's format, SPSS, R, Excel, SQLite and pandas, with the same names and labels."""

from __future__ import annotations

import csv
import shutil
import sqlite3
import subprocess
from pathlib import Path

import openpyxl
import pandas as pd
import pyreadstat
import pytest
from click.testing import CliRunner

from gouji.inference.cli import main
from gouji.inference.extraction import Cell, State
from gouji.inference.outputs.records import Record
from gouji.inference.why import Why

from .conftest import MakeReport, applications, read

LABEL = "三、本年度办理结果 · （一）予以公开 · 总计"
NAMED = ("issuer", "year", "status", "granted", "granted_why", "fees_unit", "fees_wan", "share_granted")


@pytest.fixture
def folder(report: MakeReport, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with the reports that a panel is made of."""
    monkeypatch.chdir(tmp_path)
    key = "applications/granted/total"
    money = "disclosure/fees/amount"
    torn = Cell(key, None, State.AMBIGUOUS, candidates=(1, 2), why=(Why.ONE_SUM,))
    records: list[Record] = [
        report("甲县财政局", 2020, applications(received=4, granted=3, other=1, total=4)),
        report("甲县财政局", 2021, {key: torn}),
        report("甲县财政局", 2022, {money: read(money, 251000, "元")}),
        report("乙县财政局", 2022, applications(received=2, granted=1, total=1, carried_out=1)),
    ]
    (tmp_path / "m.jsonl").write_text("".join(f"{r.line()}\n" for r in records), encoding="utf-8")
    return tmp_path


def written(name: str, *options: str) -> Path:
    result = CliRunner().invoke(main, ["panel", "m.jsonl", "-o", name, *options])
    assert result.exit_code == 0, result.output
    return Path(name)


def as_told(frame: pd.DataFrame) -> list[list]:
    """What a frame says of the named variables, whatever it has for nothing."""
    rows = frame[list(NAMED)].astype(object).values.tolist()
    return [[None if pd.isna(value) or value == "" else value for value in row] for row in rows]


EXPECTED = [
    ["乙县财政局", 2022, "verified", 1, "read", None, 0, 1],
    ["甲县财政局", 2020, "verified", 3, "read", None, None, 0.75],
    ["甲县财政局", 2021, "incomplete", None, "ambiguous_one_sum", None, 0, None],
    ["甲县财政局", 2022, "verified", 0, "read", "元", 25.1, None],
]


@pytest.mark.parametrize(
    ("name", "reader"),
    [
        ("panel.csv", pd.read_csv),
        ("panel.parquet", pd.read_parquet),
        ("panel.xlsx", lambda path: pd.read_excel(path, sheet_name="panel", engine="openpyxl")),
        ("panel.dta", lambda path: pd.read_stata(path)),
        ("panel.sav", lambda path: pyreadstat.read_sav(str(path), apply_value_formats=True)[0]),
        ("panel.db", lambda path: pd.read_sql("select * from panel", sqlite3.connect(path))),
    ],
)
def test_every_format_says_the_same_under_the_same_names_in_the_same_order(folder: Path, name: str, reader):
    frame = reader(written(name))

    assert as_told(frame) == EXPECTED
    with open("panel.codebook.csv", encoding="utf-8-sig", newline="") as file:
        assert list(frame.columns) == [row["variable"] for row in csv.DictReader(file)]


def test_a_stata_file_is_of_format_118_with_labels_in_chinese_and_value_labels(folder: Path):
    frame, meta = pyreadstat.read_dta(str(written("panel.dta")))

    with pd.io.stata.StataReader("panel.dta") as reader:
        assert reader.variable_labels()["granted"] == LABEL
        assert reader._format_version == 118
    assert meta.column_names_to_labels["granted"] == LABEL
    assert meta.variable_value_labels["granted_why"] == {0: "read", 45: "ambiguous_one_sum"}
    assert meta.variable_value_labels["panel_id"] == {1: "乙县财政局", 2: "甲县财政局"}
    assert meta.variable_value_labels["status"] == {1: "verified", 3: "incomplete"}
    assert all(len(name) <= 32 for name in frame.columns)
    assert all(len(label) <= 80 for label in meta.column_names_to_labels.values())


def test_a_text_longer_than_stata_holds_in_a_string_is_kept_whole(folder: Path, report: MakeReport):
    record = report("甲县财政局", 2022, title="长" * 3000)
    Path("m.jsonl").write_text(record.line() + "\n", encoding="utf-8")

    frame = pd.read_stata(written("panel.dta"))

    assert list(frame["title"]) == ["长" * 3000]


@pytest.mark.parametrize("name", ["panel.dta", "panel.sav", "panel.csv", "panel.db"])
def test_half_a_surrogate_pair_in_a_title_stops_nothing(folder: Path, report: MakeReport, name: str):
    line = report("甲县财政局", 2022, title="甲\ud800县").line()
    Path("m.jsonl").write_text(line.replace("\ud800", "\\ud800") + "\n", encoding="utf-8")

    assert written(name).stat().st_size > 0


def test_a_workbook_has_the_codebook_and_the_coverage_and_labels_as_comments(folder: Path):
    book = openpyxl.load_workbook(written("panel.xlsx"))

    assert book.sheetnames == ["panel", "codebook", "coverage"]
    head = {cell.value: cell for cell in book["panel"][1]}
    assert head["granted"].comment.text.startswith(LABEL)
    assert [row[2].value for row in book["coverage"].iter_rows(min_row=2)].count("no_report") == 2


def test_csv_begins_with_the_mark_by_which_excel_knows_utf_8(folder: Path):
    assert written("panel.csv").read_bytes().startswith(b"\xef\xbb\xbfpanel_id,")


def test_a_database_holds_the_reports_beside_the_panel(folder: Path):
    with sqlite3.connect(written("panel.db")) as connection:
        tables = {row[0] for row in connection.execute("select name from sqlite_master where type = 'table'")}
        candidates = connection.execute("select key, rank, value from candidates").fetchall()

    assert tables >= {
        "panel",
        "codebook",
        "coverage",
        "reports",
        "cells",
        "checks",
        "candidates",
        "reports_fts",
    }
    assert candidates == [("applications/granted/total", 1, 1.0), ("applications/granted/total", 2, 2.0)]


def test_a_balanced_panel_has_a_row_for_each_body_and_year(folder: Path):
    frame = pd.read_csv(written("panel.csv", "--balanced"))

    assert len(frame) == 2 * 3
    assert list(frame.loc[frame["status"] == "no_report", "year"]) == [2020, 2021]


def test_the_codebook_says_what_can_be_compared_and_how_it_is_computed(folder: Path):
    written("panel.csv")

    with open("panel.codebook.csv", encoding="utf-8-sig", newline="") as file:
        rows = {row["variable"]: row for row in csv.DictReader(file)}

    assert rows["share_open"]["formula"] == "(granted + partly_granted) / (results)"
    assert (rows["norms_new"]["comparable"], rows["norms_public"]["comparable"]) == ("near", "no")
    assert rows["other_results"]["form_2021"].split()[1] == "applications/other.fee_unpaid/total"
    told = Path("panel.codebook.md").read_text(encoding="utf-8")
    assert f"| granted | {LABEL} |" in told


def test_an_ending_that_is_not_written_is_refused_with_those_that_are(folder: Path):
    result = CliRunner().invoke(main, ["panel", "m.jsonl", "-o", "panel.ods"])

    assert result.exit_code == 2
    assert "panel.ods: .ods is not written; these are:" in result.stderr
    assert not Path("panel.ods").exists()


def test_the_input_is_not_written_over(folder: Path):
    Path("m.csv").write_bytes(Path("m.jsonl").read_bytes())

    result = CliRunner().invoke(main, ["panel", "m.csv", "-o", "m.csv"])

    assert result.exit_code == 2
    assert "is read at the same time" in result.stderr


_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1"  # a comma, quotation marks, UTF-8, from the first line
R = """
{read}
stopifnot(nrow(panel) == 4, panel$year[2] == 2020, panel$share_granted[2] == 0.75, is.na(panel$granted[3]))
"""


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "package", "read"),
    [
        ("panel.csv", "base", 'panel <- read.csv("panel.csv", fileEncoding = "UTF-8-BOM")'),
        ("panel.dta", "haven", 'panel <- haven::read_dta("panel.dta")'),
        ("panel.parquet", "arrow", 'panel <- arrow::read_parquet("panel.parquet")'),
    ],
)
def test_r_opens_it(folder: Path, name: str, package: str, read: str):
    if shutil.which("Rscript") is None:
        pytest.skip("R is not installed (Debian: r-base-core)")
    there = subprocess.run(
        ["Rscript", "-e", f"quit(status = !requireNamespace('{package}', quietly = TRUE))"]
    )
    if there.returncode:
        pytest.skip(f"R has no package {package} (Debian has r-cran-haven, and no arrow)")
    written(name)

    run = subprocess.run(["Rscript", "-e", R.format(read=read)], capture_output=True, text=True)

    assert run.returncode == 0, run.stderr


@pytest.mark.slow
def test_libreoffice_renders_the_workbook(folder: Path):
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    written("panel.xlsx")

    command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless"]
    subprocess.run([*command, "--convert-to", _CSV, "panel.xlsx"], check=True, capture_output=True)

    frame = pd.read_csv("panel.csv")
    assert as_told(frame) == EXPECTED
