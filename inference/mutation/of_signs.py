"""Prints of a cell that change its number or leave it unknown: signs, letters, stray marks.

Flow:  sheet -> **mutations** -> mutated page -> extraction -> tallies
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

from gouji.inference.mutation.choices import Mutation
from gouji.inference.mutation.reprints import Print, Reprint, counted, one_of, reprinting, said
from gouji.inference.mutation.sheet import Sheet

_LESS = ("减", "减少", "下降", "降低", "负")
_MORE = ("增", "增加", "增长", "上升")
_DASHES = ("－", "−", "–", "—", "﹣")
_ANY_DASH = {"-", "——", "--", *_DASHES}
_LIKE_DIGITS = {
    "0": "Oo〇口", "1": "lI丨", "2": "Z", "3": "з", "5": "S", "6": "b", "8": "B", "9": "gq",
}  # fmt: skip
_LOST = "\ufffd"
_STRAY_POINTS = (".", "、", "。", "．")


def _signed(signs: Sequence[str], templates: Sequence[str], sign: int) -> Reprint:
    """A sign with a whole number; templates place them: `{sign}{n}`."""

    def reprint(surface: str, rng: random.Random) -> Print | None:
        number = counted(surface)
        if number is None or (sign > 0 and surface.startswith("-")):
            return None
        return said(one_of(rng, templates, sign=rng.choice(signs), n=number), sign * number)

    return reprint


def _in_brackets(surface: str, rng: random.Random) -> Print | None:
    """An account's -5, or a number that somebody put in brackets."""
    number = counted(surface)
    if number is None or surface.startswith("-"):
        return None
    return Print(one_of(rng, ("（{n}）", "({n})"), n=number), (number, -number))


def _like_a_digit(surface: str, rng: random.Random) -> Print | None:
    """A letter that looks like it for one digit: the number that was meant, or none."""
    places = [at for at, digit in enumerate(surface) if digit in _LIKE_DIGITS]
    if counted(surface) is None or not places:
        return None
    at = rng.choice(places)
    return said(surface[:at] + rng.choice(_LIKE_DIGITS[surface[at]]) + surface[at + 1 :], int(surface))


def _digit_lost(surface: str, rng: random.Random) -> Print | None:
    """A character that could not be decoded, in place of one of several digits."""
    if not surface.isdigit() or len(surface) < 2:
        return None
    at = rng.randrange(len(surface))
    return said(surface[:at] + _LOST + surface[at + 1 :], int(surface))


def _stray_letter(surface: str, rng: random.Random) -> Print | None:
    """A letter, a box or a lost character more: nobody knows whether it was a digit."""
    if not surface.isdigit():
        return None
    return Print(
        one_of(rng, ("{n}{x}", "{x}{n}"), n=surface, x=rng.choice(("l", "口", _LOST, "I", "?", "S"))), ()
    )


def _stray_point(surface: str, rng: random.Random) -> Print | None:
    return said(surface + rng.choice(_STRAY_POINTS), int(surface)) if surface.isdigit() else None


def _zero_as_letter(surface: str, rng: random.Random) -> Print | None:
    return said(rng.choice("Oo〇零Ｏ"), 0) if surface == "0" else None


def _unless_dashes_mark_blanks(mutation: Mutation) -> Mutation:
    """None where a page has a dash in a cell of its own: there a dash and a number may be two cells."""

    def guarded(sheet: Sheet, rng: random.Random) -> Sheet | None:
        return None if any(sheet.surface(key) in _ANY_DASH for key in sheet.cells) else mutation(sheet, rng)

    return guarded


_PARTED = ("{sign} {n}", "{sign}：{n}", "{sign}: {n}", "{sign}\u3000{n}", "{sign}\u00a0{n}")

MUTATIONS_OF_SIGNS: Mapping[str, Mutation] = {
    "sign_as_word": reprinting(_signed(_LESS, ("{sign}{n}",), -1)),
    "sign_as_word_parted": reprinting(_signed(_LESS, _PARTED, -1), drawn=True),
    "sign_as_dash": reprinting(_signed(_DASHES, ("{sign}{n}",), -1)),
    "sign_as_dash_parted": _unless_dashes_mark_blanks(
        reprinting(_signed(("-", *_DASHES), ("{sign} {n}", "{sign}\u00a0{n}"), -1), drawn=True)
    ),
    "sign_as_arrow": reprinting(_signed("↓▼", ("{sign}{n}", "{n}{sign}"), -1)),
    "more_as_word": reprinting(_signed(_MORE, ("{sign}{n}",), 1)),
    "more_as_word_parted": reprinting(_signed(_MORE, _PARTED, 1), drawn=True),
    "more_as_arrow": reprinting(_signed("↑▲＋", ("{sign}{n}",), 1)),
    "in_brackets": reprinting(_in_brackets),
    "letter_for_digit": reprinting(_like_a_digit),
    "digit_lost": reprinting(_digit_lost),
    "stray_letter": reprinting(_stray_letter),
    "stray_point": reprinting(_stray_point),
    "zero_as_letter": reprinting(_zero_as_letter),
    "zeros_as_letters": reprinting(_zero_as_letter, every=True),
}
