"""The sums of a report and the numbers without a cell, as lists of buttons that the script follows.

Flow:  view -> **sums, leftovers** -> report page
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from xml.etree.ElementTree import Element

from gouji.inference.extraction import Check, CheckState, Suggestion
from gouji.inference.html_page import el
from gouji.inference.viewer.signs import CHECK_SIGNS, figure
from gouji.inference.viewer.view import View
from gouji.inference.viewer.words import said, sign, words

# Failing sums stand open; the others are folded below a line: those that wait for an open cell are many.
_LISTS = (  # state, how many, and the line that folds them
    (CheckState.FAILS, "checks.fail", None),
    (CheckState.UNKNOWN, "checks.open", "checks.waiting"),
    (CheckState.HOLDS, "checks.hold", "checks.rest"),
)


def sums_section(view: View) -> Element:
    """The sums of a report, what fails first, and what would repair it."""
    head = said("checks", "h2")
    if not view.extraction.checks:
        return el("section", head, said("checks.none", "p", class_="faint"), id="checks")
    counts, lists = [], []
    for state, count, summary in _LISTS:
        own = [check for check in view.extraction.checks if check.state is state]
        if not own:
            continue
        mark = el("i", CHECK_SIGNS[state], class_="sign", aria_hidden="true")
        counts.append(el("span", mark, said(count, n=len(own)), class_=str(state)))
        listed = list(_by_rule(view, own))
        lists += [el("details", el("summary", said(summary, n=len(own))), *listed)] if summary else listed
    told = (el("p", *counts, class_="counts"), *_pattern(view), *_suggestion(view))
    return el("section", head, *told, *lists, id="checks")


def leftovers_section(view: View) -> Element:
    """The numbers that no cell took, and why."""
    left = view.extraction.unplaced
    head = said("unplaced", "h2")
    if not left:
        return el("section", head, said("unplaced.none", "p", class_="faint"), id="unplaced")
    items = [
        el(
            "li",
            el(
                "button",
                el("b", number.raw),
                _said_or(f"reason.{number.reason}", number.reason),
                said("printed.at", "small", n=f"{number.start}–{number.end}"),
                type="button",
                data_unplaced=str(index),
                **({"data-need": ""} if index in view.needs.numbers else {}),
            ),
        )
        for index, number in enumerate(left)
    ]
    return el("section", head, el("ul", *items, class_="leftover"), id="unplaced")


def _pattern(view: View) -> Iterator[Element]:
    """The publisher's habit that explains every failing sum, where there is one."""
    name = view.extraction.pattern
    if name is not None:
        yield el("p", said("pattern"), " ", _said_or(f"pattern.{name}", name), class_="pattern")


def _suggestion(view: View) -> Iterator[Element]:
    """The one cell whose change would repair every failing sum, where there is just one."""
    one = view.extraction.suggestion
    if one is not None:
        cell = el("b", " › ".join(view.paths[one.key][1:]))
        number = str(view.number[one.key])
        button = el("button", cell, _suggested(one), type="button", data_cell=number)
        yield el("p", button, class_="suggestion")


def _by_rule(view: View, checks: Sequence[Check]) -> Iterator[Element]:
    """Checks in their order; what is added up stands once above those that add up the same."""
    for rule, own in groupby(checks, lambda check: (view.label(check).table, view.label(check).rule)):
        yield el("p", " · ".join(rule), class_="rule")
        yield el("ul", *(_check(view, check) for check in own), class_="checks")


def _check(view: View, check: Check) -> Element:
    label = view.label(check)
    relation = {CheckState.HOLDS: "=", CheckState.FAILS: "≠", CheckState.UNKNOWN: "?"}[check.state]
    sums = f"{figure(check.left) or '…'} {relation} {figure(check.right) or '…'}"
    button = el(
        "button",
        sign(CHECK_SIGNS[check.state], f"check.{check.state}"),
        el("b", label.each),
        el("span", sums, class_="sums"),
        type="button",
        data_check=str(view.check_number[check.name]),
        **({"data-need": ""} if check.state is CheckState.FAILS else {}),
    )
    return el("li", button, class_=str(check.state))


def _suggested(one: Suggestion) -> Element:
    """What the failing sums want a cell to be."""
    if one.printed is None:
        return said("suggestion.blank", would=one.would_be)
    return said("suggestion", would=one.would_be, printed=one.printed)


def _said_or(key: str, text: str) -> Element:
    """A word, or the text where no word has that key."""
    return said(key) if key in words() else el("span", text)
