"""Read a file of TOML that a person has written, and list all that is wrong with it at once.

Flow:  file -> **entries** -> forms, floors

An entry knows where it stands in its file. What it asks for and does not find is a fault in the file's list,
and a value that is empty stands in its place; who has read the whole file raises what is in the list.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

C = TypeVar("C", bound=str)

_LARGEST = 1 << 20  # bytes of a file; the larger of the forms that ship has 10 KB
# More is no form: every label is held against every piece of print. The largest official table has 25 rows,
# the longest label 37 characters.
MOST = 1000  # texts, or labels, of a list
_LONGEST = 1000  # characters of a text
_DEEPEST = (
    16  # names of a key; those of the forms that ship have one. Of very many tomllib keeps each beginning
)
_NAME = r"""(?:[\w-]+|"[^"\n]*"|'[^'\n]*')"""
_DEEP_KEY = re.compile(rf"(?<![\w-]){_NAME}(?:[ \t]*\.[ \t]*{_NAME}){{{_DEEPEST}}}")


def toml_of(path: Path) -> dict[str, Any]:
    """What a file of TOML says.

    Raises:
        OSError: It cannot be read.
        ValueError: It is no TOML, nests too deep, or is larger than any of ours.
    """
    if path.stat().st_size > _LARGEST:
        raise ValueError(f"it has more than {_LARGEST >> 20} MB")
    text = path.read_text(encoding="utf-8")
    if (key := _DEEP_KEY.search(text)) is not None:
        line = text.count("\n", 0, key.start()) + 1
        raise ValueError(f"its key in line {line} has more than {_DEEPEST} names, parted by dots")
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError("its brackets nest too deep") from None


@dataclass(frozen=True, slots=True)
class Entry:
    """One `{ key = value, … }` of a file.

    >>> entry = Entry({"label": 3}, "rows[2]", [])
    >>> entry.text("label"), entry.faults
    ('', ['rows[2].label: found 3; expected a text'])
    """

    data: Mapping[str, Any]
    where: str  # empty for the whole file
    faults: list[str]  # of the whole file

    def fault(self, key: str, what: str) -> None:
        """Say what is wrong with the value of a key."""
        self.faults.append(f"{self._place(key)}: {what}")

    def text(self, key: str) -> str:
        """A text that must be there."""
        value = self.data.get(key)
        if isinstance(value, str) and len(value) > _LONGEST:
            self.fault(key, f"has {len(value)} characters; expected at most {_LONGEST}")
            return ""
        if isinstance(value, str) and value:
            return value
        self.fault(key, f"{'missing' if value is None else f'found {value!r}'}; expected a text")
        return ""

    def text_if_any(self, key: str) -> str | None:
        """A text that need not be there."""
        return None if self.data.get(key) is None else self.text(key)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; none where the key is not there."""
        values = self.data.get(key, [])
        if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
            self.fault(key, f"found {values!r}; expected a list of texts")
            return ()
        if len(values) > MOST or any(len(value) > _LONGEST for value in values):
            self.fault(key, f"expected at most {MOST} texts, each of at most {_LONGEST} characters")
            return ()
        return tuple(values)

    def flag(self, key: str) -> bool:
        """True or false; false where the key is not there."""
        value = self.data.get(key, False)
        if not isinstance(value, bool):
            self.fault(key, f"found {value!r}; expected true or false")
        return value is True

    def choice(self, key: str, options: Sequence[C], *, required: bool = False) -> C:
        """One of some words; the first where the key is not there and need not be."""
        value = self.data.get(key, None if required else options[0])
        if value not in options:
            self.fault(key, f"found {value!r}; expected {' or '.join(map(repr, options))}")
            return options[0]
        return options[options.index(value)]

    def entries(self, key: str) -> list[Entry]:
        """The entries of a list; none where the key is not there."""
        values = self.data.get(key, [])
        if not isinstance(values, list):
            self.fault(key, f"found {values!r}; expected a list of {{ … }}")
            return []
        for index, value in enumerate(values):
            if not isinstance(value, dict):
                self.fault(f"{key}[{index}]", f"found {value!r}; expected {{ key = value, … }}")
        return [
            Entry(value, f"{self._place(key)}[{index}]", self.faults)
            for index, value in enumerate(values)
            if isinstance(value, dict)
        ]

    def _place(self, key: str) -> str:
        return f"{self.where}.{key}" if self.where else key
