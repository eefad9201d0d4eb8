"""Read a DOCX document: its paragraphs, and its tables by their cells.

Flow:  ZIP -> document.xml -> blocks -> **page**

The parts of the XML that show something are few: paragraphs, tables, text boxes. What a reviewer
deleted is not shown, what he inserted is. Headers, footers and notes are no part of the report.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from functools import partial
from itertools import chain
from xml.etree.ElementTree import Element

from gouji.inference.readers.content import Content, Options
from gouji.inference.readers.docx_elements import is_on, tag_of, value_of
from gouji.inference.readers.docx_numbering import Numbering
from gouji.inference.readers.docx_runs import PICTURES, UNSEEN, Runs, shade_of, styles_of
from gouji.inference.readers.marks import PICTURE, resolved
from gouji.inference.readers.packages import DAMAGE, parsed
from gouji.inference.readers.pages import pages_of_blocks
from gouji.inference.readers.writer import Block, Table, cell, lays_out, with_tabs
from gouji.inference.reading import ReadingError
from gouji.model.page import Page

_FLATTENED = re.compile(r"\d(?:[ \t|]+\d+){2}\s*$")  # a line of a table that is kept as text


def read(content: Content, options: Options) -> Iterator[Page]:
    """The reports of a document.

    Raises:
        ReadingError: It cannot be opened, is protected, or shows nothing.
    """
    body, runs = _body(content)
    blocks = [with_tabs(block) for block in _blocks(body, runs)]
    if not any(map(_may_be_a_table, blocks)):
        pictures = sum(tag_of(below) in PICTURES for below in body.iter())
        held = f"{pictures} pictures: if they show the tables, recognize their text (OCR)"
        remedy = held if pictures else "give the document that holds them"
        raise ReadingError(f"{content.name}: is a DOCX document without tables; {remedy}")
    yield from pages_of_blocks(content.name, blocks, "a DOCX document")


def _may_be_a_table(block: Block) -> bool:
    if isinstance(block, Table) and block.known:
        return True
    return _FLATTENED.search(block if isinstance(block, str) else "\t".join(block.rows[0])) is not None


def _body(content: Content) -> tuple[Element, Runs]:
    damaged = "its archive is cut or damaged; fetch it again"
    try:
        with zipfile.ZipFile(io.BytesIO(content.whole())) as archive:
            name = next(n for n in archive.namelist() if n.lower().replace("\\", "/") == "word/document.xml")
            root = parsed(archive, name, content.name)
            runs = Runs(_styles(archive), numbering=Numbering(partial(_numbering, content)))
    except StopIteration as error:
        fault = f"{content.name}: is a DOCX document without word/document.xml; {damaged}"
        raise ReadingError(fault) from error
    except RuntimeError as error:
        raise ReadingError(f"{content.name}: is protected by a password; save it without one") from error
    except DAMAGE as error:
        raise ReadingError(f"{content.name}: cannot be read as DOCX ({error}); {damaged}") from error
    return next((child for child in root if tag_of(child) == "body"), root), runs


def _styles(archive: zipfile.ZipFile) -> dict[str, list[Element]]:
    """What the document's styles do to its runs."""
    root = _part(archive, "styles.xml")
    return {} if root is None else styles_of(root)


def _numbering(content: Content) -> Element | None:
    """What the document says of its lists."""
    with zipfile.ZipFile(io.BytesIO(content.whole())) as archive:
        return _part(archive, "numbering.xml")


def _part(archive: zipfile.ZipFile, name: str) -> Element | None:
    """A part of the document beside its text; None where it is missing or damaged."""
    held = next((n for n in archive.namelist() if n.lower().replace("\\", "/") == f"word/{name}"), None)
    if held is None:
        return None
    try:
        return parsed(archive, held, "")
    except (*DAMAGE, ReadingError):
        return None


def _blocks(element: Element, runs: Runs) -> Iterator[Block]:
    """What an element holds, paragraph by paragraph and table by table; text boxes behind their paragraph."""
    for child in element:
        tag = tag_of(child)
        if tag == "tbl":
            yield from _table(child, runs)
        elif tag == "p":
            boxes: list[Element] = []
            yield from runs.text_of(child, boxes).split("\n")
            for box in boxes:
                yield from _blocks(box, runs)
        elif tag == "altChunk":
            yield PICTURE
        elif tag not in UNSEEN:
            yield from _blocks(child, runs)


def _table(table: Element, runs: Runs) -> Iterator[Block]:
    """A table's rows; where a row lays the page out, its cells' blocks."""
    rows: list[tuple[str, ...]] = []
    for row in _parts(table, "tr"):
        blocks = [_of_cell(c, runs) for c in _parts(row, "tc") if not _continues(c)]
        if lays_out(blocks):
            if rows:
                yield Table(tuple(rows))
            rows = []
            yield from chain.from_iterable(blocks)
        elif blocks:
            rows.append(tuple(map(_cell, blocks)))
    if rows:
        yield Table(tuple(rows))


def _of_cell(c: Element, runs: Runs) -> list[Block]:
    """What a cell holds, on its own ground."""
    shades = (shade_of(p) for part in c if tag_of(part) == "tcPr" for p in part if tag_of(p) == "shd")
    outer, runs.ground = runs.ground, next((each for each in shades if each is not None), runs.ground)
    blocks = list(_blocks(c, runs))
    runs.ground = outer
    return blocks


def _parts(element: Element, wanted: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row: as children, or in a content control or a revision."""
    for child in element:
        tag = tag_of(child)
        if tag == wanted:
            if not _is_away(child):
                yield child
        elif tag not in UNSEEN and tag != "tbl":
            yield from _parts(child, wanted)


def _is_away(part: Element) -> bool:
    """Whether a row or a cell was deleted, or a row is hidden."""
    properties = [p for below in part if tag_of(below) in ("trPr", "tcPr") for p in below]
    return any(tag_of(p) in ("del", "cellDel") or (tag_of(p) == "hidden" and is_on(p)) for p in properties)


def _continues(cell_element: Element) -> bool:
    """Whether a cell is the rest of the one above or beside it, merged with it."""
    properties = [p for part in cell_element if tag_of(part) == "tcPr" for p in part]
    return any(tag_of(p) in ("vMerge", "hMerge") and value_of(p) in (None, "continue") for p in properties)


def _cell(blocks: list[Block]) -> str:
    return resolved(cell(chain.from_iterable([b] if isinstance(b, str) else chain(*b.rows) for b in blocks)))
