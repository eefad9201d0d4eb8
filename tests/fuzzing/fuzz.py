"""Fuzz one target with Atheris for some time, and keep every input at which it fails.

Flow:  material -> seeds -> **Atheris -> made -> checked** -> findings, figures

A finding is an exception that is no error of the project's, a broken promise, more than `SECONDS` of
processor time, or more than `MEMORY`. It is kept once for each place in the program where it is raised, and
fuzzing goes on; where the process itself dies it is started again with what it had collected.
"""

from __future__ import annotations

import hashlib
import pkgutil
import re
import resource
import signal
import subprocess
import sys
import time
import traceback
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .targets import Target

SECONDS = 10  # of processor time that one input may take; Atheris takes half of them
MEMORY = 512 << 20  # bytes that one input may add to the most that was held before

_HANGS = 60  # seconds without an answer after which the process is stopped: it is in a library
_MAPPED = 8 << 30  # bytes
_SEEDS = 60  # files; more take longer to read once than is left to change them
_ARCHIVES = 4  # whose parts are changed
_STEP = re.compile(r"^#(\d+)\s.*cov: (\d+) ", re.MULTILINE)
_EXECUTED = re.compile(r"stat::number_of_executed_units:\s+(\d+)")


@dataclass(frozen=True, slots=True)
class Fuzzed:
    """What came of a target."""

    target: str
    minutes: float
    executions: int
    coverage: int  # branches of the program that were taken, as Atheris counts them
    findings: int

    def line(self) -> str:
        """The figures, for a person."""
        return (
            f"{self.target}: {self.executions} executions in {self.minutes:.1f} minutes,"
            f" coverage {self.coverage}, {self.findings} findings"
        )


def fuzz(name: str, material: Path, work: Path, seconds: int) -> Fuzzed:
    """Fuzz a target.

    Args:
        name: The target.
        material: The folder of files that it begins with.
        work: Keeps the inputs that reached something new, and in `findings` those that failed.
        seconds: How long.
    """
    home = work / name
    for folder in ("corpus", "seeds", "findings"):
        (home / folder).mkdir(parents=True, exist_ok=True)
    begun, executions, coverage = time.monotonic(), 0, 0
    while (left := int(seconds - (time.monotonic() - begun))) > 0:
        command = [sys.executable, "-m", "tests.fuzzing.fuzz", name, str(material), str(home), str(left)]
        run = subprocess.run(command, stderr=subprocess.PIPE, text=True, errors="replace", check=False)
        steps, executed = _STEP.findall(run.stderr), _EXECUTED.search(run.stderr)
        if not steps:
            raise SystemExit(f"{name}: Atheris does not run:\n{run.stderr[-2000:]}")
        executions += int(executed[1] if executed else steps[-1][0])
        coverage = max([coverage, *(int(reached) for _, reached in steps)])
    minutes = (time.monotonic() - begun) / 60
    findings = [path for path in (home / "findings").iterdir() if path.suffix != ".error"]
    return Fuzzed(name, minutes, executions, coverage, len(findings))


class TooSlow(BaseException):
    """One input takes too much time; no `except Exception` may hold it up."""


def _fuzz_here(name: str, material: Path, home: Path, seconds: int) -> None:
    """What the process does that is fuzzed; it ends with it."""
    import atheris

    import gouji.inference

    with atheris.instrument_imports(include=["gouji"]):
        readers = f"{gouji.inference.__path__[0]}/readers"
        for module in pkgutil.walk_packages([readers], "gouji.inference.readers."):
            import_module(module.name)  # where a file needs it, it would not be instrumented
        from .targets import TARGETS
    target, findings = TARGETS[name], home / "findings"
    _lay_seeds(target, material, home / "seeds")
    resource.setrlimit(resource.RLIMIT_AS, (_MAPPED, _MAPPED))
    signal.signal(signal.SIGPROF, _too_slow)

    def one_input(data: bytes) -> None:
        made, before = target.made(data), _peak()
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        try:
            target.check(made)
        except (Exception, TooSlow) as error:
            _keep(made, error, findings)
        finally:
            signal.setitimer(signal.ITIMER_PROF, 0)
        if _peak() - before > MEMORY:
            _keep(made, MemoryError(f"{_peak() - before >> 20} MB more than before"), findings)

    flags = {
        "max_total_time": seconds,
        "max_len": target.largest,
        "timeout": _HANGS,
        "rss_limit_mb": 0,
        "report_slow_units": 10 * _HANGS,  # by the clock: what is slow is told above
        "artifact_prefix": f"{findings}/",
        "print_final_stats": 1,
    }
    given = [f"-{flag}={value}" for flag, value in flags.items()]
    atheris.Setup([sys.argv[0], *given, str(home / "corpus"), str(home / "seeds")], one_input)
    atheris.Fuzz()


def _too_slow(number: int, frame: object) -> None:
    raise TooSlow(f"more than {SECONDS} s of processor time")


def _peak() -> int:
    """The most memory that this process has held, in bytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss << 10


def _keep(data: bytes, error: BaseException, folder: Path) -> None:
    """Keep an input and where it failed, once for each kind of error and place."""
    frames = traceback.extract_tb(error.__traceback__)
    last = next((frame for frame in reversed(frames) if "gouji" in frame.filename), None)
    is_anywhere = last is None or isinstance(error, RecursionError | TooSlow)  # where it happens to be
    place = "" if last is None else Path(last.filename).stem
    name = f"{type(error).__name__}-{place}" + ("" if is_anywhere or last is None else f"-{last.lineno}")
    if not (folder / f"{name}.error").exists():
        (folder / name).write_bytes(data)
        (folder / f"{name}.error").write_text("".join(traceback.format_exception(error)), encoding="utf-8")


def _lay_seeds(target: Target, material: Path, folder: Path) -> None:
    """Some of the files of the target's endings, small ones and large ones, and what it has itself."""
    files = [path for path in sorted(material.iterdir()) if path.suffix.lstrip(".") in target.endings]
    files.sort(key=lambda path: path.stat().st_size)
    for data in _seeds(target, files):
        (folder / hashlib.sha256(data).hexdigest()[:16]).write_bytes(data[: target.largest])
    if not any(folder.iterdir()):
        endings = ", ".join(target.endings)
        raise SystemExit(
            f"{material}: no file to begin with; expected some of {endings} (LibreOffice makes some)"
        )


def _seeds(target: Target, files: list[Path]) -> Iterator[bytes]:
    if target.parts is not None:
        target.parts.archives += [path.read_bytes() for path in files if _is_whole(path)][:_ARCHIVES]
        yield from target.parts.seeds()
    else:
        yield from (path.read_bytes() for path in files[:: max(1, len(files) // _SEEDS)])
    if target.seeds is not None:
        yield from target.seeds()


def _is_whole(path: Path) -> bool:
    """Whether an archive is not damaged."""
    try:
        with zipfile.ZipFile(path) as archive:
            return archive.testzip() is None
    except Exception:  # whatever the damage raises
        return False


if __name__ == "__main__":
    _fuzz_here(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
