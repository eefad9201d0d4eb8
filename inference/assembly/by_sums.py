"""Choose the columns of rows that add up: in the order that their sums confirm.

Flow:  headers of a block, strips -> **choice by sums** -> printed lines -> line readings

Sums choose between the headers' order and the form's, the headers' where both do alike, and find a column
that is not the form's, or is not printed. Which of a sum's terms is which, no sum tells: where headers
contradict the form's order of these, or a column has no header that may be printed, the rows are open.
"""

from __future__ import annotations

from collections.abc import Sequence, Set

from gouji.inference.assembly.block_headers import BlockHeaders
from gouji.inference.assembly.by_cells import by_cells
from gouji.inference.assembly.columns import HEADERS, Choice, Columns, form_order, printed_line
from gouji.inference.assembly.doubts.raised_in_tables import HEADER_MISSING, OWN_COLUMN_UNPLACED
from gouji.inference.assembly.line_readings import reading_of
from gouji.inference.assembly.own_columns import (
    CONTESTED,
    FEWEST,
    adds_up,
    whole_rows,
    with_own_column,
    without_lost_column,
)
from gouji.inference.assembly.strips import Strip


def by_sums(view: BlockHeaders) -> Choice:
    """The columns that the sums say; where they say nothing, those of the cells, if each has its header."""
    choice = _by_sums(view)
    if choice.columns.printed != tuple(range(view.width)):
        return choice
    told = by_cells(view)
    return choice if told is None or told.open else told


def _by_sums(view: BlockHeaders) -> Choice:
    """The columns in the order that fits better; the rows are open where headers and numbers leave doubt."""
    unnamed = set(range(view.width)) - view.named
    if view.foreign >= view.width and len(unnamed) * 2 > view.width:  # its columns are others
        return Choice(form_order(view.width), frozenset(view.lines))
    if len(unnamed) == 1:
        lost = without_lost_column(
            view.marked.page, view.found.table, view.lines, view.strips, min(unnamed), view.surplus
        )
        if lost is not None:
            return Choice(lost)
    columns, every = _fitting(view), frozenset(view.lines)
    order = view.order if unnamed and view.has_stranger else None
    if order is not None and order.count(None) == view.foreign and _prints_each(view, order):
        return Choice(Columns(order, HEADERS))  # those that are named are where their headers stand
    as_read = columns.printed == view.in_reading_order != tuple(range(view.width))
    past_heading = as_read and view.has_column_beside_heading
    if view.order is None and (
        past_heading or view.contradict(_terms(view)) or not _keeps_terms(view, columns)
    ):
        return Choice(columns, every)
    if None in columns.printed:
        untold = every if columns.because == CONTESTED else frozenset[int]()
        return Choice(columns, untold, OWN_COLUMN_UNPLACED, view.order == columns.printed)
    if view.order is None and _is_undecided(view, columns):
        return Choice(columns, every)
    if unnamed and view.named and (_lacks_column(view) or not _prints_as_many(view, len(unnamed))):
        return Choice(columns, every, HEADER_MISSING)
    if unnamed and (view.has_stranger or (view.surplus and not _adds_up_with(view, columns, unnamed))):
        return Choice(columns, every, HEADER_MISSING)  # the added one may stand in their stead
    if view.reordered and any(len(strip.numbers) > view.width for strip in view.strips.values()):
        return Choice(columns, every, OWN_COLUMN_UNPLACED)
    if view.reordered_in_part:
        return Choice(columns, every)
    untold = _without_the_added(view, columns) if view.surplus else frozenset[int]()
    return Choice(columns, untold, OWN_COLUMN_UNPLACED, not (unnamed or view.foreign or view.surplus))


def _fitting(view: BlockHeaders) -> Columns:
    """Of the columns that headers, the form and numbers suggest those that most rows fit."""
    tried = [_with_own(view, Columns(view.told, HEADERS))] if view.reordered else []
    tried.append(_with_own(view, form_order(view.width, "the form's order")))
    if view.order is None and len(view.in_reading_order) == view.width:
        as_read = Columns(view.in_reading_order, "headers as they are read, which sums confirm")
        if len(_fitting_rows(view, as_read) - _fitting_rows(view, tried[-1])) >= FEWEST:
            tried.append(as_read)
    more = view.order is not None and len(view.order) > view.width
    if view.order is not None and more and len(view.told) == view.width:
        headed = Columns(view.order, HEADERS)
        rival = max(tried, key=lambda it: len(_fitting_rows(view, it)))
        fitting, others = _fitting_rows(view, headed), _fitting_rows(view, rival)
        if view.order[-1] is not None or len(fitting) >= len(others):  # else remarks, some with a number
            if len(fitting - others) >= FEWEST or (fitting and len(others - fitting) < len(others & fitting)):
                return headed  # as printed; sums that the others break are the publisher's
            tried.append(headed)
    if len(tried) == 1:
        return tried[0]
    best = max(tried, key=lambda it: (len(_fitting_rows(view, it)), None in it.printed, bool(it.terms)))
    whole = whole_rows(view.marked.page, view.strips, len(best.printed))
    few = len(_fitting_rows(view, best)) * 2 <= sum(map(any, whole.values()))
    return tried[0] if view.reordered and few else best  # a row or two add up in any order


def _is_undecided(view: BlockHeaders, columns: Columns) -> bool:
    """Whether headers are read in another order, as two levels may be, and few rows add up."""
    another = [column for column in columns.printed if column is not None] != list(view.in_reading_order)
    if len(view.in_reading_order) != view.width or not another or view.names_group:
        return False
    printed = {i for i, strip in view.strips.items() if any(c.digits.strip("0.") for c in strip.chunks)}
    total_last = (
        {i for i in printed if _ends_in_total(view.strips[i])} if _totals(view) == {view.width - 1} else set()
    )
    return len(_fitting_rows(view, columns) | total_last) * 2 < len(printed)


def _ends_in_total(strip: Strip) -> bool:
    """Whether a row's last number is the sum of the others, wherever it left cells empty."""
    reading = reading_of(strip.chunks)
    return reading is not None and len(reading.values) > 1 and sum(reading.values[:-1]) == reading.values[-1]


def _totals(view: BlockHeaders) -> set[int]:
    return {column for line in view.lines.values() for rule in line.sums for column in rule.right}


def _with_own(view: BlockHeaders, columns: Columns) -> Columns:
    """Some columns, with one of the publisher's own where rows show it."""
    lines = {index: printed_line(line, columns) for index, line in view.lines.items()}
    own = with_own_column(view.marked.page, lines, view.strips)
    if own is None:
        return columns
    printed = tuple(None if place is None else columns.printed[place] for place in own.printed)
    return Columns(printed, own.because, own.terms)


def _fitting_rows(view: BlockHeaders, columns: Columns) -> set[int]:
    """The rows that print all of some columns and add up so, not of zeros alone."""
    whole = whole_rows(view.marked.page, view.strips, len(columns.printed))
    return {
        index
        for index, values in whole.items()
        if any(values) and adds_up(printed_line(view.lines[index], columns), values)
    }


def _adds_up_with(view: BlockHeaders, columns: Columns, some: Set[int]) -> bool:
    """Whether a row adds up with a number in some of its columns that is not 0."""
    whole = whole_rows(view.marked.page, view.strips, len(columns.printed))
    places = [place for place, column in enumerate(columns.printed) if column in some]
    return any(whole[index][place] for index in _fitting_rows(view, columns) for place in places)


def _terms(view: BlockHeaders) -> set[int]:
    """All that headers may say but the totals: a sum tells its total, and of its terms no order."""
    return set(range(len(view.vocabulary.names.labels))) - _totals(view)


def _keeps_terms(view: BlockHeaders, columns: Columns) -> bool:
    """Whether columns have the terms of the sums in the form's order: of another, no sum tells."""
    terms = _terms(view)
    kept = [column for column in columns.printed if column in terms]
    return kept == sorted(kept)


def _lacks_column(view: BlockHeaders) -> bool:
    """Whether every row prints as many cells as the others, marks of blanks among them, and too few."""
    printed = [strip.chunks for strip in view.strips.values()]
    (count, *others) = {len(chunks) for chunks in printed}
    marked = any(chunk.is_mark for chunks in printed for chunk in chunks)
    return not others and marked and 0 < count < view.width and len(printed) > FEWEST


def _without_the_added(view: BlockHeaders, columns: Columns) -> frozenset[int]:
    """Rows with no more numbers than the form's columns: one may be the added one's, unless all add up."""
    short = {i for i, strip in view.strips.items() if len(strip.chunks) <= view.width}
    printed = frozenset(i for i in short if any(c.digits.strip("0") for c in view.strips[i].chunks))
    return frozenset() if printed <= _fitting_rows(view, columns) else printed


def _prints_each(view: BlockHeaders, order: Sequence[int | None]) -> bool:
    """Whether every row that prints something prints it under each of some headers."""
    whole = whole_rows(view.marked.page, view.strips, len(order))
    return all(index in whole for index, strip in view.strips.items() if strip.chunks)


def _prints_as_many(view: BlockHeaders, lacking: int) -> bool:
    """Whether rows may print more columns than are named, of which so many are not."""
    most = max(len(strip.chunks) for strip in view.strips.values())
    whole = whole_rows(view.marked.page, view.strips, view.width)
    return bool(whole) or most > view.width - lacking or view.in_pieces or view.foreign > 0
