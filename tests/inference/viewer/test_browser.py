"""A report's page in a real browser: from a cell to its print and back, filters, keys alone, narrow and wide.

Needs Debian's `chromium` (or Chrome) on the PATH and `pip install playwright`, both there or all skipped:

    apt install chromium && pip install playwright && pytest tests/inference/viewer/test_browser.py
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from gouji.inference.why import Why

from .kinds import KINDS, NEED_A_PERSON

GLUED = 28  # a cell of glued_2019: the total of what was received, by its number

Open = Callable[..., Any]


def chosen(page: Any, within: str) -> list[str]:
    return page.locator(f"{within} .chosen").all_inner_texts()


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


@pytest.mark.parametrize("name", NEED_A_PERSON)
def test_n_stops_once_at_each_thing_that_is_counted(open_page: Open, name: str):
    page = open_page(name)
    stops = "[...new Set(doubts.map((stop) => stop.id || stop.outerHTML))].length"

    assert page.evaluate(stops) == int(page.locator("#doubts b").inner_text())


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


def test_in_print_the_whole_text_stands_and_no_button(open_page: Open):
    page = open_page("lines_2021", scheme="dark")

    page.emulate_media(media="print")

    assert page.locator("#print").evaluate("print => print.scrollHeight <= print.clientHeight + 1")
    assert not page.locator("#language").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
