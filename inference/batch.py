"""Extract many pages in order, over several processes; no page's failure stops the others.

Flow:  sources -> contents -> **batch** -> one JSON line a page

A page that cannot be read, and a page at which the program itself fails, are answered with an
error in their place. Nothing of a page is touched here: other processes open, read and extract.
"""

from __future__ import annotations

import os
from array import array
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, field, fields, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from gouji.inference.answering import Answerer
from gouji.inference.extraction import Status
from gouji.inference.limits import Limits
from gouji.inference.portions import FIRST, Portion, Position
from gouji.inference.printable import json_line
from gouji.inference.readers import Options, Unread
from gouji.inference.sources import Source
from gouji.inference.workforce import answered

if TYPE_CHECKING:
    from gouji.inference import settling
    from gouji.inference.extractor import Extractor
    from gouji.inference.result import Extraction
    from gouji.inference.settling.applied import Applied, Standing
    from gouji.model.page import Page


@dataclass(frozen=True, slots=True)
class Answer:
    """What is printed for one input."""

    source: str
    line: str  # a JSON object, without the line's end
    error: str | None = None
    status: Status | None = None  # None for an error
    cause: str | None = None  # why a page holds no table
    html: str | None = None  # the report as a page to look at, where that is asked for
    at: Position = FIRST  # which document of the run it is of
    settled: Applied | None = None  # what became of a person's answers to the page


@dataclass(frozen=True, slots=True)
class Settings:
    """What every worker needs to know."""

    model_dir: Path | None = None
    encoding: str | None = None
    forms: tuple[Path, ...] = ()  # a user's own forms, besides the shipped ones
    column: str | None = None  # that holds the pages of JSON lines and Parquet
    meta: tuple[tuple[str, str], ...] = ()  # columns of them that go along: name, column
    html: bool = False  # write each report as a page to look at, too
    limits: Limits = field(default_factory=Limits)  # what a page may take
    corrections: Path | None = None  # a person's answers, which are applied

    @property
    def options(self) -> Options:
        """What the readers need to know."""
        return Options(self.encoding, self.column, self.meta)

    def told(self) -> str:
        """What can change an answer, besides model and forms, as options of the command."""
        usual = Limits()
        changed = [
            f"--limit {each.name}={getattr(self.limits, each.name)}"
            for each in fields(Limits)
            if getattr(self.limits, each.name) != getattr(usual, each.name)
        ]
        meta = ",".join(f"{name}={column}" for name, column in self.meta)
        answers = "" if self.corrections is None else sha256(self.corrections.read_bytes()).hexdigest()[:12]
        given = (
            ("--encoding", self.encoding),
            ("--column", self.column),
            ("--meta", meta),
            ("--corrections", answers),
        )
        return " ".join([*(f"{name} {value}" for name, value in given if value), *changed])


def extract_sources(
    sources: Iterable[Source], settings: Settings, jobs: int | None = None, portion: Portion | None = None
) -> Generator[Answer, None, None]:
    """Extract pages, in order.

    Args:
        sources: The inputs: from the one on with which the portion begins.
        settings: The model's folder and the encoding, where they are not the default ones.
        jobs: How many worker processes at most; None for one a usable core.
        portion: Which documents are answered; all where not given.

    Returns:
        One answer a page, or a report of a page that holds several, each as soon as it and all
        before it are there.

    Raises:
        GoujiError: The model cannot be loaded.
    """
    contents = (source.held for source in sources)
    found = answered(contents, _Lines(settings), jobs or usable_cores(), settings.limits, portion)
    return (replace(each.answer, at=each.at) for each in found)


def count_documents(sources: Iterable[Source], settings: Settings, end: int | None = None) -> array[int]:
    """How many documents each input holds: all are opened, and nothing in them is read.

    Args:
        sources: The inputs.
        settings: What the user says of them.
        end: How many are counted at most, in all.
    """
    counts = array("q")

    def count(at: Position) -> bool:
        counts.extend([0] * (at.input + 1 - len(counts)))
        counts[at.input] += 1
        return False

    counted = Portion(end=end, takes=count)
    contents = (source.held for source in sources)
    for _ in answered(contents, _Lines(settings), 0, settings.limits, counted):
        raise AssertionError("an answer to what is only counted")
    return counts


def usable_cores() -> int:
    """How many cores this process may run on."""
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on every system
        return os.cpu_count() or 1


class _Lines(Answerer[Answer]):
    """Answers with what is printed: written here, for the workers to share the work."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings.options, settings.model_dir, settings.forms)
        self._html = settings.html
        self._corrections = settings.corrections
        self._standing: Standing | None = None

    def of_page(self, extractor: Extractor, page: Page) -> Answer:
        standing = self._answers()
        own = standing.of_page(page) if standing is not None else ()
        extraction, html = _extracted(extractor, page, own, html=self._html)
        applied = standing.applied(extractor, page) if standing is not None else None
        line = json_line(extraction.to_record())
        return Answer(
            page.source, line, status=extraction.status, cause=extraction.cause, html=html, settled=applied
        )

    def _answers(self) -> Standing | None:
        if self._standing is None and self._corrections is not None:
            from gouji.inference.settling.applied import Standing

            self._standing = Standing(self._corrections)
        return self._standing

    def of_failure(self, unread: Unread) -> Answer:
        line = json_line({"source": unread.source, "error": unread.error})
        return Answer(unread.source, line, unread.error)


def _extracted(
    extractor: Extractor, page: Page, answers: Sequence[settling.Answer], *, html: bool
) -> tuple[Extraction, str | None]:
    """The extraction under a person's answers, and the page that shows it, where that is asked for."""
    if not answers:
        return _to_look_at(extractor, page) if html else (extractor.extract(page), None)
    from gouji.inference.settling.settle import settled

    extraction = settled(extractor, page, answers)
    return extraction, _to_look_at(extractor, page, extraction)[1] if html else None


def _to_look_at(
    extractor: Extractor, page: Page, settled: Extraction | None = None
) -> tuple[Extraction, str]:
    """The extraction, and the page that shows it."""
    from gouji.inference.viewer.report_page import report_html
    from gouji.inference.viewer.view import View

    tagged = extractor.extract_tagged(page)
    extraction = settled or tagged.extraction
    return extraction, report_html(View(extraction, extractor.forms, page.text, tagged.spans))
