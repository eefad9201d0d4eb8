"""Read rows whose numbers stand under column labels other than the form's.

Flow:  strips, column labels -> **heads** -> rows -> one reading of the page

Publishers add columns of their own, and some tools print a cell once for each grid column
that it spans. Where no sum can tell, the printed labels do.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from gouji.inference.assembly.doubts.raised_in_rows import HEADERS_BESIDE_ANOTHER, TOO_MANY_READINGS
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.known_cells import in_cells
from gouji.inference.assembly.line_readings import LineReadings, reading_of
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.readings import Reading, find_readings
from gouji.inference.assembly.strips import Chunk, Strip
from gouji.inference.assembly.wording import KEEN
from gouji.model.labels import Span


def under_heads(marked: MarkedPage, found: FoundTable, index: int, strip: Strip) -> LineReadings | None:
    """The readings of a row under more column labels than its block has columns.

    A publisher's own column (the block's `surplus`) is left out; a cell that was printed
    several times over has its label as often, and one value. With fewer numbers than labels,
    each number may stand under any label that keeps the order.
    """
    line = found.lines[index]
    columns = line.block.columns
    if line.sums or not strip.chunks:
        return None
    order = printed_columns(marked, found, index)
    if len(order) <= len(columns) or not set(range(len(columns))) <= set(order):
        return None
    under: list[list[Chunk]] = [[] for _ in range(max(order) + 1)]
    ordered = not interleave(marked, found.heads[index])
    if ordered and len(order) == len(strip.chunks):
        for column, chunk in zip(order, strip.chunks, strict=True):
            under[column].append(chunk)
        if all(len({chunk.digits for chunk in under[column]}) == 1 for column in range(len(columns))):
            reading = reading_of([under[column][0] for column in range(len(columns))])
            return None if reading is None else LineReadings(strip, (reading,), shown=True)
    if len(order) != len(set(order)):
        # Under a publisher's own column a number may stand that is none of the form's; and of two alike, one
        # may be the other printed again, for the second column that its cell spans.
        alike = order == sorted(order) and any(
            a.digits == b.digits not in ("", "0") for a, b in pairwise(strip.chunks)
        )
        untold = max(order) >= len(columns) or alike
        return LineReadings(strip, ()).doubted(HEADERS_BESIDE_ANOTHER) if untold else None
    kept = [order.index(column) for column in range(len(columns))]
    known = in_cells(marked.page, len(order), strip)
    if known is not None and known.known:
        unsure = frozenset(kept.index(column) for column in known.unsure if column in kept)
        return replace(known, readings=(_narrowed(known.readings[0], kept),), unsure=unsure)
    if not ordered:
        return LineReadings(strip, ()).doubted(HEADERS_BESIDE_ANOTHER)
    wide = find_readings(strip.chunks, len(order))
    narrow = {own.values: own for own in (_narrowed(reading, kept) for reading in wide.found)}
    read = LineReadings(strip, tuple(narrow.values()))
    if not narrow:
        return read.doubted(HEADERS_BESIDE_ANOTHER)
    return read.doubted(TOO_MANY_READINGS) if wide.more else read


def interleave(marked: MarkedPage, heads: Sequence[Span]) -> bool:
    """Whether labels wrapped beside each other come line by line: then their order is not the columns'.

    So it is where some share a line, and one on a lower line stands further left than one above it.
    """
    text = marked.page.folded
    lines = [text.rfind("\n", 0, head.start) for head in heads]
    if len(set(lines)) in (1, len(lines)):
        return False
    places = [head.start - line for head, line in zip(heads, lines, strict=True)]
    return places != sorted(places)


def named_columns(marked: MarkedPage, found: FoundTable) -> set[int]:
    """The columns whose labels stand above a table; behind the form's those of publishers' own."""
    first = min(found.strips)
    heads = [marked.page.text[head.start : head.end] for head in found.heads[first]]
    pairs = [a + b for a, b in pairwise(heads)]  # a label may be printed in two pieces
    matches = found.lines[first].heads.matches
    return {column for label in (*heads, *pairs) for column, score in matches(label) if score >= KEEN}


def printed_columns(marked: MarkedPage, found: FoundTable, index: int) -> list[int]:
    """For each column label above a row, in order, the index of the column it names.

    The block's columns come first, its surplus columns behind them. Other headings (信息内容) name none.
    """
    order = []
    for head in found.heads.get(index, ()):
        matches = found.lines[index].heads.matches(marked.page.text[head.start : head.end])
        if matches:
            likeliest, _ = max(matches, key=lambda match: match[1])
            order.append(likeliest)
    return order


def _narrowed(reading: Reading, kept: Sequence[int]) -> Reading:
    """The reading of the columns at some places alone."""
    return Reading(tuple(reading.values[i] for i in kept), tuple(reading.prints[i] for i in kept))
