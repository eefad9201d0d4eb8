"""The workbench in a real browser: pages dropped, watched, settled, undone, downloaded, and found again.

Needs Debian's `chromium` (or Chrome) on the PATH, `playwright` and `axe-playwright-python`; else it skips:

    apt install chromium && pytest tests/inference/serve/test_browser.py
"""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from .browser import Look, drop, overflow, sent, serious
from .conftest import PAGES, Serve

READ_ALOUD = Path(__file__).parents[3] / "samples" / "read_aloud" / "labelled.jsonl"
DOUBTFUL = "东汀区教育局"  # of glued_2019: what its page does not settle


def twenty_pages() -> bytes:
    """A ZIP of twenty pages: those of the tests, and some again that say who sent them."""
    texts = [(path.stem, path.read_bytes()) for path in sorted(PAGES.glob("*.txt"))]
    again = [
        (f"{name}-again", text + "\n再次报送\n".encode()) for name, text in texts if name != "glued_2019"
    ]
    return zipped({f"{name}.txt": text for name, text in [*texts, *again][:20]})


def zipped(files: dict[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return held.getvalue()


def open_cells(page: Any) -> int:
    return int(page.evaluate("DATA.cells.filter((cell) => cell.state === 'ambiguous').length"))


def settled_keys(page: Any) -> list[str]:
    return list(
        page.evaluate("DATA.cells.filter((cell) => cell.state === 'settled').map((cell) => cell.key)")
    )


def best_choice(page: Any) -> Any:
    """Of the chosen cell's answers, the first that settles other cells; what each means is there by then.

    A locator waits, and no `wait_for_function`: while it waits it evaluates text, which the policy forbids.
    """
    page.locator(".choice .means:not(:text-is('…'))").last.wait_for()
    page.locator(".choice").nth(2).wait_for()
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

    second.locator("#settle-told", has_text="Somebody else").wait_for()
    with second.expect_navigation():
        second.locator("#settle-told button").click()
    assert len(settled_keys(second)) == 1


@pytest.mark.slow
def test_at_360_px_the_choices_are_in_sight_however_many_numbers_may_be_the_cells_own(
    command: Serve, look: Look
):
    address = command()
    text = json.loads(READ_ALOUD.read_text("utf-8").splitlines()[1])[
        "text"
    ]  # dozens of numbers without a cell
    report = sent(address, "read aloud.txt", text.encode())
    page = look(f"{address}/reports/{report}.html", 360, "zh-CN")

    page.keyboard.press("n")
    page.locator(".choice").first.wait_for()
    page.locator(".choice .means:text-is('…')").first.wait_for(state="detached")

    assert page.locator("#said .excerpt mark").count() == 9
    assert page.evaluate("document.querySelector('.choice').getBoundingClientRect().bottom") < 900


@pytest.mark.slow
def test_odd_things_that_are_dropped_are_each_answered_in_plain_words(command: Serve, look: Look):
    page = look(command(), 1280, "zh-CN")
    text = (PAGES / "lines_2021.txt").read_bytes()

    def told(name: str, data: bytes) -> str:
        with page.expect_navigation():
            drop(page, name, data)
        page.locator("#far", has_text="读完了").wait_for()
        return str(page.locator("#far").inner_text())

    assert "读不出来" in told("空.txt", b"")
    assert "读不出来" in told("坏.pdf", b"%PDF-1.7\n1 0 obj")
    assert "读不出来" in told("照片.jpg", b"\xff\xd8\xff\xe0" + b"x" * 99)
    assert "原来就有" not in told("报告.txt", text)
    assert "其中 1 页列表里原来就有" in told("报告.txt", text)
    assert "读完了：2 页" in told("外.zip", zipped({"a.txt": text, "里.zip": zipped({"b.txt": text})}))
    told("粘贴.html", b"<table><tr><td>1</td></tr></table>")

    def why(name: str) -> str:
        return str(page.locator("#rows .line", has_text=name).locator("small").inner_text())

    assert why("空.txt").startswith("里面什么也没有")
    assert why("坏.pdf").startswith("文件损坏或不完整")
    assert why("照片.jpg").startswith("只有图片")
    with page.expect_navigation():
        page.locator("#far a").click()
    assert page.locator("h1").count() == 1


@pytest.mark.slow
def test_what_is_too_large_is_said_to_be_and_nothing_is_lost(command: Serve, look: Look):
    page = look(command("--max-body", "1"), 360, "zh-CN")

    drop(page, "大.txt", b"x" * (2 << 20))

    page.locator("#far .fault").wait_for()
    assert page.locator("#far").inner_text().startswith("太大了")
    with page.expect_navigation():
        drop(page, "小.txt", (PAGES / "lines_2021.txt").read_bytes())
    assert page.locator("#title").inner_text().count("1") == 1


@pytest.mark.slow
def test_no_page_shuts_people_out_nor_is_wider_than_its_window(command: Serve, look: Look, axe: Any):
    address = command()
    report = f"reports/{sent(address, 'a.txt', (PAGES / 'glued_2019.txt').read_bytes())}.html"
    pages = [("", None), (report, None), (report, "n"), (report, "l"), ("training", None)]
    looks = [
        (360, "en-GB", "light"),
        (768, "zh-CN", "light"),
        (1280, "en-GB", "dark"),
        (2560, "zh-CN", "dark"),
    ]

    found = []
    for width, language, scheme in looks:
        for path, key in pages:
            page = look(f"{address}/{path}", width, language, scheme)
            if key is not None:
                page.keyboard.press(key)
                page.locator("#settle h2, #label-bar:visible").first.wait_for()
            found += [(width, path, key, each) for each in serious(axe, page)]
            found += [(width, path, key, "too wide")] if overflow(page) > 0 else []

    assert found == []
