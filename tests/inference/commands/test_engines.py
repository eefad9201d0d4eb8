"""`gouji extract --engine` says what it needs, and what does not go with it, before anything is read."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gouji.inference.cli import main

pyarrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")


def gouji(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [*map(str, arguments)])


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "--engine needs a folder to write: -o DIR, a path or an address"),
        (["-o", "-"], "--engine needs a folder to write"),
        (["-o", "out", "--html", "look"], "--html does not go with --engine"),
        (["-o", "out", "--first", "5"], "--first does not go with --engine"),
        (["-o", "out", "--resume"], "--resume does not go with --engine"),
        (["-o", "out", "--files-from", "-"], "--files-from does not go with --engine"),
    ],
)
def test_what_does_not_go_with_an_engine_is_refused(arguments: list[str], told: str):
    result = gouji("extract", "--engine", "ray", "pages.parquet", *arguments)

    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())


def test_an_engine_needs_an_input():
    result = gouji("extract", "--engine", "ray", "-o", "out")

    assert result.exit_code == 2
    assert "Missing argument 'PAGE...'" in result.stderr


def test_an_address_is_written_by_an_engine_only():
    result = gouji("extract", "samples", "-o", "s3://bucket/out.jsonl")

    assert result.exit_code == 2
    assert "s3://bucket/out.jsonl: is an address; --engine ray writes there" in result.stderr


def test_an_engine_that_is_not_installed_is_named_with_what_installs_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "ray", None)
    monkeypatch.setitem(sys.modules, "ray.data", None)

    result = gouji("extract", "--engine", "ray", "pages.parquet", "-o", "out")

    assert result.exit_code == 2
    assert "ray is not installed; run pip install 'gouji[ray]'" in result.stderr


@pytest.mark.parametrize("prefix", ["", "gouji_"])
def test_the_answers_of_an_engine_are_converted_as_lines_are(tmp_path: Path, samples: Path, prefix: str):
    lines = gouji("extract", samples, tmp_path / "no.txt").stdout.splitlines()
    answers = [json.loads(line) for line in lines]
    columns = {
        f"{prefix}source": [answer["source"] for answer in answers],
        f"{prefix}status": [answer.get("status", "error") for answer in answers],
        f"{prefix}answer": lines,
    }
    parquet.write_table(pyarrow.table(columns), tmp_path / "answers.parquet")

    result = gouji("convert", tmp_path / "answers.parquet")

    assert result.stdout.splitlines() == lines
