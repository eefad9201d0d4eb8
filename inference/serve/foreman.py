"""Hand out what clients send to processes that can be thrown away, from a process that does nothing else.

Flow:  tasks of the service -> **foreman** -> an opener, workers -> answers -> service

A process with threads is better not forked, and the service has threads; so one process without any starts
the workers, and keeps them warm. Single pages go before those of batches, and none waits for another's end:
answers come in the order in which they are there. A worker that dies, or is killed, costs the one page that
it had; an opener, the rest of one upload.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections import Counter, deque
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any

from gouji.inference.disposable import Died, Disposable, Done, Failed, Message, Result
from gouji.inference.limits import Limits
from gouji.inference.readers import Content, Unread
from gouji.inference.serve.work import Again, Given, Question, ServiceWork, Whole
from gouji.inference.workforce import TIME_IS_UP, fault_of

_QUEUED_A_WORKER = 16  # opened documents that wait for one: keeps them busy
_REMEMBERED = 1000  # pages; a worker itself keeps its last few at hand


@dataclass(frozen=True, slots=True)
class Task:
    """An upload of a batch, which may hold many pages; or what is to be answered at once."""

    number: int
    thing: Content | Whole | Question | Again


@dataclass(frozen=True, slots=True)
class Ready:
    """A worker waits for pages."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A document was found in a batch's upload."""

    task: int


@dataclass(frozen=True, slots=True)
class Answered:
    """A page of a task is answered."""

    task: int
    answer: Any


@dataclass(frozen=True, slots=True)
class Finished:
    """Nothing more comes of a task."""

    task: int


@dataclass(frozen=True, slots=True)
class Broken:
    """No worker can start: that is no fault of a page."""

    fault: str


Telling = Ready | Opened | Answered | Finished | Broken


@dataclass(slots=True)
class _Job:
    """One document of a task, or the opening of one."""

    task: int
    thing: Given

    @property
    def name(self) -> str:
        match self.thing:
            case Whole(content):
                return content.name
            case Question(page) | Again(page):
                return page.source
            case Content(name):
                return name
            case Unread(source):
                return source


def start_foreman(work: ServiceWork, workers: int, limits: Limits) -> tuple[Any, Connection]:
    """Start the process; what it is told and what it tells goes over the connection.

    It ends when it is sent None, or the connection is closed, and its workers with it.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_run, args=(theirs, work, workers, limits), name="gouji foreman")
    process.start()
    theirs.close()
    return process, ours


def _run(service: Connection, work: ServiceWork, workers: int, limits: Limits) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the service closes the connection
    foreman = _Foreman(service, work, workers, limits)
    try:
        foreman.work_on()
    except (EOFError, BrokenPipeError, ConnectionResetError):
        pass  # the service has ended
    finally:
        foreman.end()


class _Foreman:
    """Keeps the queues, the processes, and what is open of each task."""

    def __init__(self, service: Connection, work: ServiceWork, workers: int, limits: Limits) -> None:
        self._service = service
        self._work = work
        self._most = workers
        self._limits = limits
        self._single: deque[_Job] = deque()
        self._pages: deque[_Job] = deque()
        self._to_open: deque[_Job] = deque()
        self._open: Counter[int] = Counter()  # jobs of a task that are not done
        self._opener: Disposable | None = None
        self._workers: list[Disposable] = []
        self._had: dict[str, Disposable] = {}  # which worker a page was given last, by its name

    def work_on(self) -> None:
        """Take tasks and answer them, until the service goes."""
        while True:
            while len(self._workers) < self._most:
                self._workers.append(Disposable(self._work, self._work.prepare, self._limits))
            self._hand_out()
            self._hear()

    def end(self) -> None:
        """Throw all processes away."""
        for process in (*self._workers, *([self._opener] if self._opener else [])):
            process.end()

    def _take(self, task: Task) -> None:
        self._open[task.number] += 1
        match task.thing:
            case Content():
                queue = self._to_open
            case Again():
                queue = self._pages
            case _:
                queue = self._single
        queue.append(_Job(task.number, task.thing))

    def _hand_out(self) -> None:
        free = [each for each in self._workers if each.is_ready and each.at is None]
        while free and (queue := self._single or self._pages):
            job = queue.popleft()
            worker = next((each for each in free if self._had.get(job.name) is each), free[0])
            free.remove(worker)
            self._remember(job.name, worker)
            self._give(worker, job)
        if self._to_open and (self._opener is None or self._opener.at is None) and self._has_room():
            self._opener = self._opener or Disposable(self._work.opened, _nothing, self._limits)
            self._give(self._opener, self._to_open.popleft())

    def _remember(self, name: str, worker: Disposable) -> None:
        """Who has a page at hand: asked about it again, that process need not read it anew."""
        self._had.pop(name, None)
        self._had[name] = worker
        if len(self._had) > _REMEMBERED:
            del self._had[next(iter(self._had))]

    def _has_room(self) -> bool:
        return len(self._pages) < self._most * _QUEUED_A_WORKER

    def _give(self, process: Disposable, job: _Job) -> None:
        if not process.give(job.thing, job):
            self._lost(process, "unasked")

    def _hear(self) -> None:
        """Wait for the service and the processes; throw away whose time is up."""
        heard = [each for each in self._workers if not each.is_ready or each.at is not None]
        if self._opener is not None and self._opener.at is not None:
            if self._has_room():
                heard.append(self._opener)
            else:
                self._opener.rest()
        left = min((each.left for each in heard), default=None)
        talking = wait([self._service, *(each.connection for each in heard)], left)
        if self._service in talking:
            task = self._service.recv()
            if task is None:
                raise EOFError
            self._take(task)
        for each in heard:
            if each.connection in talking:
                self._understand(each, each.receive())
            elif not each.left:
                self._lost(each, TIME_IS_UP)

    def _understand(self, process: Disposable, message: Message) -> None:
        match message:
            case Failed(error):
                self._service.send(Broken(str(error)))
                raise EOFError
            case Died(how):
                self._lost(process, how)
            case Result(value) if process is self._opener:
                self._opened(process.at.task, value)
            case Result(value):
                self._service.send(Answered(process.at.task, value))
            case Done(last):
                self._close(process.at.task)
                process.at = None
                if last:
                    self._drop(process)
            case _ if process is not self._opener:
                self._service.send(Ready())

    def _opened(self, task: int, held: Content | Unread) -> None:
        self._open[task] += 1
        self._pages.append(_Job(task, held))
        self._service.send(Opened(task))

    def _close(self, task: int) -> None:
        self._open[task] -= 1
        if not self._open[task]:
            del self._open[task]
            self._service.send(Finished(task))

    def _lost(self, process: Disposable, how: str) -> None:
        """Answer for a process that died, or is stopped because its time is up; it is not used again."""
        job = process.at
        was_ready = process.is_ready or process is self._opener
        self._drop(process)
        if not was_ready:
            self._service.send(Broken(f"a process that is to read pages cannot start ({how})"))
            raise EOFError
        if job is not None:
            fault = Unread(job.name, fault_of(how, self._limits))
            self._service.send(Answered(job.task, self._work.of_failure(fault)))
            self._close(job.task)

    def _drop(self, process: Disposable) -> None:
        process.end()
        if process is self._opener:
            self._opener = None
        else:
            self._workers.remove(process)


def _nothing() -> None:
    """An opener needs no preparation."""
