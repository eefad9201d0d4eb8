"""The end of a run: what came of its pages, what was not read, and where to look next.

Flow:  answers -> **closing lines** -> stderr
"""

from __future__ import annotations

import shlex
import time
from collections import Counter
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from gouji.inference.commands.options import say
from gouji.inference.extraction import Status

if TYPE_CHECKING:
    from gouji.inference.batch import Answer
    from gouji.inference.sources import NotRead

_RECORDS = (".jsonl", ".ndjson", ".json")  # what gouji view and gouji check read

_NAMED = 20  # files that were not looked into are named one by one, up to so many


class Closing:
    """Counts the answers of a run as they go by, and tells of them when it is over."""

    def __init__(self, earlier: Mapping[str, int] | None = None) -> None:
        """Begin to count; `earlier` is what earlier runs have answered, by status."""
        self._begun = time.perf_counter()
        self._earlier = 0
        self._counts: Counter[Status | None] = Counter()
        self.count_all(earlier or {}, earlier=True)
        self._doubtful: str | None = None  # the first page to look at that gouji show can open

    def count(self, answer: Answer) -> None:
        """Take in one answer."""
        self._counts[answer.status] += 1
        doubtful = answer.status in (Status.CONTRADICTED, Status.INCOMPLETE)
        if self._doubtful is None and doubtful and _opens(answer.source):
            self._doubtful = answer.source

    def count_all(self, counts: Mapping[str, int], *, earlier: bool) -> None:
        """Take in answers that are counted, by status; whether an earlier run has given them."""
        for name, count in counts.items():
            self._counts[next((status for status in Status if status == name), None)] += count
        self._earlier += sum(counts.values()) if earlier else 0

    @property
    def errors(self) -> int:
        """How many pages could not be read."""
        return self._counts[None]

    @property
    def pages(self) -> int:
        """How many answers there were."""
        return self._counts.total()

    def summary(self) -> str:
        """What came of the pages: `3 pages in 1.2 s (2.5 a second): 2 verified, 1 error`."""
        seconds = max(time.perf_counter() - self._begun, 1e-9)
        counts = [
            (count, str(status).replace("_", " ")) for status in Status if (count := self._counts[status])
        ]
        if self.errors:
            counts.append((self.errors, "error" if self.errors == 1 else "errors"))
        told = ", ".join(f"{count} {name}" for count, name in counts)
        pages = "page" if self.pages == 1 else "pages"
        now = self.pages - self._earlier
        before = f", {self._earlier} of them in an earlier run" if self._earlier else ""
        return f"{self.pages} {pages} in {seconds:.1f} s ({now / seconds:.1f} a second){before}: {told}"

    def next_steps(self, output: Path | None, html: Path | None) -> str | None:
        """What shows the pages that are worth a look; None where there is nothing to look at."""
        records = None
        if output is not None and output.is_dir():
            records = f"{shlex.quote(str(output))}/*.jsonl"
        elif output is not None and output.suffix.lower() in _RECORDS:
            records = shlex.quote(str(output))
        steps = []
        if html is not None:
            steps.append(f"open {html / 'index.html'} in a browser")
        elif records:
            steps.append(f"gouji view {records} --html look")
        if self._doubtful is not None:
            steps.append(f"gouji show {shlex.quote(self._doubtful)}")
        if records and self._counts[Status.CONTRADICTED]:
            steps.append(f"gouji check {records}")
        return f"to look closer: {'; '.join(steps)}" if steps else None


def say_not_read(not_read: Collection[NotRead]) -> None:
    """Tell on stderr how many files of a folder were evidently no pages, and which may hold some unseen."""
    if not_read:
        from gouji.inference.not_pages import UNSEEN
        from gouji.inference.sources import count_not_read

        unseen = 0
        for each in (each for each in not_read if each.why in UNSEEN):
            unseen += 1
            if unseen <= _NAMED:
                say(f"{each.name}: not read: {each.why}")
        if unseen > _NAMED:
            say(f"gouji: {unseen - _NAMED} more were not looked into")
        say(f"gouji: {count_not_read(not_read)}; gouji extract FOLDER --dry-run lists them")


def say_no_places() -> None:
    """Tell on stderr how to get the columns of places, where the codes are not installed."""
    from gouji.inference.places.divisions import EXTRA, are_there

    if not are_there():
        fault = "the columns of places are empty and ids rest on names"
        say(f"gouji: {fault}; pip install 'gouji[{EXTRA}]' brings the codes")


def _opens(source: str) -> bool:
    """Whether `gouji show` finds a page by its name."""
    file, _, number = source.rpartition("#")
    return Path(source).exists() or (number.isdigit() and Path(file).exists())
