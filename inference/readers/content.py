"""What readers take and give: a file's content, what the user says of it, a page that cannot be read.

Flow:  **content** -> kind -> reader -> pages
"""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal

from gouji.inference.limits import limits
from gouji.inference.printable import encodable
from gouji.inference.reading import ReadingError
from gouji.model.irregular import what_is_no_file
from gouji.model.provenance import UNTOLD, Provenance

HEAD = 1 << 16  # bytes that tell what a content is


@dataclass(frozen=True, slots=True)
class Content:
    """The bytes of a file or of a part of one: held in `data`, or lying at `path`."""

    name: str  # as a page of it is called: a path, `FILE#N`, a record's address
    data: bytes | None = None
    path: Path | None = None
    charset: str | None = None  # as declared outside the bytes: an HTTP or MIME header
    decoded: bool = False  # a string, in utf-8: no encoding that the user names is its
    provenance: Provenance = UNTOLD  # what its container tells of it
    rows: tuple[int, int] | None = (
        None  # of a Parquet file: the first that is wanted, and the first that is not
    )

    def __post_init__(self) -> None:
        object.__setattr__(self, "name", encodable(self.name))

    def open(self) -> BinaryIO:
        """The bytes as a stream, for what is larger than memory.

        Raises:
            ReadingError: The file cannot be opened, or is a pipe, a socket or a device.
        """
        if self.path is None:
            return io.BytesIO(self.data or b"")
        if (fault := what_is_no_file(self.path)) is not None:
            raise ReadingError(f"{self.name}: {fault}")
        try:
            return self.path.open("rb")
        except OSError as error:
            fault = f"{self.name}: cannot be read: {error.strerror or error}; check the path"
            raise ReadingError(fault) from error

    @property
    def size(self) -> int:
        """How many bytes there are."""
        if self.path is None:
            return len(self.data or b"")
        try:
            return self.path.stat().st_size
        except OSError:
            return 0  # opening it says what is wrong

    def head(self) -> bytes:
        """The first bytes, enough to tell what it is."""
        with self.open() as file:
            return file.read(HEAD)

    def whole(self) -> bytes:
        """All bytes.

        Raises:
            ReadingError: The file cannot be read, or is larger than a document may be.
        """
        if self.size > limits().bytes:
            raise ReadingError(f"{self.name}: {limits().reached('bytes', self.size)}")
        if self.data is not None:
            return self.data
        with self.open() as file:
            try:
                return file.read()
            except OSError as error:
                fault = f"{self.name}: cannot be read: {error.strerror or error}; check the file"
                raise ReadingError(fault) from error

    def sha256(self) -> str:
        """The digest of all bytes.

        Raises:
            ReadingError: The file cannot be opened.
        """
        if self.data is not None:
            return hashlib.sha256(self.data).hexdigest()
        digest = hashlib.sha256()
        with self.open() as file:
            while block := file.read(HEAD):
                digest.update(block)
        return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Options:
    """What the user says of the files."""

    encoding: str | None = None  # forces one
    column: str | None = None  # that holds the pages of JSON lines and Parquet
    meta: tuple[tuple[str, str], ...] = ()  # what else is taken of them: a name, and the column that holds it


@dataclass(frozen=True, slots=True)
class Unread:
    """A page that cannot be read, in its place; `error` says why and what to do, without the name.

    It is false where an extraction is true:

    >>> answer = Unread("a.txt", "is empty; expected the text of a report's page")
    >>> print(answer or "read")
    read
    >>> print(answer)
    a.txt: is empty; expected the text of a report's page
    """

    source: str
    error: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "source", encodable(self.source))
        object.__setattr__(self, "error", encodable(self.error))

    def __bool__(self) -> Literal[False]:
        return False

    def __str__(self) -> str:
        return f"{self.source}: {self.error}"
