"""The workbench in a real browser: pages dropped, watched, settled, undone, downloaded, and found again.

Needs Debian's `chromium` (or Chrome) on the PATH, `playwright` and `axe-playwright-python`; else it skips:

    apt install chromium && pytest tests/inference/serve/test_browser.py
"""

from __future__ import annotations

import base64
import io
import signal
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from .conftest import PAGES

httpx = pytest.importorskip("httpx", reason="pip install httpx to run these")

DOUBTFUL = "东汀区教育局"  # of glued_2019: what its page does not settle
SERIOUS = ("serious", "critical")

Serve = Callable[[], str]


@pytest.fixture(scope="module")
def axe() -> Any:
    """What looks for faults that shut people out."""
    return pytest.importorskip("axe_playwright_python.sync_playwright").Axe()


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Starts the command in a folder, stopping the one before; gives its address."""
    running: list[subprocess.Popen[bytes]] = []

    def stop() -> None:
        while running:
            running[-1].send_signal(signal.SIGINT)
            assert running.pop().wait(20) == 0

    def start() -> str:
        stop()
        port = _free_port()
        command = ["serve", str(tmp_path / "workbench"), "--port", str(port), "--no-open", "--name", "li"]
        running.append(subprocess.Popen([sys.executable, "-m", "gouji.inference", *command]))
        address = f"http://127.0.0.1:{port}"
        _wait_for(lambda: httpx.get(f"{address}/health").status_code == 200)
        return address

    yield start
    stop()


@pytest.fixture
def look(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Opens a page; a script that fails, and anything asked of another host, fails the test."""
    contexts, faults = [], []

    def is_fault(said: Any) -> bool:
        return said.type == "error" and "409 (Conflict)" not in said.text  # which the page tells the person

    def open_(address: str, width: int, language: str, scheme: str = "light") -> Any:
        size = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme, "locale": language}
        context = chromium.new_context(**size)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if is_fault(said) else None)
        page.on("request", lambda asked: None if "127.0.0.1" in asked.url else faults.append(asked.url))
        page.goto(address)
        return page

    yield open_
    for context in contexts:
        context.close()
    assert not faults


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_for(is_so: Callable[[], bool], seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            if is_so():
                return
        except httpx.TransportError:
            pass
        assert time.monotonic() < until, "not so in time"
        time.sleep(0.1)


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


def drop(page: Any, name: str, data: bytes) -> None:
    """Drop a file on the page, as from a folder of the desktop."""
    transfer = page.evaluate_handle(
        """([name, data]) => {
            const transfer = new DataTransfer();
            const bytes = Uint8Array.from(atob(data), (each) => each.charCodeAt(0));
            transfer.items.add(new File([bytes], name));
            return transfer;
        }""",
        [name, base64.b64encode(data).decode()],
    )
    page.dispatch_event("#drop", "drop", {"dataTransfer": transfer})


def serious(axe: Any, page: Any) -> list[str]:
    found = axe.run(page).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found if each["impact"] in SERIOUS]


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
    serve: Serve, look: Callable[..., Any], axe: Any, width: int, language: str, scheme: str
):
    address = serve()
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
    overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    assert overflow <= 0

    # Download the workbook, stop and start the service, and find the answer again.
    page.goto(address)
    with page.expect_download() as download:
        page.locator("#downloads a[href$='.xlsx']").click()
    assert Path(download.value.path()).read_bytes().startswith(b"PK")
    report = page.locator("#rows .name a", has_text=DOUBTFUL).first.get_attribute("href")
    page = look(f"{serve()}/{report}", width, language, scheme)
    assert settled_keys(page) == kept
    assert page.locator("td.settled").count() == 1


@pytest.mark.slow
def test_what_is_pasted_is_read_as_a_page(serve: Serve, look: Callable[..., Any]):
    page = look(serve(), 1440, "en-GB")
    text = (PAGES / "lines_2021.txt").read_text(encoding="utf-8")

    page.locator("#open-paste").click()
    page.locator("#pasted").fill(text)
    with page.expect_navigation():
        page.locator("#paste button[type=submit]").click()

    page.locator("#rows .status.verified").wait_for()
    assert "pasted-" in page.locator("#rows .name small").inner_text()


@pytest.mark.slow
def test_the_second_of_two_people_sees_that_another_has_answered(serve: Serve, look: Callable[..., Any]):
    address = serve()
    with (PAGES / "glued_2019.txt").open("rb") as file:
        batch = httpx.post(f"{address}/batch", files={"file": file}).json()["id"]
    _wait_for(lambda: bool(httpx.get(f"{address}/batch/{batch}").json()["done"]))
    (report,) = (each["id"] for each in httpx.get(f"{address}/reports").json())
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
