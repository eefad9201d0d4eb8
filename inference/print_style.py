"""Read a page in its own style of print: `5。` for 5, `○` for 0, `1'234` for 1234, where all of it is so.

Flow:  page without insertions -> **page in plain style** -> tokens -> tags

What stands beside one number may be a part of it; what stands beside every number is its publisher's manner.
So are a sign in most cells, and one between groups of three digits: what these say is not known by their
looks, but the sums of the cells that print them may prove it. A style is put off before the page is tagged,
and `origin` says where the rest stands. Signs that say more than a number does, as `<`, 约 or a dash, are no
style, and what few cells print stays what it is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Set
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar

from gouji.inference.assembly.checks import names_with
from gouji.inference.assembly.figures import BLANK_MARKS, BLANK_WORDS, UNIT
from gouji.inference.extraction import Cell, CheckState
from gouji.inference.result import Extraction
from gouji.model.forms import Form, Table
from gouji.model.insertions import without
from gouji.model.numbers import MINUS, PLUS
from gouji.model.page import Page, fold

Print = TypeVar("Print", bound=Hashable)

_FEWEST = 20  # cells that print a mark, or a wrapped number; no label stands on a page so often
_SHARE = 0.97  # of a page's numbers that are wrapped alike; a year or a page number may not be
_FEWEST_SUMS = 5  # not of zeros alone, that prove a mark to say zero
_FEW = 0.1  # of the sums that hold: so many may be unknown, or fail by their publisher's fault

_BORDERS = r"\t\n|│┃║"
_PIECE = rf"(?<![^\s\u2009{_BORDERS}])(?:%s)(?![^\s\u2009{_BORDERS}])"  # what blanks or borders part
_CELL = rf"(?:(?<=[{_BORDERS}])|(?<=[{_BORDERS}] ))(?:%s)(?= *(?:[{_BORDERS}]|\Z))"
_AROUND = r"[\"'`$_*()\[\]{}。.,;:、=/+]"
_NUMBER = re.compile(
    _PIECE
    % rf"((?:共计?|计)?{_AROUND}{{0,2}})[0-9]+(?:,[0-9]{{3}})*(?:\.[0-9]+)?(?:{UNIT})?({_AROUND}{{0,2}})"
)
_BEHIND = rf"(?:\.[0-9]+)?(?:{UNIT})?"
_PARTED = re.compile(
    _PIECE % rf"[1-9][0-9]{{0,2}}(['、·‧•_٬])[0-9]{{3}}(?:\1[0-9]{{3}})*{_BEHIND}"
    + "|"
    + _CELL % rf"(?:[1-9][0-9]{{0,2}}( ?[,、] )[0-9]{{3}}(?:\2[0-9]{{3}})*|[1-9](?: [0-9])+){_BEHIND}"
)
_COMPARED = re.compile(  # with last year: 比上年减少了7
    _PIECE % r"((?:同比|[较比与](?:上年度?|去年|上一年度?)(?:同期)?(?:相比)?)?[净核调]?)"
    rf"(?:(?:{'|'.join(MINUS + PLUS)})(了?)|[-+])[0-9]+(?:{UNIT})?"
)
_MARK = re.compile(_CELL % r"([^\w\s]) \1" + "|" + _PIECE % rf"[^\s1-9{_BORDERS}]{{1,6}}")
# Known in every layout, a unit, or what stands for print that was lost, cut off or hidden, which may be any.
_NO_STYLE = re.compile(
    rf"[0O〇零]+(?:\.0+)?|[/—\-无\\*o]|[-—=:+]{{2,}}|{UNIT}|[?\ufffd#*…□▯☐]+|\.{{2,}}|\[\w\]"
)
_BLANK = frozenset(mark.lower() for mark in BLANK_MARKS | BLANK_WORDS)


# Of the page as it is, and of the page without a style.
Proof = Callable[[Extraction, Extraction, Mapping[str, Form]], bool]


@dataclass(frozen=True, slots=True)
class Style:
    """A page without a style of its print, and whether what is then read proves that it was one."""

    page: Page
    is_proven: Proof


def unwrapped(page: Page) -> Style | None:
    """The page, its numbers without what all of them bear; None where they bear nothing.

    >>> style = unwrapped(Page("", "5。\\t12。\\n" * 20))
    >>> style and style.page.text[:5]
    '5\\t12\\n'
    """
    numbers = list(_NUMBER.finditer(page.folded))
    style, count = _most(match.group(1, 2) for match in numbers)
    if style is None or not any(style) or count < max(_FEWEST, _SHARE * len(numbers)):
        return None
    own = [match for match in numbers if match.group(1, 2) == style]
    return Style(without(page, [match.span(i) for match in own for i in (1, 2) if match[i]]), _few_sums_fail)


def unmarked(page: Page) -> Style | None:
    """The page with `/`, or the 0 that is in it, for its mark for zero; None where it has none of its own."""
    marks = [match for match in _MARK.finditer(page.folded) if not _NO_STYLE.fullmatch(match[0])]
    mark, count = _most(match[0] for match in marks)
    if mark is None or count < _FEWEST:
        return None
    text, dropped, kept = list(page.text), [], max(mark.find("0"), 0)
    places: set[int] = set()  # in the page as it was
    for start, end in (match.span() for match in marks if match[0] == mark):
        text[start + kept] = "0" if "0" in mark else "/"
        dropped += [(start, start + kept), (start + kept + 1, end)]
        places.add(start + kept if page.origin is None else page.origin[start + kept])
    plain = without(replace(page, text="".join(text)), [(a, b) for a, b in dropped if a < b])
    if mark.lower() in _BLANK:
        return Style(plain, _few_sums_fail)
    return Style(plain, partial(_sums_hold, frozenset(places)))


def joined(page: Page) -> Style | None:
    """The page without what parts the digits of its numbers; None where nothing does."""
    numbers = [(match[1] or match[2] or " ", match.span()) for match in _PARTED.finditer(page.folded)]
    separator, _ = _most(between for between, _ in numbers)
    if separator is None or (separator == " " and len(numbers) < _FEWEST):
        return None
    own = [span for between, span in numbers if between == separator]
    between = re.compile(re.escape(separator))
    places = [m.span() for start, end in own for m in between.finditer(page.folded, start, end)]
    return Style(without(page, places), partial(_own_sums_hold, separator))


def of_changes(page: Page) -> Style | None:
    """The page with 减少7 for 比上年减少了7; None where it prints nothing of the kind."""
    found = [match for match in _COMPARED.finditer(page.folded) if match[1] or match[2]]
    dropped = [match.span(i) for match in found for i in (1, 2) if match[i]]
    if not dropped:
        return None
    starts = [match.end(1) if page.origin is None else page.origin[match.end(1)] for match in found]
    return Style(without(page, dropped), partial(_are_changes, frozenset(starts)))


STYLES = (unwrapped, unmarked, joined, of_changes)


def _most(printed: Iterable[Print]) -> tuple[Print | None, int]:
    """What is printed most often, and how often."""
    return next(iter(Counter(printed).most_common(1)), (None, 0))


def _few_sums_fail(_: Extraction, extraction: Extraction, forms: Mapping[str, Form]) -> bool:
    """Whether what is told by its looks is not gainsaid: some sums may fail by their publisher's fault."""
    states = Counter(check.state for check in extraction.checks)
    return states[CheckState.FAILS] <= _FEW * states[CheckState.HOLDS]


def _sums_hold(
    places: Set[int], before: Extraction, extraction: Extraction, forms: Mapping[str, Form]
) -> bool:
    """Whether more sums hold than before, none fails, few are unknown; of zeros alone they prove nothing.

    Nor do they prove that a mark says zero where most of its places are no cells: so stand the words of
    another's column.
    """
    if 2 * len(places & {cell.start for cell in extraction.cells}) < len(places):
        return False
    held = sum(check.state is CheckState.HOLDS for check in before.checks)
    states = Counter(check.state for check in extraction.checks)
    proving = [check for check in extraction.checks if check.state is CheckState.HOLDS and check.left]
    few = _FEW * states[CheckState.HOLDS]
    proven = len(proving) >= _FEWEST_SUMS and states[CheckState.HOLDS] > held
    return proven and not states[CheckState.FAILS] and states[CheckState.UNKNOWN] <= few


def _own_sums_hold(separator: str, _: Extraction, extraction: Extraction, forms: Mapping[str, Form]) -> bool:
    """Whether all sums hold that add up a number in which a separator stands."""
    states = {check.name: check.state for check in extraction.checks}
    names: set[str] = set()
    for cell in extraction.cells:
        if cell.is_known and cell.raw and separator in fold(cell.raw):
            names |= names_with(_table_of(cell, extraction, forms), cell.key)
    return bool(names) and all(states[name] is CheckState.HOLDS for name in names)


def _are_changes(
    starts: frozenset[int], _: Extraction, extraction: Extraction, forms: Mapping[str, Form]
) -> bool:
    """Whether what begins at some places stands in columns of 增/减: elsewhere it says no more than that."""
    keys = {cell.key: _table_of(cell, extraction, forms) for cell in extraction.cells if cell.start in starts}
    changes = {
        f"{table.id}/{row.id}/{column.id}"
        for table in keys.values()
        for block, row in table.rows()
        for column in block.columns
        if {"增", "减"}.issubset(column.label)
    }
    return len(keys) == len(starts) and changes.issuperset(keys)


def _table_of(cell: Cell, extraction: Extraction, forms: Mapping[str, Form]) -> Table:
    id_ = cell.key.partition("/")[0]
    return forms[extraction.forms[id_] or ""].table(id_)
