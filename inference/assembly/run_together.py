"""Part the labels of rows below each other that the tagger took for one label in two lines.

Flow:  spans -> **one label a span** -> marked page -> anchors

Of a row that prints nothing only its label is left, and that of the next row follows on the next line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from gouji.inference.assembly.wording import KEEN, Wordings
from gouji.model.labels import ROW, Span
from gouji.model.page import Page


def parted(page: Page, spans: Iterable[Span], known: Wordings) -> Iterator[Span]:
    """The spans, a row label's cut between two lines where what stands on each side is a row's label.

    Args:
        page: The page; spans count characters of its text.
        spans: The page's spans in reading order.
        known: The row labels of every table that the page may hold.
    """
    for span in spans:
        cut = _cut(page.text[span.start : span.end], known) if span.tag is ROW else None
        if cut is None:
            yield span
        else:
            above, below = (span.start + place for place in cut)
            yield replace(span, end=above)
            yield from parted(page, [replace(span, start=below)], known)


def _cut(text: str, known: Wordings) -> tuple[int, int] | None:
    """Where the first of several labels ends, and the next begins; None where a label is one."""
    if "\n" not in text or known.like(text, KEEN):
        return None
    for place in re.finditer("\n", text):
        above, below = text[: place.start()].rstrip(), text[place.end() :].lstrip()
        first = {label.id for label in known.like(above, KEEN)}
        rest = {label.id for label in known.like(below, KEEN)}
        if first and ((rest and not rest & first) or ("\n" in below and _cut(below, known))):
            return len(above), len(text) - len(below)
    return None
