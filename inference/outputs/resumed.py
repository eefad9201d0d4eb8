"""Write lines so that a run that was killed, at whatever moment, goes on where it stood.

Flow:  answers -> **NAME.part and NAME.resume** -> NAME and NAME.done

Beside the lines stands up to where they are whole: the document that comes next, and how many bytes the lines
before it have. Every second the lines are brought to the disk, and then this state. Who goes on cuts off what
stands behind it. What the lines depend on is told with it; nobody goes on with something else.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from gouji.inference.outputs.errors import OutputError
from gouji.inference.outputs.files import beside, lines_into, part_of, written
from gouji.inference.outputs.run_state import (
    ANEW,
    MadeOf,
    State,
    done_path,
    read_state,
    state_path,
    write_state,
)
from gouji.inference.portions import Position

try:
    import fcntl
except ImportError:  # not on every system
    fcntl = None  # type: ignore[assignment]

_EVERY = 1.0  # seconds between two states: what a kill costs at most, in work


class Lines:
    """A file of lines that is being written.

    Args:
        file: Where they are added.
        path: What the file is called.
        made_of: Tells what they depend on, when a state is written: that may take a while to find out.
        at: The document that comes first.
        earlier: The state of what is there already.
    """

    def __init__(
        self,
        file: BinaryIO,
        path: Path,
        made_of: Callable[[], MadeOf],
        at: Position,
        earlier: State | None,
    ) -> None:
        self._file, self._path, self._made_of = file, path, made_of
        self._at = at
        self._size = self._whole = earlier.size if earlier is not None else 0
        self._counts = Counter(earlier.counts if earlier is not None else {})
        self._whole_counts = dict(self._counts)
        self._saved = time.monotonic()

    def write(self, line: str, status: str, at: Position) -> None:
        """Add an answer.

        Args:
            line: Without its end.
            status: What it counts as.
            at: The document that it is of; what was added before is whole where it is of another.
        """
        if at != self._at:
            self._at, self._whole, self._whole_counts = at, self._size, dict(self._counts)
            if time.monotonic() - self._saved >= _EVERY:
                self.save()
        data = line.encode("utf-8", "replace") + b"\n"
        with written(self._path, of_lines=True):
            self._file.write(data)
            self._file.flush()  # a whole line, for who watches the file and for a disk that fills
        self._size += len(data)
        self._counts[status] += 1

    def save(self, *, is_whole: bool = False) -> None:
        """Bring the lines to the disk, and then how far they are whole."""
        with written(self._path, of_lines=True):
            os.fsync(self._file.fileno())
        size, counts = (self._size, self._counts) if is_whole else (self._whole, self._whole_counts)
        write_state(self._path, State(self._made_of(), self._at, size, dict(counts), is_whole))
        self._saved = time.monotonic()


@contextmanager
def lines_for(
    path: Path, made_of: Callable[[], MadeOf], at: Position, earlier: State | None, *, marked: bool
) -> Iterator[Lines]:
    """A file of lines to begin, or to go on with.

    Args:
        path: Where it lies when it is whole.
        made_of: Tells what it depends on.
        at: The document that comes first where there is no earlier state.
        earlier: The state that an earlier run has left.
        marked: Whether a mark that it is whole, and of what it was made, is left beside it: NAME.done.

    Raises:
        OutputError: It cannot be written, or another run is writing it.
    """
    _refuse_busy(path)
    if earlier is None:
        with written(path):
            state_path(path).unlink(missing_ok=True)
    with beside(path, of_lines=True, anew=earlier is None) as part, lines_into(part, path) as file:
        _lock(file, path)
        if earlier is not None:
            _cut(file, part, earlier)
            at = earlier.at
        lines = Lines(file, path, made_of, at, earlier)
        try:
            yield lines
        except BaseException:
            if state_path(path).exists():  # else there is little to lose, and the first state takes longest
                with suppress(OSError, OutputError):  # what could not be written has been said
                    lines.save()
            raise
        if marked or state_path(path).exists():
            lines.save(is_whole=True)
    _close(path, marked=marked)


def state_of(path: Path) -> State | None:
    """How far the file at a path has come: whole, in part, or not begun as far as anybody can tell.

    Raises:
        OutputError: The state that stands beside it cannot be read.
    """
    begun = read_state(state_path(path))
    part = _part_of(path)
    if begun is not None and begun.is_whole:  # the run was killed while it put the file in its place
        with written(path):
            if part.exists():
                part.replace(os.path.realpath(path))
        _close(path, marked=True)
    elif begun is not None and part.exists():
        return begun
    done = read_state(done_path(path))
    return done if done is not None and _size(path) == done.size else None


def _close(path: Path, *, marked: bool) -> None:
    """Turn the state of a file that is whole into its mark, or take it away."""
    with written(path):
        if marked:
            state_path(path).replace(done_path(path))
        else:
            state_path(path).unlink(missing_ok=True)


def _part_of(path: Path) -> Path:
    return part_of(Path(os.path.realpath(path)))


def _refuse_busy(path: Path) -> None:
    """Refuse before anything of another run is touched."""
    with suppress(OSError), _part_of(path).open("rb+") as file:
        _lock(file, path)


def _lock(file: BinaryIO, path: Path) -> None:
    """Hold a file for as long as this process has it open, however it ends."""
    if fcntl is None:
        return
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise OutputError(
            f"{path}: another run is writing it; let that end, or name another place"
        ) from error
    except OSError:
        pass  # a file system without locks


def _cut(file: BinaryIO, part: Path, state: State) -> None:
    if (found := os.fstat(file.fileno()).st_size) < state.size:
        fault = f"has {found} bytes; the run that wrote it tells of {state.size}"
        raise OutputError(f"{part}: {fault}; was it edited? {ANEW}")
    file.truncate(state.size)


def _size(path: Path) -> int | None:
    return path.stat().st_size if path.is_file() else None
