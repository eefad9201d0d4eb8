"""One service: its folder, its foreman, its batches, what it counts; started and stopped with the server.

Flow:  settings -> **service** -> routes
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from fastapi import Depends, Request

from gouji.inference.outputs.records import Record, report_of
from gouji.inference.readers import Options
from gouji.inference.serve.batches import Batches
from gouji.inference.serve.desk import Desk
from gouji.inference.serve.engine import Engine
from gouji.inference.serve.labelled import InHand, in_hand
from gouji.inference.serve.metrics import Metrics
from gouji.inference.serve.settings import Settings
from gouji.inference.serve.span_desk import SpanDesk
from gouji.inference.serve.store import Store, Told
from gouji.inference.serve.trainer import Trainer
from gouji.inference.serve.work import ServiceWork
from gouji.inference.settling import Corrections
from gouji.inference.settling.corrections import CORRECTIONS
from gouji.inference.settling.span_file import SPANS, SpanFile
from gouji.inference.viewer.corpus import Corpus
from gouji.inference.viewer.view import View
from gouji.model.forms import forms_with


class Service:
    """What the routes ask.

    Args:
        settings: The service's folder and limits.

    Raises:
        GoujiError: The folder cannot be used, or the model or a form not be loaded.
    """

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.forms = forms_with(settings.forms)
        self.store = Store(settings.folder, self.forms)
        self._corrections = Corrections(settings.folder / CORRECTIONS)
        self._spans = SpanFile(settings.folder / SPANS)
        self.trainer = Trainer(settings)
        work = self._work_with(self.trainer.model_dir())
        self.engine = Engine(work, settings.workers, settings.limits)
        self.batches = Batches(self.store, self.engine)
        self.desk = Desk(self.store, self.engine, self._corrections)
        self.span_desk = SpanDesk(self.store, self._spans)
        self.metrics = Metrics(lambda: self.engine.is_ready)

    def start(self) -> None:
        """Start the processes, and go on with what was left half done."""
        self.engine.start()
        self.batches.take_up()
        asyncio.run(self.desk.take_up())

    def stop(self) -> None:
        """End all processes, and let another service have the folder."""
        self.trainer.stop()
        self.engine.stop()
        self.store.close()

    def use(self, training: str | None) -> None:
        """Have the model of a training read pages from now on; None: the one that the service came with.

        Raises:
            NotTrained, EngineError: There is no such model, or it cannot be loaded; all is as it was.
        """
        self.engine.change(self._work_with(self.trainer.model_of(training)))
        self.trainer.choose(training)

    def labelled(self) -> InHand:
        """The labelled pages that its people have made."""
        return in_hand(self.store, self._corrections, self._spans)

    def corpus(self) -> Corpus:
        """What the index tells: first the reports where one answer is expected to settle most cells."""
        corpus = Corpus(self.forms)
        for told in sorted(map(self.store.told, self.store.ids()), key=_place):
            corpus.take(told.corpus)
        return corpus

    def records(self) -> Iterator[Record]:
        """All reports, in the order of their sources."""
        by_source = {id_: self.store.told(id_).corpus.entries[0] for id_ in self.store.ids()}
        for id_ in sorted(by_source, key=lambda id_: (by_source[id_].source, by_source[id_].part or 0)):
            yield self.store.record(id_)

    def view(self, id_: str) -> View:
        """A report as its page shows it.

        Raises:
            NoReport: There is none of that id.
        """
        report, page = report_of(self.store.record(id_)), self.store.page(id_)
        if page is None:
            return View(report, self.forms)
        return View(report, self.forms, page.page.text, self.span_desk.shown(page))

    def _work_with(self, model: Path | None) -> ServiceWork:
        settings = self.settings
        return ServiceWork(self._corrections.path, Options(settings.encoding), model, settings.forms)


def service_of(request: Request) -> Service:
    """The service that a request is of."""
    service = request.app.state.service
    assert isinstance(service, Service)
    return service


Here = Annotated[Service, Depends(service_of)]


def _place(told: Told) -> tuple[bool, float, int]:
    """The smaller, the sooner a report is looked at: what an answer settles, then how few doubts it has."""
    decisions = told.corpus.entries[0].decisions
    return not decisions, -round(told.worth, 4), decisions
