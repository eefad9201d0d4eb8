"""No command writes over what it reads, or over what an earlier run has written, unless it is told to.

What breaks off leaves what was there as it was, and of lines those that are whole.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gouji.inference.cli import main
from gouji.inference.outputs.files import beside, cut_to_lines, part_of
from gouji.inference.outputs.records import Record
from gouji.inference.outputs.writers import new_writer, shape_of
from gouji.model.forms import load_forms

KNOWN = load_forms()


def gouji(*arguments: str | Path) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture
def page(samples: Path, tmp_path: Path) -> Path:
    """A page of one's own."""
    path = tmp_path / "a.txt"
    path.write_bytes((samples / "yunling_2022__lines.txt").read_bytes())
    return path


def test_a_page_is_not_written_over_by_its_own_answer(page: Path):
    before = page.read_bytes()
    link = page.with_name("link.json")
    link.symlink_to(page)

    plain, forced = (gouji("extract", page, "-o", link, *more) for more in ([], ["--overwrite"]))

    assert plain.exit_code == forced.exit_code == 2
    assert "is read at the same time" in forced.stderr
    assert page.read_bytes() == before


@pytest.mark.parametrize("name", ["m.jsonl", "c.csv", "p.wide.csv", "t.xlsx"])
def test_an_earlier_output_is_replaced_only_where_that_is_asked_for(page: Path, name: str):
    output = page.with_name(name)
    output.write_text("of yesterday", encoding="utf-8")

    refused = gouji("extract", page, "-o", output)
    kept = output.read_text(encoding="utf-8")
    replaced = gouji("extract", page, "-o", output, "--overwrite")

    assert refused.exit_code == 2
    assert "is there already" in refused.stderr
    assert "--overwrite" in refused.stderr
    assert kept == "of yesterday"
    assert replaced.exit_code == 0
    assert b"of yesterday" not in output.read_bytes()
    assert not part_of(output).exists()


def test_the_table_of_pages_beside_the_cells_is_an_output_as_well(page: Path):
    page.with_name("c.pages.csv").write_text("mine", encoding="utf-8")

    result = gouji("extract", page, "-o", page.with_name("c.csv"))

    assert result.exit_code == 2
    assert "c.pages.csv: is there already" in result.stderr


def test_another_workbook_of_the_same_run_is_an_output_as_well(page: Path):
    page.with_name("t-2.xlsx").write_text("mine", encoding="utf-8")

    result = gouji("extract", page, "-o", page.with_name("t.xlsx"))

    assert result.exit_code == 2
    assert "t-2.xlsx: is there already" in result.stderr


def test_an_index_that_is_there_is_not_replaced_by_pages_to_look_at(page: Path, tmp_path: Path):
    lines = tmp_path / "m.jsonl"
    (tmp_path / "index.html").write_text("my site", encoding="utf-8")
    gouji("extract", page, "-o", lines)

    shown = gouji("view", lines, "--html", tmp_path)
    extracted = gouji("extract", page, "--html", tmp_path)

    assert shown.exit_code == extracted.exit_code == 2
    assert (tmp_path / "index.html").read_text(encoding="utf-8") == "my site"
    assert gouji("view", lines, "--html", tmp_path, "--overwrite").exit_code == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["convert", "m.jsonl", "-o", "mine"],
        ["annotate", "a.txt", "--to", "jsonl", "-o", "mine"],
        ["annotations", "import", "labelled.jsonl", "--from", "jsonl", "-o", "mine"],
        ["evaluate", "--pages", "samples/pages", "--truth", "samples/truth", "--html", "mine"],
        ["synthesize", "--count", "1", "-o", "mine"],
        ["check", "m.jsonl", "--format", "md", "-o", "mine"],
        ["settling", "--pages", "samples/pages", "--truth", "samples/truth", "--plot", "mine"],
    ],
)
def test_every_command_that_writes_a_file_asks_first(
    arguments: list[str], samples: Path, page: Path, monkeypatch: pytest.MonkeyPatch
):
    (page.parent / "samples").symlink_to(samples.parent)
    monkeypatch.chdir(page.parent)
    gouji("extract", "a.txt", "-o", "m.jsonl")
    gouji("annotate", "a.txt", "--to", "jsonl", "-o", "labelled.jsonl")
    Path("mine").write_text("mine", encoding="utf-8")
    named = [f"{arg}.jsonl" if arg == "mine" and arguments[0] == "convert" else arg for arg in arguments]
    Path("mine.jsonl").write_text("mine", encoding="utf-8")

    refused = gouji(*named)
    left = Path("mine").read_text(encoding="utf-8") + Path("mine.jsonl").read_text(encoding="utf-8")
    told = gouji(*named, "--overwrite")

    assert refused.exit_code == 2, refused.output
    assert "--overwrite" in refused.stderr
    assert left == "minemine"
    assert told.exit_code == 0, told.output


@pytest.mark.parametrize(
    ("output", "arguments"),
    [
        ("list", ["extract", "--files-from", "list", "--format", "jsonl", "-o"]),
        ("answers", ["extract", "a.txt", "--corrections", "answers", "--format", "jsonl", "-o"]),
        ("names.csv", ["panel", "m.jsonl", "--aliases", "names.csv", "-o"]),
        ("names.csv", ["check", "m.jsonl", "--aliases", "names.csv", "-o"]),
        ("./a.txt", ["check", "../there", "--format", "md", "-o"]),
        ("floor", ["evaluate", "--pages", ".", "--truth", "samples/truth", "--floor", "floor", "--html"]),
        ("hard.html", ["evaluate", "--pages", ".", "--truth", "samples/truth", "--html"]),
    ],
)
def test_no_file_that_a_command_reads_is_written_over_even_where_that_is_asked_for(
    output: str, arguments: list[str], samples: Path, page: Path, monkeypatch: pytest.MonkeyPatch
):
    there = page.parent / "there"
    there.mkdir()
    monkeypatch.chdir(there)
    Path("samples").symlink_to(samples.parent)
    Path("a.txt").write_bytes(page.read_bytes())
    Path("hard.html").hardlink_to("a.txt")
    Path("list").write_text("a.txt\n", encoding="utf-8")
    Path("names.csv").write_text("name,issuer\n", encoding="utf-8")
    for name in ("answers", "floor"):
        Path(name).write_bytes(b"")
    gouji("extract", "a.txt", "-o", "m.jsonl")
    before = Path(output).read_bytes()

    refused = gouji(*arguments, output, "--overwrite")

    assert refused.exit_code == 2, refused.output
    assert "is read at the same time" in refused.stderr
    assert Path(output).read_bytes() == before


def test_a_page_that_is_called_as_an_output_is_while_it_is_written_is_kept(page: Path):
    part = page.with_name("m.jsonl.part")
    part.write_bytes(page.read_bytes())

    refused = gouji("extract", part, "-o", page.with_name("m.jsonl"))

    assert refused.exit_code == 2
    assert "m.jsonl.part: is read at the same time" in refused.stderr
    assert part.read_bytes() == page.read_bytes()


def test_the_codebook_beside_a_panel_is_an_output_as_well(page: Path):
    lines = page.with_name("m.jsonl")
    gouji("extract", page, "-o", lines)
    page.with_name("p.codebook.md").write_text("mine", encoding="utf-8")

    refused = gouji("panel", lines, "-o", page.with_name("p.csv"))
    others = [gouji("panel", lines, "-o", page.with_name(name)) for name in ("q.csv", "q.xlsx")]

    assert [each.exit_code for each in others] == [0, 0]  # one codebook of both
    assert refused.exit_code == 2
    assert "p.codebook.md: is there already" in refused.stderr
    assert not page.with_name("p.csv").exists()


def test_a_folder_that_holds_something_takes_no_calibrated_model(page: Path):
    refused = gouji("calibrate", page, "--out", page.parent)

    assert refused.exit_code == 2
    assert "is there already" in refused.stderr


def break_off(output: Path) -> None:
    """Write an answer, and be interrupted."""
    with new_writer(output, shape_of(output, None), KNOWN) as writer:
        writer.write(Record("a.txt", error="is empty"))
        raise KeyboardInterrupt


@pytest.mark.parametrize("name", ["m.jsonl", "c.csv", "c.parquet", "p.wide.csv", "t.xlsx"])
def test_what_breaks_off_leaves_the_earlier_output(name: str, tmp_path: Path):
    output = tmp_path / name
    output.write_text("of yesterday", encoding="utf-8")

    with pytest.raises(KeyboardInterrupt):
        break_off(output)

    assert output.read_text(encoding="utf-8") == "of yesterday"


def test_lines_that_were_written_before_it_broke_off_are_whole(tmp_path: Path):
    output = tmp_path / "m.jsonl"

    with pytest.raises(KeyboardInterrupt):
        break_off(output)

    assert not output.exists()
    assert json.loads(part_of(output).read_text(encoding="utf-8")) == {"source": "a.txt", "error": "is empty"}


def test_what_stands_behind_the_last_line_is_cut_off(tmp_path: Path):
    path = tmp_path / "m.jsonl.part"
    path.write_bytes(b"{}\n" + b"x" * 200_000)

    cut_to_lines(path)

    assert path.read_bytes() == b"{}\n"


def test_a_link_to_an_output_goes_on_leading_to_it(tmp_path: Path):
    place, link = tmp_path / "there" / "m.jsonl", tmp_path / "m.jsonl"
    place.parent.mkdir()
    link.symlink_to(place)

    with beside(link) as part:
        part.write_text("new", encoding="utf-8")

    assert link.is_symlink()
    assert place.read_text(encoding="utf-8") == "new"


def with_room_for(size: int, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """A run whose disk takes no file that is larger."""
    return subprocess.run(
        [sys.executable, "-m", "gouji.inference", *map(str, arguments)],
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)),
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize("name", ["m.jsonl", "c.csv", "c.parquet", "p.wide.csv", "t.xlsx", "r.db"])
def test_a_disk_that_fills_is_said_and_leaves_the_earlier_output(name: str, samples: Path, tmp_path: Path):
    output = tmp_path / name
    output.write_text("of yesterday", encoding="utf-8")

    done = with_room_for(2_000, "extract", samples, "-o", output, "--overwrite")

    assert done.returncode == 2
    assert f"{output}: cannot be written: " in done.stderr
    assert "Traceback" not in done.stderr
    assert output.read_text(encoding="utf-8") == "of yesterday"


@pytest.mark.parametrize(
    "arguments",
    [
        *(
            ["panel", "m.jsonl", "-o", f"mine.{ending}"]
            for ending in ("dta", "sav", "xlsx", "csv", "parquet")
        ),
        ["check", "m.jsonl", "-o", "mine.html"],
        ["annotate", "a.txt", "--to", "doccano", "-o", "mine.jsonl"],
    ],
    ids=" ".join,
)
def test_every_command_names_the_file_that_the_disk_has_no_room_for(
    arguments: list[str], page: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(page.parent)
    gouji("extract", "a.txt", "-o", "m.jsonl")
    output = Path(arguments[-1])
    output.write_text("of yesterday", encoding="utf-8")

    done = with_room_for(500, *arguments, "--overwrite")

    assert done.returncode == 2, done.stderr
    assert f"gouji: {output}: cannot be written: " in done.stderr
    assert output.read_text(encoding="utf-8") == "of yesterday"


def test_of_a_disk_that_fills_the_whole_lines_are_kept_beside(samples: Path, tmp_path: Path):
    output = tmp_path / "m.jsonl"
    first, second = gouji("extract", samples).stdout_bytes.splitlines(keepends=True)

    done = with_room_for(len(first) + len(second) // 2, "extract", samples, "-o", output)

    assert done.returncode == 2
    assert str(part_of(output)) in done.stderr
    assert part_of(output).read_bytes() == first


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_full_disk_behind_standard_output_is_said(page: Path):
    with Path("/dev/full").open("wb") as stdout:
        done = subprocess.run(
            [sys.executable, "-m", "gouji.inference", "extract", str(page)],
            stdout=stdout,
            stderr=subprocess.PIPE,
        )

    assert done.returncode == 2
    assert b"stdout: cannot be written: No space left on device" in done.stderr
    assert b"Traceback" not in done.stderr


def test_a_pipe_is_written_to_as_it_is(page: Path):
    done = subprocess.run(
        [sys.executable, "-m", "gouji.inference", "extract", str(page), "-o", "/dev/stdout"],
        capture_output=True,
    )

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["status"] == "verified"
