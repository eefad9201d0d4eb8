"""Decode an HTML page as browsers do, and more strictly: what contradicts itself is said.

Flow:  bytes -> **text** -> tree -> blocks -> page

A byte order mark decides, then what really is utf-8, then what came with the file (an HTTP or MIME
header), then the page's own `meta`. Everything of the GB family is read as gb18030, which holds it.
Names that servers give without thinking (iso-8859-1, windows-1252) are not believed. A few faulty
bytes are shown as U+FFFD, as browsers do; a page of two encodings is refused.
"""

from __future__ import annotations

import re

from gouji.inference.mojibake import repaired
from gouji.inference.readers.content import Content
from gouji.inference.reading import MARKS, ReadingError, common_share, known_encoding

_LOOKED_AT = 1 << 13  # bytes in which a page names its encoding; browsers look at the first 1024
_CHARSET = re.compile(
    rb"<meta\b[^>]*?\bcharset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)"
    rb"|<\?xml\b[^>]*?\bencoding\s*=\s*[\"']([A-Za-z0-9_.:-]+)",
    re.IGNORECASE,
)
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_NOT_BELIEVED = frozenset(("iso8859-1", "cp1252", "ascii"))  # as Python names the codecs
_FAULTY = 0.002  # of a page's characters that may be faulty: a menu cut in the middle of a character
_COMMON = 0.9  # of the Chinese characters that are in GB 2312; see gouji.inference.reading


def decode_html(content: Content, encoding: str | None) -> str:
    """The text of an HTML file; what was decoded wrongly before is decoded again.

    Args:
        content: The file; its `charset` is what came with it.
        encoding: Forces one.

    Raises:
        ReadingError: The bytes are of no encoding that the page may be in, or of several.
    """
    return repaired(_decoded(content, encoding))


def _decoded(content: Content, encoding: str | None) -> str:
    data = content.whole()
    if encoding is not None:
        return _forced(data, content.name, known_encoding(encoding))
    for mark, codec in MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(codec, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        fault = error
    candidates = [c for c in (_codec(content.charset), _codec(_declared(data))) if c] + ["utf-8", "gb18030"]
    for codec in dict.fromkeys(candidates):
        text = data.decode(codec, "replace")
        faulty = text.count("\ufffd")
        guessed = codec not in candidates[:-2]
        if faulty <= len(text) * _FAULTY and (
            not guessed or codec == "utf-8" or common_share(text) >= _COMMON
        ):
            return text
    raise ReadingError(
        f"{content.name}: is in more than one encoding, or in none that it names"
        f" (read as {', '.join(dict.fromkeys(candidates))} it fails, as utf-8 at byte {fault.start});"
        " fetch it again, or pass --encoding if it is one, such as big5"
    )


def _forced(data: bytes, name: str, codec: str) -> str:
    try:
        return data.decode(codec).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        byte = data[error.start]
        fault = f"{name}: cannot decode as {codec} (byte 0x{byte:02x} at {error.start})"
        raise ReadingError(f"{fault}; leave --encoding out, or name another") from error


def _declared(data: bytes) -> str | None:
    match = _CHARSET.search(_COMMENT.sub(b"", data[:_LOOKED_AT]))
    return (match[1] or match[2]).decode("ascii") if match else None


def _codec(name: str | None) -> str | None:
    """The codec of a declared name, where it is to be believed; a page that could say utf-16 is in none."""
    try:
        codec = known_encoding(name) if name else None
    except ReadingError:
        return None
    return None if codec is None or codec in _NOT_BELIEVED or codec.startswith("utf-16") else codec
