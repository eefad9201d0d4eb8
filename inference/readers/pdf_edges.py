"""Take a sheet for as wide as its print, where the file holds what lies beyond the sheet's edges.

Flow:  sheet -> **sheet with all of its print** -> grids, lines -> page

Programs that print a table wider than the sheet leave most of what nobody sees out of the file, and keep
whole what the edge goes through. A file whose sheet was cut afterwards holds all of it. Several numbers that
begin beyond the edge tell the two apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from gouji.inference.readers.pdf_lines import is_amount, lines_of
from gouji.inference.readers.pdf_sheet import Sheet, moved

_FEWEST = 3  # numbers beyond an edge
_ROOM = 10.0  # points behind the last rule, so that it ends the table and not the sheet


def with_print_beyond(sheets: Sequence[Sheet]) -> list[Sheet]:
    """The sheets, as wide as what any of them prints, if their file keeps it."""
    numbers = [
        (part, sheet)
        for sheet in sheets
        for line in lines_of(sheet.glyphs)
        for part in line.parted()
        if is_amount(part)
    ]
    left = sum(part.right < 0 for part, _ in numbers) >= _FEWEST
    right = sum(part.left > sheet.width for part, sheet in numbers) >= _FEWEST
    return [_widened(sheet, left, right) for sheet in sheets] if left or right else list(sheets)


def _widened(sheet: Sheet, left: bool, right: bool) -> Sheet:
    level = [rule for rule in sheet.rules if rule.level]
    starts = [*(glyph.left for glyph in sheet.glyphs), *(rule.start for rule in level), 0.0]
    ends = [*(glyph.right for glyph in sheet.glyphs), *(rule.end for rule in level), sheet.width]
    shift = _ROOM - min(starts) if left and min(starts) < 0 else 0.0
    width = max(ends) + _ROOM if right and max(ends) > sheet.width else sheet.width
    return replace(moved(sheet, shift), width=width + shift)
