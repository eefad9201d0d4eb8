"""Work through contents in order, over several processes; one that kills its process is answered, too.

Flow:  contents -> **workforce** -> answers

Contents are taken a little ahead of their answers: so a crawl of a million pages takes no more memory
than one of a hundred. A few contents start no process. Where one dies, what it may have died of is
worked through anew, each content in a process of its own, and the others go on.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from typing import Any, Generic, TypeVar

from gouji.inference.readers import Content, Unread

A = TypeVar("A")
Held = Content | Unread
Work = Callable[[Held], Iterable[A]]  # one content's answers; goes to another process, so it can be pickled

_PAGES_A_WORKER = 8  # fewer take less time than a worker takes to start (0.5 s against 30 ms a page)
_QUEUED_A_WORKER = 16  # contents handed out ahead of the answers: bounds memory, keeps the workers busy


def in_order(contents: Iterable[Held], work: Work[A], most: int) -> Iterator[A]:
    """The answers to all contents, in their order.

    Args:
        contents: What is to be worked through; where one process is enough, taken one at a time.
        work: Answers one content; an error that it raises ends the whole.
        most: How many processes at most; 1 works in this one.
    """
    contents = iter(contents)
    first = list(islice(contents, most * _PAGES_A_WORKER)) if most > 1 else []
    workers = min(most, len(first) // _PAGES_A_WORKER)
    contents = chain(first, contents)
    if workers > 1:
        workforce = _Workforce(contents, work, workers)
        workforce.hand_out()  # now: who watches may start threads, and a process with threads is not forked
        return workforce.answers()
    return (answer for content in contents for answer in work(content))


class _Workforce(Generic[A]):
    """Hands contents out a few ahead of their answers; begins anew behind one that kills its worker."""

    def __init__(self, contents: Iterator[Held], work: Work[A], workers: int) -> None:
        self._waiting = contents
        self._work = work
        self._workers = workers
        self._pool = _pool(work, workers)
        self._handed_out: deque[tuple[Held, Future[list[A]]]] = deque()

    def hand_out(self) -> None:
        """Fill the queue."""
        for content in islice(self._waiting, self._workers * _QUEUED_A_WORKER - len(self._handed_out)):
            self._handed_out.append((content, self._submitted(content)))

    def _submitted(self, content: Held) -> Future[list[A]]:
        """What a worker is to answer; where one has died meanwhile, what says so when its turn comes."""
        try:
            return self._pool.submit(_worked, content)
        except BrokenProcessPool as error:
            broken: Future[list[A]] = Future()
            broken.set_exception(error)
            return broken

    def answers(self) -> Iterator[A]:
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

    def _one_by_one(self) -> Iterator[A]:
        """Answer all that was handed out, each content in a process of its own; then begin anew."""
        while self._handed_out:
            content, _ = self._handed_out.popleft()
            yield from _worked_alone(content, self._work)
        self._pool.shutdown()
        self._pool = _pool(self._work, self._workers)


def _pool(work: Work[A], workers: int) -> ProcessPoolExecutor:
    # A forked worker need not import the program again, nor the user's own script, which then needs no
    # `if __name__ == "__main__"`; elsewhere than on Linux forking is not safe.
    method = "fork" if sys.platform == "linux" else "spawn"
    context = multiprocessing.get_context(method)
    return ProcessPoolExecutor(workers, context, initializer=_start_worker, initargs=(work,))


def _worked_alone(content: Held, work: Work[A]) -> Iterable[A]:
    """One content in a process of its own, so that it is known which one kills its worker."""
    with _pool(work, 1) as pool:
        try:
            return pool.submit(_worked, content).result()
        except BrokenProcessPool:
            name = content.source if isinstance(content, Unread) else content.name
            remedy = "try it alone, or report the page"
            fault = f"the process that read it died, perhaps for want of memory; {remedy}"
            return work(Unread(name, fault))


_work: Work[Any] | None = None  # of this worker process


def _start_worker(work: Work[Any]) -> None:
    global _work
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    _work = work


def _worked(content: Held) -> list[Any]:
    assert _work is not None
    return list(_work(content))
