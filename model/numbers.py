"""What a printed number looks like, and what it says: sign, digits, separators, decimals.

Flow:  page -> **numbers** -> tokens -> tags -> spans -> cells

One grammar for the tokenizer, which cuts numbers out of a page, and for the assembler, which reads them.
A sign may be a word (减少 5, 负7) or an arrow, a zero a letter where it has a cell for itself or stands
in a run of digits. What merely stands beside a number is no part of it and is judged by `cell_print`.
"""

from __future__ import annotations

import re
from functools import lru_cache

from gouji.model.page import GHOST, NARROW

MINUS = ("减少", "减", "负", "下降", "降低", "↓", "▼")
PLUS = ("增加", "增长", "增", "上升", "↑", "▲")
ZEROS = "Oo〇零"  # printed for 0

_DIGITS = rf"[0-9](?:{GHOST}*[0-9])*"
_LETTERED = rf"(?<![A-Za-z])[0-9](?:{GHOST}*[0-9])*(?:[Oo〇][0-9]*)+(?![A-Za-z])"
_WORDS = "|".join((*MINUS, *PLUS))
_SIGN = rf"""(?:
    (?<![0-9A-Za-z.)])[-+]
  | (?<![/增减])(?<!/\n)(?:{_WORDS})[\ :{GHOST}]*(?=[0-9])
  | (?<![^\ \n\t|│┃║])(?<![0-9]\ )(?:{_WORDS})[\ :{GHOST}]*\n[\ {GHOST}]*(?=[0-9])  # on a line of its own
)"""
NUMBER = rf"""
    {_SIGN}?
    (?:{_LETTERED}|[0-9]{{1,3}}(?:[,{NARROW}][0-9]{{3}})+(?![0-9])|{_DIGITS})
    (?:{GHOST}*\.{GHOST}*{_DIGITS})?
"""

_SIGNS = tuple((word, "-") for word in MINUS) + tuple((word, "") for word in (*PLUS, "+"))
_LEFT_OUT = frozenset(f" \n:,{GHOST}{NARROW}")

_NUMERALS = {"〇": 0, "零": 0, "两": 2} | {
    numeral: value for value, numeral in enumerate("一二三四五六七八九", 1)
}
_FORMAL = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟", "一二三四五六七八九十百千")  # as on a cheque
_PLACES = {"十": 10, "百": 100, "千": 1000}
_NUMERAL = re.compile(
    "(?:[一二两三四五六七八九]千)?(?:零?[一二两三四五六七八九]百)?(?:零?[一二三四五六七八九]?十)?(?:零?[一二三四五六七八九])?|[零〇]"
)


def numeral_value(text: str) -> int | None:
    """What a Chinese numeral below ten thousand says; None where the text is none.

    >>> numeral_value("六十六"), numeral_value("一千零五"), numeral_value("十"), numeral_value("二三")
    (66, 1005, 10, None)
    """
    text = text.translate(_FORMAL)
    if not text or not _NUMERAL.fullmatch(text):
        return None
    value, digit = 0, 0
    for character in text:
        place = _PLACES.get(character)
        if place is not None:
            value += (digit or 1) * place
        digit = 0 if place is not None else _NUMERALS[character]
    return value + digit


@lru_cache(maxsize=1 << 12)
def printed_digits(surface: str) -> tuple[str, tuple[int, ...]]:
    """A printed number as plain digits with `-` and `.`, and the place in the print of each of them.

    Args:
        surface: Its folded print.

    >>> printed_digits("1,036"), printed_digits("减少 5"), printed_digits("5187O")
    (('1036', (0, 2, 3, 4)), ('-5', (0, 3)), ('51870', (0, 1, 2, 3, 4)))
    """
    if surface.isdecimal() and surface.isascii():
        return surface, tuple(range(len(surface)))
    begin, digits, places = 0, [], []
    for word, sign in _SIGNS:
        if surface.startswith(word):
            begin = len(word)
            digits, places = list(sign), [0] * len(sign)
            break
    for place in range(begin, len(surface)):
        character = surface[place]
        if character not in _LEFT_OUT:
            digits.append("0" if character in ZEROS else character)
            places.append(place)
    return "".join(digits), tuple(places)
