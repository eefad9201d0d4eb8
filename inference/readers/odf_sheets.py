"""The worksheets of an OpenDocument spreadsheet: the text that their cells show.

Flow:  content.xml -> **worksheets** -> blocks -> page

A cell keeps the text that it shows beside its value, so no number is formatted here; where that text is
rounded, a mark says so.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from xml.etree.ElementTree import Element

from gouji.inference.limits import keep_within, limits
from gouji.inference.readers.marks import MORE, PICTURE, struck
from gouji.inference.readers.number_formats import general
from gouji.inference.readers.odf_text import MOST_REPEATED, Styles, Text, is_away, rows_of, style_of
from gouji.inference.readers.packages import attribute, below, children, number_of, tag_of
from gouji.inference.readers.worksheets import Range, SheetCell, Worksheet


def worksheet_of(table: Element, styles: Styles) -> Worksheet:
    """One sheet of a workbook."""
    sheet = Worksheet(attribute(table, "name") or "")
    merged: list[Range] = []
    boxes: list[str] = []
    columns = list(islice(_columns(table), limits().cells))
    sheet.hidden_columns = frozenset(at for at, (element, _) in enumerate(columns) if is_away(element))
    hidden: set[int] = set()
    at = 0
    for row, times in rows_of(table):
        if is_away(row):
            hidden.update(range(at, at + min(times, MOST_REPEATED)))
        held, ranges = _cells(row, at, [default for _, default in columns], styles, sheet, boxes)
        merged += ranges
        keep_within("cells", len(sheet.cells) + len(held) * min(times, MOST_REPEATED))
        for copy in range(min(times, MOST_REPEATED) if held else 0):
            sheet.cells.update({(at + copy, column): own for column, own in held.items()})
        at += times
    for shape in children(table, "shapes"):
        sheet.pictures += sum(1 for _ in below(shape, "image"))
        boxes += ["\n".join(Text(styles).of(p) for p in below(box, "p")) for box in below(shape, "text-box")]
    sheet.merged, sheet.boxes, sheet.hidden_rows = merged, boxes, frozenset(hidden)
    sheet.hidden = style_of(table, "table", styles).hidden
    return sheet


def _cells(
    row: Element,
    at: int,
    defaults: Sequence[str],
    styles: Styles,
    sheet: Worksheet,
    boxes: list[str],
) -> tuple[dict[int, SheetCell], list[Range]]:
    """The cells of a row by their columns, and those of them that are merged with others."""
    held: dict[int, SheetCell] = {}
    ranges: list[Range] = []
    column = 0
    for own in row:
        if tag_of(own) not in ("table-cell", "covered-table-cell"):
            continue
        times = number_of(attribute(own, "number-columns-repeated"), 1)
        if tag_of(own) == "table-cell":
            default = defaults[column] if column < len(defaults) else ""
            style = style_of(own, "table-cell", styles, default)
            text = _cell_text(own, styles, sheet, boxes)
            text = struck(text) if text and style.struck else text
            if text or style.ruled:
                keep_within("cells", len(held) + min(times, MOST_REPEATED))
                span = range(column, column + min(times, MOST_REPEATED))
                held.update((place, SheetCell(text, style.ruled)) for place in span)
            rows = number_of(attribute(own, "number-rows-spanned"), 1)
            columns = number_of(attribute(own, "number-columns-spanned"), 1)
            if rows > 1 or columns > 1:
                ranges.append(Range(at, column, at + rows, column + columns))
        column += times
    return held, ranges


def _cell_text(own: Element, styles: Styles, sheet: Worksheet, boxes: list[str]) -> str:
    """What a cell shows; an error's is marked, as is a value that is kept without its text."""
    gathered = Text(styles)
    lines = [gathered.of(p) for p in children(own, "p")]
    sheet.pictures += sum(1 for _ in below(own, "image"))
    boxes += ["\n".join(Text(styles).of(p) for p in below(box, "p")) for box in gathered.boxes]
    lines += [PICTURE for frame in children(own, "frame") if next(below(frame, "image"), None) is not None]
    text = "\n".join(lines)
    stored = attribute(own, "value")
    if not lines and (stored or attribute(own, "formula")):
        return PICTURE
    if text.startswith(("#", "Err:")):
        return PICTURE
    return text + MORE if stored and _is_rounded(text, stored) else text


def _is_rounded(text: str, stored: str) -> bool:
    """Whether a number is shown with fewer digits than it is kept with."""
    try:
        return general(float(text.replace(",", ""))) != general(float(stored))
    except ValueError:
        return False  # a unit or a sign stands beside it


def _columns(table: Element) -> Iterator[tuple[Element, str]]:
    """The columns of a table, and the style that cells of each have where they name none."""
    for each in table:
        tag = tag_of(each)
        if tag == "table-column":
            times = min(number_of(attribute(each, "number-columns-repeated"), 1), MOST_REPEATED)
            yield from [(each, attribute(each, "default-cell-style-name") or "")] * times
        elif tag in ("table-columns", "table-header-columns", "table-column-group"):
            yield from _columns(each)
