"""What the service asks of its foreman, and what it hears: answers to single pages, and those of batches.

Flow:  request, or batch -> **engine** -> foreman -> answers -> response, or store

One thread listens, one sends. A foreman that ends unasked is started again: what single requests waited for
is told them as a fault, and what is open of batches is handed out once more, since an answer that comes twice
is kept once.
"""

from __future__ import annotations

import asyncio
import itertools
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Any, Protocol

from gouji.inference.limits import Limits
from gouji.inference.readers import Content
from gouji.inference.serve.foreman import (
    Answered,
    Broken,
    Finished,
    Opened,
    Ready,
    Task,
    Telling,
    start_foreman,
)
from gouji.inference.serve.work import Again, PageAnswer, Question, ServiceWork, Whole
from gouji.model.errors import GoujiError

_START = 120.0  # seconds until the first worker must be ready


class EngineError(GoujiError):
    """No page can be read."""


class Listener(Protocol):
    """What a batch is told of one of its uploads; called in the engine's own thread."""

    def opened(self) -> None:
        """A document was found in it."""

    def answered(self, answer: PageAnswer) -> None:
        """A page of it is answered."""

    def finished(self) -> None:
        """Nothing more comes of it."""


@dataclass(slots=True)
class _Single:
    """A request that waits."""

    loop: asyncio.AbstractEventLoop
    future: asyncio.Future[list[Any]]
    answers: list[Any] = field(default_factory=list)

    def opened(self) -> None:
        raise AssertionError("a single page is opened by the worker that answers it")

    def answered(self, answer: Any) -> None:
        self.answers.append(answer)

    def finished(self) -> None:
        self._tell(lambda: self.future.set_result(self.answers))

    def fail(self, fault: str) -> None:
        self._tell(lambda: self.future.set_exception(EngineError(fault)))

    def _tell(self, how: Callable[[], None]) -> None:
        with suppress(RuntimeError):  # the loop has ended
            self.loop.call_soon_threadsafe(lambda: None if self.future.done() else how())


class Engine:
    """The foreman, seen from the service.

    Args:
        work: What workers do.
        workers: How many there are.
        limits: What a page may take.
    """

    def __init__(self, work: ServiceWork, workers: int, limits: Limits) -> None:
        self._made_of = (work, workers, limits)
        self._numbers = itertools.count(1)
        self._open: dict[int, tuple[Task, Listener]] = {}
        self._to_send: SimpleQueue[Task | None] = SimpleQueue()
        self._lock = threading.Lock()  # of the connection
        self._is_ready = threading.Event()
        self._is_ending = False
        self._fault: str | None = None
        self._process: Any = None
        self._connection: Connection

    @property
    def is_ready(self) -> bool:
        """Whether pages are answered."""
        return self._is_ready.is_set() and self._fault is None

    def start(self) -> None:
        """Start the foreman, and wait for its first worker.

        Raises:
            EngineError: The model or a form cannot be loaded.
        """
        self._process, self._connection = start_foreman(*self._made_of)
        for work in (self._listen, self._send):
            threading.Thread(target=work, name=f"gouji engine {work.__name__}", daemon=True).start()
        self._is_ready.wait(_START)
        if self._fault is not None or not self._is_ready.is_set():
            self.stop()
            raise EngineError(self._fault or f"no process could be made ready in {_START:.0f} s")

    def change(self, work: ServiceWork) -> None:
        """Have other work done from now on: what is asked meanwhile is told to ask again, no batch is lost.

        Raises:
            EngineError: It cannot be done, its model not loaded; all goes on as before.
        """
        _, workers, limits = self._made_of
        trial = Engine(work, 1, limits)
        trial.start()
        trial.stop()
        self._made_of = (work, workers, limits)
        with self._lock, suppress(OSError):
            self._connection.send(None)  # the foreman ends, and another one is started

    def stop(self) -> None:
        """End the foreman, and all that it has started."""
        self._is_ending = True
        self._to_send.put(None)
        with self._lock, suppress(OSError):
            self._connection.send(None)
        self._process.join(5)
        self._process.kill()

    async def answer(self, thing: Whole | Question) -> list[Any]:
        """The answers to one upload, or the one to a question.

        Raises:
            EngineError: The processes were lost.
        """
        loop = asyncio.get_running_loop()
        single = _Single(loop, loop.create_future())
        self._give(thing, single)
        return await single.future

    def take(self, thing: Content | Again, listener: Listener) -> None:
        """Have an upload of a batch opened and answered, which may hold many pages; or a page read again."""
        self._give(thing, listener)

    def _give(self, thing: Content | Whole | Question | Again, listener: Listener) -> None:
        task = Task(next(self._numbers), thing)
        self._open[task.number] = task, listener
        self._to_send.put(task)  # who asks must not wait until there is room in a pipe

    def _send(self) -> None:
        while (task := self._to_send.get()) is not None:
            with self._lock, suppress(OSError):  # it has ended: who hears so gives all tasks to the next one
                self._connection.send(task)

    def _listen(self) -> None:
        while not self._is_ending:
            try:
                self._hear(self._connection.recv())
            except (EOFError, OSError):
                if not self._is_ending:
                    self._start_again()

    def _hear(self, telling: Telling) -> None:
        match telling:
            case Ready():
                self._fault = None
                self._is_ready.set()
            case Broken(fault):
                self._fault = fault
                self._is_ready.set()
            case Opened(task) if task in self._open:
                self._open[task][1].opened()
            case Answered(task, answer) if task in self._open:
                self._open[task][1].answered(answer)
            case Finished(task) if task in self._open:
                self._open.pop(task)[1].finished()

    def _start_again(self) -> None:
        """Another foreman for the one that has ended; a service that was never ready ends instead."""
        if not self._is_ready.is_set() or self._fault is not None:
            self._fault = self._fault or "the process that hands out pages has ended"
            self._is_ready.set()
            self._is_ending = True
            return
        with self._lock:
            self._process, self._connection = start_foreman(*self._made_of)
            for number, (task, listener) in list(self._open.items()):
                if isinstance(listener, _Single):
                    del self._open[number]
                    listener.fail("the process that hands out pages has ended; ask again")
                else:
                    self._connection.send(task)
