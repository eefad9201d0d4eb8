"""PDFs made for the tests: a report's tables set with rules on sheets, each cell at its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gouji.training.pdf import write_pdf
from gouji.training.typesetting import Line, TypesetPage, wrap

from .made import Report

LABEL, COLUMN, NARROW = 44, 10, 7  # half-widths: of labels, of numbers, of a table of numbers alone
SHEET = 40  # lines


class Setter:
    """Sets paragraphs and rows one below the other; a row that does not fit begins the next sheet."""

    def __init__(self, ruled: bool = True, head: str = "", foot: str = "", column: int = COLUMN) -> None:
        self.sheets: list[TypesetPage] = []
        self.lines: list[Line] = []
        self.rules: list[tuple[float, float, float, float]] = []
        self.y = 1
        self.ruled, self.head, self.foot, self.column = ruled, head, foot, column

    def paragraph(self, text: str) -> None:
        self._room(1)
        self._print(0, self.y, text)
        self.y += 2

    def table(self, rows: Sequence[Sequence[str]]) -> None:
        columns = max(map(len, rows))
        widths = [NARROW] * columns if columns > 10 else [LABEL, *[self.column] * (columns - 1)]
        for row in rows:
            self.row(row, widths)
        self.y += 1

    def row(self, cells: Sequence[str], widths: Sequence[int]) -> None:
        """One row; the last of fewer cells takes the rest of its width."""
        shares = [*widths[: len(cells) - 1], sum(widths[len(cells) - 1 :])]
        wrapped = [wrap(text, share - 2) if text else [] for text, share in zip(cells, shares, strict=True)]
        height = max(1, *map(len, wrapped))
        self._room(height)
        x = 0
        for lines, share in zip(wrapped, shares, strict=True):
            for number, text in enumerate(lines):
                self._print(x + 1, self.y + number, text)
            if self.ruled:
                self.rules.append((x, self.y, share, height))
            x += share
        self.y += height

    def lines_in_one_row(self, columns: Sequence[Sequence[str]]) -> None:
        """A row whose cells hold a line for each row that was meant."""
        x = 0
        for index, lines in enumerate(columns):
            share = COLUMN if index else LABEL
            for number, text in enumerate(lines):
                self._print(x + 1, self.y + number, text)
            self.rules.append((x, self.y, share, max(map(len, columns))))
            x += share
        self.y += max(map(len, columns))

    def end_sheet(self) -> None:
        number = len(self.sheets) + 1
        for text, y in ((self.head, 0), (self.foot, SHEET + 1)):
            if text:
                self._print(20, y, text.format(number))
        self.sheets.append(TypesetPage(tuple(self.lines), tuple(self.rules)))
        self.lines, self.rules, self.y = [], [], 1

    def _room(self, needed: int) -> None:
        if self.y + needed > SHEET:
            self.end_sheet()

    def _print(self, x: float, y: float, text: str) -> None:
        self.lines.append(Line(x, y, text, len(self.lines)))


def pdf_of(made: Report, **style: object) -> bytes:
    """A report as a PDF."""

    def write(setter: Setter) -> None:
        setter.paragraph(made.title)
        setter.paragraph("一、总体情况")
        for heading, rows in made.tables():
            setter.paragraph(heading)
            setter.table(rows)
        setter.paragraph("五、存在的主要问题及改进情况")

    return pdf(write, **style)


def pdf(write: Callable[[Setter], None], **style: object) -> bytes:
    """What a function sets, as a PDF."""
    setter = Setter(**style)  # type: ignore[arg-type]
    write(setter)
    setter.end_sheet()
    return write_pdf(setter.sheets)
