"""Write print that a machine recognized, piece by piece with its place, as the page that it is on.

Flow:  boxes of print -> **sheets** -> tables by their places, lines -> markup

The boxes go the way of a PDF's print without rules: what stands in columns under heads, beside labels, is a
table of cells, so that an empty cell is known and a label that is broken over lines is one. What does not
is a line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from statistics import median

from gouji.inference.readers.json_cells import Box
from gouji.inference.readers.markup import paragraphs, table
from gouji.inference.readers.pdf import written_of
from gouji.inference.readers.pdf_glyphs import Glyph
from gouji.inference.readers.pdf_sheet import Sheet

_SIZE = 10.5  # points: of print as a report has it, which the sheets are brought to
_BASE = 0.15  # of a box's height, that its baseline lies above its lower edge
_WIDE = "\u1100"  # the first character that is as wide as it is high


def markup_of_boxes(sheets: Sequence[Sequence[Box]]) -> str:
    """The markup of sheets, each by the boxes of print on it, in any order."""
    held = [[box for box in sheet if box.text and box.right > box.left] for sheet in sheets]
    heights = [box.bottom - box.top for sheet in held for box in sheet if box.bottom > box.top]
    if not heights:
        return ""
    scale = _SIZE / median(heights)
    written = written_of([_sheet(sheet, scale) for sheet in held if sheet])
    rows = {start: end for own in written.tables for start, end in own}
    lines: list[tuple[bool, str]] = []
    at = 0
    for line in written.text.split("\n"):
        lines.append((at in rows, line))
        at += len(line) + 1
    return "".join(_markup(lines))


def _markup(lines: Sequence[tuple[bool, str]]) -> Iterator[str]:
    for is_row, own in groupby(lines, key=lambda line: line[0]):
        held = [text for _, text in own]
        yield table([row.split("\t") for row in held]) if is_row else "".join(map(paragraphs, held))


def _sheet(boxes: Sequence[Box], scale: float) -> Sheet:
    glyphs = tuple(glyph for box in boxes for glyph in _glyphs(box, scale))
    return Sheet(
        max(box.right for box in boxes) * scale, max(box.bottom for box in boxes) * scale, glyphs=glyphs
    )


def _glyphs(box: Box, scale: float) -> Iterator[Glyph]:
    """The characters of a box, each as wide as its kind is."""
    widths = [2 if character >= _WIDE else 1 for character in box.text]
    step = (box.right - box.left) * scale / sum(widths)
    base = (box.bottom - _BASE * (box.bottom - box.top)) * scale
    left = box.left * scale
    for character, width in zip(box.text, widths, strict=True):
        right = left + width * step
        yield Glyph(character, left, right, base, (box.bottom - box.top) * scale)
        left = right
