"""The cells of a line, from what is left of its readings; and its numbers that no cell took.

Flow:  one reading of the page -> **cells** -> checks -> extraction

A value is given only where every reading that is left agrees on it. What is open says why.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from gouji.inference.assembly.answered import as_settled
from gouji.inference.assembly.likelihood import weights_of_values
from gouji.inference.assembly.line_readings import LineReadings
from gouji.inference.assembly.readings import Reading
from gouji.inference.assembly.strips import Chunk
from gouji.inference.extraction import NOTHING_ANSWERED, Answers, Cell, Note, Number, State, Unplaced
from gouji.inference.why import Why
from gouji.model.page import Page

CANDIDATES = 8  # values that an ambiguous cell lists
_SIGN = re.compile(r"[^\s\d.,/|—-]")
ZERO_WITHOUT_CELL = "a zero of this row whose cell cannot be told"
UNSURE = "the tagger is not sure enough whose it is"
BOUNDED = "there are more readings than are looked through"


def cells_of_line(
    page: Page, keys: Sequence[str], line: LineReadings, answers: Answers = NOTHING_ANSWERED
) -> Iterator[Cell]:
    """The cells of one line, in the order of its keys; those that a person has answered as he has."""
    cells = _cells_read(page, keys, line)
    if not answers:
        return cells
    told = ((cell, answers.get(cell.key)) for cell in cells)
    return (as_settled(page.text, c, line, cell, own) if own else cell for c, (cell, own) in enumerate(told))


def _cells_read(page: Page, keys: Sequence[str], line: LineReadings) -> Iterator[Cell]:
    likely = weights_of_values(keys, [one.values for one in line.readings]) if line.is_open and keys else []
    why = why_open(line) if line.is_open else ()
    several = len(line.readings) > 1
    against = bool(line.doubts) or not line.readings
    more = against or (several and _is_sign_anyones(page, line))
    for column, key in enumerate(keys):
        if column in line.unsure:
            printed = line.known or line.readings[0].prints[column] is not None
            unsure = Why.UNREAD_PRINT if printed else Why.BLANK_LOST
            yield _ambiguous(key, (), (), column, (unsure,), more=True)
        elif against or (several and len({reading.values[column] for reading in line.readings}) > 1):
            yield _ambiguous(key, line.readings, likely, column, why, more=more)
        else:
            yield _settled(page, key, line, column)


def _is_sign_anyones(page: Page, line: LineReadings) -> bool:
    """Whether a sign or a word stands among digits that ran together, where it may be either side's."""
    if all(place is None or place.whole for reading in line.readings for place in reading.prints):
        return False
    chunks = line.strip.chunks
    return _SIGN.search(page.folded, chunks[0].start, chunks[-1].print_end) is not None


def why_open(line: LineReadings) -> tuple[Why, ...]:
    """What stands against a line: its doubts, or that its print can be read in several ways, and how."""
    found = {doubt.why for doubt in line.doubts}
    if not found:
        found = {Why.RIVAL_READING}
        missing = len(line.readings[0].values) - len(line.strip.chunks) if line.readings else 0
        if missing:
            found.add(Why.BLANK_LOST if missing > 0 else Why.NUMBER_TOO_MANY)
        if any(place is not None and not place.whole for one in line.readings for place in one.prints):
            found.add(Why.DIGITS_JOINED)
    return tuple(sorted(found))


def opened(cell: Cell, *why: Why) -> Cell:
    """The cell, open though it has a value: what stands against it says that there may be others."""
    return Cell(cell.key, None, State.AMBIGUOUS, candidates=(cell.value,), more=True, why=tuple(sorted(why)))


def _settled(page: Page, key: str, line: LineReadings, column: int) -> Cell:
    """A cell on whose value every reading agrees."""
    value, printed = line.readings[0].values[column], line.readings[0].prints[column]
    # Equal numbers may each be the cell's: the value is settled, and one reading names them all once.
    if (
        not value
        and len(line.readings) > 1
        and any(reading.prints[column] != printed for reading in line.readings[1:])
    ):
        printed = None
    confidence = line.strip.confidence
    if printed is not None:
        confidence = min(confidence, printed.chunk.confidence)
        start, end, unit = printed.start, printed.end, None
        if printed.chunk.unit_end is not None and end == printed.chunk.end:
            end, unit = printed.chunk.unit_end, printed.chunk.unit
        raw = page.text[start:end]
        if printed.chunk.is_mark:
            return Cell(key, None, State.BLANK, raw, None, start, end, confidence)
        in_place = line.shown and printed.whole and not line.together
        state = State.READ if in_place else State.PLACED
        behind = printed.chunk.note
        note = None if behind is None else Note(page.text[slice(*behind)], *behind)
        return Cell(key, value, state, raw, unit, start, end, confidence, note=note)
    if len(line.readings) == 1 and (line.known or (line.shown and not _zeros_left(line))):
        return Cell(key, None, State.BLANK, confidence=confidence)
    return Cell(key, value, State.PLACED, confidence=confidence)


def _zeros_left(line: LineReadings) -> bool:
    """Whether the row prints zeros that no cell took: then which cells are blank is not shown."""
    taken = {printed.chunk for printed in line.readings[0].prints if printed is not None}
    return any(chunk.is_nought and chunk not in taken for chunk in line.strip.chunks)


def _ambiguous(
    key: str,
    readings: Sequence[Reading],
    likely: Sequence[float],
    column: int,
    why: tuple[Why, ...],
    *,
    more: bool,
) -> Cell:
    """A cell of which several values are left, the likeliest first; what is likely proves nothing."""
    values: dict[Number | None, float] = {}
    for reading, weight in zip(readings, likely, strict=True):
        printed = reading.values[column] or reading.prints[column] is not None
        value = reading.values[column] if printed else None
        values[value] = values.get(value, 0.0) + weight
    if None in values and 0 in values:  # 0 and blank are one reading
        values[0] += values.pop(None)
    ranked = tuple(sorted(values, key=lambda value: -values[value]))
    more = more or len(ranked) > CANDIDATES
    return Cell(key, None, State.AMBIGUOUS, candidates=ranked[:CANDIDATES], more=more, why=why)


def unplaced_of_line(
    page: Page, line: LineReadings, cells: Sequence[Cell], reason: str
) -> Iterator[Unplaced]:
    """The numbers of a line that no cell took, and why; `reason` where its cells are open."""
    taken = [(cell.start, cell.end) for cell in cells if cell.start is not None and cell.end is not None]
    starts = {start for start, _ in taken}
    zeros = all(cell.state is not State.AMBIGUOUS for cell in cells)
    against = {why for cell in cells for why in cell.why}
    if Why.TAGGER_UNSURE in against:
        reason = UNSURE
    elif Why.TOO_MANY_READINGS in against:
        reason = BOUNDED
    for chunk in line.strip.chunks:
        if chunk.start in starts or any(start < chunk.end and chunk.start < end for start, end in taken):
            continue
        why = reason
        if zeros:
            why = ZERO_WITHOUT_CELL if chunk.is_nought else "a number too many in its row"
        yield from unplaced(page, (chunk,), why)
    stray = (
        "its row is not in the form" if line.strip.foreign_row else "it follows other text, not a row's label"
    )
    beyond = (c for c in line.strip.strays if c.tagged and (c.start, c.unit_end or c.end) not in taken)
    yield from unplaced(page, beyond, stray)
    yield from unplaced(page, line.strip.page_marks, "page number")


def unplaced(page: Page, chunks: Iterable[Chunk], reason: str) -> Iterator[Unplaced]:
    """Numbers without a cell, each with its unit."""
    for chunk in chunks:
        if not chunk.is_mark:
            end = chunk.unit_end or chunk.end
            yield Unplaced(page.text[chunk.start : end], chunk.start, end, reason)
