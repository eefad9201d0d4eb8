"""Read a PDF with text: its ruled tables by their cells, all other print by its places.

Flow:  content -> sheets -> grids, lines -> **page** -> tokens

What holds no text (a scan), or text that nothing is drawn of (what recognition lays over a scan),
is not read: its figures would be a machine's guess and not the page's print.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from gouji.inference.limits import Exceeded, keep_within, limits
from gouji.inference.readers.content import Content, Options
from gouji.inference.readers.pages import pages_of_written
from gouji.inference.readers.pdf_annotations import Annotation, annotations_of, draw_in
from gouji.inference.readers.pdf_beside import with_sheets_beside
from gouji.inference.readers.pdf_breaks import continue_with, doubt_cut_rows, furniture, goes_on_in
from gouji.inference.readers.pdf_edges import with_print_beyond
from gouji.inference.readers.pdf_glyphs import Glyph
from gouji.inference.readers.pdf_grid import grids_of
from gouji.inference.readers.pdf_lines import Line, lines_of, without_doubt
from gouji.inference.readers.pdf_low_rows import complete_labels
from gouji.inference.readers.pdf_open_tables import OpenTable, open_tables
from gouji.inference.readers.pdf_rules import NEAR
from gouji.inference.readers.pdf_sheet import Sheet, sheet_of
from gouji.inference.readers.pdf_stacked import stacked
from gouji.inference.readers.pdf_tables import Table, table_of
from gouji.inference.readers.writer import Written, write_lines
from gouji.inference.reading import ReadingError
from gouji.inference.unread_marks import CUT_OFF
from gouji.model.page import Page

_PASSWORD = 4  # pdfium's number for a document that wants one
_FEW = 50  # glyphs a sheet: a scan may carry the scanning program's name
_MOST_UNMAPPED = 0.1  # share of glyphs that no font names
_LOCKED = "is a PDF protected by a password; remove it first (qpdf --decrypt)"


@dataclass(frozen=True, slots=True)
class Faults:
    """Why the sheets of a document of one kind cannot be read, and what to do."""

    scanned: str
    recognized: str
    empty: str
    nameless: str


_FAULTS = Faults(
    scanned="is a scanned PDF: it holds pictures of pages and no text; recognize its text first (OCR)",
    recognized="is a scanned PDF whose text a machine recognized and nobody printed: its figures prove"
    " nothing; read it off the pictures, or save its text as .txt to have it read all the same",
    empty="is a PDF without text; expected a report's page",
    nameless="is a PDF whose fonts do not say which characters they print; print it anew, or recognize its"
    " text (OCR)",
)


def read(content: Content, options: Options) -> Iterator[Page]:
    """The reports of a PDF.

    Raises:
        ReadingError: It is damaged, protected, scanned, without text, or its text is not named.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content.whole())
        document.init_forms()
    except pypdfium2.PdfiumError as error:
        if error.err_code == _PASSWORD:
            raise ReadingError(f"{content.name}: {_LOCKED}") from error
        raise ReadingError(f"{content.name}: {_damaged(error)}") from error
    try:
        sheets = list(_sheets(document, content.name))
    finally:
        document.close()
    fault = fault_of(sheets, _FAULTS)
    if fault is not None:
        raise ReadingError(f"{content.name}: {fault}")
    yield from pages_of_written(content.name, written_of(with_sheets_beside(with_print_beyond(sheets))))


def _sheets(document: Any, name: str) -> Iterator[Sheet]:
    """What each page draws."""
    printed = 0
    for number, (page, over) in enumerate(_pages(document, name), 1):
        try:
            sheet = sheet_of(page, over)
        except Exceeded as error:
            raise ReadingError(f"{name}: sheet {number} {error}") from error
        printed += len(sheet.glyphs)
        keep_within("characters", printed)
        yield sheet


def _pages(document: Any, name: str) -> Iterator[tuple[Any, Sequence[Annotation]]]:
    """Each page, with what stands over it drawn in, and what that is."""
    import pypdfium2
    from pypdfium2 import raw

    if len(document) > limits().sheets:
        raise ReadingError(f"{name}: {limits().reached('sheets', len(document))}")
    for index in range(len(document)):
        try:
            page = document[index]
            over = annotations_of(page)
            if over:
                draw_in(page)
                page.close()
                page = document[index]
        except pypdfium2.PdfiumError as error:
            raise ReadingError(f"{name}: {_damaged(error)}") from error
        if (drawn := raw.FPDFPage_CountObjects(page)) > limits().objects:
            raise ReadingError(f"{name}: sheet {index + 1} {limits().reached('objects', drawn)}")
        yield page, over
        page.close()


def _damaged(error: Exception) -> str:
    return f"is a damaged PDF ({error}); fetch it again, or print it anew"


def fault_of(sheets: Sequence[Sheet], faults: Faults) -> str | None:
    """Why what the sheets print cannot be believed; None where it can."""
    unmapped = sum(sheet.unmapped for sheet in sheets)
    glyphs = unmapped + sum(glyph.text != " " for sheet in sheets for glyph in sheet.glyphs)
    pictures = sum(bool(sheet.pictures) for sheet in sheets)
    if glyphs <= _FEW * len(sheets) and pictures * 2 >= max(len(sheets), 1):
        return faults.scanned
    if not glyphs:
        return faults.empty
    if sum(sheet.hidden for sheet in sheets) * 2 > glyphs:
        return faults.recognized
    return faults.nameless if unmapped > glyphs * _MOST_UNMAPPED else None


def written_of(sheets: Sequence[Sheet]) -> Written:
    """What the sheets print, and where the rows of their tables stand."""
    blocks = _blocks(sheets)
    tables = [block for block in blocks if isinstance(block, Table)]
    for table in tables:
        table.settle_edge()
    complete_labels(tables)
    return write_lines(map(_lines, blocks))


def _lines(block: Table | OpenTable | str) -> Iterator[tuple[str, bool]]:
    if isinstance(block, OpenTable):
        yield from block.rows
        return
    for row in block.rows if isinstance(block, Table) else [block]:
        yield (row, CUT_OFF in row) if isinstance(row, str) else (row.text, row.known)


def _blocks(sheets: Sequence[Sheet]) -> list[Table | OpenTable | str]:
    """The tables and the other lines, in reading order; a table that goes on on the next sheet is one.

    What is print of the sheets, heads and page numbers, is left out.
    """
    in_file = any(glyph.left > sheet.width for sheet in sheets for glyph in sheet.glyphs)
    ends = [rule.end for sheet in sheets for rule in sheet.rules if rule.level]
    printed = [_printed(sheet, max(ends, default=0.0), in_file=in_file) for sheet in sheets]
    besides = furniture([(sheet, lines) for sheet, (lines, _) in zip(sheets, printed, strict=True)])
    blocks: list[Table | OpenTable | str] = []
    doubted = stacked([[line for line in lines if id(line) not in besides] for lines, _ in printed])
    begun, inside = _without_rules(sheets, printed, besides, doubted)
    above: Table | None = None
    for sheet, (lines, tables) in zip(sheets, printed, strict=True):
        show = _laid_out(lines, sheet, doubted)
        lines = [line for line in lines if id(line) not in besides]
        headed = tables and any(line.base < tables[0].grid.ys[0] for line in lines)
        if above is not None and tables and not headed and goes_on_in(above, tables[0]):
            continue_with(above, tables[0])
            tables = [above, *tables[1:]]
        elif above is not None and tables:
            doubt_cut_rows(above, tables[0])
        placed: list[tuple[float, Table | OpenTable | str]] = [
            *((table.grid.ys[0], table) for table in tables if table is not above),
            *((line.base, begun[id(line)]) for line in lines if id(line) in begun),
            *((line.base, show(line)) for line in lines if id(line) not in inside),
        ]
        blocks += [block for _, block in sorted(placed, key=lambda each: each[0])]
        lowest = tables[-1] if tables else None
        above = lowest if lowest and not any(line.base > lowest.grid.ys[-1] for line in lines) else None
    return blocks


def _without_rules(
    sheets: Sequence[Sheet],
    printed: Sequence[tuple[list[Line], list[Table]]],
    besides: set[int],
    doubted: set[int],
) -> tuple[dict[int, OpenTable], set[int]]:
    """The tables without rules, each by its first line's identity, and the lines that are of one.

    One that reaches the sheet's edge may go on beyond it and is none; where rules or the margin say that it
    does, a mark ends its rows.
    """
    runs: list[list[list[Line]]] = [[]]
    at_edge: set[int] = set()
    cut: set[int] = set()
    for sheet, (lines, tables) in zip(sheets, printed, strict=True):
        own = [line for line in lines if id(line) not in besides]
        at_edge |= {id(line) for line in own if line.right > sheet.width - line.height / 2}
        cut |= {id(line) for line in own if _is_cut(line, sheet)}
        for table in tables:
            runs[-1].append([line for line in own if line.base < table.grid.ys[0]])
            runs.append([])
            own = [line for line in own if line.base >= table.grid.ys[-1]]
        runs[-1].append(own)
    found: list[OpenTable] = []
    for run in runs:
        read, torn = open_tables(run, doubted)
        found += read
        doubted |= torn
    found = [table for table in found if not any(id(line) in at_edge for line in table.lines)]
    cut |= _in_the_margin(sheets, printed, {id(line) for table in found for line in table.lines})
    found = [table.cut_off() if any(id(line) in cut for line in table.lines) else table for table in found]
    return {id(table.lines[0]): table for table in found}, {id(line) for t in found for line in t.lines}


def _in_the_margin(
    sheets: Sequence[Sheet], printed: Sequence[tuple[list[Line], list[Table]]], inside: set[int]
) -> set[int]:
    """The lines of tables that reach further right than all else, and into the right margin."""
    lines = [(line, sheet) for sheet, (own, _) in zip(sheets, printed, strict=True) for line in own]
    margin = min((line.left for line, _ in lines), default=0.0)
    reach = max((line.right for line, _ in lines if id(line) not in inside), default=0.0)
    return {
        id(line)
        for line, sheet in lines
        if id(line) in inside and line.right > max(reach, sheet.width - margin) + NEAR
    }


def _is_cut(line: Line, sheet: Sheet) -> bool:
    """Whether a line stands between rules that are not drawn to their end."""
    cut = [rule.at for rule in sheet.rules if rule.level and any(rule.cut)]
    return bool(cut) and min(cut) < line.base <= max(cut)


def _printed(sheet: Sheet, reach: float, *, in_file: bool) -> tuple[list[Line], list[Table]]:
    """What is printed on a sheet outside its tables, and these."""
    grids = grids_of(sheet.rules, sheet.width, reach)
    inside: list[list[Glyph]] = [[] for _ in grids]
    free: list[Glyph] = []
    for glyph in sheet.glyphs:
        home = next((i for i in range(len(grids) - 1, -1, -1) if grids[i].box_of(glyph)), None)
        (free if home is None else inside[home]).append(glyph)
    free += [glyph for glyph in sheet.lost if not any(grid.box_of(glyph) for grid in grids)]
    tables: list[Table] = []
    for grid, glyphs in zip(grids, inside, strict=True):
        table = table_of(grid, glyphs, sheet, in_file=in_file)
        if table is None:
            free += glyphs
        else:
            tables.append(table)
    return lines_of(free), tables


def _laid_out(lines: Sequence[Line], sheet: Sheet, doubted: set[int]) -> Callable[[Line], str]:
    """How a sheet's lines are shown: each character at its place.

    Between rules that are not drawn to their end a mark follows: more may stand there than is printed.
    """
    marked = dict(zip(map(id, lines), without_doubt(lines, doubted), strict=True))
    margin = min((line.left for line in lines), default=0.0)
    widths = [g.right - g.left for line in lines for g in line.glyphs if g.text >= "\u2e80"]
    unit = median(widths) / 2 if widths else 6.0

    def shown(line: Line) -> str:
        line = marked[id(line)]
        if _is_cut(line, sheet):
            return f"{line.laid_out(margin, unit)}\t{CUT_OFF}"
        return line.laid_out(margin, unit)

    return shown
