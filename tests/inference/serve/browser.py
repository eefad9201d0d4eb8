"""What the tests of the workbench in a browser share: to look at a page, drop on it, find faults in it."""

from __future__ import annotations

import base64
import time
from collections.abc import Callable
from typing import Any

SERIOUS = ("serious", "critical")
TOLD = ("409 (Conflict)", "413 (Request Entity Too Large)")  # which a page tells the person
STILL = 0.01  # of the sum of a page's layout shifts that nobody asked for; 0.1 is called good on the web

Look = Callable[..., Any]  # address, width, language, scheme -> page

# Tells of each shift of the layout that does not follow a person's click or key within half a second.
TELL_SHIFTS = """
new PerformanceObserver((list) => {
  for (const each of list.getEntries()) {
    const moved = each.sources.map((source) => source.node?.outerHTML?.slice(0, 80));
    if (!each.hadRecentInput) console.debug("layout-shift", each.value, moved);
  }
}).observe({ type: "layout-shift", buffered: true });
"""


class Watch:
    """Opens pages; keeps what fails in them, what they ask of others, and by how much they shift."""

    def __init__(self, browser: Any) -> None:
        self._browser = browser
        self._contexts: list[Any] = []
        self.faults: list[str] = []
        self.shifts: list[tuple[float, str]] = []

    def open(self, address: str, width: int, language: str, scheme: str = "light") -> Any:
        """A page in a window of its own."""
        size = {"viewport": {"width": width, "height": 900}, "color_scheme": scheme, "locale": language}
        context = self._browser.new_context(**size)
        self._contexts.append(context)
        page = context.new_page()
        page.add_init_script(TELL_SHIFTS)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._hear)
        page.on("request", lambda asked: None if "127.0.0.1" in asked.url else self.faults.append(asked.url))
        page.goto(address)
        return page

    def close(self) -> None:
        for context in self._contexts:
            context.close()

    def _hear(self, said: Any) -> None:
        if said.text.startswith("layout-shift"):
            self.shifts.append((float(said.text.split(" ")[1]), said.text))
        elif said.type == "error" and not any(each in said.text for each in TOLD):
            self.faults.append(said.text)


def wait_for(is_so: Callable[[], bool], seconds: float = 60) -> None:
    """Ask until it is so; a service that does not answer yet is asked again."""
    import httpx

    until = time.monotonic() + seconds
    while True:
        try:
            if is_so():
                return
        except httpx.TransportError:
            pass
        assert time.monotonic() < until, "not so in time"
        time.sleep(0.1)


def sent(address: str, name: str, text: bytes) -> str:
    """The id of the report of a page that is sent to a service."""
    import httpx

    batch = httpx.post(f"{address}/batch", files={"file": (name, text)}).json()["id"]
    wait_for(lambda: bool(httpx.get(f"{address}/batch/{batch}").json()["done"]))
    (id_,) = httpx.get(f"{address}/batch/{batch}").json()["reports"]
    return str(id_)


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


def drag_over(page: Any, print_: str) -> None:
    """Select what is printed in the text of a report, with the mouse."""
    box = page.evaluate(
        """(print) => {
            const walk = document.createTreeWalker(document.getElementById("print"), NodeFilter.SHOW_TEXT);
            for (let node = walk.nextNode(); node; node = walk.nextNode()) {
                const at = node.data.indexOf(print);
                if (at < 0) continue;
                const range = document.createRange();
                range.setStart(node, at);
                range.setEnd(node, at + print.length);
                node.parentElement.scrollIntoView({ block: "center" });
                return range.getBoundingClientRect().toJSON();
            }
        }""",
        print_,
    )
    middle = box["top"] + box["height"] / 2
    page.mouse.move(box["left"] + 1, middle)
    page.mouse.down()
    page.mouse.move(box["right"] - 1, middle, steps=5)
    page.mouse.up()


def serious(axe: Any, page: Any) -> list[str]:
    """What axe finds that shuts people out."""
    found = axe.run(page).response["violations"]
    return [f"{each['id']}: {each['nodes'][0]['html']}" for each in found if each["impact"] in SERIOUS]


def overflow(page: Any) -> int:
    """By how much a page is wider than its window."""
    return int(page.evaluate("document.documentElement.scrollWidth - innerWidth"))
