"""Read an OpenDocument file: a text (ODT) by its paragraphs and tables, a spreadsheet (ODS) by its cells.

Flow:  ZIP, or one XML file -> content.xml -> blocks, worksheets -> **page**

What a reviewer deleted, hidden rows and notes' texts are not shown; a note's mark is marked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from xml.etree.ElementTree import Element

from gouji.inference.limits import keep_within
from gouji.inference.readers.content import Content, Options
from gouji.inference.readers.marks import PICTURE, resolved
from gouji.inference.readers.odf_sheets import worksheet_of
from gouji.inference.readers.odf_text import (
    MOST_REPEATED,
    UNSEEN,
    Style,
    Styles,
    Text,
    is_away,
    rows_of,
    style_of,
    styles_of,
)
from gouji.inference.readers.packages import (
    attribute,
    below,
    child,
    children,
    number_of,
    opened,
    parsing,
    root_of,
    tag_of,
)
from gouji.inference.readers.pages import pages_of_blocks
from gouji.inference.readers.worksheets import blocks_of_workbook
from gouji.inference.readers.writer import Block, Table, cell, lays_out, line, with_tabs
from gouji.inference.reading import ReadingError
from gouji.model.page import Page

WHAT = "an OpenDocument file"


def read(content: Content, options: Options) -> Iterator[Page]:
    """The reports of a document, or of a workbook.

    Raises:
        ReadingError: It is damaged, protected, neither a text nor a spreadsheet, or shows nothing.
    """
    with parsing(content, WHAT):
        blocks = _shown(content.name, _roots(content))
    yield from pages_of_blocks(content.name, blocks, WHAT)


def _shown(name: str, roots: Sequence[Element]) -> Sequence[Block]:
    """What a document shows, a text or a spreadsheet."""
    styles: dict[tuple[str, str], Style] = {}
    for root in roots:
        styles.update(styles_of(root))
    body = next((body for root in roots for body in below(root, "body")), None)
    sheets, text = child(body, "spreadsheet"), child(body, "text")
    if sheets is not None:
        made = [worksheet_of(table, styles) for table in children(sheets, "table")]
        return blocks_of_workbook(name, made)
    if text is not None:
        blocks = [with_tabs(block) for block in _blocks(text, styles)]
        _refuse_pictures(name, text, blocks)
        return blocks
    kind = next((tag_of(each) for each in body), "nothing") if body is not None else "nothing"
    fault = f"is {WHAT} of the kind {kind}; give the report itself, as a text or a spreadsheet"
    raise ReadingError(f"{name}: {fault}")


def _refuse_pictures(name: str, text: Element, blocks: Sequence[Block]) -> None:
    """Refuse a text that is pictures of pages."""
    pictures = sum(1 for _ in below(text, "image"))
    if pictures and not any(isinstance(block, Table) or line(block) for block in blocks):
        fault = f"is {WHAT} of {pictures} pictures without text; recognize their text (OCR) and give that"
        raise ReadingError(f"{name}: {fault}")


def _roots(content: Content) -> list[Element]:
    """The XML of a document: its content, and before it the styles that it shares with others."""
    if not content.head().startswith(b"PK"):
        return [root_of(content.whole(), f"{content.name}:")]
    with opened(content, WHAT) as package:
        manifest = package.xml("META-INF/manifest.xml")
        if manifest is not None and next(below(manifest, "encryption-data"), None) is not None:
            fault = f"is {WHAT} protected by a password; save it without one"
            raise ReadingError(f"{content.name}: {fault}")
        roots = (package.xml("styles.xml"), package.xml("content.xml"))
        return [root for root in roots if root is not None]


def _blocks(element: Element, styles: Styles) -> Iterator[Block]:
    """What an element of a text holds, paragraph by paragraph and table by table."""
    for each in element:
        tag = tag_of(each)
        if tag in ("p", "h"):
            if style_of(each, "paragraph", styles).hidden:
                continue
            gathered = Text(styles)
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
            gathered = Text(styles)
            gathered.frame(each)
            for box in gathered.boxes:
                yield from _blocks(box, styles)
        elif tag not in UNSEEN:
            yield from _blocks(each, styles)


def _item(item: Element, styles: Styles) -> Iterator[Block]:
    """An item of a list: where nothing stands in it, its number does, which a program prints."""
    blocks = list(_blocks(item, styles))
    yield from blocks if any(not isinstance(b, str) or b.strip() for b in blocks) else [PICTURE]


def _table(table: Element, styles: Styles) -> Iterator[Block]:
    """A table's rows; where a row lays the page out, its cells' blocks."""
    rows: list[tuple[str, ...]] = []
    count = 0
    for row, times in rows_of(table):
        if is_away(row):
            continue
        cells = [c for c in row if tag_of(c) == "table-cell"]
        copies = [min(number_of(attribute(c, "number-columns-repeated"), 1), MOST_REPEATED) for c in cells]
        times = min(times, MOST_REPEATED)
        count += sum(copies) * times
        keep_within("cells", count)
        blocks = [list(_blocks(c, styles)) for c, own in zip(cells, copies, strict=True) for _ in range(own)]
        if lays_out(blocks):
            if rows:
                yield Table(tuple(rows))
            rows = []
            yield from chain.from_iterable(blocks)
        elif blocks:
            rows += [tuple(map(_cell, blocks))] * times
    if rows:
        yield Table(tuple(rows))


def _cell(blocks: Sequence[Block]) -> str:
    return resolved(cell(chain.from_iterable([b] if isinstance(b, str) else chain(*b.rows) for b in blocks)))
