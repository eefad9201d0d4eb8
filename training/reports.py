"""The shape of a synthetic report: paragraphs and grids of cells, each with its tag.

Flow:  figures, prose and wording -> **report** -> stand-ins -> markup -> flattener -> labelled page

A report is the same before and after its tagged texts are replaced by stand-ins, so
every renderer takes either. Nothing here knows how a page is rendered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from gouji.model.labels import Tag
from gouji.training.figures import Number

Role = Literal["nav", "title", "imprint", "heading", "text", "note", "footer"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a grid; a `\\n` in its text is a line break within the cell."""

    text: str
    tag: Tag | None = None
    rowspan: int = 1
    colspan: int = 1
    key: str | None = None  # the form's cell whose value this prints
    unit: str | None = None  # printed with the value, if it is one
    tail: int = 0  # characters at the text's end that the tag does not cover: a remark, a note's mark


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, tagged as a whole or not at all."""

    text: str
    role: Role = "text"
    tag: Tag | None = None


@dataclass(frozen=True, slots=True)
class Grid:
    """One printed table: its rows hold the cells that begin in them, as HTML has it."""

    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[float, ...]  # relative widths of the columns

    def placed(self) -> Iterator[tuple[int, int, Cell]]:
        """Every cell with the row and the column that it begins in, row by row."""
        taken: set[tuple[int, int]] = set()
        for row, cells in enumerate(self.rows):
            column = 0
            for cell in cells:
                while (row, column) in taken:
                    column += 1
                yield row, column, cell
                for down in range(cell.rowspan):
                    taken.update((row + down, column + right) for right in range(cell.colspan))
                column += cell.colspan


@dataclass(frozen=True, slots=True)
class Report:
    """A whole page: its blocks in the order of print, and the truth of its tables."""

    issuer: str
    year: int
    title: str
    blocks: tuple[Paragraph | Grid, ...]
    form: str | None  # a form's id, or "mixed"; None where the page holds no table
    truth: Mapping[str, Number | None]  # None for a blank
    forms: Mapping[str, str] = field(default_factory=dict)  # table id -> the id of the form that it follows
    habits: tuple[str, ...] = ()  # of its publisher, done to the figures

    def map_texts(self, change: Callable[[str, Tag], str]) -> Report:
        """The same report with every tagged text changed, called in the order of print."""

        def changed(cell: Cell) -> Cell:
            end = len(cell.text) - cell.tail
            if cell.tag is None or end <= 0:
                return cell
            return replace(cell, text=change(cell.text[:end], cell.tag) + cell.text[end:])

        blocks: list[Paragraph | Grid] = []
        for block in self.blocks:
            if isinstance(block, Grid):
                rows = tuple(tuple(map(changed, row)) for row in block.rows)
                blocks.append(replace(block, rows=rows))
            else:
                blocks.append(replace(block, text=change(block.text, block.tag)) if block.tag else block)
        return replace(self, blocks=tuple(blocks))
