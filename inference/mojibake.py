"""Decode again what was once decoded wrongly and written so; or say that this cannot be undone.

Flow:  bytes -> text -> **text as it was meant** -> page

A program that takes a page's bytes for another encoding's writes other characters: `æ”¿åºœ` or `鏀垮簻` for
政府. Encoded as they were taken, they are the bytes again. That is done only where every byte of a run, a
line or the text fits and official words come of it, so that nothing is guessed. Where characters were lost on
the way figures may be, too, and the page is refused with what became of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gouji.model.characters import simplified

# Bytes from 0x80 on as latin-1 shows them, or windows-1252 those from 0x80 to 0x9f.
_LATIN = {bytes([code]).decode("cp1252", "ignore") or chr(code): chr(code) for code in range(0x80, 0xA0)}
_AS_LATIN = str.maketrans(_LATIN)
_HIGH = "\u0080-\u00ff" + "".join(character for character in _LATIN if ord(character) > 0xFF)
_IS_HIGH = re.compile(f"[{_HIGH}]")
_IS_NOT_ASCII = re.compile("[^\x00-\x7f]")
# A run of them; a blank in it was a no-break space (0xa0) where the bytes of a character lack one.
_RUN = re.compile(f"[{_HIGH}](?:[{_HIGH}]|(?<=[\u00c2-\u00ef]) |(?<=[\u00e0-\u00ef][{_HIGH}]) )+")
_CHINESE = re.compile(r"[\u3400-\u9fff]+")
_WORDS = re.compile("政府|信息|公开|行政|申请|报告|规章|总计")  # some of which every report says
_ALIEN = re.compile(
    "(?![ŒœŠšŸŽžƒ])[\u0100-\u024f\u0370-\u07ff]"
)  # Greek, Cyrillic …: what pairs of GB bytes are in UTF-8
_LOSSES = re.compile("\ufffd|锟斤拷|烫烫烫")

_LONG_RUN = 6  # characters, from which on a page with Chinese a blank in a run was a no-break space
_TIMES = 3  # that a page was decoded wrongly, one after the other
_FEWEST = 3  # lines with words that are no accident
_COMMON = 0.98  # of a text's Chinese characters that are in GB 2312, from which no line of it is looked at
_ENOUGH = 12  # Chinese characters to judge a text by
_RARE = 0.6  # fewer in it, even simplified, are no text; of utf-8 taken for gb18030 0.4 are
_LOST = 0.1  # of a text's characters that are lost, from which nothing on it is believed


@dataclass(frozen=True, slots=True)
class _Misreading:
    """Bytes of one encoding that were taken for another's."""

    meant: str
    taken: str
    bytes_of: Callable[[str, str], bytes]  # text, and what to do with what has no byte -> the bytes

    def undone(self, text: str, errors: str = "strict") -> str:
        """The text as it was meant.

        Raises:
            UnicodeError: It is no such text, or characters of it were lost.
        """
        return self.bytes_of(text, errors).decode(self.meant, errors)


def _latin_bytes(text: str, errors: str) -> bytes:
    return text.translate(_AS_LATIN).encode("latin-1", errors)


def _gb_bytes(text: str, errors: str) -> bytes:
    """Windows and browsers show the byte 0x80, which is no character of GBK, as a euro sign."""
    return b"\x80".join(part.encode("gb18030", errors) for part in text.split("€"))


def _big5_bytes(text: str, errors: str) -> bytes:
    return text.encode("big5hkscs", errors)


_UTF8_AS_LATIN = _Misreading("utf-8", "latin-1", _latin_bytes)
_UTF8_AS_GB = _Misreading("utf-8", "gb18030", _gb_bytes)
_OTHERS = (
    _Misreading("gb18030", "latin-1", _latin_bytes),
    _Misreading("gb18030", "big5", _big5_bytes),
    _Misreading("big5hkscs", "latin-1", _latin_bytes),
    _Misreading("big5hkscs", "gb18030", _gb_bytes),
)


def repaired(text: str, times: int = _TIMES) -> str:
    """The text as it was meant, as far as that is certain; mostly the text itself.

    Args:
        text: A page's text as it was decoded.
        times: How often it may have been decoded wrongly, one after the other.

    >>> repaired("æ”¿åºœå…¬å¼€ 12 件"), repaired("瑙勭珷 12"), repaired("公开 3 é")
    ('政府公开 12 件', '规章 12', '公开 3 é')
    """
    for misreading in _suspected(text, (*_OTHERS, _UTF8_AS_LATIN, _UTF8_AS_GB)) if times else ():
        meant = _undone(misreading, text) or _by_pieces(misreading, text)
        if meant not in ("", text) and _words(meant := repaired(meant, times - 1)) > _words(text):
            return meant
    return text


def what_garbles(text: str) -> str | None:
    """What is wrong with a text that cannot be read as it was meant, and what to do; None where it can."""
    for misreading in _suspected(text, (_UTF8_AS_GB, _UTF8_AS_LATIN, *_OTHERS)):
        if _garbled_lines(text, misreading) >= _FEWEST:
            return (
                f"is {misreading.meant} that was decoded as {misreading.taken} and written so, which lost"
                f" characters; decode its bytes as {misreading.meant} where they are kept, or fetch it again"
            )
    lost = sum(len(match[0]) for match in _LOSSES.finditer(text))
    rare = sum(map(len, _CHINESE.findall(text))) >= _ENOUGH and _share(simplified(text)) < _RARE
    if (rare or lost > len(text) * _LOST) and not _words(text):
        return (
            "was decoded in a wrong encoding and written so, and no word of it can be read;"
            " decode its bytes anew where they are kept (--encoding), or fetch it again"
        )
    return None


def _by_pieces(misreading: _Misreading, text: str) -> str:
    """The text with every piece as it was meant that is UTF-8, which no other encoding's bytes seem to be."""
    if misreading is _UTF8_AS_LATIN:
        shortest = _LONG_RUN if _CHINESE.search(text) is not None else 0
        return _RUN.sub(lambda run: _utf8_of_run(run[0], shortest), text)
    if misreading is _UTF8_AS_GB:
        return "\n".join(_undone(misreading, line) or line for line in text.split("\n"))
    return ""


def _utf8_of_run(run: str, shortest: int) -> str:
    """A run as it was meant; one of so many characters with its no-break spaces."""
    return _undone(_UTF8_AS_LATIN, run.replace(" ", "\u00a0") if len(run) >= shortest else run) or run


def _suspected(text: str, misreadings: Sequence[_Misreading]) -> list[_Misreading]:
    """Those whose characters a text has at all; nearly every page has none."""
    in_latin, in_chinese = _signs(text)
    return [each for each in misreadings if (in_latin if each.taken == "latin-1" else in_chinese)]


@lru_cache(maxsize=2)  # a page is asked about once before it is mended, and once behind that
def _signs(text: str) -> tuple[bool, bool]:
    """Whether a text holds a run of what bytes show in latin-1, and rare characters."""
    return _RUN.search(text) is not None, _share(text) < _COMMON


def _undone(misreading: _Misreading, text: str) -> str:
    """The text as it was meant, or nothing."""
    try:
        meant = misreading.undone(text)
    except UnicodeError:
        return ""
    return "" if _ALIEN.search(meant) else meant


def _garbled_lines(text: str, misreading: _Misreading) -> int:
    """How many lines show words only when what was lost is passed over."""
    taken = _IS_HIGH if misreading.taken == "latin-1" else _IS_NOT_ASCII
    lines = (line for line in text.split("\n") if taken.search(line) and not _words(line))
    return sum(_words(misreading.undone(line, "ignore")) > 0 for line in lines)


def _words(text: str) -> int:
    return len(_WORDS.findall(simplified(text)))


def _share(text: str) -> float:
    """How many of a text's Chinese characters are in GB 2312; 1 where there are none."""
    chinese = "".join(_CHINESE.findall(text))
    return len(chinese.encode("gb2312", "ignore")) / 2 / len(chinese) if chinese else 1.0
