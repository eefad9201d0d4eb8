"""The pages in a real browser: from a cell to its print and back, filters, keys alone, narrow and wide.

Needs Debian's `chromium` (or Chrome) on the PATH and `pip install playwright`, both there or all skipped:

    apt install chromium && pip install playwright && pytest tests/inference/viewer/test_browser.py
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from gouji.inference.cli import main
from gouji.inference.outputs.records import Record, record_of_json
from gouji.inference.viewer.gallery import Gallery
from gouji.inference.why import Why
from gouji.model.forms import load_forms

from .kinds import KINDS, PAGES

GLUED = 28  # a cell of glued_2019: the total of what was received, by its number

NEED_A_PERSON = ["a_contradictory_report_2021", "glued_2019", "blanks_vanished_2021"]  # fewest things first

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def look(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of pages of each kind."""
    folder = tmp_path_factory.mktemp("look")
    names = [str(PAGES / f"{name}.txt") for name in KINDS]
    result = CliRunner().invoke(main, ["extract", *names, "--jobs", "1", "--html", str(folder)])
    assert result.exit_code == 0, result.stderr
    return folder


@pytest.fixture
def open_page(chromium: Any, look: Path) -> Iterator[Open]:
    """Opens a page of the folder; a script that fails, and anything fetched, fails the test."""
    contexts, faults = [], []

    def open_(
        name: str = "", width: int = 1600, scheme: str = "light", language: str = "en-GB", asked: str = ""
    ) -> Any:
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, locale=language
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        page.on(
            "request", lambda asked: faults.append(asked.url) if not asked.url.startswith("file:") else None
        )
        path = next((look / "reports").glob(f"*-{name}.html")) if name else look / "index.html"
        page.goto(path.as_uri() + asked)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not faults


def chosen(page: Any, within: str) -> list[str]:
    return page.locator(f"{within} .chosen").all_inner_texts()


def listed(page: Any) -> list[str]:
    """The reports that the index lists, by their files."""
    return [Path(source).stem for source in page.locator("#rows .name small").all_inner_texts()]


def follow(page: Any, link: str) -> None:
    """Click a link, and wait until what it leads to is there."""
    with page.expect_navigation():
        page.locator(link).click()


def record(source: str, **fields: Any) -> Record:
    """A report without its tables."""
    data = {
        "source": source, "title": None, "issuer": None, "year": None, "form": "2021", "status": "incomplete",
        "forms": {"applications": "2021", "review": None}, "cells": [], "checks": [], "unplaced": [],
    }  # fmt: skip
    return record_of_json({**data, **fields})


def tabbed(page: Any) -> str:
    """Press Tab, and say where that leads."""
    page.keyboard.press("Tab")
    where = """element => {
        const table = element.closest("table");
        if (table) return `table ${[...document.querySelectorAll("table")].indexOf(table)}`;
        if (element.closest("#print")) return "print";
        return element.closest(".fails button") ? "fails" : element.id || element.outerHTML.slice(0, 40);
    }"""
    return str(page.evaluate(f"({where})(document.activeElement)"))


def test_a_click_on_a_cell_shows_where_it_was_printed(open_page: Open):
    page = open_page("glued_2019")
    raw = page.evaluate(f"DATA.cells[{GLUED}].raw")

    page.locator(f"#c{GLUED}").click()

    assert len(raw) > 1
    assert chosen(page, "#print") == [raw]
    assert page.locator("#said strong").inner_text() == raw
    frame, mark = page.locator("#print").bounding_box(), page.locator("#print .chosen").bounding_box()
    assert frame["y"] < mark["y"] < frame["y"] + frame["height"]


def test_a_click_on_print_shows_its_cell(open_page: Open):
    page = open_page("lines_2021")
    mark = page.locator("#print [data-c='40']")
    mark.scroll_into_view_if_needed()

    mark.click()

    assert page.locator("#c40").evaluate("cell => cell.classList.contains('chosen')")
    assert chosen(page, "#tables") == page.locator("#c40").all_inner_texts()
    box = page.locator("#c40").bounding_box()
    assert 0 <= box["y"] <= 900


def test_keys_alone_go_from_cell_to_cell_to_print_and_back(open_page: Open):
    page = open_page("lines_2021")

    def focused() -> str:
        return page.evaluate("document.activeElement.id || document.activeElement.dataset.c")

    page.locator("#c0").focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowDown")
    assert focused() == "c4"
    page.keyboard.press("Enter")
    assert focused() == "4"
    page.keyboard.press("ArrowRight")
    assert focused() == "5"
    page.keyboard.press("Enter")
    assert focused() == "c5"
    page.keyboard.press("Escape")
    assert page.locator(".chosen").count() == 0


def test_tab_reaches_each_table_once_and_each_failing_sum(open_page: Open):
    page = open_page("a_contradictory_report_2021")
    stops: list[str] = []
    while (stop := tabbed(page)) not in stops[:1]:
        stops.append(stop)

    assert [stops.count(f"table {index}") for index in range(3)] == [1, 1, 1]
    assert (stops.count("print"), stops.count("fails")) == (1, 2)
    assert {"language", "doubts", "next", "previous"} <= set(stops)


def test_a_check_lights_its_cells_on_focus_and_on_hover(open_page: Open):
    page = open_page("a_contradictory_report_2021")
    failing = page.locator("#checks .fails button").first

    failing.focus()
    assert page.locator("#tables .lit").all_inner_texts() == ["18", "0", "0", "0", "8", "0", "28→26?"]
    assert page.locator("#tables .lit.sum").all_inner_texts() == ["28→26?"]
    assert "18 + 0 + 0 + 0 + 8 + 0 ≠ 28" in page.locator("#said").inner_text()
    page.locator("#checks .fails button").nth(1).hover()
    assert page.locator("#tables .lit.sum").all_inner_texts() == ["565"]


def test_a_suggestion_leads_to_its_cell_and_is_told_there_in_either_language(open_page: Open):
    page = open_page("a_contradictory_report_2021")

    page.locator("#checks [data-cell]").click()
    assert page.evaluate("document.activeElement.textContent") == "28→26?"
    assert "if this cell were 26, not 28" in page.locator("#said").inner_text()
    page.locator("#language").click()

    assert "若这一格不是 28 而是 26" in page.locator("#said").inner_text()
    assert "若这一格不是 28 而是 26" in page.locator("#checks .suggestion").inner_text()


def test_the_filter_leaves_no_block_without_a_doubt(open_page: Open):
    page = open_page("blanks_vanished_2021")
    heads = "[...document.querySelectorAll('.official.doubt tbody')].map(b => b.querySelector('tr').hidden)"
    settled = "[...document.querySelectorAll('.official.doubt tbody')].map(b => !b.querySelector('.doubt'))"
    assert not any(page.evaluate(heads))

    page.locator("#doubts").click()

    assert page.evaluate(heads) == page.evaluate(settled)
    assert 0 < sum(page.evaluate(settled)) < len(page.evaluate(settled))


def test_a_number_that_an_ambiguous_cell_shows_is_filtered_out(open_page: Open):
    page = open_page("blanks_vanished_2021")
    numbers = page.locator("[data-unplaced]")
    assert (numbers.count(), page.locator("[data-unplaced]:visible").count()) == (41, 41)

    page.locator("#doubts").click()

    assert page.locator("[data-unplaced]:visible").count() == 0


def test_numbers_that_may_be_a_cells_own_are_told_one_by_one(open_page: Open):
    page = open_page("blanks_vanished_2021", 360)

    page.locator("#c0").click()

    assert page.locator("#said .excerpt mark").all_inner_texts() == ["2", "577"]
    assert "规章 2 577" in " ".join(page.locator("#said .excerpt").inner_text().split())


def test_the_filter_leaves_what_needs_a_person_and_keeps_headings_whole(open_page: Open):
    page = open_page("blanks_vanished_2021")
    before = page.locator("tr.values:visible").count()

    page.locator("#doubts").click()

    shown = page.locator("tr.values:visible")
    assert 0 < shown.count() < before
    assert shown.count() == page.locator("tr.values.doubt").count()
    for head in page.locator("th.group:visible").all():
        assert head.evaluate("h => h.rowSpan <= [...h.closest('tbody').rows].filter(r => !r.hidden).length")
    widths = shown.evaluate_all(
        "rows => rows.map(r => Math.round(r.querySelector('td').getBoundingClientRect().left))"
    )
    assert len(set(widths[:2])) <= 2
    page.locator("#doubts").click()
    assert page.locator("tr.values:visible").count() == before


def test_n_goes_from_doubt_to_doubt(open_page: Open):
    page = open_page("blanks_vanished_2021")

    page.keyboard.press("n")
    first = page.evaluate("document.activeElement.id")
    page.keyboard.press("n")
    second = page.evaluate("document.activeElement.id")
    page.keyboard.press("p")

    assert first != second
    assert page.evaluate("document.activeElement.id") == first
    assert page.locator(f"#{first}").evaluate("cell => cell.classList.contains('doubt')")
    assert page.locator("#said .options b").count() > 1


def test_an_open_cell_says_its_reasons_in_the_language_of_the_page(open_page: Open):
    page = open_page("blanks_vanished_2021")

    page.locator("#c24").focus()
    in_english = page.locator("#said").inner_text()
    page.locator("#language").click()

    assert page.evaluate("DATA.reasons[DATA.cells[24].why]") == ["blank_lost", "rival_reading"]
    assert Why.BLANK_LOST.says in in_english
    assert Why.RIVAL_READING.says_in_chinese in page.locator("#said").inner_text()


@pytest.mark.parametrize("name", ["", *KINDS])
def test_narrow_or_wide_light_or_dark_nothing_is_cut_off(open_page: Open, name: str):
    page = open_page(name)

    for width, scheme in ((360, "light"), (360, "dark"), (1600, "light"), (1600, "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth") == width
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert (sum(map(int, paper[4:-1].split(","))) > 600) == (scheme == "light")


def test_on_a_narrow_window_the_print_comes_to_the_cell(open_page: Open):
    page = open_page("glued_2019", 360)

    page.locator(f"#c{GLUED}").click()

    assert page.locator("#said .excerpt mark").inner_text() == page.evaluate(f"DATA.cells[{GLUED}].raw")
    assert page.locator("#inspector").bounding_box()["y"] > 300
    page.locator("#close").click()
    assert not page.locator("#inspector").is_visible()


def test_a_switch_changes_the_language_and_what_is_told(open_page: Open):
    page = open_page("lines_2021")
    page.locator("#c0").click()
    assert "confidence" in page.locator("#said").inner_text()

    page.locator("#language").click()

    assert page.evaluate("document.documentElement.lang") == "zh-CN"
    assert "置信度" in page.locator("#said").inner_text()
    assert page.locator("h2").first.inner_text() == "页面原文"
    assert page.locator("#c0 .sign").count() == 0
    page.reload()
    assert page.evaluate("document.documentElement.lang") == "zh-CN"


def test_a_chinese_browser_sees_chinese_first(open_page: Open):
    assert open_page("", language="zh-CN").locator("h1").inner_text().startswith("报告一览")


def test_the_index_lists_what_needs_a_person_first_and_leads_to_it(open_page: Open):
    page = open_page()
    assert listed(page) == [*NEED_A_PERSON, "half_a_table_2021", "lines_2021"]
    assert page.locator("#rows .needs").all_inner_texts() == ["2", "22", "96", "0", "0"]
    assert page.locator("header p").all_inner_texts()[0].startswith("Reports that need a person: 3. ")

    page.locator("[data-need=person]").click()
    assert listed(page) == NEED_A_PERSON
    page.locator("button[data-failing]").first.click()
    assert listed(page) == NEED_A_PERSON[:1]
    follow(page, "#rows a")

    assert "contradicted" in page.locator(".verdict").inner_text()
    follow(page, "nav a")
    assert page.locator("#rows .line").count() == 5


def test_a_page_that_only_lacks_parts_is_told_apart_from_what_needs_a_person(open_page: Open):
    page = open_page()

    page.locator("[data-need=nobody]").click()
    assert listed(page) == ["half_a_table_2021"]
    follow(page, "#rows a")

    assert "rows not whole: 10" in page.locator(".absent").inner_text()
    assert page.locator(".filter").inner_text() == "Nothing needs a person"
    assert page.locator(".verdict").inner_text().endswith("are not on it.")


@pytest.mark.parametrize("name", NEED_A_PERSON)
def test_n_stops_once_at_each_thing_that_is_counted(open_page: Open, name: str):
    page = open_page(name)
    stops = "[...new Set(doubts.map((stop) => stop.id || stop.outerHTML))].length"

    assert page.evaluate(stops) == int(page.locator("#doubts b").inner_text())


def test_the_address_keeps_filters_search_and_order_over_reload_and_back(open_page: Open):
    page = open_page()
    page.locator("[data-need=person]").click()
    page.locator("button[data-status=incomplete]").click()
    page.locator("#search").press_sequentially("2021")
    page.locator("[data-sort=year]").click()
    asked = page.url

    page.reload()
    assert listed(page) == ["blanks_vanished_2021"]
    assert page.locator("#search").input_value() == "2021"
    assert page.locator("[data-need=person]").get_attribute("aria-pressed") == "true"
    assert page.locator("[aria-sort=descending]").inner_text() == "Year"
    follow(page, "#rows a")
    page.go_back()
    assert (page.url, listed(page)) == (asked, ["blanks_vanished_2021"])

    page.go_back()  # before the order was chosen
    assert page.locator("[aria-sort]").inner_text() == "To decide"
    page.go_back()  # before anything was typed, and the status was chosen
    assert listed(page) == NEED_A_PERSON
    page.go_back()
    assert "#" not in page.url
    assert len(listed(page)) == 5
    page.go_forward()
    assert listed(page) == NEED_A_PERSON


def test_an_address_that_is_passed_on_opens_the_same_list(open_page: Open):
    page = open_page(asked="#failing=applications%2Frow%2Fgranted")
    other = open_page(asked="#need=nobody&words=half&sort=-name")
    strange = open_page(asked="#need=all&status=odd&failing=none&sort=toString")

    assert (listed(page), listed(other)) == (NEED_A_PERSON[:1], ["half_a_table_2021"])
    assert len(listed(strange)) == 5
    assert not strange.locator("#clear").is_visible()


def test_the_address_of_a_report_names_the_cell_that_is_looked_at(open_page: Open):
    page = open_page("lines_2021", 1280)
    page.locator("#c199").click()
    assert page.url.endswith("#review/suit_after_reconsideration/total")

    page.reload()
    assert page.locator("#c199").evaluate("cell => cell === document.activeElement")
    assert 0 < page.locator("#c199").bounding_box()["y"] < 900
    assert page.locator("#said strong").inner_text() == page.locator("#c199").inner_text()

    page.keyboard.press("Escape")
    assert "#" not in page.url
    stale = open_page("lines_2021", asked="#review/none/of/this")
    assert stale.locator(".chosen").count() == 0


def test_a_page_that_is_moved_with_its_assets_still_works(open_page: Open, look: Path, tmp_path: Path):
    (tmp_path / "reports").mkdir()
    report = next((look / "reports").glob("*-lines_2021.html"))
    moved = shutil.copy(report, tmp_path / "reports" / "某市 2021.html")
    shutil.copytree(look / "assets", tmp_path / "assets")
    page = open_page()

    page.goto(moved.as_uri())
    page.locator("#c0").click()

    assert page.locator("#said .path").inner_text().endswith("规章 › 本年制发件数")
    assert page.locator("#c0").evaluate("cell => getComputedStyle(cell).textAlign") == "right"


def test_clearing_the_filters_clears_the_address(open_page: Open):
    page = open_page(asked="#need=nobody&words=half")

    page.locator("#clear").click()

    assert "#" not in page.url
    assert page.locator("#search").input_value() == ""
    assert len(listed(page)) == 5


def test_a_table_that_many_excerpts_lack_does_not_push_a_failing_sum_down(chromium: Any, tmp_path: Path):
    cell = {"key": "review/reconsideration/upheld", "value": None, "state": "missing"}
    sum_ = {"name": "applications/row/received", "state": "fails", "left": 1, "right": 2}
    gallery = Gallery(tmp_path, load_forms())
    gallery.add(Record("unread.pdf", error="is odd"), None)
    for number in range(30):
        gallery.add(record(f"excerpt{number}.txt", cells=[cell]), None)
    gallery.add(record("report.txt", status="contradicted", checks=[sum_]), None)
    page = chromium.new_page(locale="en-GB")

    page.goto(gallery.close().as_uri())

    assert listed(page)[:3] == ["report", "is odd", "excerpt0"]
    assert page.locator("[data-need] b").all_inner_texts() == ["2", "30"]
    page.close()


def test_the_index_is_searched_sorted_and_walked_by_keys(open_page: Open):
    page = open_page()
    page.locator("#search").fill("glued")
    assert page.locator("#rows .line").count() == 1
    page.locator("#clear").click()
    page.locator("[data-sort=ambiguous]").focus()
    page.keyboard.press("Enter")
    counts = [int(text) for text in page.locator("#rows .ambiguous").all_inner_texts()]
    assert counts == sorted(counts, reverse=True)
    assert page.locator("[aria-sort=descending]").count() == 1

    page.locator("#rows a").first.focus()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.closest('.line').ariaRowIndex") == "3"


def test_on_paper_the_index_has_every_row_none_over_another_and_what_its_colours_mean(
    chromium: Any, tmp_path: Path
):
    gallery = Gallery(tmp_path, load_forms())
    for number in range(200):
        gallery.add(Record(f"pages/{number:03}.txt", error="is empty"), None)
    page = chromium.new_page(viewport={"width": 1280, "height": 900}, locale="en-GB")
    page.goto(gallery.close().as_uri())

    page.emulate_media(media="print")
    page.set_viewport_size({"width": 700, "height": 900})
    page.evaluate("dispatchEvent(new Event('beforeprint'))")

    boxes = page.locator("#rows .line").evaluate_all(
        "(lines) => lines.map((line) => line.getBoundingClientRect()).map((box) => [box.top, box.bottom])"
    )
    assert len(boxes) == 200
    assert all(bottom <= top + 0.5 for (_, bottom), (top, _) in pairwise(boxes))
    assert page.locator("#statuses [data-status=error]").is_visible()
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    assert page.locator("#rows .line").count() < 60
    page.close()


def test_an_index_of_ten_thousand_draws_what_is_in_sight(chromium: Any, tmp_path: Path):
    gallery = Gallery(tmp_path, load_forms())
    for number in range(10_000):
        error = Record(f"pages/{number:05}.txt", error="is empty")
        gallery.add(error, None)
    page = chromium.new_page()
    page.goto(gallery.close().as_uri())

    assert page.locator("#rows .line").count() < 60
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    page.wait_for_selector("[aria-rowindex='10001']")
    assert page.locator("#rows .line").count() < 60
    page.locator("#search").fill("01234")
    assert page.locator("#rows .line").count() == 1
    page.close()


def test_in_print_the_whole_text_stands_and_no_button(open_page: Open):
    page = open_page("lines_2021", scheme="dark")

    page.emulate_media(media="print")

    assert page.locator("#print").evaluate("print => print.scrollHeight <= print.clientHeight + 1")
    assert not page.locator("#language").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
