"""Decode a file's bytes into a page, or say what is wrong with them and what to do.

Flow:  bytes -> **page** -> tokens -> tags

The text is the bytes decoded and nothing else: no newline is translated, no character is
replaced, save one that the end of the bytes cuts; a byte order mark and what is said to a terminal
are dropped, and what was decoded wrongly before is decoded again (`mojibake`). Every offset that the
program prints counts in this text. An encoding is never guessed from a few characters: a page is utf-8, or
utf-16 with its mark, or it says what it is, or it decodes wholly as gb18030 into common Chinese.
"""

from __future__ import annotations

import codecs
import re

from gouji.inference.limits import limits
from gouji.inference.mojibake import repaired
from gouji.inference.terminal import without_signs
from gouji.model.errors import GoujiError
from gouji.model.page import GHOST, Page

MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_GB = {"gb2312", "gbk", "cp936", "gb18030", "euc_cn", "x_gbk", "gb_2312_80"}
_NO_PAGE = {"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"}  # Python's own codecs
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{3,20})", re.IGNORECASE)
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f\ufffe\uffff]")

# Of the Chinese characters, how many must be in GB 2312 for bytes that name no encoding to be taken for
# gb18030. Measured on the pages of the devset: true gb18030 has 1.0; decoded as gb18030, their Big5 has at
# most 0.35, their utf-8 with a fault in it 0.4. EUC-KR cannot be told apart, and holds no table anyway.
_COMMON_SHARE = 0.9
_ENOUGH = 20  # Chinese characters, to tell UTF-16 without its mark
_LONGEST_CHARACTER = 4  # bytes
_CONTROL_SHARE = 0.01  # the pages of the devset hold none


class ReadingError(GoujiError):
    """A file is no text page; the message names it, what was found, and what to do."""


def page_of_bytes(data: bytes, source: str, encoding: str | None = None) -> Page:
    """Decode the bytes of one text page.

    Raises:
        ReadingError: The bytes are empty, no text, too long a text, or not in that encoding.
    """
    if not data.strip():
        raise ReadingError(f"{source}: is empty; expected the text of a report's page")
    text = without_signs(_decode_as(data, source, encoding) if encoding else _decode(data, source))
    controls = len(_CONTROL.findall(text))
    if "\x00" in text or controls > len(text) * _CONTROL_SHARE:
        raise ReadingError(
            f"{source}: is binary ({controls} control characters among {len(text)}); expected a text page;"
            " if it is utf-16 without a byte order mark, pass --encoding utf-16-le or utf-16-be"
        )
    refuse_long_text(source, text)
    page = Page(source, repaired(text))
    if not page.folded.replace(GHOST, "").strip():
        raise ReadingError(f"{source}: holds nothing but blanks; expected the text of a report's page")
    return page


def refuse_long_text(source: str, text: str) -> None:
    """Let no text pass that is longer than a page may be.

    Raises:
        ReadingError: It is, or a line of it is longer than a line may be.
    """
    if len(text) > limits().characters:
        raise ReadingError(f"{source}: {limits().reached('characters', len(text))}")
    if len(text) > limits().line and (longest := max(map(len, text.split("\n")))) > limits().line:
        raise ReadingError(f"{source}: {limits().reached('line', longest)}")


def known_encoding(name: str) -> str:
    """The codec to decode with for a name; everything of the GB family is read as gb18030, which holds it.

    Raises:
        ReadingError: There is no such encoding.
    """
    if name.lower().replace("-", "_") in _GB:
        return "gb18030"
    try:
        info = codecs.lookup(name)
    except (LookupError, ValueError) as error:  # the second of a name that holds NUL or half a character
        raise ReadingError(f"{name}: no such encoding; try utf-8, gb18030, big5 or utf-16") from error
    if not info._is_text_encoding or info.name in _NO_PAGE:
        raise ReadingError(f"{name}: is no encoding of text; try utf-8, gb18030, big5 or utf-16")
    return "gb18030" if info.name in _GB else info.name


def _decode(data: bytes, source: str) -> str:
    for mark, codec in MARKS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], source, codec)
    if b"\x00" in data:
        return data.decode("latin-1")  # refused as binary by what it holds
    try:
        return _but_for_its_end(data, "utf-8")
    except UnicodeDecodeError as error:
        fault = error
    declared = _declared(data)
    if declared is not None:
        return _decode_as(data, source, declared)
    try:
        text = _but_for_its_end(data, "gb18030")
    except UnicodeDecodeError:
        text = ""
    if common_share(text) >= _COMMON_SHARE:
        return text
    if len(_CONTROL.findall(data.decode("latin-1"))) > len(data) * _CONTROL_SHARE:
        return data.decode("latin-1")  # refused as binary by what it holds
    raise ReadingError(
        _undecodable(source, "utf-8", fault, "if it is an old export, pass --encoding gb18030 or big5")
    )


def _but_for_its_end(data: bytes, codec: str) -> str:
    """The text of bytes that may have been cut within their last character, which is then shown as U+FFFD."""
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        if error.end < len(data) or error.start < len(data) - _LONGEST_CHARACTER + 1 or not error.start:
            raise
        return data[: error.start].decode(codec) + "\ufffd"


def _decode_as(data: bytes, source: str, encoding: str) -> str:
    codec = known_encoding(encoding)
    told = utf16_without_mark(data)
    if codec.startswith("utf-16") and told is not None and codec not in ("utf-16", told):
        raise ReadingError(f"{source}: is in {told}, not in {codec}; pass --encoding {told}, or none")
    try:
        return data.decode(codec).removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        remedy = "the file is cut or damaged there, or is in another encoding: pass --encoding with its name"
        raise ReadingError(_undecodable(source, codec, error, remedy)) from error


def _undecodable(source: str, codec: str, error: UnicodeDecodeError, remedy: str) -> str:
    byte = error.object[error.start]
    return f"{source}: cannot decode as {codec} (byte 0x{byte:02x} at {error.start}); {remedy}"


def _declared(data: bytes) -> str | None:
    """The encoding that a page's own text names, where Python knows it and it is not utf-8."""
    match = _DECLARED.search(data)
    if match is None:
        return None
    try:
        codec = known_encoding(match.group(1).decode("ascii"))
    except ReadingError:
        return None
    return None if codec.startswith("utf") else codec


def utf16_without_mark(data: bytes) -> str | None:
    """The codec of bytes that are UTF-16 without its mark: they have zero bytes, and read as common Chinese.

    >>> utf16_without_mark("某市政府信息公开工作年度报告，请社会各界予以监督。".encode("utf-16-be"))
    'utf-16-be'
    """
    if b"\x00" not in data:
        return None
    for _, codec in MARKS[1:]:
        text = data.decode(codec, "ignore")
        is_text = len(_CONTROL.findall(text)) <= len(text) * _CONTROL_SHARE
        if is_text and len(_chinese(text)) >= _ENOUGH and common_share(text) >= _COMMON_SHARE:
            return codec
    return None


def common_share(text: str) -> float:
    """How many of a text's Chinese characters are in GB 2312, the common ones; 0 where there are none."""
    chinese = _chinese(text)
    if not chinese:
        return 0.0
    return len(chinese.encode("gb2312", "ignore")) / 2 / len(chinese)


def _chinese(text: str) -> str:
    return "".join(_CHINESE.findall(text))
