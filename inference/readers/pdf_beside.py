"""Put sheets beside each other again that a table too wide for one was printed on.

Flow:  sheets -> **sheets as wide as their tables** -> grids, lines -> page

Spreadsheet programs print the columns that a sheet has no room for on sheets of their own. There the same
rows stand at the same places, and hold no labels. Such a sheet is laid beside the one that it goes on from,
edge to edge, if it can go on from no other; print that runs over the edge is on both, and is taken once.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from gouji.inference.readers.pdf_glyphs import once
from gouji.inference.readers.pdf_grid import Box, Grid, grids_of
from gouji.inference.readers.pdf_lines import is_mark
from gouji.inference.readers.pdf_places import ORDINAL
from gouji.inference.readers.pdf_rules import NEAR
from gouji.inference.readers.pdf_sheet import Sheet, moved

_LEVEL = 1.0  # point, by which the same row's rules differ from sheet to sheet
_FEWEST_ROWS = 2  # lines of a table, from which a sheet tells what it goes on
_DIGIT = re.compile(r"\d")
_WORD = re.compile(r"[^\W\d_]{2}")  # of a label: a 0 is at times printed as O


@dataclass(slots=True)
class _Laid:
    """A sheet with those laid beside it, and its tables on the last of them."""

    sheet: Sheet
    grids: Sequence[Grid]


def with_sheets_beside(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets, each with those that hold the rest of its tables' columns."""
    laid: list[_Laid] = []
    for sheet in sheets:
        grids = grids_of(sheet.rules, sheet.width)
        fitting = (
            [each for each in laid if _goes_on(each.grids, grids)] if _holds_no_label(sheet, grids) else []
        )
        if len(fitting) == 1:
            _lay_beside(fitting[0], sheet, grids)
        else:
            laid.append(_Laid(sheet, grids))
    return [each.sheet for each in laid]


def _goes_on(before: Sequence[Grid], behind: Sequence[Grid]) -> bool:
    """Whether each table of a sheet goes on one that ends at the right edge of another's print."""
    reach = max((grid.xs[-1] for grid in before), default=0.0)
    start = min((grid.xs[0] for grid in behind), default=0.0)
    return any(len(grid.ys) > _FEWEST_ROWS for grid in behind) and all(
        grid.xs[0] < start + NEAR
        and any(each.xs[-1] > reach - NEAR and _same_rows(each, grid) for each in before)
        for grid in behind
    )


def _same_rows(before: Grid, behind: Grid) -> bool:
    """Whether the rows of one table stand where another's do, and its columns do not: else it is a copy."""
    ends = (behind.ys[0] - before.ys[0], behind.ys[-1] - before.ys[-1])
    return (
        max(map(abs, ends)) <= _LEVEL
        and all(any(abs(y - other) <= _LEVEL for other in before.ys) for y in behind.ys)
        and not (len(before.xs) == len(behind.xs) and _alike(before.xs, behind.xs))
    )


def _alike(one: Sequence[float], other: Sequence[float]) -> bool:
    return all(abs(a - b) <= _LEVEL for a, b in zip(one, other, strict=True))


def _holds_no_label(sheet: Sheet, grids: Sequence[Grid]) -> bool:
    """Whether numbers stand in its tables, and in no row of one a word before them."""
    numbered = False
    for grid in grids:
        printed: dict[Box, str] = {}
        for glyph in sheet.glyphs:
            box = grid.box_of(glyph)
            if box is not None:
                printed[box] = printed.get(box, "") + glyph.text
        labels = {box for box, text in printed.items() if _is_label(text)}
        first: dict[int, int] = {}  # by row, the column of its first number
        for box in printed.keys() - labels:
            if _DIGIT.search(printed[box]) or is_mark(printed[box]):
                first[box.row] = min(box.column, first.get(box.row, box.column))
        numbered = numbered or bool(first)
        if any(box.column < first.get(box.row, 0) for box in labels):
            return False
    return numbered


def _is_label(text: str) -> bool:
    """Whether a cell prints words, and no number but their ordinal."""
    ordinal = ORDINAL.match(text)
    return bool(_WORD.search(text)) and not _DIGIT.search(text, ordinal.end() if ordinal else 0)


def _lay_beside(laid: _Laid, sheet: Sheet, grids: Sequence[Grid]) -> None:
    reach = max(grid.xs[-1] for grid in laid.grids)
    shift = reach - min(grid.xs[0] for grid in grids)
    beside = moved(sheet, shift)
    before = laid.sheet
    laid.sheet = replace(
        before,
        width=beside.width,
        glyphs=tuple(once((*before.glyphs, *beside.glyphs))),
        rules=before.rules + beside.rules,
        pictures=before.pictures + beside.pictures,
        lost=before.lost + beside.lost,
        unmapped=before.unmapped + beside.unmapped,
        hidden=before.hidden + beside.hidden,
    )
    laid.grids = grids_of(beside.rules, beside.width)
