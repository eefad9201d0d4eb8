"""`gouji extract -o`, `gouji convert` and `gouji forms`, as a person runs them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gouji.inference.cli import main


def gouji(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)


def test_extract_writes_tables_and_keeps_errors_beside_the_cells(samples: Path, tmp_path: Path):
    output = tmp_path / "cells.csv"

    result = gouji("extract", samples, tmp_path / "none.txt", "-o", output)

    assert result.exit_code == 1
    assert f"398 cells in {output}, 3 pages in {tmp_path / 'cells.pages.csv'}" in result.stderr
    rows = list(csv.DictReader(io.StringIO(output.read_text(encoding="utf-8"))))
    pages = list(csv.DictReader(io.StringIO((tmp_path / "cells.pages.csv").read_text(encoding="utf-8"))))
    assert len(rows) == 398
    assert [page["error"] for page in pages] == ["", "", "no such file or folder; check the path"]


def test_what_was_extracted_before_converts_to_the_same(samples: Path, tmp_path: Path):
    lines, cells, back = (tmp_path / name for name in ("m.jsonl", "cells.parquet", "back.jsonl"))
    gouji("extract", samples, "-o", lines)

    assert gouji("convert", lines, "-o", cells).exit_code == 0
    assert gouji("convert", cells, "-o", back).exit_code == 0

    assert back.read_bytes() == lines.read_bytes()


def test_convert_reads_standard_input_and_prints_json_lines(samples: Path):
    extracted = gouji("extract", samples)

    assert gouji("convert", "-", stdin=extracted.stdout_bytes).stdout == extracted.stdout


def test_convert_writes_wide_tables_by_name_or_by_ending(samples: Path, tmp_path: Path):
    lines, named, ended = (tmp_path / name for name in ("m.jsonl", "panel.csv", "panel.wide.csv"))
    gouji("extract", samples, "-o", lines)

    gouji("convert", lines, "-o", named, "--format", "wide")
    gouji("convert", lines, "-o", ended)

    assert named.read_bytes() == ended.read_bytes()
    assert len(named.read_text(encoding="utf-8").splitlines()) == 3


def test_a_form_of_ones_own_has_columns_of_its_own(samples: Path, tmp_path: Path):
    website = samples.parent / "website"
    lines, panel = tmp_path / "m.jsonl", tmp_path / "panel.wide.csv"
    gouji("extract", website / "pages" / "test1__pipes.txt", "--forms", website / "website.toml", "-o", lines)

    alone = gouji("convert", lines, "-o", panel)
    beside = gouji("convert", lines, "-o", panel, "--forms", website / "website.toml")

    assert alone.exit_code == 2
    assert "--forms" in alone.stderr
    assert beside.exit_code == 0, beside.stderr
    assert "website/visits.total/value" in panel.read_text(encoding="utf-8").splitlines()[0]


@pytest.mark.parametrize(
    ("arguments", "fault"),
    [
        (["convert", "none.jsonl"], "'none.jsonl' does not exist"),
        (["extract", "a.txt", "--format", "tidy"], "needs a file to write"),
        (["extract", "a.txt", "-o", "x.tsv"], ".wide.csv, .wide.parquet         a row a report"),
        (["convert", "-", "-o", "x.txt"], ".jsonl, .ndjson, .json           JSON lines"),
        (["extract", "a.txt", "-o", "/dev/null/x.csv"], "cannot be written"),
        (["convert", "-", "-o", "x.jsonl", "--excel"], "--excel is for CSV"),
        (["forms", "--format", "yaml"], "Invalid value"),
    ],
)
def test_a_wrong_use_exits_2_and_says_what_to_do(arguments: list[str], fault: str):
    result = gouji(*arguments)

    assert result.exit_code == 2
    assert fault in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("command", ["convert", "extract"])
def test_a_file_is_not_written_over_while_it_is_read(samples: Path, tmp_path: Path, command: str):
    lines = tmp_path / "m.jsonl"
    gouji("extract", samples, "-o", lines)
    before = lines.read_bytes()

    result = gouji(command, lines, "-o", lines)

    assert result.exit_code == 2
    assert "is read at the same time" in result.stderr
    assert lines.read_bytes() == before


def test_a_file_that_is_none_of_gouji_leaves_an_earlier_output_as_it_was(samples: Path, tmp_path: Path):
    lines, cells = tmp_path / "m.jsonl", tmp_path / "cells.csv"
    gouji("extract", samples, "-o", lines)
    gouji("convert", lines, "-o", cells)
    before = cells.read_bytes()

    result = gouji("convert", samples / "yunling_2022__lines.txt", "-o", cells, "--overwrite")

    assert result.exit_code == 2
    assert "yunling_2022__lines.txt line 1" in result.stderr
    assert cells.read_bytes() == before


def test_the_data_dictionary_names_every_column_that_is_written(samples: Path, tmp_path: Path):
    gouji("extract", samples, "-o", tmp_path / "cells.csv")
    gouji("extract", samples, "-o", tmp_path / "panel.wide.csv")

    entries = json.loads(gouji("forms", "--format", "json").stdout)

    for table, name in (("tidy", "cells.csv"), ("pages", "cells.pages.csv"), ("wide", "panel.wide.csv")):
        head = (tmp_path / name).read_text(encoding="utf-8").splitlines()[0].split(",")
        assert [entry["column"] for entry in entries if entry["table"] == table] == head
    assert all(entry["label"] and entry["meaning"] and entry["type"] for entry in entries)
    (fees,) = [entry for entry in entries if entry["column"] == "disclosure/fees/amount"]
    assert (fees["unit"], fees["type"], fees["forms"]) == ("万元", "number", ["2021"])


def test_the_data_dictionary_prints_as_markdown_with_labels_in_both_languages():
    told = gouji("forms", "--format", "md").stdout

    assert (
        "| share_open | number |  | 予以公开与部分公开占办理结果的比例 | Share granted in full or in part"
        in told
    )
    assert "| applications/total/total | integer |" in told


def test_the_labels_of_a_panel_print_as_a_do_file():
    lines = gouji("forms", "--format", "stata").stdout.splitlines()

    assert 'label variable granted `"三、本年度办理结果 · （一）予以公开 · 总计"\'' in lines
    assert lines[-8].startswith('label define why 0 `"read"\' 1 `"placed"\'')
    assert lines[-7] == "foreach v of varlist *_why {"


def test_the_data_dictionary_prints_as_csv_and_for_a_person():
    rows = list(csv.DictReader(io.StringIO(gouji("forms", "--format", "csv").stdout)))
    shown = gouji("forms").stdout

    assert {row["table"] for row in rows} == {"wide", "tidy", "pages", "panel"}
    assert "国办公开办函〔2021〕30号" in shown
    assert "applications/received/total" in shown


@pytest.mark.parametrize("command", ["convert", "forms"])
def test_each_commands_help_ends_in_an_example_of_itself(command: str):
    assert f"Example:\n    gouji {command} " in gouji(command, "--help").stdout
