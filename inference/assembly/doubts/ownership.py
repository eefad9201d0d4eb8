"""Doubts whose the numbers behind a label are: the row's own, or those of the row above or below.

Flow:  view -> **ownership** -> line readings
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise

from gouji.inference.assembly.cell_places import cells_behind, cells_of, places_of, row_below
from gouji.inference.assembly.doubt import Family
from gouji.inference.assembly.doubts.view import Row, RowDoubt, Rows, of_row, of_rows
from gouji.inference.assembly.line_readings import is_wrapped
from gouji.inference.assembly.readings import LONGEST
from gouji.inference.assembly.strips import BORDERS, Chunk, Seen, Strip
from gouji.inference.why import Why

_BORDER = re.compile(rf"[{BORDERS}\t]")
_RULE = re.compile("[─━]|--")


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
    """A row's numbers stand on several lines or behind other print, and the next row's label was lost.

    ::
        applications
        {R:2.其他法律行政法规禁止公开} {G:（三）不予公开} {V:1} {V:1} {V:1} {V:1} {V:1} {V:1} {V:6}
        {R:4.保护第三方合法权益} {V:0} {V:0} {V:0} {V:0} {V:0} {V:0} {V:0}
    """
    for row in table.rows.values():
        broken = row.missing > 0 and is_wrapped(row.strip)
        is_last = row.index + 1 == len(table.found.lines)
        if (row.strip.interrupted or broken) and not is_last and row.index + 1 not in table.rows:
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


@of_row(Family.OWNERSHIP, Why.NEIGHBOUR_ROW, even_known=True)
def below_an_empty_row(row: Row, table: Rows) -> bool:
    """A row of empty cells stands between a band's headers and its numbers, which may be another row's.

    ::
        page
        {S:四、政府信息公开行政复议、行政诉讼情况}
        {C:行政复议} {C:行政诉讼}
        {C:结果维持} {C:结果纠正} {C:其他结果} {C:尚未审结} {C:总计}
        {C:结果维持} {C:结果纠正} {C:其他结果} {C:尚未审结} {C:总计}
        {C:结果维持} {C:结果纠正} {C:其他结果} {C:尚未审结} {C:总计}
        |||||||||||||||
        |{V:1}|{V:0}|{V:0}|{V:0}|{V:1}|{V:2}|{V:0}|{V:0}|{V:0}|{V:2}|{V:3}|{V:0}|{V:0}|{V:0}|{V:3}|
        {S:五、存在的主要问题及改进情况}
    """
    if table.found.table.printed != "band" or not row.strip.chunks or _RULE.search(row.strip.gaps[0]):
        return False  # of a ruled table an empty line may be a header's
    empty = (line for line in row.strip.gaps[0].split("\n")[1:-1] if not _BORDER.sub("", line).strip())
    return any(len(_BORDER.findall(line)) >= len(row.line.keys) - 1 for line in empty)


@of_rows(Family.OWNERSHIP, Why.NEIGHBOUR_ROW, even_known=True)
def below_their_labels(table: Rows) -> Iterator[int]:
    """Rows of cells stand below their labels, of which one has two or none: each may be the next label's.

    ::
        applications known
        {R:3.其他}
        {V:1}\t{V:0}\t{V:0}\t{V:0}\t{V:1}\t{V:0}\t{V:2}
        {R:（七）总计}
    """
    page, below, bare, several = table.marked.page, [], [], False
    for row in table.rows.values() if page.rows and table.found.table.printed == "rows" else ():
        label_end, first = places_of(row.read.strip)
        rows = {cells_of(page, chunk.start) for chunk in row.read.strip.chunks} - {()}
        several |= len(rows) > 1
        if rows and cells_of(page, first) != cells_of(page, label_end):
            below.append(row.index)
        elif not (rows or cells_behind(page, label_end, label_end) or row_below(page, label_end)):
            bare.append(row.index)
    if below and (several or bare):
        yield from (*below, *bare)


@of_rows(Family.OWNERSHIP, Why.NEIGHBOUR_ROW, even_known=True)
def few_beside_many(table: Rows) -> Iterator[int]:
    """A row prints too few numbers where another prints too many, some of which may be its own.

    ::
        applications
        {R:1.属于国家秘密} {V:2} {V:1} {V:1} {V:2} {V:0} {V:0} {V:0} {V:4}
        {R:2.其他法律行政法规禁止公开} {V:5} {V:0} {V:0} {V:0} {V:0} {V:5}
    """
    excess = {row.index: len(row.read.strip.chunks) - len(row.line.keys) for row in table.rows.values()}
    lacking = [index for index, more in excess.items() if more < 0]
    if lacking and any(
        (row.read.is_open and (excess[row.index] > 0 or _is_overlong(row, row.read.strip.chunks)))
        or (row.is_summed and _is_overlong(row, [c for c in row.read.strip.strays if c.tagged]))
        for row in table.rows.values()
    ):
        yield from lacking


def _is_overlong(row: Row, chunks: Iterable[Chunk]) -> bool:
    """Whether numbers behind a row's label have more digits than any row has: they are others', too."""
    return sum(len(chunk.digits) for chunk in chunks) > LONGEST * len(row.line.keys)


def _neighbours(table: Rows) -> Iterator[tuple[Row, Row]]:
    """Each row with the one below it."""
    for above, below in pairwise(sorted(table.rows)):
        yield table.rows[above], table.rows[below]


def _loose_below(strip: Strip, columns: int) -> int:
    """How many numbers too many stand on the last line of a row's, by themselves; none if they fill a row."""
    last = next((i for i in range(len(strip.chunks), 0, -1) if "\n" in strip.gaps[i - 1]), 0) - 1
    own = len(strip.chunks) - last
    return own if last >= columns and own < columns else 0


DOUBTS: tuple[RowDoubt[Rows], ...] = tuple(one for one in globals().values() if isinstance(one, RowDoubt))
