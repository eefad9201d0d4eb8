"""The worksheets of a workbook as what they show: lines, and tables by their cells.

Flow:  workbook -> **worksheets** -> blocks -> page

A worksheet has no end, so a row of a table is as long as its borders say; where none stand around blank
cells, as long as the longest row under the same heads. A merged cell is printed once, where it begins;
what lies in hidden rows and columns is not there. A cell alone in its row is a heading or a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from gouji.inference.limits import keep_within
from gouji.inference.readers.marks import MORE, PICTURE, resolved, spread
from gouji.inference.readers.number_formats import Shown
from gouji.inference.readers.writer import Block, Table, cell, line
from gouji.inference.reading import ReadingError

MOST_CELLS = 2_000_000  # of a workbook that is read into memory; the longest report in sight has 2,000
_WIDE_TITLE = 60  # characters of a cell alone in its row, from which it is prose; no row's label has more
_HEADING = re.compile(r"\s*[一二三四五六七八九十]+[、.．].*(?:情况|问题|事项|内容|报告)\s*$")
_NAMED = re.compile(r".*[\u3400-\u9fff].*[\u3400-\u9fff]")  # a sheet's name that says something ...
_UNNAMED = re.compile(
    r"(?:工作表|表格?|表单)\s*[\d一二三四五六七八九十]*|.*副本.*"
)  # ... and those that do not
_FIGURE = re.compile(r"\W*\d.*|\W+")  # a number with or without its unit, or a blank's mark
_COLUMNS = 3  # cells in a row, from which a table may be an official one

Place = tuple[int, int]  # row, column; from 0


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell: its text, marks of `readers.marks` in it, and whether borders show where it is."""

    text: str
    ruled: bool = False


@dataclass(frozen=True, slots=True)
class Range:
    """Cells that are merged; the last row and column are excluded."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Worksheet:
    """One sheet of a workbook."""

    name: str
    cells: dict[Place, SheetCell] = field(default_factory=dict)
    merged: Sequence[Range] = ()
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    boxes: Sequence[str] = ()  # what is written in boxes that lie over the cells
    hidden: bool = False
    pictures: int = 0


@dataclass(frozen=True, slots=True)
class _Row:
    """What begins in a row: texts by their columns, each with the column behind its end."""

    cells: Mapping[int, tuple[str, int]]
    covered: frozenset[int]  # columns in which a cell of a row above goes on
    ruled_to: int  # the column behind the last one that borders show

    @property
    def filled(self) -> list[int]:
        return [column for column, (text, _) in self.cells.items() if text]

    @property
    def end(self) -> int:
        return max((self.cells[column][1] for column in self.filled), default=0)


def number_text(value: Shown) -> str:
    """What a number's cell shows; a mark where that is not all that is stored."""
    return value.text if value.whole else value.text + MORE


def blocks_of_workbook(name: str, sheets: Sequence[Worksheet]) -> list[Block]:
    """What the sheets of a workbook show, in their order.

    Raises:
        ReadingError: They show no table, and pictures or hidden sheets say why.
    """
    blocks = [block for sheet in sheets if not sheet.hidden for block in _blocks(sheet)]
    if any(isinstance(b, Table) and any(len(row) >= _COLUMNS for row in b.rows) for b in blocks):
        return blocks
    pictures = sum(sheet.pictures for sheet in sheets)
    hidden = [sheet.name for sheet in sheets if sheet.hidden and any(_blocks(sheet))]
    if pictures:
        fault = f"is a spreadsheet of {pictures} pictures without a table in its cells; {_PICTURES}"
    elif hidden:
        fault = f"is a spreadsheet that shows no table; unhide the sheet {hidden[0]}, if the report is there"
    elif not blocks:
        fault = "is a spreadsheet that shows nothing; check that it is the report itself"
    else:
        return blocks
    raise ReadingError(f"{name}: {fault}")


_PICTURES = "if they show the report, recognize their text (OCR: PaddleOCR, MinerU) and give what comes of it"


def _blocks(sheet: Worksheet) -> Iterator[Block]:
    if _NAMED.match(sheet.name) and not _UNNAMED.fullmatch(sheet.name.strip()):
        yield line(sheet.name)
    rows = [row for row in _rows(sheet) if row.filled]
    first = min((column for row in rows for column in row.filled), default=0)
    bordered = any(own.ruled and not own.text for own in sheet.cells.values())
    for section in _sections(rows):
        if isinstance(section, str):
            yield from filter(None, map(line, spread(section).splitlines()))
            continue
        widths = _widths(section)
        ends = (
            max(row.end, row.ruled_to if bordered and row.ruled_to else width)
            for row, width in zip(section, widths, strict=True)
        )
        cells = (_cells(row, first, end, sheet) for row, end in zip(section, ends, strict=True))
        yield Table(tuple(cells))
    for box in sheet.boxes:
        yield from filter(None, map(line, spread(box).splitlines()))


def _rows(sheet: Worksheet) -> Iterator[_Row]:
    """The rows that are shown, each by the cells that begin in it."""
    begins, covered = _merged(sheet)
    held: dict[int, dict[int, SheetCell]] = {}
    for (row, column), own in sheet.cells.items():
        held.setdefault(row, {})[column] = own
    for row in sorted({*held, *begins} - sheet.hidden_rows):
        merged, own_cells = begins.get(row, {}), held.get(row, {})
        cells: dict[int, tuple[str, int]] = {}
        for column in sorted({*own_cells, *merged} - sheet.hidden_columns - covered.get(row, set())):
            range_ = merged.get(column)
            shown = own_cells.get(column) if range_ is None else sheet.cells.get((range_.top, range_.left))
            cells[column] = (shown.text if shown else "", column + 1 if range_ is None else range_.right)
        ruled = [column + 1 for column, own in own_cells.items() if own.ruled]
        yield _Row(cells, frozenset(covered.get(row, ())), max(ruled, default=0))


def _merged(sheet: Worksheet) -> tuple[dict[int, dict[int, Range]], dict[int, set[int]]]:
    """The merged cells by the row and column where they are first seen; what they cover in rows below."""
    begins: dict[int, dict[int, Range]] = {}
    covered: dict[int, set[int]] = {}
    last_row = max((row for row, _ in sheet.cells), default=-1)
    last_column = max((column for _, column in sheet.cells), default=-1)
    count = 0
    for range_ in sheet.merged:
        bottom, right = min(range_.bottom, last_row + 1), min(range_.right, last_column + 1)
        count += max(bottom - range_.top, 0) * max(right - range_.left, 0)
        keep_within("cells", count)
        rows = [row for row in range(range_.top, bottom) if row not in sheet.hidden_rows]
        columns = [c for c in range(range_.left, right) if c not in sheet.hidden_columns]
        if rows and columns:
            begins.setdefault(rows[0], {})[columns[0]] = range_
            for row in rows[1:]:
                covered.setdefault(row, set()).update(columns)
    return begins, covered


def _sections(rows: Iterable[_Row]) -> Iterator[list[_Row] | str]:
    """Runs of rows of one table, and between them what stands alone."""
    run: list[_Row] = []
    for row in rows:
        alone = _alone(row)
        if alone is None:
            run.append(row)
            continue
        if run:
            yield run
        run = []
        yield alone
    if run:
        yield run


def _alone(row: _Row) -> str | None:
    """The text of a row that is a heading or a paragraph; None for a row of a table."""
    if len(row.filled) != 1 or row.covered:
        return None
    text, end = row.cells[row.filled[0]]
    spans = end - row.filled[0] > 1
    prose = len(text) > _WIDE_TITLE or _HEADING.match(text) is not None
    return text if prose or (spans and end >= row.ruled_to and not row.ruled_to) else None


def _widths(rows: Sequence[_Row]) -> list[int]:
    """How far each row of a table goes: as far as the longest under the same heads.

    Heads begin where a cell stands alone above a row of words, or such a row does.
    """
    begins = [i for i, row in enumerate(rows) if _is_head(row) and (i == 0 or not _is_head(rows[i - 1]))]
    begins = [i - 1 if i and len(rows[i - 1].filled) == 1 else i for i in begins]
    edges = sorted({0, *begins, len(rows)})
    widths: list[int] = []
    for begin, end in pairwise(edges):
        block = rows[begin:end]
        width = max((row.end for row in block if len(row.filled) > 1), default=0)
        widths += [width] * len(block)
    return widths


def _is_head(row: _Row) -> bool:
    """Whether a row names columns: all that stands in it is words."""
    texts = [row.cells[column][0] for column in row.filled]
    return len(texts) > 1 and not any(_FIGURE.fullmatch(text) for text in texts)


def _cells(row: _Row, first: int, end: int, sheet: Worksheet) -> tuple[str, ...]:
    """The cells of a row, blank ones too."""
    shown: list[str] = []
    column = first
    while column < end:
        text, behind = row.cells.get(column, ("", column + 1))
        if column in row.cells or (column not in sheet.hidden_columns and column not in row.covered):
            shown.append(resolved(cell(text.splitlines())))
        column = behind
    return tuple(shown)


def picture_at(cells: dict[Place, SheetCell], place: Place) -> None:
    """Put a picture into the cell that it begins in."""
    held = cells.get(place, SheetCell(""))
    cells[place] = SheetCell(held.text + PICTURE, held.ruled)
