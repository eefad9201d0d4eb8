"""Do one thing in a process of its own, within its limits, and give back what comes of it.

Flow:  a page named -> **its own process** -> what is shown of it

For the commands that show one page. A library's user is answered in his own process: nothing that he did not
ask for is started there.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable, Iterator
from multiprocessing.connection import wait
from typing import TypeVar

from gouji.inference.disposable import Died, Disposable, Failed, Result
from gouji.inference.limits import Limits
from gouji.model.errors import GoujiError

T = TypeVar("T")


class PageStopped(GoujiError):
    """A page asked for more than it may take."""


def done_alone(name: str, work: Callable[[], T], limits: Limits | None = None) -> T:
    """What some work gives, done in a process that is thrown away.

    Args:
        name: What it is done for.
        work: Its result can be pickled, as can the work where processes are not forked.
        limits: What it may take; the default ones where not given.

    Raises:
        PageStopped: The work asks for too much time, memory or depth.
        Exception: What it raises itself.
    """
    limits = limits or Limits()
    if multiprocessing.current_process().daemon:  # which the system allows no processes of its own
        return work()
    process = Disposable(_Once(work), _nothing, limits)
    try:
        process.give(None, name)
        while wait([process.connection], process.left):
            message = process.receive()
            if isinstance(message, Result):
                return message.value  # type: ignore[no-any-return]
            if isinstance(message, Died):
                fault = f"the process that read it died ({message.how})"
                raise PageStopped(f"{name}: {fault}; perhaps it wants {limits.reached('memory')}")
            if isinstance(message, Failed):
                raise _in_words(name, message.error, limits)
        raise PageStopped(f"{name}: takes {limits.reached('seconds')}, or report the page")
    finally:
        process.end()


class _Once:
    """Work as a process takes it: one result for what it is given."""

    def __init__(self, work: Callable[[], object]) -> None:
        self._work = work

    def __call__(self, given: None) -> Iterator[object]:
        yield self._work()


def _nothing() -> None:
    """Such work needs no preparation: what it loads counts."""


def _in_words(name: str, error: BaseException, limits: Limits) -> BaseException:
    if isinstance(error, MemoryError):
        return PageStopped(f"{name}: wants {limits.reached('memory')}")
    if isinstance(error, RecursionError):
        return PageStopped(f"{name}: nests too deep; expected a report's page, that a person could read")
    return error
