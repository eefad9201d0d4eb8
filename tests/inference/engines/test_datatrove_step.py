"""datatrove gives the answers of one machine, whatever is killed and whatever a page does."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from . import poison

pytest.importorskip(
    "datatrove", reason="the extra datatrove is not installed: pip install 'gouji[datatrove]'"
)
pytest.importorskip("orjson", reason="datatrove's writer of JSON lines needs orjson")

from datatrove.data import Document

from gouji.inference.engines.datatrove_step import GoujiExtractor

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="poison reaches forked processes only")

TASKS = 2
SECONDS = 120  # at most, for a run on a busy machine
PIPELINE = """
import json, sys
from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.writers.jsonl import JsonlWriter
from gouji.inference.engines.datatrove_step import GoujiExtractor

def pages(data, rank=0, world_size=1):
    with open(sys.argv[1]) as file:
        for number, line in enumerate(file):
            if number % world_size == rank:
                page = json.loads(line)
                yield Document(page["text"], f"page-{number}", metadata={"url": page["url"]})

if __name__ == "__main__":
    writer = JsonlWriter(sys.argv[2], output_filename="${rank}.jsonl", compression=None)
    pipeline = [pages, GoujiExtractor(limits=[sys.argv[4]]), writer]
    LocalPipelineExecutor(pipeline, tasks=2, workers=2, logging_dir=sys.argv[3]).run()
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("datatrove")


@pytest.fixture(scope="module")
def surroundings(folder: Path) -> Mapping[str, str]:
    return poison.surroundings(folder)


@pytest.fixture(scope="module")
def inputs(folder: Path, samples: Path) -> Path:
    texts = poison.pages(samples)
    texts[30] = "页"  # of a blank one the reader of lines says where it stands
    records = [{"url": f"https://example.cn/{number}", "text": text} for number, text in enumerate(texts)]
    path = folder / "pages.jsonl"
    path.write_text("".join(json.dumps(record) + "\n" for record in records), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def of_one_machine(inputs: Path, surroundings: Mapping[str, str]) -> list[str]:
    """The lines of `gouji extract`."""
    command = [sys.executable, "-m", "gouji.inference", "extract", str(inputs), "-q", "--limit", poison.LIMIT]
    run = subprocess.run(command, env=surroundings, capture_output=True, timeout=SECONDS, check=False)
    assert run.returncode == 1
    return run.stdout.decode("utf-8").splitlines()


def begun(inputs: Path, out: Path, surroundings: Mapping[str, str]) -> subprocess.Popen[bytes]:
    """The pipeline, in a process group of its own."""
    script = out / "pipeline.py"
    out.mkdir(exist_ok=True)
    script.write_text(PIPELINE, encoding="utf-8")
    command = [sys.executable, script, inputs, out / "answers", out / "logs", poison.LIMIT]
    return subprocess.Popen(
        list(map(str, command)), env=surroundings, stderr=subprocess.DEVNULL, start_new_session=True
    )


def documents_in(out: Path) -> list[list[dict[str, object]]]:
    """What each task has written."""
    files = sorted((out / "answers").glob("*.jsonl"))
    return [[json.loads(line) for line in path.read_text("utf-8").splitlines()] for path in files]


def test_tasks_that_are_killed_are_done_again_and_give_the_answers_of_one_machine(
    inputs: Path, of_one_machine: list[str], surroundings: Mapping[str, str], tmp_path: Path
):
    out = tmp_path / "out"
    run = begun(inputs, out, surroundings)
    until = time.monotonic() + SECONDS
    while not list((out / "logs" / "completions").glob("*")):
        assert run.poll() is None, "the run ended before it was killed: it needs more pages"
        assert time.monotonic() < until
        time.sleep(0.02)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    (completed,) = (out / "logs" / "completions").glob("*")
    earlier = (out / "answers" / f"{completed.name}.jsonl").stat().st_mtime_ns

    again = begun(inputs, out, surroundings)

    assert again.wait(SECONDS) == 0
    written = documents_in(out)
    assert (out / "answers" / f"{completed.name}.jsonl").stat().st_mtime_ns == earlier
    assert (
        [
            [document["metadata"]["gouji_answer"] for document in documents]  # type: ignore[index]
            for documents in written
        ]
        == [of_one_machine[task::TASKS] for task in range(TASKS)]
    )


def test_a_document_that_cannot_be_read_stays_and_one_of_several_reports_goes_on_for_each(samples: Path):
    report = (samples / "yunling_2022__lines.txt").read_text(encoding="utf-8")
    texts = [" ", report, f"{report}\n{report.replace('2022', '2023')}", "半 \ud800", None]
    documents = [
        Document(text, f"page-{number}", metadata={"kept": number}) for number, text in enumerate(texts)
    ]

    found = list(GoujiExtractor().run(documents))

    assert [document.id for document in found] == [
        "page-0",
        "page-1",
        "page-2",
        "page-2/2",
        "page-3",
        "page-4",
    ]
    assert [document.metadata["gouji_status"] for document in found] == [
        "error", "verified", "verified", "verified", "error", "error"
    ]  # fmt: skip
    assert [document.metadata["kept"] for document in found] == [0, 1, 2, 2, 3, 4]
    assert found[0].metadata["gouji_error"].startswith("is empty; expected the text of a report")
    assert json.loads(found[3].metadata["gouji_answer"])["part"] == 2
    assert found[4].text == "半 \ufffd"
