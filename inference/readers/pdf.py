"""Read a PDF with text: its ruled tables by their cells, all other print by its places.

Flow:  content -> sheets -> grids, lines -> **page** -> tokens

What holds no text (a scan), or text that nothing is drawn of (what recognition lays over a scan),
is not read: its figures would be a machine's guess and not the page's print.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from statistics import median
from typing import Any

from gouji.inference.readers.content import Content, Options
from gouji.inference.readers.pdf_grid import Grid, grids_of
from gouji.inference.readers.pdf_lines import lines_of
from gouji.inference.readers.pdf_sheet import Sheet, sheet_of
from gouji.inference.readers.pdf_tables import Table, table_of
from gouji.inference.readers.registry import needs_extra
from gouji.inference.reading import ReadingError
from gouji.model.page import Page

_PASSWORD = 4  # pdfium's number for a document that wants one
_FEW = 50  # glyphs a sheet: a scan may carry the scanning program's name
_MOST_UNMAPPED = 0.1  # share of glyphs that no font names

_SCANNED = "is a scanned PDF: it holds pictures of pages and no text; recognize its text first (OCR)"
_RECOGNIZED = (
    "is a scanned PDF whose text a machine recognized and nobody printed: its figures prove nothing;"
    " read it off the pictures, or save its text as .txt to have it read all the same"
)
_EMPTY = "is a PDF without text; expected a report's page"
_LOCKED = "is a PDF protected by a password; remove it first (qpdf --decrypt)"
_NAMELESS = (
    "is a PDF whose fonts do not say which characters they print; print it anew, or recognize its text (OCR)"
)


def read(content: Content, options: Options) -> Iterator[Page]:
    """The page of a PDF.

    Raises:
        ReadingError: It is damaged, protected, scanned, without text, or its text is not named.
    """
    with needs_extra("pdf", content.name):
        import pypdfium2
    try:
        document = pypdfium2.PdfDocument(content.whole())
    except pypdfium2.PdfiumError as error:
        if error.err_code == _PASSWORD:
            raise ReadingError(f"{content.name}: {_LOCKED}") from error
        raise ReadingError(f"{content.name}: {_damaged(error)}") from error
    try:
        sheets = [sheet_of(page) for page in _pages(document, content.name)]
    finally:
        document.close()
    fault = _fault(sheets)
    if fault is not None:
        raise ReadingError(f"{content.name}: {fault}")
    yield Page(content.name, text_of(sheets))


def text_of(sheets: Sequence[Sheet]) -> str:
    """What the sheets print."""
    return "\n".join(part for sheet in sheets for part in _parts(sheet)) + "\n"


def _pages(document: Any, name: str) -> Iterator[Any]:
    import pypdfium2

    for index in range(len(document)):
        try:
            page = document[index]
        except pypdfium2.PdfiumError as error:
            raise ReadingError(f"{name}: {_damaged(error)}") from error
        yield page
        page.close()


def _damaged(error: Exception) -> str:
    return f"is a damaged PDF ({error}); fetch it again, or print it anew"


def _fault(sheets: Sequence[Sheet]) -> str | None:
    """Why what the sheets print cannot be believed."""
    glyphs = sum(glyph.text != " " for sheet in sheets for glyph in sheet.glyphs)
    pictures = sum(sheet.pictures > 0 for sheet in sheets)
    if glyphs <= _FEW * len(sheets) and pictures * 2 >= max(len(sheets), 1):
        return _SCANNED
    if not glyphs:
        return _EMPTY
    if sum(sheet.hidden for sheet in sheets) * 2 > glyphs:
        return _RECOGNIZED
    if sum(sheet.unmapped for sheet in sheets) > glyphs * _MOST_UNMAPPED:
        return _NAMELESS
    return None


def _parts(sheet: Sheet) -> Iterator[str]:
    grids = grids_of(sheet.rules)
    inside = [[g for g in sheet.glyphs if _within(grid, g)] for grid in grids]
    taken = {id(glyph) for glyphs in inside for glyph in glyphs}
    free = lines_of(glyph for glyph in sheet.glyphs if id(glyph) not in taken)
    placed = [(grid.ys[0], table_of(grid, glyphs).text()) for grid, glyphs in zip(grids, inside, strict=True)]
    if free:
        margin = min(line.left for line in free)
        unit = median(glyph.height for line in free for glyph in line.glyphs) / 2
        placed += [(line.base, line.laid_out(margin, unit)) for line in free]
    return (text for _, text in sorted(placed, key=lambda each: each[0]))


def _within(grid: Grid, glyph: Any) -> bool:
    return any(box.holds(glyph) for box in grid.boxes)
