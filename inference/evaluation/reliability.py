"""How often the tagger's tags are right, held against how sure it is of them.

Flow:  labelled pages, tagged pages -> judged spans -> **reliability** -> tables, JSON, diagram; calibration

A span is right where every word and number that it covers has its tag. Where a number ends is not
the tagger's to prove: digits that ran together, or broke over two lines, the sums put right.

The expected calibration error (ECE) is the mean distance between share right and mean confidence
over the bins, each weighted by its spans.
"""

from __future__ import annotations

import shutil
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from gouji.annotations.pages import LabelledPage
from gouji.annotations.reading_order import as_read
from gouji.inference.calibration import Calibration, CalibrationError, fit_calibration
from gouji.inference.tagger import TAGGER_FILES, TaggedPage, Tagger
from gouji.model.labels import labels_of_spans
from gouji.model.page import Page
from gouji.model.tokens import Kind, refuse_shipped

_MODEL_FILES = (*TAGGER_FILES, "config.json", "model.safetensors", "README.md")  # of which some may be absent

# Nine spans of ten are above 0.99: the bins lie where the spans lie.
EDGES = (0.0, 0.5, 0.8, 0.9, 0.95, 0.98, 0.99, 0.995, 0.998, 0.999, 0.9995, 1.0)


@dataclass(frozen=True, slots=True)
class JudgedSpan:
    """A tag that was found: how sure the tagger is of it, and whether it is right."""

    confidence: float  # 0..1
    right: bool


@dataclass(frozen=True, slots=True)
class Bin:
    """The spans whose confidence lies in `least..most`."""

    least: float
    most: float
    spans: int
    right: int
    confidence: float  # the mean; where there is no span, that of the bin's edges

    @property
    def share(self) -> float:
        """Of the spans; 1 where there is none."""
        return self.right / self.spans if self.spans else 1.0


@dataclass(frozen=True, slots=True)
class Reliability:
    """Every bin, the last one with its upper edge."""

    bins: tuple[Bin, ...]

    @property
    def error(self) -> float:
        """The expected calibration error, 0..1."""
        spans = sum(each.spans for each in self.bins)
        return sum(each.spans * abs(each.share - each.confidence) for each in self.bins) / max(spans, 1)


@dataclass(frozen=True, slots=True)
class Calibrated:
    """A fit, and the expected calibration errors on the pages that it was fitted to."""

    calibration: Calibration
    before: float
    after: float


def judged_spans(pages: Sequence[LabelledPage], tagged: Sequence[TaggedPage]) -> list[JudgedSpan]:
    """Every tag that was found on labelled pages, judged.

    Args:
        pages: Pages with the spans that should be found, as the tagger reads them.
        tagged: The same pages as tagged, in the same order.
    """
    return [j for page, found in zip(pages, tagged, strict=True) for j in _judged(page, found)]


def reliability(spans: Sequence[JudgedSpan]) -> Reliability:
    """The spans in bins of confidence."""
    inside: list[list[JudgedSpan]] = [[] for _ in EDGES[1:]]
    for span in spans:
        inside[max(bisect_left(EDGES, span.confidence, 1), 1) - 1].append(span)
    return Reliability(
        tuple(
            Bin(
                least,
                most,
                len(own),
                sum(span.right for span in own),
                sum(span.confidence for span in own) / len(own) if own else (least + most) / 2,
            )
            for least, most, own in zip(EDGES, EDGES[1:], inside, strict=False)
        )
    )


def uncalibrated(spans: Sequence[JudgedSpan], calibration: Calibration | None) -> list[JudgedSpan]:
    """The same spans with the network's own probabilities."""
    if calibration is None:
        return list(spans)
    return _with_confidences(spans, calibration.probability([span.confidence for span in spans]).tolist())


def calibrate(tagger: Tagger, pages: Sequence[LabelledPage]) -> Calibrated:
    """Fit a calibration to what a tagger that has none finds on labelled pages.

    Raises:
        CalibrationError: It finds nothing.
    """
    tagged = [tagger.tag(Page(page.id, page.text)) for page in pages]
    spans = judged_spans(pages, tagged)
    confidences = [span.confidence for span in spans]
    found = fit_calibration(confidences, [span.right for span in spans], len(pages))
    after = _with_confidences(spans, found.confidence(confidences).tolist())
    return Calibrated(found, reliability(spans).error, reliability(after).error)


def calibrate_folder(folder: Path, pages: Sequence[LabelledPage], out: Path | None = None) -> Calibrated:
    """Calibrate the tagger of a model folder, and keep what was fitted there, or in a copy of it.

    Args:
        folder: The model folder.
        pages: Labelled pages that it did not learn from.
        out: Where the copy goes; None: no copy is made, and the folder itself is calibrated.

    Raises:
        GoujiError: The shipped model would be changed.
        ModelError: The folder holds no tagger.
        CalibrationError: The tagger finds nothing, or the folder cannot be written to.
    """
    written = out or folder
    refuse_shipped(written)
    tagger = Tagger.load(folder)
    made = calibrate(Tagger(tagger.tokenizer, tagger.session), [as_read(page) for page in pages])
    try:
        if written.resolve() != folder.resolve():
            written.mkdir(parents=True, exist_ok=True)
            for path in (folder / name for name in _MODEL_FILES if (folder / name).is_file()):
                shutil.copyfile(path, written / path.name)
        made.calibration.write(written)
    except OSError as error:
        raise CalibrationError(
            f"{written}: cannot be written: {error.strerror}; name another folder with --out"
        ) from error
    return made


def _with_confidences(spans: Sequence[JudgedSpan], confidences: Sequence[float]) -> list[JudgedSpan]:
    return [replace(span, confidence=found) for span, found in zip(spans, confidences, strict=True)]


def _judged(page: LabelledPage, found: TaggedPage) -> Iterator[JudgedSpan]:
    printed = [token for token in found.tokens if token.kind is not Kind.SEPARATOR]
    wanted = labels_of_spans(page.spans, [(token.start, token.end) for token in printed])
    starts = [token.start for token in printed]
    for span in found.spans:
        inside = wanted[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        right = all(label.rpartition("-")[2] == span.tag for label in inside)
        yield JudgedSpan(span.confidence, right)
