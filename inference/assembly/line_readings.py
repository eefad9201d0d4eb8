"""The ways to read one printed line, from the plainest to the most worked out.

Flow:  strips -> **line readings** -> rows -> one reading of the page

Each way answers with readings, or with None where the line is not of its kind. A line that
is shown plainly has one reading, whatever the arithmetic says of it: print wins.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import NamedTuple

from gouji.inference.assembly.doubt import NONE, Doubt, Doubts, less
from gouji.inference.assembly.doubts.raised_in_rows import (
    ADDS_UP_ELSEWHERE,
    COLUMNS_WITHOUT_SUM,
    LONG_AMONG_FEW,
    NO_READING,
    ONE_SUMS_WORD,
    SEVERAL_TOO_MANY,
    TOO_MANY_READINGS,
    TOO_MANY_WITHOUT_SUM,
    TOTALS_OF_NOUGHT,
)
from gouji.inference.assembly.gaps import Blanks
from gouji.inference.assembly.lines import Line
from gouji.inference.assembly.readings import Reading, Readings, find_readings
from gouji.inference.assembly.search import PRINTED, Effort, Print, number_of
from gouji.inference.assembly.strips import DOUBTFUL, Chunk, Strip
from gouji.inference.assembly.sums import Sum
from gouji.inference.extraction import Answers, Number

MOST_LINES = 3  # lines of one wrapped row; seven numbers on three lines interleave in 140 ways at most


class LineReadings(NamedTuple):
    """What one line may say, and the strip that it was read from.

    `shown`: the layout itself shows the place of every value. `doubts`: what stands against the row; with
    any, not every reading is listed, so that the listed ones prove nothing. `claims`: what stands against it
    unless sums of columns confirm it.
    `known`: the file itself says which cell is empty. `unsure`: the columns of which it does not say what
    their cell holds, though it says all the others. `together`: its places were worked out from all rows or
    headers of its table together, which prints a column that the form does not have, or leaves one out.
    """

    strip: Strip
    readings: tuple[Reading, ...]
    shown: bool = False
    doubts: Doubts = NONE
    claims: Doubts = NONE
    known: bool = False
    unsure: frozenset[int] = frozenset()
    together: bool = False

    @property
    def is_open(self) -> bool:
        """Whether something stands against the row, or several readings are left of it."""
        return bool(self.doubts) or len(self.readings) != 1

    def doubted(self, *doubts: Doubt) -> LineReadings:
        """The line with further doubts."""
        return self._replace(doubts=self.doubts.union(doubts)) if doubts else self

    def less(self, off: Collection[str]) -> LineReadings:
        """The line without the doubts that are switched off."""
        return self._replace(doubts=less(self.doubts, off), claims=less(self.claims, off)) if off else self


def holds(sums: Sequence[Sum], reading: Reading) -> bool:
    return all(rule.holds(reading.values) for rule in sums)


def agrees(line: Line, reading: Reading, answers: Answers) -> bool:
    """Whether a reading says what a person has answered; a blank is 0."""
    pairs = zip(line.keys, reading.values, strict=True)
    return all(value == (answers[key].value or 0) for key, value in pairs if key in answers)


def reading_of(chunks: Sequence[Chunk | None]) -> Reading | None:
    """The reading in which each chunk is one cell; None where a chunk is no number."""
    values: list[Number] = []
    prints: list[Print | None] = []
    for chunk in chunks:
        digits = "" if chunk is None else chunk.digits  # a blank's mark has none
        if digits and not PRINTED.fullmatch(digits):
            return None
        values.append(number_of(digits) if digits else 0)
        prints.append(None if chunk is None else Print(chunk.start, chunk.end, chunk, whole=True))
    return Reading(tuple(values), tuple(prints))


def over_lines(line: Line, strip: Strip) -> LineReadings | None:
    """A full row whose numbers stand on several lines, as in a ruled cell that was wrapped.

    What stands on one line keeps its order; how the lines interleave, only the sums tell.
    """
    if len(strip.chunks) != len(line.keys) or not line.sums:
        return None
    parts = _physical_lines(strip)
    if len(parts) > MOST_LINES or not is_wrapped(strip) or reading_of(strip.chunks) is None:
        return None
    orders = map(reading_of, _interleaved(parts, line.sums))
    found = [reading for reading in orders if reading is not None]
    read = LineReadings(strip, tuple(found), shown=len(found) == 1)
    return read if found else read.doubted(NO_READING)


def is_wrapped(strip: Strip) -> bool:
    """Whether a row's numbers stand on several lines, and several on one: these may be parts of its cells."""
    parts = _physical_lines(strip)
    return len(parts) > 1 and any(len(part) > 1 for part in parts)


def _physical_lines(strip: Strip) -> list[tuple[Chunk, ...]]:
    """The chunks of a strip, line by line."""
    parts: list[tuple[Chunk, ...]] = [()]
    for place, chunk in enumerate(strip.chunks):
        if place and "\n" in strip.gaps[place]:
            parts.append(())
        parts[-1] = (*parts[-1], chunk)
    return parts


def _interleaved(parts: Sequence[tuple[Chunk, ...]], sums: Sequence[Sum]) -> Iterable[tuple[Chunk, ...]]:
    """The orders of chunks, all numbers or marks, that keep the order within each line and that sums allow.

    Of those with the same values the first; a sum is asked as soon as its columns are filled.
    """
    begun: dict[tuple[tuple[Number, ...], tuple[int, ...]], tuple[Chunk, ...]] = {((), (0,) * len(parts)): ()}
    for column in range(sum(map(len, parts))):
        due = [rule for rule in sums if rule.last == column]
        longer: dict[tuple[tuple[Number, ...], tuple[int, ...]], tuple[Chunk, ...]] = {}
        for (values, taken), order in begun.items():
            for place, part in enumerate(parts):
                if taken[place] < len(part):
                    chunk = part[taken[place]]
                    filled = (*values, 0 if chunk.is_mark else number_of(chunk.digits))
                    if all(rule.holds(filled) for rule in due):
                        rest = (*taken[:place], taken[place] + 1, *taken[place + 1 :])
                        longer.setdefault((filled, rest), (*order, chunk))
        begun = longer
    return begun.values()


def plain(line: Line, strip: Strip, *, shown: bool, glued: bool = False) -> LineReadings | None:
    """A number, or a blank's mark, for every column; or nothing at all behind the label."""
    if glued and not line.sums and line.block.surplus:
        return None  # with a column of the publisher's own, there may be one more than the form has
    if not strip.chunks and not strip.strays and not strip.page_marks:
        reading: Reading | None = Reading((0,) * len(line.keys), (None,) * len(line.keys))
    else:
        reading = reading_of(strip.chunks) if len(strip.chunks) == len(line.keys) else None
    doubtful = any(chunk.confidence < DOUBTFUL for chunk in strip.chunks)
    if reading is None or (doubtful and not holds(line.sums, reading)):
        return None  # what the tagger doubts does not stand against the sums
    return LineReadings(strip, (reading,), shown=shown)


def with_blanks(
    line: Line, strip: Strip, blanks: Blanks, glued: bool, effort: Effort | None = None
) -> LineReadings | None:
    """The places that the layout leaves for the chunks; one place is shown, several are open."""
    chunks, columns, inner = strip.chunks, len(line.keys), blanks.inner
    edges = (blanks.leading, blanks.trailing)
    found = find_readings(chunks, columns, line.sums, blanks=inner, edges=edges, split=glued, effort=effort)
    if not found.found and not glued and not blanks.to_confirm:
        # Print that contradicts itself, where it leaves no choice of place; if the same numbers add up in
        # other places, or cut in two, a blank or a border may as well have been lost.
        found = find_readings(chunks, columns, (), blanks=inner, edges=edges, effort=effort)
        elsewhere = find_readings(chunks, columns, line.sums, split=True, effort=effort)
        if len(found.found) > 1:
            return None
        if found.found and (elsewhere.found or elsewhere.more):
            return LineReadings(strip, (*found.found, *elsewhere.found)).doubted(ADDS_UP_ELSEWHERE)
    if not found.found:
        return None
    return _listed(LineReadings(strip, found.found, len(found.found) == 1 and not glued), found)


def worked_out(line: Line, strip: Strip, glued: bool, effort: Effort | None = None) -> LineReadings:
    """Every reading that the row's sums allow; without any, those that they do not, and more."""
    columns, chunks = len(line.keys), strip.chunks
    tries: list[tuple[bool, bool]] = [(glued, len(chunks) > columns)]  # split, surplus
    if line.sums and not glued:
        tries.append((True, False))  # two neighbours joined in one row of a table that is not glued
    for split, surplus in tries:
        found = find_readings(chunks, columns, line.sums, split=split, surplus=surplus, effort=effort)
        if found.found or found.more:
            by_one = (split or surplus) and not glued and _is_one_sums_word(line, found.found)
            claims = frozenset((ONE_SUMS_WORD,)) if by_one else NONE
            read = _listed(LineReadings(strip, found.found, claims=claims), found)
            return read.doubted(*_untold(line, chunks, found.found, split=split, surplus=surplus))
    found = find_readings(chunks, columns, (), surplus=len(chunks) > columns, effort=effort)
    return _listed(LineReadings(strip, found.found), found).doubted(NO_READING)


def _listed(read: LineReadings, found: Readings) -> LineReadings:
    """The line, which says so where a search for its readings was cut short."""
    return read.doubted(TOO_MANY_READINGS) if found.more else read


def _untold(
    line: Line, chunks: Sequence[Chunk], found: Sequence[Reading], *, split: bool, surplus: bool
) -> Iterator[Doubt]:
    """What sums would have to tell of a row's numbers; sums of zeros prove nothing beside other numbers."""
    columns = len(line.keys)
    if len(chunks) > columns + 1:
        yield SEVERAL_TOO_MANY
    if not line.sums:
        if surplus:
            yield TOO_MANY_WITHOUT_SUM
        if split and (line.block.surplus or any(chunk.is_mark for chunk in chunks)):
            yield COLUMNS_WITHOUT_SUM
        if not split and len(chunks) < columns and any(len(chunk.digits) > 1 for chunk in chunks):
            yield LONG_AMONG_FEW
    elif not all(chunk.is_mark or chunk.is_nought for chunk in chunks):
        if surplus and not all(any(reading.values) for reading in found):
            yield TOO_MANY_WITHOUT_SUM
        if len(line.sums) > 1 and len(chunks) < columns and _may_total_nought(line, chunks):
            yield TOTALS_OF_NOUGHT


def _may_total_nought(line: Line, chunks: Sequence[Chunk]) -> bool:
    """Whether a band that lost blanks can be cut at zeros into its rows, each some terms and a total of 0."""
    ends = {0}  # of the groups so far
    for rule in line.sums:
        ends = {
            end
            for start in ends
            for end in range(start + 1, min(start + len(rule.left) + 1, len(chunks)) + 1)
            if chunks[end - 1].is_nought
        }
    return len(chunks) in ends


def _is_one_sums_word(line: Line, found: Sequence[Reading]) -> bool:
    """Whether readings rest on one sum: no column binds a band, so that a row may cut what others part."""
    return bool(line.sums) and any(
        sum(bool(reading.values[rule.right[0]]) for rule in line.sums) < 2
        or len({place.whole for place in reading.prints if place is not None}) > 1
        for reading in found
    )
