"""The command line prints results to stdout and all else to stderr, and its exit status says how it went."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gouji.inference.cli import main

GOUJI = [sys.executable, "-c", "from gouji.inference.cli import main; main(prog_name='gouji')"]


def gouji(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)


def records_of(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_sample_page_comes_out_as_a_verified_matrix(samples: Path):
    result = gouji("extract", samples / "yunling_2022__lines.txt")

    (record,) = records_of(result)
    assert result.exit_code == 0, result.stderr
    assert (record["status"], record["form"], record["year"]) == ("verified", "2021", 2022)
    assert record["issuer"] == "云岭市水务局"


def test_the_samples_are_read_right_or_not_at_all(samples: Path):
    result = gouji("evaluate", "--pages", samples, "--truth", samples.parent / "truth", "--json")

    figures = json.loads(result.stdout)["gouji"]
    assert figures["total"]["wrong"] == 0
    assert figures["total"]["broken"] == 0
    assert figures["truth"]["yunling_2022"]["exact"] == 1


def test_every_offset_points_at_the_raw_text_that_gouji_text_prints(samples: Path):
    for page in sorted(samples.glob("*.txt")):
        text = gouji("text", page).stdout_bytes.decode("utf-8")
        (record,) = records_of(gouji("extract", page))

        for cell in [*record["cells"], *record["unplaced"]]:  # type: ignore[misc]
            if cell["start"] is not None:
                assert text[cell["start"] : cell["end"]] == cell["raw"]


def test_a_misprint_is_left_as_printed_and_what_it_would_be_is_suggested(samples: Path, tmp_path: Path):
    text = (samples / "yunling_2022__lines.txt").read_text(encoding="utf-8")
    (record,) = records_of(gouji("extract", samples / "yunling_2022__lines.txt"))
    cell = next(c for c in record["cells"] if c["key"] == "applications/granted/natural_person")  # type: ignore[attr-defined]
    page = tmp_path / "misprint.txt"
    page.write_text(f"{text[: cell['start']]}{cell['value'] + 4}{text[cell['end'] :]}", encoding="utf-8")

    (record,) = records_of(gouji("extract", page))

    assert record["status"] == "contradicted"
    assert record["suggestion"] == {
        "key": "applications/granted/natural_person",
        "printed": cell["value"] + 4,
        "would_be": cell["value"],
        "repairs": ["applications/row/granted", "applications/results/natural_person"],
    }
    assert f"if （一）予以公开 · 自然人 were {cell['value']}" in gouji("show", page).stdout


def test_half_a_table_is_incomplete_and_nothing_in_it_is_wrong(samples: Path, tmp_path: Path):
    text = (samples / "yunling_2022__lines.txt").read_text(encoding="utf-8")
    truth = json.loads((samples.parent / "truth" / "yunling_2022.json").read_text(encoding="utf-8"))["cells"]
    page = tmp_path / "half.txt"
    page.write_text(text[: text.index("（四）无法提供")], encoding="utf-8")

    (record,) = records_of(gouji("extract", page))

    assert record["status"] == "incomplete"
    cells = {cell["key"]: cell for cell in record["cells"]}  # type: ignore[attr-defined]
    assert cells["disclosure/licensing/decisions"]["value"] == 286
    assert cells["review/reconsideration/total"]["state"] == "missing"
    for key, cell in cells.items():
        assert cell["value"] is None or cell["value"] == truth[key]


def test_a_page_in_another_language_has_no_tables_and_is_no_error(tmp_path: Path):
    page = tmp_path / "english.txt"
    page.write_text("Annual report\n2020 was a good year: 12 requests, 11 answers.\n", encoding="utf-8")

    result = gouji("extract", page)

    (record,) = records_of(result)
    assert result.exit_code == 0
    assert record["status"] == "no_tables"
    assert "error" not in record


def test_a_bad_page_is_answered_in_its_place_and_makes_the_exit_status_1(samples: Path, tmp_path: Path):
    empty = tmp_path / "empty.txt"
    empty.write_bytes(b"")

    result = gouji("extract", empty, tmp_path / "none.txt", samples)

    records = records_of(result)
    assert result.exit_code == 1
    assert ["error" in record for record in records] == [True, True, False, False]
    assert f"{empty}: is empty" in result.stderr
    assert "no such file or folder" in result.stderr


def test_output_goes_to_a_file_as_utf_8(samples: Path, tmp_path: Path):
    output = tmp_path / "out.jsonl"

    result = gouji("extract", samples, "-o", output)

    assert result.exit_code == 0
    assert result.stdout == ""
    assert "云岭市水务局" in output.read_text(encoding="utf-8")


def test_standard_input_is_a_page(samples: Path):
    result = gouji("extract", "-", stdin=(samples / "yunling_2022__lines.txt").read_bytes())

    assert records_of(result)[0]["source"] == "-"
    assert records_of(result)[0]["status"] == "verified"


def test_show_prints_the_tables_and_what_their_sums_say(samples: Path):
    shown = gouji("show", samples / "yunling_2022__lines.txt").stdout

    assert "云岭市水务局2022年政府信息公开工作年度报告\nverified, form 2021" in shown
    assert "三、收到和处理政府信息公开申请情况" in shown
    assert "sums: " in shown


def test_text_prints_the_page_as_decoded(tmp_path: Path):
    page = tmp_path / "gb.txt"
    page.write_bytes("青溪市\r\n规章".encode("gb18030"))

    assert gouji("text", page).stdout_bytes.decode("utf-8") == "青溪市\r\n规章"


@pytest.mark.parametrize("command", ["text", "show"])
def test_a_page_that_cannot_be_read_is_not_shown_and_exits_1(tmp_path: Path, command: str):
    result = gouji(command, tmp_path / "none.txt")

    assert result.exit_code == 1
    assert "cannot be read" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract"],
        ["extract", "a.txt", "--encoding", "utf-9"],
        ["extract", "a.txt", "--jobs", "0"],
        ["extract", "a.txt", "--model", "no/such/folder"],
        ["extract", "a.txt", "-o", "no/such/folder/out.jsonl"],
        ["evaluate", "--pages", "."],
        ["evaluate"],
        ["evaluate", "--pages", ".", "--truth", ".", "--html", "/dev/null/report.html"],
        ["synthesize"],
        ["benchmark", "no/such/folder"],
        ["nonsense"],
    ],
)
def test_a_wrong_use_exits_2_and_prints_no_result(arguments: list[str]):
    result = gouji(*arguments)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr


def test_an_empty_model_folder_is_an_error_that_names_the_file(samples: Path, tmp_path: Path):
    result = gouji("extract", samples, "--model", tmp_path)

    assert result.exit_code == 2
    assert str(tmp_path) in result.stderr


def test_the_version_is_printed():
    assert "0.1" in gouji("--version").stdout


@pytest.mark.parametrize(
    "command", ["extract", "show", "text", "synthesize", "train", "evaluate", "benchmark"]
)
def test_each_commands_help_ends_in_an_example_of_itself(command: str):
    shown = gouji(command, "--help").stdout

    assert f"Example:\n    gouji {command} " in shown


def test_a_missed_floor_exits_1_and_says_which(samples: Path, tmp_path: Path):
    floor = tmp_path / "floor.toml"
    floor.write_text('[pages.at_least]\n"total.pages" = 3\n', encoding="utf-8")

    result = gouji("evaluate", "--pages", samples, "--truth", samples.parent / "truth", "--floor", floor)

    assert result.exit_code == 1
    assert "total.pages is 2; the floor is 3" in result.stderr
    assert "pages of" in result.stdout


def test_another_programs_cells_stand_beside_ours(samples: Path, tmp_path: Path):
    other = tmp_path / "regex.jsonl"
    other.write_text('{"page": "yunling_2022__lines.txt", "cells": {}}\n', encoding="utf-8")

    result = gouji(
        "evaluate", "--pages", samples, "--truth", samples.parent / "truth", "--against", other, "--json"
    )

    assert json.loads(result.stdout)["regex"]["total"]["right"] == 0


def test_the_html_report_is_written_and_other_programs_stand_in_it(samples: Path, tmp_path: Path):
    module, report = tmp_path / "regex.py", tmp_path / "report.html"
    module.write_text("def parse(text):\n    return {'cells': {}}\n", encoding="utf-8")
    truth = samples.parent / "truth"

    result = gouji(
        "evaluate", "--pages", samples, "--truth", truth, "--against-module", module, "--html", report
    )

    assert result.exit_code == 0
    assert "regex: right" in result.stdout
    assert "confidence  answered" in result.stdout
    assert "by regex" in report.read_text(encoding="utf-8")


def test_labelled_pages_are_scored_strictly_and_in_part(tmp_path: Path):
    labelled, report = tmp_path / "labelled.jsonl", tmp_path / "report.html"
    page = {"id": "a", "text": "今天 12 天", "spans": [[3, 5, "VALUE"]]}
    labelled.write_text(json.dumps(page), encoding="utf-8")

    result = gouji("evaluate", "--labelled", labelled, "--json", "--html", report)

    figures = json.loads(result.stdout)
    assert figures["VALUE"]["gold"] == 1
    assert {"partial_f1", "precision"} <= figures["all"].keys()
    assert "Tokens confused" in report.read_text(encoding="utf-8")


def test_without_the_evaluate_extra_the_message_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    labelled = tmp_path / "labelled.jsonl"
    labelled.write_text('{"id": "a", "text": "x", "spans": []}', encoding="utf-8")
    monkeypatch.setitem(sys.modules, "sklearn", None)
    monkeypatch.setitem(sys.modules, "sklearn.metrics", None)

    result = gouji("evaluate", "--labelled", labelled)

    assert result.exit_code == 2
    assert "pip install 'gouji[evaluate]'" in result.stderr


def test_without_the_train_extra_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch):
    for module in [name for name in sys.modules if name.startswith("gouji.training")]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, "torch", None)
    monkeypatch.setitem(sys.modules, "bs4", None)

    result = gouji("train", "--synthetic", "1")

    assert result.exit_code == 2
    assert "pip install 'gouji[train]'" in result.stderr


@pytest.mark.slow
def test_the_command_runs_as_a_program_of_its_own(samples: Path):
    run = subprocess.run([*GOUJI, "extract", str(samples)], capture_output=True, check=False)

    assert run.returncode == 0, run.stderr
    assert len(run.stdout.decode("utf-8").splitlines()) == 2
    assert run.stderr == b""


@pytest.mark.slow
def test_the_benchmark_prints_a_rate_and_a_cold_start(samples: Path, tmp_path: Path):
    other = tmp_path / "other.py"
    other.write_text("def parse(text):\n    return {'cells': {}}\n", encoding="utf-8")

    result = gouji("benchmark", samples, "--against-module", other, "--json")

    measured = json.loads(result.stdout)
    assert (measured["pages"], measured["failed"]) == (2, 0)
    assert measured["rate"] > 0
    assert 0 < measured["ratio"] < 1
    assert measured["cold_start"] > 0
    assert measured["times"]["page"]["pages"] == 2
    assert measured["times"]["page"]["median"] <= measured["times"]["page"]["longest"]


def test_a_form_of_ones_own_is_read_where_it_is_named(samples: Path):
    form = samples.parent / "website" / "website.toml"
    page = samples.parent / "website" / "pages" / "test1__pipes.txt"

    (alone,) = records_of(gouji("extract", page))
    (beside,) = records_of(gouji("extract", page, "--forms", form))

    assert (alone["form"], beside["form"]) == (None, "website")
    assert "独立用户访问总量" in gouji("show", page, "--forms", form).stdout


def test_a_faulty_form_is_named_before_any_page_is_read(samples: Path, tmp_path: Path):
    faulty = tmp_path / "mine.toml"
    faulty.write_text('id = "2019"\n', encoding="utf-8")

    result = gouji("extract", samples, "--forms", faulty)

    assert (result.exit_code, result.stdout) == (2, "")
    assert "mine.toml: source: missing" in result.stderr
