r"""Take away what a text says to a terminal: colours, links, print over print.

Flow:  bytes -> text -> **text without a terminal's signs** -> page

Programs that print for a terminal (pandoc's `ansi`, rich, man pages, `script`) leave such signs in a file.
Print that is struck out or concealed is marked as in a document's cells, so that no number is taken from it.
"""

from __future__ import annotations

import re

from gouji.inference.unread_marks import STRUCK, UNSEEN

_ESCAPE = "\x1b"
_LINK = re.compile(r"\x1b\][^\x07\x1b]*(?:\x07|\x1b\\)")
_STYLE = re.compile(r"\x1b\[([\d;:]*)m")
_OTHER = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|[()][A-Z0-9]|[=>78cDEHM])")
_OVERSTRUCK = re.compile(r"([^\n\x08])\x08(?=\1)|_\x08(?=[^\n\x08])")  # bold, underlined
_MARKS = {"8": UNSEEN, "9": STRUCK}  # what begins print that is not seen, or is struck


def without_signs(text: str) -> str:
    r"""A text as a terminal shows it.

    >>> without_signs("\x1b[1m规章\x1b[0m\t\x1b[38;5;9m3\x1b[0m"), without_signs("\x1b[9m12\x1b[29m13")
    ('规章\t3', '[删]1213')
    >>> without_signs("规\x08规章\x08章 _\x085")
    '规章 5'
    """
    if "\x08" in text:
        text = _OVERSTRUCK.sub("", text)
    if _ESCAPE not in text:
        return text
    return _OTHER.sub("", _STYLE.sub(_mark, _LINK.sub("", text)))


def _mark(style: re.Match[str]) -> str:
    codes = re.split("[;:]", style[1])
    if codes[0] in ("38", "48", "58"):  # the rest is a colour's number
        return ""
    return next((_MARKS[code] for code in codes if code in _MARKS), "")
