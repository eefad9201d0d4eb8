"""Work through contents in order, in processes that can be thrown away; none holds up or loses another.

Flow:  contents -> **one process opens them -> some answer what is in them** -> answers, in order

Whatever touches a file's bytes runs in a process of its own (`disposable`); this one keeps the order, the
time and the memory. Contents are taken a little ahead of their answers: so a crawl of a million pages takes
no more memory than one of a hundred. A page that hangs holds its place until its time is up; those behind
it are worked through meanwhile, as far as the window goes.
"""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import wait
from typing import Any, Generic, Self, TypeVar

from gouji.inference.answering import Answerer
from gouji.inference.disposable import Died, Disposable, Done, Failed, Message, Result
from gouji.inference.limits import Limits
from gouji.inference.portions import Count, Portion, Position
from gouji.inference.readers import Content, Unread
from gouji.model.errors import GoujiError

A = TypeVar("A")
Held = Content | Unread

_PAGES_A_WORKER = 8  # fewer take less time than a worker takes to start (0.5 s against 30 ms a page)
_QUEUED_A_WORKER = 16  # contents that wait for one: keeps them busy
_WINDOW = 1024  # contents between the first that is not answered and the last that is taken
_IN_FLIGHT = 64 << 20  # bytes of these contents and of their answers
TIME_IS_UP = "its time is up"


@dataclass(frozen=True, slots=True)
class Answered(Generic[A]):
    """An answer, and the document that it is of; several may be of one."""

    answer: A
    at: Position


@dataclass(slots=True)
class _Place(Generic[A]):
    """One document's place in the order."""

    at: Position
    held: Held | None  # None once it is answered
    size: int = 0  # bytes that it keeps in this process
    answers: deque[A] = field(default_factory=deque)


def in_order(
    contents: Iterable[Held], work: Answerer[A], most: int, limits: Limits | None = None
) -> Iterator[A]:
    """The answers to all contents, in their order.

    Args:
        contents: What is to be opened and worked through.
        work: Opens and answers; an error that it raises ends the whole.
        most: How many processes answer at most.
        limits: What a page may take; the default ones where not given.
    """
    return (each.answer for each in answered(contents, work, most, limits))


def answered(
    contents: Iterable[Held],
    work: Answerer[A],
    most: int,
    limits: Limits | None = None,
    portion: Portion | None = None,
) -> Iterator[Answered[A]]:
    """The answers to a portion of all documents, in their order, each with its place.

    Args:
        contents: What is to be opened: from the input on with which the portion begins.
        work: Opens and answers; an error that it raises ends the whole.
        most: How many processes answer at most; with none contents are only opened, to be counted.
        limits: What a page may take; the default ones where not given.
        portion: Which documents are answered; all where not given.
    """
    portion = portion or Portion()
    if portion.end is not None and portion.begin.number >= portion.end:
        return iter(())
    if multiprocessing.current_process().daemon:  # which the system allows no processes of its own
        return _here(contents, work, portion)
    workforce = Workforce(work, most, limits)
    workforce.begin(contents, portion)  # now: who watches may start threads, and is better not forked then
    return _and_over(workforce)


def _and_over(workforce: Workforce[A]) -> Iterator[Answered[A]]:
    with workforce:
        yield from workforce.answers()


def _here(contents: Iterable[Held], work: Answerer[A], portion: Portion) -> Iterator[Answered[A]]:
    count = Count(portion)
    for content in contents:
        count.next_input()
        for held in [content] if isinstance(content, Unread) else work.opened(content):
            if count.takes(at := count.next_document()):
                yield from (Answered(answer, at) for answer in work(held))
            if count.is_over:
                return


def _nothing() -> None:
    """An opener needs no preparation."""


def fault_of(how: str, limits: Limits) -> str:
    """What to say of a page whose process died, or was stopped because its time was up."""
    if how == TIME_IS_UP:
        return f"takes {limits.reached('seconds')}, or report the page"
    memory = limits.reached("memory")
    return f"the process that read it died ({how}); perhaps it wants {memory}, or report the page"


def _size_of(held: Held | None) -> int:
    return len(held.data or b"") if isinstance(held, Content) else 0


def _name_of(held: Held | None) -> str:
    assert isinstance(held, Content)
    return held.name


class Workforce(Generic[A]):
    """Hands contents out a few ahead of their answers; puts an error where a process was thrown away.

    A context, at whose end its processes end. Till then they are kept, and answer one batch after the other:

        with Workforce(work, most=1) as workforce:
            for batch in batches:
                workforce.begin(batch)
                answers = list(workforce.answers())

    Args:
        work: Opens and answers; an error that it raises ends the whole.
        most: How many processes answer at most; with none contents are only opened, to be counted.
        limits: What a page may take; the default ones where not given.
        apart: Whether the processes share nothing with this one, as `Disposable` has it.
    """

    def __init__(
        self, work: Answerer[A], most: int, limits: Limits | None = None, *, apart: bool = False
    ) -> None:
        self._work = work
        self._most = most
        self._limits = limits or Limits()
        self._apart = apart
        self._opener: Disposable | None = None
        self._workers: list[Disposable] = []
        self._contents: Iterator[Held] = iter(())
        self._clear()

    def begin(self, contents: Iterable[Held], portion: Portion | None = None) -> None:
        """Take the first content, and start what it needs.

        Args:
            contents: What is to be opened: from the input on with which the portion begins.
            portion: Which documents are answered; all where not given.
        """
        self._contents, self._count, self._are_more = iter(contents), Count(portion or Portion()), True
        self._take()

    def answers(self) -> Iterator[Answered[A]]:
        """Every answer, in order; who does not go through to the end throws the processes away."""
        try:
            while True:
                yield from self._due()
                self._take()
                self._hand_out()
                if not self._places and not self._is_opening():
                    return
                self._hear()
        except BaseException:
            self.end()
            raise

    def end(self) -> None:
        """Throw its processes away; another batch starts new ones."""
        for process in [*self._workers, *([self._opener] if self._opener else [])]:
            process.end()
        self._opener, self._workers = None, []
        self._clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.end()

    def _clear(self) -> None:
        """Hold no content."""
        self._contents = iter(())
        self._count = Count(Portion())
        self._are_more = False
        self._places: deque[_Place[A]] = deque()
        self._waiting: deque[_Place[A]] = deque()
        self._size = 0

    def _due(self) -> Iterator[Answered[A]]:
        """What is answered, up to the first place that is not."""
        while self._places:
            first = self._places[0]
            while first.answers:
                yield Answered(first.answers.popleft(), first.at)
            if first.held is not None:
                return
            self._size -= first.size
            self._places.popleft()

    def _has_room(self) -> bool:
        return (
            len(self._waiting) < max(self._most, 1) * _QUEUED_A_WORKER
            and len(self._places) < _WINDOW
            and self._size < _IN_FLIGHT
        )

    def _is_opening(self) -> bool:
        return self._opener is not None and self._opener.at is not None

    def _take(self) -> None:
        """Give the opener its next content, as long as there is room."""
        while self._are_more and not self._is_opening() and self._has_room():
            content = next(self._contents, None)
            if content is None:
                self._are_more = False
                return
            self._count.next_input()
            if isinstance(content, Unread):
                self._opened(content)
            else:
                if not self._workers and self._most:
                    self._start()  # it prepares while the content is opened
                self._opener = self._opener or self._process(self._work.opened, _nothing)
                if not self._opener.give(content, content):
                    self._lost(self._opener, "unasked")

    def _opened(self, held: Held) -> None:
        """Take what was opened, if it is within the portion."""
        if self._count.takes(at := self._count.next_document()):
            self._place(_Place(at, held))
        if self._count.is_over:
            self._stop_opening()

    def _place(self, place: _Place[A]) -> None:
        """Add a place at the end; what cannot be read is answered here."""
        self._places.append(place)
        if isinstance(place.held, Unread):
            self._answer(place, place.held)
            return
        self._resize(place, _size_of(place.held))
        self._waiting.append(place)

    def _stop_opening(self) -> None:
        self._are_more = False
        if self._opener is not None:
            self._drop(self._opener)

    def _answer(self, place: _Place[A], unread: Unread) -> None:
        place.answers.extend(self._work(unread))
        place.held = None

    def _resize(self, place: _Place[A], by: int) -> None:
        place.size += by
        self._size += by

    def _start(self) -> None:
        self._workers.append(self._process(self._work, self._work.prepare))

    def _process(self, work: Callable[[Any], Iterable[Any]], prepare: Callable[[], object]) -> Disposable:
        return Disposable(work, prepare, self._limits, apart=self._apart)

    def _hand_out(self) -> None:
        """Give every worker that waits its next document; start another where many wait for one."""
        for worker in [each for each in self._workers if each.is_ready and each.at is None]:
            if not self._waiting:
                return
            place = self._waiting.popleft()
            if not worker.give(place.held, place):
                self._waiting.appendleft(place)
                worker.at = None
                self._drop(worker)
        loading = sum(not each.is_ready for each in self._workers)
        enough = 1 if not self._workers else _PAGES_A_WORKER * (loading + 1)
        if len(self._waiting) >= enough and len(self._workers) < self._most:
            self._start()

    def _hear(self) -> None:
        """Wait for messages, and take them; throw away whose time is up."""
        heard = [each for each in self._workers if not each.is_ready or each.at is not None]
        if self._opener is not None and (self._opener.at is not None or not self._opener.is_ready):
            if self._has_room():
                heard.append(self._opener)
            else:
                self._opener.rest()
        assert heard
        talking = wait([each.connection for each in heard], min(each.left for each in heard))
        for each in heard:
            if each.connection in talking:
                self._understand(each, each.receive())
            elif not each.left:
                self._lost(each, TIME_IS_UP)

    def _understand(self, process: Disposable, message: Message) -> None:
        if isinstance(message, Failed):
            raise message.error
        if isinstance(message, Died):
            self._lost(process, message.how)
        elif isinstance(message, Result) and process is self._opener:
            self._opened(message.value)
        elif isinstance(message, Result):
            process.at.answers.append(message.value)
            self._resize(process.at, message.size)
        elif isinstance(message, Done):
            self._finish(process)
            if message.last:
                self._drop(process)

    def _finish(self, process: Disposable) -> None:
        """What a process worked on is done."""
        at, process.at = process.at, None
        if isinstance(at, _Place):
            self._resize(at, -_size_of(at.held))
            at.held = None

    def _lost(self, process: Disposable, how: str) -> None:
        """Answer for a process that died, or is stopped because its time is up; it is not used again."""
        at = process.at
        self._drop(process)
        if not process.is_ready:
            raise GoujiError(f"a process that is to read pages cannot start ({how}); is there enough memory?")
        if isinstance(at, _Place):
            self._resize(at, -_size_of(at.held))
            self._answer(at, Unread(_name_of(at.held), fault_of(how, self._limits)))
        elif at is not None:
            self._opened(Unread(at.name, fault_of(how, self._limits)))

    def _drop(self, process: Disposable) -> None:
        process.end()
        if process is self._opener:
            self._opener = None
        else:
            self._workers.remove(process)
