"""Read a table's columns in the order in which their labels are printed.

Flow:  found table -> **its lines in printed order** -> rows -> one reading of the page

Where column labels stand on the page, they say which column a number is in. A publisher may print 总计
first, or 现行有效 before 本年制发; then the lines are those of the form with their cells in that order, and
all that follows reads them as it reads any other. Where no sum is the judge, and the labels contradict
the form's order without naming every column, the rows under them are open.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import replace
from enum import Enum, auto
from itertools import groupby

from gouji.inference.assembly.doubts.raised_in_tables import HEADERS_UNTOLD
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.heads import interleave
from gouji.inference.assembly.known_cells import in_cells
from gouji.inference.assembly.line_readings import holds, reading_of
from gouji.inference.assembly.lines import Line
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.search import RowSum
from gouji.inference.assembly.wording import KEEN, Wordings
from gouji.model.forms import Block, Label
from gouji.model.label_words import bare
from gouji.model.labels import Span


def in_printed_order(marked: MarkedPage, found: FoundTable) -> FoundTable:
    """The table, its lines in the order of the printed column labels; those open whose order is not told."""
    if found.table.printed == "band":
        return _band(marked, found)
    lines, doubtful = list(found.lines), set[int]()
    for rows in _rows_by_block(found):
        block = found.lines[rows[0]].block
        try:
            order = _order_of_columns(marked, found.heads[rows[0]], block)
        except _Untold:
            doubtful.update(rows)
            continue
        if _lacks_column(marked, found, rows):
            doubtful.update(index for index in rows if _prints_too_few(found, index))
        if order is None or _is_rising(order):
            continue
        says = (_summed if found.lines[rows[0]].sums else _unsummed)(marked, found, rows, order)
        if says is _Says.OPEN:
            doubtful.update(rows)
        elif says is _Says.PRINTED:
            lines = [reordered(line, order) if line.block is block else line for line in lines]
    return replace(found, lines=tuple(lines)).doubted(doubtful, HEADERS_UNTOLD)


def ordered_by_labels(marked: MarkedPage, found: FoundTable, heads: Sequence[Span]) -> FoundTable | None:
    """A table of one block with its columns in the order of labels, whatever its rows say; None if untold.

    Args:
        marked: The page with its tokens and their tags.
        found: The table; its columns stay where they are if the labels name none, or name them in that order.
        heads: The column labels of the table, wherever they stand.
    """
    block = found.lines[0].block
    try:
        order = _order_of_columns(marked, heads, block)
    except _Untold:
        return None
    if order is None or _is_rising(order):
        return found
    if len(order) < len(block.columns) or interleave(marked, heads):
        return None
    return replace(found, lines=tuple(reordered(line, order) for line in found.lines))


def _lacks_column(marked: MarkedPage, found: FoundTable, rows: Sequence[int]) -> bool:
    """Whether the labels above rows that no sum binds are all the form's own, and not all of them."""
    line, heads = found.lines[rows[0]], found.heads[rows[0]]
    labels, known = Wordings(line.block.columns), {bare(head) for head in line.block.heads}
    texts = [marked.page.text[head.start : head.end] for head in heads]
    named = [_named(labels, text) for text in texts if bare(text) not in known]
    return not line.sums and bool(named) and None not in named and len(set(named)) < len(line.keys)


def _prints_too_few(found: FoundTable, index: int) -> bool:
    return 0 < len(found.strips[index].chunks) < len(found.lines[index].keys)


class _Untold(Exception):
    """Column labels stand there, and do not say which column is where."""


class _Says(Enum):
    """Whose order the columns are in, as far as a page tells."""

    FORM = auto()
    PRINTED = auto()
    OPEN = auto()


def _unsummed(marked: MarkedPage, found: FoundTable, rows: Sequence[int], order: Sequence[int]) -> _Says:
    """Whose order columns are in that no sum binds: the labels', if every one is there and in its place."""
    whole = len(order) == len(found.lines[rows[0]].keys)
    return _Says.PRINTED if whole and not interleave(marked, found.heads[rows[0]]) else _Says.OPEN


def _summed(marked: MarkedPage, found: FoundTable, rows: Sequence[int], order: Sequence[int]) -> _Says:
    """Whose order columns are in whose rows add up: where the sums fit one better, that one.

    Labels of several levels may be printed in another order than their columns (总计 above, by itself); which
    of the terms is which, the sums do not tell.
    """
    if len(order) < len(found.lines[rows[0]].keys):
        return _Says.OPEN
    better, printed = 0, False
    for index in rows:
        line, strip = found.lines[index], found.strips[index]
        if len(strip.numbers) > len(line.keys):
            return _Says.OPEN  # a column more, and no telling where
        known = in_cells(marked.page, len(line.keys), strip)
        reading = known.readings[0] if known and known.readings else None
        if reading is None and len(strip.chunks) == len(line.keys):
            reading = reading_of(strip.chunks)
        if reading is not None and any(reading.values):
            printed = True
            better += holds(reordered(line, order).sums, reading) - holds(line.sums, reading)
    if better or not printed:
        return _Says.PRINTED if better > 0 else _Says.FORM
    return (
        _Says.OPEN
        if any(interleave(marked, level) for level in _levels(marked, found, rows))
        else _Says.PRINTED
    )


def _levels(marked: MarkedPage, found: FoundTable, rows: Sequence[int]) -> tuple[list[Span], list[Span]]:
    """The column labels above rows: those under a heading over several, and the others."""
    block = found.lines[rows[0]].block
    labels = Wordings(block.columns)
    under: list[Span] = []
    alone: list[Span] = []
    for head in found.heads[rows[0]]:
        column = _named(labels, marked.page.text[head.start : head.end])
        if column is not None:
            (under if block.columns[column].group else alone).append(head)
    return under, alone


def names_every_column(marked: MarkedPage, found: FoundTable) -> bool:
    """Whether the labels above a table name each of its columns, in a band each of every row's."""
    for rows in _rows_by_block(found):
        block = found.lines[rows[0]].block
        labels = Wordings(block.columns)
        texts = (marked.page.text[head.start : head.end] for head in found.heads[rows[0]])
        named = [index for text in texts if (index := _named(labels, text)) is not None]
        headings = (*block.heads, *(w for label in (*block.rows, *block.groups) for w in label.wordings))
        known = {bare(heading) for heading in headings}
        if any(_names_another(marked, head, labels, known) for head in found.heads[rows[0]]):
            return False
        banded = found.table.printed == "band" and len(named) != len(found.lines[0].keys)
        if banded or set(named) != set(range(len(block.columns))):
            return False
    return True


def _names_another(marked: MarkedPage, head: Span, labels: Wordings, known: Set[str]) -> bool:
    """Whether a label above a table is neither a column's, nor a piece of one, nor the form's heading."""
    words = bare(marked.page.text[head.start : head.end])
    pieces = (bare(wording) for label in labels.labels for wording in label.wordings)
    return words not in known and not any(words in piece for piece in (*pieces, *known))


def reordered(line: Line, order: Sequence[int]) -> Line:
    """The line with its cells in another order: `order` names by index the form's column of each place."""
    columns = tuple(line.block.columns[index] for index in order)
    block = replace(line.block, columns=columns)
    return replace(
        line,
        keys=tuple(line.keys[index] for index in order),
        sums=_moved(line.sums, order),
        block=block,
        heads=Wordings([*columns, *(Label("", wording) for wording in block.surplus)]),
    )


def _moved(sums: Iterable[RowSum], order: Sequence[int]) -> tuple[RowSum, ...]:
    place = {index: where for where, index in enumerate(order)}
    return tuple(
        RowSum(tuple(place[index] for index in rule.left), tuple(place[index] for index in rule.right))
        for rule in sums
    )


def _rows_by_block(found: FoundTable) -> list[list[int]]:
    blocks: dict[int, list[int]] = {}
    for index in sorted(found.heads):
        blocks.setdefault(id(found.lines[index].block), []).append(index)
    return list(blocks.values())


def _is_rising(order: Sequence[int]) -> bool:
    return list(order) == sorted(order)


def _order_of_columns(marked: MarkedPage, heads: Sequence[Span], block: Block) -> list[int] | None:
    """The block's columns in the order of their labels; None where the labels stand in no one order.

    They do on one line, or each on its own; or where those of the upper level share a line, and those under a
    heading over several columns another: these stand in that heading's place.
    """
    over = {bare(column.group) for column in block.columns if column.group}
    labels = Wordings(block.columns)
    named = [(_named(labels, marked.page.text[head.start : head.end]), head) for head in heads]
    leaves = [(column, head) for column, head in named if column is not None]
    texts = [bare(marked.page.text[head.start : head.end]) for head in heads]
    runs = [next(run) for _, run in groupby(zip(texts, heads, strict=True), key=lambda pair: pair[0])]
    told = [(text, head) for text, head in runs if text in over]
    headings = dict(told)
    headed = {_line_of(marked, heading) for heading in headings.values()}
    for line, own in _by_line(marked, leaves):
        if line not in headed and sorted(own) == list(range(len(block.columns))):
            return own
    places = _told_once(leaves)
    if len(headings) < len(told) and places:
        if len(told) == sum(block.columns[column].group is not None for column in places):
            return list(places)  # printed once more before each label under it
        raise _Untold  # a heading in two places: which labels are under which?
    above = {column: bare(block.columns[column].group or "") for column in places or ()}
    if not places:
        return None
    if any(group and group not in headings for group in above.values()):
        return _without_headings(block, list(places))
    lines = {column: _line_of(marked, head) for column, head in places.items()}
    upper = {lines[column] for column, group in above.items() if not group} | headed
    lower = {lines[column] for column, group in above.items() if group}
    apart = len({*lines.values(), *headed}) == len(lines) + len(headings)
    if not apart and (len(upper) > 1 or len(lower) > 1):
        return None

    def place(column: int) -> tuple[int, int]:
        own = places[column].start
        return headings[above[column]].start if above[column] else own, own

    return sorted(places, key=place)


def _without_headings(block: Block, order: Sequence[int]) -> list[int] | None:
    """The order of labels above which no heading is printed; None where it may be that of two lines."""
    two_lines = sorted(order, key=lambda column: (block.columns[column].group is not None, column))
    return None if list(order) == two_lines else list(order)


def _line_of(marked: MarkedPage, head: Span) -> int:
    return marked.page.folded.rfind("\n", 0, head.start)


def _by_line(marked: MarkedPage, leaves: Sequence[tuple[int, Span]]) -> list[tuple[int, list[int]]]:
    """What the labels of each line name, in order; one printed for each column that its cell spans, once."""
    lines = groupby(leaves, key=lambda leaf: _line_of(marked, leaf[1]))
    return [(line, [column for column, _ in groupby(column for column, _ in own)]) for line, own in lines]


def _told_once(named: Sequence[tuple[int, Span]]) -> dict[int, Span] | None:
    """Where each of the named things stands, in order; None where one is named in two places."""
    runs = [next(run) for _, run in groupby(named, key=lambda pair: pair[0])]
    return dict(runs) if len({index for index, _ in runs}) == len(runs) else None


def _named(labels: Wordings, text: str) -> int | None:
    """The one label that a printed text surely is."""
    sure = [index for index, score in labels.matches(text) if score >= KEEN]
    return sure[0] if len(sure) == 1 else None


def _band(marked: MarkedPage, found: FoundTable) -> FoundTable:
    """A band with its rows in printed order, and in each row its columns."""
    (line,) = found.lines
    block = line.block
    heads = found.heads[0]
    rows = _order_of_rows(marked, heads, block)
    columns = _orders_within(marked, heads, block)
    width = len(block.columns)
    order = [row * width + column for row, own in zip(rows, columns, strict=True) for column in own]
    if _is_rising(order):
        return found
    keys = tuple(line.keys[index] for index in order)
    return replace(found, lines=(replace(line, keys=keys, sums=_moved(line.sums, order)),))


def _order_of_rows(marked: MarkedPage, heads: Sequence[Span], block: Block) -> list[int]:
    """The rows of a band as their labels stand side by side; the form's order where not each is told once."""
    labels = Wordings([*block.rows, *block.groups])
    groups = {group.id: len(block.rows) + index for index, group in enumerate(block.groups)}
    named = [(_named(labels, marked.page.text[head.start : head.end]), head) for head in heads]
    found = _told_once([(index, head) for index, head in named if index is not None]) or {}
    places = {index: head.start for index, head in found.items()}
    wanted = [*range(len(block.rows)), *(groups[row.group] for row in block.rows if row.group)]
    if any(index not in places for index in wanted):
        return list(range(len(block.rows)))

    def place_of(index: int) -> tuple[int, int]:
        group = block.rows[index].group
        return places[groups[group]] if group else places[index], places[index]

    return sorted(range(len(block.rows)), key=place_of)


def _orders_within(marked: MarkedPage, heads: Sequence[Span], block: Block) -> list[list[int]]:
    """For each row of a band, in printed order, the order of its columns; the form's where it is not told."""
    labels = Wordings(block.columns)
    named = [_named(labels, marked.page.text[head.start : head.end]) for head in heads]
    order = [index for index in named if index is not None]
    width = len(block.columns)
    parts = [order[start : start + width] for start in range(0, len(order), width)]
    every = list(range(width))
    if len(parts) != len(block.rows) or any(sorted(part) != every for part in parts):
        return [every] * len(block.rows)
    return parts
