"""What a process of the service answers: of a document its reports, of a report what an answer would mean.

Flow:  document, whole upload, question -> **answers** -> store, response

Everything that touches a page is done here, and so in a process that can be thrown away. The rest of the
service gets text that is written already. A page that somebody has answered before is settled at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gouji.inference.answering import Answerer
from gouji.inference.extraction import NOTHING_ANSWERED, Number
from gouji.inference.printable import json_line
from gouji.inference.readers import Content, Options, Unread
from gouji.inference.serve.kept_page import kept_page
from gouji.inference.serve.meanings import meaning_to_json, row_to_json
from gouji.inference.settling import (
    Corrections,
    Said,
    at_hand,
    consequence,
    consequences,
    offers,
    page_hash,
    part_of,
    settled,
    worth,
)
from gouji.model.page import Page

if TYPE_CHECKING:
    from gouji.inference.extractor import Extractor


@dataclass(frozen=True, slots=True)
class Whole:
    """An upload that is opened and answered at once, in one process."""

    content: Content


@dataclass(frozen=True, slots=True)
class Question:
    """What a report is under the answers to it, or what each answer to one of its cells would mean."""

    page: Page
    key: str | None = None  # the cell; None: the report
    value: Number | Said | None = None  # one answer to it; None: all that are likely


@dataclass(frozen=True, slots=True)
class Again:
    """A page that was read before, to be read anew, as by another model."""

    page: Page


@dataclass(frozen=True, slots=True)
class SettledReport:
    """A report under the answers to it."""

    token: int  # how many lines of answers it rests on
    line: str  # the contract's JSON object
    worth: float  # cells that its best next answer is expected to settle


@dataclass(frozen=True, slots=True)
class PageAnswer:
    """The answer to one page, or one report of it."""

    source: str
    line: str  # the contract's JSON object, without any answer of a person
    is_error: bool = False  # the page could not be read
    page: str | None = None  # JSON: the page and its spans, where it is to be kept
    worth: float = 0.0
    settled: SettledReport | None = None  # where somebody has answered


Meanings = Mapping[str, Any]  # as the response has them
Given = Content | Unread | Whole | Question | Again


class ServiceWork(Answerer[Any]):
    """Answers with what the service keeps or sends.

    Args:
        corrections: The file of all answers.
        options: What the user says of the files.
        model: A model folder; the shipped one where it is None.
        forms: Files of forms, besides the shipped ones.
    """

    def __init__(
        self, corrections: Path, options: Options, model: Path | None = None, forms: Sequence[Path] = ()
    ) -> None:
        super().__init__(options, model, forms)
        self._corrections = Corrections(corrections)
        self._is_kept = True  # what is answered now

    def __call__(self, given: Given) -> Iterator[PageAnswer | SettledReport | Meanings]:
        """One answer for each page of a document; of an upload, of each document in it; one to a question."""
        self._is_kept = not isinstance(given, Whole)
        match given:
            case Question():
                yield self._told(self._loaded(), given)
            case Again(page):
                yield self.of_page(self._loaded(), page)
            case Whole(content):
                for held in self.opened(content):
                    yield from super().__call__(held)
            case _:
                yield from super().__call__(given)

    def of_page(self, extractor: Extractor, page: Page) -> PageAnswer:
        if not self._is_kept:
            return PageAnswer(page.source, json_line(extractor.extract(page).to_record()))
        read = at_hand(extractor, page)
        extraction = read.under(NOTHING_ANSWERED)
        kept = json.dumps(kept_page(page, read.spans), ensure_ascii=False)
        token = self._corrections.token(page_hash(page), part_of(page))
        now = self._settled(extractor, page) if token else None
        line = json_line(extraction.to_record())
        return PageAnswer(page.source, line, page=kept, worth=worth(extraction), settled=now)

    def of_failure(self, unread: Unread) -> PageAnswer:
        line = json_line({"source": unread.source, "error": unread.error})
        return PageAnswer(unread.source, line, is_error=True)

    def _told(self, extractor: Extractor, asked: Question) -> SettledReport | Meanings:
        page, key = asked.page, asked.key
        if key is None:
            return self._settled(extractor, page)
        standing = self._corrections.standing(page_hash(page), part_of(page))
        if asked.value is not None:
            return {"meanings": [meaning_to_json(consequence(extractor, page, standing, key, asked.value))]}
        meant = [meaning_to_json(each) for each in consequences(extractor, page, standing, key)]
        return {"meanings": meant, "row": row_to_json(offers(settled(extractor, page, standing)), key)}

    def _settled(self, extractor: Extractor, page: Page) -> SettledReport:
        digest, part = page_hash(page), part_of(page)
        token = self._corrections.token(digest, part)
        extraction = settled(extractor, page, self._corrections.standing(digest, part))
        return SettledReport(token, json_line(extraction.to_record()), worth(extraction))
