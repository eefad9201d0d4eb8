"""The file of all answers, `corrections.jsonl`: one a line, each added behind the last, none ever changed.

Flow:  answers -> **corrections** -> settling

Two people may answer the same report at once: whoever writes says how many lines of that report he has
seen, and is told, and nothing written, where there are more by now. What cannot be read of the file is told
of, and kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

from gouji.inference.settling.answers import Answer, AnswerError, Said, answer_of, now
from gouji.inference.settling.journal import Journal, JournalError

CORRECTIONS = "corrections.jsonl"  # its usual name

Report = tuple[str, int | None]  # a page's hash, and which of its reports


class CorrectionsError(JournalError):
    """What is to be written makes no sense, or a file of answers is not there."""


class SaidBy(Protocol):
    """What somebody said of a report."""

    @property
    def by(self) -> str:
        """Who."""


class Stale(CorrectionsError):
    """Somebody has answered the same report meanwhile: look again, then answer; nothing was written."""

    def __init__(self, path: Path, since: Sequence[SaidBy]) -> None:
        self.since = tuple(since)  # what was written meanwhile, of all kinds
        others = ", ".join(sorted({answer.by for answer in since}))
        super().__init__(f"{path}: {others} answered the same report meanwhile; look again, then answer")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file: an answer, or what is wrong with it."""

    number: int  # from 1
    answer: Answer | None
    fault: str | None = None


class Corrections:
    """The answers that a file holds; one that is not there holds none, and is made by the first answer.

    >>> import tempfile
    >>> file = Corrections(Path(tempfile.mkdtemp()) / "corrections.jsonl")
    >>> given = Answer("9f", None, "review/litigation/total", 3, "li", "2026-11-30T08:00:00Z")
    >>> token = file.append([given], file.token("9f"))
    >>> [answer.value for answer in file.standing("9f")], token
    ([3], 1)
    >>> token = file.undo("9f", None, "review/litigation/total", "li", token)
    >>> file.standing("9f"), token
    ((), 2)
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._journal = Journal(path)

    def lines(self) -> tuple[Line, ...]:
        """Every line of the file, those that are no answers with what is wrong.

        Raises:
            JournalError: The file is there and cannot be read.
        """
        return tuple(_lines(self._journal.lines()))

    def faults(self) -> tuple[str, ...]:
        """What cannot be read, each with its place: `corrections.jsonl line 3: misses by …`."""
        return tuple(f"{self.path} line {each.number}: {each.fault}" for each in self.lines() if each.fault)

    def reports(self) -> Mapping[Report, tuple[Answer, ...]]:
        """For each report that has some, the answers that stand, in the order in which they were given."""
        given: dict[Report, list[Answer]] = {}
        for line in self.lines():
            if line.answer is not None:
                given.setdefault((line.answer.page, line.answer.part), []).append(line.answer)
        return {report: left for report, own in given.items() if (left := standing(own))}

    def standing(self, page: str, part: int | None = None) -> tuple[Answer, ...]:
        """The answers to one report that stand: the last of each cell, less what was undone."""
        return standing(self._of(page, part))

    def token(self, page: str, part: int | None = None) -> int:
        """How far a report's answers are read: what `append` and `undo` want to be told."""
        return len(self._of(page, part))

    def append(self, answers: Sequence[Answer], token: int) -> int:
        """Write answers to one report behind all others, all or none.

        Args:
            answers: Answers to one report.
            token: What `token` gave when the report was last looked at.

        Returns:
            The next token.

        Raises:
            Stale: There are further answers to the report by now; nothing was written.
            CorrectionsError: The answers are not of one report.
            JournalError: The file cannot be written.
        """
        if len({(answer.page, answer.part) for answer in answers}) != 1:
            raise CorrectionsError(f"{self.path}: expected answers to one report, got {len(answers)} others")
        with self._journal.alone() as (file, data):
            there = _answers_to(_lines(self._journal.lines(data)), answers[0].page, answers[0].part)
            if len(there) != token:
                raise Stale(self.path, there[token:] or there)
            self._journal.add(file, data, (answer.to_record() for answer in answers))
        return token + len(answers)

    def undo(self, page: str, part: int | None, key: str, by: str, token: int) -> int:
        """Take back the answer to a cell; what was answered before it stands again.

        Returns:
            The next token.

        Raises:
            Stale: As of `append`.
            CorrectionsError: No answer to the cell stands.
        """
        last = next((answer for answer in self.standing(page, part) if answer.key == key), None)
        if last is None:
            raise CorrectionsError(f"{self.path}: no answer to {key} stands that could be undone")
        return self.append([replace(last, value=Said.UNDO, by=by, when=now(), before=None)], token)

    def _of(self, page: str, part: int | None) -> list[Answer]:
        return _answers_to(self.lines(), page, part)


def standing(answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """Of answers to one report, in the order of the file, those that stand: one a cell."""
    given: dict[str, list[Answer]] = {}
    for answer in answers:
        own = given.setdefault(answer.key, [])
        if answer.value is not Said.UNDO:
            own.append(answer)
        elif own:
            own.pop()
    left = {id(own[-1]) for own in given.values() if own}
    return tuple(answer for answer in answers if id(answer) in left)


def _answers_to(lines: Iterable[Line], page: str, part: int | None) -> list[Answer]:
    found = (line.answer for line in lines)
    return [answer for answer in found if answer is not None and (answer.page, answer.part) == (page, part)]


def _lines(read: Iterable[tuple[int, Any]]) -> Iterator[Line]:
    for number, data in read:
        if isinstance(data, ValueError):
            yield Line(number, None, f"is no JSON ({data})")
            continue
        try:
            yield Line(number, answer_of(data))
        except AnswerError as error:
            yield Line(number, None, str(error))
