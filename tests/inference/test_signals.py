"""Whatever ends a run, Ctrl-C, TERM or the parent's own death, ends all its processes at once."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked up in /proc")

# The command, but that the text of a page says how its extraction goes on for ever, and marks that it does.
SCRIPT = """
import sys, time
from pathlib import Path
from gouji.inference import extractor
from gouji.inference.cli import main

class Hangs:
    def __init__(self, model_dir, forms): ...
    def extract(self, page):
        Path(page.source).with_suffix(".begun").touch()
        if "asleep" in page.text:
            time.sleep(600)
        while True:
            pass

extractor.Extractor = Hangs
main()
"""


@contextmanager
def a_run_that_hangs(tmp_path: Path, jobs: int) -> Iterator[subprocess.Popen[bytes]]:
    """A run of two pages that both hang, one in sleep and one in work, seen to do so."""
    pages = [tmp_path / "asleep.txt", *(tmp_path / f"busy{number}.txt" for number in range(20))]
    for page in pages:
        page.write_text(page.stem, encoding="utf-8")
    arguments = ["extract", *map(str, pages), "--jobs", str(jobs), "-o", str(tmp_path / "out.jsonl")]
    with subprocess.Popen([sys.executable, "-c", SCRIPT, *arguments]) as run:
        try:
            until(lambda: len(list(tmp_path.glob("*.begun"))) == jobs, 60)
            yield run
        finally:
            run.kill()


def until(is_so: Callable[[], bool], seconds: float) -> None:
    """Wait for something; fail where it does not come about."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.02)


def children(parent: int) -> set[int]:
    """The processes that a process has started."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            _, _, rest = stat.read_text().rpartition(")")
        except OSError:
            continue
        if int(rest.split()[1]) == parent:
            found.add(int(stat.parent.name))
    return found


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_a_run_that_is_ended_leaves_no_process_behind_though_its_pages_hang(
    tmp_path: Path, number: signal.Signals, jobs: int
):
    with a_run_that_hangs(tmp_path, jobs) as run:
        started = children(run.pid)
        assert len(started) == 1 + jobs

        run.send_signal(number)
        status = run.wait(2)

        until(lambda: not any(Path(f"/proc/{each}").exists() for each in started), 2)
        assert status == {signal.SIGINT: 1, signal.SIGTERM: 143}.get(number, -number)
