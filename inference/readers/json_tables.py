"""Write an object whose keys are labels, or a list of rows, as the tables that they are.

Flow:  value -> items -> **tables** -> markup -> page

Rows follow one another in one table as long as they have the same columns. What has no key has no place in
the table: a cell that others beside it have is marked as absent, a row or a column is not printed. null is an
empty cell. Tables whose rows the form prints side by side are printed so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from gouji.inference.readers.json_items import Heading, Item, Markup, Printed, Row, items_of
from gouji.inference.readers.json_labels import (
    Band,
    bands,
    completed,
    has_cells,
    in_one_block,
    in_order,
    is_column,
    may_have,
    rows_named,
)
from gouji.inference.readers.json_shapes import is_number, shaped
from gouji.inference.readers.markup import paragraphs, table
from gouji.inference.unread_marks import ABSENT


@dataclass(slots=True)
class _Grid:
    """Rows of the same columns, and the headings among them."""

    rows: list[Row | Heading] = field(default_factory=list)
    columns: dict[str, None] = field(default_factory=dict)

    def takes(self, row: Row) -> bool:
        """Whether a row is one of this table: each may have the columns of the other."""
        own = [held for held in self.rows if isinstance(held, Row)]
        new = row.cells.keys() - self.columns.keys()
        lacking = self.columns.keys() - row.cells.keys()
        shared = len(row.cells) - len(new)
        known = all(has_cells(each.labels[-1]) for each in (*own, row)) and all(
            map(is_column, (*self.columns, *row.cells))
        )
        return (
            own[0].heads == row.heads
            and in_one_block(own[-1].labels[-1], row.labels[-1])
            and (known or shared * 2 > min(len(self.columns), len(row.cells)))
            and all(may_have(row.labels[-1], column) for column in lacking)
            and all(may_have(held.labels[-1], column) for held in own for column in new)
        )


def tables_of(value: Any, title: str | None = None) -> str:
    """The markup of a value: its tables, and what stands beside them.

    >>> tables_of({"规章": {"本年制发件数": "3", "现行有效件数": None}})
    '<table><tr><td>信息内容</td><td>本年制发件数</td><td>现行有效件数</td></tr><tr><td>规章</td><td>3</td><td></td></tr></table>'
    """
    parts = [title] if title else []
    return "".join(_markup([*parts, *items_of(shaped(value))]))


def rows_told(value: Any) -> frozenset[str]:
    """The rows of the forms that a value has numbers or empty cells for, by their words."""
    labels: list[str] = []
    for item in items_of(shaped(value)):
        if isinstance(item, Row) and any(not column or is_column(column) for column in item.cells):
            labels += item.labels
        elif isinstance(item, Printed) and item.is_labelled:
            labels += [text for row in item.rows if any(map(is_number, row)) for text in row]
    return rows_named(labels)


def _markup(items: Iterable[Item]) -> Iterator[str]:
    """Items as markup: rows of the same columns in one table, headings where they stand."""
    grid = _Grid()
    headings: list[Heading] = []  # behind the last row: of the next one's table, or over another
    for item in items:
        if isinstance(item, Heading):
            headings.append(item)
        elif isinstance(item, Row) and not item.cells:  # of a group; a row without a cell is not told
            headings += [Heading(label) for label in item.labels if not has_cells(label)]
        elif isinstance(item, Row) and grid.rows and grid.takes(item):
            grid.rows += [*headings, item]
            grid.columns.update(dict.fromkeys(item.cells))
            headings = []
        else:
            yield from _written(grid)
            grid = _Grid()
            if isinstance(item, Row):
                grid = _Grid([*headings, item], dict.fromkeys(item.cells))
            else:
                yield from (paragraphs(heading.text) for heading in headings)
                yield _of_text(item)
            headings = []
    yield from _written(grid)
    yield from (paragraphs(heading.text) for heading in headings)


def _of_text(item: Printed | Markup | str) -> str:
    if isinstance(item, Printed):
        return table(item.rows, is_grid=len(set(map(len, item.rows))) == 1)
    return item.text if isinstance(item, Markup) else paragraphs(item)


def _written(grid: _Grid) -> Iterator[str]:
    """A table, and above it the headings that stand over its first row."""
    rows = [row for row in grid.rows if isinstance(row, Row)]
    above = grid.rows[: grid.rows.index(rows[0])] if rows else []
    columns = in_order(list(grid.columns))
    for band in bands() if rows else ():
        cells = _side_by_side(band, rows, columns)
        if cells is not None:
            yield from (
                paragraphs(e.text) for e in above if isinstance(e, Heading) and not band.is_group(e.text)
            )
            yield table(cells)
            return
    yield from (paragraphs(each.text) for each in above if isinstance(each, Heading))
    columns = completed([row.labels[-1] for row in rows], columns)
    below = grid.rows[len(above) :]
    heads = [[*rows[0].heads, *columns]] if any(columns) else []
    lines = ([each.text] if isinstance(each, Heading) else _line(each, columns) for each in below)
    if rows:
        yield table([*heads, *lines])


def _line(row: Row, columns: Sequence[str]) -> list[str]:
    """The cells of a row; one that it does not have is absent, unless it never has that column."""
    return [*row.labels, *(row.cells.get(c, ABSENT if may_have(row.labels[-1], c) else "") for c in columns)]


def _side_by_side(band: Band, rows: Sequence[Row], columns: Sequence[str]) -> list[list[str]] | None:
    """The rows of a band in one; None where they are not its rows."""
    places = [band.row_of("".join(row.labels)) for row in rows]
    named = {band.column_of(column): column for column in columns}
    if None in places or None in named or len(set(places)) < len(rows) or len(named) < len(columns):
        return None
    cells: list[str] = []
    for place in range(len(band.rows)):
        own = rows[places.index(place)].cells if place in places else {}
        cells += [own.get(named.get(column, ""), ABSENT) for column in range(len(band.columns))]
    heads = [column.label for column in band.columns] * len(band.rows)
    return [[row.label for row in band.rows], heads, cells]
