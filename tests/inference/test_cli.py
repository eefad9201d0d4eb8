"""The command line prints results to stdout and all else to stderr, and its exit status says how it went."""

from __future__ import annotations

import json
import re
import shlex
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
        ["extract", "a.txt", "-o", "/dev/null/out.jsonl"],  # a file, and no folder
        ["extract", "a.txt", "-o", "out.txt"],
        ["extract", "a.txt", "--excel"],
        ["evaluate", "--pages", "."],
        ["evaluate", "--pages", ".", "--truth", ".", "--json", "--markdown"],
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

    assert json.loads(result.stdout)["regex"]["total"]["numbers"]["right"] == 0


def test_the_html_report_is_written_and_other_programs_stand_in_it(samples: Path, tmp_path: Path):
    module, report = tmp_path / "regex.py", tmp_path / "report.html"
    module.write_text("def parse(text):\n    return {'cells': {}}\n", encoding="utf-8")
    truth = samples.parent / "truth"

    result = gouji(
        "evaluate", "--pages", samples, "--truth", truth, "--against-module", module, "--html", report
    )

    assert result.exit_code == 0
    assert "gouji on 2 pages, copies of 2 reports" in result.stdout
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
    assert run.stderr.startswith(b"gouji: 2 pages in ")


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


@pytest.fixture
def crawl(samples: Path, tmp_path: Path) -> Path:
    """A folder as a crawl leaves it: odd names, a misprint, a page that is cut off, and no pages."""
    folder = tmp_path / "crawl"
    folder.mkdir()
    text = (samples / "yunling_2022__lines.txt").read_text(encoding="utf-8")
    (folder / "12345").write_text(text, encoding="utf-8")
    (folder / "page.jsp?id=3").write_text(text.replace("116", "119", 1), encoding="utf-8")
    (folder / "report").write_bytes(b"%PDF-1.7")
    (folder / "logo").write_bytes(b"\x89PNG\r\n\x1a\n")
    (folder / "site.css").write_text("body {}", encoding="utf-8")
    return folder


def test_a_folder_of_odd_names_gives_its_tables_and_counts_what_is_no_page(crawl: Path):
    result = gouji("extract", crawl)

    assert [record.get("status", "error") for record in records_of(result)] == [
        "verified",
        "contradicted",
        "error",
    ]
    assert result.exit_code == 1
    assert "gouji: 2 files not read (picture 1, text without Chinese 1); " in result.stderr


def test_a_run_ends_with_what_came_of_its_pages_and_where_to_look(crawl: Path, tmp_path: Path):
    lines = tmp_path / "m.jsonl"

    to_file, to_html = (
        gouji("extract", crawl, "-o", lines),
        gouji("extract", crawl, "--html", tmp_path / "look"),
    )

    closing = r"gouji: 3 pages in \d+\.\d s \(\d+\.\d a second\): 1 verified, 1 contradicted, 1 error\n"
    assert re.search(closing, to_file.stderr)
    assert re.search(closing, to_html.stderr)
    odd = shlex.quote(str(crawl / "page.jsp?id=3"))
    assert to_file.stderr.endswith(
        f"to look closer: gouji view {lines} --html look; gouji show {odd}; gouji check {lines}\n"
    )
    index = tmp_path / "look" / "index.html"
    assert to_html.stderr.endswith(f"to look closer: open {index} in a browser; gouji show {odd}\n")
    assert index.is_file()


def test_one_page_to_stdout_says_nothing_besides_and_quiet_only_what_is_wrong(samples: Path, crawl: Path):
    assert gouji("extract", samples / "yunling_2022__lines.txt").stderr == ""
    assert gouji("extract", crawl, "-q").stderr.splitlines() == [
        f"{crawl / 'report'}: {records_of(gouji('extract', crawl / 'report'))[0]['error']}"
    ]


def test_a_dry_run_lists_every_file_and_extracts_nothing(crawl: Path, tmp_path: Path):
    result = gouji("extract", crawl, tmp_path / "none", "--dry-run", "-o", tmp_path / "m.jsonl")

    assert [line.split("\t") for line in result.stdout.splitlines()] == [
        ["read", str(crawl / "12345")],
        ["picture", str(crawl / "logo")],
        ["read", str(crawl / "page.jsp?id=3")],
        ["read", str(crawl / "report")],
        ["text without Chinese", str(crawl / "site.css")],
        ["error: no such file or folder; check the path", str(tmp_path / "none")],
    ]
    assert result.exit_code == 1
    assert not (tmp_path / "m.jsonl").exists()


def test_a_dash_for_the_output_is_stdout(samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)

    result = gouji("extract", samples / "yunling_2022__lines.txt", "-o", "-")

    assert len(records_of(result)) == 1
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["text", "show"])
def test_a_folder_or_an_address_in_place_of_a_page_says_what_to_do(command: str, tmp_path: Path):
    folder, address = gouji(command, tmp_path), gouji(command, "https://a.gov.cn/b.html")

    assert (folder.exit_code, address.exit_code) == (1, 1)
    assert "is a folder; name one page in it" in folder.stderr
    assert "fetch it first: curl -L -o page.html https://a.gov.cn/b.html" in address.stderr


def test_the_help_names_every_command_those_first_that_are_needed_first():
    shown = gouji("--help").stdout

    listed = re.findall(r"^  (\w+)  ", shown[shown.index("Read reports") :], re.MULTILINE)
    assert listed[:4] == ["extract", "show", "view", "check"]
    assert set(listed) == set(main.commands)
