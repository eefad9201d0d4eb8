"""Spans are scored strictly and in part, tokens are confused by tag, and each fault shows its place."""

from __future__ import annotations

import json

import pytest

pytest.importorskip("nervaluate")
pytest.importorskip("sklearn")

from gouji.annotations.pages import LabelledPage
from gouji.inference.evaluation.spans import evaluate_spans, span_faults
from gouji.inference.evaluation.spans_html import spans_html
from gouji.inference.evaluation.spans_report import span_summary, span_tables
from gouji.inference.tagger import TaggedPage
from gouji.model.labels import Span, Tag
from gouji.model.page import Page
from gouji.model.tokens import Tokenizer

TEXT = "规章 12 <b>"
GOLD = (Span(Tag.ROW, 0, 2), Span(Tag.VALUE, 3, 5))


def labelled(name: str, **more: str) -> LabelledPage:
    return LabelledPage(name, TEXT, GOLD, **more)


def tagged(*spans: Span) -> TaggedPage:
    page = Page("a", TEXT)
    return TaggedPage(page, tuple(Tokenizer.load().tokenize(page.folded)), (), (), spans)


def test_figures_are_given_by_tag_form_damage_and_tool():
    pages = [labelled("a", tool="cms-bs4_nl", form="2021"), labelled("b", tool="web", damage="nbsp+ghosts")]
    found = [tagged(*GOLD), tagged(GOLD[0], Span(Tag.COLUMN, 3, 5))]

    figures = span_summary(evaluate_spans(pages, found))

    assert (figures["all"]["f1"], figures["ROW"]["f1"], figures["VALUE"]["recall"]) == (0.75, 1.0, 0.5)
    assert figures["tool"]["bs4"]["f1"] == 1.0
    assert figures["damage"]["ghosts"] == figures["damage"]["nbsp"] == figures["tool"]["web"]
    assert figures["form"].keys() == {"2021", "none"}
    assert figures["confusion"]["VALUE"]["VALUE"] == figures["confusion"]["VALUE"]["COLUMN"] == 1
    assert figures["confusion"]["ROW"]["ROW"] == 2 * figures["confusion"]["VALUE"]["VALUE"]
    assert figures["faults"] == [{"page": "b", "gold": [[3, 5, "VALUE"]], "found": [[3, 5, "COLUMN"]]}]
    json.dumps(figures)


def test_spans_that_overlap_are_one_fault_and_those_apart_are_two():
    page = LabelledPage("a", "x" * 30, (Span(Tag.ROW, 0, 9), Span(Tag.ROW, 20, 25)))

    faults = list(span_faults(page, [Span(Tag.ROW, 0, 4), Span(Tag.ROW, 5, 9), Span(Tag.NOTE, 26, 30)]))

    assert [(f.start, f.end, len(f.gold), len(f.found)) for f in faults] == [
        (0, 9, 1, 2),
        (20, 25, 1, 0),
        (26, 30, 0, 1),
    ]


def test_the_html_marks_a_fault_in_its_text_and_escapes_what_the_page_holds():
    html = spans_html(evaluate_spans([labelled("a")], [tagged(GOLD[0])]))

    assert "<blockquote>规章 <mark>12</mark> &lt;b&gt;</blockquote>" in html
    assert "should be VALUE 3–5" in html
    assert "was no span" in html


def test_the_tables_are_the_scores_the_confusion_and_the_reliability_where_all_pages_are_of_one_kind():
    assert len(span_tables(evaluate_spans([labelled("a")], [tagged(*GOLD)]))) == 3
