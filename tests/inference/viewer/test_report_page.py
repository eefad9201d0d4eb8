"""A report's page says what the extraction says, names every place by number, and escapes what it shows."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from gouji.inference.assembly.cells import BOUNDED
from gouji.inference.extraction import CheckState, State, Suggestion
from gouji.inference.extractor import Extractor
from gouji.inference.outputs.errors import OutputError
from gouji.inference.viewer.page_assets import report_assets
from gouji.inference.viewer.report_page import report_html
from gouji.inference.viewer.view import View
from gouji.inference.viewer.words import words
from gouji.inference.why import Why
from gouji.model.page import Page

from .kinds import KINDS, PAGES


def text_of(name: str) -> str:
    return (PAGES / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", KINDS)
def test_every_cell_and_every_check_of_a_table_on_the_page_is_shown(shown: Any, name: str):
    page, view = shown(text_of(name))

    cells = {c.attributes["id"] for c in page.all("td") if c.attributes.get("id", "").startswith("c")}
    held = [table for table in view.tables if view.holds(table)]
    keys = [cell.key for cell in view.extraction.cells]
    assert cells == {f"c{keys.index(key)}" for table in held for key in table.keys()}
    proofs = Counter(c.attributes["data-check"] for c in page.all("td") if "data-check" in c.attributes)
    assert set(proofs.values()) == {1}
    listed = {b.attributes["data-check"] for b in page.all("button") if "data-check" in b.attributes}
    assert listed == {str(index) for index in range(len(view.extraction.checks))}


@pytest.mark.parametrize("name", KINDS)
def test_the_text_stands_whole_and_each_cell_marks_what_was_printed_for_it(shown: Any, name: str):
    text = text_of(name)
    page, view = shown(text)

    print_ = page.by_id("print")
    assert print_.text == text
    marked: dict[str, str] = {}
    for mark in print_.all("span"):
        for number in mark.attributes.get("data-c", "").split():
            marked[number] = marked.get(number, "") + mark.text
    cells = enumerate(view.extraction.cells)
    assert marked == {str(index): cell.raw for index, cell in cells if cell.raw is not None}


def test_spans_are_coloured_by_their_tag(shown: Any):
    page, view = shown(text_of("lines_2021"))

    spans = [node for node in page.by_id("print").all("span") if "opens" in node.classes]
    assert [
        (node.text, str(span.tag) in node.classes) for node, span in zip(spans, view.spans, strict=True)
    ] == [(view.text[span.start : span.end], True) for span in view.spans]


@pytest.mark.parametrize("name", KINDS)
def test_a_state_is_told_by_a_sign_and_not_by_colour_alone(shown: Any, name: str):
    page, view = shown(text_of(name))

    for td in page.all("td"):
        if "id" in td.attributes:
            state = view.extraction.cells[int(td.attributes["id"][1:])].state
            assert str(state) in td.classes
            signs = [sign.attributes["data-label"] for sign in td.all("i")]
            assert signs == ([] if state is State.READ else [f"state.{state}"])


def test_what_fails_and_its_cells_are_in_doubt(shown: Any):
    page, view = shown(text_of("a_contradictory_report_2021"))

    failing = [c for c in view.extraction.checks if c.state is CheckState.FAILS]
    (first,) = [b for b in page.by_id("checks").all("li") if "fails" in b.classes and "28" in b.text]
    doubts = {td.attributes["id"] for td in page.all("td") if "doubt" in td.classes}
    assert len(failing) == 2
    assert "26 ≠ 28" in first.text
    assert doubts == {f"c{i}" for i, cell in enumerate(view.extraction.cells) if cell.key in view.doubtful}


def test_candidates_and_numbers_without_a_cell_are_shown(shown: Any):
    page, view = shown(text_of("blanks_vanished_2021"))

    data = page.data()
    for cell, record in zip(view.extraction.cells, data["cells"], strict=True):
        if cell.state is State.AMBIGUOUS:
            assert record["candidates"] == [None if c is None else str(c) for c in cell.candidates]
    left = [b for b in page.all("button") if "data-unplaced" in b.attributes]
    assert [b.all("b")[0].text for b in left] == [u.raw for u in view.extraction.unplaced]


def test_an_open_cell_tells_its_reasons_and_its_table_lists_them_in_both_languages(shown: Any):
    page, view = shown(text_of("blanks_vanished_2021"))

    data = page.data()
    told = [data["reasons"][cell["why"]] if "why" in cell else [] for cell in data["cells"]]
    assert told == [list(cell.why) for cell in view.extraction.cells]
    own = Counter(why for cell in view.extraction.cells if cell.key.startswith("review/") for why in cell.why)
    listed = page.all("details", **{"class": "reasons"})[-1].all("li")
    assert [item.text for item in listed] == [f"{n} {why.says_in_chinese}" for why, n in own.most_common()]
    assert [item.all("span")[0].attributes["data-w"] for item in listed] == [f"why.{why}" for why in own]
    assert all(words()[f"why.{why}"] == (why.says_in_chinese, why.says) for why in Why)


def test_a_suggested_correction_stands_with_the_sums_and_in_its_cell(shown: Any):
    page, view = shown(text_of("a_contradictory_report_2021"))

    number = view.number["applications/granted/total"]
    (button,) = page.by_id("checks").all("button", **{"data-cell": str(number)})
    assert button.text.startswith("三、本年度办理结果 › （一）予以公开 › 总计若这一格不是 28 而是 26")
    assert page.by_id(f"c{number}").text == "28→26?"
    assert [cell.get("would") for cell in page.data()["cells"] if "would" in cell] == ["26"]


def test_the_pattern_of_what_fails_stands_with_the_sums_in_both_languages(
    extractor: Extractor, read_back: Any
):
    extraction = extractor.extract(Page("a.txt", text_of("a_contradictory_report_2021")))

    told = [
        read_back(report_html(View(replace(extraction, pattern=pattern), extractor.forms))).by_id("checks")
        for pattern in (None, "row totals blank", "a later one")
    ]

    (known,) = told[1].all("p", **{"class": "pattern"})
    assert not told[0].all("p", **{"class": "pattern"})
    assert known.text == "不成立各项的共同原因： 各行的总计留空。"
    assert known.all("span")[1].attributes["data-w"] == "pattern.row totals blank"
    assert told[2].all("p", **{"class": "pattern"})[0].text.endswith(" a later one")


def test_a_blank_that_a_suggestion_names_is_called_blank(extractor: Extractor):
    extraction = extractor.extract(Page("a.txt", text_of("lines_2021")))
    one = Suggestion(extraction.cells[-1].key, None, 3, (extraction.checks[-1].name,))

    html = report_html(View(replace(extraction, suggestion=one), extractor.forms))

    assert "若这一格不是空白而是 3" in html


def test_a_table_that_was_not_looked_through_says_so(shown: Any, extractor: Extractor):
    _, view = shown(text_of("blanks_vanished_2021"))
    assert "读法过多" not in report_html(view).split('id="tables"')[1].split("<script")[0]

    bounded = replace(view.extraction, bounded={"applications": "there are more readings"})
    html = report_html(View(bounded, extractor.forms)).split('id="tables"')[1].split("<script")[0]

    assert html.index("三、收到和处理") < html.index("读法过多") < html.index("四、")


def test_every_reason_of_a_number_without_a_cell_has_its_words(extractor: Extractor):
    pages = [Page(path.name, path.read_text(encoding="utf-8")) for path in sorted(PAGES.glob("*.txt"))]

    reasons = {number.reason for page in pages for number in extractor.extract(page).unplaced}

    assert len(reasons) > 4
    assert {reason for reason in (*reasons, BOUNDED) if f"reason.{reason}" not in words()} == set()


def test_a_table_that_the_page_lacks_is_said_to_be_absent(shown: Any):
    page, view = shown(text_of("half_a_table_2021"))

    absent = page.all(**{"data-w": "table.none"})
    assert len(absent) == sum(not view.holds(table) for table in view.tables) > 0


def test_nothing_of_a_page_becomes_markup(shown: Any):
    nasty = "</script><script>alert(1)</script><b onclick=x>&amp;\x00]]>"
    text = text_of("lines_2021").replace("规章", nasty + "规章", 1)
    page, view = shown(text)

    html = report_html(
        View(
            replace(view.extraction, title=nasty, source=nasty, issuer=nasty),
            view.forms,
            view.text,
            view.spans,
        )
    )

    assert "<script>alert" not in html
    assert nasty.replace("\x00", "\ufffd") in page.by_id("print").text
    assert not page.all("b", onclick="x")


def test_a_page_runs_no_script_but_those_beside_it(shown: Any):
    page, view = shown(text_of("lines_2021"))

    policy = page.all("meta", **{"http-equiv": "Content-Security-Policy"})[0].attributes["content"]
    scripts = [s for s in page.all("script") if s.attributes.get("type") != "application/json"]
    linked = [
        *(link.attributes["href"] for link in page.all("link", rel="stylesheet")),
        *(s.attributes["src"] for s in scripts),
    ]
    assert policy.split("; ")[:2] == ["default-src 'none'", "script-src 'self' file:"]
    assert [script.text for script in scripts] == ["", ""]
    assert linked == [f"../assets/{asset.name}" for asset in report_assets(view.forms)]
    assert [link.attributes["href"] for link in page.all("link", rel="expect")] == ["#end"]  # its own
    assert [node for node in page.all() if "src" in node.attributes] == scripts


def test_a_report_without_its_page_shows_its_tables(extractor: Extractor):
    extraction = extractor.extract(Page("a.txt", text_of("lines_2021")))

    html = report_html(View(extraction, extractor.forms))

    assert "原文不在手边" in html
    assert 'id="c199"' in html


def test_a_form_that_is_not_known_is_named(extractor: Extractor):
    extraction = extractor.extract(Page("a.txt", text_of("lines_2021")))

    with pytest.raises(OutputError, match=r"a\.txt: its table 'disclosure' is of form '2021'.*--forms"):
        report_html(View(extraction, {"2019": extractor.forms["2019"]}))


def test_a_page_of_another_language_has_a_page_too(shown: Any):
    page, _ = shown("Annual report\n12 requests\n")

    assert page.all(**{"data-w": "status.no_tables"})
    assert not page.all("table")


def test_a_text_that_tells_its_columns_by_blanks_is_not_wrapped(shown: Any):
    text = text_of("a_contradictory_report_2021")
    wrapped, _ = shown(text)
    laid_out, _ = shown(text.replace("\t", "     "))

    assert "class" not in wrapped.by_id("print").attributes
    assert laid_out.by_id("print").attributes["class"] == "laid-out"
