"""Pages go out pre-labelled and come back corrected, by the commands that a user types."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gouji.annotations.pages import load_labelled_pages
from gouji.inference.cli import main
from gouji.inference.readers import read_page
from gouji.inference.tagger import Tagger
from gouji.model.tokens import WEIGHTS_DIR

EXPORTS = Path(__file__).parents[2] / "annotations" / "exports"


def gouji(*arguments: str | Path, stdin: bytes | None = None) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], input=stdin)


@pytest.fixture
def pages(tmp_path: Path, samples: Path) -> Path:
    """A sample, and a page of odd characters with CRLF."""
    folder = tmp_path / "pages"
    folder.mkdir()
    shutil.copy(samples / "yunling_2022__lines.txt", folder)
    odd = next(page for page in load_labelled_pages(EXPORTS / "prelabelled.jsonl") if "odd" in page.id)
    (folder / "odd__web__crlf.txt").write_bytes(odd.text.encode("utf-8"))
    return folder


def test_pages_are_labelled_with_the_spans_that_extraction_works_with(pages: Path, tmp_path: Path):
    result = gouji("annotate", pages, "--to", "jsonl", "-o", tmp_path / "labelled.jsonl")

    odd, sample = load_labelled_pages(tmp_path / "labelled.jsonl")
    assert (result.exit_code, result.output) == (0, "")
    assert odd.text.encode("utf-8") == (pages / "odd__web__crlf.txt").read_bytes()
    assert (odd.id, odd.tool, odd.damage, odd.issuer) == (
        str(pages / "odd__web__crlf.txt"),
        "web",
        "crlf",
        "𠮷林县水务局",
    )
    assert (sample.tool, sample.issuer) == ("lines", "云岭市水务局")
    tagged = Tagger.load().tag(read_page(pages / "yunling_2022__lines.txt")).spans
    assert [(s.start, s.end, s.tag) for s in sample.spans] == [(s.start, s.end, s.tag) for s in tagged]


def test_what_went_to_doccano_and_was_not_changed_comes_back_the_same(pages: Path, tmp_path: Path):
    gouji("annotate", pages, "--to", "jsonl", "-o", tmp_path / "expected.jsonl")
    gouji("annotate", pages, "--to", "doccano", "-o", tmp_path / "tasks.jsonl")

    result = gouji(
        "annotations", "import", tmp_path / "tasks.jsonl", "--from", "doccano", "-o", tmp_path / "back.jsonl"
    )

    assert (tmp_path / "back.jsonl").read_bytes() == (tmp_path / "expected.jsonl").read_bytes()
    assert result.stderr.startswith("2 pages with ")


def test_label_studios_tasks_carry_text_metadata_and_the_model(pages: Path):
    tasks = json.loads(gouji("annotate", pages, "--to", "label-studio", "--model", WEIGHTS_DIR).stdout)

    assert [task["data"]["issuer"] for task in tasks] == ["𠮷林县水务局", "云岭市水务局"]
    assert tasks[0]["predictions"][0]["model_version"] == f"gouji {WEIGHTS_DIR.name}"
    for task in tasks:
        for region in task["predictions"][0]["result"]:
            value = region["value"]
            assert task["data"]["text"][value["start"] : value["end"]] == value["text"]


def test_a_page_from_standard_input_is_labelled_and_told_its_tool(samples: Path):
    page = (samples / "yunling_2022__lines.txt").read_bytes()

    (line,) = gouji("annotate", "-", "--to", "jsonl", "--tool", "own-scraper", stdin=page).stdout.splitlines()

    assert (json.loads(line)["id"], json.loads(line)["tool"]) == ("-", "own-scraper")


def test_a_page_that_cannot_be_read_is_named_and_the_rest_go_on(pages: Path, tmp_path: Path):
    (pages / "cut.pdf").write_bytes(b"%PDF-1.7")
    (pages / "empty.txt").write_bytes(b"")

    result = gouji("annotate", pages, tmp_path / "none.txt", "--to", "jsonl")

    assert result.exit_code == 1
    assert len(result.stdout.splitlines()) == 2
    assert f"{pages / 'cut.pdf'}: is a damaged PDF" in result.stderr
    assert "1 file not read (empty 1)" in result.stderr
    assert "none.txt: no such file or folder" in result.stderr


def test_a_page_given_twice_is_refused_before_anything_is_written(pages: Path, tmp_path: Path):
    result = gouji(
        "annotate", pages, pages / "odd__web__crlf.txt", "--to", "jsonl", "-o", tmp_path / "out.jsonl"
    )

    assert result.exit_code == 2
    assert "odd__web__crlf.txt: given twice" in result.stderr
    assert not (tmp_path / "out.jsonl").exists()


def test_a_faulty_export_writes_nothing_and_lists_its_faults(tmp_path: Path):
    output = tmp_path / "out.jsonl"

    several, overlap = (EXPORTS / f"label_studio_1.23.2_{name}.json" for name in ("several", "overlap"))
    result = gouji("annotations", "import", several, overlap, "--from", "label-studio", "-o", output)

    assert result.exit_code == 2
    assert "disagree at 2 regions" in result.stderr
    assert "overlaps" in result.stderr
    assert not output.exists()


def test_what_was_left_out_is_said(tmp_path: Path):
    export = EXPORTS / "label_studio_1.23.2_several.json"

    result = gouji("annotations", "import", export, "--from", "label-studio", "--newest")

    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 2
    assert f"{export}: left out, not labelled or skipped: task 4\n2 pages with 51 spans\n" in result.stderr


@pytest.mark.parametrize("tool", ["doccano", "label-studio"])
def test_the_configuration_of_a_tool_is_printed(tool: str):
    assert "SUBTABLE" in gouji("annotations", "config", tool).stdout


@pytest.mark.parametrize(
    "arguments",
    [
        ["annotate", "a.txt"],
        ["annotate", "--to", "jsonl"],
        ["annotate", "a.txt", "--to", "brat"],
        ["annotations", "import", "no/such/file", "--from", "doccano"],
        ["annotations", "import", "--from", "doccano"],
        ["annotations", "config", "jsonl"],
    ],
)
def test_a_wrong_use_exits_2_and_prints_no_result(arguments: list[str]):
    result = gouji(*arguments)

    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr


@pytest.mark.parametrize("command", ["annotate", "annotations import", "annotations config"])
def test_each_commands_help_ends_in_an_example_of_itself(command: str):
    assert f"Example:\n    gouji {command} " in gouji(*command.split(), "--help").stdout
