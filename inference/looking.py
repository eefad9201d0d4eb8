"""Look into the files of a folder before any is read, in a process that can be thrown away.

Flow:  a file below a folder -> **its process** -> why it is no page, or that it is to be read

What lies in a folder was written by no friend either: a file at which looking takes too long, or the process
dies, is to be read. Reading it, within its own limits, says what is wrong with it.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from multiprocessing.connection import wait

from gouji.inference.disposable import Died, Disposable, Done, Failed, Result
from gouji.inference.limits import Limits
from gouji.inference.not_pages import Why, why_not_a_page
from gouji.inference.readers import Content, Options

_SECONDS = 10  # a look takes milliseconds, at 16 MB of text half a second


@dataclass(frozen=True, slots=True)
class Seen:
    """What a look into a file tells; nothing where it is to be read."""

    why: Why | None = None  # it is no page
    fault: str | None = None  # the system's own words, where it cannot be opened


class Looker:
    """Looks into one file after the other; its process is started with the first.

    Args:
        options: What the user says of the files.
    """

    def __init__(self, options: Options) -> None:
        self._look = partial(_seen, options=options)
        self._process: Disposable | None = None

    def look(self, content: Content) -> Seen:
        """What a file is, as far as a look tells."""
        if multiprocessing.current_process().daemon:  # which the system allows no processes of its own
            return next(self._look(content))
        if self._process is None:
            self._process = Disposable(self._look, _nothing, replace(Limits(), seconds=_SECONDS))
        seen = self._heard(self._process) if self._process.give(content, content.name) else None
        if seen is None:
            self.close()
        return seen or Seen()

    def close(self) -> None:
        """Throw the process away."""
        if self._process is not None:
            self._process.end()
            self._process = None

    def _heard(self, process: Disposable) -> Seen | None:
        """What the process tells of the file that it has; None where it tells nothing."""
        seen = Seen()
        while wait([process.connection], process.left):
            message = process.receive()
            if isinstance(message, Result):
                seen = message.value
            elif isinstance(message, Done):
                if message.last:
                    self.close()
                return seen
            elif isinstance(message, Died | Failed):
                return None
        return None


def _seen(content: Content, options: Options) -> Iterator[Seen]:
    try:
        yield Seen(why_not_a_page(content, options))
    except OSError as error:  # its folder may be listed, and what lies in it not be looked at
        yield Seen(fault=error.strerror)
    except Exception:
        yield Seen()


def _nothing() -> None:
    """It needs no preparation."""
