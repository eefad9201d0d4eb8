"""Part the labels of rows, or of columns, below each other that the tagger took for one in two lines.

Flow:  spans -> **one label a span** -> marked page -> anchors

Of a row that prints nothing only its label is left, and that of the next row follows on the next line; behind
the last column label of a line follows the first one of the line below.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from gouji.inference.assembly.wording import KEEN, Wordings
from gouji.model.labels import Span, Tag
from gouji.model.page import Page


def parted(page: Page, spans: Iterable[Span], known: Mapping[Tag, Wordings]) -> Iterator[Span]:
    """The spans, a label's cut between two lines where what stands on each side is a label of its kind.

    Args:
        page: The page; spans count characters of its text.
        spans: The page's spans in reading order.
        known: The labels of every table that the page may hold: those of rows, those of columns.
    """
    for span in spans:
        own = known.get(span.tag)
        cut = None if own is None else _cut(page.text[span.start : span.end], own)
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
    breaks = [index for index, character in enumerate(text) if character == "\n"]
    for place in breaks:
        above, below = text[:place].rstrip(), text[place:].lstrip()
        first = {label.id for label in known.like(above, KEEN)}
        rest = {label.id for label in known.like(below, KEEN)}
        if first and ((rest and not rest & first) or ("\n" in below and _cut(below, known))):
            return len(above), len(text) - len(below)
    return None
