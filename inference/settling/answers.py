"""A person's answer to one cell of a page, as a line of `corrections.jsonl`.

Flow:  a person -> **answers** -> corrections -> settling -> extraction

A page is known by its text, never by its name: what was answered holds wherever the same text is read. An
answer says what the page prints, not what ought to stand there.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from gouji.inference.extraction import Before, Cell, Number, Settled, State
from gouji.model.errors import GoujiError
from gouji.model.page import Page

_KEYS = {"page", "part", "source", "key", "value", "by", "when", "before"}


class Said(StrEnum):
    """What a person may say of a cell instead of a number."""

    BLANK = "blank"  # the page leaves it empty
    ABSENT = "absent"  # it is not on the page
    UNDO = "undo"  # the answer before this one does not stand; what was said before it does


class AnswerError(GoujiError):
    """A line is no answer; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer of a person, to one cell.

    >>> answer = Answer("9f…", None, "review/litigation/total", 3, "li", "2026-11-30T08:00:00Z")
    >>> answer_of(answer.to_record()) == answer
    True
    """

    page: str  # `page_hash` of its text
    part: int | None  # of a page that holds several reports
    key: str
    value: Number | Said
    by: str
    when: str  # ISO 8601, UTC
    before: Before | None = None  # what was said of the cell when the person saw it
    source: str | None = None  # what the page was called then, for a person to find it

    @property
    def number(self) -> Number | None:
        """The value that the cell gets: None for a blank, and for a cell that is not there."""
        return None if isinstance(self.value, Said) else self.value

    def cell(self) -> Cell:
        """The cell as it is settled."""
        settled = Settled(self.by, self.when, self.before, absent=self.value is Said.ABSENT)
        return Cell(self.key, self.number, State.SETTLED, settled=settled)

    def to_record(self) -> dict[str, Any]:
        """The answer as JSON has it."""
        return {
            "page": self.page,
            "part": self.part,
            **({} if self.source is None else {"source": self.source}),
            "key": self.key,
            "value": str(self.value) if isinstance(self.value, Said) else self.value,
            "by": self.by,
            "when": self.when,
            **({} if self.before is None else {"before": self.before.to_record()}),
        }


def page_hash(page: Page) -> str:
    """What a page is known by: the SHA-256 of its whole text, in hexadecimal digits."""
    return hashlib.sha256(page.text.encode("utf-8", "surrogatepass")).hexdigest()


def part_of(page: Page) -> int | None:
    """Which of several reports of a text a page is; None where it is the only one."""
    return None if page.part is None else page.part.number


def now() -> str:
    """The time of an answer, to the millisecond: a person may give two within a second.

    >>> len(now()), now()[-1]
    (24, 'Z')
    """
    return datetime.now(UTC).isoformat(timespec="milliseconds").removesuffix("+00:00") + "Z"


def answered(page: Page, cell: Cell, value: Number | Said, by: str, when: str = "") -> Answer:
    """An answer given now, to a cell as it is shown.

    Args:
        page: The page.
        cell: The cell as the person saw it; what was there is noted.
        value: The number, or what is said instead.
        by: Who answers.
        when: The time that answers given at once share; else it is now.
    """
    before = Before(cell.state, cell.value, cell.candidates)
    return Answer(page_hash(page), part_of(page), cell.key, value, by, when or now(), before, page.source)


def answer_of(data: object) -> Answer:
    """The answer of a line's JSON.

    Raises:
        AnswerError: It is none.
    """
    if not isinstance(data, Mapping):
        raise AnswerError("is no JSON object; expected an answer: page, key, value, by, when")
    if missing := sorted({"page", "key", "value", "by", "when"} - data.keys()):
        raise AnswerError(f"misses {', '.join(missing)}; every answer needs page, key, value, by and when")
    if unknown := sorted(data.keys() - _KEYS):
        raise AnswerError(f"has {', '.join(unknown)}, which no answer has")
    names = {name: data[name] for name in ("page", "key", "by", "when")}
    if wrong := [name for name, value in names.items() if not isinstance(value, str)]:
        raise AnswerError(f"{', '.join(wrong)}: expected text")
    part, source = data.get("part"), data.get("source")
    if not (part is None or type(part) is int) or not (source is None or isinstance(source, str)):
        raise AnswerError("expected a number or null as part, and a name as source")
    value, before = _value(data["value"]), _before(data.get("before"))
    return Answer(part=part, value=value, before=before, source=source, **names)


def _value(said: object) -> Number | Said:
    if isinstance(said, str) and said in set(Said):
        return Said(said)
    if isinstance(said, int | float) and not isinstance(said, bool) and math.isfinite(said):
        return said
    raise AnswerError(f"value: {said!r}; expected a number, or one of {', '.join(Said)}")


def _before(data: object) -> Before | None:
    if data is None:
        return None
    try:
        if not isinstance(data, Mapping):
            raise TypeError(data)
        return Before(State(data["state"]), data.get("value"), tuple(data.get("candidates", ())))
    except (KeyError, TypeError, ValueError) as error:
        raise AnswerError(f"before: {data!r}; expected state, value and candidates") from error
