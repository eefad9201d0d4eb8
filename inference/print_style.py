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
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

from gouji.inference.assembly.checks import names_with
from gouji.inference.assembly.figures import BLANK_MARKS, BLANK_WORDS, UNIT
from gouji.inference.extraction import CheckState
from gouji.inference.result import Extraction
from gouji.model.forms import Form
from gouji.model.insertions import without
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
    + _CELL % rf"(?:[1-9][0-9]{{0,2}}([,、] )[0-9]{{3}}(?:\2[0-9]{{3}})*|[1-9](?: [0-9])+){_BEHIND}"
)
_MARK = re.compile(_CELL % r"([^\w\s]) \1" + "|" + _PIECE % rf"[^\s1-9{_BORDERS}]{{1,6}}")
# Known in every layout, a unit, or what stands for print that was lost, cut off or hidden, which may be any.
_NO_STYLE = re.compile(rf"[0O〇零]+(?:\.0+)?|[/—\-无\\*o]|——+|--|{UNIT}|[?\ufffd#*…□▯☐]+|\.{{2,}}|\[\w\]")
_BLANK = frozenset(mark.lower() for mark in BLANK_MARKS | BLANK_WORDS)


@dataclass(frozen=True, slots=True)
class Style:
    """A page without a style of its print, and what must hold of its sums for it to be one."""

    page: Page
    is_known: bool = False  # it is told by its looks: no sum has to hold
    separator: str | None = None  # of the digits of numbers, all of whose sums must hold

    def is_proven(self, extraction: Extraction, forms: Mapping[str, Form]) -> bool:
        """Whether the page read without the style has the sums that prove it."""
        if self.separator is not None:
            by_name = {check.name: check.state for check in extraction.checks}
            sums = [by_name[name] for name in _sums_of(self.separator, extraction, forms)]
            return bool(sums) and all(state is CheckState.HOLDS for state in sums)
        states = Counter(check.state for check in extraction.checks)
        if self.is_known:
            return states[CheckState.FAILS] <= _FEW * states[CheckState.HOLDS]
        proving = [check for check in extraction.checks if check.state is CheckState.HOLDS and check.left]
        few = _FEW * states[CheckState.HOLDS]
        return (
            len(proving) >= _FEWEST_SUMS
            and not states[CheckState.FAILS]
            and states[CheckState.UNKNOWN] <= few
        )


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
    return Style(without(page, [match.span(i) for match in own for i in (1, 2) if match[i]]), is_known=True)


def unmarked(page: Page) -> Style | None:
    """The page with `/`, or the 0 that is in it, for its mark for zero; None where it has none of its own."""
    marks = [match for match in _MARK.finditer(page.folded) if not _NO_STYLE.fullmatch(match[0])]
    mark, count = _most(match[0] for match in marks)
    if mark is None or count < _FEWEST:
        return None
    text, dropped, kept = list(page.text), [], max(mark.find("0"), 0)
    for start, end in (match.span() for match in marks if match[0] == mark):
        text[start + kept] = "0" if "0" in mark else "/"
        dropped += [(start, start + kept), (start + kept + 1, end)]
    plain = replace(page, text="".join(text))
    return Style(without(plain, [(a, b) for a, b in dropped if a < b]), is_known=mark.lower() in _BLANK)


def joined(page: Page) -> Style | None:
    """The page without what parts the digits of its numbers; None where nothing does."""
    numbers = [(match[1] or match[2] or " ", match.span()) for match in _PARTED.finditer(page.folded)]
    separator, _ = _most(between for between, _ in numbers)
    if separator is None or (separator == " " and len(numbers) < _FEWEST):
        return None
    own = [span for between, span in numbers if between == separator]
    between = re.compile(re.escape(separator))
    places = [m.span() for start, end in own for m in between.finditer(page.folded, start, end)]
    return Style(without(page, places), separator=separator)


STYLES = (unwrapped, unmarked, joined)


def _most(printed: Iterable[Print]) -> tuple[Print | None, int]:
    """What is printed most often, and how often."""
    return next(iter(Counter(printed).most_common(1)), (None, 0))


def _sums_of(separator: str, extraction: Extraction, forms: Mapping[str, Form]) -> frozenset[str]:
    """The names of the checks that add up a number in which a separator stands."""
    names: set[str] = set()
    for cell in extraction.cells:
        if cell.is_known and cell.raw and separator in fold(cell.raw):
            table = cell.key.partition("/")[0]
            names |= names_with(forms[extraction.forms[table] or ""].table(table), cell.key)
    return frozenset(names)
