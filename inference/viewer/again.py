"""Show reports that were extracted before: no table is rebuilt, only the spans are tagged again.

Flow:  JSON lines of `gouji extract` -> records, pages -> **views** -> gallery

A page is believed only where every cell still stands in it at its place; else the report is shown
without its text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gouji.inference.extraction import Extraction
from gouji.inference.extractor import Extractor
from gouji.inference.outputs.records import extraction_of, read_json_lines
from gouji.inference.reading import read_page
from gouji.inference.viewer.gallery import Gallery
from gouji.inference.viewer.report_page import report_html
from gouji.inference.viewer.view import View
from gouji.model.errors import GoujiError
from gouji.model.forms import Form
from gouji.model.page import Page


@dataclass(frozen=True, slots=True)
class Shown:
    """What became of a run."""

    index: Path
    textless: Sequence[str]  # the sources whose page was not there as it was


def show_again(
    files: Sequence[Path],
    folder: Path,
    forms: Mapping[str, Form],
    pages: Path | None = None,
    model_dir: Path | None = None,
    encoding: str | None = None,
) -> Shown:
    """Write the pages and the index of reports extracted before.

    Args:
        files: JSON lines of `gouji extract`.
        folder: Where to write.
        forms: Those that the reports were read by.
        pages: What the reports' sources are relative to.
        model_dir: The model that tags; the shipped one where not given.
        encoding: Forces an encoding of the pages.

    Raises:
        OutputError: A file is faulty, or a form is not known.
        ReportError: A page cannot be written.
    """
    extractor = Extractor(model_dir, forms)
    gallery = Gallery(folder, forms)
    textless = []
    for record in (record for path in files for record in read_json_lines(path)):
        if record.error is not None:
            gallery.add(record, None)
            continue
        extraction = extraction_of(record)
        # A page of several reports is not the text that each one's places count in.
        page = _page_again(extraction, pages, encoding) if extraction.part is None else None
        if page is None:
            textless.append(extraction.source)
            view = View(extraction, forms)
        else:
            view = View(extraction, forms, page.text, extractor.tag(page))
        gallery.add(record, report_html(view))
    return Shown(gallery.close(), textless)


def _page_again(extraction: Extraction, folder: Path | None, encoding: str | None) -> Page | None:
    """The page that an extraction was made of, where it still lies there and is the same.

    Args:
        extraction: Says its source.
        folder: What the source is relative to; None for where we are.
        encoding: Forces an encoding.
    """
    named = Path(extraction.source)
    for path in [folder / named, folder / named.name] if folder else [named]:
        try:
            page = read_page(path, encoding, extraction.source)
        except (GoujiError, ValueError):
            continue
        if _still_stands(extraction, page):
            return page
    return None


def _still_stands(extraction: Extraction, page: Page) -> bool:
    cells = ((cell.start, cell.end, cell.raw) for cell in extraction.cells if cell.start is not None)
    left = ((number.start, number.end, number.raw) for number in extraction.unplaced)
    return all(page.text[start:end] == raw for start, end, raw in (*cells, *left))
