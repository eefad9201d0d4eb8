"""What a process of the service answers of a document: the contract's JSON, and what shows its page again.

Flow:  document, or a whole upload -> **answers** -> store, response

Everything that touches a page's bytes is done here, and so in a process that can be thrown away. The rest of
the service gets text that is written already.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from gouji.inference.answering import Answerer
from gouji.inference.printable import json_line
from gouji.inference.readers import Content, Unread
from gouji.inference.serve.kept_page import kept_page

if TYPE_CHECKING:
    from gouji.inference.extractor import Extractor
    from gouji.model.page import Page


@dataclass(frozen=True, slots=True)
class Whole:
    """An upload that is opened and answered at once, in one process."""

    content: Content


@dataclass(frozen=True, slots=True)
class PageAnswer:
    """The answer to one page, or one report of it."""

    source: str
    line: str  # the contract's JSON object
    page: str | None = None  # JSON: the page's text and its spans; None for an error

    @property
    def is_error(self) -> bool:
        """Whether the page could not be read."""
        return self.page is None


class ServiceWork(Answerer[PageAnswer]):
    """Answers with what the service keeps of a page."""

    def __call__(self, given: Content | Unread | Whole) -> Iterator[PageAnswer]:
        """One answer for each page of a document; of an upload, of each document that it holds."""
        if isinstance(given, Whole):
            for held in self.opened(given.content):
                yield from super().__call__(held)
        else:
            yield from super().__call__(given)

    def of_page(self, extractor: Extractor, page: Page) -> PageAnswer:
        tagged = extractor.extract_tagged(page)
        line = json_line(tagged.extraction.to_record())
        return PageAnswer(page.source, line, json.dumps(kept_page(page, tagged.spans), ensure_ascii=False))

    def of_failure(self, unread: Unread) -> PageAnswer:
        return PageAnswer(unread.source, json_line({"source": unread.source, "error": unread.error}))
