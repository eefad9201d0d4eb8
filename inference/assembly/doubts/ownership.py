"""Doubts whose the numbers behind a label are: the row's own, or those of the row above or below.

Flow:  view -> **ownership** -> line readings
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise

from gouji.inference.assembly.cell_places import cells_of, places_of
from gouji.inference.assembly.doubt import Family
from gouji.inference.assembly.doubts.view import Row, RowDoubt, Rows, of_row, of_rows
from gouji.inference.assembly.readings import LONGEST
from gouji.inference.assembly.strips import Chunk, Seen, Strip
from gouji.inference.why import Why
from gouji.model.label_words import ordinal_of
from gouji.model.page import Page


@of_row(Family.OWNERSHIP, Why.LABEL_UNSURE, even_known=True)
def label_again(row: Row, table: Rows) -> bool:
    """The row's own label comes again behind numbers: the row may have been printed twice.

    ::
        disclosure
        {R:规章} {V:1} {V:2} {V:3}
        {R:规章}
        {R:行政规范性文件} {V:4} {V:5} {V:6}
    """
    return Seen.LABEL_AGAIN in row.strip.seen


@of_row(Family.OWNERSHIP, Why.OTHER_TEXT)
def behind_other_text(row: Row, table: Rows) -> bool:
    """A number stands behind other text, and no sum tells whether it is the row's.

    ::
        disclosure
        {R:规章} {V:1} 另有 {V:2} {V:3}
        {R:行政规范性文件} {V:4} {V:5} {V:6}
    """
    return Seen.BEHIND_TEXT in row.strip.seen and row.is_untold


@of_row(Family.OWNERSHIP, Why.NUMBER_PASSED_OVER)
def passed_over_nearby(row: Row, table: Rows) -> bool:
    """A number that the tagger calls no value stands so near that it may be the row's: `24 ,709.4757`.

    ::
        page
        {S:二、主动公开政府信息情况}
        {B:第二十条第（八）项}
        {C:信息内容} {C:本年收费金额}
        {R:行政事业性收费} {V:24} 余 709.4757
    """
    return Seen.PASSED_OVER in row.strip.seen and row.is_untold


@of_rows(Family.OWNERSHIP, Why.NEIGHBOUR_ROW, even_known=True)
def next_label_lost(table: Rows) -> Iterator[int]:
    """Other print stands among a row's numbers, and the next row's label was lost: they may be that row's.

    ::
        applications
        {R:2.其他法律行政法规禁止公开} {G:（三）不予公开} {V:1} {V:1} {V:1} {V:1} {V:1} {V:1} {V:6}
        {R:4.保护第三方合法权益} {V:0} {V:0} {V:0} {V:0} {V:0} {V:0} {V:0}
    """
    for row in table.rows.values():
        if row.strip.interrupted and _lost_next(row.index, table):
            yield row.index


@of_rows(Family.OWNERSHIP, Why.NEIGHBOUR_ROW)
def behind_another_row(table: Rows) -> Iterator[int]:
    """A row prints nothing, the one above too much, or words of a row that the form does not have.

    ::
        applications
        {R:1.属于国家秘密} {V:2} {V:0} {V:0} {V:1} {V:1} {V:0} {V:4}
        {V:9}
        {R:2.其他法律行政法规禁止公开}
        {R:3.危及“三安全一稳定”} {V:1} {V:0} {V:0} {V:0} {V:6} {V:2} {V:9}
    """
    for above, row in _neighbours(table):
        printed = above.read.strip
        foreign = printed.foreign_row and any(chunk.tagged for chunk in printed.strays)
        overfull = len(printed.chunks) > len(above.line.keys)
        if (foreign or overfull) and not row.read.strip.chunks:
            yield row.index


@of_rows(Family.OWNERSHIP, Why.NEIGHBOUR_ROW)
def loose_numbers_above(table: Rows) -> Iterator[int]:
    """Numbers too many stand by themselves above a row, perhaps the upper part of its own, broken in two.

    ::
        applications
        {R:1.属于国家秘密} {V:2} {V:0} {V:0} {V:1} {V:1} {V:0} {V:4}
        {V:1} {V:1}
        {R:2.其他法律行政法规禁止公开} {V:1} {V:0} {V:0} {V:0} {V:6} {V:2} {V:9}
    """
    for above, row in _neighbours(table):
        loose = _loose_below(above.read.strip, len(above.line.keys))
        if loose > 1 or (loose == 1 and row.is_summed and not row.adds_up):
            yield row.index


@of_rows(Family.OWNERSHIP, Why.NEIGHBOUR_ROW)
def next_rows_ordinal(table: Rows) -> Iterator[int]:
    """In a column before the form's stands what the next row is numbered by: the numbers may be that row's.

    ::
        applications
        {R:1.属于国家秘密} {V:2} {V:2} {V:0} {V:0} {V:1} {V:1} {V:0} {V:4}
        {R:2.其他法律行政法规禁止公开} {V:3} {V:0} {V:0} {V:1} {V:0} {V:0} {V:2} {V:3}
    """
    labels = [row.label for _, row in table.found.table.rows()]
    for index, row in table.rows.items():
        below = ordinal_of(labels[index + 1]) if index + 1 < len(labels) else ""
        first = row.strip.chunks[0].digits if row.strip.chunks and not row.line.keys[0] else ""
        if first and first == below:
            yield index


@of_rows(Family.OWNERSHIP, Why.NEIGHBOUR_ROW, even_known=True)
def between_two_labels(table: Rows) -> Iterator[int]:
    """A row of known cells stands between two labels that are of no cell: it may be the lower one's.

    ::
        applications known
        {R:3.其他}
        {V:1}\t{V:0}\t{V:0}\t{V:0}\t{V:1}\t{V:0}\t{V:2}
        {R:（七）总计}
    """
    for above, row in _neighbours(table):
        if _between_labels(table.marked.page, above.read.strip, row.read.strip):
            yield row.index
            yield above.index


@of_rows(Family.OWNERSHIP, Why.NEIGHBOUR_ROW, even_known=True)
def few_beside_many(table: Rows) -> Iterator[int]:
    """A row prints too few numbers where another prints too many, some of which may be its own.

    ::
        applications
        {R:1.属于国家秘密} {V:2} {V:1} {V:1} {V:2} {V:0} {V:0} {V:0} {V:4}
        {R:2.其他法律行政法规禁止公开} {V:5} {V:0} {V:0} {V:0} {V:0} {V:5}
    """
    excess = {row.index: len(row.read.strip.chunks) - len(row.line.keys) for row in table.rows.values()}
    if any(
        (row.read.is_open and (excess[row.index] > 0 or _is_overlong(row, row.read.strip.chunks)))
        or (row.is_summed and _is_overlong(row, [c for c in row.read.strip.strays if c.tagged]))
        for row in table.rows.values()
    ):
        yield from (index for index, more in excess.items() if more < 0)


def _is_overlong(row: Row, chunks: Iterable[Chunk]) -> bool:
    """Whether numbers behind a row's label have more digits than any row has: they are others', too."""
    return sum(len(chunk.digits) for chunk in chunks) > LONGEST * len(row.line.keys)


def _neighbours(table: Rows) -> Iterator[tuple[Row, Row]]:
    """Each row with the one below it."""
    for above, below in pairwise(sorted(table.rows)):
        yield table.rows[above], table.rows[below]


def _lost_next(index: int, table: Rows) -> bool:
    return index + 1 < len(table.found.lines) and index + 1 not in table.rows


def _between_labels(page: Page, strip: Strip, below: Strip) -> bool:
    if below.chunks or below.label_end is None or strip.label_end is None or not strip.chunks:
        return False
    first, _ = places_of(strip)
    labelled = cells_of(page, first) or cells_of(page, below.label_end - 1)
    return not labelled and bool(cells_of(page, strip.chunks[0].start))


def _loose_below(strip: Strip, columns: int) -> int:
    """How many numbers too many stand on the last line of a row's, by themselves; none if they fill a row."""
    last = next((i for i in range(len(strip.chunks), 0, -1) if "\n" in strip.gaps[i - 1]), 0) - 1
    own = len(strip.chunks) - last
    return own if last >= columns and own < columns else 0


DOUBTS: tuple[RowDoubt[Rows], ...] = (
    label_again,
    behind_other_text,
    passed_over_nearby,
    next_label_lost,
    behind_another_row,
    loose_numbers_above,
    next_rows_ordinal,
    between_two_labels,
    few_beside_many,
)
