"""The workbench in a real browser: pages dropped, watched, settled, undone, downloaded, and found again.

Needs Debian's `chromium` (or Chrome) on the PATH, `playwright` and `axe-playwright-python`; else it skips:

    apt install chromium && pytest tests/inference/serve/test_browser.py
"""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from .browser import Look, drop, overflow, sent, serious
from .conftest import PAGES, Serve

DOUBTFUL = "东汀区教育局"  # of glued_2019: what its page does not settle


def twenty_pages() -> bytes:
    """A ZIP of twenty pages: those of the tests, and some again that say who sent them."""
    texts = [(path.stem, path.read_bytes()) for path in sorted(PAGES.glob("*.txt"))]
    again = [
        (f"{name}-again", text + "\n再次报送\n".encode()) for name, text in texts if name != "glued_2019"
    ]
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, text in [*texts, *again][:20]:
            archive.writestr(f"{name}.txt", text)
    return held.getvalue()


def open_cells(page: Any) -> int:
    return int(page.evaluate("DATA.cells.filter((cell) => cell.state === 'ambiguous').length"))


def settled_keys(page: Any) -> list[str]:
    return list(
        page.evaluate("DATA.cells.filter((cell) => cell.state === 'settled').map((cell) => cell.key)")
    )


def best_choice(page: Any) -> Any:
    """Of the chosen cell's answers, the first that settles other cells; what each means is there by then."""
    page.locator(".choice .means:not(:text-is('…'))").last.wait_for()
    page.wait_for_function("document.querySelectorAll('.choice').length > 2")
    return page.locator(".choice:has(.means:has-text('→'))").first


@pytest.mark.slow
@pytest.mark.parametrize(
    ("width", "language", "scheme"),
    [(1440, "en-GB", "light"), (1440, "zh-CN", "dark"), (360, "en-GB", "dark"), (360, "zh-CN", "light")],
)
def test_twenty_pages_from_the_drop_to_the_answers_found_again(
    command: Serve, look: Look, axe: Any, width: int, language: str, scheme: str
):
    address = command()
    page = look(address, width, language, scheme)
    assert serious(axe, page) == []

    # Drop a ZIP, and watch it run.
    with page.expect_navigation():
        drop(page, "二十页.zip", twenty_pages())
        page.locator("#progress progress").wait_for()
    assert "20" in page.locator("#far").inner_text()
    assert page.locator("#title").inner_text().count("20") == 1
    assert serious(axe, page) == []

    # Open the doubtful report that an answer helps most but one, and settle a cell by mouse.
    page.locator("#list").scroll_into_view_if_needed()  # its rows are drawn where they are in sight
    with page.expect_navigation():
        page.locator("#rows .name a", has_text=DOUBTFUL).first.click()
    before = open_cells(page)
    page.locator("td.ambiguous").first.click()
    choice = best_choice(page)
    choice.hover()
    following = page.locator("td.follows").count()
    assert following
    assert serious(axe, page) == []
    with page.expect_navigation():
        choice.click()
    page.locator("#settle-told .holds").wait_for()
    assert page.locator("td.followed").count() == following
    by_mouse = open_cells(page)
    assert by_mouse < before - 1  # the cell, and others that follow
    assert serious(axe, page) == []

    # Settle another by keyboard alone.
    page.keyboard.press("n")
    key = best_choice(page).locator("kbd").text_content()
    with page.expect_navigation():
        page.keyboard.press(key)
    page.locator("#settle-told .holds").wait_for()
    by_key = open_cells(page)
    assert by_key < by_mouse
    assert len(settled_keys(page)) == 2

    # Undo the last one, and only that.
    with page.expect_navigation():
        page.keyboard.press("u")
    page.locator("#settle-told .holds").wait_for()
    assert open_cells(page) == by_mouse
    kept = settled_keys(page)
    assert len(kept) == 1
    assert overflow(page) <= 0

    # Download the workbook, stop and start the service, and find the answer again.
    page.goto(address)
    with page.expect_download() as download:
        page.locator("#downloads a[href$='.xlsx']").click()
    assert Path(download.value.path()).read_bytes().startswith(b"PK")
    page.locator("#list").scroll_into_view_if_needed()
    report = page.locator("#rows .name a", has_text=DOUBTFUL).first.get_attribute("href")
    page = look(f"{command()}/{report}", width, language, scheme)
    assert settled_keys(page) == kept
    assert page.locator("td.settled").count() == 1


@pytest.mark.slow
def test_what_is_pasted_is_read_as_a_page(command: Serve, look: Look):
    page = look(command(), 1440, "en-GB")
    text = (PAGES / "lines_2021.txt").read_text(encoding="utf-8")

    page.locator("#open-paste").click()
    page.locator("#pasted").fill(text)
    with page.expect_navigation():
        page.locator("#paste button[type=submit]").click()

    page.locator("#rows .status.verified").wait_for()
    assert "pasted-" in page.locator("#rows .name small").inner_text()


@pytest.mark.slow
def test_the_second_of_two_people_sees_that_another_has_answered(command: Serve, look: Look):
    address = command()
    report = sent(address, "a.txt", (PAGES / "glued_2019.txt").read_bytes())
    first, second = (look(f"{address}/reports/{report}.html", 1440, "en-GB") for _ in range(2))

    for page in (first, second):
        page.locator("td.ambiguous").first.click()
        best_choice(page)
    with first.expect_navigation():
        first.keyboard.press("1")
    first.locator("#settle-told .holds").wait_for()
    with second.expect_response(lambda answer: answer.status == 409):
        second.keyboard.press("2")

    assert "Somebody else" in second.locator("#settle-told").inner_text()
    with second.expect_navigation():
        second.locator("#settle-told button").click()
    assert len(settled_keys(second)) == 1
