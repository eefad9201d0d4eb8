"""Find in a text the value that its lines tell by keys: YAML, TOML, INI, properties, paths, lists.

Flow:  text -> **value** -> pages, as those of JSON

A line is a key and what it says, or opens what stands below it: indented, in brackets, or as a heading. What
stands before and behind the longest run of such lines are sentences, as beside a value of JSON.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from gouji.inference.readers.json_pages import holds_page
from gouji.inference.readers.json_text import Sentences
from gouji.inference.readers.json_values import Figure

PRESENT = re.compile(r"(?m)^[^\n:：=]{2,200}[:：=][ \t]*[\"']?(?:-?\d[\d.,]*|null|~)?[\"']?[ \t]*$")
_FEWEST = 20  # keys; a report has some hundred
_HEADING = re.compile(r"(#{1,6})[ \t]+(\S.*)")
_SECTION = re.compile(r"\[{1,2}([^\[\]]+)\]{1,2}")
_NAME = re.compile(r'"([^"]*)"|([^."]+)')
_STEP = re.compile(r"[/>→]")
_ITEM = re.compile(r"(?P<blank>[ \t]*(?:[-*+•][ \t]+)?)(?P<key>\S.*?)[ \t]*[:：=](?P<said>[^:：=\n]*)")
_MARKS = "\"'*`"
_FIGURE = re.compile(r"-?\d[\d,]*(?:\.\d+)?")
_NOTHING = frozenset(("", "null", "~", "None"))
_LONGEST = 40  # characters of what a key says; more is a sentence
_AROUND = re.compile(r"(?:```|~~~)[ \t]*\w*|---|\.\.\.|")

_Level = tuple[int, dict[str, Any]]


def values_told(text: str) -> list[Any] | None:
    """The value that a text tells by keys, and the sentences before and behind it; None where it tells none.

    >>> values_told("规章: 3")
    """
    if len(PRESENT.findall(text)) < _FEWEST:
        return None
    lines = text.splitlines()
    first, last = max(_runs(lines), key=lambda run: run[1] - run[0])
    value = _value([line for line in lines[first:last] if not _is_around(line)])
    if value is None or not holds_page(value):
        return None
    before, behind = (Sentences("\n".join(own)) for own in (lines[:first], lines[last:]))
    return [*filter(str.strip, [before]), value, *filter(str.strip, [behind])]


def _runs(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """From where to where each line is a key, opens others, or is empty."""
    start = 0
    for index, line in enumerate([*lines, "。"]):
        if not (_is_around(line) or _is_key(line)):
            yield start, index
            start = index + 1


def _is_around(line: str) -> bool:
    return _AROUND.fullmatch(line.strip()) is not None


def _is_key(line: str) -> bool:
    item = _ITEM.fullmatch(line)
    is_short = item is not None and len(item["said"]) <= _LONGEST
    return is_short or any(mark.fullmatch(line.strip()) for mark in (_SECTION, _HEADING))


def _value(lines: Sequence[str]) -> dict[str, Any] | None:
    """The object that lines tell; None where one of them is no key, or one comes twice."""
    root: dict[str, Any] = {}
    held: list[_Level] = [(-1, root)]  # what is open, by how far it is indented
    for depth, names, said in _told(lines):
        if names is None:
            return None
        while held[-1][0] >= depth:
            held.pop()
        within = held[-1][1]
        for name in names[:-1] if said is not None else names:
            within = within.setdefault(name, {})
            if not isinstance(within, dict):
                return None
        if said is None:
            held.append((depth, within))
        elif names[-1] in within:
            return None
        else:
            within[names[-1]] = _said(said)
    return root


def _told(lines: Sequence[str]) -> Iterator[tuple[int, list[str] | None, str | None]]:
    """Of each line how deep it stands, the names of its key, and what it says; None where it opens others."""
    deeper = 0  # below headings
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        heading, item = _HEADING.fullmatch(line), _ITEM.fullmatch(line)
        section = _SECTION.fullmatch(line.strip())
        if heading is not None:
            deeper = 1000 * len(heading[1])
            yield deeper, [_key(heading[2])], None
        elif section is not None:
            deeper = 1000
            names = [one or other for one, other in _NAME.findall(section[1])]
            yield deeper, list(map(_key, names if '"' in section[1] else _STEP.split(section[1]))), None
        elif item is None:
            yield 0, None, None
        else:
            depth = len(item["blank"].expandtabs(4))
            opens = not item["said"].strip() and _indent(below) > depth
            yield deeper + 1 + depth, [_key(item["key"])], None if opens else item["said"]


def _indent(line: str) -> int:
    item = _ITEM.fullmatch(line)
    return 0 if item is None else len(item["blank"].expandtabs(4))


def _key(written: str) -> str:
    return written.strip().strip(_MARKS).strip()


def _said(written: str) -> Any:
    text = _key(written.strip().rstrip(",;"))
    return None if text in _NOTHING else Figure(text.replace(",", "")) if _FIGURE.fullmatch(text) else text
