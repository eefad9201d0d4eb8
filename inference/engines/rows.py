"""Answer contents with rows, one a report, in a process that belongs to an engine.

Flow:  an engine's batch -> contents -> **rows** -> the engine's next step

A row holds what the command prints for the report, and beside it what rows are chosen by. What cannot be read
is a row, too, with the status `error`. The processes that read are kept from one batch to the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Self

from gouji.inference.batch import Answer, AnswerLines, Settings
from gouji.inference.outputs.records import ERROR
from gouji.inference.portions import Position
from gouji.inference.readers import Content, Unread
from gouji.inference.workforce import Workforce


@dataclass(frozen=True, slots=True)
class Row:
    """One report's answer; the names of its fields are those of columns."""

    source: str  # what the page is called
    status: str  # of the contract, or `error`
    error: str | None
    answer: str  # the JSON object that `gouji extract` prints for it

    @classmethod
    def of(cls, answer: Answer) -> Self:
        """The row of an answer."""
        return cls(answer.source, str(answer.status or ERROR), answer.error, answer.line)


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row, and the document that it is of: `at.input` is the content's number in its batch."""

    row: Row
    at: Position


class RowReader:
    """Answers batch after batch; its processes share nothing with the engine's, and end with it.

    Args:
        settings: As of the command.
        processes: How many read at most, besides the one that opens contents.
    """

    def __init__(self, settings: Settings, processes: int = 1) -> None:
        lines = AnswerLines(settings)
        self._workforce = Workforce(lines, processes, settings.limits, apart=True)

    def rows(self, contents: Iterable[Content | Unread]) -> Iterator[PlacedRow]:
        """The rows of all reports that contents hold, in their order.

        Args:
            contents: Taken a little ahead of their rows.

        Raises:
            GoujiError: The model or a form cannot be loaded: that is no fault of a page.
        """
        self._workforce.begin(contents)
        return (PlacedRow(Row.of(each.answer), each.at) for each in self._workforce.answers())

    def end(self) -> None:
        """Throw the processes away; another batch starts new ones."""
        self._workforce.end()
