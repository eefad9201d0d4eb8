"""Tell what an old container of office programs (Office 97, WPS) holds, by the streams in it.

Flow:  bytes -> **streams** -> the reader of what they are

Such a file is a small file system; its folder is a list of entries of 128 bytes, each with a name in
UTF-16. They are found where they lie, without the chain that links them: so a container that is cut
off is known as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

_ENTRY = 128  # bytes
_NAME = 64  # bytes of an entry's name, behind which its length stands, and its kind
_STREAM = 2
_HEAD = 512
_ENCRYPTED = 0x01  # in byte 11 of a Word document
_WORD = "WordDocument"


def streams(data: bytes) -> Mapping[str, int]:
    """The streams of a container by name, and the sector that each begins in."""
    return dict(_entries(data))


def is_encrypted_word(data: bytes, held: Mapping[str, int]) -> bool:
    """Whether the Word document that a container holds wants a password."""
    begin = (held[_WORD] + 1) << int.from_bytes(data[30:32], "little") if _WORD in held else len(data)
    return len(data) > begin + 11 and bool(data[begin + 11] & _ENCRYPTED)


def _entries(data: bytes) -> Iterator[tuple[str, int]]:
    for at in range(_HEAD, len(data) - _ENTRY + 1, _ENTRY):
        length = int.from_bytes(data[at + _NAME : at + _NAME + 2], "little")
        if data[at + _NAME + 2] != _STREAM or not 2 < length <= _NAME or length % 2:
            continue
        name = data[at : at + length - 2].decode("utf-16-le", "replace")
        if name.isprintable() or not name[0].isprintable():
            yield name, int.from_bytes(data[at + 116 : at + 120], "little")
