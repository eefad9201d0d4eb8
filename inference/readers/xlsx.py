"""Read an XLSX workbook: each sheet's cells as a spreadsheet program shows them.

Flow:  ZIP -> sheets, strings, styles -> **worksheets** -> blocks -> page

A formula's cell shows the value that was kept when the workbook was saved; nothing is computed here, and a
formula without one is marked. So are all of a workbook that says that its own are to be computed first: of
each, XlsxWriter keeps 0, POI what its template did. What a cell strikes out or raises is marked as in other
documents.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from gouji.inference.limits import keep_within
from gouji.inference.printable import encodable
from gouji.inference.readers.colours import BLACK, WHITE, Colour, are_alike, of_office
from gouji.inference.readers.content import Content, Options
from gouji.inference.readers.marks import PICTURE, noted, struck, unsure
from gouji.inference.readers.number_formats import BUILT_IN, shown
from gouji.inference.readers.packages import (
    Package,
    attribute,
    below,
    beside,
    child,
    children,
    is_on,
    number_of,
    opened,
    tag_of,
)
from gouji.inference.readers.pages import pages_of_blocks
from gouji.inference.readers.worksheets import (
    MOST_CELLS,
    Place,
    Range,
    SheetCell,
    Worksheet,
    blocks_of_workbook,
    number_text,
    picture_at,
)
from gouji.inference.reading import ReadingError
from gouji.model.page import Page

WHAT = "an XLSX workbook"
_WORKBOOK = "xl/workbook.xml"
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d+)")
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_DRAWN_BY_FORMULA = "DISPIMG("  # WPS keeps a picture in a cell as a formula
_THEME = {"0": WHITE, "1": BLACK}
_INDEXED = {"8": BLACK, "9": WHITE, "0": BLACK, "1": WHITE, "64": BLACK, "65": WHITE}
_SIDES = ("left", "right", "top", "bottom")


@dataclass(frozen=True, slots=True)
class _Style:
    """What a cell's style says of it."""

    code: str = "General"
    ruled: bool = False
    struck: bool = False
    painted_over: bool = False  # in the colour of its ground


@dataclass(frozen=True, slots=True)
class _Book:
    """What the sheets of a workbook share."""

    strings: Sequence[str]
    styles: Sequence[_Style]
    from_1904: bool
    to_compute: bool  # when it is opened: what is kept of a formula is not what it shows


def read(content: Content, options: Options) -> Iterator[Page]:
    """The reports of a workbook.

    Raises:
        ReadingError: It cannot be opened, is protected, or shows nothing but pictures.
    """
    with opened(content, WHAT) as package:
        sheets = list(_worksheets(package))
    yield from pages_of_blocks(content.name, blocks_of_workbook(content.name, sheets), WHAT)


def _worksheets(package: Package) -> Iterator[Worksheet]:
    workbook = package.xml(_WORKBOOK)
    if workbook is None:
        raise ReadingError(
            f"{package.name}: is {WHAT} without {_WORKBOOK}; its archive is cut: fetch it again"
        )
    strings = [_rich(item) for item in children(package.xml("xl/sharedStrings.xml"), "si")]
    properties = child(workbook, "workbookPr")
    from_1904 = properties is not None and is_on(properties.get("date1904"))
    computing = child(workbook, "calcPr")
    to_compute = computing is not None and is_on(computing.get("fullCalcOnLoad"))
    book = _Book(strings, _styles(package.xml("xl/styles.xml")), from_1904, to_compute)
    targets = _related(package, _WORKBOOK)
    cells = 0
    for number, sheet in enumerate(below(workbook, "sheet"), 1):
        part = targets.get(attribute(sheet, "id") or "", f"xl/worksheets/sheet{number}.xml")
        root = package.xml(part)
        if root is None or tag_of(root) != "worksheet":
            continue  # a sheet that is a chart
        hidden = sheet.get("state", "visible") != "visible"
        made = _worksheet(sheet.get("name", ""), root, book, hidden=hidden)
        _draw(package, part, root, made)
        cells += len(made.cells)
        if cells > MOST_CELLS:
            raise ReadingError(
                f"{package.name}: has more than {MOST_CELLS:,} cells; give the report's sheets"
            )
        yield made


def _related(package: Package, part: str) -> Mapping[str, str]:
    """The parts that a part refers to, by the reference."""
    folder, _, name = part.rpartition("/")
    root = package.xml(f"{folder}/_rels/{name}.rels")
    return {
        relation.get("Id", ""): beside(part, relation.get("Target", ""))
        for relation in children(root, "Relationship")
        if relation.get("TargetMode") != "External"
    }


def _worksheet(name: str, root: Element, book: _Book, *, hidden: bool) -> Worksheet:
    zeros = all(view.get("showZeros") not in ("0", "false") for view in below(root, "sheetView"))
    cells: dict[Place, SheetCell] = {}
    hidden_rows: set[int] = set()
    next_row = 0
    for row in children(child(root, "sheetData"), "row"):
        at = number_of(row.get("r"), next_row + 1) - 1
        next_row, next_column = at + 1, 0
        if is_on(row.get("hidden")) or row.get("ht") == "0":
            hidden_rows.add(at)
        for c in children(row, "c"):
            column = _place(c.get("r"))[1] if c.get("r") else next_column
            next_column = column + 1
            style = _style(book.styles, c.get("s"))
            text = _text(c, style, book, zeros=zeros)
            if text or style.ruled:
                cells[at, column] = SheetCell(_looked_at(text, style), style.ruled)
    merged = [_range(each.get("ref", "")) for each in below(root, "mergeCell")]
    return Worksheet(
        name, cells, merged, frozenset(hidden_rows), frozenset(_hidden_columns(root)), hidden=hidden
    )


def _looked_at(text: str, style: _Style) -> str:
    """A cell's text, with what its style does to it."""
    if not text or not (style.struck or style.painted_over):
        return text
    return struck(text) if style.struck else unsure(text)


def _text(c: Element, style: _Style, book: _Book, *, zeros: bool) -> str:
    """What a cell shows."""
    kind, formula, value = c.get("t", "n"), child(c, "f"), child(c, "v")
    written = value.text if value is not None and value.text else ""
    if _DRAWN_BY_FORMULA in written or (formula is not None and _DRAWN_BY_FORMULA in (formula.text or "")):
        return PICTURE
    if formula is not None and book.to_compute:
        return PICTURE
    if kind == "inlineStr":
        inline = child(c, "is")
        return "" if inline is None else _rich(inline)
    if kind == "s" and written.isdecimal() and number_of(written) < len(book.strings):
        return book.strings[number_of(written)]
    if kind == "str":
        return _unescaped(written)
    if not written:
        return PICTURE if formula is not None else ""
    if kind == "b":
        return "TRUE" if written == "1" else "FALSE"
    try:
        number = float(written)
    except ValueError:
        return PICTURE  # an error, as of a division by zero
    if kind != "n" or (not number and not zeros):
        return "" if kind == "n" else PICTURE
    return number_text(shown(number, style.code, from_1904=book.from_1904))


def _rich(item: Element) -> str:
    """The text of a string, its runs with what strikes or raises them."""
    text = ""
    for part in item:
        if tag_of(part) == "t":
            text += _unescaped(part.text or "")
        elif tag_of(part) == "r":
            run = "".join(_unescaped(t.text or "") for t in children(part, "t"))
            properties = child(part, "rPr")
            raised = child(properties, "vertAlign")
            if run and _strikes(properties):
                run = struck(run)
            elif run and raised is not None and raised.get("val") != "baseline":
                run = noted(run)
            text += run
    return text


def _unescaped(text: str) -> str:
    return encodable(_ESCAPED.sub(lambda code: chr(int(code[1], 16)), text))


def _strikes(font: Element | None) -> bool:
    strike = child(font, "strike")
    return strike is not None and strike.get("val", "1") not in ("0", "false")


def _styles(root: Element | None) -> Sequence[_Style]:
    """The styles of cells, by their numbers."""
    if root is None:
        return ()
    codes = {number_of(f.get("numFmtId")): f.get("formatCode", "") for f in below(root, "numFmt")}
    struck_fonts = [_strikes(font) for font in children(child(root, "fonts"), "font")]
    colours = [_colour(child(font, "color"), BLACK) for font in children(child(root, "fonts"), "font")]
    grounds = [_ground(fill) for fill in children(child(root, "fills"), "fill")]
    ruled = [_is_ruled(border) for border in children(child(root, "borders"), "border")]
    return [
        _Style(
            code=codes.get(number := number_of(xf.get("numFmtId")), BUILT_IN.get(number, "General")),
            ruled=_nth(ruled, xf.get("borderId")),
            struck=_nth(struck_fonts, xf.get("fontId")),
            painted_over=_is_painted_over(colours, grounds, xf),
        )
        for xf in children(child(root, "cellXfs"), "xf")
    ]


def _is_painted_over(colours: Sequence[Colour | None], grounds: Sequence[Colour | None], xf: Element) -> bool:
    """Whether a style's print has the colour of its ground, where both are known."""
    font, fill = number_of(xf.get("fontId")), number_of(xf.get("fillId"))
    colour = colours[font] if font < len(colours) else BLACK
    ground = grounds[fill] if fill < len(grounds) else WHITE
    return colour is not None and ground is not None and are_alike(colour, ground)


def _colour(written: Element | None, otherwise: Colour) -> Colour | None:
    """A colour as a workbook writes it; None where it is a theme's, but for the window's and its text's."""
    if written is None:
        return otherwise
    if "rgb" in written.attrib:
        return of_office(written.get("rgb"))
    if written.get("tint") is None and written.get("theme") in _THEME:
        return _THEME[written.get("theme", "")]
    return _INDEXED.get(written.get("indexed", ""))


def _ground(fill: Element) -> Colour | None:
    pattern = child(fill, "patternFill")
    if pattern is None:
        return None  # a gradient
    if pattern.get("patternType", "none") == "none":
        return WHITE
    return _colour(child(pattern, "fgColor"), WHITE) if pattern.get("patternType") == "solid" else None


def _nth(flags: Sequence[bool], index: str | None) -> bool:
    at = number_of(index)
    return at < len(flags) and flags[at]


def _is_ruled(border: Element) -> bool:
    """Whether borders stand on two sides: one alone may be a neighbour's."""
    drawn = [s for s in border if tag_of(s) in _SIDES and s.get("style", "none") != "none"]
    return len(drawn) > 1


def _style(styles: Sequence[_Style], index: str | None) -> _Style:
    at = number_of(index)
    return styles[at] if at < len(styles) else _Style()


def _hidden_columns(root: Element) -> Iterator[int]:
    count = 0
    for col in children(child(root, "cols"), "col"):
        if is_on(col.get("hidden")) or float(col.get("width", 1)) == 0:
            hidden = range(number_of(col.get("min"), 1) - 1, min(number_of(col.get("max"), 1), 1 << 14))
            count += len(hidden)
            keep_within("cells", count)
            yield from hidden


def _place(reference: str | None) -> Place:
    """Row and column of a cell's name.

    >>> _place("B3"), _place("AA1")
    ((2, 1), (0, 26))
    """
    match = _REFERENCE.match(reference or "")
    if match is None:
        return (0, 0)
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return (int(match[2]) - 1, column - 1)


def _range(reference: str) -> Range:
    first, _, last = reference.partition(":")
    (top, left), (bottom, right) = _place(first), _place(last or first)
    return Range(top, left, bottom + 1, right + 1)


def _draw(package: Package, part: str, root: Element, sheet: Worksheet) -> None:
    """Put into a sheet what lies over its cells: pictures where they begin, boxes with their text."""
    targets = _related(package, part)
    drawings = (package.xml(targets.get(attribute(d, "id") or "", "")) for d in children(root, "drawing"))
    boxes: list[str] = []
    rows = {row for row, _ in sheet.cells}
    for drawing in drawings:
        for anchor in () if drawing is None else drawing:
            place = _anchored(anchor)
            pictures = sum(1 for _ in below(anchor, "pic"))
            sheet.pictures += pictures
            if pictures and place is not None and place[0] in rows:
                picture_at(sheet.cells, place)
            for body in below(anchor, "txBody"):
                paragraphs = ("".join(t.text or "" for t in below(p, "t")) for p in children(body, "p"))
                boxes.append("\n".join(paragraphs))
    sheet.boxes = boxes


def _anchored(anchor: Element) -> Place | None:
    begin = child(anchor, "from")
    row, column = child(begin, "row"), child(begin, "col")
    if row is None or column is None:
        return None
    return (number_of(row.text), number_of(column.text))
