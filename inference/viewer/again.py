"""Show reports that were extracted before: no table is rebuilt, only the spans are tagged again.

Flow:  JSON lines of `gouji extract` -> records, pages -> **views** -> gallery

A page is believed only where every cell still stands in it at its place; else the report is shown
without its text.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from gouji.inference.extraction import Cell, Unplaced
from gouji.inference.extractor import Extractor
from gouji.inference.outputs.errors import OutputError
from gouji.inference.outputs.read_back import read_json_lines
from gouji.inference.outputs.records import report_of
from gouji.inference.outputs.table_files import TABLE_SUFFIXES
from gouji.inference.readers.again import page_again
from gouji.inference.readers.content import Options
from gouji.inference.viewer.gallery import Gallery
from gouji.inference.viewer.report_page import report_html
from gouji.inference.viewer.view import View
from gouji.model.forms import Form


@dataclass(frozen=True, slots=True)
class Written:
    """What was written of an earlier run."""

    index: Path
    textless: Sequence[str]  # the sources whose page was not there as it was


def show_again(
    files: Sequence[Path],
    folder: Path,
    forms: Mapping[str, Form],
    pages: Path | None = None,
    model_dir: Path | None = None,
    encoding: str | None = None,
) -> Written:
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
    for path in files:
        if path.suffix.lower() in TABLE_SUFFIXES:
            raise OutputError(
                f"{path}: is a table; give the JSON lines that gouji extract wrote: -o FILE.jsonl"
            )
    extractor = Extractor(model_dir, forms)
    gallery = Gallery(folder, forms)
    textless = []
    for record in (record for path in files for record in read_json_lines(path)):
        if record.error is not None:
            gallery.add(record, None)
            continue
        extraction = report_of(record)
        found: list[Cell | Unplaced] = [*extraction.cells, *extraction.unplaced]
        printed = ((each.start, each.end, each.raw) for each in found)
        page = page_again(extraction.source, extraction.part, printed, pages, Options(encoding))
        if page is None:
            textless.append(extraction.source)
            view = View(extraction, forms)
        else:
            view = View(extraction, forms, page.text, extractor.tag(page))
        gallery.add(record, report_html(view))
    return Written(gallery.close(), textless)
