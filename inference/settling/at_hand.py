"""Pages that somebody looks at: each read once, and what it was under the last answers.

Flow:  page -> **page at hand**, answers -> settling -> extraction

Nobody answers a page once: each candidate of a cell is answered for a moment, then one for good. Tags and
readings are no answer's matter, and of what is chosen among them an answer changes one row, and what the
sums of its columns say of others.
"""

from __future__ import annotations

from dataclasses import replace

from gouji.inference.extraction import Answers
from gouji.inference.extractor import Assembled, Extractor
from gouji.inference.result import Extraction
from gouji.model.labels import Span
from gouji.model.page import Page

_PAGES = 16  # that a person may go back and forth between; one takes up to some megabytes
_ANSWERED = 4  # the page as it stands, a candidate answered, and what stands against that


class PageAtHand:
    """A page whose lines are read.

    Args:
        extractor: The extractor.
        page: The page, or the part of one.

    Raises:
        ReadingError: The page's text is the markup of an HTML page.
    """

    def __init__(self, extractor: Extractor, page: Page) -> None:
        self.extractor, self.page = extractor, page
        self._read = extractor.with_readings(extractor.find(page))
        self._last: tuple[Assembled, ...] = ()  # the last first

    @property
    def spans(self) -> tuple[Span, ...]:
        """What the tagger has found, as pieces of the page's text."""
        return self._read.found.spans

    def under(self, answers: Answers) -> Extraction:
        """The extraction under some answers, with the readings that they leave."""
        nearest = min(self._last, key=lambda last: _apart(last.answers, answers), default=None)
        if nearest is not None and not _apart(nearest.answers, answers):
            now = nearest
        else:
            now = self.extractor.answer(self._read, answers, nearest)
        first = [now] if nearest is None or nearest is now else [now, nearest]
        self._last = (*first, *(last for last in self._last if last is not nearest))[:_ANSWERED]
        return replace(now.extraction, joint=now.joint)


def _apart(one: Answers, other: Answers) -> int:
    """To how many cells two people have answered differently, one of them perhaps not at all."""
    return sum(one.get(key) != other.get(key) for key in one.keys() | other.keys())


_kept: tuple[PageAtHand, ...] = ()  # the last first


def at_hand(extractor: Extractor, page: Page) -> PageAtHand:
    """A page as it was read when it was looked at last, or read now; fails as `Extractor.extract` does."""
    global _kept
    same = (each for each in _kept if each.extractor is extractor and each.page == page)
    found = next(same, None) or PageAtHand(extractor, page)
    _kept = (found, *(each for each in _kept if each is not found))[:_PAGES]
    return found
