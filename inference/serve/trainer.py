"""The trainings of a workbench, kept with what each brought, and the model in use.

Flow:  labelled pages -> **trainings** -> FOLDER/training/ID/{state.json, model, …} -> page of the trainings

One runs at a time, beside the service. Each starts from the service's own model, with all labelled pages:
one that went on from an earlier training would be measured on issuers that were learnt from there. A model
that was trained is used by nobody until a person says so: FOLDER/model.json names it then, for the next
service too.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gouji.annotations.pages import LabelledPage, write_labelled_pages
from gouji.inference.outputs.files import beside
from gouji.inference.serve.settings import Settings
from gouji.inference.serve.training_run import LABELLED, MODEL, Stopped, TrainingRun, missing_packages
from gouji.inference.settling.answers import now
from gouji.model.errors import GoujiError

FOLDER = "training"
CHOSEN = "model.json"
_STATE = "state.json"


class NotTrained(GoujiError):
    """Nothing can be trained, or used, as it was asked."""


@dataclass(frozen=True, slots=True)
class Training:
    """One training, running or over."""

    id: str
    begun: str  # ISO 8601, UTC
    by: str
    pages: int  # labelled pages, those kept aside among them
    state: str = "running"  # or done, stopped, failed
    doing: str = "preparing"  # then training, measuring
    done: float | None = None  # how much of that, 0..1
    fault: str | None = None
    aside: int = 0  # of the pages: those of issuers that it did not learn from
    measured: dict[str, Any] = field(default_factory=dict)  # pages -> before, after -> their summary


class Trainer:
    """All trainings of a workbench.

    Args:
        settings: The service's: its folder, the model that it was told to use, its forms.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = settings.folder / FOLDER
        self._chosen = settings.folder / CHOSEN
        self._given = settings.model_dir  # None: the shipped one, or the one that was chosen
        self._lock = threading.Lock()
        self._run: TrainingRun | None = None
        self._now: Training | None = None
        for each in self.all():
            if each.state == "running":  # its service was killed
                self._keep(replace(each, state="stopped"))

    def all(self) -> list[Training]:
        """Every training, the last one first."""
        found = []
        for path in self._folder.glob(f"*/{_STATE}"):
            with suppress(OSError, ValueError, TypeError):
                found.append(Training(**json.loads(path.read_text(encoding="utf-8"))))
        running = self._now
        told = [running if running is not None and running.id == each.id else each for each in found]
        return sorted(told, key=lambda training: training.id, reverse=True)

    def running(self) -> Training | None:
        """The one that runs now."""
        return self._now

    def model_in_use(self) -> str | None:
        """The training whose model was chosen; None: the model that the service came with."""
        if self._given is None:
            with suppress(OSError, ValueError, KeyError, TypeError):
                id_ = json.loads(self._chosen.read_text(encoding="utf-8"))["training"]
                if isinstance(id_, str) and self._model(id_) is not None:
                    return id_
        return None

    def model_dir(self) -> Path | None:
        """The folder of the model in use; None: the shipped one."""
        chosen = self.model_in_use()
        return self._given if chosen is None else self._model(chosen)

    def start(self, pages: Sequence[LabelledPage], by: str) -> Training:
        """Begin a training on labelled pages.

        Raises:
            NotTrained: There is no page, one runs already, or something is not installed.
        """
        if missing := missing_packages():
            raise NotTrained(f"{', '.join(missing)}: not installed; run pip install 'gouji[train,evaluate]'")
        if not pages:
            raise NotTrained("no labelled page is in hand; settle a report whole, or call its labels right")
        with self._lock:
            if self._now is not None:
                raise NotTrained("a training runs already; stop it, or wait for its end")
            id_ = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
            self._now = Training(id_, now(), by, len(pages))
            folder = self._folder / id_
            folder.mkdir(parents=True)
            write_labelled_pages(pages, folder / LABELLED)
            self._keep(self._now)
            self._run = TrainingRun(folder, self._settings, self._hear)
            threading.Thread(target=self._work, args=(self._run,), name="gouji training", daemon=True).start()
            return self._now

    def stop(self) -> None:
        """End the one that runs, if one does."""
        run = self._run
        if run is not None:
            run.stop()

    def model_of(self, id_: str | None) -> Path | None:
        """The folder of a training's model; None, of the service's own, where it is the shipped one.

        Raises:
            NotTrained: There is no such model, or the service was told to use another.
        """
        if self._given is not None:
            raise NotTrained(f"the service was started with --model {self._given}; start it without")
        model = None if id_ is None else self._model(id_)
        if id_ is not None and model is None:
            raise NotTrained(f"{id_[:40]!r}: no training of that name gave a model")
        return model

    def choose(self, id_: str | None) -> None:
        """Have a training's model in use from now on, by the next services too; None: the service's own."""
        with beside(self._chosen) as part:
            part.write_text(json.dumps({"training": id_}), encoding="utf-8")

    def _model(self, id_: str) -> Path | None:
        """The folder of a training's model, where it has come to its end."""
        done = next((each for each in self.all() if each.id == id_ and each.state == "done"), None)
        return None if done is None else self._folder / done.id / MODEL

    def _work(self, run: TrainingRun) -> None:
        assert self._now is not None
        try:
            measured = run.work()
            over = replace(self._now, state="done", aside=run.aside, measured=measured, done=1.0)
        except Stopped:
            over = replace(self._now, state="stopped")
        except (OSError, ValueError, GoujiError) as error:  # a full disk, a killed process
            over = replace(self._now, state="failed", fault=str(error))
        with self._lock:
            with suppress(OSError, GoujiError):
                self._keep(over)
            self._now, self._run = None, None

    def _hear(self, doing: str, done: float | None) -> None:
        assert self._now is not None
        self._now = replace(self._now, doing=doing, done=done)

    def _keep(self, training: Training) -> None:
        with beside(self._folder / training.id / _STATE) as part:
            part.write_text(json.dumps(asdict(training), ensure_ascii=False), encoding="utf-8")
