"""What one page may cost: each limit with its default, its unit, and what to say where it is hit.

Flow:  --limit NAME=VALUE -> **limits** -> readers, workers

No page was written by a friend: a few bytes can ask for hours, or for all memory. A limit is a property of
the process that reads, set when it starts, since it must hold in the depth of every reader.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from typing import Any

from gouji.model.errors import GoujiError

RATIO_FROM = 64 << 20  # bytes unpacked, from which the ratio counts: a small archive of blanks is no harm

_UNITS = {"": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30, "t": 1 << 40}
_VALUE = re.compile(r"(\d+)([kmgt]?)b?", re.IGNORECASE)


class LimitError(GoujiError):
    """A limit is not known, or its value is no number."""


class Exceeded(GoujiError):
    """A limit is hit where no name is known: what reads says of what."""


def _limit(default: int, what: str, *, of_bytes: bool = False) -> Any:
    return field(default=default, metadata={"what": what, "bytes": of_bytes})


@dataclass(frozen=True, slots=True)
class Limits:
    """Every limit with its default; the docs show them as a table (docs/run.md, held together by a test)."""

    seconds: int = _limit(60, "seconds that one page may take")
    memory: int = _limit(2 << 30, "memory that one page may take", of_bytes=True)
    bytes: int = _limit(128 << 20, "size of one document, unpacked", of_bytes=True)
    unpacked: int = _limit(64 << 30, "all that one archive or crawl holds, unpacked", of_bytes=True)
    ratio: int = _limit(250, "times that what an archive holds may be larger than itself, from 64 MB")
    members: int = _limit(1_000_000, "files in an archive")
    depth: int = _limit(5, "archives within archives")
    characters: int = _limit(2_000_000, "characters of a page's text")
    line: int = _limit(500_000, "characters of one line of a page's text")
    tags: int = _limit(2_000_000, "elements of an HTML page or a part of a document, or values of JSON")
    nesting: int = _limit(10_000, "elements within elements of an HTML page")
    attributes: int = _limit(5_000, "attributes of one HTML element")
    styles: int = _limit(300_000_000, "rules times elements of an HTML page's own style sheets")
    cells: int = _limit(500_000, "cells of one table or worksheet")
    sheets: int = _limit(2_000, "sheets of a PDF or OFD")
    objects: int = _limit(500_000, "texts, lines and pictures drawn on one sheet of a PDF")

    def reached(self, name: str, found: int | None = None) -> str:
        """What to say where a limit is hit: the limit, its value, and how to raise it.

        >>> Limits().reached("sheets", 10_000)
        'has 10000, more than the limit of sheets of a PDF or OFD, 2000; raise it with --limit sheets=20000'
        """
        value: int = getattr(self, name)
        of_bytes = _metadata(name)["bytes"]
        said, raised = (f"{value >> 20} MB", f"{value * 2 >> 20}M") if of_bytes else (value, value * 2)
        if found is not None:
            raised = f"{-(-found * 2 >> 20)}M" if of_bytes else found * 2
        has = "" if found is None else f"has {f'{found >> 20} MB' if of_bytes else found}, "
        more_than = f"more than the limit of {_metadata(name)['what']}, {said}"
        return f"{has}{more_than}; raise it with --limit {name}={raised}"


def _metadata(name: str) -> Any:
    return next(each.metadata for each in fields(Limits) if each.name == name)


def limits_with(given: Iterable[str]) -> Limits:
    """The default limits but for those that are given as `NAME=VALUE`; of bytes also as `64M` or `2G`.

    Raises:
        LimitError: There is no such limit, or its value is no number.

    >>> limits_with(["seconds=5", "memory=1G"]).memory == 1 << 30
    True
    """
    known = [each.name for each in fields(Limits)]
    changed: dict[str, int] = {}
    for each in given:
        name, _, value = each.partition("=")
        match = _VALUE.fullmatch(value.strip())
        if name not in known:
            raise LimitError(f"{each}: no such limit; there are {', '.join(known)}")
        if match is None or (match.group(2) and not _metadata(name)["bytes"]) or not int(match.group(1)):
            unit = "bytes, such as 512M or 2G" if _metadata(name)["bytes"] else "a whole number"
            raise LimitError(f"{each}: expected {unit} above 0")
        changed[name] = int(match.group(1)) * _UNITS[match.group(2).lower()]
    return replace(Limits(), **changed)


_now = Limits()


def limits() -> Limits:
    """The limits of this process."""
    return _now


def keep_within(name: str, found: int) -> None:
    """Refuse what is more than a limit, before it is made.

    Raises:
        Exceeded: It is.
    """
    if found > getattr(_now, name):
        raise Exceeded(_now.reached(name, found))


def set_limits(wanted: Limits) -> None:
    """Let this process, and those that it starts, keep to limits."""
    global _now
    _now = wanted
