"""Show a stored number as a spreadsheet's number format shows it.

Flow:  stored value, format -> **what is shown** -> cells of a worksheet

A report is what a reader of the sheet sees: `3` under `0"件"` is `3件`, 0 under `0;-0;` is nothing. What
a format rounds away is said (`whole`), a minus sign that it leaves out as well, and so is a format that is
not known here: then nobody should take what stands here for all that is stored, or shown.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache

# Formats that a workbook names by number (ECMA-376 part 1, 18.8.30); those of dates are all shown as one.
BUILT_IN: Mapping[int, str] = {
    0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 37: "#,##0;-#,##0", 38: "#,##0;-#,##0", 39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;-#,##0.00", 41: '#,##0;-#,##0;"-"', 42: '#,##0;-#,##0;"-"', 43: '#,##0.00;-#,##0.00;"-"',
    44: '#,##0.00;-#,##0.00;"-"', 48: "##0.0E+0", 49: "@",
    **dict.fromkeys((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)), "yyyy/m/d"),
}  # fmt: skip
_DIGITS = 15  # that a spreadsheet keeps of a number
_LARGEST = 1e15  # from which it shows an exponent, since it keeps no more digits
_FIRST_DAY = datetime(1899, 12, 30)  # so that day 60, which never was, and all before count as they do there
_FIRST_DAY_1904 = datetime(1904, 1, 1)
_LAST_DAY = 2958465  # 9999-12-31
_PARTS = re.compile(r'"([^"]*)"|\\(.)|(\[[^\]]*\])|_(?:.)|\*(?:.)|([^"\\\[_*]+)', re.DOTALL)
_SECTIONS = re.compile(r'((?:"[^"]*"|\\.|\[[^\]]*\]|[_*].|[^;"\\])*)(?:;|$)', re.DOTALL)
_NUMBER = re.compile(r"(?P<whole>[#0?,]*[#0?])(?:\.(?P<fraction>[#0?]*))?|\.(?P<only>[#0?]+)")
_PLAIN = re.compile(
    r"\[(?:black|blue|cyan|green|magenta|red|white|yellow|color ?\d+|黑色|红色|\$[^\]]*)\]", re.I
)
_CONDITION = re.compile(r"\[[<>=][^\]]*\]")  # which section is shown then hangs on it, not on the sign
_MINUS = re.compile("[-−－–—(（△▲▼↓减降负少]")  # what may stand for one
_DATE = re.compile(r"[ymdhs]", re.I)
_GENERAL = re.compile(r"general|g/通用格式|@", re.I)
_SLOT = "\0"  # stands for the number among the literals of a section


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of a number; `whole` where all that is stored is, and the format is understood."""

    text: str
    whole: bool = True


@dataclass(frozen=True, slots=True)
class _Section:
    """One part of a format: literals around the number, and how its digits are shown."""

    around: str  # with one `_SLOT` at most
    digits: re.Match[str] | None = None  # None: as General
    percent: bool = False


def shown(value: float, code: str, *, from_1904: bool = False) -> Shown:
    """What a format shows of a number.

    Args:
        value: As stored.
        code: The format, as a workbook writes it.
        from_1904: Days are counted from that year.

    >>> shown(1234.5, '#,##0.00"万元"').text, shown(0, "0;-0;;@").text, shown(14.495, "0.0")
    ('1,234.50万元', '', Shown(text='14.5', whole=False))
    >>> shown(-5, "0;[Red]-0").whole, shown(-5, "0;[Red]0").whole
    (True, False)
    """
    if not abs(value) < _LARGEST:
        return Shown(general(value), whole=False)
    if _is_date(code):
        return _date(value, from_1904)
    sections = _sections(code)
    negative = value < 0 and len(sections) > 1
    chosen = sections[1] if negative else sections[2] if value == 0 and len(sections) > 2 else sections[0]
    if chosen is None:
        return Shown(general(value), whole=False)
    try:
        found = _in_section(abs(value) if negative else value, chosen)
    except InvalidOperation:  # more decimals than anyone can see
        return Shown(general(value), whole=False)
    if negative and _MINUS.search(chosen.around) is None:
        return Shown(found.text, whole=False)  # in red, perhaps, and without its sign
    return found


def general(value: float) -> str:
    """A number without any format: no more digits than are kept, and an exponent where there are more.

    >>> general(3.0), general(14.495000000000001), general(1e-7), general(1e300)
    ('3', '14.495', '0.0000001', '1e+300')
    """
    return f"{_kept(value):f}" if abs(value) < _LARGEST else f"{value:g}"


def _kept(value: float) -> Decimal:
    number = Decimal(f"{value:.{_DIGITS}g}")
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def _is_date(code: str) -> bool:
    bare = "".join(part[4] or "" for part in _PARTS.finditer(code))
    return _DATE.search(_GENERAL.sub("", bare)) is not None and _NUMBER.search(bare.replace(".0", "")) is None


def _date(value: float, from_1904: bool) -> Shown:
    if not 0 < value <= _LAST_DAY:
        return Shown(general(value), whole=False)
    day = (_FIRST_DAY_1904 if from_1904 else _FIRST_DAY) + timedelta(days=int(value))
    return Shown(f"{day.year}年{day.month}月{day.day}日", whole=False)


@lru_cache(maxsize=256)
def _sections(code: str) -> tuple[_Section | None, ...]:
    """The parts of a format, for what is positive, negative, zero; None for one that is not known here."""
    written = [match[1] for match in _SECTIONS.finditer(code)][: max(code.count(";") + 1, 1)][:3]
    conditional = any(_CONDITION.search(part) for part in written)
    return tuple(None if conditional else _section(part) for part in written)


def _section(written: str) -> _Section | None:
    around, codes = "", ""
    for quoted, escaped, bracketed, bare in _PARTS.findall(written):
        if bracketed and not _PLAIN.fullmatch(bracketed):
            return None
        around += quoted + escaped
        codes += bare
        around += _GENERAL.sub(_SLOT, _NUMBER.sub(_SLOT, bare))
    number = _NUMBER.search(codes)
    slots, rest = around.count(_SLOT), _GENERAL.sub("", _NUMBER.sub("", codes))
    if slots > 1 or rest.strip(" %-+()（）¥$￥") or (number is not None and _GENERAL.search(codes)):
        return None
    return _Section(around, number, "%" in rest)


def _in_section(value: float, section: _Section) -> Shown:
    if _SLOT not in section.around:
        return Shown(section.around.strip(), whole=value == 0 or bool(section.around.strip()))
    number = _kept(value) * (100 if section.percent else 1)
    sign = "-" if number < 0 else ""
    digits, whole = (
        (f"{_kept(abs(value)):f}", True) if section.digits is None else _digits(number, section.digits)
    )
    text = section.around.replace(_SLOT, digits)
    return Shown((sign + text).strip(), whole)


def _digits(number: Decimal, pattern: re.Match[str]) -> tuple[str, bool]:
    """The digits of a number as placeholders show them, and whether these are all."""
    fraction = pattern["fraction"] or pattern["only"] or ""
    places = len(fraction)
    rounded = abs(number).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    before, _, behind = f"{rounded:f}".partition(".")
    while behind and len(behind) > fraction.rstrip("#").count("0") and behind[-1] == "0":
        behind = behind[:-1]
    wanted = (pattern["whole"] or "").count("0")
    before = before.lstrip("0").rjust(wanted, "0")
    if "," in (pattern["whole"] or ""):
        before = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", ",", before)
    return before + ("." + behind if behind else ""), rounded == abs(number)
