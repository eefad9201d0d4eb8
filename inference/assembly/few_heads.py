"""Find the rows under which columns are lacking, by the column labels that are printed above them.

Flow:  tables -> **rows that lack columns** -> rows -> one reading of the page

A sheet's edge may cut off a table that has no rules, and leave no trace but that the last columns have no
label. Then what a row does not print is not blank; which numbers are left, the file's cells may tell.
"""

from __future__ import annotations

from collections.abc import Mapping

from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.heads import printed_columns
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.strips import Strip
from gouji.model.label_words import bare


def lacking(marked: MarkedPage, found: FoundTable, strips: Mapping[int, Strip]) -> frozenset[int]:
    """The lines of blocks whose last columns have no label and no number in any row.

    Where no label is left at all, those of a table that prints no number either.
    """
    blocks: dict[int, list[int]] = {}
    for index in strips:
        blocks.setdefault(id(found.lines[index].block), []).append(index)
    empty = not any(strip.chunks for strip in strips.values())
    rows: set[int] = set()
    for indices in blocks.values():
        headed = [_heads(marked, found, index) for index in indices]
        left = max(headed)
        most = max(len(strips[index].chunks) for index in indices)
        width = len(found.lines[indices[0]].keys)
        if (left or empty) and max(left, most) < width and found.table.printed != "band":
            rows.update(indices)
    return frozenset(rows)


def _heads(marked: MarkedPage, found: FoundTable, index: int) -> int:
    """How many columns the labels above a row leave: all where these are not the form's first ones."""
    line = found.lines[index]
    over = {bare(head) for head in line.block.heads}
    heads = [marked.page.text[head.start : head.end] for head in found.heads.get(index, ())]
    order = printed_columns(marked, found, index)
    unknown = sum(bare(head) not in over and not line.heads.matches(head) for head in heads)
    first = order == list(range(len(order)))
    return len(order) + unknown if first else len(line.keys)
