"""How publishers print single figures: zeros, signs, units, separators, remarks. Sums hold as before.

Flow:  report -> **habit** -> markup -> flattener

Each habit tells the cells that it prints otherwise, what they print, and what that says. Where the report
prints nothing that the habit is about, it tells none.
"""

from __future__ import annotations

import random
from collections.abc import Mapping

from gouji.training.printed import Habit, Print, Prints, Truth, plain, rows_of

RESULTS = ("granted", "partly_granted", "denied", "unavailable", "rejected", "other")  # how their rows begin
_FULL_DIGITS = str.maketrans("0123456789.-,", "０１２３４５６７８９．－，")
_REMARKS = (
    "（含上年结转{}件）",
    "（含修订{}件）",
    "（其中重复申请{}件）",
    "（不含补正{}件）",
    "(上年结转{}件)",
)
_NOTE_MARKS = ("①", "②", "*", "[1]", "（注1）")
_CENTS = 10_000  # 元 in 万元


def _noughts(mark: str, *, blank: bool = True, share: float = 1.0) -> Habit:
    """A mark, or nothing, for a share of the noughts: it says that the cell is blank, or once more 0."""

    def habit(truth: Truth, rng: random.Random) -> Prints:
        for key, value in truth.items():
            if value == 0 and (share == 1.0 or rng.random() < share):
                yield key, Print(mark, None if blank else 0)

    return habit


def _empty_rows(truth: Truth, rng: random.Random) -> Prints:
    """The rows of applications that are all noughts left empty."""
    for row, keys in rows_of(truth, "applications").items():
        if row.startswith(RESULTS) and not any(truth[key] for key in keys):
            yield from ((key, Print("", None)) for key in keys)


def _regulations_empty(truth: Truth, rng: random.Random) -> Prints:
    """The row of regulations left empty by a body that makes none."""
    keys = rows_of(truth, "disclosure").get("regulations", [])
    if not any(truth[key] for key in keys):
        yield from ((key, Print("", None)) for key in keys)


def _natural_persons_alone(truth: Truth, rng: random.Random) -> Prints:
    """Only natural persons ask: what others would have asked is left empty, in every row."""
    for row, keys in rows_of(truth, "applications").items():
        total = truth.get(f"applications/{row}/total")
        for key in keys:
            column = key.rpartition("/")[2]
            if column == "natural_person" and total is not None:
                yield key, Print(plain(total), total)
            elif column not in ("natural_person", "total"):
                yield key, Print("", None)


def _thousands(separator: str) -> Habit:
    """A separator before every three digits."""

    def habit(truth: Truth, rng: random.Random) -> Prints:
        for key, value in truth.items():
            if value is not None and abs(value) >= 1000:
                yield key, Print(f"{value:,}".replace(",", separator), value)

    return habit


def _full_digits(truth: Truth, rng: random.Random) -> Prints:
    for key, value in truth.items():
        if value is not None:
            yield key, Print(plain(value).translate(_FULL_DIGITS), value)


def _decimals(truth: Truth, rng: random.Random) -> Prints:
    """Every number as a spreadsheet prints it: `2.0`."""
    for key, value in truth.items():
        if isinstance(value, int):
            yield key, Print(f"{value}.0", value)


def _counted(*tables: str) -> Habit:
    """件 behind every number of some tables but the money."""

    def habit(truth: Truth, rng: random.Random) -> Prints:
        for key, value in truth.items():
            if value is not None and key.startswith(tables) and not key.endswith("/amount"):
                yield key, Print(f"{value}件", value, "件")

    return habit


def _money_unit(truth: Truth, rng: random.Random) -> Prints:
    for key, value in truth.items():
        if key.endswith("/amount") and value:
            yield key, Print(f"{plain(value)}万元", value, "万元")


def _money_in_yuan(truth: Truth, rng: random.Random) -> Prints:
    """The whole sum in 元 where the form asks for 万元."""
    for key, value in truth.items():
        if key.endswith("/amount") and value:
            yuan = round(value * _CENTS)
            yield key, Print(f"{yuan}元", yuan, "元")


def _no_fees(truth: Truth, rng: random.Random) -> Prints:
    """A word where a body charges nothing."""
    if truth.get(key := "disclosure/fees/amount") == 0:
        yield key, Print("未收费", None)


def _signs(minus: str, plus: str) -> Habit:
    """How a change against the year before prints its sign."""

    def habit(truth: Truth, rng: random.Random) -> Prints:
        for key, value in truth.items():
            if key.endswith("/change") and value:
                yield key, Print((plus if value > 0 else minus) + plain(abs(value)), value)

    return habit


def _remark(truth: Truth, rng: random.Random) -> Prints:
    """A remark in brackets behind the number of all that was answered."""
    total, carried = truth.get("applications/total/total"), truth.get("applications/carried_in/total")
    if total is not None and carried is not None:
        remark = f"（含上年结转{carried}件）"
        yield "applications/total/total", Print(f"{total}{remark}", total, tail=len(remark))


def _remarks(truth: Truth, rng: random.Random) -> Prints:
    """A remark in brackets behind a number or two."""
    yield from _beside(truth, rng, rng.choice(_REMARKS))


def _note_marks(truth: Truth, rng: random.Random) -> Prints:
    """The mark of a note behind a number or two."""
    yield from _beside(truth, rng, rng.choice(_NOTE_MARKS))


def _beside(truth: Truth, rng: random.Random, tail: str) -> Prints:
    keys = [key for key, value in truth.items() if value and key.endswith(("/total", "_person", "_force"))]
    for key in rng.sample(keys, min(len(keys), rng.randint(1, 2))):
        value = truth[key] or 0
        words = tail.format(rng.randrange(1, max(2, abs(int(value)))))
        yield key, Print(plain(value) + words, value, tail=len(words))


NUMBER_HABITS: Mapping[str, Habit] = {
    "noughts_blank": _noughts(""),
    "noughts_slash": _noughts("/"),
    "noughts_dash": _noughts("-"),
    "noughts_long_dash": _noughts("—"),
    "noughts_none": _noughts("无"),
    "noughts_mixed": _noughts("-", share=0.5),
    "noughts_letter": _noughts("O", blank=False),
    "noughts_full": _noughts("０", blank=False),
    "empty_rows": _empty_rows,
    "regulations_empty": _regulations_empty,
    "natural_persons_alone": _natural_persons_alone,
    "thousands": _thousands(","),
    "thousands_full": _thousands("，"),
    "thousands_space": _thousands(" "),
    "full_digits": _full_digits,
    "decimals": _decimals,
    "counted": _counted("disclosure/"),
    "counted_everywhere": _counted(""),
    "money_unit": _money_unit,
    "money_in_yuan": _money_in_yuan,
    "no_fees": _no_fees,
    "signs_in_words": _signs("减", "增"),
    "signs_in_long_words": _signs("减少", "增加"),
    "signs_negative": _signs("负", ""),
    "signs_apart": _signs("- ", "+ "),
    "signs_of_mathematics": _signs("−", "+"),
    "remark": _remark,
    "remarks": _remarks,
    "note_marks": _note_marks,
}
