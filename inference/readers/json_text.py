"""Find the JSON values in a text: alone, one behind the other, in a fence, in a call, among sentences.

Flow:  content -> text -> **values and sentences** -> pages

What a site answers is one value, perhaps within `callback(...)`; what a model answers stands in a Markdown
fence, or between sentences, may have a comma too many or the quotes of Python, and may end where the model
had to stop. Numbers stay as they are printed. Of a value that is cut off only what is whole is kept: an
element behind which no comma stands may go on. Nothing is put in place of what is gone.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, product
from typing import Any

from gouji.inference.limits import limits
from gouji.inference.readers.json_values import (
    DECODER,
    DEEPEST,
    TooMuch,
    checked,
    of_python,
    too_deep,
    too_many,
    value_of,
)

_TRIES = 100  # brackets at which no value begins
_BEGUN = 100  # characters behind a bracket, from which it opened a value, whatever then is wrong with it
_REST = 200  # characters behind the place where a value breaks off: a fence's end, a remark
_LONGEST_LITERAL = 1 << 22  # characters of Python that are parsed
_OPENING = re.compile(r"""[\[{](?=\s*["'\[{(])""")
_STRING = r'"(?:[^"\\]++|\\.)*+'  # open; a step back would keep 100 bytes for each character
_TOKEN = re.compile(_STRING + r'"|[\[\]{},]|[^\s\[\]{},"]+|"')
_COMMENT_OR_COMMA = re.compile(
    f"({_STRING}" + r'(?:"|\\?\Z))|(?<![:\w])//[^\n]*|/\*.{0,2000}?\*/|,(?=\s{0,2000}[}\]])', re.DOTALL
)
_AROUND = re.compile(r"(?:```|~~~)[ \t]*\w*|[\x00-\x2f\x3a-\x7b\x7d-\x7f]*")  # fences, calls, names
_NUMBER_AS_KEY = re.compile(r"\d+\s*:")
_FENCE_BEHIND = re.compile(r"(?:```|~~~)[ \t]*\w*$")
_CLOSING = {"{": "}", "[": "]"}


class Sentences(str):
    """What stands beside the values of a text."""

    __slots__ = ()


CUT_OFF = Sentences("（文件到此中断）")  # behind a value of which the rest is gone


class _Broken(ValueError):
    """A value that has begun and goes on wrongly: what stands in it is no value for itself."""


_Kept = tuple[int, int]  # where what is whole ends, and in how many lists and objects


@dataclass(slots=True)
class _Open:
    """A list or an object that has begun: what ends it, what was whole before it, and what it holds."""

    end: str
    before: _Kept | None
    holds_others: bool = False


def values_in(text: str) -> list[Any]:
    """The values in a text and the sentences between them, in their order.

    >>> values_in('结果如下：```json\\n[["规章", 3]]\\n```')
    ['结果如下：', [['规章', '3']]]

    Raises:
        ValueError: It holds no value, or one holds too much.
    """
    try:
        return [value_of(text)]
    except TooMuch:
        raise
    except ValueError as error:
        fault = error
    _refuse_many(text)
    mended = _COMMENT_OR_COMMA.sub(lambda match: match[1] or "", text)
    forms = (text,) if mended == text else (text, mended)
    for cut_off, form in product((False, True), forms):
        try:
            found = list(_among_sentences(form, cut_off=cut_off))
        except _Broken:
            continue
        if any(not isinstance(part, Sentences) for part in found):
            return found
    raise fault


def _refuse_many(text: str) -> None:
    """Look for no values where there may be more than the limit: each look takes as long as the first."""
    most = limits().tags
    parts = _TOKEN.finditer(text) if len(text) > most else ()
    if next(islice(parts, 2 * most, None), None) is not None:  # a comma behind each
        raise too_many()


def _among_sentences(text: str, *, cut_off: bool) -> Iterator[Any]:
    """The values of a text and what stands between them; with `cut_off` one of which the end is gone, too."""
    end = tries = 0
    for opening in _OPENING.finditer(text):
        start = opening.start()
        if start < end or tries >= _TRIES:
            continue
        found = _value_at(text, start, cut_off=cut_off)
        if found is None:
            tries += 1
            continue
        value, behind, is_cut = found
        yield from _sentences(text[end:start])
        yield value
        end = behind
        if is_cut:
            yield CUT_OFF
    yield from _sentences(text[end:])


def _value_at(text: str, start: int, *, cut_off: bool) -> tuple[Any, int, bool] | None:
    """The value that begins at a bracket, where it ends, and whether it is cut off there."""
    try:
        value, end = DECODER.raw_decode(text, start)
        return (checked(value), end, False) if value else None
    except json.JSONDecodeError as error:
        broken = error.pos
    except RecursionError as error:
        raise too_deep() from error
    if text.startswith(("'", "(", "None", "True", "False"), broken) or _NUMBER_AS_KEY.match(
        text, broken
    ):  # as Python prints it
        return _literal_at(text, start)
    if not cut_off:
        if broken > start + _BEGUN:
            raise _Broken
        return None
    rest = text[broken:]
    if rest.startswith('"'):  # a string that does not end
        rest = ""
    if len(rest) > _REST or '"' in rest:
        if broken > start + _BEGUN:
            raise _Broken
        return None
    whole = _whole_elements(text, start, broken)
    return None if whole is None else (value_of(whole), len(text), True)


def _literal_at(text: str, start: int) -> tuple[Any, int, bool] | None:
    """The dictionary or list that Python printed."""
    end = max(text.rfind(bracket) for bracket in "]}") + 1
    if not start < end <= start + _LONGEST_LITERAL:
        return None
    try:
        return checked(of_python(ast.literal_eval(re.sub(r"\bnan\b", "None", text[start:end])))), end, False
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return None


def _whole_elements(text: str, start: int, end: int) -> str | None:
    """A value that is cut off, without the element that it is cut off in; None where nothing is left.

    A list of values that are neither lists nor objects goes whole: a row's cells count from its begin.
    """
    open_: list[_Open] = []
    kept: _Kept | None = None
    for token in _TOKEN.finditer(text, start, end):
        if token[0] in _CLOSING:
            for above in open_[-1:]:
                above.holds_others = True
            open_.append(_Open(_CLOSING[token[0]], kept))
            if len(open_) > DEEPEST:
                raise too_deep()
        elif token[0] in ("}", "]"):
            open_.pop()
            kept = token.end(), len(open_)
        elif token[0] == ",":
            kept = token.start(), len(open_)
    if open_ and open_[-1].end == "]" and not open_[-1].holds_others:
        kept = open_[-1].before
    if kept is None:
        return None
    behind, levels = kept
    return text[start:behind] + "".join(each.end for each in reversed(open_[:levels]))


def _sentences(text: str) -> Iterator[Sentences]:
    """The lines that say something: fences, calls, assignments and headers do not."""
    lines = [line for line in map(_without_fence, text.splitlines()) if not _AROUND.fullmatch(line)]
    if lines:
        yield Sentences("\n".join(lines))


def _without_fence(line: str) -> str:
    return _FENCE_BEHIND.sub("", line).strip()
