"""The words in brackets that stand in a cell's text for what the cell shows and its text cannot say.

Flow:  document -> reader -> page -> **page without them** -> tokens -> cells

A reader writes them for who looks at the text. To be read, each is replaced by blanks that no page prints in
such an order: so it parts numbers, is no label, and can still be told from an empty cell.
"""

from __future__ import annotations

import re
from dataclasses import replace

from gouji.model.page import Page

PICTURE = "[图]"
NOTE = "[注]"  # a note's number, which is no part of the number beside it
STRUCK = "[删]"
UNSEEN = "[隐]"  # print that may be hidden
ABSENT = "[缺]"  # a cell that its source does not tell: an object without the key that others beside it have
CUT_OFF = "[截]"  # the sheet's edge goes through the cell, or other cells lie beyond it

HELD = "\u2005\u2006\u2005"  # what stands in a mark's place, folded as blanks are
CUT = "\u2006\u2005\u2006"  # likewise, in that of `CUT_OFF`

_MARK = re.compile(r"\[[图注删隐截缺]\]")


def without_marks(page: Page) -> Page:
    """The page as it is read: of the same length, blanks for each mark in its tables' rows."""
    text, end = [], 0
    for row in page.rows:
        text += [page.text[end : row[0]], _MARK.sub(_held, page.text[row[0] : row[1]])]
        end = row[1]
    return replace(page, text="".join([*text, page.text[end:]])) if text else page


def is_held(text: str) -> bool:
    """Whether a mark stood in a text."""
    return HELD in text or CUT in text


def _held(mark: re.Match[str]) -> str:
    return CUT if mark[0] == CUT_OFF else HELD
