"""Begin a file to write to beside its place, and put it there when it is whole.

Flow:  path -> **new file** -> JSON lines, CSV, Parquet, workbooks

Until then what stood there stays as it was, whatever happens: a full disk, Ctrl-C, a kill. A pipe or a
device is written to as it is. That nothing is replaced unasked is seen to by the commands.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from gouji.inference.outputs.errors import OutputError

OWN_MARK = "<!-- written by gouji -->"  # begins a Markdown file, which else is taken for a page of text
_BLOCK = 1 << 16  # bytes that are looked through at a time for the end of a line


def new_file(path: Path, name: Path | None = None) -> BinaryIO:
    """An empty file; the folders that it needs are made.

    Args:
        path: Where it lies.
        name: What it is called, where that is another.

    Raises:
        OutputError: It cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("wb")
    except OSError as error:
        where = f": {error.filename}" if error.filename and Path(error.filename) != path else ""
        fault = f"{name or path}: cannot be written: {error.strerror}{where}; name another place with -o"
        raise OutputError(fault) from error


def part_of(path: Path) -> Path:
    """Where a file lies while it is written.

    >>> str(part_of(Path("out/cells.csv")))
    'out/cells.csv.part'
    """
    return path.with_name(f"{path.name}.part")


@contextmanager
def beside(path: Path, *, of_lines: bool = False, anew: bool = True) -> Iterator[Path]:
    """Where to write what is to stand at a path; at the end it is put there, unless writing broke off.

    Args:
        path: The file's place.
        of_lines: Whether it is of use as far as it was written: then it is kept beside, cut to whole lines.
        anew: Whether to begin with an empty file; else with what an earlier run has left beside.

    Raises:
        OutputError: It cannot be written there.
    """
    if path.exists() and not path.is_file():
        yield path
        return
    place = Path(os.path.realpath(path))  # a link goes on leading to it
    part = part_of(place)
    if anew:
        new_file(part, path).close()
    try:
        yield part
        with written(path):
            if place.exists():
                shutil.copymode(place, part)
            part.replace(place)
    except BaseException:
        with suppress(OSError):
            cut_to_lines(part) if of_lines else part.unlink()
        raise


@contextmanager
def written(path: Path, *, of_lines: bool = False) -> Iterator[None]:
    """Say in a file's name that it cannot be written.

    Args:
        path: The file's place.
        of_lines: Whether what was written of it is kept.

    Raises:
        OutputError: The disk is full, or the like.
    """
    try:
        yield
    except BrokenPipeError:
        raise  # who reads has seen enough
    except OSError as error:
        part = part_of(Path(os.path.realpath(path)))
        left = f"; the lines that are whole are kept in {part}" if of_lines and part.exists() else ""
        fault = (
            f"{path}: cannot be written: {error.strerror or error}{left}; make room, or name another place"
        )
        raise OutputError(fault) from error


@contextmanager
def lines_into(part: Path, path: Path) -> Iterator[BinaryIO]:
    """A file that lines are added to, each at once.

    Args:
        part: Where they are written.
        path: What the file is called.

    Raises:
        OutputError: It cannot be written.
    """
    with written(path, of_lines=True):
        file = part.open("ab")
    try:
        yield file
    except BaseException:
        with suppress(OSError):  # what could not be written has been said
            file.close()
        raise
    with written(path, of_lines=True):
        file.close()


def cut_to_lines(path: Path) -> None:
    """Take off what stands behind the end of the last line."""
    with path.open("rb+") as file:
        end = file.seek(0, os.SEEK_END)
        while end > 0:
            start = max(0, end - _BLOCK)
            file.seek(start)
            found = file.read(end - start).rfind(b"\n")
            if found >= 0:
                file.truncate(start + found + 1)
                return
            end = start
        file.truncate(0)
