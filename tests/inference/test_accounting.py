"""Nothing inside a table is lost silently: every number is a cell's, or listed with a reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from gouji.inference.extractor import Extractor
from gouji.inference.readers import read_page
from gouji.model.forms import forms_with
from gouji.model.page import Page
from gouji.training.synthesize import synthesize

ROOT = Path(__file__).parents[2]

Unaccounted = Callable[[Extractor, Page], list[tuple[str, int]]]


@pytest.fixture
def assert_accounts(unaccounted: Unaccounted) -> Callable[[Extractor, Iterable[Page]], None]:
    """Asserts that of each page every number inside its tables is told of."""

    def assert_every_page_accounts(extractor: Extractor, pages: Iterable[Page]) -> None:
        lost = {page.source: unaccounted(extractor, page) for page in pages}
        assert lost
        assert not {source: numbers for source, numbers in lost.items() if numbers}

    return assert_every_page_accounts


AssertAccounts = Callable[[Extractor, Iterable[Page]], None]


def pages_in(folder: Path) -> Iterable[Page]:
    return map(read_page, sorted(folder.glob("*.txt")))


@pytest.mark.parametrize("folder", ["samples/pages", "samples/read_aloud/pages", "tests/inference/pages"])
def test_every_number_inside_a_table_is_told_of(
    extractor: Extractor, assert_accounts: AssertAccounts, folder: str
):
    assert_accounts(extractor, pages_in(ROOT / folder))


def test_so_is_every_number_of_a_form_of_ones_own(assert_accounts: AssertAccounts):
    own = Extractor(forms=forms_with([ROOT / "samples/website/website.toml"]))

    assert_accounts(own, pages_in(ROOT / "samples/website/pages"))


@pytest.mark.slow
def test_so_is_every_number_of_the_pages_of_the_floor(extractor: Extractor, assert_accounts: AssertAccounts):
    assert_accounts(extractor, pages_in(ROOT / "tests/evaluation/pages"))


@pytest.mark.slow
def test_so_is_every_number_of_200_made_up_pages(extractor: Extractor, assert_accounts: AssertAccounts):
    assert_accounts(extractor, (Page(page.id, page.text) for page in synthesize(200, 20261130)))


@pytest.mark.slow
def test_so_is_every_number_of_the_real_pages(
    extractor: Extractor, assert_accounts: AssertAccounts, devset: Path
):
    assert_accounts(extractor, pages_in(devset / "pages"))
