"""The labelled pages that ship are sound: valid, small, and labelled as their truths say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gouji.annotations.pages import SHIPPED, LabelledPage, load_labelled_pages
from gouji.model.forms import load_forms
from gouji.model.labels import Tag
from gouji.model.page import GHOST, fold

FILES = sorted(SHIPPED.glob("*.jsonl"))
PAGES = [page for file in FILES for page in load_labelled_pages(file)]
PLAIN = ("seed1", "seed2", "seed4", "yunling_2022")  # every cell printed, each alone


def printed(page: LabelledPage, tag: Tag) -> list[str]:
    return [page.text[span.start : span.end] for span in page.spans if span.tag is tag]


def test_the_shipped_pages_are_few_small_and_of_their_own_names():
    assert [file.name for file in FILES] == ["made.jsonl", "samples.jsonl", "seed_layouts.jsonl"]
    assert len({page.id for page in PAGES}) == len(PAGES) == 15
    assert sum(file.stat().st_size for file in FILES) < 400_000


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_a_shipped_page_says_who_issued_it_what_flattened_it_and_what_is_true(page: LabelledPage):
    assert page.issuer
    assert page.tool
    assert page.form in (*load_forms(), "mixed")
    assert page.truth


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.id)
def test_values_are_figures_or_blanks_and_labels_are_neither(page: LabelledPage):
    figure = re.compile(r"[-+减增]?[\d.,\s]+((万)?元)?|[/\-—无]+")

    for value in printed(page, Tag.VALUE):
        assert all(figure.fullmatch(part) for part in re.split(r"(?<=\d)-", fold(value).replace(GHOST, "")))
    for tag in (Tag.SECTION, Tag.SUBTABLE, Tag.COLUMN, Tag.ROW, Tag.GROUP):
        assert all(re.search(r"[\u4e00-\u9fff]", label) for label in printed(page, tag))


@pytest.mark.parametrize("page", [page for page in PAGES if page.id in PLAIN], ids=lambda page: page.id)
def test_the_values_of_a_plain_page_are_its_truth_in_order(page: LabelledPage):
    figures = [float(re.sub("万元", "", value).replace("减", "-")) for value in printed(page, Tag.VALUE)]

    assert page.truth is not None
    assert figures == list(page.truth.values())


def test_the_samples_are_the_pages_of_the_samples_folder(samples: Path):
    texts = {path.read_bytes().decode("utf-8") for path in samples.glob("*.txt")}

    assert {page.text for page in load_labelled_pages(SHIPPED / "samples.jsonl")} <= texts
