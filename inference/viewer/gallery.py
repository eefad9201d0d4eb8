"""Write a folder to look at, report by report as they come: their pages, and an index at the end.

Flow:  records and pages -> **gallery** -> DIR/index.html, DIR/reports/*.html, DIR/assets/*

Only what the index says of a report is kept; the pages themselves are written and forgotten.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from gouji.inference.html_page import ReportError, write_page
from gouji.inference.outputs.records import Record
from gouji.inference.viewer.corpus import Corpus
from gouji.inference.viewer.index_page import index_html
from gouji.inference.viewer.page_assets import FOLDER, index_assets, report_assets
from gouji.model.forms import Form

INDEX = "index.html"
REPORTS = "reports"

_NAME = 48  # characters of a source's name in the name of its page
_NO_NAME = re.compile(r"[^\w.-]+")


class Gallery:
    """A folder of pages.

    Args:
        folder: Made where it is not there; pages of the same names are written over.
        forms: The forms that the reports were read by.

    Raises:
        ReportError: The folder cannot be made, or not be written in.
    """

    def __init__(self, folder: Path, forms: Mapping[str, Form]) -> None:
        self.folder = folder
        self._corpus = Corpus(forms)
        try:
            for part in (REPORTS, FOLDER):
                (folder / part).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ReportError(f"{folder}: cannot be made: {error.strerror}; name another folder") from error
        for asset in (*index_assets(), *report_assets(forms)):
            write_page(folder / FOLDER / asset.name, asset.text)

    def add(self, record: Record, html: str | None) -> None:
        """Take in one answer of `gouji extract`, and write its page.

        Raises:
            ReportError: The page cannot be written.
        """
        file = None
        if html is not None:
            name = page_name(len(self._corpus.entries) + 1, record.source)
            write_page(self.folder / REPORTS / name, html)
            file = f"{REPORTS}/{quote(name)}"
        self._corpus.add(record, file)

    def close(self) -> Path:
        """Write the index of what was taken in; return where it lies.

        Raises:
            ReportError: It cannot be written.
        """
        path = self.folder / INDEX
        write_page(path, index_html(self._corpus))
        return path


def page_name(number: int, source: str) -> str:
    """What a report's page is called: its number among them all, and its source's name.

    >>> page_name(12, "pages/某市 2022.txt")
    '00012-某市-2022.html'
    """
    stem = re.split(r"[/\\]", source.rstrip("/\\"))[-1]
    stem = _NO_NAME.sub("-", stem.rpartition(".")[0] or stem).strip("-.")[:_NAME]
    return f"{number:05}-{stem or 'page'}.html"
