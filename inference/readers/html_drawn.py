"""Tell what a rule of a style sheet prints that no element holds: beside elements, and before items of lists.

Flow:  rules -> **print of the sheet** -> looks -> blocks

A sheet may put a sign or a digit before a number (`.less::before {content: "-"}`) or behind it. It is told
that something is printed there, not what.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from gouji.inference.readers.html_sheets import Declarations

_ESCAPED = re.compile(r"\\([0-9a-f]{1,6})\s?|\\(.)", re.IGNORECASE | re.DOTALL)
_QUOTED = re.compile(r"""(?:"[^"]*"|'[^']*'|\s)*""")
_NO_PRINT = ("Zs", "Zl", "Zp", "Cc", "Cf")  # categories of characters
_SIGNS = 0x110000  # how many characters Unicode has places for
_HIDING = (("display", "none"), ("visibility", "hidden"), ("font-size", "0"), ("opacity", "0"))


def draws_beside(declarations: Declarations) -> bool:
    """Whether what a rule puts before or behind an element is print, and is seen."""
    declared = {name: value.lower().replace("!important", "").strip() for name, value in declarations}
    hidden = any(declared.get(name) == value for name, value in _HIDING)
    return not hidden and _shows(declared.get("content", "none"))


def is_without_mark(declarations: Declarations) -> bool | None:
    """Whether the items of a list are said to have no mark; None where nothing is said of it."""
    said = [value.lower() for name, value in declarations if name in ("list-style", "list-style-type")]
    return None if not said else any("none" in value for value in said)


def _shows(content: str) -> bool:
    r"""Whether a content is print: a browser's own word, or characters in quotes.

    >>> [_shows(content) for content in ("'-'", r'"\2212"', "counter(n)", r"'\a0 '", "''", "none")]
    [True, True, True, False, False, False]
    """
    if not _QUOTED.fullmatch(content):
        return content not in ("none", "normal")
    said = _ESCAPED.sub(lambda sign: chr(int(sign[1], 16) % _SIGNS) if sign[1] else sign[2], content)
    return any(sign not in "'\"" and unicodedata.category(sign) not in _NO_PRINT for sign in said)
