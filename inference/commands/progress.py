"""Tell who waits how far a run is: pages, pages a second, and how long the rest will take.

Flow:  answers -> **told of as they pass** -> answers

On a terminal a bar moves; where nobody watches, as in a log, a line is written now and then. How long the
rest takes is estimated from how much of the inputs is done: by pages where they are counted, else by files.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from gouji.inference.commands.options import say
from gouji.model.processes import is_main_process

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from gouji.inference.batch import Answer
    from gouji.inference.portions import Position

_EVERY = 60.0  # seconds between two lines of a log
_EVERY_ON_A_TERMINAL = 0.2


class Progress:
    """How far a run is.

    Args:
        begin: Where it begins, or goes on.
        inputs: How many there are in all.
        documents: How many pages there are in them; None where they are not counted.
    """

    def __init__(self, begin: Position, inputs: int, documents: int | None) -> None:
        self._begin, self._inputs, self._documents = begin, inputs, documents
        self._begun = time.monotonic()
        self._answers = 0
        self.share = 0.0  # of what was to be done at the beginning

    def take(self, at: Position) -> None:
        """Another answer, and the document that it is of."""
        self._answers += 1
        if self._documents is not None:
            done, left = at.number - self._begin.number, self._documents - self._begin.number
        else:
            done, left = at.input - self._begin.input, self._inputs - self._begin.input
        self.share = done / max(left, 1)

    def told(self) -> str:
        """All of it in a line: `1200 pages, 40.0 a second, 25%, 1 min 30 s left`."""
        seconds = max(time.monotonic() - self._begun, 1e-9)
        told = f"{self._answers} pages, {self._answers / seconds:.1f} a second"
        if self.share:
            told += f", {self.share:.0%}, {duration(seconds / self.share - seconds)} left"
        return told


def duration(seconds: float) -> str:
    """A time as a person says it.

    >>> duration(5), duration(90), duration(7300)
    ('5 s', '1 min 30 s', '2 h 1 min')
    """
    minutes, rest = divmod(round(seconds), 60)
    if minutes < 60:
        return f"{minutes} min {rest} s" if minutes else f"{rest} s"
    return f"{minutes // 60} h {minutes % 60} min"


def told_of(answers: Iterable[Answer], progress: Progress, *, quiet: bool = False) -> Iterator[Answer]:
    """The answers, while stderr tells how far they are."""
    if quiet or not is_main_process():
        yield from answers
        return
    with ExitStack() as stack:
        watched = sys.stderr.isatty()
        tell = stack.enter_context(_bar()) if watched else _in_a_log
        every = _EVERY_ON_A_TERMINAL if watched else _EVERY
        last = time.monotonic()
        for answer in answers:
            progress.take(answer.at)
            if time.monotonic() - last >= every:
                last = time.monotonic()
                tell(progress)
            yield answer


def _in_a_log(progress: Progress) -> None:
    say(f"gouji: {progress.told()}")


@contextmanager
def _bar() -> Iterator[Callable[[Progress], None]]:
    """A bar that is there from the first time on that there is something to tell: one page needs none."""
    with ExitStack() as stack:
        bars: list[Bar] = []

        def tell(progress: Progress) -> None:
            if not bars:
                bars.append(stack.enter_context(_new_bar()))
            bars[0].update(bars[0].task_ids[0], completed=progress.share, told=progress.told())

        yield tell


def _new_bar() -> Bar:
    from rich.console import Console
    from rich.progress import BarColumn, TextColumn
    from rich.progress import Progress as Bar

    columns = (BarColumn(), TextColumn("{task.fields[told]}"))
    bar = Bar(*columns, console=Console(stderr=True), transient=True)
    bar.add_task("", total=1.0, told="")
    return bar
