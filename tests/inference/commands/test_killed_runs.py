"""A run that is killed at any moment, ten times in a row, comes out as one that nothing disturbed."""

from __future__ import annotations

import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="stubs reach forked processes only")

# The command, but that a page costs 40 ms and says what becomes of its process; states are written often.
SCRIPT = """
import os, time
from gouji.inference import extractor
from gouji.inference.cli import main
from gouji.inference.extraction import Status
from gouji.inference.outputs import resumed
from gouji.inference.result import Extraction

class Slow:
    def __init__(self, model_dir, forms): ...
    def extract(self, page):
        time.sleep(0.04)
        if "crash" in page.text:
            os.kill(os.getpid(), 11)
        if "hang" in page.text:
            time.sleep(600)
        return Extraction(page.source, page.text, None, None, None, {}, Status.NO_TABLES, (), (), ())

extractor.Extractor = Slow
resumed._EVERY = 0.05
main()
"""

KILLS = 10
PAGES = 100  # in each of a folder, a file of lines and an archive


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages in files, lines and an archive; some crash, one hangs, one file and one line are damaged."""
    folder = tmp_path_factory.mktemp("inputs")
    texts = [f"页 {number}" + " crash" * (number in (10, 41)) for number in range(PAGES)]
    for number, text in enumerate(texts):
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    (folder / "040.txt").write_text("页 hang", encoding="utf-8")
    lines = [json.dumps({"text": text}) for text in texts]
    lines[70] = '{"text": '
    (folder / "lines.jsonl").write_text("\n".join(lines), encoding="utf-8")
    (folder / "cut.gz").write_bytes(gzip.compress(random.Random(0).randbytes(9000))[:-20])
    with zipfile.ZipFile(folder / "pages.zip", "w") as archive:
        for number, text in enumerate(texts):
            archive.writestr(f"{number:03}.txt", text)
    return folder


def begun(inputs: Path, *arguments: str | Path, jobs: int = 2) -> subprocess.Popen[bytes]:
    """A run in a process group of its own."""
    options = ["--jobs", str(jobs), "--limit", "seconds=2", "-q", *map(str, arguments)]
    return subprocess.Popen(
        [sys.executable, "-c", SCRIPT, "extract", str(inputs), *options],
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


@pytest.fixture(scope="module")
def undisturbed(inputs: Path, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The lines of a run that nothing disturbs."""
    output = tmp_path_factory.mktemp("undisturbed") / "all.jsonl"
    assert begun(inputs, "-o", output).wait(60) == 1
    return output.read_bytes()


def kill_and_go_on(
    begin: Callable[[int], subprocess.Popen[bytes]], size: Callable[[], int], seed: int
) -> int:
    """Run a command, with one to three processes, until it ends by itself; what it says at its end.

    Before that it is killed as it starts up, and soon after it has written more, by turns.
    """
    chance = random.Random(seed)
    for number in range(KILLS):
        before, run, until = size(), begin(1 + number % 3), time.monotonic() + chance.random()
        while time.monotonic() < until if number % 2 else size() == before:
            assert run.poll() is None, "it ended before it was killed ten times: it needs more pages"
            time.sleep(0.005)
        time.sleep(chance.random() * 0.3)
        how = signal.SIGKILL if number % 4 else chance.choice([signal.SIGTERM, signal.SIGINT])
        os.killpg(run.pid, how)
        assert run.wait(10) != 0
    return begin(2).wait(60)


def test_one_file_comes_out_as_if_nothing_had_ended_the_run(inputs: Path, undisturbed: bytes, tmp_path: Path):
    output = tmp_path / "all.jsonl"
    part = output.with_name("all.jsonl.part")

    status = kill_and_go_on(
        lambda jobs: begun(inputs, "-o", output, "--resume", jobs=jobs),
        lambda: part.stat().st_size if part.exists() else 0,
        seed=1,
    )

    assert status == 1  # for the pages that cannot be read
    assert output.read_bytes() == undisturbed
    assert sorted(path.name for path in tmp_path.iterdir()) == ["all.jsonl", "all.jsonl.done"]


def test_shards_come_out_as_if_nothing_had_ended_the_run(inputs: Path, undisturbed: bytes, tmp_path: Path):
    folder = tmp_path / "shards"

    status = kill_and_go_on(
        lambda jobs: begun(inputs, "-o", folder, "--shards", "9", jobs=jobs),
        lambda: sum(path.stat().st_size for path in folder.glob("*.jsonl*")),
        seed=2,
    )

    shards = sorted(folder.glob("*.jsonl"))
    assert status == 1
    assert len(shards) == 9
    assert b"".join(path.read_bytes() for path in shards) == undisturbed
    assert {path.name for path in folder.iterdir()} == {
        "plan.json",
        *(f"{path.name}{mark}" for path in shards for mark in ("", ".done")),
    }


def test_the_poison_of_these_inputs_is_answered_in_its_place(undisturbed: bytes):
    records = [json.loads(line) for line in undisturbed.splitlines()]

    errors = [record["error"] for record in records if "error" in record]
    assert len(records) == 3 * PAGES + 1
    assert sum("SIGSEGV" in error for error in errors) == 6
    assert sum("limit of seconds" in error for error in errors) == 1
    assert sum("no JSON" in error for error in errors) == 1
    assert sum("cut off" in error for error in errors) == 1
    assert len(errors) == 9
