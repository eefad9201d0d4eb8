"""A Ray cluster of two nodes gives the rows of one machine, whatever is killed and whatever a page does."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from . import poison

pyarrow = pytest.importorskip("pyarrow")
parquet = pytest.importorskip("pyarrow.parquet")
pytest.importorskip("ray", reason="the extra ray is not installed: pip install 'gouji[ray]'")

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc")

STORE = 80 << 20  # bytes of each node's object store
SECONDS = 120  # at most, for a run on a busy machine


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("ray")


@pytest.fixture(scope="module")
def surroundings(folder: Path) -> Mapping[str, str]:
    return poison.surroundings(folder, RAY_USAGE_STATS_ENABLED="0", RAY_AUTH_MODE="disabled")


@pytest.fixture(scope="module")
def inputs(folder: Path, samples: Path) -> Path:
    """Pages with poison in several groups of rows; two texts are no UTF-8."""
    texts = [text.encode("utf-8", "surrogatepass") for text in poison.pages(samples)]
    texts[24] = b"\xff\xfe\xfd" * 40
    offsets = [0]
    for text in texts:
        offsets.append(offsets[-1] + len(text))
    column = pyarrow.StringArray.from_buffers(
        len(texts), pyarrow.array(offsets, pyarrow.int32()).buffers()[1], pyarrow.py_buffer(b"".join(texts))
    )
    path = folder / "pages.parquet"
    table = pyarrow.table({"text": column, "id": list(range(len(texts)))})
    parquet.write_table(table, path, row_group_size=9)
    return path


@pytest.fixture(scope="module")
def of_one_machine(inputs: Path, folder: Path, surroundings: Mapping[str, str]) -> list[str]:
    """The lines of `gouji extract` without an engine."""
    output = folder / "one.jsonl"
    run = begun(surroundings, inputs, "-o", output, "--jobs", "1")
    assert run.wait(SECONDS) == 1
    return output.read_text("utf-8").splitlines()


@pytest.fixture(scope="module")
def cluster(surroundings: Mapping[str, str]) -> Iterator[str]:
    """The address of two raylets, each with one processor."""
    from ray.cluster_utils import Cluster

    with pytest.MonkeyPatch.context() as patch:
        for name, value in surroundings.items():
            patch.setenv(name, value)
        node = {"num_cpus": 1, "object_store_memory": STORE, "include_dashboard": False}
        nodes = Cluster(initialize_head=True, head_node_args=node)
        nodes.add_node(num_cpus=1, object_store_memory=STORE)
        try:
            yield nodes.address
        finally:
            nodes.shutdown()


def begun(surroundings: Mapping[str, str], *arguments: str | Path, **more: str) -> subprocess.Popen[bytes]:
    """`gouji extract`, in a process group of its own."""
    command = [sys.executable, "-m", "gouji.inference", "extract", *map(str, arguments)]
    return subprocess.Popen(
        [*command, "--limit", poison.LIMIT, "-q"],
        env={**surroundings, **more},
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def answers_in(shards: Path) -> list[str]:
    tables = [parquet.read_table(path) for path in sorted(shards.glob("*.parquet"))]
    return [answer for table in tables for answer in table["answer"].to_pylist()]


def marks_in(shards: Path) -> list[Path]:
    return sorted(shards.glob("*.done"))


def wait_for(is_so: Callable[[], bool], run: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + SECONDS
    while not is_so():
        assert run.poll() is None, "the run ended before anything was killed: it needs more pages"
        assert time.monotonic() < until
        time.sleep(0.02)


def actors() -> list[int]:
    """The processes of Ray that write shards."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if path.read_bytes().startswith(b"ray::MapWorker"):
                found.append(int(path.parent.name))
        except OSError:  # it has ended
            continue
    return found


def test_the_poison_is_answered_in_its_place(of_one_machine: list[str]):
    errors = {number: json.loads(line).get("error", "") for number, line in enumerate(of_one_machine)}

    assert {number for number, error in errors.items() if error} == {5, 20, 22, 24, 30, 41}
    assert "SIGSEGV" in errors[5]
    assert "limit of seconds" in errors[20]
    assert json.loads(of_one_machine[3])["status"] == "verified"


def test_two_nodes_of_which_a_worker_is_killed_give_the_rows_of_one_machine(
    cluster: str, inputs: Path, of_one_machine: list[str], surroundings: Mapping[str, str], tmp_path: Path
):
    out = tmp_path / "out"
    run = begun(surroundings, "--engine", "ray", inputs, "-o", out, "--shards", "6", RAY_ADDRESS=cluster)
    wait_for(lambda: len(marks_in(out)) > 0, run)
    killed = actors()
    os.kill(killed[0], signal.SIGKILL)

    assert run.wait(SECONDS) == 1  # for the pages that cannot be read
    assert len(killed) == 2
    assert answers_in(out) == of_one_machine
    assert {path.name for path in out.iterdir()} == {
        "plan.json",
        *(f"{number:05}.parquet{mark}" for number in range(6) for mark in ("", ".done")),
    }


def test_the_same_command_goes_on_where_all_was_killed(
    cluster: str, inputs: Path, of_one_machine: list[str], surroundings: Mapping[str, str], tmp_path: Path
):
    out = tmp_path / "out"
    arguments = ("--engine", "ray", inputs, "-o", out, "--shards", "6")
    run = begun(surroundings, *arguments, RAY_ADDRESS=cluster)
    wait_for(lambda: len(marks_in(out)) > 1, run)
    os.killpg(run.pid, signal.SIGKILL)
    run.wait()
    earlier = {path: path.stat().st_mtime_ns for path in marks_in(out)}

    again = begun(surroundings, *arguments, RAY_ADDRESS=cluster)

    assert again.wait(SECONDS) == 1
    assert answers_in(out) == of_one_machine
    assert {path: path.stat().st_mtime_ns for path in earlier} == earlier


PIPELINE = """
import json, sys
import ray
from gouji.inference.engines.ray_data import ReportRows

ray.init(logging_level="error")
ray.data.DataContext.get_current().enable_progress_bars = False
pages = ray.data.read_parquet(sys.argv[1], override_num_blocks=4)
actors = ray.data.ActorPoolStrategy(size=1)  # the other processor reads
answers = pages.map_batches(
    ReportRows,
    fn_constructor_kwargs={"limits": [sys.argv[2]]},
    batch_format="pyarrow",
    batch_size=8,
    compute=actors,
)
rows = sorted(answers.take_all(), key=lambda row: row["id"])
with open(sys.argv[3], "w", encoding="utf-8") as file:  # the cluster's own log goes to the output
    json.dump([[row["id"], row["gouji_status"], row["gouji_answer"]] for row in rows], file)
"""


def test_a_pipeline_of_ones_own_gets_a_row_for_each_page_and_an_exception_for_none(
    cluster: str, inputs: Path, of_one_machine: list[str], surroundings: Mapping[str, str], tmp_path: Path
):
    output = tmp_path / "rows.json"
    run = subprocess.run(
        [sys.executable, "-c", PIPELINE, str(inputs), poison.LIMIT, str(output)],
        env={**surroundings, "RAY_ADDRESS": cluster},
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )

    assert run.returncode == 0, run.stderr
    rows = json.loads(output.read_text("utf-8"))
    assert [number for number, _, _ in rows] == list(range(len(of_one_machine)))
    for (_, status, answer), line in zip(rows, of_one_machine, strict=True):
        expected = json.loads(line)
        assert status == expected.get("status", "error")
        if "error" not in expected or "row" not in expected["error"]:
            assert json.loads(answer) == {**expected, "source": "<row>"}
