"""Measure one tagger with the assembler behind it: spans, cells, and time, on pages with truth.

Flow:  extractor, pages with truth -> **measurement** -> ablations
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from gouji.annotations.page_files import PageFile, pair_pages
from gouji.annotations.pages import LabelledPage
from gouji.annotations.reading_order import as_read
from gouji.annotations.spans_score import SpanScores, score_spans
from gouji.annotations.truth import Truth, load_truths
from gouji.inference.evaluation.cells import Evaluation, evaluate
from gouji.inference.evaluation.predictions import Prediction, prediction_of_record
from gouji.inference.evaluation.tally import Tally
from gouji.inference.extractor import Extractor
from gouji.inference.readers import read_page
from gouji.inference.tagger import TaggedPage, Tagger
from gouji.model.labels import Span
from gouji.model.page import Page


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page and what should be read of it."""

    page: Page
    file: PageFile
    truth: Truth
    spans: tuple[Span, ...] | None  # as the tagger reads the page; None where only the cells are known


@dataclass(frozen=True, slots=True)
class Measurement:
    """What came of some pages."""

    spans: SpanScores | None
    cells: Tally
    verified: Tally  # over the pages that were called verified
    tagging: float  # seconds
    seconds: float  # tagging included
    tagged: tuple[tuple[Span, ...], ...] = ()


class _Watching(Tagger):
    """Tags as another tagger does, and keeps the time and what was found."""

    def __init__(self, tagger: Tagger) -> None:
        self.tagger = tagger
        self.tokenizer = tagger.tokenizer
        self.seconds = 0.0
        self.found: list[tuple[Span, ...]] = []

    def tag(self, page: Page) -> TaggedPage:
        begun = time.perf_counter()
        tagged = self.tagger.tag(page)
        self.seconds += time.perf_counter() - begun
        self.found.append(tagged.spans)
        return tagged


def sheets_of_labelled(pages: Iterable[LabelledPage]) -> list[Sheet]:
    """Labelled pages with their truth; one without a form has no cell."""
    return [
        Sheet(
            Page(page.id, page.text),
            PageFile(Path(page.id), page.id, page.tool, page.damage),
            Truth(page.id, page.form, None, page.issuer, None, page.truth or {}),
            as_read(page).spans,
        )
        for page in pages
    ]


def sheets_of_files(pages: Path, truth: Path, index: Path | None = None) -> list[Sheet]:
    """Page files with their truths, paired as `gouji evaluate` pairs them."""
    truths = load_truths(truth)
    pairing = pair_pages(sorted(pages.glob("*.txt")), truths, index)
    return [Sheet(read_page(file.path), file, truths[file.truth], None) for file in pairing.paired]


def measure(extractor: Extractor, sheets: Sequence[Sheet]) -> Measurement:
    """Extract pages in this process, one after the other, and hold them against their truth."""
    watching = _Watching(extractor.tagger)
    extractor.tagger = watching
    records, firsts = [], []
    begun = time.perf_counter()
    try:
        for sheet in sheets:
            firsts.append(len(watching.found))  # a page may be tagged again, without its style of print
            records.append(extractor.extract(sheet.page).to_record())
    finally:
        extractor.tagger = watching.tagger
    seconds = time.perf_counter() - begun
    tagged = tuple(watching.found[first] for first in firsts)
    known = [
        (sheet.spans, found) for sheet, found in zip(sheets, tagged, strict=True) if sheet.spans is not None
    ]
    scores = score_spans([gold for gold, _ in known if gold is not None], [found for _, found in known])
    held = _hold(sheets, [prediction_of_record(record) for record in records])
    return Measurement(
        spans=scores if known else None,
        cells=held.total,
        verified=held.of_pages(held.verified()),
        tagging=watching.seconds,
        seconds=seconds,
        tagged=tagged,
    )


def measure_program(parse: Callable[[str], Any], sheets: Sequence[Sheet]) -> Measurement:
    """Another program's `parse(text)` on the same pages, as `gouji evaluate --against-module` holds it."""
    begun = time.perf_counter()
    records = [{**parse(sheet.page.text), "source": sheet.page.source} for sheet in sheets]
    seconds = time.perf_counter() - begun
    held = _hold(sheets, [prediction_of_record(record) for record in records])
    return Measurement(None, held.total, Tally(), 0.0, seconds)


def _hold(sheets: Sequence[Sheet], predictions: Sequence[Prediction]) -> Evaluation:
    """Pages are told apart by number: two may have one name."""
    files = [replace(sheet.file, path=Path(str(i)), truth=str(i)) for i, sheet in enumerate(sheets)]
    truths = {str(i): sheet.truth for i, sheet in enumerate(sheets)}
    return evaluate("measured", files, truths, {str(i): p for i, p in enumerate(predictions)})
