"""What a page or its name says is never run: not by a spreadsheet, not by a terminal, not by a browser."""

from __future__ import annotations

import csv
import json
import os
import pty
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gouji.inference.cli import main
from gouji.inference.html_page import page as html_page
from gouji.inference.outputs.columns import TIDY_COLUMNS
from gouji.inference.outputs.read_back import read_records
from gouji.inference.outputs.records import record_of_json
from gouji.inference.outputs.table_files import read_rows
from gouji.inference.outputs.writers import new_writer, shape_of
from gouji.model.forms import load_forms

KNOWN = load_forms()
FORMULAS = [
    '=HYPERLINK("http://a")',
    "+1+cmd",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1+1",
    "'=1",
    "''-a",
]
HARMLESS = ["-52", "-0.5", "-", "—", "3", "'52", "a=1", "/"]


def gouji(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def answer(samples: Path) -> dict:
    """A report as `gouji extract` prints it."""
    return json.loads(gouji("extract", samples / "yunling_2022__lines.txt").stdout)


def write(answer: dict, output: Path) -> None:
    with new_writer(output, shape_of(output, None), KNOWN) as writer:
        writer.write(record_of_json(answer))


@pytest.mark.parametrize("name", ["c.csv", "p.wide.csv"])
@pytest.mark.parametrize("said", FORMULAS)
def test_no_field_of_csv_begins_as_a_formula_does_and_it_comes_back(
    answer: dict, tmp_path: Path, name: str, said: str
):
    answer["title"] = answer["issuer"] = answer["source"] = answer["cells"][0]["raw"] = said

    write(answer, tmp_path / name)

    with (tmp_path / name).open(encoding="utf-8", newline="") as file:
        fields = [field for line in csv.reader(file) for field in line]
    assert not [field for field in fields if re.match(r"[=+@\t\r\n＝＋－＠]|-\D", field)]
    (back,) = read_records(str(tmp_path / name), KNOWN)
    assert (back.source, back.title, back.issuer) == (said, said, said)


@pytest.mark.parametrize("said", HARMLESS)
def test_numbers_and_signs_stand_in_csv_as_they_are(answer: dict, tmp_path: Path, said: str):
    answer["cells"][0] |= {"raw": said, "value": -52}

    write(answer, tmp_path / "c.csv")

    with (tmp_path / "c.csv").open(encoding="utf-8", newline="") as file:
        row = next(csv.DictReader(file))
    assert (row["raw"], row["value"]) == (said, "-52")
    assert next(read_rows(tmp_path / "c.csv", TIDY_COLUMNS))["raw"] == said


def test_a_workbook_holds_no_formula_and_no_link_outwards(answer: dict, tmp_path: Path):
    answer["title"] = answer["issuer"] = answer["source"] = FORMULAS[0]

    write(answer, tmp_path / "t.xlsx")

    with zipfile.ZipFile(tmp_path / "t.xlsx") as book:
        parts = {name: book.read(name) for name in book.namelist()}
    assert FORMULAS[0].replace('"', "").encode() in parts["xl/sharedStrings.xml"].replace(
        b"&quot;", b""
    ).replace(b'"', b"")
    assert not [name for name, part in parts.items() if b"<f>" in part or b'TargetMode="External"' in part]


SEQUENCE = "\x1b]0;mine\x07\x1b[2J\x9b31m\u202e"


@pytest.fixture
def hostile(samples: Path, tmp_path: Path) -> Path:
    """JSON lines whose names, columns and texts hold what a terminal obeys, and half a character."""
    text = (samples / "yunling_2022__lines.txt").read_text(encoding="utf-8")
    path = tmp_path / "r.jsonl"
    records = [
        {"url": f"http://a/{SEQUENCE}\n", "text": text.replace("报告", f"报告{SEQUENCE}", 1)},
        {"url": f"b{SEQUENCE}\ud800", "text": 5},
        {"url": "c", f"{SEQUENCE}\udc00": 1},
        {"url": "\ud800", "text": text},
        {"url": "e", "text": "今天天气很好。" + SEQUENCE},
    ]
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


def obeyed(written: str) -> list[str]:
    return re.findall("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", written)


@pytest.mark.parametrize("name", ["m.jsonl", "c.csv", "c.parquet", "p.wide.csv", "p.wide.parquet", "t.xlsx"])
def test_one_bad_record_is_one_bad_record(hostile: Path, tmp_path: Path, name: str):
    result = gouji("extract", hostile, "-o", tmp_path / name, "--html", tmp_path / "look")

    assert result.exit_code == 1
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert obeyed(result.stderr) == []
    assert "5 pages" in result.stderr
    if not name.endswith("xlsx"):
        sources = [record.source for record in read_records(str(tmp_path / name), KNOWN)]
        assert len(sources) == 5
        assert "\ufffd" in sources


def test_half_a_character_in_what_another_program_wrote_does_not_end_a_conversion(
    hostile: Path, tmp_path: Path
):
    lines = tmp_path / "m.jsonl"
    lines.write_text(gouji("extract", hostile).stdout.replace('"e"', '"\\ud800"'), encoding="utf-8")

    for name in ("c.parquet", "t.xlsx", "c.csv"):
        assert gouji("convert", lines, "-o", tmp_path / name).exit_code == 0


@pytest.mark.parametrize("command", ["show", "text"])
def test_a_terminal_is_shown_signs_for_what_it_would_obey(hostile: Path, command: str):
    arguments = [sys.executable, "-m", "gouji.inference", command, f"{hostile}#1"]
    shown = on_a_terminal(arguments)

    assert "yun" in shown or "报告" in shown
    assert "\x1b]0;" not in shown
    assert "\x1b[2J" not in shown
    assert "\x9b" not in shown
    assert "\u202e" not in shown


def on_a_terminal(arguments: list[str]) -> str:
    """What a command prints where a terminal is its standard output."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(arguments, stdout=theirs, stderr=subprocess.DEVNULL)
    os.close(theirs)
    parts = []
    try:
        while part := os.read(ours, 1 << 16):
            parts.append(part)
    except OSError:  # so Linux says that the other end is closed
        pass
    process.wait()
    os.close(ours)
    return b"".join(parts).decode("utf-8")


def test_the_coverage_of_a_panel_holds_nothing_that_a_terminal_obeys(answer: dict, tmp_path: Path):
    lines = tmp_path / "m.jsonl"
    reports = [{"issuer": f"甲{SEQUENCE}县财政局"}, {"issuer": None, "source": SEQUENCE}]
    lines.write_text("".join(json.dumps(answer | report) + "\n" for report in reports), encoding="utf-8")

    told = gouji("panel", lines, "-o", tmp_path / "panel.csv")

    assert told.exit_code == 0
    assert "甲" in told.output
    assert obeyed(told.output) == []


@pytest.mark.parametrize(
    "given",
    [
        ["extract", "a.txt", "--limit", f"seconds={SEQUENCE}"],
        ["extract", "a.txt", "--encoding", SEQUENCE],
        ["extract", "a.txt", "-o", f"{SEQUENCE}.nothing"],
        ["synthesize", "--as", SEQUENCE],
        ["synthesize", "--flatteners", SEQUENCE, "--pages", "a"],
        [SEQUENCE],
        ["extract", f"--{SEQUENCE}"],
    ],
)
def test_an_argument_that_is_wrong_is_said_in_signs(given: list[str]):
    told = CliRunner().invoke(main, given, color=True)  # without, sequences are taken out

    assert told.exit_code == 2
    assert obeyed(told.output) == []


def test_text_that_goes_into_a_file_is_the_pages_own_less_what_a_program_told_its_terminal(hostile: Path):
    assert "报告\x9b31m\u202e" in gouji("text", f"{hostile}#1").stdout


def test_json_lines_say_what_a_terminal_obeys_in_escapes(hostile: Path):
    stdout = gouji("extract", hostile).stdout

    assert set(obeyed(stdout)) <= {"\u202e"}
    assert json.loads(stdout.splitlines()[0])["source"] == f"http://a/{SEQUENCE}\n"


def test_every_page_that_is_written_has_a_policy(hostile: Path, samples: Path, tmp_path: Path):
    gouji("extract", hostile, "--html", tmp_path / "look")
    truths = samples.parent / "truth"
    gouji("evaluate", "--pages", samples, "--truth", truths, "--html", tmp_path / "look" / "evaluation.html")

    pages = list((tmp_path / "look").rglob("*.html"))

    assert len(pages) > 3
    for path in pages:
        head = path.read_text(encoding="utf-8").partition("</head>")[0]
        assert 'http-equiv="Content-Security-Policy"' in head
        assert "default-src 'none'" in head
    assert "script-src" not in html_page("a page")
