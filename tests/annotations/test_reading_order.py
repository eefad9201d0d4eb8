"""Labels go with the page into the order in which it is read, and back."""

from __future__ import annotations

import pytest

from gouji.annotations.pages import LabelledPage
from gouji.annotations.reading_order import as_read, where_printed
from gouji.model.labels import Span, Tag
from gouji.model.page import Page
from gouji.model.ruled import unruled
from gouji.training.synthesize import make_synthetic

TEXT = "┌───────┬────┐\n│(1)属于│1949│\n│国家秘 │6   │\n└───────┴────┘\n"


def labelled() -> LabelledPage:
    pieces = [("(1)属于", Tag.ROW), ("1949", Tag.VALUE), ("国家秘", Tag.ROW), ("6", Tag.VALUE)]
    spans = tuple(Span(tag, TEXT.index(text), TEXT.index(text) + len(text)) for text, tag in pieces)
    return LabelledPage("a", TEXT, spans)


def test_the_pieces_of_a_label_are_one_span_where_it_is_read() -> None:
    read = as_read(labelled())
    assert [(read.text[s.start : s.end], s.tag) for s in read.spans] == [
        ("(1)属于国家秘", Tag.ROW),
        ("19496", Tag.VALUE),
    ]


def test_spans_go_back_to_where_they_stand() -> None:
    page = labelled()
    assert where_printed(unruled(Page("a", TEXT)), as_read(page).spans) == list(page.spans)


def test_a_page_without_ruled_tables_is_the_same_page() -> None:
    page = LabelledPage("a", "规章 3", (Span(Tag.ROW, 0, 2), Span(Tag.VALUE, 3, 4)))
    assert as_read(page) is page


def test_labels_that_touch_on_the_page_stay_two() -> None:
    text = "┌────┐\n│规章│\n└────┘\n"
    page = LabelledPage("a", text, (Span(Tag.ROW, 8, 9), Span(Tag.ROW, 9, 10)))
    assert [page.text[s.start : s.end] for s in page.spans] == ["规", "章"]
    assert len(as_read(page).spans) == 2


@pytest.mark.parametrize("index", range(12))
def test_each_cell_of_a_made_up_ruled_page_is_one_span(index: int) -> None:
    made = make_synthetic(3, ("w3m80",), index, damages=())
    read = as_read(made.page)
    cells = {piece.cell for piece in made.pieces}
    assert len(read.spans) == len(cells) < len(made.page.spans)
