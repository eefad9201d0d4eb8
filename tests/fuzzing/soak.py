"""Extract very many pages in one run of the command, and see that it answers as it did for the first.

Flow:  material -> the same files many times over -> `gouji extract` -> **answers, processes** -> faults

Each input is answered once, in order, each time alike; no process takes more memory in the last quarter than
in the second, and none is left at the end. The files are linked, not copied, under their numbers in the run,
and named each: below a folder the program would look at all before it reads one. Of what holds several pages
it is asked beforehand what they are called. What it measures is told as it goes, and of a run that is ended
with Ctrl-C or TERM, all up to there: such a run is of hours.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Any

from gouji.inference.readers import Content, Options, unpack

from .material import GOUJI

_GROWTH = 1.15  # the last quarter's peak over the second's, from which memory is not flat
_SAID_EVERY = 1000  # inputs
_EVERY = 0.5  # seconds between looks at the processes
_NAMED = re.compile(r"(\d{6})(.*)", re.DOTALL)  # what lies in an input has a name of its own behind it
_BY_THE_CLOCK = "limit of seconds"  # an error that depends on how busy the machine is

Say = Callable[[str], None]


@dataclass(slots=True)
class Peaks:
    """The most that processes held in one quarter of the run, in MB."""

    parent: int = 0
    worker: int = 0  # the largest of them

    def take(self, parent: int, workers: Sequence[int]) -> None:
        self.parent = max(self.parent, parent)
        self.worker = max([self.worker, *workers])


@dataclass(slots=True)
class Soak:
    """What came of a run."""

    inputs: int  # files that were given, and are read
    files: int  # different ones
    answers: int = 0  # objects
    statuses: Counter[str] = field(default_factory=Counter)
    peaks: list[Peaks] = field(default_factory=lambda: [Peaks() for _ in range(4)])
    seconds: float = 0.0
    answered: int = 0  # inputs
    by_the_clock: int = 0  # answers that name the limit of seconds, which need not be alike
    faults: list[str] = field(default_factory=list)

    def lines(self) -> Iterator[str]:
        """The figures, for a person."""
        statuses = ", ".join(f"{count} {status}" for status, count in self.statuses.most_common())
        of = f"{self.answered} of {self.inputs} inputs ({self.files} files)"
        yield f"{of}, {self.answers} answers in {self.seconds:.0f} s"
        yield f"statuses: {statuses}"
        yield f"{self.by_the_clock} answers hit the limit of seconds"
        for number, peak in enumerate(self.peaks, 1):
            yield f"peak at {number}/4: command {peak.parent} MB, largest worker {peak.worker} MB"
        yield f"{len(self.faults)} faults"
        yield from self.faults[:20]


def run_soak(folder: Path, inputs: int, jobs: int, limits: Sequence[str], say: Say) -> Soak:
    """Extract a folder's files over and over, in one run of `gouji extract`.

    Args:
        folder: The different files.
        inputs: How many files the run is given.
        jobs, limits: As the command takes them.
        say: Called with what came of it so far, again and again.
    """
    files = sorted(folder.iterdir())
    held = [_names_held(path) for path in files]
    with TemporaryDirectory(dir=folder.parent) as linked, TemporaryFile() as errors:
        names = _link(files, inputs, Path(linked))
        options = ["-q", "--jobs", str(jobs), *(part for limit in limits for part in ("--limit", limit))]
        run = subprocess.Popen(
            [*GOUJI, "extract", *options, *names],
            cwd=linked,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        soak = Soak(inputs, len(files))
        watch = _Watch(run.pid, soak)

        def at(number: int) -> None:
            watch.quarter = number * 4 // inputs
            if number > soak.answered and number % _SAID_EVERY == 0:
                say(watch.so_far())
            soak.answered = number

        assert run.stdout is not None
        try:
            read_answers(run.stdout, held, soak, at)
        except KeyboardInterrupt:  # the command has it too, and ends
            soak.faults.append("it was ended before its end")
        soak.seconds = watch.seconds
        run.stdout.close()  # behind a fault nobody reads on
        run.wait()
        watch.end()
        soak.faults += _last_faults(run, errors, watch)
    soak.faults += growth(soak.peaks)
    return soak


def _names_held(path: Path) -> list[str]:
    """What the answers to a file are called, one behind the other, with `{}` for its own name."""
    opened = unpack(Content("{}", path=path), Options())
    held = [each.name if isinstance(each, Content) else each.source for each in opened]
    return [name for name, _ in groupby(held)]


def _link(files: Sequence[Path], count: int, folder: Path) -> list[str]:
    """The names of that many files, which lie in a folder."""
    names = [f"{number:06}" for number in range(count)]
    for number, name in enumerate(names):
        os.link(files[number % len(files)], folder / name)
    return names


def read_answers(
    answers: Iterable[str], held: Sequence[Sequence[str]], soak: Soak, at: Callable[[int], None]
) -> None:
    """Hold every answer to what must come next; behind the first that does not, none is looked at.

    Args:
        answers: Lines of JSON.
        held: What the answers to each file are called.
        soak: Gets the counts, and the faults.
        at: Called with the number of each input that is answered.
    """
    expected = _expected(held, soak.inputs)
    first: dict[tuple[int, str], bytes] = {}  # of each page, its answer when it was read first
    for source, lines in groupby(map(json.loads, answers), key=lambda record: record["source"]):
        records = list(lines)
        soak.answers += len(records)
        soak.statuses.update(record.get("status", "error") for record in records)
        number, name = next(expected, (-1, "nothing"))
        if _own_name(source, number) != name:
            soak.faults.append(f"answer {soak.answers}: expected {name} of input {number}, found {source}")
            return
        at(number)
        _compare(first, (number % len(held), name), records, soak)
    if (left := next(expected, None)) is not None:
        soak.faults.append(f"input {left[0]} was not answered")
    else:
        soak.answered = soak.inputs


def _expected(held: Sequence[Sequence[str]], inputs: int) -> Iterator[tuple[int, str]]:
    for number in range(inputs):
        for name in held[number % len(held)]:
            yield number, name


def _own_name(source: str, number: int) -> str:
    """The name of an answer with `{}` for the file's own, where it is this input's."""
    named = _NAMED.fullmatch(source)
    return f"{{}}{named.group(2)}" if named and int(named.group(1)) == number else source


def _compare(
    first: dict[tuple[int, str], bytes], key: tuple[int, str], records: list[dict[str, Any]], soak: Soak
) -> None:
    """That a page is answered once, or once for each report of it, and as it was the first time."""
    for record in records:
        record.pop("source")
    if len(records) > 1 and any("part" not in record for record in records):
        soak.faults.append(f"{key[1]} of file {key[0]} is answered more than once")
    if any(_BY_THE_CLOCK in str(record.get("error")) for record in records):
        soak.by_the_clock += 1
        return
    digest = hashlib.sha256(json.dumps(records).encode()).digest()
    if first.setdefault(key, digest) != digest:
        soak.faults.append(f"{key[1]} of file {key[0]} is answered in another way than before")


class _Watch:
    """Looks at the memory of the command and of its processes until the command ends."""

    def __init__(self, pid: int, soak: Soak) -> None:
        self.quarter = 0
        self.seen: dict[int, str] = {}  # process -> when it began
        self._pid = pid
        self._soak = soak
        self._lately = Peaks()  # since it was asked last
        self._begun = time.monotonic()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    @property
    def seconds(self) -> float:
        return time.monotonic() - self._begun

    def so_far(self) -> str:
        """How far the run has come, and the most that was held since this was asked last."""
        soak, lately, self._lately = self._soak, self._lately, Peaks()
        counts = f"{soak.answered + 1} inputs, {soak.answers} answers, {len(soak.faults)} faults"
        memory = f"command {lately.parent} MB, largest worker {lately.worker} MB"
        return f"{counts} in {self.seconds:.0f} s; peak {memory}"

    def end(self) -> None:
        self._ended.set()
        self._thread.join()

    def left(self) -> list[int]:
        """The processes that it has seen and that are there still."""
        return [pid for pid, began in self.seen.items() if _began(pid) == began]

    def _look(self) -> None:
        while not self._ended.wait(_EVERY):
            workers = _below(self._pid)
            self.seen.update({pid: began for pid in workers if (began := _began(pid)) is not None})
            parent, sizes = _megabytes(self._pid), [_megabytes(pid) for pid in workers]
            for peaks in (self._soak.peaks[self.quarter], self._lately):
                peaks.take(parent, sizes)


def _below(pid: int) -> list[int]:
    """The processes that a process has started, and those that these have."""
    try:
        children = [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:  # it has ended
        return []
    return [each for child in children for each in (child, *_below(child))]


def _began(pid: int) -> str | None:
    """When a process that runs began; None where there is none. Its number may be another's later."""
    try:
        told = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if told[0] == "Z" else told[19]


def _megabytes(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") >> 20
    except (OSError, IndexError):
        return 0


def _last_faults(run: subprocess.Popen[str], errors: IO[bytes], watch: _Watch) -> Iterator[str]:
    if run.returncode not in (0, 1):
        yield f"the command ended with exit status {run.returncode}"
    errors.seek(0)
    for line in errors:
        if line.startswith(b"Traceback") or b"gouji failed at this page" in line:
            yield line.decode("utf-8", "replace").strip()
    yield from (f"process {pid} is left" for pid in watch.left())


def growth(peaks: Sequence[Peaks]) -> Iterator[str]:
    """Where memory is not flat."""
    second, last = peaks[1], peaks[3]
    for who, before, after in (
        ("the command", second.parent, last.parent),
        ("the largest worker", second.worker, last.worker),
    ):
        if after > before * _GROWTH:
            yield f"{who} grew from {before} MB in the second quarter to {after} MB in the last"
