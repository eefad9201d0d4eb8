"""What one piece of print says: a number, a blank's mark, words, or what nobody can read.

Flow:  page -> **figures** -> marked page, collector -> cells

One grammar for all that a cell may print beside its number: words before it, a sign, digits, a unit, a note's
mark. A piece that has figures in it and does not follow the grammar is odd: `l5`, `12.`, `0或4`, `12▼`. It is
one cell's print, and nobody can read it; it is neither a number, nor a blank, nor a piece of a label.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from gouji.model.numbers import MINUS, NUMBER, PLUS, ZEROS, numeral_value, printed_digits
from gouji.model.page import GHOST, NARROW

BLANK_MARKS = frozenset(
    {"/", "-", "—", "——", "———", "--", "无", "N/A", "\\", "*", "nan", "NaN", "None", "null"}
)
BLANK_WORDS = frozenset(("空", "nil", "暂无", "没有", "未收费", "不收费", "无收费", "未发生", "未产生"))
LEADING = frozenset(("共", "共计", "计", "合计", "总计", "一共", "约"))  # they say no more than the number
UNIT = r"(?:(?:亿|万|千|百)?(?:元|件|个|项|条|份|次|宗|人民币)+|万|亿)"
# `8[1]`, `126①`, `40*`, `415（注2）`: a note's mark.
NOTE = r"[①-⑳⑴-⒇※†‡¹²³]+|\*{1,3}(?![*\d])|\[(?:注)?\d{1,2}\]|\(注?\d{1,2}\)(?=\s|$)|注\d?(?![^\W\d])"
MARKUP = r"[\s*_`$\"'\\" + GHOST + "]*+"  # beside a number it means nothing

EMPHASIS = "*_"  # Markdown's, around what a cell prints
# Blanks, dashes and borders, or the emphasis of nothing; a ditto mark, dots or `***` may stand for a number.
_NOTHING = re.compile(rf"[\s{GHOST}\-—─_/\\|]*|\*{{4}}")
_BORDERS = "\t\n|│┃║┆┊\u2500-\u257f"
NOTE_APART = rf"[①-⑳⑴-⒇※†‡](?=[ {_BORDERS}]|$)"  # no cell of its own prints it
_PIECE = re.compile(rf"(?:[^ {NARROW}{_BORDERS}]+|(?<=<br) (?=/?>)|(?<=[0-9]){NARROW}(?=[0-9]{{3}}))+")
_PLAIN = re.compile(
    rf"""
    {MARKUP} (?:(?:{"|".join(LEADING)})[ :]*)? {MARKUP} [(\[]? {MARKUP}
    (?:{NUMBER}|[{ZEROS}])
    {MARKUP} [)\]]? {MARKUP} (?:{UNIT})? [)\]]? (?:{NOTE})? {MARKUP} [。;]? {MARKUP}
    """,
    re.VERBOSE,
)
_NUMERALS = "一二两三四五六七八九十百千〇零壹贰叁肆伍陆柒捌玖拾佰仟"
# What may be a figure, or was one before it was misread or lost.
_FIGURES = rf"0-9\ufffd口日丨□#?㈠-㈩①-⑳⑴-⒇¹²³⁰-⁹\u2160-\u217f¼-¾⅐-⅟↉{_NUMERALS}"
_AROUND = rf"无件项条个次宗份人元万亿余多或和与及至到约共计{''.join(MINUS)}{''.join(PLUS)}"
_SIGNS = r"()\[\]{}.,。、;:/~+\-—=<>%‰…·^&@!△➖⁻×*_`$\"'\\" + GHOST
_LETTERS = "A-Za-z\u00c0-\u024f\u0370-\u052f"
_ODD = re.compile(rf"(?:[{_FIGURES}{_AROUND}{_SIGNS}]|[{_LETTERS}]{{1,2}}(?![{_LETTERS}])|<br ?/?>)+")
_HAS_FIGURE = re.compile(rf"[{_FIGURES}{_LETTERS}]")
_JOINED = re.compile(
    r"[-—/]*[0-9]+(?:\.[0-9]+)?(?:[-—/,]+[0-9]+(?:\.[0-9]+)?)*[-—/]*"
)  # numbers and marks of blanks that ran together
_POINT = re.compile(r"[0-9]+\\?[.、]")
_DRAWN = "|│┃║\t"
_IN_CELL = rf"[^{_DRAWN}\n ]+"
_DRAWN_CELL = re.compile(rf"[{_DRAWN}] *({_IN_CELL}(?: {_IN_CELL})+) *(?=[{_DRAWN}])")  # of several pieces
_PARTED = re.compile(rf"(?:(?:{NUMBER}|[/—-]+)(?:\ +|\Z))+", re.VERBOSE)
_DRAWN_BORDER = re.compile(f"[{_DRAWN}]")
_LABEL_COLUMNS = 3  # of a table, with the border before them
ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{}~])")  # markdown's, which says that the sign behind it is print
_NUMBER = re.compile(NUMBER, re.VERBOSE)
_DASH_LIKE = "一"  # a one, or a dash that marks a blank
_LONGEST = 24  # characters of a cell's print that are looked at
_ROW = 2_000  # characters of a row beside a piece that are looked at; a page may be one line
_BESIDE = 12
_BROKEN_BEFORE = re.compile(r"[(第]\s*\Z")  # of an ordinal that was broken
_BROKEN_BEHIND = re.compile(rf"[\s{_DRAWN}]*[、.,:)]")
_LABELS_ORDINAL = re.compile(rf"[(]?[{_NUMERALS}]+[)、.][^\W\d_]?")
_LETTER = rf"[^\W\d_{_NUMERALS}A-Z]"
_WORD = re.compile(_LETTER)
_WORDS_BEHIND = re.compile(rf" [^ {NARROW}{_BORDERS}]*{_LETTER}")
_DIGIT = re.compile("[0-9]")
EDGES = f" {_DRAWN}{GHOST}"


class Figure(NamedTuple):
    """One cell's print that is no plain number in digits; `digits` are empty where it has none.

    `readable`: the digits are what it says, as of a numeral; else nobody can read it.
    """

    start: int
    end: int
    digits: str
    readable: bool


def is_blank(text: str) -> bool:
    """Whether a folded text prints nothing, or what marks a blank; any other sign may stand for a number."""
    text = text.strip()
    return text in BLANK_MARKS or text in BLANK_WORDS or _NOTHING.fullmatch(text) is not None


def is_plain(text: str) -> bool:
    """Whether a text is a number in digits, and what may stand beside one in its cell."""
    return _PLAIN.fullmatch(text) is not None


def is_odd(text: str) -> bool:
    """Whether a text has a digit in it, nothing that is surely a word, and is no plain number."""
    return _DIGIT.search(text) is not None and _ODD.fullmatch(text) is not None and not is_plain(text)


def is_ordinal(text: str) -> bool:
    """Whether a text is what an ordinal looks like, if words follow."""
    return _POINT.fullmatch(text.strip(EMPHASIS)) is not None


def figures(folded: str) -> list[Figure]:
    """The pieces of a page that have figures in them and are neither words nor plain numbers, in order."""
    cells = (_figure(folded, *match.span(1)) for match in _DRAWN_CELL.finditer(folded))
    found = {place: cell for cell in cells if cell is not None for place in range(cell.start, cell.end)}
    for match in _PIECE.finditer(folded):
        start, end = match.span()
        if start in found or match.group().isdecimal():
            continue
        figure = _figure(folded, start, end)
        if figure is not None:
            found[start] = figure
    return sorted(set(found.values()))


def _figure(folded: str, start: int, end: int) -> Figure | None:
    if end - start > _LONGEST or not _HAS_FIGURE.search(folded, start, end):
        return None
    parted = ESCAPE.sub("", folded[start:end])
    text = parted.replace(" ", "")
    if parted != text and (_PARTED.fullmatch(parted) or is_ordinal(text)):
        return None  # numbers and marks, as where a border was lost
    if text in BLANK_MARKS or not _ODD.fullmatch(text) or is_plain(text):
        return None
    numbers = _NUMBER.findall(text)
    if numbers:
        joined = _JOINED.fullmatch(text) and not _is_drawn(folded, start, end)
        return None if joined else Figure(start, end, printed_digits(numbers[0])[0], readable=False)
    if not text.strip("#") and not _is_drawn(folded, start, end):
        return None  # of a heading
    if not _is_apart(folded, start, end) or _LABELS_ORDINAL.fullmatch(text.strip(EMPHASIS)):
        return None
    value = None if text == _DASH_LIKE else numeral_value(text)
    return Figure(start, end, "" if value is None else str(value), readable=value is not None)


def _is_drawn(folded: str, start: int, end: int) -> bool:
    """Whether borders that are drawn stand on both sides of a piece."""
    before, behind = (beside.strip(" ") for beside in _line_around(folded, start, end))
    return before.endswith(tuple(_DRAWN)) and behind.startswith(tuple(_DRAWN))


def _line_around(folded: str, start: int, end: int) -> tuple[str, str]:
    before, behind = folded[max(start - _ROW, 0) : start], folded[end : end + _ROW]
    return before[before.rfind("\n") + 1 :], behind.partition("\n")[0]


def _is_apart(folded: str, start: int, end: int) -> bool:
    """Whether a piece without digits is no part of words beside it, as a bullet or an ordinal is.

    In a drawn row's first column it may be one, unless numbers alone stand behind it.
    """
    before, behind = _line_around(folded, start, end)
    broken = _BROKEN_BEFORE.search(folded, max(start - _BESIDE, 0), start)
    if broken or _BROKEN_BEHIND.match(folded, end) or _WORDS_BEHIND.match(behind):
        return False
    columns = len(_DRAWN_BORDER.findall(before)), len(_DRAWN_BORDER.findall(behind))
    if before.strip(EDGES) or columns[0] > _LABEL_COLUMNS or sum(columns) < 2:
        return True
    if numeral_value(folded[start:end]) is None and columns[1] < 2:
        return True
    return _WORD.search(behind) is None and _DIGIT.search(behind) is not None
