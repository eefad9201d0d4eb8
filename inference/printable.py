"""Make strings of other people's files fit to be written, and to be shown on a terminal.

Flow:  names, texts -> **printable** -> contents, messages, outputs

A name of a page may hold half a character, which no encoding has a place for; an escape sequence, which a
terminal obeys: it clears the screen, renames the window, types; or a mark that turns the order of letters
round. The first is replaced where a string comes in. The others stay in what is written for programs and are
shown as signs to a person, one for one, so that places in a text stay what they are.
"""

from __future__ import annotations

import json
import re
from typing import Any

_HALVES = re.compile("[\ud800-\udfff]")
_REPLACEMENT = "\ufffd"
_PICTURES = 0x2400  # of control characters: ␀ ␁ … ␛
_DELETE, _PICTURE_OF_DELETE = 0x7F, 0x2421
_HIGH_CONTROLS = range(0x80, 0xA0)  # 0x9b begins a sequence as ESC [ does
_TURNING = (0x200E, 0x200F, 0x061C, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
_SHOWN = {
    **{code: _PICTURES + code for code in range(0x20)},
    _DELETE: _PICTURE_OF_DELETE,
    **dict.fromkeys((*_HIGH_CONTROLS, *_TURNING, 0x2028, 0x2029), ord(_REPLACEMENT)),
}
_SHOWN_IN_TEXT = {code: sign for code, sign in _SHOWN.items() if chr(code) not in "\t\n\r"}
_TO_ESCAPE = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_LONE_RETURN = re.compile(r"\r(?!\n)")  # what follows would be written over the line


def encodable(text: str) -> str:
    """A text without halves of characters.

    >>> encodable("报告\\ud800")
    '报告\ufffd'
    """
    return _HALVES.sub(_REPLACEMENT, text)


def all_encodable(value: Any) -> Any:
    """What JSON says, each of its texts without halves of characters."""
    if isinstance(value, str):
        return encodable(value)
    if isinstance(value, list):
        return [all_encodable(each) for each in value]
    if isinstance(value, dict):
        return {all_encodable(key): all_encodable(each) for key, each in value.items()}
    return value


def in_line(text: str) -> str:
    """A text that stands in a line of a message.

    >>> in_line("a\\x1b[2J\\n.html")
    'a␛[2J␊.html'
    """
    return encodable(text).translate(_SHOWN)


def in_lines(text: str) -> str:
    """A text of lines, as a terminal may show it; each character keeps its place.

    >>> in_lines("一\\x1b]0;x\\x07\\n二")
    '一␛]0;x␇\\n二'
    """
    return _LONE_RETURN.sub("␍", encodable(text).translate(_SHOWN_IN_TEXT))


def json_line(record: Any) -> str:
    """An object as one line of JSON; what a terminal obeys, or ends a line for some reader, is escaped.

    >>> json_line({"source": "a\\x1b\\x9b2J"})
    '{"source": "a\\\\u001b\\\\u009b2J"}'
    """
    return _TO_ESCAPE.sub(_escaped, json.dumps(record, ensure_ascii=False))


def _escaped(found: re.Match[str]) -> str:
    return _REPLACEMENT if _HALVES.match(found[0]) else f"\\u{ord(found[0]):04x}"
