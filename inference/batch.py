"""Extract many pages in order, over several processes; no page's failure stops the others.

Flow:  sources -> contents -> **batch** -> one JSON line a page

A page that cannot be read, and a page at which the program itself fails, are answered with an
error in their place. Each worker holds one extractor. One page, or a few, start no worker.
Containers are opened here, a little ahead of the workers, which read and extract what is in them:
so a crawl of a million pages takes no more memory than one of a hundred.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sys
import traceback
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING

from gouji.inference.extraction import Status
from gouji.inference.readers import Content, Options, Unread, read, unpack
from gouji.inference.sources import Source
from gouji.model.errors import GoujiError

if TYPE_CHECKING:
    from gouji.inference.extraction import Extraction
    from gouji.inference.extractor import Extractor
    from gouji.model.page import Page

_PAGES_A_WORKER = 8  # fewer take less time than a worker takes to start (0.5 s against 30 ms a page)
_QUEUED_A_WORKER = 16  # pages handed out ahead of the answers: bounds memory, keeps the workers busy


@dataclass(frozen=True, slots=True)
class Answer:
    """What is printed for one input."""

    source: str
    line: str  # a JSON object, without the line's end
    error: str | None = None
    status: Status | None = None  # None for an error
    html: str | None = None  # the report as a page to look at, where that is asked for


@dataclass(frozen=True, slots=True)
class Settings:
    """What every worker needs to know."""

    model_dir: Path | None = None
    encoding: str | None = None
    forms: tuple[Path, ...] = ()  # a user's own forms, besides the shipped ones
    column: str | None = None  # that holds the pages of JSON lines and Parquet
    html: bool = False  # write each report as a page to look at, too

    @property
    def options(self) -> Options:
        """What the readers need to know."""
        return Options(self.encoding, self.column)


def extract_sources(
    sources: Sequence[Source], settings: Settings, jobs: int | None = None
) -> Iterator[Answer]:
    """Extract pages, in order.

    Args:
        sources: The pages.
        settings: The model's folder and the encoding, where they are not the default ones.
        jobs: How many worker processes at most; None for one a usable core.

    Returns:
        One answer a page, or a report of a page that holds several, each as soon as it and all
        before it are there.

    Raises:
        GoujiError: The model cannot be loaded.
    """
    contents = _contents(sources, settings)
    most = jobs or usable_cores()
    first = list(islice(contents, most * _PAGES_A_WORKER))
    workers = min(most, len(first) // _PAGES_A_WORKER)
    contents = chain(first, contents)
    if workers > 1:
        workforce = _Workforce(contents, settings, workers)
        workforce.hand_out()  # now: who watches may start threads, and a process with threads is not forked
        return workforce.answers()
    reader = _Reader(settings)
    return (answer for content in contents for answer in reader.answers(content))


def usable_cores() -> int:
    """How many cores this process may run on."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


def _contents(sources: Iterable[Source], settings: Settings) -> Iterator[Content | Unread]:
    """What the sources hold, containers opened as they come to be read."""
    for source in sources:
        if source.fault is not None:
            yield Unread(source.name, source.fault)
            continue
        try:
            yield from unpack(source.content, settings.options)
        except Exception as error:
            yield Unread(source.name, _own_fault(error))


class _Workforce:
    """Hands contents out a few ahead of their answers; begins anew behind one that kills its worker."""

    def __init__(self, contents: Iterable[Content | Unread], settings: Settings, workers: int) -> None:
        self._waiting = iter(contents)
        self._settings = settings
        self._workers = workers
        self._pool = _pool(settings, workers)
        self._handed_out: deque[tuple[Content | Unread, Future[list[Answer]]]] = deque()

    def hand_out(self) -> None:
        """Fill the queue."""
        for content in islice(self._waiting, self._workers * _QUEUED_A_WORKER - len(self._handed_out)):
            self._handed_out.append((content, self._pool.submit(_answers, content)))

    def answers(self) -> Iterator[Answer]:
        """Every answer, in order."""
        try:
            while self._handed_out:
                try:
                    answers = self._handed_out[0][1].result()
                except BrokenProcessPool:
                    yield from self._one_by_one()
                else:
                    self._handed_out.popleft()
                    yield from answers
                self.hand_out()
        finally:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def _one_by_one(self) -> Iterator[Answer]:
        """Answer all that was handed out, each content in a process of its own; then begin anew."""
        while self._handed_out:
            content, _ = self._handed_out.popleft()
            yield from _answers_alone(content, self._settings)
        self._pool.shutdown()
        self._pool = _pool(self._settings, self._workers)


def _pool(settings: Settings, workers: int) -> ProcessPoolExecutor:
    # A forked worker need not import the program again; elsewhere than on Linux forking is not safe.
    method = "fork" if sys.platform == "linux" else "spawn"
    context = multiprocessing.get_context(method)
    return ProcessPoolExecutor(workers, context, initializer=_start_worker, initargs=(settings,))


def _answers_alone(content: Content | Unread, settings: Settings) -> list[Answer]:
    """One content in a process of its own, so that it is known which one kills its worker."""
    with _pool(settings, 1) as pool:
        try:
            return pool.submit(_answers, content).result()
        except BrokenProcessPool:
            fault = (
                "the process that read it died, perhaps for want of memory; try it alone, or report the page"
            )
            name = content.source if isinstance(content, Unread) else content.name
            return [_failure(name, fault)]


class _Reader:
    """One process's extractor, loaded with its first page, and how a page's failure is answered."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._extractor: Extractor | None = None

    def answers(self, content: Content | Unread) -> Iterator[Answer]:
        """One answer for each page of a document."""
        if isinstance(content, Unread):
            yield _failure(content.source, content.error)
            return
        self._loaded()
        try:
            for page in read(content, self._settings.options):
                yield self._answer(page)
        except Exception as error:
            yield _failure(content.name, _own_fault(error))

    def _answer(self, page: Page | Unread) -> Answer:
        if isinstance(page, Unread):
            return _failure(page.source, page.error)
        try:
            extractor = self._loaded()
            extraction, html = (
                _to_look_at(extractor, page) if self._settings.html else (extractor.extract(page), None)
            )
            line = json.dumps(extraction.to_record(), ensure_ascii=False)
            return Answer(page.source, line, status=extraction.status, html=html)
        except GoujiError as error:
            return _failure(page.source, str(error).removeprefix(f"{page.source}: "))
        except Exception as error:
            return _failure(page.source, _own_fault(error))

    def _loaded(self) -> Extractor:
        if self._extractor is None:
            from gouji.inference.extractor import Extractor
            from gouji.model.forms import forms_with

            self._extractor = Extractor(self._settings.model_dir, forms_with(self._settings.forms))
        return self._extractor


def _to_look_at(extractor: Extractor, page: Page) -> tuple[Extraction, str]:
    """The extraction, and the page that shows it: written here, for the workers to share the work."""
    from gouji.inference.viewer.report_page import report_html
    from gouji.inference.viewer.view import View

    tagged = extractor.extract_tagged(page)
    view = View(tagged.extraction, extractor.forms, page.text, tagged.spans)
    return tagged.extraction, report_html(view)


_reader: _Reader | None = None  # of this worker process


def _start_worker(settings: Settings) -> None:
    global _reader
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    _reader = _Reader(settings)


def _answers(content: Content | Unread) -> list[Answer]:
    assert _reader is not None
    return list(_reader.answers(content))


def _own_fault(error: Exception) -> str:
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(place.filename).name}:{place.lineno}"
    return f"gouji failed at this page ({type(error).__name__}: {error}, {where}); please report it"


def _failure(name: str, error: str) -> Answer:
    return Answer(name, json.dumps({"source": name, "error": error}, ensure_ascii=False), error)
