"""A row's strip: its numbers as printed, and the text between them.

Flow:  anchors -> **strips** -> readings -> one reading of the page

Several numbers may have run together into one chunk; what cells they fill is not decided
here. The text between them is kept, because from it the layout is read later.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, auto
from typing import NamedTuple

from gouji.model.page import Page

BORDERS = "|│┃║┆┊"  # that draw the cells of a row
# Labels of which the tagger is less sure end no row, numbers are in doubt: one in eight is wrong.
DOUBTFUL = 0.91


class Seen(StrEnum):
    """What was seen on the way from a row's label to its last number that may tell against the row."""

    IN_BRACKETS = auto()  # a number in brackets that the label opened
    BEHIND_SIGN = auto()  # a number behind a sign that is no part of it
    BEHIND_POINT = auto()  # a number behind a lone point or comma
    BEHIND_POINTED = auto()  # a number behind one that ends with a point
    GROUP_LABEL = auto()  # a group's label before the first number
    PASSED_OVER = auto()  # a number so near that the tagger may have passed over it
    BEHIND_TEXT = auto()  # a number behind other text
    LABEL_AGAIN = auto()  # the row's own label once more behind numbers
    PAGE_MARK = auto()  # a number on a line like a page's mark
    FOREIGN_ROW = auto()  # the label of a row that the form does not have; the strays stand behind it


_NO_INTERRUPTIONS = frozenset({Seen.BEHIND_POINTED, Seen.LABEL_AGAIN, Seen.PAGE_MARK, Seen.FOREIGN_ROW})


class Chunk(NamedTuple):
    """Digits printed together: a number, several run together, or the mark of a blank cell."""

    digits: str  # folded, without thousands separators; "" for a blank mark
    start: int  # of the digits, in characters of the page
    end: int
    unit: str | None = None
    unit_end: int | None = None
    tagged: bool = True  # the tagger calls it a value
    confidence: float = 1.0
    touching: bool = False  # no separator stands between it and the label before or after it
    near: bool = False  # the tagger is near both readings: a value, and none
    places: tuple[int, ...] = ()  # of each digit, where they do not follow each other from `start` on
    note: tuple[int, int] | None = None  # where a remark in brackets or a note's mark stands behind it
    unread: bool = False  # something beside it in its cell is not understood

    def place(self, digit: int) -> int:
        """Where a digit stands, in characters of the page."""
        return self.places[digit] if self.places else self.start + digit

    @property
    def all_places(self) -> tuple[int, ...]:
        """Where each digit stands, or what marks a blank."""
        return self.places or tuple(range(self.start, self.end))

    @property
    def print_end(self) -> int:
        """Where its print ends, with its unit and its note."""
        return self.note[1] if self.note else self.unit_end or self.end

    @property
    def is_mark(self) -> bool:
        return not self.digits

    @property
    def is_nought(self) -> bool:
        """Whether one 0 is printed, with or without decimals: `0`, `0.0`."""
        return self.digits == "0" or (self.digits.startswith("0.") and not self.digits.strip("0."))


@dataclass(frozen=True, slots=True)
class Strip:
    """A row's numbers in reading order, and the page's text around them."""

    row: int | None  # index in the table; None: numbers before the first label
    chunks: tuple[Chunk, ...]
    gaps: tuple[str, ...]  # raw text before, between and after the chunks: one more than chunks
    label_end: int | None = None  # where the text before them begins, behind the label; None: it has none
    strays: tuple[Chunk, ...] = ()  # numbers beyond foreign text
    page_marks: tuple[Chunk, ...] = ()  # page numbers between the row's numbers
    seen: frozenset[Seen] = frozenset()
    confidence: float = 1.0  # of the label

    @property
    def interrupted(self) -> bool:
        """Whether something stands among the numbers that is none of them."""
        return not self.seen <= _NO_INTERRUPTIONS

    @property
    def foreign_row(self) -> bool:
        """Whether the strays follow the label of a row that the form does not have."""
        return Seen.FOREIGN_ROW in self.seen

    @property
    def numbers(self) -> tuple[Chunk, ...]:
        return tuple(chunk for chunk in self.chunks if not chunk.is_mark)

    def side_by_side(self, page: Page) -> bool:
        """Whether all of the strip's numbers stand on one line of text."""
        chunks = self.chunks
        return bool(chunks) and "\n" not in page.folded[chunks[0].start : chunks[-1].end]
