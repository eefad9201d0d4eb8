"""No command reads a pipe, a socket or a device that is named as an input: none waits, none is emptied."""

from __future__ import annotations

import json
import os
import signal
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from gouji.annotations.truth import TruthError, load_truths
from gouji.inference.cli import main

WAITING = 20  # seconds after which a command is taken for one that waits

pytestmark = pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")

MEASURED = ["--pages", "samples/pages", "--truth", "samples/truth"]


@pytest.fixture
def pipe(samples: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """A named pipe, `pipe`, that holds something and is never at its end; beside it answers, `m.jsonl`."""
    monkeypatch.chdir(tmp_path)
    Path("samples").symlink_to(samples.parent)
    Path("a.txt").write_bytes((samples / "yunling_2022__lines.txt").read_bytes())
    gouji("extract", "a.txt", "-o", "m.jsonl")
    os.mkfifo("pipe")
    end = os.open("pipe", os.O_RDWR | os.O_NONBLOCK)
    os.write(end, b"told once")
    signal.signal(signal.SIGALRM, _waits)
    signal.alarm(WAITING)
    yield end
    signal.alarm(0)
    os.close(end)


def _waits(number: int, frame: object) -> None:
    raise TimeoutError("it waits")


def gouji(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.mark.parametrize(
    "arguments",
    [
        ["extract", "pipe"],
        ["extract", "--files-from", "pipe"],
        ["extract", "a.txt", "--forms", "pipe"],
        ["extract", "a.txt", "--corrections", "pipe"],
        ["show", "pipe"],
        ["text", "pipe"],
        ["view", "pipe", "--html", "look"],
        ["check", "pipe"],
        ["check", "m.jsonl", "--aliases", "pipe"],
        ["panel", "pipe", "-o", "p.csv"],
        ["panel", "m.jsonl", "-o", "p.csv", "--series", "pipe"],
        ["convert", "pipe"],
        ["evaluate", *MEASURED, "--against", "pipe"],
        ["evaluate", *MEASURED, "--index", "pipe"],
        ["evaluate", "--labelled", "pipe"],
        ["benchmark", "pipe"],
        ["settling", *MEASURED, "--index", "pipe"],
        ["ablate", *MEASURED, "--index", "pipe"],
        ["mutate", *MEASURED, "--index", "pipe"],
        ["annotate", "pipe", "--to", "jsonl"],
        ["annotations", "import", "pipe", "--from", "doccano"],
        ["annotations", "from-corrections", "pipe", "a.txt"],
        ["train", "pipe"],
        ["calibrate", "pipe", "--out", "there"],
    ],
    ids=" ".join,
)
def test_a_pipe_that_is_named_is_refused_and_keeps_what_it_holds(pipe: int, arguments: list[str]):
    refused = gouji(*arguments)

    assert refused.exit_code in (1, 2), refused.output
    assert "pipe: " in refused.stderr
    assert not isinstance(refused.exception, TimeoutError)
    assert os.read(pipe, 100) == b"told once"


@pytest.mark.parametrize("command", ["view", "check"])
def test_a_pipe_that_an_answer_names_as_its_page_is_not_read(pipe: int, command: str):
    answer = json.loads(Path("m.jsonl").read_text(encoding="utf-8")) | {"source": "pipe"}
    Path("m.jsonl").write_text(json.dumps(answer), encoding="utf-8")

    done = gouji(command, "m.jsonl", *(["--html", "look"] if command == "view" else []))

    assert done.exit_code == 0, done.output
    assert os.read(pipe, 100) == b"told once"


def test_a_pipe_among_truths_is_a_fault(pipe: int):
    os.rename("pipe", "a.json")

    with pytest.raises(TruthError, match=r"a\.json: is a pipe, no file"):
        load_truths(Path())


@pytest.mark.parametrize("name", ["socket", "/dev/zero"])
def test_sockets_and_devices_are_refused_as_pipes_are(pipe: int, name: str):
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("socket")

        refused = gouji("convert", name)

    assert refused.exit_code == 2
    assert f"{name}: is a {'socket' if name == 'socket' else 'device'}, no file" in refused.stderr
