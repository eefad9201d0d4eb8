"""Read a workbook as Excel 2003 writes it in one XML file (SpreadsheetML).

Flow:  XML -> **worksheets** -> blocks -> page

Many sites' exports to Excel are such files with the name `.xls`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from xml.etree.ElementTree import Element

from gouji.inference.limits import keep_within
from gouji.inference.readers.content import Content, Options
from gouji.inference.readers.marks import PICTURE, noted, struck
from gouji.inference.readers.number_formats import shown
from gouji.inference.readers.packages import (
    attribute,
    below,
    child,
    children,
    number_of,
    parsing,
    root_of,
    tag_of,
)
from gouji.inference.readers.pages import pages_of_blocks
from gouji.inference.readers.worksheets import (
    Place,
    Range,
    SheetCell,
    Worksheet,
    blocks_of_workbook,
    number_text,
)
from gouji.model.page import Page

WHAT = "an Excel 2003 XML workbook"
_MOST_BLANK = 1000  # cells that a merged one covers, or that are left out; more is no table
_NAMED_CODES: Mapping[str, str] = {
    "Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%", "General Number": "General",
    "Currency": '"¥"#,##0.00', "Short Date": "yyyy/m/d", "General Date": "yyyy/m/d", "Long Date": "yyyy/m/d",
    "Scientific": "0.00E+00",
}  # fmt: skip


def read(content: Content, options: Options) -> Iterator[Page]:
    """The reports of a workbook.

    Raises:
        ReadingError: It is no XML, or shows nothing.
    """
    with parsing(content, WHAT):
        root = root_of(content.whole(), f"{content.name}:")
        styles = {attribute(style, "ID") or "": style for style in below(root, "Style")}
        sheets = [_worksheet(sheet, styles) for sheet in children(root, "Worksheet")]
    yield from pages_of_blocks(content.name, blocks_of_workbook(content.name, sheets), WHAT)


def _worksheet(sheet: Element, styles: Mapping[str, Element]) -> Worksheet:
    cells: dict[Place, SheetCell] = {}
    merged: list[Range] = []
    covered: set[Place] = set()  # by merged cells of rows above: a cell without its own place passes them
    count = 0  # of them, over and over
    hidden_rows: set[int] = set()
    table = child(sheet, "Table")
    at = -1
    for row in children(table, "Row"):
        at = _index(row, at)
        span = number_of(attribute(row, "Span"))
        if attribute(row, "Hidden") == "1" or attribute(row, "Height") == "0":
            hidden_rows.update(range(at, at + 1 + min(span, _MOST_BLANK)))
        column = -1
        for own in children(row, "Cell"):
            column = _index(own, column)
            while not attribute(own, "Index") and (at, column) in covered:
                column += 1
            style = styles.get(attribute(own, "StyleID") or attribute(row, "StyleID") or "Default")
            text = _text(own, style)
            ruled = style is not None and sum(1 for _ in below(style, "Border")) > 1
            if text or ruled:
                cells[at, column] = SheetCell(text, ruled)
            across, down = number_of(attribute(own, "MergeAcross")), number_of(attribute(own, "MergeDown"))
            if across or down:
                merged.append(Range(at, column, at + down + 1, column + across + 1))
                down, wide = min(down, _MOST_BLANK), min(across, _MOST_BLANK) + 1
                count += down * wide
                keep_within("cells", count)
                places = product(range(1, down + 1), range(wide))
                covered.update((at + below_it, column + beside) for below_it, beside in places)
            column += across
        at += span
    visible = list(below(sheet, "Visible"))
    return Worksheet(
        attribute(sheet, "Name") or "",
        cells,
        merged,
        frozenset(hidden_rows),
        frozenset(_hidden_columns(table)),
        hidden=any((v.text or "").startswith("SheetHidden") for v in visible),
    )


def _index(element: Element, before: int) -> int:
    index = attribute(element, "Index")
    return number_of(index) - 1 if index else before + 1


def _hidden_columns(table: Element | None) -> Iterator[int]:
    at = -1
    for column in children(table, "Column"):
        at = _index(column, at)
        span = number_of(attribute(column, "Span"))
        if attribute(column, "Hidden") == "1" or attribute(column, "Width") == "0":
            yield from range(at, at + 1 + min(span, _MOST_BLANK))
        at += span


def _text(cell: Element, style: Element | None) -> str:
    """What a cell shows."""
    data = child(cell, "Data")
    if data is None:
        return PICTURE if attribute(cell, "Formula") else ""
    kind, written = attribute(data, "Type"), _rich(data)
    if kind == "Error":
        return PICTURE
    if kind == "DateTime":
        year, month, day = written[:10].split("-") if written[:10].count("-") == 2 else ("", "", "")
        text = f"{year}年{int(month)}月{int(day)}日" if day.isdecimal() and month.isdecimal() else PICTURE
    elif kind == "Number":
        codes = (
            [attribute(f, "Format") or "General" for f in below(style, "NumberFormat")]
            if style is not None
            else []
        )
        code = (codes or ["General"])[0]
        try:
            text = number_text(shown(float(written), _NAMED_CODES.get(code, code)))
        except ValueError:
            text = PICTURE
    else:
        text = written
    strikes = style is not None and any(
        attribute(font, "StrikeThrough") == "1" for font in below(style, "Font")
    )
    return struck(text) if text and strikes else text


def _rich(data: Element) -> str:
    """The text of a cell, which may be marked up as HTML."""
    text = data.text or ""
    for part in data:
        own = _rich(part)
        tag = tag_of(part)
        text += (
            struck(own)
            if tag in ("S", "Del") and own
            else noted(own)
            if tag in ("Sup", "Sub") and own
            else own
        )
        text += part.tail or ""
    return text
