"""One training from the workbench: the commands that it takes, one after the other, each its own process.

Flow:  labelled pages -> **gouji train, synthesize, evaluate** -> a model, and what it brought

It is what a person would type, so that the figures are those of the command line. Nothing of it runs in the
service; where it is stopped, all its processes end, and where the service is killed, too.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from gouji.inference.serve.settings import Settings
from gouji.model.errors import GoujiError

LABELLED, ASIDE, MADE_UP, MODEL, LOG = "labelled.jsonl", "aside.jsonl", "made_up.jsonl", "model", "log.txt"
MADE_UP_PAGES = 40  # of flatteners that no training sees: what else was known must not be forgotten
_MADE_UP_SEED = 2_000_000  # neither trained on nor scored on by `gouji train`
_STEP = re.compile(r"step (\d+) of (\d+)")
_PACKAGES = ("torch", "transformers", "datasets", "accelerate", "onnx", "onnxscript", "nervaluate", "sklearn")
PROGRAM = (sys.executable, "-m", "gouji.inference")
_LEASH = (sys.executable, "-m", "gouji.inference.serve.leash")
_END = 5.0  # seconds in which a process that is stopped may end by itself

Tell = Callable[[str, float | None], None]  # what is done, and how much of it: 0..1, or not known


class TrainingFault(GoujiError):
    """A command failed; the message is its own."""


class Stopped(GoujiError):
    """A person stopped it, or the service ends."""


def missing_packages() -> tuple[str, ...]:
    """What training and its evaluation need and is not installed."""
    return tuple(name for name in _PACKAGES if find_spec(name) is None)


class TrainingRun:
    """The commands of one training.

    Args:
        folder: Its own; holds the labelled pages, gets all else.
        settings: The service's: the model that is trained on, and measured before; its forms.
        tell: Hears how far it is.
    """

    def __init__(self, folder: Path, settings: Settings, tell: Tell) -> None:
        self._folder = folder
        self._base = settings.model_dir  # None: the shipped one
        self._forms = [word for form in settings.forms for word in ("--forms", str(form))]
        self._synthetic = [] if settings.synthetic is None else ["--synthetic", str(settings.synthetic)]
        self._tell = tell
        self._process: subprocess.Popen[str] | None = None
        self._is_stopped = False

    def work(self) -> dict[str, Any]:
        """Train, and measure before and after; returns the summaries of `gouji evaluate`, by pages and model.

        Raises:
            TrainingFault: A command failed.
            Stopped: `stop` was called.
        """
        self._train()
        self._tell("measuring", None)
        held_out = ["--held-out", "--count", str(MADE_UP_PAGES), "--seed", str(_MADE_UP_SEED)]
        self._run("synthesize", *held_out, "-o", str(self._folder / MADE_UP))
        measured = [("aside", self._folder / ASIDE)] if self.aside else []
        return {
            name: {"before": self._measured(pages, self._base), "after": self._measured(pages, self.model)}
            for name, pages in [*measured, ("made_up", self._folder / MADE_UP)]
        }

    @property
    def model(self) -> Path:
        """The folder of the model that was trained."""
        return self._folder / MODEL

    @property
    def aside(self) -> int:
        """How many labelled pages it was measured on and did not learn from."""
        return (self._folder / ASIDE).read_bytes().count(b"\n")

    def stop(self) -> None:
        """End it, with every process that it has started."""
        self._is_stopped = True
        if self._process is not None:
            _end(self._process)

    def _train(self) -> None:
        self._tell("preparing", None)
        base = "shipped" if self._base is None else str(self._base)
        files = [str(self._folder / LABELLED), "--aside", str(self._folder / ASIDE), "--out", str(self.model)]
        for line in self._lines("train", *files, *self._synthetic, "--from", base, *self._forms):
            if (found := _STEP.search(line)) is not None:
                self._tell("training", int(found[1]) / int(found[2]))

    def _measured(self, pages: Path, model: Path | None) -> Any:
        named = [] if model is None else ["--model", str(model)]
        summary = json.loads(self._run("evaluate", "--labelled", str(pages), "--json", *named, *self._forms))
        return {key: value for key, value in summary.items() if key not in ("faults", "confusion")}

    def _run(self, *arguments: str) -> str:
        """What a command prints."""
        for _ in self._lines(*arguments):
            pass
        return (self._folder / "printed").read_text(encoding="utf-8")

    def _lines(self, *arguments: str) -> Iterator[str]:
        """The lines that a command tells of its progress; what it prints stands in a file behind."""
        if self._is_stopped:
            raise Stopped("stopped")
        last: Sequence[str] = ()
        with (self._folder / "printed").open("w") as printed, (self._folder / LOG).open("a") as log:
            log.write(f"$ gouji {' '.join(arguments)}\n")
            self._process = subprocess.Popen(
                [*_LEASH, *PROGRAM, *arguments],
                stdin=subprocess.PIPE,  # closed when this process ends, however it does
                stdout=printed,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                errors="replace",
                start_new_session=True,  # what it starts ends with it
            )
            if self._is_stopped:  # while it was started
                _end(self._process)
            assert self._process.stderr is not None
            for line in self._process.stderr:
                log.write(line)
                log.flush()
                last = [*last, line.strip()][-3:]
                yield line
            status = self._process.wait()
        if self._is_stopped:
            raise Stopped("stopped")
        if status:
            raise TrainingFault(f"gouji {arguments[0]} failed ({status}): {' '.join(last)}")


def _end(process: subprocess.Popen[str]) -> None:
    """End a process, and on POSIX all that it has started: first it may do so itself."""
    for is_last in (False, True):
        with suppress(OSError):
            if os.name == "posix":
                os.killpg(process.pid, signal.SIGKILL if is_last else signal.SIGTERM)
            else:
                process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(_END)
            return
