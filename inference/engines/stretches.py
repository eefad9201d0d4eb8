"""Find the rows of Parquet files at any address that fsspec knows, and cut them into stretches.

Flow:  addresses -> files, their rows counted -> **stretches** -> a shard

An address with `://` is fsspec's (`s3://`, `gs://`, `hdfs://`, `memory://` …); any other is a path that all
machines see. Only the ends of files are read to count their rows.
"""

from __future__ import annotations

import glob
import hashlib
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

from gouji.inference.outputs.errors import OutputError, needed
from gouji.inference.portions import Position
from gouji.inference.readers import Content
from gouji.inference.reading import ReadingError

EXTRA = "ray"
_AT_A_TIME = 16  # files that are asked for their rows: over a network each takes a while to answer
_CHANGED = ("mtime", "ETag", "etag", "LastModified", "last_modified", "updated", "created")
_PARQUET = b"PAR1"


class InputError(OutputError):
    """An input is not there, or is no Parquet."""


@dataclass(frozen=True, slots=True)
class ParquetFile:
    """A file of pages."""

    name: str  # as the user calls it
    address: str
    rows: int | None  # None where it is damaged: reading it says so
    stamp: str  # changes when the file does


@dataclass(frozen=True, slots=True)
class Stretch(Content):
    """Rows of a file at an address; one that is damaged is a stretch as a whole."""

    address: str = ""

    def open(self) -> BinaryIO:
        """The file as a stream.

        Raises:
            ReadingError: It cannot be opened.
        """
        try:
            return cast(BinaryIO, file_system(self.address)[0].open(bare(self.address), "rb"))
        except OSError as error:
            raise ReadingError(f"{self.name}: cannot be read: {error}; check the address") from error

    @property
    def size(self) -> int:
        """How many bytes the file has."""
        return int(file_system(self.address)[0].size(bare(self.address)) or 0)


def files_at(names: Sequence[str]) -> list[ParquetFile]:
    """The files that addresses and patterns name, in their order; those of a pattern sorted.

    Raises:
        InputError: There is no such file, or it is none of Parquet.
    """
    found = [(name, _absolute(name)) for given in names for name in _matches(given)]
    with ThreadPoolExecutor(_AT_A_TIME) as threads:
        return list(threads.map(_looked_at, *zip(*found, strict=True))) if found else []


def digest_of(files: Sequence[ParquetFile]) -> str:
    """The SHA-256 of all names, sizes and times of change."""
    told = "".join(f"{file.name}\0{file.stamp}\n" for file in files)
    return hashlib.sha256(told.encode()).hexdigest()


def counts_of(files: Sequence[ParquetFile]) -> list[int]:
    """How many pages each file holds; one that is damaged counts as one."""
    return [1 if file.rows is None else file.rows for file in files]


def stretches(files: Sequence[ParquetFile], begin: Position, end: int) -> Iterator[Stretch]:
    """The stretches of a shard.

    Args:
        files: All inputs.
        begin: Its first page.
        end: The number of the first page that is not its.
    """
    left, first = end - begin.number, begin.document
    for file, count in list(zip(files, counts_of(files), strict=True))[begin.input :]:
        if left <= 0:
            return
        if taken := min(count - first, left):
            rows = None if file.rows is None else (first, first + taken)
            yield Stretch(file.name, rows=rows, address=file.address)
        left, first = left - taken, 0


def file_system(address: str) -> tuple[Any, str]:
    """The file system of an address, and the path there.

    Raises:
        InputError: There is none for it, or its package is not installed.
    """
    try:
        system, path = needed("fsspec", EXTRA).core.url_to_fs(address)
    except (ValueError, ImportError) as error:
        raise InputError(f"{address}: {error}; expected a path, or an address that fsspec knows") from error
    return system, str(path)


def bare(address: str) -> str:
    """The path of an address in its file system."""
    return file_system(address)[1]


def _matches(given: str) -> list[str]:
    if not glob.has_magic(given):
        return [given]
    if "://" not in given:
        found = sorted(glob.iglob(given, recursive=True))
    else:
        system, pattern = file_system(given)
        found = sorted(system.unstrip_protocol(path) for path in system.glob(pattern))
    if not found:
        raise InputError(f"{given}: matches no file; check the pattern")
    return found


def _absolute(name: str) -> str:
    """Where a file lies, whatever folder a machine works in."""
    return name if "://" in name else os.path.abspath(name)


def _looked_at(name: str, address: str) -> ParquetFile:
    system, path = file_system(address)
    try:
        told = system.info(path)
        with system.open(path, "rb") as file:
            if file.read(len(_PARQUET)) != _PARQUET:
                fault = "is no Parquet file; --engine ray reads Parquet only, and --shards all else"
                raise InputError(f"{name}: {fault}")
            rows = _rows(file)
    except OSError as error:
        fault = "no such file" if isinstance(error, FileNotFoundError) else str(error)
        raise InputError(f"{name}: {fault}; check the address") from error
    changed = next((told[key] for key in _CHANGED if told.get(key)), "")
    return ParquetFile(name, address, rows, f"{told.get('size')} {changed}")


def _rows(file: BinaryIO) -> int | None:
    pyarrow, parquet = needed("pyarrow", EXTRA), needed("pyarrow.parquet", EXTRA)
    try:
        return int(parquet.ParquetFile(file, pre_buffer=False).metadata.num_rows)
    except (pyarrow.ArrowException, OSError):
        return None
