"""A file of what people said, one JSON object a line, each added behind the last and none ever changed.

Flow:  answers, corrected spans -> **journal** -> corrections.jsonl, spans.jsonl

Several processes may read and write it at once: who writes has it alone, and adds whole lines or none. What a
broken write has left stays, and is told of as a line that cannot be read.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from gouji.inference.printable import json_line
from gouji.model.errors import GoujiError

try:
    import fcntl
except ImportError:  # no POSIX system
    fcntl = None  # type: ignore[assignment]


class JournalError(GoujiError):
    """The file cannot be read or written."""


class Journal:
    """One file; one that is not there holds nothing, and is made by the first line.

    >>> import tempfile
    >>> journal = Journal(Path(tempfile.mkdtemp()) / "said.jsonl")
    >>> with journal.alone() as (file, data):
    ...     journal.add(file, data, [{"by": "li"}])
    >>> list(journal.lines())
    [(1, {'by': 'li'})]
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    def lines(self, data: bytes | None = None) -> Iterator[tuple[int, Any]]:
        """The number of each line, from 1, and what it holds; of one that is no JSON, the ValueError.

        Args:
            data: The file's bytes, where they are at hand.

        Raises:
            JournalError: The file is there and cannot be read.
        """
        for number, line in enumerate((self._read() if data is None else data).split(b"\n"), 1):
            if line.strip():
                try:
                    yield number, json.loads(line)
                except ValueError as error:
                    yield number, error

    @contextmanager
    def alone(self) -> Iterator[tuple[BinaryIO, bytes]]:
        """The file, to be written behind its end by nobody else, and what it holds.

        Raises:
            JournalError: It cannot be written.
        """
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("a+b") as file:
                if fcntl is not None:
                    fcntl.flock(file, fcntl.LOCK_EX)
                file.seek(0)
                yield file, file.read()
        except OSError as error:
            raise JournalError(f"{self.path}: cannot be written ({error.strerror or error})") from error

    def add(self, file: BinaryIO, data: bytes, records: Iterable[Mapping[str, Any]]) -> None:
        """Write lines behind all others, and have them on the disk."""
        begin = b"" if data.endswith(b"\n") or not data else b"\n"
        file.write(begin + "".join(json_line(record) + "\n" for record in records).encode("utf-8"))
        file.flush()
        os.fsync(file.fileno())

    def _read(self) -> bytes:
        try:
            return self.path.read_bytes()
        except FileNotFoundError:
            return b""
        except OSError as error:
            raise JournalError(f"{self.path}: cannot be read ({error.strerror or error})") from error
