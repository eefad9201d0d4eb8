"""Labelled pages in the order in which the tagger reads them, and spans back where they stand.

Flow:  labelled page -> **page without ruling** -> tokens and their labels

A label that a ruled table prints in pieces is several spans on the page, and one where it is read.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from gouji.annotations.pages import LabelledPage
from gouji.model.insertions import without_insertions
from gouji.model.labels import Span
from gouji.model.page import Page
from gouji.model.ruled import unruled


def as_read(page: LabelledPage) -> LabelledPage:
    """The page as the tagger reads it, its spans with it; the same page where no table is ruled."""
    read = unruled(without_insertions(Page(page.id, page.text)))
    if read.origin is None:
        return page
    place_of = {place: index for index, place in enumerate(read.origin)}
    pieces: list[tuple[int, int, Span]] = []  # begin, end, and whose piece it is
    for span in page.spans:
        places = sorted(place_of[place] for place in range(span.start, span.end) if place in place_of)
        first = None
        for here, behind in zip(places, [*places[1:], None], strict=True):
            first = here if first is None else first
            if behind != here + 1:
                pieces.append((first, here + 1, span))
                first = None
    return replace(page, text=read.text, spans=tuple(_joined(read, sorted(pieces, key=lambda p: p[:2]))))


def _joined(read: Page, pieces: Iterable[tuple[int, int, Span]]) -> list[Span]:
    """One span of the pieces that are read together: those of one tag that wrapping had parted."""
    joined: list[Span] = []
    for start, end, span in pieces:
        text = read.text[start:end]
        start, end = start + len(text) - len(text.lstrip()), end - len(text) + len(text.rstrip())
        if start >= end:
            continue
        last = joined[-1] if joined else None
        if last is not None and last.tag is span.tag and last.end == start and _was_parted(read, start):
            joined[-1] = replace(last, end=end)
        else:
            joined.append(replace(span, start=start, end=end))
    return joined


def _was_parted(read: Page, index: int) -> bool:
    origin = read.origin or ()
    return origin[index] != origin[index - 1] + 1


def where_printed(page: Page, spans: Iterable[Span]) -> list[Span]:
    """Spans of a page as it is read, as pieces of the decoded text, in that text's order."""
    pieces = (
        replace(span, start=start, end=end)
        for span in spans
        for start, end in page.stretches(span.start, span.end)
    )
    return sorted(pieces, key=lambda piece: piece.start)
