"""Doubts whether what stands in a row is a number of one of its cells, or another thing: a page's, a note's.

Flow:  view -> **roles** -> line readings
"""

from __future__ import annotations

from gouji.inference.assembly.doubt import Family
from gouji.inference.assembly.doubts.view import Row, RowDoubt, Rows, of_row
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.number_print import UNITS
from gouji.inference.assembly.strips import Chunk, Seen
from gouji.inference.unread_marks import PICTURE
from gouji.inference.why import Why
from gouji.model.tokens import Kind


@of_row(Family.ROLE, Why.PAGE_NUMBER)
def on_a_line_like_a_page_mark(row: Row, table: Rows) -> bool:
    """A number stands on a line like a page's mark, whatever the tagger calls it.

    ::
        applications
        {R:1.属于国家秘密} {V:1} {V:0} {V:0} {V:0} {V:0} {V:0}
        - {V:1} -
    """
    return Seen.PAGE_MARK in row.strip.seen


@of_row(Family.ROLE, Why.PAGE_NUMBER)
def page_of_pages(row: Row, table: Rows) -> bool:
    """A page's number like `21/25` stands in a row that lacks one: it may as well be cells around a blank.

    ::
        applications
        {R:1.属于国家秘密} {V:1} {V:2} {V:3} {V:4} {V:5} {V:6} {V:21}
        {R:4.保护第三方合法权益}
        {V:/}
        {V:/}
        21/25
        {R:5.属于三类内部事务信息}
    """
    text = table.marked.folded
    marks = row.strip.page_marks
    return row.missing > 0 and any(
        "/" in (text[c.start - 1 : c.start], text[c.end : c.end + 1]) for c in marks
    )


@of_row(Family.ROLE, Why.UNREAD_PRINT)
def picture_beside(row: Row, table: Rows) -> bool:
    """A picture, or other print that is no text, stands among a row's numbers: it may be one of them.

    ::
        applications
        {R:1.属于国家秘密} [图]
        {R:3.危及“三安全一稳定”} {V:1} {V:0} {V:0} {V:0} {V:0} {V:0} {V:1}
    """
    return any(PICTURE in gap for gap in row.strip.gaps) and not (row.missing == 0 and row.adds_up)


@of_row(Family.ROLE, Why.OTHER_TEXT)
def in_brackets(row: Row, table: Rows) -> bool:
    """A number stands within brackets that the row's label opened: it may be part of an explanation.

    ::
        disclosure
        {R:规章} （{V:1} {V:2}） {V:3}
        {R:行政规范性文件} {V:4} {V:5} {V:6}
    """
    return Seen.IN_BRACKETS in row.strip.seen and row.is_untold


@of_row(Family.ROLE, Why.NUMBER_PASSED_OVER)
def stray_number(row: Row, table: Rows) -> bool:
    """A number beyond other text may be the one that the row lacks.

    ::
        applications
        {R:1.属于国家秘密} {V:0} {V:0} {V:0}
        咨询电话：请在工作时间拨打本单位的总机号码。
        5
        {R:2.其他法律行政法规禁止公开} {V:0} {V:0} {V:0} {V:0} {V:0} {V:0} {V:0}
    """
    whole = row.missing <= 0 or (row.read.shown and row.strip.chunks)
    if whole or (row.strip.foreign_row and row.strip.numbers):
        return False
    return any(_may_be_a_cell(table.marked, c) or (c.near and not row.is_summed) for c in row.strip.strays)


def _may_be_a_cell(marked: MarkedPage, stray: Chunk) -> bool:
    """Whether the tagger calls a number a value, or it stands alone."""
    if stray.tagged:
        return True
    indices = marked.between(stray.start, stray.end)
    if len(indices) != 1 or marked.is_of_document(stray.start):
        return False
    alone = marked.stands_alone(indices[0]) or marked.stands_alone_in_brackets(indices[0])
    return alone or _is_counted_alone(marked, indices[0])


def _is_counted_alone(marked: MarkedPage, index: int) -> bool:
    """Whether a number and its unit, as in `9件`, have separators on both sides."""
    around = marked.tokens[max(index - 1, 0) : index + 3]
    if len(around) < 4 or not around[0].kind is around[3].kind is Kind.SEPARATOR:
        return False
    return UNITS.fullmatch(marked.folded, around[2].start, around[2].end) is not None


DOUBTS: tuple[RowDoubt[Rows], ...] = tuple(one for one in globals().values() if isinstance(one, RowDoubt))
