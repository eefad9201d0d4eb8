"""Find the stretches of a WARC file that can be read by themselves, so that damage costs no more than itself.

Flow:  file -> **stretches** -> records -> pages

A compressed crawl is a row of gzip members, most often one a record; a plain one a row of records. Behind
damage reading goes on at the next place where one of them begins.
"""

from __future__ import annotations

import io
import re
import zlib
from typing import BinaryIO

GZIP_MEMBER = b"\x1f\x8b\x08"
_VERSION = b"WARC/1."
_RECORD = re.compile(rb"WARC/1\.\d\r?\n[A-Z][A-Za-z-]+:")  # as one begins, also in the midst of a line
_LONGEST = 64  # bytes that the expression matches
_BLOCK = 1 << 16  # bytes
_OF_GZIP = 31  # zlib's window bits for data with gzip's head and checksum


class Member(io.RawIOBase):
    """One gzip member, unpacked as it is read; what is damaged raises.

    Raises:
        zlib.error: It is damaged.
        EOFError: It is cut off.
    """

    def __init__(self, file: BinaryIO, start: int) -> None:
        super().__init__()
        self._file, self._unpacking = file, zlib.decompressobj(_OF_GZIP)
        self._read = 0
        file.seek(start)
        self._start = start

    @property
    def end(self) -> int:
        """Where the member ends, when it has been read to its end."""
        return self._start + self._read - len(self._unpacking.unused_data)

    def read(self, size: int = -1) -> bytes:
        """Some of what is unpacked: at most so many bytes, none at the end."""
        most = _BLOCK if size < 0 else size
        while not self._unpacking.eof:
            block = self._unpacking.unconsumed_tail or self._more()
            if unpacked := self._unpacking.decompress(block, most):
                return unpacked
        return b""

    def _more(self) -> bytes:
        block = self._file.read(_BLOCK)
        self._read += len(block)
        if not block:
            raise EOFError("it is cut off")
        return block


def next_place(file: BinaryIO, mark: bytes, start: int) -> int | None:
    """Where a mark stands next, from a place on; None where it does not come again."""
    file.seek(start)
    kept = b""
    while block := file.read(_BLOCK):
        found = (kept + block).find(mark)
        if found >= 0:
            return start - len(kept) + found
        start += len(block)
        kept = (kept + block)[-len(mark) + 1 :]
    return None


def next_record(file: BinaryIO, start: int, but: int | None = None) -> int | None:
    """Where a record begins next, from a place on: also within one that was cut off.

    Args:
        file: The crawl.
        start: The first place that may be one.
        but: The place of one that cannot be read.
    """
    while (found := next_place(file, _VERSION, start)) is not None:
        file.seek(found)
        if found != but and _RECORD.match(file.read(_LONGEST)):
            return found
        start = found + 1
    return None


def holds_record(data: bytes) -> bool:
    """Whether a record begins within data."""
    return _RECORD.search(data) is not None
