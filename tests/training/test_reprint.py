"""Labelled pages printed anew: the layout stays, the print is another's, and spans hold what they say."""

from __future__ import annotations

import random
import re

from gouji.annotations.pages import LabelledPage
from gouji.model.labels import Span, Tag
from gouji.training.reprint import reprinted, with_reprints
from gouji.training.synthesize import synthesize


def page(markup: str, tool: str = "") -> LabelledPage:
    """A page of a text in which `{ROW:规章}` marks a span."""
    text, spans = "", []
    for before, tag, surface in re.findall(r"([^{]*)(?:\{([A-Z]+):([^}]*)\})?", markup):
        text += before
        if tag:
            spans.append(Span(Tag[tag], len(text), len(text) + len(surface)))
            text += surface
    return LabelledPage("p", text, tuple(spans), tool=tool, truth={"review/appeal/total": 1})


LENDER = page("{ROW:行政许可} " + "{VALUE:1,036} " * 20 + "{COLUMN:broken\nlabel}")


def test_the_layout_stays_and_every_tagged_text_is_the_lenders():
    aloud = page("这一行是{ROW:规章}，读 {VALUE:3} {VALUE:4} ，{COLUMN:总计}读完。")

    new = reprinted(aloud, LENDER, random.Random(0))

    assert new.text == "这一行是行政许可，读 1,036 1,036 ，总计读完。"
    assert [new.text[s.start : s.end] for s in new.spans] == ["行政许可", "1,036", "1,036", "总计"]
    assert [s.tag for s in new.spans] == [s.tag for s in aloud.spans]
    assert new.truth is None


def test_every_other_visit_is_in_another_print():
    own = page("这一行是{ROW:规章}，读 {VALUE:3} 。")

    visits = list(with_reprints([own], [LENDER], 4, seed=0))

    assert [visit == own for visit in visits] == [True, False, True, False]


def test_an_aligned_page_keeps_its_own_words_and_wrapped_pages_lend_none():
    aligned = page("{ROW:规章}      {VALUE:3}\n{ROW:许可}      {VALUE:4}")
    wrapped = LabelledPage("w", LENDER.text, LENDER.spans, tool="grid-w3m80")
    own = page("读{ROW:规章}，{VALUE:3}。")

    assert list(with_reprints([aligned], [LENDER], 2, seed=0)) == [aligned, aligned]
    assert list(with_reprints([own], [wrapped], 2, seed=0)) == [own, own]


def test_spans_of_real_pages_hold_text_of_the_lender():
    lender, *pages = synthesize(5, 3, flatteners=("bs4_nl", "bars"))
    lent = {(span.tag, lender.text[span.start : span.end]) for span in lender.spans}

    for own in pages:
        new = reprinted(own, lender, random.Random(1))
        assert [span.tag for span in new.spans] == [span.tag for span in own.spans]
        kept = {(span.tag, own.text[span.start : span.end]) for span in own.spans}
        texts = {(span.tag, new.text[span.start : span.end]) for span in new.spans}
        tags = {tag for tag, text in lent if "\n" not in text}
        assert texts <= lent | {(tag, text) for tag, text in kept if tag not in tags}
