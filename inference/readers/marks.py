"""Marks for what a cell shows and its text does not say: a picture, a note's number, print struck out.

Flow:  document -> **marks** -> cells -> text

While a document is walked they are characters that Unicode keeps for programs, which no page prints.
In a cell that holds a number, or nothing else, they become a word in brackets: such a cell is neither
blank nor surely that number. Beside words they are left out: a label stays its own words.
"""

from __future__ import annotations

import re

from gouji.inference import unread_marks

PICTURE = "\ufdd0"  # anything drawn: an image, a field that a script fills
MORE = "\ufdd6"  # digits that a cell keeps and does not show
_NOTE, _BESIDE, _STRUCK, _UNSURE, _END = "\ufdd1", "\ufdd2", "\ufdd3", "\ufdd4", "\ufdd5"
_WORDS = {
    _NOTE: unread_marks.NOTE,
    _BESIDE: unread_marks.NOTE,
    _STRUCK: unread_marks.STRUCK,
    _UNSURE: unread_marks.UNSEEN,
}

_WRAPPED = re.compile(f"([{_NOTE}-{_UNSURE}])([^{PICTURE}-{_END}]*){_END}")
_ANY = re.compile(f"[{PICTURE}-{MORE}]")
_FIGURE = re.compile(
    r"\W*(?:[-+减增]?\d[\d,.，．]*\s*[^\W\d]{0,3})?\W*"
)  # a number with its unit, or no word


def noted(text: str) -> str:
    """Print raised or lowered beside other print, as a note's number is."""
    return f"{_NOTE}{text}{_END}"


def beside(text: str) -> str:
    """Print that is a note's where other print stands beside it: a link within the page, small letters."""
    return f"{_BESIDE}{text}{_END}"


def struck(text: str) -> str:
    """Print struck out."""
    return f"{_STRUCK}{text}{_END}"


def unsure(text: str) -> str:
    """Print of which the page alone does not say whether it is seen."""
    return f"{_UNSURE}{text}{_END}"


def is_figure(text: str) -> bool:
    """Whether print is a number with its unit, or no word at all."""
    return _FIGURE.fullmatch(text) is not None


def resolved(text: str) -> str:
    """The text of a cell, each mark a word in brackets, or left out beside words.

    >>> resolved("12" + noted("1")), resolved("规章" + noted("1") + PICTURE), resolved(PICTURE)
    ('12[注]', '规章', '[图]')
    """
    if not _ANY.search(text):
        return text
    text = _WRAPPED.sub(_bare, text)
    rest = _ANY.sub("", _WRAPPED.sub("", text))
    if not is_figure(rest):
        return rest.strip()
    if not any(map(str.isalnum, rest)):
        text = _WRAPPED.sub(lambda wrapped: wrapped[2] if wrapped[1] == _BESIDE else wrapped[0], text)
    named = _WRAPPED.sub(lambda wrapped: _WORDS[wrapped[1]], text).replace(PICTURE, unread_marks.PICTURE)
    named = named.replace(MORE, unread_marks.UNSEEN)
    return _ANY.sub("", named).strip()


def spread(text: str) -> str:
    """The text of a line that is no cell: marked print stands apart from what is beside it."""
    return _ANY.sub(" ", text)


def _bare(wrapped: re.Match[str]) -> str:
    """Marked print of which nothing may be part of a number is print like other."""
    return wrapped[0] if any(map(str.isalnum, wrapped[2])) else wrapped[2]
