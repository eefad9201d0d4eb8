"""Decide once a table which columns it prints, and in which order.

Flow:  found table, headers -> **choice of columns** -> printed lines -> line readings

Where headers stand on the page, a number's column is its header's. Headers that say another order
than the form's are followed; where they say none, and some line of them contradicts the form's, the
rows are open. Where rows add up, their sums choose between the headers' order and the form's, and
find a column that is not the form's, or is not printed. Which of a sum's terms is which, no sum
tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from gouji.inference.assembly.band_columns import band_in_columns
from gouji.inference.assembly.block_headers import BlockHeaders
from gouji.inference.assembly.cell_places import cells_left
from gouji.inference.assembly.columns import Columns, form_order, printed_line
from gouji.inference.assembly.doubt import Doubt
from gouji.inference.assembly.doubts.raised_in_tables import (
    CELL_PRINTED_AGAIN,
    HEADER_MISSING,
    HEADERS_UNTOLD,
    OWN_COLUMN_UNPLACED,
)
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.line_readings import holds
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.own_columns import whole_rows, with_own_column, without_lost_column
from gouji.inference.assembly.readings import Reading
from gouji.inference.assembly.strips import Strip
from gouji.model.labels import Span

HEADERS = "headers say so"
_PARTING = "|│┃\t"


@dataclass(frozen=True, slots=True)
class Choice:
    """What a block of a table prints, and the rows of it whose numbers may as well be other columns'."""

    columns: Columns
    open: frozenset[int] = frozenset()
    doubt: Doubt = HEADERS_UNTOLD
    headed: bool = False  # each column of the form has its own header, and no other stands there


def in_columns(marked: MarkedPage, found: FoundTable) -> FoundTable:
    """The table with its lines as they are printed; those rows doubtful whose columns are not told."""
    if found.table.printed == "band":
        return band_in_columns(marked, found)
    headed = True
    blocks = {id(line.block): line.block for line in found.lines}
    for block in blocks.values():
        own = {index: found.lines[index] for index in found.strips if found.lines[index].block is block}
        if not own:
            continue
        view = BlockHeaders(marked, found, own, found.heads.get(min(own), ()))
        choice = cut_off(view) or (by_sums(view) if own[min(own)].sums else by_headers(view))
        lines = (printed_line(line, choice.columns) if line.block is block else line for line in found.lines)
        found = replace(found, lines=tuple(lines)).doubted(choice.open, choice.doubt)
        headed = headed and choice.headed
    return replace(found, headed=headed)


def ordered_by_headers(marked: MarkedPage, found: FoundTable, spans: Sequence[Span]) -> FoundTable | None:
    """A table of one block with its columns in the order of headers, whatever its rows say; None if untold.

    Args:
        marked: The page with its tokens and their tags.
        found: The table; its columns stay where they are if no header names one.
        spans: The headers of the table, wherever they stand.
    """
    view = BlockHeaders(marked, found, dict(enumerate(found.lines)), spans)
    if view.order is None:
        return None if view.contradict() else found
    own = _once(view.order)
    if not own:
        return found
    if None in view.order or len(own) < view.width:
        return None
    return replace(found, lines=tuple(printed_line(line, Columns(own, HEADERS)) for line in found.lines))


def cut_off(view: BlockHeaders) -> Choice | None:
    """The columns before a sheet's edge, where a reader saw it and their headers are the form's first."""
    left = [cells_left(view.marked.page, strip) for strip in view.strips.values()]
    if not view.marked.page.rows or not any(left):
        return None
    cells = min(cells or 0 for cells in left)
    order = [column for column, _ in view.leaves][:cells]
    if not cells or order != list(range(cells)):
        return None
    return Choice(replace(form_order(cells, "the sheet's edge cuts off the others"), cut_off=True))


def by_headers(view: BlockHeaders) -> Choice:
    """The columns of rows that no sum binds: as their headers say."""
    if _prints_nothing(view):
        return Choice(form_order(view.width), frozenset(view.lines), HEADER_MISSING)
    form, every = form_order(view.width), frozenset(view.lines)
    order = view.order
    if order is None:
        return Choice(form, every if view.contradict() else frozenset())
    own = _once(order)
    if own != order:
        whole = whole_rows(view.marked.page, view.strips, len(order))
        if (whole or (view.surplus and len(own) == view.width)) and all(
            _repeats(order, v) for v in whole.values()
        ):
            return Choice(Columns(order, HEADERS))
    if len(own) == view.width:
        repeated = len(order) - order.count(None) > len(own)
        again = [index for index, strip in view.strips.items() if repeated and _alike(strip)]
        return Choice(Columns(own, HEADERS), frozenset(again), CELL_PRINTED_AGAIN, None not in order)
    if list(own) != sorted(own, key=lambda column: column or 0):
        return Choice(form, every)
    if not own or None in order or view.in_pieces:
        return Choice(form)
    if 1 < len(own) == view.width - 1 and _prints_each(view, len(own)):
        return Choice(Columns(own, "the others have no header, and no row a number for them"))
    return Choice(form, view.too_few(view.width), HEADER_MISSING)


def _alike(strip: Strip) -> bool:
    """Whether two numbers side by side are the same: one may be the other printed again."""
    return any(a.digits == b.digits not in ("", "0") for a, b in pairwise(strip.chunks))


def _prints_nothing(view: BlockHeaders) -> bool:
    """Whether no column is named above rows, and no number stands in any: they may be headers themselves."""
    return not view.leaves and not any(strip.chunks for strip in view.strips.values())


def _prints_as_many(view: BlockHeaders, lacking: int) -> bool:
    """Whether some row has more cells than columns are named, of which so many are not."""
    most = max(len(strip.chunks) for strip in view.strips.values())
    whole = whole_rows(view.marked.page, view.strips, view.width)
    return (
        bool(whole)
        or most > view.width - lacking
        or view.in_pieces
        or None in (column for column, _ in view.leaves)
    )


def _once(order: Sequence[int | None]) -> tuple[int | None, ...]:
    """The form's columns in their order, one that is printed again for each place that it spans once."""
    return tuple(dict.fromkeys(column for column in order if column is not None))


def _repeats(order: Sequence[int | None], values: Sequence[float]) -> bool:
    """Whether the same number stands at each place of one column."""
    return all(
        values[place] == values[order.index(column)]
        for place, column in enumerate(order)
        if column is not None
    )


def _prints_each(view: BlockHeaders, width: int) -> bool:
    """Whether every row prints a number under each of so many headers, parted as these are, and no more."""
    text = view.marked.page.folded
    headers = [header for _, header in view.headers][-width:]
    between = [text[a.start : b.start] for a, b in pairwise(headers)]
    parted = [_borders(gap) for gap in between]
    return all(
        len(strip.chunks) == width
        and not strip.strays
        and [_borders(gap) for gap in strip.gaps[1:-1]] == parted
        for strip in view.strips.values()
    )


def _borders(gap: str) -> int:
    return sum(character in _PARTING for character in gap)


def by_sums(view: BlockHeaders) -> Choice:
    """The columns of rows that add up: in the order that fits better, their headers' where both do alike."""
    page, every = view.marked.page, frozenset(view.lines)
    told = _once(view.order) if view.order is not None else ()
    form = tuple(range(view.width))
    unnamed = set(form) - view.named
    if _prints_nothing(view):
        return Choice(form_order(view.width), every, HEADER_MISSING)
    if len(unnamed) == 1:
        lost = without_lost_column(
            page, view.found.table, view.lines, view.strips, min(unnamed), view.surplus
        )
        if lost is not None:
            return Choice(lost)
    orders = [told, form] if len(told) == view.width and told != form else [form]
    tried = [_best(view, order) for order in orders]
    if (
        view.surplus
        and view.order is not None
        and len(view.order) == view.width + 1
        and len(told) == view.width
    ):
        tried.append(_tried(view, Columns(view.order, HEADERS)))
    columns, _ = max(tried, key=lambda pair: (pair[1], None in pair[0].printed, bool(pair[0].terms)))
    headed = not unnamed and None not in (column for column, _ in view.leaves)
    if len(orders) == 1 and view.order is None and view.contradict(_terms(view)):
        return Choice(columns, every)
    if None in columns.printed:
        return Choice(columns)
    if unnamed and view.named and not _prints_as_many(view, len(unnamed)):
        return Choice(columns, every, HEADER_MISSING)
    wide = any(len(strip.numbers) > view.width for strip in view.strips.values())
    if len(orders) > 1 and wide:
        return Choice(columns, every, OWN_COLUMN_UNPLACED)
    if 0 < len(told) < view.width and list(told) != sorted(told, key=lambda column: column or 0):
        return Choice(columns, every)
    short = view.too_few(view.width) if view.surplus else frozenset()
    some = [index for index in short if any(chunk.digits.strip("0") for chunk in view.strips[index].chunks)]
    return Choice(columns, frozenset(some), OWN_COLUMN_UNPLACED, headed)


def _terms(view: BlockHeaders) -> set[int]:
    """All that headers may say but the totals: a sum tells its total, and of its terms no order."""
    totals = {column for line in view.lines.values() for rule in line.sums for column in rule.right}
    return set(range(len(view.vocabulary.names.labels))) - totals


def _best(view: BlockHeaders, order: Sequence[int | None]) -> tuple[Columns, int]:
    """The columns in an order, with one of the publisher's own where rows show it, and how many rows fit."""
    columns = Columns(
        tuple(order),
        HEADERS if list(order) != sorted(order, key=lambda column: column or 0) else "the form's order",
    )
    lines = {index: printed_line(line, columns) for index, line in view.lines.items()}
    own = with_own_column(view.marked.page, lines, view.strips)
    if own is not None:
        at_places = tuple(None if place is None else order[place] for place in own.printed)
        columns = replace(own, printed=at_places)
    return _tried(view, columns)


def _tried(view: BlockHeaders, columns: Columns) -> tuple[Columns, int]:
    """Some columns, and how many of the rows that print them all add up so."""
    lines = {index: printed_line(line, columns) for index, line in view.lines.items()}
    whole = whole_rows(view.marked.page, view.strips, len(columns.printed))
    fits = sum(
        any(values) and holds(lines[index].sums, Reading(values, (None,) * len(values)))
        for index, values in whole.items()
    )
    return columns, fits
