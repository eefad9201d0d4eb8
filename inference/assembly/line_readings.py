"""The ways to read one printed line, from the plainest to the most worked out.

Flow:  strips -> **line readings** -> rows -> one reading of the page

Each way answers with readings, or with None where the line is not of its kind. A line that
is shown plainly has one reading, whatever the arithmetic says of it: print wins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gouji.inference.assembly.collector import DOUBTFUL
from gouji.inference.assembly.gaps import Blanks
from gouji.inference.assembly.lines import Line
from gouji.inference.assembly.readings import Reading, find_readings
from gouji.inference.assembly.search import PRINTED, Effort, Print, RowSum, number_of
from gouji.inference.assembly.strips import Chunk, Strip
from gouji.inference.extraction import Number

MOST_LINES = 3  # lines of one wrapped row; seven numbers on three lines interleave in 140 ways at most


@dataclass(frozen=True, slots=True)
class LineReadings:
    """What one line may say, and the strip that it was read from.

    `shown`: the layout itself shows the place of every value. `more`: not every reading is
    listed, so that the listed ones prove nothing. `torn`: its sums allow no reading at all, or it has
    so many numbers too many that some are another row's.
    `claimed`: by one sum's word, neighbours are joined where cells are parted, or a number is too many.
    `cut`: there are more readings than are looked through.
    `known`: the file itself says which cell is empty. `unsure`: the columns of which it does not say what
    their cell holds, though it says all the others.
    """

    strip: Strip
    readings: tuple[Reading, ...]
    shown: bool = False
    more: bool = False
    torn: bool = False
    claimed: bool = False
    cut: bool = False
    known: bool = False
    unsure: frozenset[int] = frozenset()


def holds(sums: Sequence[RowSum], reading: Reading) -> bool:
    return all(rule.holds(reading.values) for rule in sums)


def reading_of(chunks: Sequence[Chunk | None]) -> Reading | None:
    """The reading in which each chunk is one cell; None where a chunk is no number."""
    values: list[Number] = []
    prints: list[Print | None] = []
    for chunk in chunks:
        if chunk is None or chunk.is_mark:
            values.append(0)
        elif PRINTED.fullmatch(chunk.digits):
            values.append(number_of(chunk.digits))
        else:
            return None
        prints.append(None if chunk is None else Print(chunk.start, chunk.end, chunk, whole=True))
    return Reading(tuple(values), tuple(prints))


def over_lines(line: Line, strip: Strip) -> LineReadings | None:
    """A full row whose numbers stand on several lines, as in a ruled cell that was wrapped.

    What stands on one line keeps its order; how the lines interleave, only the sums tell.
    """
    parts = _physical_lines(strip)
    if len(strip.chunks) != len(line.keys) or not line.sums or reading_of(strip.chunks) is None:
        return None
    if not 1 < len(parts) <= MOST_LINES or all(len(part) == 1 for part in parts):
        return None
    found: dict[tuple[Number, ...], Reading] = {}
    for order in _interleaved(parts):
        reading = reading_of(order)
        if reading is not None and holds(line.sums, reading):
            found.setdefault(reading.values, reading)
    return LineReadings(strip, tuple(found.values()), shown=len(found) == 1, more=not found, torn=not found)


def _physical_lines(strip: Strip) -> list[tuple[Chunk, ...]]:
    """The chunks of a strip, line by line."""
    parts: list[tuple[Chunk, ...]] = [()]
    for place, chunk in enumerate(strip.chunks):
        if place and "\n" in strip.gaps[place]:
            parts.append(())
        parts[-1] = (*parts[-1], chunk)
    return parts


def _interleaved(parts: Sequence[tuple[Chunk, ...]]) -> Iterator[tuple[Chunk, ...]]:
    """Every order of the chunks that keeps the order within each line."""
    rest = [part for part in parts if part]
    if not rest:
        yield ()
    for index, part in enumerate(rest):
        for tail in _interleaved([*rest[:index], part[1:], *rest[index + 1 :]]):
            yield (part[0], *tail)


def plain(line: Line, strip: Strip, *, shown: bool, glued: bool = False) -> LineReadings | None:
    """A number, or a blank's mark, for every column; or nothing at all behind the label."""
    if glued and not line.sums and line.block.surplus:
        return None  # with a column of the publisher's own, there may be one more than the form has
    if not strip.chunks and not strip.strays and not strip.page_marks:
        nothing: list[Chunk | None] = [None] * len(line.keys)
        reading = reading_of(nothing)
    elif len(strip.chunks) == len(line.keys):
        reading = reading_of(strip.chunks)
    else:
        reading = None
    if reading is None or (
        not holds(line.sums, reading) and any(c.confidence < DOUBTFUL for c in strip.chunks)
    ):
        return None  # what the tagger doubts does not stand against the sums
    return LineReadings(strip, (reading,), shown=shown)


def with_blanks(
    line: Line, strip: Strip, blanks: Blanks, glued: bool, effort: Effort | None = None
) -> LineReadings | None:
    """The places that the layout leaves for the chunks; one place is shown, several are open."""
    edges = (blanks.leading, blanks.trailing)
    found = find_readings(
        strip.chunks, len(line.keys), line.sums, blanks=blanks.inner, edges=edges, split=glued, effort=effort
    )
    if not found.found and not glued and not blanks.to_confirm:
        # Print that contradicts itself, where it leaves no choice of place; if the same numbers add up in
        # other places, or cut in two, a blank or a border may as well have been lost.
        found = find_readings(
            strip.chunks, len(line.keys), (), blanks=blanks.inner, edges=edges, effort=effort
        )
        elsewhere = find_readings(strip.chunks, len(line.keys), line.sums, split=True, effort=effort)
        if len(found.found) > 1:
            return None
        if found.found and (elsewhere.found or elsewhere.more):
            return LineReadings(strip, (*found.found, *elsewhere.found), more=True)
    if not found.found:
        return None
    return LineReadings(strip, found.found, len(found.found) == 1 and not glued, found.more, cut=found.more)


def worked_out(line: Line, strip: Strip, glued: bool, effort: Effort | None = None) -> LineReadings:
    """Every reading that the row's sums allow; without any, those that they do not, and more."""
    columns, chunks = len(line.keys), strip.chunks
    tries: list[tuple[bool, bool]] = [(glued, len(chunks) > columns)]  # split, surplus
    if line.sums and not glued:
        tries.append((True, False))  # two neighbours joined in one row of a table that is not glued
    for split, surplus in tries:
        found = find_readings(chunks, columns, line.sums, split=split, surplus=surplus, effort=effort)
        if found.found or found.more:
            # Without sums nothing tells which of too many numbers is whole, nor how many columns there are;
            # and of several too many some may be another row's, whose label was lost.
            unsure = len(chunks) > columns + 1 or (
                not line.sums
                and (surplus or (split and (bool(line.block.surplus) or any(c.is_mark for c in chunks))))
            )
            # Nor that a long number among too few is one, where a separator may have been lost.
            unsure = unsure or (
                not line.sums
                and not split
                and len(chunks) < columns
                and any(len(c.digits) > 1 for c in chunks)
            )
            return LineReadings(
                strip,
                found.found,
                more=found.more or unsure,
                torn=bool(line.sums) and len(chunks) > columns + 1,
                claimed=(split or surplus) and not glued and _is_one_sums_word(line, found.found),
                cut=found.more,
            )
    found = find_readings(chunks, columns, (), surplus=len(chunks) > columns, effort=effort)
    return LineReadings(strip, found.found, more=True, torn=bool(line.sums), cut=found.more)


def _is_one_sums_word(line: Line, found: Sequence[Reading]) -> bool:
    """Whether readings rest on one sum: those of a band whose other rows print nothing say nothing."""
    return bool(line.sums) and any(
        sum(bool(reading.values[rule.right[0]]) for rule in line.sums) < 2 for reading in found
    )
