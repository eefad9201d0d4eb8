"""The samples of a layout to be learnt: whole, and such that right tags are all that it takes."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.annotations.pages import LabelledPage, load_labelled_pages
from gouji.inference.extractor import Extractor
from gouji.inference.tagger import TaggedPage, Tagger
from gouji.model.page import Page

READ_ALOUD = Path(__file__).parent.parent / "samples" / "read_aloud"


class TagsAsLabelled:
    """Stands in for the tagger: gives each page the spans that a person labelled."""

    def __init__(self, tagger: Tagger, pages: list[LabelledPage]) -> None:
        self._tokenize = tagger.tokenizer.tokenize
        self._spans = {page.text: page.spans for page in pages}

    def tag(self, page: Page) -> TaggedPage:
        return TaggedPage(page, tuple(self._tokenize(page.folded)), (), (), self._spans[page.text])


@pytest.fixture(scope="module")
def labelled() -> list[LabelledPage]:
    return load_labelled_pages(READ_ALOUD / "labelled.jsonl")


def test_five_pages_of_five_issuers_are_labelled_and_none_of_them_is_tested_on(labelled: list[LabelledPage]):
    tested = {path.name.partition("__")[0] for path in (READ_ALOUD / "pages").iterdir()}

    assert len(labelled) == len({page.issuer for page in labelled}) == 5
    assert tested == {path.stem for path in (READ_ALOUD / "truth").iterdir()}
    assert not tested & {page.id for page in labelled}


def test_with_the_tags_that_were_labelled_every_cell_is_right(labelled: list[LabelledPage]):
    extractor = Extractor()
    extractor.tagger = TagsAsLabelled(extractor.tagger, labelled)  # type: ignore[assignment]

    for page in labelled:
        cells = {cell.key: cell.value for cell in extractor.extract(Page(page.id, page.text)).cells}
        assert cells == page.truth, page.id
