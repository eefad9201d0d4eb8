"""Where a person corrects what is tagged on a page: draws a span, retags it, deletes it, calls all right.

Flow:  kept spans, spans.jsonl -> **desk of spans** -> the page of a report, labelled pages

The spans of a text are corrected, not those of one of its reports: a page of several reports is labelled
whole. Nothing that was read changes by it; it is for the tagger to learn from.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gouji.inference.serve.kept_page import KeptPage
from gouji.inference.serve.store import NoReport, Store
from gouji.inference.settling.answers import page_hash
from gouji.inference.settling.span_edits import SpanEdit, checked, corrected, tagged
from gouji.inference.settling.span_file import SpanFile
from gouji.model.labels import Span, Tag
from gouji.model.page import Page


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a page's text, and the tag that it is to bear; None: it is to be no span."""

    start: int
    end: int
    tag: Tag | None


class SpanDesk:
    """Corrects the spans of a store's pages.

    Args:
        store: The reports and their pages.
        file: The file of all corrections.
    """

    def __init__(self, store: Store, file: SpanFile) -> None:
        self._store = store
        self._file = file

    def shown(self, kept: KeptPage) -> tuple[Span, ...]:
        """What a report's page shows as tagged: what was found in it, under the corrections of its text."""
        edits = self._file.standing(page_hash(kept.page))
        return corrected(kept.page.text, kept.spans, edits) if edits else kept.spans

    def told(self, id_: str) -> dict[str, Any]:
        """A page's text and what is tagged in it now, as JSON has it.

        Raises:
            NoReport: There is no such report, or its page is not kept.
        """
        page = self._page(id_)
        edits = self._file.standing(page_hash(page))
        right = next((edit for edit in edits if edit.is_checked), None)
        return {
            "token": self._file.token(page_hash(page)),
            "text": page.text,
            "spans": [[span.start, span.end, str(span.tag)] for span in self._spans(page, edits)],
            "corrections": len(edits),
            "right": None if right is None else {"by": right.by, "when": right.when},
        }

    def tag(self, id_: str, stretch: Stretch, by: str, token: int) -> None:
        """Have a stretch bear a tag, or none.

        Raises:
            Stale: Another has corrected the page meanwhile; nothing was written.
            NoReport, SpanEditError: Nothing was written.
        """
        page = self._page(id_)
        spans, place = self._spans(page), (stretch.start, stretch.end)
        self._file.append(tagged(page, spans, place, stretch.tag, by), token)

    def call_right(self, id_: str, by: str, token: int) -> None:
        """Say of all that is tagged that it is right; fails as `tag` does."""
        page = self._page(id_)
        self._file.append(checked(page, self._spans(page), by), token)

    def undo(self, id_: str, by: str, token: int) -> None:
        """Take the last correction of the page back; fails as `tag` does."""
        self._file.undo(page_hash(self._page(id_)), by, token)

    def _spans(self, page: Page, edits: Sequence[SpanEdit] | None = None) -> tuple[Span, ...]:
        text = page_hash(page)
        standing = self._file.standing(text) if edits is None else edits
        return corrected(page.text, found_spans(self._store, text), standing)

    def _page(self, id_: str) -> Page:
        self._store.report_of_text(id_)  # there is such a report
        kept = self._store.page(id_)
        if kept is None:
            raise NoReport(f"{id_}: its page is not kept; drop it again to label it")
        return kept.page


def found_spans(store: Store, text: str) -> list[Span]:
    """What was tagged in a text, of all its reports that are kept, in the text's order.

    Args:
        store: The store.
        text: The digest of the text.
    """
    pages = (store.page(id_) for id_ in store.ids_with_text(text))
    each_once = {(s.start, s.end): s for kept in pages if kept is not None for s in kept.spans}
    spans: list[Span] = []
    for place in sorted(each_once):
        if not spans or spans[-1].end <= place[0]:  # one model's spans of several reports never overlap
            spans.append(each_once[place])
    return spans
