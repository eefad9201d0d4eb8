"""Nothing inside a table is lost silently: every number is a cell's, or among the unplaced with its reason.

A number stands inside a table from the first of its row labels, or of the column labels right above, to
its end, where the next heading stands. Digits of a label are its words, and an ordinal numbers a row:
第二十条第（一）项, 本年（2023）制发件数, `1.` are no figures. A number that stands by itself is one,
whatever it is called; one among the words of a text is one where the tagger calls it a value.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.tables import TableFinder
from gouji.inference.extraction import Extraction
from gouji.inference.extractor import Extractor
from gouji.inference.reading import read_page
from gouji.model.forms import forms_with
from gouji.model.labels import Tag
from gouji.model.page import Page
from gouji.model.ruled import unruled
from gouji.model.tokens import Kind

ROOT = Path(__file__).parents[2]


def unaccounted(extractor: Extractor, page: Page) -> list[tuple[str, int]]:
    """The numbers inside the tables of a page, and their places, that the answer says nothing of."""
    extraction = extractor.extract(page)
    told = _told(extraction)
    return [
        (page.text[start:end], start)
        for start, end in _numbers_inside(extractor, page)
        if not told.issuperset(p for p in range(start, end) if page.folded[p].isdigit())
    ]


def _told(extraction: Extraction) -> set[int]:
    """The places of the page that a cell, or a number without one, names as its own."""
    named = [(found.start, found.end) for found in (*extraction.cells, *extraction.unplaced)]
    return {p for start, end in named if start is not None and end is not None for p in range(start, end)}


def _numbers_inside(extractor: Extractor, page: Page) -> Iterator[tuple[int, int]]:
    read = unruled(page)
    tagged = extractor.tagger.tag(read)
    marked = MarkedPage(read, tagged.tokens, tagged.spans)
    seen: set[int] = set()
    for found in TableFinder(extractor.forms).find(marked):
        for index in marked.between(found.start, found.end):
            token, owner = marked.tokens[index], marked.owners[index]
            if token.kind is not Kind.NUMBER or marked.is_ordinal(index) or index in seen:
                continue
            if not marked.stands_alone(index) and (owner is None or owner.tag is not Tag.VALUE):
                continue
            seen.add(index)
            yield from (
                [(token.start, token.end)] if read.origin is None else read.stretches(token.start, token.end)
            )


def assert_accounts(extractor: Extractor, paths: list[Path]) -> None:
    lost = {path.name: faults for path in paths if (faults := unaccounted(extractor, read_page(path)))}
    assert paths
    assert not lost


@pytest.mark.parametrize(
    "folder", ["samples/pages", "samples/read_aloud/pages", "tests/inference/pages", "tests/evaluation/pages"]
)
def test_every_number_inside_a_table_of_a_page_at_hand_is_told_of(extractor: Extractor, folder: str):
    assert_accounts(extractor, sorted((ROOT / folder).glob("*.txt")))


def test_so_is_every_number_of_a_form_of_ones_own():
    own = forms_with([ROOT / "samples/website/website.toml"])

    assert_accounts(Extractor(forms=own), sorted((ROOT / "samples/website/pages").glob("*.txt")))


def test_so_is_every_number_of_the_real_pages(extractor: Extractor, devset: Path):
    assert_accounts(extractor, sorted((devset / "pages").glob("*.txt")))
