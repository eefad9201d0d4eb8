"""How long the workbench's questions take: `python -m tests.questions PAGES`.

Of each page's ambiguous cells every eleventh is asked what its candidates would mean; then the page is told
under the likeliest of them, and what its next answer is worth. Printed are milliseconds of the processor.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import gouji
from gouji.inference.extraction import State
from gouji.inference.extractor import Extractor
from gouji.inference.settling import answered, consequences, settled, worth
from gouji.inference.sources import find_sources

EACH = 11

T = TypeVar("T")
times: dict[str, list[float]] = {}


def timed(what: str, work: Callable[..., T], *given: Any) -> T:
    start = time.process_time()
    done = work(*given)
    times.setdefault(what, []).append(1000 * (time.process_time() - start))
    return done


def ask(extractor: Extractor, path: Path) -> None:
    """Ask the questions of one page."""
    page = gouji.read(path)
    now = timed("first look at a page", settled, extractor, page, ())
    for cell in [cell for cell in now.cells if cell.state is State.AMBIGUOUS][::EACH]:
        meant = timed("what a cell's values mean", consequences, extractor, page, (), cell.key)
        answer = answered(page, cell, meant[0].value, "li")
        then = timed("an answer", settled, extractor, page, [answer])
        timed("what the next is worth", worth, then)


if __name__ == "__main__":
    extractor = Extractor()
    for path in find_sources(sys.argv[1:]).paths:
        ask(extractor, path)
    print(f"{'':26}  times  median    p95    max")
    for what, each in times.items():
        each.sort()
        shown = (each[len(each) // 2], each[int(0.95 * len(each))], each[-1])
        print(f"{what:26} {len(each):6} " + " ".join(f"{ms:6.1f}" for ms in shown))
