"""What parts the cells of a table, chosen once from all of its rows.

Flow:  strips, gaps, grid -> **what parts the cells** -> line readings -> rows

Borders, tabs, lines, no-break spaces, or the places in the lines tell which cells of a row are empty; where
none does, the arithmetic must, and where nothing parts the cells at all, digits are cut too. Cells that
explain every row without a rest are a proof of place: what the sums say of them is the publisher's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from gouji.inference.assembly.edge_column import EdgeColumn, edge_column
from gouji.inference.assembly.found_table import FoundTable
from gouji.inference.assembly.gaps import Blanks, Shown, shown_blanks
from gouji.inference.assembly.grid import aligned, tiled
from gouji.inference.assembly.known_cells import padded
from gouji.inference.assembly.layout_proof import has_rest, is_whole, prints_every_cell
from gouji.inference.assembly.line_readings import holds, with_blanks
from gouji.inference.assembly.strips import BORDERS, Strip
from gouji.model.page import Page


@dataclass(frozen=True, slots=True)
class Parting:
    """What parts a table's cells, and the empty cells of each row of which that tells any.

    `by`: "borders", "tabs", "no-break cells", "lines", "no-breaks", "places", "nothing" or "unknown".
    `proved`: the rows whose cells are told without a rest, as those of all rows of their width are.
    """

    by: str
    blanks: Mapping[int, Blanks]
    proved: frozenset[int] = frozenset()
    every_cell: bool = False  # each row prints as many numbers or marks as it has cells
    edge: EdgeColumn | None = None  # of which some rows print nothing
    padded: Mapping[int, int] = field(default_factory=dict)  # the empty cells before a row's, known ones

    @property
    def glued(self) -> bool:
        """Whether nothing stands between the cells."""
        return self.by == "nothing"


def parting_of(page: Page, found: FoundTable, strips: Mapping[int, Strip]) -> Parting:
    """What parts the cells of a table's rows; lines of one width together."""
    parting = "nothing" if _is_glued(found, strips) else "unknown"
    blanks: dict[int, Blanks] = {}
    proved: set[int] = set()
    padding: dict[int, int] = {}
    for width in sorted({len(found.lines[index].keys) for index in strips}):
        own = {index: strip for index, strip in strips.items() if len(found.lines[index].keys) == width}
        if all(len(strip.chunks) == width for strip in own.values()):
            continue
        padding.update(padded(page, found.lines, own, width))
        shown = _by_gaps(page, found, own, width) or _by_places(page, found, own, width)
        if shown is None:
            continue
        parting = parting if parting == "nothing" else shown.by
        blanks.update((i, told) for i, told in zip(own, shown.rows, strict=True) if told is not None)
        if shown.is_exact and not any(has_rest(strip) or _may_be_two(strip) for strip in own.values()):
            proved.update(own if is_whole(found, strips) else ())
    edge = edge_column(found, strips) if parting == "unknown" else None
    return Parting(parting, blanks, frozenset(proved), prints_every_cell(found, strips), edge, padding)


def _by_gaps(page: Page, found: FoundTable, strips: Mapping[int, Strip], width: int) -> Shown | None:
    heads = found.heads.get(min(strips), ())
    between = [page.text[a.end : b.start] for a, b in pairwise(heads)]
    band = found.table.printed == "band"
    levels = [0 if band else len(block.groups_of(row)) for block, row in found.table.rows()]
    return shown_blanks(list(strips.values()), width, between, [levels[index] for index in strips])


def _by_places(page: Page, found: FoundTable, strips: Mapping[int, Strip], width: int) -> Shown | None:
    """The columns by their places in the lines: these leave no rest, or every row's sum confirms them."""
    rows = list(strips.values())
    shown = tiled(page, found.start, rows, width)
    if shown is not None:
        return shown
    heads = found.heads[0] if found.table.printed == "band" else ()
    shown = aligned(page, rows, width, heads)
    if shown is None:
        return None
    for index, blanks in zip(strips, shown.rows, strict=True):
        line = found.lines[index]
        read = with_blanks(line, strips[index], blanks, False) if blanks is not None and line.sums else None
        if read is None or not all(holds(line.sums, reading) for reading in read.readings):
            return None
    return shown


def _may_be_two(strip: Strip) -> bool:
    """Whether a number begins with a zero that may have been a cell of its own: `0328`."""
    return any(len(c.digits) > 1 and c.digits[0] == "0" and c.digits[1] != "." for c in strip.chunks)


def _is_glued(found: FoundTable, strips: Mapping[int, Strip]) -> bool:
    """Whether nothing stands between the table's cells: digits touch labels, or fill whole rows."""
    printed = [(found.lines[index], strip) for index, strip in strips.items() if strip.numbers]
    touching = sum(any(chunk.touching for chunk in strip.chunks) for _, strip in printed)
    several = [(line, strip) for line, strip in printed if len(line.keys) > 1]
    alone = [(line, strip) for line, strip in several if len(strip.chunks) == 1 and not _is_bordered(strip)]
    long = sum(len(strip.chunks[0].digits) >= len(line.keys) for line, strip in alone)
    # Where something parts the cells, it parts them from the labels too.
    return touching * 4 > len(printed) or long * 2 > len(several)


def _is_bordered(strip: Strip) -> bool:
    """Whether borders or tabs stand around a row's numbers: these part its cells."""
    return not set(strip.gaps[0] + strip.gaps[-1].partition("\n")[0]).isdisjoint(BORDERS + "\t")
