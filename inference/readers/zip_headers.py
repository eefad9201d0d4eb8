"""Find the files of a ZIP archive whose directory is cut off or damaged, by the header before each.

Flow:  archive without a directory -> **headers** -> archive that can be read

An archive names its files at its end, which a download that breaks off never brings; but each file has a
header of its own. One that was written as a stream has its sizes behind it instead, in a descriptor, which
is known by telling how far it stands from the file's beginning. A file whose end is not there is among
those found, and reading it says that it is damaged. Nothing is guessed of a file that has no header.
"""

from __future__ import annotations

import io
import mmap
import re
import struct
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import IO

from gouji.inference.limits import limits

_HEADER = struct.Struct("<4s5H3I2H")  # signature, version, flags, method, time, date, CRC, sizes, lengths
_DESCRIPTOR = struct.Struct("<3I")  # CRC, sizes
_LARGE = struct.Struct("<2H2Q")  # the field of an archive beyond 4 GB: its number, its length, sizes
_MARK = re.compile(rb"PK(?:\x03\x04|\x07\x08|\x01\x02)")
_AFTER = b"PK\x07\x08"  # a descriptor, which may also stand without it
_STREAMED = 8  # the flag of a file whose sizes stand behind it
_IN_UTF_8 = 0x800  # the flag of a name
_BEYOND = 0xFFFFFFFF  # stands where a size is told elsewhere
_EMPTY = b"PK\x05\x06" + bytes(18)  # a whole archive of nothing

_Bytes = bytes | mmap.mmap


def archive_by_headers(file: IO[bytes]) -> zipfile.ZipFile:
    """An archive of the files that have a header, in their order; none is no error.

    Args:
        file: The archive, which stays open while it is read.
    """
    archive = zipfile.ZipFile(io.BytesIO(_EMPTY))
    archive.fp, archive.filelist = file, list(_found(_bytes_of(file)))
    return archive


def _bytes_of(file: IO[bytes]) -> _Bytes:
    with suppress(OSError, ValueError):
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    file.seek(0)
    return file.read()


def _found(data: _Bytes) -> Iterator[zipfile.ZipInfo]:
    ends = _ends(data)
    place, count = 0, 0
    while (place := data.find(b"PK\x03\x04", place)) >= 0 and count <= limits().members:
        info = _info(data, place, ends)
        if info is None:  # these bytes stand within a file
            place += 1
            continue
        yield info
        count += 1
        end = _start(data, place) + info.compress_size
        place = end if end <= len(data) else place + _HEADER.size  # a length that lies hides no other file


def _ends(data: _Bytes) -> Mapping[int, int]:
    """Where files that were streamed end: by their beginning, the place of the descriptor's numbers."""
    ends: dict[int, int] = {}
    for mark in _MARK.finditer(data):
        at = mark.end() if mark[0] == _AFTER else mark.start() - _DESCRIPTOR.size
        if 0 <= at <= len(data) - _DESCRIPTOR.size:
            _, packed, _ = _DESCRIPTOR.unpack_from(data, at)
            ends.setdefault((mark.start() if mark[0] == _AFTER else at) - packed, at)
    return ends


def _info(data: _Bytes, place: int, ends: Mapping[int, int]) -> zipfile.ZipInfo | None:
    """What the header at a place tells of its file; None where it is none."""
    if place + _HEADER.size > len(data):
        return None
    _, _, flags, method, _, _, crc, packed, size, name_length, extra_length = _HEADER.unpack_from(data, place)
    start = place + _HEADER.size + name_length + extra_length
    name = data[place + _HEADER.size : place + _HEADER.size + name_length]
    if not name or start > len(data):
        return None
    if flags & _STREAMED and not packed:
        if start in ends:
            crc, packed, size = _DESCRIPTOR.unpack_from(data, ends[start])
        else:  # its end is not there
            crc, packed, size = 0, len(data) - start, 1
    elif packed == _BEYOND or size == _BEYOND:
        packed, size = _large_sizes(data[start - extra_length : start], packed, size)
    info = zipfile.ZipInfo()
    info.filename = info.orig_filename = name.decode("utf-8" if flags & _IN_UTF_8 else "cp437", "replace")
    info.flag_bits, info.compress_type, info.header_offset = flags, method, place
    info.CRC, info.compress_size, info.file_size = crc, packed, size
    return info


def _large_sizes(extra: bytes, packed: int, size: int) -> list[int]:
    if len(extra) >= _LARGE.size and _LARGE.unpack_from(extra)[0] == 1:
        return [_LARGE.unpack_from(extra)[3], _LARGE.unpack_from(extra)[2]]
    return [packed, size]


def _start(data: _Bytes, place: int) -> int:
    *_, name_length, extra_length = _HEADER.unpack_from(data, place)
    return int(place + _HEADER.size + name_length + extra_length)
