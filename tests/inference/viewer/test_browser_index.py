"""The index of all reports in a real browser: what it lists first, filters, search, addresses, print.

Needs what `test_browser.py` needs.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

from gouji.inference.outputs.records import Record, record_of_json
from gouji.inference.viewer.gallery import Gallery
from gouji.model.forms import load_forms

from .kinds import NEED_A_PERSON

Open = Callable[..., Any]


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
