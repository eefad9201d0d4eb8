"""Prints of a cell that leave its number what it is: units, separators, numerals, notes, remarks.

Flow:  sheet -> **mutations** -> mutated page -> extraction -> tallies

Two numbers in one cell of which neither is called a part of the other say nothing: it must be left open.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from gouji.inference.mutation.choices import Mutation, one_row
from gouji.inference.mutation.reprints import (
    Print,
    Reprint,
    clear_cells,
    printed_as,
    reprinting,
    said,
)
from gouji.inference.mutation.sheet import Part, Sheet

_UNITS = ("件", "项", "宗", "条", "次", "个", "份", "人", "元", "万元", "亿", "亿元")
_COUNTED = ("共{n}件", "约{n}", "共{n}", "共计{n}", "合计{n}件", "计{n}件", "{n}件左右")
_NOTES = ("①", "②", "*", "※", "¹", "²", "［1］", "[1]", "【1】", "（注1）", "注1", "(注)")
_REMARKS = (
    "（含上年结转2件）", "(含上年结转2件)", "（注：含撤回1件）", "（其中网上申请1件）",
    "（均为撤回）", "，其中：2", "（其中：重复申请3件）", "（同比上升12.5%）", "（较上年减少4）",
)  # fmt: skip
_SECONDS = ("{n}/{m}", "{n}／{m}", "{n}、{m}", "{n};{m}", "{n}~{m}", "{n}-{m}", "{n}或{m}")
_THOUSANDS = (",", "，", "\u2009", "\u202f", "\u00a0", "'", "’")
_BREAKS = ("<br>", "<br/>", "<br />", "\\n")
_NONES = ("nan", "NaN", "None", "null", "N/A")
_NUMERALS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")


def _around(templates: Sequence[str]) -> Reprint:
    """A whole number with words that leave it what it is."""

    def reprint(surface: str, rng: random.Random) -> Print | None:
        if not surface.isdigit():
            return None
        return said(rng.choice(templates).format(n=surface), int(surface))

    return reprint


def _behind(texts: Sequence[str]) -> Reprint:
    return _around([f"{{n}}{text}" for text in texts])


def _in_digits(separators: Sequence[str]) -> Reprint:
    """A whole number broken between two of its digits."""

    def reprint(surface: str, rng: random.Random) -> Print | None:
        if not surface.isdigit() or len(surface) < 2:
            return None
        at = rng.randrange(1, len(surface))
        return said(surface[:at] + rng.choice(separators) + surface[at:], int(surface))

    return reprint


def _thousands(separators: Sequence[str]) -> Reprint:
    def reprint(surface: str, rng: random.Random) -> Print | None:
        if not surface.isdigit() or len(surface) < 4:
            return None
        return said(f"{int(surface):,}".replace(",", rng.choice(separators)), int(surface))

    return reprint


def _full_width(surface: str, rng: random.Random) -> Print | None:
    """One digit in full width."""
    if not surface.isdigit():
        return None
    at = rng.randrange(len(surface))
    return said(surface[:at] + chr(ord(surface[at]) + 0xFEE0) + surface[at + 1 :], int(surface))


def _numeral(surface: str, rng: random.Random) -> Print | None:
    if not surface.isdigit() or len(surface) > 4:
        return None
    return said(in_chinese(int(surface)), int(surface))


def in_chinese(number: int) -> str:
    """A number below ten thousand in Chinese numerals.

    >>> [in_chinese(number) for number in (0, 12, 66, 105, 2010)]
    ['零', '十二', '六十六', '一百零五', '二千零一十']
    """
    words = ""
    for place, digit in enumerate(str(number)[::-1]):
        if digit != "0":
            words = _NUMERALS[int(digit)] + _PLACES[place] + words
        elif words and not words.startswith("零"):
            words = "零" + words
    return (words or "零").removeprefix("一") if 10 <= number < 20 else words or "零"


def _two_numbers(surface: str, rng: random.Random) -> Print | None:
    if not surface.isdigit():
        return None
    return Print(rng.choice(_SECONDS).format(n=surface, m=rng.randrange(1, 30)), ())


def _floats(sheet: Sheet, rng: random.Random) -> Sheet | None:
    """As data frames print: 26.0, and nan for what is blank."""
    prints = {
        key: said(f"{sheet.surface(key)}.0", int(sheet.surface(key)))
        for key in clear_cells(sheet)
        if sheet.surface(key).isdigit()
    }
    if not prints:
        return None
    floats = printed_as(sheet, prints)
    marks = [place for key, place in floats.cells.items() if floats.printed[key] is None]
    return floats.edited([Part(place.start, place.end, "nan") for place in marks])


def _zeros_as_none(sheet: Sheet, rng: random.Random) -> Sheet | None:
    """The zeros of a row as what programs print for nothing."""
    (row,) = one_row(sheet, rng) or [""]
    zeros = [key for key in clear_cells(sheet) if key.rpartition("/")[0] == row and sheet.surface(key) == "0"]
    return printed_as(sheet, dict.fromkeys(zeros, Print(rng.choice(_NONES), (0, None)))) if zeros else None


MUTATIONS_OF_CELLS: Mapping[str, Mutation] = {
    "unit": reprinting(_behind(_UNITS)),
    "unit_parted": reprinting(_around([f"{{n}} {unit}" for unit in _UNITS]), drawn=True),
    "units": reprinting(_behind(_UNITS), every=True),
    "counted_in_words": reprinting(_around(_COUNTED)),
    "thousands_parted": reprinting(_thousands(_THOUSANDS)),
    "all_thousands_parted": reprinting(_thousands(_THOUSANDS), every=True),
    "thousands_by_blanks": reprinting(_thousands((" ",)), drawn=True),
    "numeral": reprinting(_numeral),
    "full_width_digit": reprinting(_full_width),
    "note_mark": reprinting(_behind(_NOTES)),
    "remark": reprinting(_behind(_REMARKS)),
    "of_which": reprinting(_around(("其中：{n}", "其中{n}件"))),
    "two_numbers": reprinting(_two_numbers),
    "tag_in_figure": reprinting(_in_digits(_BREAKS)),
    "floats": _floats,
    "zeros_as_none": _zeros_as_none,
}
