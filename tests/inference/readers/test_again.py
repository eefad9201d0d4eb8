"""What was extracted before finds its page again: any file, any report of a page, or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.inference.extractor import Extractor
from gouji.inference.readers.again import page_again
from gouji.inference.readers.content import Content, Options
from gouji.inference.readers.document import document_pages
from gouji.inference.result import Extraction
from gouji.model.page import Page

from .made import docx_report, html_page, html_tables, report
from .made_pdf import pdf_of

OTHER = report("青溪市水务局2023年政府信息公开工作年度报告", first=500)
TWO_REPORTS = html_page("".join(f"<h1>{made.title}</h1>{html_tables(made)}" for made in (report(), OTHER)))
FILES = {
    "two_reports": TWO_REPORTS.encode(),
    "document": docx_report(report()),
    "sheets": pdf_of(report()),
}


def again(extraction: Extraction, folder: Path | None = None) -> Page | None:
    printed = ((cell.start, cell.end, cell.raw) for cell in extraction.cells)
    return page_again(extraction.source, extraction.part, printed, folder, Options())


@pytest.mark.parametrize("name", FILES)
def test_every_page_of_a_file_is_found_again(extractor: Extractor, tmp_path: Path, name: str):
    (tmp_path / name).write_bytes(FILES[name])

    for page in document_pages(Content(name, path=tmp_path / name), Options()):
        found = again(extractor.extract(page), tmp_path)

        assert found is not None
        assert (found.text, found.part) == (page.text, page.part)


def test_a_file_that_prints_something_else_now_is_none(extractor: Extractor, tmp_path: Path):
    path = tmp_path / "two_reports"
    path.write_bytes(FILES["two_reports"])
    first, second = map(extractor.extract, document_pages(Content(str(path), path=path), Options()))

    path.write_bytes(html_page(html_tables(OTHER)).encode())

    assert again(first) is None
    assert again(second) is None
