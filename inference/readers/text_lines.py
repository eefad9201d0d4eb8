r"""Give a text the lines that it had before a program wrote something in front of each, or all into one.

Flow:  text -> **its own lines** -> formats -> page

A mail's answer quotes (`> `), a patch adds (`+`), an editor numbers; a string that was printed as its program
writes it holds `\n` where its lines end; a newline may be translated twice. What goes stands in front of
every line, so it is print of none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from gouji.model.page import GHOSTS

_BREAK = re.compile("\r+\n|[\r\x0b\x0c\x85\u2028\u2029]")
_PLAIN = str.maketrans({**dict.fromkeys(GHOSTS), "\u00a0": " "})
_WRITTEN = re.compile(r"\\(?:r\\n|[nrt\"'])")
_SAID = {"n": "\n", "r": "\n", "t": "\t", '"': '"', "'": "'"}
_FEWEST = 20  # lines; a report has some hundred
_OFTEN = 10  # written ends of lines for each real one
_QUOTED = re.compile(r"(?:[>＞] ?)+")
_ADDED = re.compile(r"\+(?![-=+]) ?")
_PATCHED = re.compile(r"\+")
_PATCH = re.compile(r"(?:diff |index |new file|deleted file|--- |\+\+\+ |@@ |\\ No newline)")
_NUMBERED = tuple(
    re.compile(rf"[ \t]*(\d+)(?:{behind}|$)") for behind in (r"\t", ": ?", r" ?[|│] ?", " {1,2}")
)


def plain_lines(text: str) -> str:
    """The text with one kind of newline, one where each is doubled, one blank, and nothing without width."""
    plain = _BREAK.sub("\n", text.translate(_PLAIN))
    lines = plain.split("\n")
    is_doubled = len(lines) > _FEWEST and not any(map(str.strip, lines[1::2]))
    return "\n".join(lines[::2]) if is_doubled else plain


def own_lines(text: str) -> str:
    r"""The text without what stands in front of each of its lines; the text itself where nothing does.

    >>> own_lines("> a\n>\n" * 20) == "a\n\n" * 20
    True
    """
    text = text if "\n" in text else _BREAK.sub("\n", text)
    written = len(_WRITTEN.findall(text)) if "\\n" in text else 0
    if written >= max(_FEWEST, _OFTEN * text.count("\n")):
        text = _WRITTEN.sub(lambda said: _SAID[said[0][-1]], text)
    if text.count("\n") < _FEWEST:
        return text
    lines = text.split("\n")
    begun = [line for line in lines if line.strip() and not _PATCH.match(line)]
    for mark in (_QUOTED, _PATCHED if any(line.startswith("@@ ") for line in lines) else _ADDED):
        if begun and all(map(mark.match, begun)):
            return "\n".join(mark.sub("", line, count=1) for line in lines if not _PATCH.match(line))
    return _without_numbers(lines) or text


def _without_numbers(lines: Sequence[str]) -> str | None:
    """Lines without the numbers from 1 on that stand in front of them."""
    last = len(lines) - (not lines[-1].strip())
    for numbered in _NUMBERED:
        found = list(map(numbered.match, lines[:last]))
        if all(each is not None and int(each[1]) == number for number, each in enumerate(found, 1)):
            return "\n".join(line[each.end() :] for line, each in zip(lines, found, strict=False) if each)
    return None
