"""A database holds what the answers say, can be joined, and its pages' text is found."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from gouji.inference.cli import main

SAMPLES = Path(__file__).parents[3] / "samples" / "pages"


def asked(path: Path, question: str) -> list[tuple[Any, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(question).fetchall()
    finally:
        connection.close()


def test_every_answer_cell_check_and_candidate_is_a_row(json_lines: Path, answers: list[dict[str, Any]]):
    path = json_lines.with_name("reports.db")

    result = CliRunner().invoke(main, ["convert", str(json_lines), "-o", str(path)])

    assert result.exit_code == 0, result.stderr
    cells = [cell for answer in answers for cell in answer.get("cells", ())]
    counts = [
        asked(path, f"select count(*) from {t}")[0][0] for t in ("reports", "cells", "checks", "candidates")
    ]
    assert counts == [
        len(answers),
        len(cells),
        sum(len(answer.get("checks", ())) for answer in answers),
        sum(len(cell.get("candidates", ())) for cell in cells),
    ]
    states = dict(asked(path, "select state, count(*) from cells group by state"))
    assert states == {state: sum(c["state"] == state for c in cells) for state in {c["state"] for c in cells}}


def test_a_cell_is_joined_to_its_report_and_an_error_is_a_report_without_cells(json_lines: Path):
    path = json_lines.with_name("reports.db")

    CliRunner().invoke(main, ["convert", str(json_lines), "-o", str(path)])

    joined = "select r.source, count(c.key) from reports r left join cells c on c.report = r.id group by r.id"
    assert ("pages/empty.txt", 0) in asked(path, joined)
    assert asked(path, "pragma foreign_key_check") == []


def test_the_text_of_the_pages_is_there_and_searched(tmp_path: Path):
    path = tmp_path / "reports.db"

    result = CliRunner().invoke(main, ["extract", str(SAMPLES), "-o", str(path), "-q", "--jobs", "1"])

    assert result.exit_code == 0, result.stderr
    found = asked(
        path,
        "select r.year, substr(r.text, c.start + 1, c.end - c.start) = c.raw from reports_fts"
        " join reports r on r.id = reports_fts.rowid join cells c on c.report = r.id and c.start is not null"
        " where reports_fts match '信息公开申请'",
    )
    # as Datasette asks for it
    asks = "select name from sqlite_master where sql like '%VIRTUAL TABLE%USING FTS%content=\"reports\"%'"
    assert asked(path, asks) == [("reports_fts",)]
    assert {year for year, _ in found} == {2020, 2022}
    assert all(same for _, same in found)


def test_a_format_and_an_ending_that_do_not_agree_are_refused(json_lines: Path):
    result = CliRunner().invoke(main, ["convert", str(json_lines), "-o", "x.csv", "--format", "db"])

    assert result.exit_code == 2
    assert "--format db needs a file to write: -o NAME.db" in result.stderr
