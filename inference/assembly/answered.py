"""What a person has answered, as a constraint: of a line's readings those are left that agree with it.

Flow:  line readings -> **answers** -> choice -> matrix -> checks

An answer says what the page prints in one cell, and no more. It discards readings; it proves none, so that a
line against which something stands stays open but for the cells answered. One whose cells are all answered
is known, and takes part in the sums of columns as a line that is shown. Where an answer agrees with no
reading, whatever the line was read by does not hold, and its other cells are open.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from gouji.inference.assembly.doubt import Doubt, Family
from gouji.inference.assembly.doubts.raised_in_rows import TORN
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.line_readings import LineReadings, holds
from gouji.inference.assembly.lines import Line
from gouji.inference.assembly.readings import Reading
from gouji.inference.assembly.search import PRINTED, Print, number_of
from gouji.inference.assembly.strips import Chunk, Strip
from gouji.inference.extraction import Answers, Cell, Number
from gouji.inference.why import Why

# About no print, so that it is none of the catalogue's.
ANSWERED_OTHERWISE = Doubt(
    "answered_otherwise",
    Family.CONTRADICTION,
    Why.ANSWERED_OTHERWISE,
    "No reading of the row agrees with what a person has answered.",
)


def told_lines(
    found: FoundTable, read: Mapping[int, LineReadings], answers: Answers
) -> dict[int, LineReadings]:
    """The lines of a table, those known whose cells are all answered, of a row without a label too."""
    told = {index: line for index, line in enumerate(found.lines) if answers.keys() >= set(line.keys)}
    return {**read, **{index: _told(line, read.get(index), answers) for index, line in told.items()}}


def less_torn(
    found: FoundTable, read: Mapping[int, LineReadings], answers: Answers
) -> dict[int, LineReadings]:
    """The lines, of which those say no more that labels and numbers were torn apart that were answered so.

    A row that breaks its sums may have another's numbers behind its label. If what a person answers to all of
    its cells is what stands there, they are its own.
    """
    lines = dict(read)
    for index, own in read.items():
        line = found.lines[index]
        if own.doubts & TORN and answers.keys() >= set(line.keys) and _spelled(line, own.strip, answers):
            lines[index] = own._replace(doubts=own.doubts - TORN)
    return lines


def under(line: Line, read: LineReadings, answers: Answers) -> LineReadings:
    """What is left of a line's readings under answers to some of its cells."""
    own = _own(line, answers)
    if not own or len(own) == len(line.keys):
        return read
    free = {column for column in own if column in read.unsure}
    kept = tuple(
        _with(reading, {column: own[column] for column in free})
        for reading in read.readings
        if all(reading.values[c] == (cell.value or 0) for c, cell in own.items() if c not in free)
    )
    left = read._replace(readings=kept, unsure=read.unsure - free)
    if not kept:
        return _otherwise(line, read, own)
    absent = any(cell.settled is not None and cell.settled.absent for cell in own.values())
    return left.doubted(ANSWERED_OTHERWISE) if absent and len(kept) > 1 else left


def agreeing(line: Line, read: LineReadings, answers: Answers) -> LineReadings:
    """What is left of a line under answers; the line itself where they agree with none of its readings."""
    left = under(line, read, answers)
    return left if left.doubts == read.doubts else read


def with_answers(line: Line, reading: Reading, answers: Answers) -> Reading:
    """A reading, with what is answered in place of what it says."""
    own = _own(line, answers)
    return _with(reading, own) if own else reading


def as_settled(page_text: str, column: int, read: LineReadings, cell: Cell, answer: Cell) -> Cell:
    """A settled cell, with where it is printed, if the line or its readings tell.

    Args:
        page_text: The page's text.
        column: The cell's, in its line.
        read: What is left of the line's readings.
        cell: The cell as they say.
        answer: The cell as a person does.
    """
    if answer.settled is not None and answer.settled.absent:
        return answer
    if cell.state.is_settled and cell.start is not None and (cell.value or 0) == (answer.value or 0):
        return replace(answer, raw=cell.raw, start=cell.start, end=cell.end, unit=cell.unit, note=cell.note)
    if answer.value is None:
        return answer
    agreeing = {r.prints[column] for r in read.readings if r.values[column] == answer.value}
    alike = [(c.start, c.end) for c in read.strip.chunks if _value(c) == answer.value]
    places = {(place.start, place.end) for place in agreeing if place is not None} or set(alike)
    if len(places) != 1 or len(alike) > 1:
        return answer
    ((start, end),) = places
    return replace(answer, raw=page_text[start:end], start=start, end=end)


def _told(line: Line, read: LineReadings | None, answers: Answers) -> LineReadings:
    """A line of which every cell is answered."""
    cells = [answers[key] for key in line.keys]
    values = tuple(cell.value or 0 for cell in cells)
    strip = read.strip if read is not None else Strip(None, (), ("",))
    prints = next((r.prints for r in read.readings if r.values == values), None) if read is not None else None
    prints = prints or _spelled(line, strip, answers) or (None,) * len(values)
    told = LineReadings(strip, (Reading(values, prints),), shown=True, known=True)
    lost = any(cell.settled is not None and cell.settled.absent for cell in cells)
    return told.doubted(ANSWERED_OTHERWISE) if lost else told  # what is not there adds up to nothing


def _spelled(line: Line, strip: Strip, answers: Answers) -> tuple[Print | None, ...] | None:
    """Where a line's answers are printed, if they are all that its strip prints, in order; else None."""
    left = list(strip.chunks)
    prints: list[Print | None] = []
    for key in line.keys:
        value = answers[key].value
        if left and _value(left[0]) == value:
            chunk = left.pop(0)
            prints.append(Print(chunk.start, chunk.end, chunk, whole=True))
        elif value:
            return None
        else:
            prints.append(None)
    return tuple(prints) if not left and any(answers[key].value for key in line.keys) else None


def _otherwise(line: Line, read: LineReadings, own: Mapping[int, Cell]) -> LineReadings:
    """A line of which no reading agrees with its answers.

    Its cells stay where the file knows them, or where the answers alone make all of its sums true.
    """
    if read.doubts or len(read.readings) != 1:
        return read.doubted(ANSWERED_OTHERWISE)
    (reading,) = read.readings
    corrected = _with(reading, own)
    mends = line.sums and not holds(line.sums, reading) and holds(line.sums, corrected)
    if read.known or (read.shown and mends):
        return read._replace(readings=(corrected,), unsure=read.unsure - own.keys())
    return read.doubted(ANSWERED_OTHERWISE)


def _own(line: Line, answers: Answers) -> dict[int, Cell]:
    """The answers to a line's cells, by column."""
    return {c: answers[key] for c, key in enumerate(line.keys) if key in answers} if answers else {}


def _with(reading: Reading, own: Mapping[int, Cell]) -> Reading:
    values = tuple((own[c].value or 0) if c in own else value for c, value in enumerate(reading.values))
    prints = tuple(
        None if column in own and value != reading.values[column] else place
        for column, (value, place) in enumerate(zip(values, reading.prints, strict=True))
    )
    return Reading(values, prints)


def _value(chunk: Chunk) -> Number | None:
    """What a chunk says by itself; None for a blank's mark, and for what is no number."""
    return number_of(chunk.digits) if PRINTED.fullmatch(chunk.digits) else None
