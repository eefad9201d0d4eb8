"""Every kind of file that a report can be written as: a name, an ending, and the function that writes it.

Flow:  composed report -> **kind** -> bytes, or bytes that a program converts once more

A kind is what people hold, as their tools write it; a new one is a line here. What a package or a program is
missing for is refused when the kind is asked for, never skipped.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from types import ModuleType
from typing import Any

from gouji.training.documents import write_docx
from gouji.training.kinds import characters, json_answers, json_models, json_tools, shapes, sheets
from gouji.training.kinds.json_report import Made, made_of
from gouji.training.kinds.text_tables import WRITERS, page, sheet_csv, unbroken
from gouji.training.kinds.wiki_tables import WRITERS as WIKI_WRITERS
from gouji.training.markup import STYLE_NAMES, write_html
from gouji.training.pdf import write_pdf
from gouji.training.reports import Grid, Report
from gouji.training.typesetting import typeset

Write = Callable[[Report, random.Random], bytes]

_ENDINGS = {"csv": "csv", "semicolons": "csv", "tabs": "tsv", "frame_csv": "csv", "latex": "tex"}
_KEEP_BREAKS = ("csv", "semicolons", "tabs", "python_rows", "json_array", "marker", "mineru", "ppstructure")
_PRINTED_WIDTH = 5_486_400  # of a letter sheet between its margins, in EMU
_TABLED = tuple(name for name in STYLE_NAMES if name != "divisions")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file."""

    name: str
    ending: str
    write: Write
    program: str = ""  # that converts what is written: soffice, chromium, w3m
    made_as: str = ""  # the ending before
    wanted: str = ""  # LibreOffice's name of the format, where the ending does not say it


def _kinds() -> Iterator[Kind]:
    yield Kind("html", "html", partial(_html, _TABLED))
    yield Kind("html-divisions", "html", partial(_html, ("divisions",)))
    yield Kind("docx", "docx", _docx)
    yield Kind("xlsx", "xlsx", lambda report, rng: sheets.write_xlsx(report))
    yield Kind("xlsx-unruled", "xlsx", lambda report, rng: sheets.write_xlsx(report, ruled=False))
    yield Kind("ods", "ods", lambda report, rng: sheets.write_ods(report))
    yield Kind("ofd", "ofd", sheets.write_ofd)
    yield Kind("pdf", "pdf", lambda report, rng: write_pdf(typeset(report, rng)))
    yield from _texts()
    yield from _json()
    yield from _by_programs()


def _texts() -> Iterator[Kind]:
    for name, writer in {**WRITERS, **WIKI_WRITERS}.items():
        kept = (lambda grid: grid) if name in _KEEP_BREAKS else unbroken

        def write(report: Report, _: random.Random, writer=writer, kept=kept) -> bytes:  # type: ignore[no-untyped-def]
            return page(report, lambda grid: writer(kept(grid))).encode()

        yield Kind(name.replace("_", "-"), _ENDINGS.get(name, "md"), write)
    yield _text("csv-excel", "csv", sheet_csv, "utf-8-sig")
    yield _text("csv-gb18030", "csv", sheet_csv, "gb18030")
    yield _text("tsv-excel", "txt", partial(sheet_csv, delimiter="\t"), "utf-16")
    yield _text("bullets", "md", lambda report: shapes.bullets(made_of(report)))
    yield _text("bulleted-numbers", "md", lambda report: shapes.bulleted_numbers(made_of(report)))
    yield _text("transposed", "md", lambda report: shapes.turned(made_of(report)))
    yield _text("wide", "csv", lambda report: shapes.wide(made_of(report)))
    rows, cells = characters.rows_of_text, characters.cells_of_text
    yield _text("traditional", "txt", lambda report: characters.traditional(rows(report), "s2t"))
    yield _text("taiwan", "txt", lambda report: characters.traditional(rows(report), "s2twp"))
    yield _text("hong-kong", "txt", lambda report: characters.traditional(rows(report), "s2hk"))
    yield Kind("pinyin", "txt", lambda report, rng: characters.with_pinyin(rows(report), rng).encode())
    yield _text("mojibake-latin-1", "txt", lambda r: characters.misread(rows(r), "utf-8", "latin-1"))
    yield _text("mojibake-gb18030", "txt", lambda r: characters.misread(rows(r), "gb18030", "latin-1"))
    yield _text("rows", "txt", rows)
    yield _text("deduplicated", "txt", lambda report: characters.without_repeats(cells(report)))


def _json() -> Iterator[Kind]:
    for module in (json_answers, json_tools, json_models):
        for name, write in _functions(module):
            yield Kind(name.replace("_", "-"), "json", lambda report, _, write=write: write(made_of(report)))  # type: ignore[misc]


def _by_programs() -> Iterator[Kind]:
    html = partial(_html, _TABLED)
    yield Kind("pdf-chromium", "pdf", html, "chromium", "html")
    yield Kind("pdf-libreoffice", "pdf", _docx, "soffice", "docx")
    yield Kind("pdf-libreoffice-unruled", "pdf", _unruled_docx, "soffice", "docx")
    for ending in ("html", "odt", "rtf", "doc", "xhtml"):
        yield Kind(f"docx-to-{ending}", ending, _docx, "soffice", "docx")
    sheet: Write = lambda report, rng: sheets.write_xlsx(report)  # noqa: E731
    for ending in ("html", "ods", "xls", "pdf", "fods"):
        yield Kind(f"xlsx-to-{ending}", ending, sheet, "soffice", "xlsx")
    yield Kind("xlsx-to-csv", "csv", sheet, "soffice", "xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1")
    yield Kind("html-to-docx", "docx", html, "soffice", "html", "docx:MS Word 2007 XML")
    yield Kind("html-to-odt", "odt", html, "soffice", "html", "odt:writer8")
    yield Kind("html-to-w3m", "txt", html, "w3m", "html")


def _text(name: str, ending: str, write: Callable[[Report], str], charset: str = "utf-8") -> Kind:
    return Kind(name, ending, lambda report, _: write(report).encode(charset, "replace"))


def _html(styles: tuple[str, ...], report: Report, rng: random.Random) -> bytes:
    return write_html(report, rng.choice(styles), rng).encode()


def _docx(report: Report, _: random.Random) -> bytes:
    """A document whose tables have borders and are as wide as the sheet's print."""
    document = write_docx(report)
    grids = (block for block in report.blocks if isinstance(block, Grid))
    for table, grid in zip(document.tables, grids, strict=True):
        table.style = "Table Grid"
        for column, width in zip(table.columns, grid.widths, strict=True):
            column.width = int(_PRINTED_WIDTH * width / sum(grid.widths))
    return _saved(document)


def _unruled_docx(report: Report, _: random.Random) -> bytes:
    """A document whose tables have no borders, their columns narrow."""
    return _saved(write_docx(report))


def _saved(document: Any) -> bytes:
    held = io.BytesIO()
    document.save(held)
    return held.getvalue()


def _functions(module: ModuleType) -> Iterator[tuple[str, Callable[[Made], bytes]]]:
    """The functions that a module of kinds defines, by their names."""
    for name, kind in vars(module).items():
        if callable(kind) and getattr(kind, "__module__", "") == module.__name__ and not name.startswith("_"):
            yield name, kind


KINDS: Mapping[str, Kind] = {kind.name: kind for kind in _kinds()}
