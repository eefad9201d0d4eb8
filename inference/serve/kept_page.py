"""A page and its spans as the service keeps them, and read back: what its report is shown and settled with.

Flow:  page, spans -> **JSON** -> FOLDER/pages/ID.json -> page, spans
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gouji.model.labels import Span, Tag
from gouji.model.page import Page, Part
from gouji.model.provenance import Provenance


@dataclass(frozen=True, slots=True)
class KeptPage:
    """A page, and what was tagged in it."""

    page: Page
    spans: tuple[Span, ...]


def kept_page(page: Page, spans: Iterable[Span]) -> dict[str, Any]:
    """A page and its spans as JSON has them."""
    told = page.provenance
    return {
        "source": page.source,
        "text": page.text,
        "origin": None if page.origin is None else list(page.origin),
        "part": None if page.part is None else [page.part.number, *page.part.stretches],
        "rows": list(page.rows),
        "cause": page.cause,
        "provenance": [told.url, told.fetched, told.sha256, told.columns],
        "spans": [[str(span.tag), span.start, span.end, round(span.confidence, 4)] for span in spans],
    }


def kept_page_of(data: Mapping[str, Any]) -> KeptPage:
    """A page and its spans, read back.

    >>> page = Page("a.txt", "共12件", part=Part(2, ((0, 3),)), rows=((0, 4),))
    >>> kept_page_of(kept_page(page, [])).page == page
    True

    Raises:
        KeyError, TypeError, ValueError: It is none.
    """
    url, fetched, sha256, columns = data["provenance"]
    part = data["part"]
    page = Page(
        data["source"],
        data["text"],
        None if data["origin"] is None else tuple(data["origin"]),
        None if part is None else Part(part[0], _stretches(part[1:])),
        _stretches(data["rows"]),
        data["cause"],
        Provenance(url, fetched, sha256, tuple((name, value) for name, value in columns)),
    )
    spans = (Span(Tag(tag), start, end, confidence) for tag, start, end, confidence in data["spans"])
    return KeptPage(page, tuple(spans))


def _stretches(pairs: Iterable[Iterable[int]]) -> tuple[tuple[int, int], ...]:
    return tuple((start, end) for start, end in pairs)
