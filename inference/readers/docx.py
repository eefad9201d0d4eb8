"""Read a DOCX document: its paragraphs, and its tables by their cells.

Flow:  ZIP -> document.xml -> blocks -> **page**

The parts of the XML that show something are few: runs of text, tabs and breaks, tables, text
boxes. What a reviewer deleted is not shown, what he inserted is; a text box is drawn twice, for
old programs and new ones, and read once. Headers, footers and notes are no part of the report.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import chain
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from gouji.inference.readers.content import Content, Options
from gouji.inference.readers.pages import pages_of_blocks
from gouji.inference.readers.writer import Block, Table, cell, lays_out
from gouji.inference.reading import ReadingError
from gouji.inference.unread_marks import PICTURE
from gouji.model.page import Page

_LARGEST = 1 << 28  # bytes of XML; the longest report in sight has 2 MB
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "{http://purl.oclc.org/ooxml/wordprocessingml/main}"
_UNSEEN = frozenset((  # elements that show nothing, or show it elsewhere
    "del", "moveFrom", "pPr", "rPr", "tblPr", "trPr", "tcPr", "tblGrid", "sectPr", "instrText", "delText",
    "Fallback", "footnoteReference", "endnoteReference", "annotationRef", "commentReference",
))  # fmt: skip
_PICTURES = frozenset(("drawing", "pict", "object"))
_FLATTENED = re.compile(r"\d(?:[ \t|]+\d+){2}\s*$")  # a line of a table that is kept as text
_TEXT_BOX = "txbxContent"


def read(content: Content, options: Options) -> Iterator[Page]:
    """The reports of a document.

    Raises:
        ReadingError: It cannot be opened, is protected, or shows nothing.
    """
    body = _body(content)
    blocks = list(_blocks(body))
    if not any(isinstance(block, Table) or _FLATTENED.search(block) for block in blocks):
        pictures = sum(_tag(below) in _PICTURES for below in body.iter())
        held = f"{pictures} pictures: if they show the tables, recognize their text (OCR)"
        remedy = held if pictures else "give the document that holds them"
        raise ReadingError(f"{content.name}: is a DOCX document without tables; {remedy}")
    yield from pages_of_blocks(content.name, blocks, "a DOCX document")


def _body(content: Content) -> Element:
    damaged = "its archive is cut or damaged; fetch it again"
    try:
        with zipfile.ZipFile(io.BytesIO(content.whole())) as archive:
            name = next(n for n in archive.namelist() if n.lower().replace("\\", "/") == "word/document.xml")
            if archive.getinfo(name).file_size > _LARGEST:
                raise ReadingError(f"{content.name}: its text is larger than {_LARGEST >> 20} MB; split it")
            root = ElementTree.fromstring(archive.read(name))
    except StopIteration as error:
        fault = f"{content.name}: is a DOCX document without word/document.xml; {damaged}"
        raise ReadingError(fault) from error
    except RuntimeError as error:
        raise ReadingError(f"{content.name}: is protected by a password; save it without one") from error
    except (zipfile.BadZipFile, OSError, EOFError, NotImplementedError, ElementTree.ParseError) as error:
        raise ReadingError(f"{content.name}: cannot be read as DOCX ({error}); {damaged}") from error
    return next((child for child in root if _tag(child) == "body"), root)


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _blocks(element: Element) -> Iterator[Block]:
    """What an element holds, paragraph by paragraph and table by table; text boxes behind their paragraph."""
    for child in element:
        tag = _tag(child)
        if tag == "tbl":
            yield from _table(child)
        elif tag == "p":
            boxes: list[Element] = []
            yield from "".join(_runs(child, boxes)).split("\n")
            yield from chain.from_iterable(map(_blocks, boxes))
        elif tag not in _UNSEEN:
            yield from _blocks(child)


def _runs(element: Element, boxes: list[Element]) -> Iterator[str]:
    """The text of a paragraph; the text boxes that hang on it are set aside."""
    for child in element:
        tag = _tag(child)
        if tag == "t":
            yield child.text or ""
        elif tag in ("tab", "ptab"):
            yield " "
        elif tag in ("br", "cr"):
            yield "\n"
        elif tag == "noBreakHyphen":
            yield "-"
        elif tag == "sym":
            yield "*"  # a letter of a font of signs: ticks and bullets
        elif tag == _TEXT_BOX:
            boxes.append(child)
        elif tag == "r" and _hidden(child):
            pass
        elif tag == "r" and _apart(child):
            yield " "
            yield from _runs(child, boxes)
            yield " "
        elif tag not in _UNSEEN:
            yield from _runs(child, boxes)


def _properties(run: Element) -> Iterator[Element]:
    for child in run:
        if _tag(child) == "rPr":
            yield from child


def _hidden(run: Element) -> bool:
    return any(_tag(p) == "vanish" and _on(p) for p in _properties(run))


def _apart(run: Element) -> bool:
    """Whether a run's digits are no part of the number beside it: a note's mark, what is struck out."""
    return any(
        (_tag(p) in ("strike", "dstrike") and _on(p))
        or (_tag(p) == "vertAlign" and _value(p) in ("superscript", "subscript"))
        for p in _properties(run)
    )


def _on(element: Element) -> bool:
    return _value(element) not in ("0", "false", "off")


def _value(element: Element) -> str | None:
    return element.get(f"{_W}val", element.get(f"{_STRICT}val"))


def _table(table: Element) -> Iterator[Block]:
    """A table's rows; where a row lays the page out, its cells' blocks."""
    rows: list[tuple[str, ...]] = []
    for row in _parts(table, "tr"):
        cells = [c for c in _parts(row, "tc") if not _continues(c)]
        blocks = [list(_blocks(c)) for c in cells]
        if lays_out(blocks):
            if rows:
                yield Table(tuple(rows))
            rows = []
            yield from chain.from_iterable(blocks)
        elif cells:
            rows.append(tuple(_cell(*pair) for pair in zip(cells, blocks, strict=True)))
    if rows:
        yield Table(tuple(rows))


def _parts(element: Element, wanted: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row: as children, or in a content control or a revision."""
    for child in element:
        tag = _tag(child)
        if tag == wanted:
            if not (wanted == "tr" and _deleted(child)):
                yield child
        elif tag not in _UNSEEN and tag != "tbl":
            yield from _parts(child, wanted)


def _deleted(row: Element) -> bool:
    return any(_tag(p) == "del" for part in row if _tag(part) == "trPr" for p in part)


def _continues(cell_element: Element) -> bool:
    """Whether a cell is the rest of the one above or beside it, merged with it."""
    properties = [p for part in cell_element if _tag(part) == "tcPr" for p in part]
    return any(_tag(p) in ("vMerge", "hMerge") and _value(p) in (None, "continue") for p in properties)


def _cell(element: Element, blocks: list[Block]) -> str:
    text = cell(chain.from_iterable([b] if isinstance(b, str) else chain(*b.rows) for b in blocks))
    if not text and any(_tag(below) in _PICTURES for below in element.iter()):
        return PICTURE
    return text
