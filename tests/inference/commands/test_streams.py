"""A standard stream that is closed, full, or read no further is said in words, by every command."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

COMMANDS = [
    ["extract", "a.txt"],
    ["show", "a.txt"],
    ["text", "a.txt"],
    ["convert", "m.jsonl"],
    ["check", "m.jsonl"],
    ["check", "m.jsonl", "--format", "md"],
    ["panel", "m.jsonl", "-o", "p.csv"],
    ["forms", "--format", "json"],
    ["annotate", "a.txt", "--to", "jsonl"],
    ["annotations", "config", "doccano"],
    ["--help"],
]


@pytest.fixture
def folder(samples: Path, tmp_path: Path) -> Path:
    """A page, and its answer."""
    (tmp_path / "a.txt").write_bytes((samples / "yunling_2022__lines.txt").read_bytes())
    assert run(tmp_path, ["extract", "a.txt", "-o", "m.jsonl"]).returncode == 0
    return tmp_path


def run(
    folder: Path,
    arguments: list[str],
    *,
    stdout: int = subprocess.PIPE,
    first: Callable[[], None] | None = None,
) -> subprocess.CompletedProcess[bytes]:
    """A run of the command; `first` is done in its process before it begins."""
    command = [sys.executable, "-m", "gouji.inference", *arguments]
    return subprocess.run(command, cwd=folder, stdout=stdout, stderr=subprocess.PIPE, preexec_fn=first)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_stdout_that_is_full_is_said(folder: Path, arguments: list[str]):
    full = os.open("/dev/full", os.O_WRONLY)

    done = run(folder, arguments, stdout=full)
    os.close(full)

    assert done.returncode == 2, done.stderr
    assert b"gouji: stdout: cannot be written: No space left on device" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("arguments", [COMMANDS[0], COMMANDS[3], COMMANDS[-1]], ids=" ".join)
def test_a_stdout_that_is_closed_is_said(folder: Path, arguments: list[str]):
    done = run(folder, arguments, first=lambda: os.close(1))

    assert done.returncode == 2
    assert b"gouji: stdout: cannot be written: " in done.stderr
    assert b"Traceback" not in done.stderr


def test_nothing_that_is_printed_gets_into_an_output_that_has_the_number_of_a_closed_stream(folder: Path):
    done = run(folder, ["convert", "m.jsonl", "-o", "n.jsonl"], first=lambda: os.closerange(0, 3))

    assert done.returncode == 0
    assert (folder / "n.jsonl").read_bytes() == (folder / "m.jsonl").read_bytes()


@pytest.mark.parametrize("arguments", [COMMANDS[2], COMMANDS[3], COMMANDS[7]], ids=" ".join)
def test_a_reader_that_has_seen_enough_ends_the_command_without_a_word(folder: Path, arguments: list[str]):
    reads, writes = os.pipe()
    os.close(reads)

    done = run(folder, arguments, stdout=writes)
    os.close(writes)

    assert done.returncode == 1
    assert done.stderr == b""
