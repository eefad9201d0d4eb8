"""How long a report's page takes from the service until it is drawn: `python -m tests.looks [PAGES]…`.

Flow:  pages -> a service of its own, Chromium -> each report opened several times -> **times, shifts**

Answered is until the whole document is there, drawn until the browser shows it (first contentful paint: a
report's page is drawn at once and whole). Both are counted from the click and are of this machine; the times
of the processor, of the service and of the browser's page, are what is left where nothing else runs. The exit
status is 1 where a report's page needs more than 100 ms of both in the median, or something on one shifts.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import httpx

from .inference.serve.browser import STILL
from .load import PAGES, service

EACH = 5  # looks at each report
MOST = 100.0  # milliseconds of the processor, of the service and the browser together
TICK = 1000 / os.sysconf("SC_CLK_TCK")
SHOWN = """
new Promise((done) => new PerformanceObserver((list) => {
  for (const paint of list.getEntriesByName("first-contentful-paint")) {
    const [asked] = performance.getEntriesByType("navigation");
    done([asked.responseEnd, paint.startTime]);
  }
}).observe({ type: "paint", buffered: true }))
"""
SHIFTED = """
new Promise((done) => {
  let sum = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((each) => (sum += each.value)))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 200);
})
"""


@dataclass(frozen=True, slots=True)
class Looked:
    """One look at a report's page; milliseconds."""

    answered: float
    drawn: float
    browser: float  # of the processor: the page's main thread
    shifted: float  # the sum of its layout's shifts


async def report_ids(address: str, paths: Sequence[Path]) -> list[str]:
    """Have pages read; the ids of those reports that have tables."""
    async with httpx.AsyncClient(base_url=address, timeout=600) as client:
        files = [("file", (path.name, path.read_bytes())) for path in paths]
        batch = (await client.post("/batch", files=files)).json()["id"]
        while not (await client.get(f"/batch/{batch}")).json()["done"]:
            await asyncio.sleep(0.2)
        return [report["id"] for report in (await client.get("/reports")).json() if report["form"]]


async def look(context: Any, address: str) -> Looked:
    """Open a page in a tab of its own, and wait until it is drawn."""
    page = await context.new_page()
    asked = await context.new_cdp_session(page)
    await asked.send("Performance.enable", {"timeDomain": "threadTicks"})
    await page.goto(address)
    answered, drawn = await page.evaluate(SHOWN)
    metrics = {
        each["name"]: each["value"] for each in (await asked.send("Performance.getMetrics"))["metrics"]
    }
    shifted = await page.evaluate(SHIFTED)
    await page.close()
    return Looked(answered, drawn, 1000 * metrics["TaskDuration"], shifted)


async def measured(paths: Sequence[Path]) -> bool:
    """Print what looking takes; whether it is soon enough, and nothing moves."""
    from playwright.async_api import async_playwright

    async with service(None) as (address, process), async_playwright() as started:
        ids = await report_ids(address, paths)
        browser = await started.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        context = await browser.new_context(viewport={"width": 1280, "height": 900})
        await look(context, f"{address}/reports/{ids[0]}.html")  # the first has styles and scripts to fetch
        before = ticks(process.pid)
        looks = [await look(context, f"{address}/reports/{id_}.html") for id_ in ids * EACH]
        serving = (ticks(process.pid) - before) * TICK / len(looks)
        await browser.close()
    click.echo(f"{len(ids)} reports, {EACH} looks at each{'median':>21} {'p95':>6} {'max':>6}")
    for what, name in (
        ("answered, ms", "answered"),
        ("drawn, ms", "drawn"),
        ("processor: browser, ms", "browser"),
        ("layout shifts", "shifted"),
    ):
        found = sorted(getattr(each, name) for each in looks)
        shown = (found[len(found) // 2], found[int(0.95 * (len(found) - 1))], found[-1])
        digits = 3 if name == "shifted" else 0
        click.echo(f"{what:<40} " + " ".join(f"{value:6.{digits}f}" for value in shown))
    click.echo(f"{'processor: service, ms, the mean':<40} {serving:6.0f}")
    browsing = sorted(each.browser for each in looks)[len(looks) // 2]
    return serving + browsing <= MOST and max(each.shifted for each in looks) <= STILL


def ticks(process: int) -> int:
    """What a process has used of the processor."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])


@click.command(help=__doc__.split("\n")[0])
@click.argument("pages", nargs=-1, type=click.Path(exists=True, path_type=Path))
def main(pages: tuple[Path, ...]) -> None:
    paths = [path for page in pages for path in (sorted(page.iterdir()) if page.is_dir() else [page])]
    sys.exit(not asyncio.run(measured(paths or sorted(PAGES.glob("*.txt")))))


if __name__ == "__main__":
    main()
