"""Extract many pages in order, over several processes; no page's failure stops the others.

Flow:  files, folders, standard input -> **batch** -> one JSON line a page

A page that cannot be read, and a page at which the program itself fails, are answered with an
error in their place. Each worker holds one extractor. One page, or a few, start no worker.
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
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from gouji.inference.reading import page_of_bytes, read_page
from gouji.model.errors import GoujiError

if TYPE_CHECKING:
    from gouji.inference.extraction import Extraction
    from gouji.inference.extractor import Extractor
    from gouji.model.page import Page

STDIN = "-"
PAGE_SUFFIX = ".txt"  # of the files that a folder is searched for

_PAGES_A_WORKER = 8  # fewer take less time than a worker takes to start (0.5 s against 30 ms a page)
_QUEUED_A_WORKER = 16  # pages handed out ahead of the answers: bounds memory, keeps the workers busy


@dataclass(frozen=True, slots=True)
class Source:
    """One input: a page's file, or its bytes, or what is wrong with the argument that named it."""

    name: str
    path: Path | None = None
    data: bytes | None = None
    fault: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What is printed for one input."""

    source: str
    line: str  # a JSON object, without the line's end
    error: str | None = None
    html: str | None = None  # the report as a page to look at, where that is asked for


@dataclass(frozen=True, slots=True)
class Settings:
    """What every worker needs to know."""

    model_dir: Path | None = None
    encoding: str | None = None
    forms: tuple[Path, ...] = ()  # a user's own forms, besides the shipped ones
    html: bool = False  # write each report as a page to look at, too


def find_sources(inputs: Sequence[str]) -> list[Source]:
    """The pages that arguments name, in their order: files, `-`, and the *.txt below folders, sorted."""
    sources: list[Source] = []
    for name in inputs:
        path = Path(name)
        if name == STDIN:
            sources.append(Source(STDIN, data=sys.stdin.buffer.read()))
        elif path.is_dir():
            sources.extend(_pages_below(path))
        elif path.exists():
            sources.append(Source(_printable(name), path))
        else:
            sources.append(Source(_printable(name), fault="no such file or folder; check the path"))
    return sources


def extract_sources(
    sources: Sequence[Source], settings: Settings, jobs: int | None = None
) -> Iterator[Answer]:
    """Extract pages, in order.

    Args:
        sources: The pages.
        settings: The model's folder and the encoding, where they are not the default ones.
        jobs: How many worker processes at most; None for one a usable core.

    Returns:
        One answer a source, each as soon as it and all before it are there.

    Raises:
        GoujiError: The model cannot be loaded.
    """
    workers = min(jobs or usable_cores(), len(sources) // _PAGES_A_WORKER)
    if workers > 1:
        workforce = _Workforce(sources, settings, workers)
        workforce.hand_out()  # now: who watches may start threads, and a process with threads is not forked
        return workforce.answers()
    reader = _Reader(settings)
    return (reader.answer(source) for source in sources)


def usable_cores() -> int:
    """How many cores this process may run on."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


def _pages_below(folder: Path) -> list[Source]:
    paths = sorted(p for p in folder.rglob("*") if p.suffix.lower() == PAGE_SUFFIX and p.is_file())
    if not paths:
        fault = f"holds no page; expected *{PAGE_SUFFIX} files in this folder or below it"
        return [Source(_printable(str(folder)), fault=fault)]
    return [Source(_printable(str(path)), path) for path in paths]


def _printable(name: str) -> str:
    """A file's name as UTF-8 can say it: bytes that are none become question marks."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


class _Workforce:
    """Hands pages out a few ahead of their answers; begins anew behind a page that kills its worker."""

    def __init__(self, sources: Iterable[Source], settings: Settings, workers: int) -> None:
        self._waiting = iter(sources)
        self._settings = settings
        self._workers = workers
        self._pool = _pool(settings, workers)
        self._handed_out: deque[tuple[Source, Future[Answer]]] = deque()

    def hand_out(self) -> None:
        """Fill the queue."""
        for source in islice(self._waiting, self._workers * _QUEUED_A_WORKER - len(self._handed_out)):
            self._handed_out.append((source, self._pool.submit(_answer, source)))

    def answers(self) -> Iterator[Answer]:
        """Every answer, in order."""
        try:
            while self._handed_out:
                try:
                    answer = self._handed_out[0][1].result()
                except BrokenProcessPool:
                    yield from self._one_by_one()
                else:
                    self._handed_out.popleft()
                    yield answer
                self.hand_out()
        finally:
            self._pool.shutdown(wait=True, cancel_futures=True)

    def _one_by_one(self) -> Iterator[Answer]:
        """Answer all that was handed out, each page in a process of its own; then begin anew."""
        while self._handed_out:
            source, _ = self._handed_out.popleft()
            yield _answer_alone(source, self._settings)
        self._pool.shutdown()
        self._pool = _pool(self._settings, self._workers)


def _pool(settings: Settings, workers: int) -> ProcessPoolExecutor:
    # A forked worker need not import the program again; elsewhere than on Linux forking is not safe.
    method = "fork" if sys.platform == "linux" else "spawn"
    context = multiprocessing.get_context(method)
    return ProcessPoolExecutor(workers, context, initializer=_start_worker, initargs=(settings,))


def _answer_alone(source: Source, settings: Settings) -> Answer:
    """One page in a process of its own, so that it is known which page kills its worker."""
    with _pool(settings, 1) as pool:
        try:
            return pool.submit(_answer, source).result()
        except BrokenProcessPool:
            fault = (
                "the process that read it died, perhaps for want of memory; try it alone, or report the page"
            )
            return _failure(source.name, fault)


class _Reader:
    """One process's extractor, loaded with its first page, and how a page's failure is answered."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._extractor: Extractor | None = None

    def answer(self, source: Source) -> Answer:
        if source.fault is not None:
            return _failure(source.name, source.fault)
        extractor = self._loaded()
        try:
            page = self._page(source)
            extraction, html = (
                _to_look_at(extractor, page) if self._settings.html else (extractor.extract(page), None)
            )
            return Answer(source.name, json.dumps(extraction.to_record(), ensure_ascii=False), html=html)
        except GoujiError as error:
            return _failure(source.name, str(error).removeprefix(f"{source.name}: "))
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{Path(place.filename).name}:{place.lineno}"
            fault = f"gouji failed at this page ({type(error).__name__}: {error}, {where}); please report it"
            return _failure(source.name, fault)

    def _page(self, source: Source) -> Page:
        if source.path is not None:
            return read_page(source.path, self._settings.encoding, source.name)
        return page_of_bytes(source.data or b"", source.name, self._settings.encoding)

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


def _answer(source: Source) -> Answer:
    assert _reader is not None
    return _reader.answer(source)


def _failure(name: str, error: str) -> Answer:
    return Answer(name, json.dumps({"source": name, "error": error}, ensure_ascii=False), error)
