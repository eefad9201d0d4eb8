"""Part the labels of rows, or of columns, below each other that the tagger took for one in two lines.

Flow:  spans -> **one label a span** -> marked page -> anchors

Of a row that prints nothing only its label is left, and that of the next row follows on the next line; behind
the last column label of a line follows the first one of the line below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from gouji.inference.assembly.wording import KEEN, Wordings
from gouji.model.labels import Span, Tag
from gouji.model.page import Page

_SHORT = 4  # characters of a column's label that the form does not have: 序号, 同比增长


def parted(page: Page, spans: Iterable[Span], known: Mapping[Tag, Wordings]) -> Iterator[Span]:
    """The spans, a label's cut between two lines where what stands on each side is a label of its kind.

    Args:
        page: The page; spans count characters of its text.
        spans: The page's spans in reading order.
        known: The labels of every table that the page may hold: those of rows, those of columns.
    """
    for span in spans:
        own = known.get(span.tag)
        text = page.text[span.start : span.end]
        cut = None if own is None else _cut(text, own, strangers=span.tag is Tag.COLUMN)
        if cut is None:
            yield span
        else:
            above, below = (span.start + place for place in cut)
            yield replace(span, end=above)
            yield from parted(page, [replace(span, start=below)], known)


def _cut(text: str, known: Wordings, *, strangers: bool = False) -> tuple[int, int] | None:
    """Where the first of several labels ends, and the next begins; None where a label is one.

    Of columns one may be the publisher's own (`strangers`), which no form has.
    """
    if "\n" not in text or known.like(text, KEEN):
        return None
    for place in re.finditer("\n", text):
        above, below = text[: place.start()].rstrip(), text[place.end() :].lstrip()
        first = {label.id for label in known.like(above, KEEN)}
        rest = {label.id for label in known.like(below, KEEN)}
        own = (rest and not rest & first) or ("\n" in below and _cut(below, known))
        if first and (own or (strangers and _is_stranger(below, known))):
            return len(above), len(text) - len(below)
    return None


def _is_stranger(text: str, known: Wordings) -> bool:
    """Whether a text is a few words of which no label has any: 序号 below 自然人."""
    alone = len(text) <= _SHORT and text.isalnum()
    return alone and not any(known.holds(index, text) for index in range(len(known.labels)))
