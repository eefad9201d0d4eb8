"""What the layout of a table shows of its cells: blanks, places, or that nothing parts them.

Flow:  strips -> **cells shown** -> line readings
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.gaps import Blanks, columns_by_position, shown_blanks
from gouji.inference.assembly.line_readings import at_places, holds
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.strips import Strip


def blanks_shown(marked: MarkedPage, found: FoundTable, strips: Mapping[int, Strip]) -> dict[int, Blanks]:
    """The blanks within each line, where the layout keeps them; lines of one width together."""
    shown: dict[int, Blanks] = {}
    widths = {len(found.lines[index].keys) for index in strips}
    for width in widths:
        indices = [index for index in strips if len(found.lines[index].keys) == width]
        if all(len(strips[index].chunks) == width for index in indices):
            continue
        heads = found.heads.get(indices[0], ())
        between = [marked.page.text[a.end : b.start] for a, b in pairwise(heads)]
        blanks = shown_blanks([strips[index] for index in indices], width, between)
        if blanks is not None:
            shown.update((i, own) for i, own in zip(indices, blanks, strict=True) if own is not None)
    return shown


def places_shown(
    marked: MarkedPage, found: FoundTable, strips: Mapping[int, Strip]
) -> dict[int, tuple[int, ...]]:
    """The column of each chunk by its position in the line, where every row's sum confirms it."""
    if not strips or not all(found.lines[index].sums for index in strips):
        return {}
    columns = len(found.lines[next(iter(strips))].keys)
    if all(len(strip.chunks) == columns for strip in strips.values()):
        return {}
    heads = found.heads[0] if found.table.printed == "band" else ()
    places = columns_by_position(marked.page, list(strips.values()), columns, heads)
    if places is None:
        return {}
    by_line = dict(zip(strips, places, strict=True))
    for index, strip in strips.items():
        answer = at_places(found.lines[index], strip, by_line[index])
        if answer is None or not holds(found.lines[index].sums, answer.readings[0]):
            return {}
    return by_line


def is_glued(found: FoundTable, strips: Mapping[int, Strip]) -> bool:
    """Whether nothing stands between the table's cells: digits touch labels, or fill whole rows."""
    printed = [(found.lines[index], strip) for index, strip in strips.items() if strip.numbers]
    touching = sum(any(chunk.touching for chunk in strip.chunks) for _, strip in printed)
    several = [(line, strip) for line, strip in printed if len(line.keys) > 1]
    long = sum(
        len(s.chunks) == 1 and len(s.chunks[0].digits) >= len(line.keys) and not _is_bordered(s)
        for line, s in several
    )
    # Where something parts the cells, it parts them from the labels too.
    return touching * 4 > len(printed) or long * 2 > len(several)


def _is_bordered(strip: Strip) -> bool:
    """Whether borders or tabs stand around a row's numbers: these part its cells."""
    return bool(set(strip.gaps[0] + strip.gaps[-1].partition("\n")[0]) & set("|│┃║┆┊\t"))
