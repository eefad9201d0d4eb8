"""The form of a website's yearly report: a TOML file, labels and pages, and no line of code."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gouji.annotations.pages import LabelledPage, load_labelled_pages
from gouji.annotations.truth import load_truths
from gouji.inference.extractor import Extractor
from gouji.inference.result import Extraction
from gouji.inference.tagger import TaggedPage, Tagger
from gouji.model.forms import Form, forms_with
from gouji.model.labels import Span, Tag
from gouji.model.page import Page

ROOT = Path(__file__).parent.parent
WEBSITE = ROOT / "samples" / "website"
FORM = WEBSITE / "website.toml"

Read = Callable[[LabelledPage], Extraction]


class TagsAsLabelled:
    """Stands in for the tagger: gives a page the spans that it was labelled with."""

    def __init__(self, tagger: Tagger) -> None:
        self._tokenize = tagger.tokenizer.tokenize
        self.spans: tuple[Span, ...] = ()

    def tag(self, page: Page) -> TaggedPage:
        return TaggedPage(page, tuple(self._tokenize(page.folded)), (), (), self.spans)


@pytest.fixture(scope="module")
def website() -> Form:
    return forms_with([FORM])["website"]


@pytest.fixture(scope="module")
def labelled() -> list[LabelledPage]:
    return load_labelled_pages(WEBSITE / "labelled.jsonl", forms_with([FORM]))


@pytest.fixture(scope="module")
def read() -> Read:
    """Reads a labelled page by its labels, with the form beside the shipped ones."""
    extractor = Extractor(forms=forms_with([FORM]))
    tags = TagsAsLabelled(extractor.tagger)
    extractor.tagger = tags  # type: ignore[assignment]

    def read_page(page: LabelledPage) -> Extraction:
        tags.spans = page.spans
        return extractor.extract(Page(page.id, page.text))

    return read_page


def without(page: LabelledPage, *surfaces: str) -> LabelledPage:
    """The page less the labels of these words, as a tagger passes them over."""
    spans = tuple(span for span in page.spans if page.text[span.start : span.end] not in surfaces)
    return LabelledPage(page.id, page.text, spans, truth=page.truth)


def only(lines: str) -> LabelledPage:
    """A page of `TAG:text` cells, one a line; a cell without a tag is printed only."""
    text, spans = "", []
    for line in lines.split():
        tag, _, surface = line.rpartition(":")
        if tag:
            spans.append(Span(Tag(tag), len(text), len(text) + len(surface)))
        text += surface + "\n"
    return LabelledPage("a", text, tuple(spans))


def values(extraction: Extraction) -> dict[str, object]:
    """What was read, by the item's id."""
    return {cell.key.split("/")[1]: cell.value for cell in extraction.cells if cell.value is not None}


def test_the_pages_are_labelled_by_the_form_and_none_of_their_issuers_is_tested_on(
    labelled: list[LabelledPage], website: Form
):
    tested = load_truths(WEBSITE / "truth")

    assert len(labelled) == len({page.issuer for page in labelled}) == len(tested) == 12
    assert not {page.issuer for page in labelled} & {truth.issuer for truth in tested.values()}
    assert {key for page in labelled for key in page.truth or ()} == set(website.keys())


def test_with_the_tags_that_were_labelled_every_cell_is_right(labelled: list[LabelledPage], read: Read):
    for page in labelled:
        cells = {cell.key: cell.value for cell in read(page).cells}
        assert page.truth is not None
        assert {key: cells[key] for key in page.truth} == page.truth, page.id


def test_a_page_of_the_form_lists_no_other_forms_cells(labelled: list[LabelledPage], read: Read):
    extraction = read(labelled[0])

    assert (extraction.form, dict(extraction.forms)) == ("website", {"website": "website"})


def test_a_page_without_the_form_is_read_as_if_it_were_not_loaded():
    page = Page("a", (ROOT / "samples/pages/yunling_2022__lines.txt").read_text(encoding="utf-8"))

    assert Extractor(forms=forms_with([FORM])).extract(page) == Extractor().extract(page)


def test_the_same_words_under_two_groups_are_told_apart_by_the_group(read: Read):
    page = only("GROUP:微信 ROW:信息发布量 VALUE:12 ROW:订阅数 VALUE:30")

    assert values(read(page)) == {"wechat.published": 12, "wechat.subscribers": 30}


def test_the_same_words_under_no_group_are_given_to_no_row(read: Read):
    page = only("ROW:关注热点 ROW:信息发布量 VALUE:12 ROW:其他 ROW:网站总访问量 ROW:维护数量 VALUE:3")
    lone = only("ROW:网站总访问量 VALUE:3 ROW:信息发布量 VALUE:12")

    assert "weibo.published" not in values(read(page)) | values(read(lone))
    assert "wechat.published" not in values(read(page)) | values(read(lone))


def test_a_group_that_goes_unread_does_not_lend_its_rows_to_the_group_before(read: Read):
    page = only(
        "GROUP:微博 ROW:名称 ROW:信息发布量 VALUE:9 ROW:关注量 VALUE:4 "
        "微信 ROW:名称 ROW:信息发布量 VALUE:7 ROW:订阅数 VALUE:5"
    )

    found = values(read(page))
    assert (found["weibo.published"], found.get("wechat.published", 7)) == (9, 7)


def test_a_number_that_answers_in_words_is_no_value(read: Read):
    page = only("ROW:维护数量 ROW:政府网站标识码 VALUE:3301000001 ROW:新开设数量 VALUE:3")
    extraction = read(page)

    assert values(extraction) == {"topics.opened": 3}


def test_a_number_behind_a_label_that_went_untagged_is_given_to_no_other_row(
    labelled: list[LabelledPage], read: Read
):
    page = only("ROW:征集调查期数 收到意见数量 VALUE:2 ROW:公布调查结果期数 VALUE:5")

    assert values(read(page)) == {"surveys.published": 5}


def test_a_row_of_another_name_is_not_taken_for_a_row_of_the_form(read: Read):
    page = only("ROW:收到留言数量 VALUE:8 ROW:转交留言数量 VALUE:6 ROW:公开答复数量 VALUE:4")

    assert values(read(page)) == {"messages.received": 8, "messages.answered": 4}


def test_the_pages_are_what_the_script_makes(tmp_path: Path):
    for name in ("make.py", "website.toml"):
        (tmp_path / name).write_bytes((WEBSITE / name).read_bytes())

    subprocess.run([sys.executable, tmp_path / "make.py"], check=True)

    for path in (p for p in tmp_path.rglob("*") if p.is_file()):
        assert path.read_bytes() == (WEBSITE / path.relative_to(tmp_path)).read_bytes(), path.name
