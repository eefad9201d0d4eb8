"""A large run is taken in parts, cut into shards, gone on with, and refused where that would mix two runs."""

from __future__ import annotations

import json
import os
import re
import sys
import zipfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gouji.inference.cli import main
from gouji.inference.commands import progress
from gouji.inference.extraction import Status
from gouji.inference.outputs import resumed
from gouji.inference.outputs.errors import OutputError
from gouji.inference.outputs.files import part_of
from gouji.inference.outputs.resumed import lines_for, state_of
from gouji.inference.outputs.run_state import MadeOf, state_path
from gouji.inference.portions import FIRST, Position
from gouji.inference.result import Extraction
from gouji.model.page import Page

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="stubs reach forked processes only")

MADE_OF = MadeOf("1 page", "", "0", "a model", "forms")


class StubExtractor:
    """Answers that a page holds no table; the text is the title."""

    def __init__(self, model_dir: Path | None = None, forms: object = None) -> None: ...

    def extract(self, page: Page) -> Extraction:
        return Extraction(page.source, page.text, None, None, None, {}, Status.NO_TABLES, (), (), ())


@pytest.fixture(autouse=True)
def _stub(extract_with: Callable[[type], None]) -> None:
    extract_with(StubExtractor)


def gouji(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, ["extract", *map(str, arguments), "--jobs", "1"])


def titles_in(*outputs: Path) -> list[str]:
    return [json.loads(line)["title"] for path in outputs for line in path.read_text("utf-8").splitlines()]


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Thirty pages: three files, a file of seventeen lines and an archive of ten, in this order."""
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_text(f"页 {number}", encoding="utf-8")
    lines = [json.dumps({"text": f"页 {number}"}) for number in range(3, 20)]
    (folder / "lines").write_text("\n".join(lines), encoding="utf-8")
    with zipfile.ZipFile(folder / "pages.zip", "w") as archive:
        for number in range(20, 30):
            archive.writestr(f"{number}.txt", f"页 {number}")
    return folder


ALL = [f"页 {number}" for number in range(30)]


def test_shards_hold_equal_numbers_of_pages_in_order_whatever_files_these_lie_in(pages: Path, tmp_path: Path):
    result = gouji(pages, "-o", tmp_path / "out", "--shards", "4")

    shards = sorted((tmp_path / "out").glob("*.jsonl"))
    assert result.exit_code == 0, result.output
    assert [len(titles_in(shard)) for shard in shards] == [7, 8, 7, 8]
    assert titles_in(*shards) == ALL
    assert "4 shards in " in result.stderr


def test_more_shards_than_pages_are_empty_and_done(pages: Path, tmp_path: Path):
    gouji(pages / "0.txt", pages / "1.txt", "-o", tmp_path / "out", "--shards", "5")

    shards = sorted((tmp_path / "out").glob("*.jsonl"))
    assert [len(titles_in(shard)) for shard in shards] == [0, 0, 1, 0, 1]
    assert len(list((tmp_path / "out").glob("*.jsonl.done"))) == 5


def test_a_mark_beside_each_shard_tells_what_it_was_made_of(pages: Path, tmp_path: Path):
    gouji(pages, "-o", tmp_path / "out", "--shards", "2", "--limit", "seconds=50")

    done = json.loads((tmp_path / "out" / "00000.jsonl.done").read_text("utf-8"))
    assert done["made_of"].keys() == {"inputs", "options", "program", "model", "forms"}
    assert done["made_of"]["inputs"].startswith("5 (digest ")
    assert done["made_of"]["options"] == "--limit seconds=50 --shards 2"
    assert done["counts"] == {"no_tables": 15}


@pytest.mark.parametrize("gone", ["00001.jsonl", "00001.jsonl.done", "cut"])
def test_only_a_shard_that_is_not_whole_is_done_again(pages: Path, tmp_path: Path, gone: str):
    out = tmp_path / "out"
    gouji(pages, "-o", out, "--shards", "4")
    if gone == "cut":
        (out / "00001.jsonl").write_bytes((out / "00001.jsonl").read_bytes()[:-9])
    else:
        (out / gone).unlink()
    before = {path.name: path.stat().st_mtime_ns for path in out.glob("*.jsonl")}

    again = gouji(pages, "-o", out, "--shards", "4")

    after = {path.name: path.stat().st_mtime_ns for path in out.glob("*.jsonl")}
    assert titles_in(*sorted(out.glob("*.jsonl"))) == ALL
    assert {name for name in after if before.get(name) != after[name]} == {"00001.jsonl"}
    assert "30 pages" in again.stderr
    assert "22 of them in an earlier run" in again.stderr


def change_an_input(pages: Path) -> None:
    (pages / "1.txt").write_text("another page", encoding="utf-8")


def add_an_input(pages: Path) -> None:
    (pages / "3.txt").write_text("页", encoding="utf-8")


def nothing(pages: Path) -> None: ...


@pytest.mark.parametrize(
    ("change", "options", "told"),
    [
        (change_an_input, [], "other inputs: 5 (digest "),
        (add_an_input, [], "now 6 (digest "),
        (nothing, ["--encoding", "utf-8"], "other options: --shards 4; now --encoding utf-8 --shards 4"),
        (nothing, ["--limit", "memory=1G"], "now --limit memory=1073741824 --shards 4"),
        (nothing, ["--shards", "5"], "other options: --shards 4; now --shards 5"),
        (nothing, ["--first", "9"], "now --first 9 --shards 4"),
        (nothing, ["--forms", "samples/website/website.toml"], "other forms: "),
    ],
)
def test_no_run_goes_on_with_shards_of_something_else(
    pages: Path, tmp_path: Path, samples: Path, change: Callable[[Path], None], options: list[str], told: str
):
    out = tmp_path / "out"
    gouji(pages, "-o", out, "--shards", "4")
    before = {path.name: path.read_bytes() for path in out.iterdir()}
    change(pages)

    named = [str(samples.parent.parent / each) if "/" in each else each for each in options]
    refused = gouji(pages, "-o", out, "--shards", "4", *named)

    assert refused.exit_code == 2
    assert f"{out}: was begun with " in refused.stderr
    assert told in refused.stderr
    assert "--overwrite begins anew" in refused.stderr
    assert {path.name: path.read_bytes() for path in out.iterdir()} == before
    assert gouji(pages, "-o", out, "--shards", "4", *named, "--overwrite").exit_code == 0


def test_a_folder_that_holds_something_else_takes_no_shards(pages: Path, tmp_path: Path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "00000.jsonl").write_text("mine", encoding="utf-8")

    results = [gouji(pages, "-o", tmp_path / "out", "--shards", "4", *more) for more in ([], ["--overwrite"])]

    assert [result.exit_code for result in results] == [2, 2]
    assert "holds files, and no plan.json of an earlier run" in results[0].stderr
    assert (tmp_path / "out" / "00000.jsonl").read_text("utf-8") == "mine"


def test_shards_that_are_read_are_not_written_over(pages: Path, tmp_path: Path):
    out = tmp_path / "out"
    gouji(pages, "-o", out, "--shards", "2")

    result = gouji(out / "00000.jsonl", "-o", out, "--shards", "2", "--overwrite")

    assert result.exit_code == 2
    assert "is read at the same time" in result.stderr
    assert titles_in(*sorted(out.glob("*.jsonl"))) == ALL


def break_off(output: Path) -> None:
    """Have a run of one's own broken off when the second of two pages is written."""
    with (
        suppress(KeyboardInterrupt),
        lines_for(output, lambda: MADE_OF, FIRST, None, marked=True) as file,
    ):
        for number in range(2):
            file.write("{}", "verified", Position(number, 0, number))
        file.save()
        raise KeyboardInterrupt


def test_a_run_that_was_ended_is_not_begun_anew_unasked(pages: Path, tmp_path: Path):
    output = tmp_path / "all.jsonl"
    break_off(output)

    refused = gouji(pages, "-o", output)
    other = gouji(pages, "-o", output, "--resume")
    anew = gouji(pages, "-o", output, "--overwrite")

    assert refused.exit_code == other.exit_code == 2
    assert "an earlier run was ended here after 1 answers; --resume goes on" in refused.stderr
    assert "was begun with other inputs: 1 page; now 5 (digest " in other.stderr
    assert anew.exit_code == 0
    assert titles_in(output) == ALL
    assert {path.name for path in tmp_path.iterdir()} == {"pages", "all.jsonl"}


def test_a_run_without_resume_can_be_resumed_as_well(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    output = tmp_path / "all.jsonl"
    monkeypatch.setattr(resumed, "_EVERY", 0.0)
    write, written = resumed.Lines.write, []

    def write_some(lines: resumed.Lines, line: str, status: str, at: Position) -> None:
        if len(written) == 10:
            raise KeyboardInterrupt
        written.append(line)
        write(lines, line, status, at)

    monkeypatch.setattr(resumed.Lines, "write", write_some)
    ended = gouji(pages, "-o", output)
    monkeypatch.setattr(resumed.Lines, "write", write)

    result = gouji(pages, "-o", output, "--resume")

    assert "gouji: ended early; the same command with --resume goes on" in ended.stderr
    assert result.exit_code == 0, result.output
    assert titles_in(output) == ALL
    assert "30 pages in " in result.stderr
    assert "9 of them in an earlier run" in result.stderr


def test_what_is_whole_already_is_left_as_it_is(pages: Path, tmp_path: Path):
    output = tmp_path / "all.jsonl"
    gouji(pages, "-o", output, "--resume")
    before = output.stat().st_mtime_ns

    again = gouji(pages, "-o", output, "--resume")

    assert again.exit_code == 0
    assert "30 of them in an earlier run" in again.stderr
    assert output.stat().st_mtime_ns == before


def test_an_output_that_nothing_tells_of_is_not_resumed(pages: Path, tmp_path: Path):
    gouji(pages, "-o", tmp_path / "all.jsonl")

    result = gouji(pages, "-o", tmp_path / "all.jsonl", "--resume")

    assert result.exit_code == 2
    assert "nothing beside it tells what it was made of; --overwrite begins anew" in result.stderr


@pytest.mark.parametrize("moved", [False, True])
def test_a_run_that_is_killed_while_its_file_is_put_in_place_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, moved: bool
):
    output = tmp_path / "all.jsonl"
    with lines_for(output, lambda: MADE_OF, FIRST, None, marked=True) as file:
        file.write("{}", "verified", FIRST)
        file.save(is_whole=True)
        state = state_path(output).read_bytes()
    (tmp_path / "all.jsonl.done").unlink()
    state_path(output).write_bytes(state)
    if not moved:
        output.rename(part_of(output))

    found = state_of(output)

    assert found is not None
    assert found.is_whole
    assert output.read_text("utf-8") == "{}\n"
    assert {path.name for path in tmp_path.iterdir()} == {"all.jsonl", "all.jsonl.done"}


@pytest.mark.parametrize("written", ["no JSON", "{}", '{"made_of": {}, "at": {}}'])
def test_a_state_that_cannot_be_understood_is_said_and_nothing_is_lost(
    pages: Path, tmp_path: Path, written: str
):
    output = tmp_path / "all.jsonl"
    break_off(output)
    state_path(output).write_text(written, encoding="utf-8")

    result = gouji(pages, "-o", output, "--resume")

    assert result.exit_code == 2
    assert f"{output}.resume: tells not how far an earlier run has come" in result.stderr
    assert part_of(output).read_text("utf-8") == "{}\n{}\n"


def test_lines_that_were_taken_away_since_are_missed(tmp_path: Path):
    output = tmp_path / "all.jsonl"
    break_off(output)
    state = state_of(output)
    part_of(output).write_bytes(b"")

    with (
        pytest.raises(OutputError, match="has 0 bytes; the run that wrote it tells of 3"),
        lines_for(output, lambda: MADE_OF, FIRST, state, marked=True),
    ):
        pass


def test_two_runs_do_not_write_one_file(tmp_path: Path):
    output = tmp_path / "all.jsonl"
    with lines_for(output, lambda: MADE_OF, FIRST, None, marked=True) as file:
        file.write("{}", "verified", FIRST)
        if (child := os.fork()) == 0:  # a lock is a process's own
            try:
                with lines_for(output, lambda: MADE_OF, FIRST, None, marked=True):
                    os._exit(0)
            except OutputError as error:
                os._exit(7 if "another run is writing it" in str(error) else 1)
        _, status = os.waitpid(child, 0)

    assert os.waitstatus_to_exitcode(status) == 7
    assert output.read_text("utf-8") == "{}\n"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--resume"], "--resume needs a place to write: -o NAME.jsonl"),
        (["--resume", "-o", "t.xlsx"], "write -o NAME.jsonl, then: gouji convert NAME.jsonl -o t.xlsx"),
        (["--resume", "-o", "c.csv"], "then: gouji convert NAME.jsonl -o c.csv"),
        (["--resume", "-o", "/dev/null"], "--resume goes on with files of JSON lines only"),
        (["--resume", "--overwrite", "-o", "a.jsonl"], "choose one"),
        (["--resume", "--html", "look", "-o", "a.jsonl"], "afterwards gouji view makes them"),
        (["--shards", "2"], "--shards needs a place to write: -o DIR"),
        (["--shards", "2", "-o", "out", "--format", "jsonl", "--html", "look"], "gouji view"),
        (["-o", "pages"], "is a folder; name a file in it, or give --shards N"),
    ],
)
def test_what_cannot_be_resumed_says_what_can(
    pages: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], told: str
):
    monkeypatch.chdir(pages.parent)

    result = gouji("pages", *arguments)

    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())


def test_the_first_pages_are_taken_whatever_files_they_lie_in(pages: Path, tmp_path: Path):
    gouji(pages, "-o", tmp_path / "some.jsonl", "--first", "5")
    gouji(pages, "-o", tmp_path / "out", "--first", "5", "--shards", "2")

    assert titles_in(tmp_path / "some.jsonl") == ALL[:5]
    assert titles_in(*sorted((tmp_path / "out").glob("*.jsonl"))) == ALL[:5]


def test_a_sample_is_drawn_from_all_pages_and_the_same_each_time(pages: Path, tmp_path: Path):
    first = gouji(pages, "--sample", "9").stdout
    gouji(pages, "-o", tmp_path / "some.jsonl", "--sample", "9")
    gouji(pages, "-o", tmp_path / "out", "--sample", "9", "--shards", "3")
    shards = sorted((tmp_path / "out").glob("*.jsonl"))

    drawn = titles_in(tmp_path / "some.jsonl")
    assert len(drawn) == 9
    assert drawn == [title for title in ALL if title in drawn]
    assert titles_in(*shards) == drawn
    assert [json.loads(line)["title"] for line in first.splitlines()] == drawn
    assert gouji(pages, "--sample", "99").stdout.count("\n") == 30


def test_a_list_of_paths_and_patterns_name_inputs(pages: Path, tmp_path: Path):
    listed = tmp_path / "list"
    listed.write_text(f"{pages}/2.txt\n\n{pages}/0.txt\n", encoding="utf-8")

    by_list = gouji("--files-from", listed)
    by_pattern = gouji(f"{pages}/[01]*.txt", f"{tmp_path}/**/2.txt", f"{pages}/*.html")

    assert [json.loads(line)["title"] for line in by_list.stdout.splitlines()] == ["页 2", "页 0"]
    answers = [json.loads(line) for line in by_pattern.stdout.splitlines()]
    assert [answer.get("title") for answer in answers] == ["页 0", "页 1", "页 2", None]
    assert answers[3]["error"] == "no such file or folder; check the path"


def test_no_inputs_at_all_is_a_wrong_use():
    result = gouji()

    assert result.exit_code == 2
    assert "Missing argument 'PAGE...'" in result.stderr


def test_a_log_tells_how_far_a_run_is_and_how_long_the_rest_takes(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(progress, "_EVERY", 0.0)

    by_files = gouji(pages, "-o", tmp_path / "all.jsonl").stderr
    by_pages = gouji(pages, "-o", tmp_path / "out", "--shards", "2").stderr
    quiet = gouji(pages, "-o", tmp_path / "all.jsonl", "--overwrite", "-q").stderr

    assert re.search(r"gouji: 2 pages, \d+\.\d a second, 20%, \d s left\n", by_files)
    assert re.search(r"gouji: 16 pages, \d+\.\d a second, 50%, \d s left\n", by_pages)
    assert quiet == ""
