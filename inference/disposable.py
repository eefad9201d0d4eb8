"""A process that works through what it is given, and can be thrown away at any moment.

Flow:  thing given -> **process of its own, within limits** -> results, or how it ended

What a page asks for can hang, crash or eat a process, in a library that no exception reaches. So it is read
where nothing else is lost: beyond its time it is killed, with the programs that it has started; beyond its
memory the system refuses it more. It ends with the process that started it, however that ends, and leaves
Ctrl-C to it.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import pickle
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType
from typing import Any

from gouji.inference.limits import Limits, set_limits

try:
    import resource
except ImportError:  # not on every system
    resource = None  # type: ignore[assignment]

_THINGS = 500  # after which a process is replaced: what a library leaks does not add up
_PEAK = 0.5  # of its memory, once held, too: what is left of that would be missing to the next page
_START = 60  # seconds at least that it may take to prepare, whatever a page may take: machines are busy
_KILL_WITH_PARENT = 1  # PR_SET_PDEATHSIG
_SERVER = 0  # stands for the process of multiprocessing that forks others; it ends with the one it serves
_NEEDED = ("gouji.inference.batch", "gouji.inference.extractor", "gouji.inference.readers.html")
_ours: set[Connection] = set()  # this process's ends: a child that kept them would keep its siblings alive


@dataclass(frozen=True, slots=True)
class Ready:
    """It has prepared and waits."""


@dataclass(frozen=True, slots=True)
class Result:
    """One result of what it was given."""

    value: Any
    size: int = 0  # bytes


@dataclass(frozen=True, slots=True)
class Done:
    """All results were sent; `last` where it takes no more."""

    last: bool


@dataclass(frozen=True, slots=True)
class Failed:
    """The work itself raised: that is no fault of what it was given."""

    error: BaseException


@dataclass(frozen=True, slots=True)
class Died:
    """It ended unasked."""

    how: str  # a signal's name, or the exit status


Message = Ready | Result | Done | Failed | Died


class Disposable:
    """One such process, seen from outside.

    Args:
        work: The results for one thing; goes to the process, so it can be pickled.
        prepare: Called once there, before the limits hold: it loads what all work needs.
        limits: How long each result may take, and how much memory the process.
        apart: Have it share nothing with this process, which belongs to another program: its threads may hold
            what a fork would copy as held for ever, its sockets would stay open in the copy.
    """

    def __init__(
        self,
        work: Callable[[Any], Iterable[Any]],
        prepare: Callable[[], object],
        limits: Limits,
        *,
        apart: bool = False,
    ) -> None:
        context = _context(apart)
        self.connection, theirs = context.Pipe()
        _ours.add(self.connection)
        arguments = (theirs, work, prepare, limits, _parent(apart))
        self._process = context.Process(target=_serve, args=arguments, daemon=True)
        with _unseen_script() if apart else _held_back():
            self._process.start()
        theirs.close()
        self._seconds = limits.seconds
        self._since = time.monotonic()
        self.is_ready = False
        self.at: Any = None  # what it works on

    def give(self, thing: Any, at: Any) -> bool:
        """Give it the next thing; false where it has died meanwhile."""
        self.at = at
        self.rest()
        try:
            self.connection.send(thing)
        except OSError:
            return False
        return True

    def receive(self) -> Message:
        """The next message; waits for it."""
        self.rest()
        try:
            data = self.connection.recv_bytes()
            message: Message = pickle.loads(data)
        except (EOFError, OSError):
            self._process.join()
            code = self._process.exitcode or 0
            return Died(signal.Signals(-code).name if code < 0 else f"exit status {code}")
        if isinstance(message, Ready):
            self.is_ready = True
        return Result(message.value, len(data)) if isinstance(message, Result) else message

    def rest(self) -> None:
        """Count its time from now on."""
        self._since = time.monotonic()

    @property
    def left(self) -> float:
        """How many seconds it has left for its next message."""
        seconds = self._seconds if self.is_ready else max(self._seconds, _START)
        return max(0.0, self._since + seconds - time.monotonic())

    def end(self) -> None:
        """Throw it away, with all programs that it has started."""
        if sys.platform != "win32":
            with suppress(OSError):  # it has ended, or not begun
                os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        self._process.join()
        _ours.discard(self.connection)
        self.connection.close()


def _context(apart: bool) -> Any:
    """How a process is started."""
    if sys.platform != "linux":  # forking is safe nowhere else
        return multiprocessing.get_context("spawn")
    if apart:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(list(_NEEDED))
        return context
    # A forked process need not import the program again, nor the user's own script, which then needs no
    # `if __name__ == "__main__"`.
    return multiprocessing.get_context("fork")


def _parent(apart: bool) -> int | None:
    """The process that forks another: this one, or `_SERVER`; None where its end cannot be told.

    The system takes the end of the thread that forks for the end of the parent.
    """
    if apart and sys.platform == "linux":
        return _SERVER
    return os.getpid() if threading.current_thread() is threading.main_thread() else None


@contextmanager
def _unseen_script() -> Iterator[None]:
    """Have a process not import the script that runs here: all that it does is gouji's."""
    script = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = script


@contextmanager
def _held_back() -> Iterator[None]:
    """Keep TERM back from a process that is forked here, which begins with what handles it in this one."""
    if sys.platform == "win32":
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(
    connection: Connection,
    work: Callable[[Any], Iterable[Any]],
    prepare: Callable[[], object],
    limits: Limits,
    parent: int | None,
) -> None:
    """What the process does."""
    _stand_alone(parent)
    try:
        set_limits(limits)
        prepare()
        _limit_memory(limits.memory)
        enough = _peak() + limits.memory * _PEAK
        connection.send(Ready())
        for count in range(1, _THINGS + 1):
            for value in work(connection.recv()):
                connection.send(Result(value))
            connection.send(Done(last := count == _THINGS or _peak() > enough))
            if last:
                break
    except (EOFError, BrokenPipeError):
        pass  # nobody waits for it any more
    except Exception as error:
        connection.send(Failed(error))
    os._exit(0)  # without what the parent would do at its end


def _stand_alone(parent: int | None) -> None:
    """End with the parent, leave Ctrl-C to it, and keep no end of its other pipes."""
    for connection in _ours:
        connection.close()
    _ours.clear()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform != "win32":
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
        os.setsid()
    if sys.platform == "linux" and parent is not None:
        ctypes.CDLL(None).prctl(_KILL_WITH_PARENT, signal.SIGKILL, 0, 0, 0)
        if parent not in (os.getppid(), _SERVER):  # it has ended already
            os._exit(0)


def _limit_memory(more: int) -> None:
    """What is wanted beyond so much more than it holds now is refused: MemoryError, `bad_alloc`."""
    if resource is not None:
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        most = _mapped() + more
        resource.setrlimit(resource.RLIMIT_AS, (most if hard < 0 else min(most, hard), hard))


def _mapped() -> int:
    """The bytes of memory that are mapped now, as the system's limit counts them."""
    try:
        return int(Path("/proc/self/statm").read_text().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except OSError:  # not on every system
        return 0


def _peak() -> int:
    """The most memory that this process has held, in bytes."""
    if resource is None:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak << 10
