"""Doubts of a row that is laid out unlike the others of its table: something may have moved into it.

Flow:  view -> **deviation** -> line readings

Without a sum nothing else tells a page's number, or a blank's lost border, among a row's own numbers.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from gouji.inference.assembly.cell_places import cells_of
from gouji.inference.assembly.doubt import Family
from gouji.inference.assembly.doubts.view import Row, RowDoubt, Rows, of_row, of_rows
from gouji.inference.assembly.strips import BORDERS
from gouji.inference.why import Why
from gouji.model.label_words import bare

_FEWEST = 3  # rows that show how a table is laid out
_GROUP = 3  # digits of a group of thousands
_TOTALS = frozenset(("合计", "小计", "总计"))  # what publishers call rows of their own below a table's
_PARTED = re.compile(rf"[{BORDERS}\t\n\r]")
_BORDER = re.compile(rf"[{BORDERS}\t]")
_BLANK = re.compile(r"[^\S\n\t]")  # of whatever width


@of_row(Family.DEVIATION, Why.UNLIKE_OTHERS)
def goes_on_below(row: Row, table: Rows) -> bool:
    """A row begins on its label's line and goes on below, where a page's number may stand.

    ::
        disclosure
        {R:规章} {V:1} {V:2}
        {V:3}
        {R:行政规范性文件} {V:4} {V:5}
        {V:6}
    """
    return (
        not row.is_summed
        and "\n" not in row.strip.gaps[0]
        and any("\n" in gap for gap in row.strip.gaps[1:-1])
    )


@of_row(Family.DEVIATION, Why.NUMBER_TOO_MANY, even_known=True)
def goes_on_below_its_cells(row: Row, table: Rows) -> bool:
    """A number too many stands in cells below a row's own, perhaps the end of one that was wrapped there.

    ::
        disclosure known
        {R:规章}\t{V:1}\t{V:2}\t{V:51873}
        \t\t\t{V:5}
        {R:行政规范性文件}\t{V:4}\t{V:5}\t{V:6}
    """
    if row.is_summed or row.missing >= 0:
        return False
    own, *below = (cells_of(table.marked.page, chunk.start) for chunk in row.strip.chunks)
    return any(cells and cells != own for cells in below)


@of_rows(Family.DEVIATION, Why.UNLIKE_OTHERS)
def alone_below(table: Rows) -> Iterator[int]:
    """The one row whose numbers stand below its label, where those of all others stand beside theirs.

    ::
        page
        {S:二、主动公开政府信息情况}
        {B:第二十条第（五）项}
        {R:行政许可} {V:4}
        {B:第二十条第（六）项}
        {R:行政处罚} {V:2}
        {R:行政强制} {V:7}
        {B:第二十条第（八）项}
        {R:行政事业性收费}
        {V:1}
    """
    printed = [row for row in table.rows.values() if row.strip.chunks]
    below = [row for row in printed if "\n" in row.strip.gaps[0]]
    if len(below) == 1 and len(printed) > _FEWEST and not below[0].is_summed:
        yield below[0].index


@of_rows(Family.DEVIATION, Why.UNLIKE_OTHERS)
def uneven(table: Rows) -> Iterator[int]:
    """The numbers of a full row stand further apart here than there, as in no other row of the table.

    ::
        disclosure
        {R:规章}
        {V:0}
        {V:1}
        {V:1}
        {R:行政规范性文件}
        {V:0}


        {V:0}
        {V:2}
    """
    breaks = {
        row.index: tuple(gap.count("\n") for gap in row.strip.gaps[1:-1])
        for row in table.rows.values()
        if row.missing == 0
    }
    alike = Counter(breaks.values())
    for index, own in breaks.items():
        if len(set(own)) > 1 and alike[own] == 1 and not table.rows[index].is_summed:
            yield index


@of_rows(Family.OWNERSHIP, Why.OTHER_TEXT)
def in_a_row_of_its_own(table: Rows) -> Iterator[int]:
    """Numbers stand behind words that begin a row which the form does not have, as one below each of its own.

    ::
        applications
        {R:1.属于国家秘密}
        上年同期 {V:1} {V:0} {V:0} {V:0} {V:0} {V:0} {V:1}
        {R:2.其他法律行政法规禁止公开} {V:2} {V:0} {V:0} {V:0} {V:0} {V:0} {V:2}
        上年同期 {V:0} {V:0} {V:0} {V:0} {V:0} {V:0} {V:0}
        {R:3.危及“三安全一稳定”}
        上年同期 {V:0} {V:4} {V:0} {V:0} {V:0} {V:0} {V:4}
    """
    labels = [bare(label.label) for _, label in table.found.table.rows()]
    words = {
        index: bare(row.strip.gaps[0])
        for index, row in table.rows.items()
        if row.strip.chunks and _PARTED.search(row.strip.gaps[0])
    }
    often = Counter(words.values())
    for index, own in words.items():
        if (own in _TOTALS and own not in labels[index]) or (
            often[own] > 1 and own and not any(own in label for label in labels)
        ):
            yield index


@of_row(Family.DEVIATION, Why.DIGITS_JOINED)
def cells_touch(row: Row, table: Rows) -> bool:
    """Nothing parts two cells: figures, or the dashes of one mark, are not surely two.

    ::
        disclosure
        {R:规章} {V:21}{V:—}{V:—}
        {R:行政规范性文件} {V:4} {V:5} {V:6}
    """
    pairs = zip(row.strip.gaps[1:-1], pairwise(row.strip.chunks), strict=True)
    marks = [one.is_mark + other.is_mark for gap, (one, other) in pairs if not gap]
    if table.glued:
        return not row.is_summed and any(marks)
    return max(marks, default=-1) >= (2 if row.is_summed else 0)


@of_row(Family.DEVIATION, Why.DIGITS_JOINED)
def leading_zero(row: Row, table: Rows) -> bool:
    """A number of a row without sums that lacks one begins with a zero, perhaps a cell of its own: `0328`.

    ::
        disclosure
        {R:规章}|{V:1}|{V:2}|{V:3}
        {R:行政规范性文件}||{V:5}|{V:0328}
    """
    return (
        row.missing > 0
        and not row.is_summed
        and not table.glued
        and any(len(c.digits) > 1 and c.digits[0] == "0" and c.digits[1] != "." for c in row.strip.chunks)
    )


@of_row(Family.DEVIATION, Why.DIGITS_JOINED, even_known=True)
def fewer_borders(row: Row, table: Rows) -> bool:
    """A row that lacks a number has fewer borders than its headers: one may have stood within a long number.

    ::
        page
        {S:二、主动公开政府信息情况}
        {B:第二十条第（八）项}
        | {C:信息内容} | {C:上一年项目数量} | | {C:本年增/减} | |
        | {R:行政事业性收费} | {V:1043427} | |
        {S:三、收到和处理政府信息公开申请情况}
    """
    heads = table.found.heads.get(row.index)
    if row.is_summed or row.missing <= 0 or not heads or all(len(c.digits) < 2 for c in row.strip.chunks):
        return False
    return _borders_beside(table, row.strip.chunks[0].start) < _borders_beside(table, heads[-1].start)


def _borders_beside(table: Rows, place: int) -> int:
    """How many borders stand on the line of a place."""
    text = table.marked.folded
    return len(_BORDER.findall(text[text.rfind("\n", 0, place) + 1 :].partition("\n")[0]))


@of_row(Family.DEVIATION, Why.DIGITS_JOINED)
def thousands_or_cells(row: Row, table: Rows) -> bool:
    """Borders part some numbers of a row, a single blank others, which may be thousands of one: `30 274`.

    ::
        disclosure
        {R:规章} {V:30} {V:274} | {V:823}
        {R:行政规范性文件} {V:1} | {V:5218} | {V:3}
    """
    strip = row.strip
    if row.is_summed or not any(map(_BORDER.search, strip.gaps)):
        return False
    pairs = zip(strip.gaps[1:-1], pairwise(strip.chunks), strict=True)
    return any(
        _BLANK.fullmatch(gap) and len(one.digits.lstrip("-")) <= _GROUP == len(other.digits)
        for gap, (one, other) in pairs
        if not one.is_mark
    )


DOUBTS: tuple[RowDoubt[Rows], ...] = tuple(one for one in globals().values() if isinstance(one, RowDoubt))
