"""What the tests of extraction share: one extractor, and what must hold of every answer it gives."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import pytest

from gouji.inference import loading
from gouji.inference.ablation.smallest_page import marked_page
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.tables import TableFinder
from gouji.inference.extractor import Extractor
from gouji.inference.result import Extraction
from gouji.model.labels import Tag
from gouji.model.page import Page
from gouji.model.ruled import unruled
from gouji.model.tokens import Kind

from .contract import assert_keeps_the_contract

Extract = Callable[[str], Extraction]
Mark = Callable[[str], MarkedPage]


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The extractor with the shipped weights; loading them costs more than a page."""
    return Extractor()


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """A browser; skips where there is none."""
    playwright = pytest.importorskip("playwright.sync_api", reason="pip install playwright to run these")
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip("no Chromium on the PATH; apt install chromium to run these")
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=found, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def extract_with(monkeypatch: pytest.MonkeyPatch) -> Callable[[type], None]:
    """Has pages extracted by another class than the program's; only forked processes know of it."""

    def put_in_place(stub: type) -> None:
        module = ModuleType("gouji.inference.extractor")
        module.Extractor = stub  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "gouji.inference.extractor", module)
        monkeypatch.setattr(loading, "_kept", {})

    return put_in_place


@pytest.fixture(scope="session")
def extract(extractor: Extractor) -> Extract:
    """Extracts a page's text, and holds the answer to the contract before it is looked at."""

    def extract_soundly(text: str) -> Extraction:
        extraction = extractor.extract(Page("a.txt", text))
        assert_keeps_the_contract(text, extraction)
        return extraction

    return extract_soundly


@pytest.fixture(scope="session")
def mark() -> Mark:
    """Makes a tagged page of a text in which `{R:规章} {V:3}` marks what the tagger would find."""
    return marked_page


@pytest.fixture(scope="session")
def unaccounted() -> Callable[[Extractor, Page], list[tuple[str, int]]]:
    """Lists the numbers inside the tables of a page, and their places, that the answer says nothing of.

    A number stands inside a table from the first of its row labels, or of the column labels right above, to
    its end, where the next heading stands. Digits of a label are its words, and an ordinal numbers a row:
    第二十条第（一）项, 本年（2023）制发件数, `1.` and the `1` that a label begins with are no figures. Any
    other number that stands by itself is one; one among the words of a text is where the tagger says so.
    """

    def numbers_not_told_of(extractor: Extractor, page: Page) -> list[tuple[str, int]]:
        told = _told(extractor.extract(page))
        return [
            (page.text[start:end], start)
            for start, end in _numbers_inside(extractor, page)
            if not told.issuperset(place for place in range(start, end) if page.folded[place].isdigit())
        ]

    return numbers_not_told_of


def _told(extraction: Extraction) -> set[int]:
    """The places of the page that a cell, or a number without one, names as its own."""
    named = [(found.start, found.end) for found in (*extraction.cells, *extraction.unplaced)]
    return {p for start, end in named if start is not None and end is not None for p in range(start, end)}


def _numbers_inside(extractor: Extractor, page: Page) -> Iterator[tuple[int, int]]:
    """Where the page prints the numbers of its tables; one in pieces has several places."""
    read = unruled(page)
    tagged = extractor.tagger.tag(read)
    marked = MarkedPage(read, tagged.tokens, tagged.spans)
    for found in TableFinder(extractor.forms).find(marked):
        for index in marked.between(found.start, found.end):
            token, owner = marked.tokens[index], marked.owners[index]
            if token.kind is not Kind.NUMBER or marked.is_ordinal(index):
                continue
            if owner is None and not marked.stands_alone(index):
                continue
            if owner is not None and owner.tag is not Tag.VALUE and not marked.is_number_cell(index):
                continue
            if read.origin is None:
                yield token.start, token.end
            else:
                yield from read.stretches(token.start, token.end)
