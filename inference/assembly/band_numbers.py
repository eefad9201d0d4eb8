"""Collect the numbers of a band: those behind its column labels, or part by part.

Flow:  column labels of a band -> **numbers of a band** -> strip -> found table

行政复议 and 行政诉讼 may be two tables, or each row stands on its own line. Behind the labels of a part
stand as many numbers as its rows have cells: with one more, or one fewer, nothing is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from gouji.inference.assembly.collector import collect_strip, judged
from gouji.inference.assembly.lines import Line
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.numbering import numbers_of_columns
from gouji.inference.assembly.strips import Chunk, Strip
from gouji.inference.assembly.wording import Wordings, named
from gouji.model.label_words import bare
from gouji.model.labels import Span


def behind_labels(marked: MarkedPage, start: int, end: int, line: Line) -> tuple[Strip, frozenset[int]]:
    """What stands between two places, less numbers that count the columns; where these begin."""
    width = len(line.keys)
    strip = collect_strip(marked, start, end, expected=width, signed=not line.sums, band=True)
    counted = numbers_of_columns(replace(strip, chunks=strip.chunks[:width]), line)
    if counted:
        begin = strip.chunks[width - 1].print_end
        strip = collect_strip(marked, begin, end, expected=width, signed=not line.sums, band=True)
    return strip, counted


def in_parts(marked: MarkedPage, heads: Sequence[Span], end: int, line: Line) -> Strip | None:
    """The numbers of a band in the form's order; None where they do not stand in parts, row by row.

    Args:
        marked: The page with its tokens and their tags.
        heads: The labels of the band's rows and columns.
        end: Where the band ends, in characters.
        line: Its one line.
    """
    block, width = line.block, len(line.block.columns)
    strip = collect_strip(marked, heads[0].start, end, expected=len(line.keys), signed=not line.sums)
    printed = sorted((*strip.chunks, *strip.strays), key=lambda chunk: chunk.start)
    numbers = [judged(marked, chunk, 0, signed=False) for chunk in printed if chunk.is_mark or chunk.tagged]
    if not _is_all(marked, [*heads, *numbers]):
        return None
    names = Wordings([*block.columns, *block.groups])
    rows: list[int] = []
    columns: list[int] = []
    begins: list[int] = []  # where the numbers of each row begin, by how many stand before them
    for head in heads:
        text = marked.page.text[head.start : head.end]
        own = [row for row, label in enumerate(block.rows) if bare(label.label) in bare(text)]
        column = named(names, text)
        if len(own) == 1:
            rows.append(own[0])
            begins.append(sum(chunk.start < head.start for chunk in numbers))
        elif column is not None and column < width:
            columns.append(column)
        elif column is None and head is not heads[0]:
            return None
        elif sum(chunk.start < head.start for chunk in numbers) != len(rows) * width:
            return None  # the heading over a group bears numbers
    whole = sorted(rows) == list(range(len(block.rows))) and len(numbers) == len(line.keys)
    if not whole or any(chunk.unread for chunk in numbers) or not _follow(begins, width):
        return None
    if columns != [*range(width)] * (len(columns) // width):
        return None
    parts: list[Chunk] = []
    for row in range(len(rows)):
        place = rows.index(row) * width
        parts += numbers[place : place + width]
    return replace(strip, chunks=tuple(parts), gaps=(" ",) * (len(parts) + 1), strays=(), seen=frozenset())


def _is_all(marked: MarkedPage, printed: Sequence[Span | Chunk]) -> bool:
    """Whether no word and no number stands among some print."""
    order = sorted(printed, key=lambda each: each.start)
    gaps = (marked.page.text[one.end : other.start] for one, other in pairwise(order))
    return not any(character.isalnum() for gap in gaps for character in gap)


def _follow(begins: Sequence[int], width: int) -> bool:
    """Whether behind each run of row labels stand as many numbers as these rows have cells."""
    return all(begin == width * begins.index(begin) for begin in begins)
