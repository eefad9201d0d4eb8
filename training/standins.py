"""Carry the label of every character through a flattener: replace it by a stand-in, and read it back.

Flow:  report -> **stand-ins** -> markup -> flattener -> **text and spans** -> damage

Every character of a tagged text gets a stand-in of its own, printed nowhere else on the
page: a letter or an ideograph that no report uses, of the same East-Asian width, so that
the flatteners that measure still measure the same. Private-use characters will not do
(trafilatura drops them), nor any that have case or compose. Blanks and line breaks
stay what they are: flatteners may change those, and then that is how the page reads.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from gouji.model.labels import Span, Tag
from gouji.training.reports import Report

# Ideographs that no report uses are wide, and tools that treat Chinese in a way of its own (w3m closes up
# blanks between its characters, and breaks lines anywhere) treat them so. Canadian syllabics, Vai, Ethiopic
# and cuneiform are narrow. None has case, and none composes with its neighbours.
_WIDE = ((0x3400, 0x4DB5), (0x20000, 0x2A6D6))
_NARROW = (
    (0x1401, 0x166C),
    (0xA500, 0xA60B),
    (0x1200, 0x1248),
    (0x18B0, 0x18F5),
    (0x1260, 0x1288),
    (0x12000, 0x12399),
)
_BLANKS = " \t\n\r\u00a0\u3000"


@dataclass(frozen=True, slots=True)
class Mark:
    """What one stand-in stands for."""

    character: str
    cell: int  # counts the tagged texts of the page
    place: int  # within the text


@dataclass(frozen=True, slots=True)
class Piece:
    """A tagged stretch of a flattened page, and which tagged text of the report it came from."""

    span: Span
    cell: int


class Codebook:
    """The stand-ins of one page."""

    def __init__(self) -> None:
        self._marks: dict[str, Mark] = {}
        self._tags: list[Tag] = []
        self._wide, self._narrow = iter(_characters(_WIDE)), iter(_characters(_NARROW))

    def encode(self, report: Report) -> Report:
        """The report with its tagged texts in stand-ins."""
        return report.map_texts(self._encode_text)

    def decode(self, flattened: str) -> tuple[str, list[Piece]]:
        """The flattened page in its own characters, and its tagged pieces in reading order.

        A piece ends where another cell's text begins, where anything but blanks stands
        between, and where the cell starts over (a merged cell printed twice).
        """
        marks = self._marks
        text: list[str] = []
        pieces: list[Piece] = []
        last: Mark | None = None
        start = end = 0
        for offset, character in enumerate(flattened):
            mark = marks.get(character)
            if mark is None:
                text.append(character)
                continue
            text.append(mark.character)
            goes_on = last is not None and mark.cell == last.cell and mark.place > last.place
            if not goes_on or (offset > end and flattened[end:offset].strip(_BLANKS)):
                if last is not None:
                    pieces.append(Piece(Span(self._tags[last.cell], start, end), last.cell))
                start = offset
            last, end = mark, offset + 1
        if last is not None:
            pieces.append(Piece(Span(self._tags[last.cell], start, end), last.cell))
        return "".join(text), pieces

    def _encode_text(self, text: str, tag: Tag) -> str:
        cell = len(self._tags)
        self._tags.append(tag)
        return "".join(
            character if character in _BLANKS else self._stand_in(Mark(character, cell, place))
            for place, character in enumerate(text)
        )

    def _stand_in(self, mark: Mark) -> str:
        supply = self._wide if unicodedata.east_asian_width(mark.character) in "WF" else self._narrow
        stand_in = next(supply)
        self._marks[stand_in] = mark
        return stand_in


@cache
def _characters(ranges: tuple[tuple[int, int], ...]) -> tuple[str, ...]:
    return tuple(_assigned(ranges))


def _assigned(ranges: tuple[tuple[int, int], ...]) -> Iterator[str]:
    for first, last in ranges:
        for code in range(first, last + 1):
            if unicodedata.category(chr(code)) == "Lo":
                yield chr(code)
