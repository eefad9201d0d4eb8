"""Whether a table's layout alone proves where its numbers belong, whatever their sums say.

Flow:  line readings -> **layout proof** -> one reading of the page -> checks

Every column has its label, every row of the form stands there, and each prints as many cells as there
are columns, blanks told, with nothing over: 25 rows of seven numbers, or fifteen numbers under fifteen
labels. Then a sum that fails is the publisher's, and print stands. One row that needs an excuse, and the
layout proves nothing.
"""

from __future__ import annotations

from collections.abc import Mapping

from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.line_readings import LineReadings
from gouji.inference.assembly.strips import Seen, Strip


def proves_places(found: FoundTable, read: Mapping[int, LineReadings]) -> bool:
    """Whether every line of a table is explained by its layout without a rest.

    Args:
        found: The table.
        read: The readings of its lines, before any is doubted for its sums.
    """
    if found.disordered or found.doubts or not found.headed or len(read) < len(found.lines):
        return False
    return all(map(_without_rest, read.values()))


def prints_every_cell(found: FoundTable, strips: Mapping[int, Strip]) -> bool:
    """Whether every row of a table prints as many numbers or marks as it has cells: none is another thing."""
    if found.disordered or found.doubts or not found.headed or len(strips) < len(found.lines):
        return False
    return all(
        len(strip.chunks) == len(found.lines[index].keys) and not _has_rest(strip)
        for index, strip in strips.items()
    )


def _has_rest(strip: Strip) -> bool:
    beside = strip.page_marks or strip.interrupted or Seen.PAGE_MARK in strip.seen
    return bool(beside) or any(chunk.tagged for chunk in strip.strays)


def _without_rest(line: LineReadings) -> bool:
    certain = line.shown and not line.is_open and not line.unsure
    return certain and not _has_rest(line.strip)
