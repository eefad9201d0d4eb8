"""The list of a run's inputs, and of what is not read beside them: gone through often, never held.

Flow:  arguments, lists of paths -> sources -> **list** -> contents

A million names are a gigabyte as objects. So they are laid in a file that goes with the process, in memory
as long as they are few. The list has a digest, by which a run that goes on knows that it reads the same.
"""

from __future__ import annotations

import hashlib
import os
import pickle
from array import array
from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from pathlib import Path
from tempfile import SpooledTemporaryFile
from typing import TypeVar

from gouji.inference.readers import Options
from gouji.inference.sources import STDIN, NotRead, Source, looked_up

T = TypeVar("T")

_HELD = 1 << 22  # bytes: some forty thousand inputs
_BLOCK = 512  # things that are written, and read again, at a time


class Laid(Collection[T]):
    """Things laid one behind the other in a file, a block at a time, to be gone through in their order."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(_HELD)  # noqa: SIM115 - it goes when the object goes
        self._blocks: array[int] = array("q")  # where each begins
        self._block: list[T] = []  # the last one, that is not yet in the file
        self._count = 0

    def lay(self, thing: T) -> None:
        """Add one at the end."""
        if len(self._block) == _BLOCK:
            self._blocks.append(self._file.seek(0, os.SEEK_END))
            pickle.dump(self._block, self._file, pickle.HIGHEST_PROTOCOL)
            self._block = []
        self._block.append(thing)
        self._count += 1

    def __len__(self) -> int:
        return self._count

    def __contains__(self, thing: object) -> bool:
        return any(each == thing for each in self)

    def __iter__(self) -> Iterator[T]:
        return self.from_number(0)

    def from_number(self, number: int) -> Iterator[T]:
        """Those from a number on, counted from 0."""
        first, within = divmod(number, _BLOCK)
        for place in self._blocks[first:]:
            self._file.seek(place)
            yield from islice(pickle.load(self._file), within, None)
            within = 0
        yield from islice(self._block, within if first <= len(self._blocks) else _BLOCK, None)


class InputList:
    """What is read and what is not, each in its order."""

    def __init__(self) -> None:
        self.sources: Laid[Source] = Laid()
        self.not_read: Laid[NotRead] = Laid()

    def paths(self) -> Iterator[Path]:
        """The files among the inputs."""
        return (source.path for source in self.sources if source.path is not None)

    def digest(self) -> str:
        """The SHA-256 of the names of all inputs, their sizes and the times they were changed.

        Of standard input it is that of the bytes. The bytes of files are not looked at: that would take as
        long as reading them does.
        """
        found = hashlib.sha256()
        for source in self.sources:
            found.update(f"{source.name}\0{_stamp(source)}\n".encode())
        return found.hexdigest()


def list_inputs(inputs: Iterable[str], options: Options) -> InputList:
    """List what arguments name.

    Args:
        inputs: Files, folders, patterns, `-`.
        options: What the user says of the files.
    """
    listed = InputList()
    for found in looked_up(inputs, options):
        if isinstance(found, Source):
            listed.sources.lay(found)
        else:
            listed.not_read.lay(found)
    return listed


def _stamp(source: Source) -> str:
    """What changes when an input does."""
    if source.fault is not None:
        return source.fault
    if source.path is None or source.name == STDIN:
        return source.content.sha256()
    try:
        status = source.path.stat()
    except OSError as error:
        return f"{error.strerror}"  # gone since it was listed
    return f"{status.st_size} {status.st_mtime_ns}"
