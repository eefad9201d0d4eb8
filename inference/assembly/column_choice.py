"""Decide once a table which columns it prints, and in which order.

Flow:  found table, headers -> **choice of columns** -> printed lines -> line readings

Where headers stand on the page, a number's column is its header's; where rows add up, their sums have a say.
Where nothing tells the columns of rows, these are open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gouji.inference.assembly.band_columns import band_in_columns
from gouji.inference.assembly.block_headers import BlockHeaders
from gouji.inference.assembly.by_headers import by_headers
from gouji.inference.assembly.by_sums import by_sums
from gouji.inference.assembly.columns import (
    HEADERS,
    Choice,
    Columns,
    before_edge,
    printed_line,
    without_header,
)
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.split_columns import split_columns
from gouji.model.labels import Span


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
        choice = _choice(BlockHeaders(marked, found, own, found.heads.get(min(own), ())))
        lines = (printed_line(line, choice.columns) if line.block is block else line for line in found.lines)
        found = replace(found, lines=tuple(lines)).doubted(choice.open, choice.doubt)
        headed = headed and choice.headed
    return replace(found, headed=headed)


def _choice(view: BlockHeaders) -> Choice:
    """The columns of a block's rows."""
    cells = view.cells_before_edge
    if cells and [column for column, _ in view.leaves][:cells] == list(range(cells)):
        return Choice(before_edge(cells))
    if not view.leaves and all(chunk.unread for strip in view.strips.values() for chunk in strip.chunks):
        # Neither a header nor a number that is read: the rows may be headers themselves, or be cut off.
        return without_header(view.width, view.lines)
    split = split_columns(view)
    if split is not None:
        return Choice(split, headed=True)
    choice = by_sums(view) if view.lines[min(view.lines)].sums else by_headers(view)
    printed = choice.columns.printed
    again = view.is_named_again and None not in printed
    if view.has_unread_header or again or view.may_head_another(printed):
        return Choice(choice.columns, frozenset(view.lines))
    if cells == view.width and view.named == set(range(cells)) and not view.foreign:
        return replace(choice, columns=replace(choice.columns, cut_off=True))  # all of the form's are left
    return choice


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
    if not view.told:
        return found
    if None in view.order or len(view.told) < view.width:
        return None
    columns = Columns(view.told, HEADERS)
    return replace(found, lines=tuple(printed_line(line, columns) for line in found.lines))
