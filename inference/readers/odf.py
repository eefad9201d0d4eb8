"""Read an OpenDocument file: a text (ODT) by its paragraphs and tables, a spreadsheet (ODS) by its cells.

Flow:  ZIP, or one XML file -> content.xml -> blocks, worksheets -> **page**

A spreadsheet's cells keep the text that they show beside the value, so no number is formatted here. What a
reviewer deleted, hidden rows and columns, and notes' texts are not shown; a note's mark is marked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from gouji.inference.readers.content import Content, Options
from gouji.inference.readers.marks import MORE, PICTURE, noted, resolved, spread, struck
from gouji.inference.readers.number_formats import general
from gouji.inference.readers.packages import attribute, below, child, children, opened, tag_of
from gouji.inference.readers.pages import pages_of_blocks
from gouji.inference.readers.worksheets import Range, SheetCell, Worksheet, blocks_of_workbook
from gouji.inference.readers.writer import Block, Table, cell, lays_out, line
from gouji.inference.reading import ReadingError
from gouji.model.page import Page

WHAT = "an OpenDocument file"
_UNSEEN = frozenset((  # elements that show nothing where they stand
    "annotation", "annotation-end", "tracked-changes", "forms", "sequence-decls", "variable-decls",
    "user-field-decls", "desc", "title", "bookmark", "soft-page-break", "table-columns",
    "event-listeners", "ruby-text", "covered-table-cell",
))  # fmt: skip
_HIDDEN = ("collapse", "filter")  # rows and columns
_NO_BORDER = ("none", "hidden", "0", "0pt", "0cm")
_MOST_REPEATED = (
    400  # times that a row or a cell is repeated with something in it; blanks go on for a million
)
_TABBED = 2  # pieces of a line between tabs; from more on it may be a table's row


@dataclass(frozen=True, slots=True)
class _Style:
    """What a style does to print, and to cells."""

    hidden: bool = False
    struck: bool = False
    raised: bool = False
    ruled: bool = False


_Styles = Mapping[tuple[str, str], _Style]  # by family and name; a family's names are its own
_PLAIN = _Style()


@dataclass(slots=True)
class _Text:
    """The text of a paragraph while it is gathered, and the boxes that stand on it."""

    styles: _Styles
    boxes: list[Element] = field(default_factory=list)

    def of(self, element: Element) -> str:
        """What an element shows: its own text, and all that is in it."""
        return (element.text or "") + "".join(self._inside(each) + (each.tail or "") for each in element)

    def _inside(self, element: Element) -> str:
        tag = tag_of(element)
        if tag == "s":
            return " " * min(int(attribute(element, "c") or 1), _MOST_REPEATED)
        if tag == "tab":
            return "\t"
        if tag == "line-break":
            return "\n"
        if tag == "note":
            return noted("".join(self.of(mark) for mark in children(element, "note-citation")))
        if tag == "text-box":
            self.boxes.append(element)
            return ""
        if tag in ("image", "object", "object-ole", "plugin"):
            return PICTURE
        if tag == "frame":
            return self._frame(element)
        if tag in _UNSEEN:
            return ""
        style = _style_of(element, "text", self.styles)
        if style.hidden or tag == "hidden-text":
            return ""
        text = self.of(element)
        return struck(text) if text and style.struck else noted(text) if text and style.raised else text

    def _frame(self, element: Element) -> str:
        """A frame's text is set aside; what is kept in it twice, as a table and as its picture, is one."""
        before = len(self.boxes)
        shown = [self._inside(each) for each in element]
        return "" if len(self.boxes) > before else PICTURE if PICTURE in shown else ""


def read(content: Content, options: Options) -> Iterator[Page]:
    """The reports of a document, or of a workbook.

    Raises:
        ReadingError: It is damaged, protected, neither a text nor a spreadsheet, or shows nothing.
    """
    roots = _roots(content)
    styles: dict[tuple[str, str], _Style] = {}
    for root in roots:
        styles.update(_styles(root))
    body = next((body for root in roots for body in below(root, "body")), None)
    sheets, text = child(body, "spreadsheet"), child(body, "text")
    if sheets is not None:
        made = [_worksheet(table, styles) for table in children(sheets, "table")]
        blocks = blocks_of_workbook(content.name, made)
    elif text is not None:
        blocks = [_shown(block) for block in _blocks(text, styles)]
        _refuse_pictures(content.name, text, blocks)
    else:
        kind = next((tag_of(each) for each in body), "nothing") if body is not None else "nothing"
        fault = f"is {WHAT} of the kind {kind}; give the report itself, as a text or a spreadsheet"
        raise ReadingError(f"{content.name}: {fault}")
    yield from pages_of_blocks(content.name, blocks, WHAT)


def _refuse_pictures(name: str, text: Element, blocks: Sequence[Block]) -> None:
    """Refuse a text that is pictures of pages."""
    pictures = sum(1 for _ in below(text, "image"))
    if pictures and not any(isinstance(block, Table) or line(block) for block in blocks):
        fault = f"is {WHAT} of {pictures} pictures without text; recognize their text (OCR) and give that"
        raise ReadingError(f"{name}: {fault}")


def _roots(content: Content) -> list[Element]:
    """The XML of a document: its content, and before it the styles that it shares with others."""
    if not content.head().startswith(b"PK"):
        try:
            return [ElementTree.fromstring(content.whole())]
        except (ElementTree.ParseError, ValueError, LookupError) as error:
            raise ReadingError(
                f"{content.name}: is {WHAT} that is damaged ({error}); fetch it again"
            ) from error
    with opened(content, WHAT) as package:
        manifest = package.xml("META-INF/manifest.xml")
        if manifest is not None and next(below(manifest, "encryption-data"), None) is not None:
            fault = f"is {WHAT} protected by a password; save it without one"
            raise ReadingError(f"{content.name}: {fault}")
        roots = (package.xml("styles.xml"), package.xml("content.xml"))
        return [root for root in roots if root is not None]


def _styles(root: Element) -> Iterator[tuple[tuple[str, str], _Style]]:
    """What the styles of a part do, those with that they are based on."""
    elements = {(attribute(e, "family") or "", attribute(e, "name") or ""): e for e in below(root, "style")}
    for family, name in elements:
        chain_: list[Element] = []
        based = (family, name)
        while based in elements and elements[based] not in chain_:
            chain_.append(elements[based])
            based = (family, attribute(chain_[-1], "parent-style-name") or "")
        properties: dict[str, str] = {}
        for part in chain.from_iterable(reversed(chain_)):
            properties.update({key.rpartition("}")[2]: value for key, value in part.attrib.items()})
        yield (family, name), _style(properties)


def _style(properties: Mapping[str, str]) -> _Style:
    sides = [properties.get(f"border{side}", "none") for side in ("-left", "-right", "-top", "-bottom")]
    drawn = sum(side.split()[0] not in _NO_BORDER for side in sides)
    raised = properties.get("text-position", "0%").split()[0]
    return _Style(
        hidden=properties.get("display") in ("none", "false"),
        struck=properties.get("text-line-through-style", "none") != "none",
        raised=raised in ("super", "sub") or raised.lstrip("-").rstrip("%") not in ("", "0", "0.0"),
        ruled=drawn > 1 or properties.get("border", "none").split()[0] not in _NO_BORDER,
    )


def _blocks(element: Element, styles: _Styles) -> Iterator[Block]:
    """What an element of a text holds, paragraph by paragraph and table by table."""
    for each in element:
        tag = tag_of(each)
        if tag in ("p", "h"):
            if _style_of(each, "paragraph", styles).hidden:
                continue
            gathered = _Text(styles)
            yield from gathered.of(each).split("\n")
            for box in gathered.boxes:
                yield from _blocks(box, styles)
        elif tag == "table":
            yield from _table(each, styles)
        elif tag == "section" and attribute(each, "display") == "none":
            continue
        elif tag == "list-item":
            yield from _item(each, styles)
        elif tag == "frame":
            gathered = _Text(styles)
            gathered._frame(each)
            for box in gathered.boxes:
                yield from _blocks(box, styles)
        elif tag not in _UNSEEN:
            yield from _blocks(each, styles)


def _item(item: Element, styles: _Styles) -> Iterator[Block]:
    """An item of a list: where nothing stands in it, its number does, which a program prints."""
    blocks = list(_blocks(item, styles))
    yield from blocks if any(not isinstance(b, str) or b.strip() for b in blocks) else [PICTURE]


def _shown(block: Block) -> Block:
    """A block outside of cells; a line that is set with tabs keeps them."""
    if isinstance(block, Table):
        return block
    text = spread(block)
    cells = tuple(map(line, text.strip("\t ").split("\t")))
    return Table((cells,), known=False) if len(cells) > _TABBED else text


def _table(table: Element, styles: _Styles) -> Iterator[Block]:
    """A table's rows; where a row lays the page out, its cells' blocks."""
    rows: list[tuple[str, ...]] = []
    for row, times in _rows(table):
        if _is_away(row):
            continue
        cells = [c for c in row if tag_of(c) == "table-cell"]
        blocks = [
            list(_blocks(c, styles))
            for c in cells
            for _ in range(min(int(attribute(c, "number-columns-repeated") or 1), _MOST_REPEATED))
        ]
        if lays_out(blocks):
            if rows:
                yield Table(tuple(rows))
            rows = []
            yield from chain.from_iterable(blocks)
        elif blocks:
            rows += [tuple(map(_cell, blocks))] * min(times, _MOST_REPEATED)
    if rows:
        yield Table(tuple(rows))


def _cell(blocks: Sequence[Block]) -> str:
    return resolved(cell(chain.from_iterable([b] if isinstance(b, str) else chain(*b.rows) for b in blocks)))


def _rows(table: Element) -> Iterator[tuple[Element, int]]:
    """The rows of a table, in whatever group, and how often each is repeated."""
    for each in table:
        tag = tag_of(each)
        if tag == "table-row":
            yield each, int(attribute(each, "number-rows-repeated") or 1)
        elif tag in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(each)


def _is_away(part: Element) -> bool:
    """Whether a row or a column is hidden."""
    return attribute(part, "visibility") in _HIDDEN


def _worksheet(table: Element, styles: _Styles) -> Worksheet:
    """One sheet of a workbook."""
    sheet = Worksheet(attribute(table, "name") or "")
    merged: list[Range] = []
    boxes: list[str] = []
    columns = list(_columns(table))
    sheet.hidden_columns = frozenset(at for at, (element, _) in enumerate(columns) if _is_away(element))
    hidden: set[int] = set()
    at = 0
    for row, times in _rows(table):
        if _is_away(row):
            hidden.update(range(at, at + min(times, _MOST_REPEATED)))
        held, ranges = _cells(row, at, [default for _, default in columns], styles, sheet, boxes)
        merged += ranges
        for copy in range(min(times, _MOST_REPEATED) if held else 0):
            sheet.cells.update({(at + copy, column): own for column, own in held.items()})
        at += times
    for shape in children(table, "shapes"):
        sheet.pictures += sum(1 for _ in below(shape, "image"))
        boxes += ["\n".join(_Text(styles).of(p) for p in below(box, "p")) for box in below(shape, "text-box")]
    sheet.merged, sheet.boxes, sheet.hidden_rows = merged, boxes, frozenset(hidden)
    sheet.hidden = _style_of(table, "table", styles).hidden
    return sheet


def _cells(
    row: Element,
    at: int,
    defaults: Sequence[str],
    styles: _Styles,
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
        times = int(attribute(own, "number-columns-repeated") or 1)
        if tag_of(own) == "table-cell":
            default = defaults[column] if column < len(defaults) else ""
            style = _style_of(own, "table-cell", styles, default)
            text = _cell_text(own, styles, sheet, boxes)
            text = struck(text) if text and style.struck else text
            if text or style.ruled:
                span = range(column, column + min(times, _MOST_REPEATED))
                held.update((place, SheetCell(text, style.ruled)) for place in span)
            rows = int(attribute(own, "number-rows-spanned") or 1)
            columns = int(attribute(own, "number-columns-spanned") or 1)
            if rows > 1 or columns > 1:
                ranges.append(Range(at, column, at + rows, column + columns))
        column += times
    return held, ranges


def _cell_text(own: Element, styles: _Styles, sheet: Worksheet, boxes: list[str]) -> str:
    """What a cell shows; an error's is marked, as is a value that is kept without its text."""
    gathered = _Text(styles)
    lines = [gathered.of(p) for p in children(own, "p")]
    sheet.pictures += sum(1 for _ in below(own, "image"))
    boxes += ["\n".join(_Text(styles).of(p) for p in below(box, "p")) for box in gathered.boxes]
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
            times = min(int(attribute(each, "number-columns-repeated") or 1), _MOST_REPEATED)
            yield from [(each, attribute(each, "default-cell-style-name") or "")] * times
        elif tag in ("table-columns", "table-header-columns", "table-column-group"):
            yield from _columns(each)


def _style_of(element: Element, family: str, styles: _Styles, default: str = "") -> _Style:
    return styles.get((family, attribute(element, "style-name") or default), _PLAIN)
