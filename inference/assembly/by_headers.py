"""Choose the columns of rows that no sum binds: as their headers say.

Flow:  headers of a block -> **choice by headers** -> printed lines -> line readings

Headers that say another order than the form's are followed. Where they say none and contradict the form's, or
leave out a column that the rows may print, the rows are open.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from gouji.inference.assembly.block_headers import BlockHeaders
from gouji.inference.assembly.by_cells import by_cells
from gouji.inference.assembly.columns import HEADERS, Choice, Columns, form_order, without_header
from gouji.inference.assembly.doubts.raised_in_tables import CELL_PRINTED_AGAIN
from gouji.inference.assembly.own_columns import whole_rows
from gouji.inference.assembly.strips import Strip

_PARTING = "|│┃\t"


def by_headers(view: BlockHeaders) -> Choice:
    """The columns that the headers say; the rows are open that these do not explain."""
    form, every = Choice(form_order(view.width)), frozenset(view.lines)
    wider = by_cells(view)
    if wider is not None:
        return wider
    order, own = view.order, view.told
    if order is None:
        return Choice(form.columns, every) if view.contradict() else form
    in_part = view.in_pieces and len(own) < view.width  # a piece may be of the form's column
    if own != order and not in_part and _repeats_cells(view, order):
        return Choice(Columns(order, HEADERS))
    if view.surplus and None not in order:  # a column is added, and nothing tells where
        return Choice(Columns(own, HEADERS), frozenset(i for i, strip in view.strips.items() if strip.chunks))
    if len(own) == view.width:
        repeated = len(order) - order.count(None) > len(own)
        again = [index for index, strip in view.strips.items() if repeated and _alike(strip)]
        if None in order and not repeated:
            return Choice(Columns(order, HEADERS), headed=True)
        return Choice(Columns(own, HEADERS), frozenset(again), CELL_PRINTED_AGAIN, None not in order)
    if view.reordered_in_part:
        return Choice(form.columns, every)
    if view.names_another_year or (own and None in order and not view.in_pieces):  # in one's stead, maybe
        return without_header(view.width, every)
    if not own or view.in_pieces:
        return form
    if 1 < len(own) == view.width - 1 and _prints_each(view, len(own)):
        return Choice(Columns(own, "the others have no header, and no row a number for them"))
    return without_header(view.width, view.too_few)


def _repeats_cells(view: BlockHeaders, order: Sequence[int | None]) -> bool:
    """Whether rows print a number under each header, and the same one under each of one column."""
    whole = whole_rows(view.marked.page, view.strips, len(order)).values()
    if not whole and not (view.surplus and len(view.told) == view.width):
        return False
    first = [(place, order.index(column)) for place, column in enumerate(order) if column is not None]
    return all(values[place] == values[start] for values in whole for place, start in first)


def _alike(strip: Strip) -> bool:
    """Whether two numbers side by side are the same: one may be the other printed again."""
    return any(a.digits == b.digits not in ("", "0") for a, b in pairwise(strip.chunks))


def _prints_each(view: BlockHeaders, width: int) -> bool:
    """Whether every row prints a number under each of so many headers, parted as these are, and no more."""
    text = view.marked.folded
    headers = [header for _, header in view.headers][-width:]
    parted = [_borders(text[a.start : b.start]) for a, b in pairwise(headers)]
    return all(
        len(strip.chunks) == width
        and not strip.strays
        and [_borders(gap) for gap in strip.gaps[1:-1]] == parted
        for strip in view.strips.values()
    )


def _borders(gap: str) -> int:
    return sum(character in _PARTING for character in gap)
