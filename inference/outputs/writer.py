"""What takes answers one after the other, whatever it makes of them.

Flow:  records -> **writer** -> JSON lines, tables, workbooks
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from contextlib import ExitStack
from types import TracebackType
from typing import Self

from gouji.inference.outputs.records import Record, record_of_line


class Writer(ABC):
    """Takes answers in their order; a context, at whose end the files are whole and in their places.

    Where writing breaks off, what stood in those places stays there.
    """

    def __init__(self) -> None:
        self._stack = ExitStack()

    @abstractmethod
    def write(self, record: Record) -> None:
        """Write one answer."""

    def write_line(self, line: str) -> None:
        """Write one answer that is a line of JSON."""
        self.write(record_of_line(line, "answer"))

    def summary(self) -> str | None:
        """What was written where, for a person; None where that is plain."""
        return None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)
