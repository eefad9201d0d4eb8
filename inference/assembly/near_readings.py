"""Follow both tag readings of a number: with it as a value of its row, and without it.

Flow:  strips -> line readings -> **readings with and without near numbers** -> one reading of the page

Where the tagger is near both, its choice proves nothing: what the row reads without the number stands
beside what it reads with it, and only the columns' sums settle which it is. Print that contradicts its
own row does not yield to a reading that leaves a number out: there the row is open.
"""

from __future__ import annotations

from itertools import combinations

from gouji.inference.assembly.doubts.raised_in_rows import (
    MANY_NEAR,
    NEAR_AGAINST_SUMS,
    TOO_MANY_READINGS,
    TORN,
)
from gouji.inference.assembly.line_readings import LineReadings, holds
from gouji.inference.assembly.lines import Line
from gouji.inference.assembly.readings import find_readings
from gouji.inference.assembly.strips import Strip

MOST_NEAR = 3  # numbers of one row that are left out in every combination; with more the row is open


def with_near(line: Line, strip: Strip, answer: LineReadings, glued: bool) -> LineReadings:
    """The readings of a line, `answer` with every number, and those without the numbers that may be none."""
    near = [place for place, chunk in enumerate(strip.chunks) if chunk.near]
    if not near:
        return answer
    if len(near) > MOST_NEAR:
        return answer.doubted(MANY_NEAR)
    found = {reading.values: reading for reading in answer.readings}
    read = answer
    for count in range(1, len(near) + 1):
        for places in combinations(near, count):
            chunks = [chunk for place, chunk in enumerate(strip.chunks) if place not in places]
            surplus = len(chunks) > len(line.keys)
            other = find_readings(chunks, len(line.keys), line.sums, split=glued, surplus=surplus)
            read = read.doubted(TOO_MANY_READINGS) if other.more else read
            for reading in other.found:
                found.setdefault(reading.values, reading)
    if len(found) == len(answer.readings):
        return read
    contradicted = bool(read.doubts & TORN) or not all(holds(line.sums, r) for r in answer.readings)
    read = read._replace(readings=tuple(found.values()), shown=False, doubts=read.doubts - TORN)
    return read.doubted(NEAR_AGAINST_SUMS) if contradicted else read
