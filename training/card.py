"""Write the model card: what a tagger was trained on, how, and how well it does.

Flow:  training -> **card** -> model folder
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gouji.annotations.pages import LabelledPage
from gouji.annotations.spans_score import SpanScores
from gouji.inference.evaluation.reliability import Calibrated
from gouji.model.windows import WINDOW
from gouji.training.fitting import Fit
from gouji.training.recipe import visits
from gouji.training.split import Split
from gouji.training.validation import LABELLED_F1, MADE_UP_F1


@dataclass(frozen=True, slots=True)
class Training:
    """What a training did."""

    split: Split
    fit: Fit
    windows: int
    seed: int
    seconds: float  # vocabulary, training and export; not the making of the pages
    parameters: int
    base: str | None
    scores: SpanScores | None = None  # None where there were no pages to score on
    scored_on: tuple[str, ...] = ()  # what flattened the pages that were scored
    scored_pages: int = 0
    calibrated: Calibrated | None = None  # None where there was nothing to calibrate on

    @property
    def made_up(self) -> int:
        """The made-up pages that it was given."""
        return len(self.split.made_up) + len(self.split.watched_made_up)


def tools_of(pages: Sequence[LabelledPage]) -> tuple[str, ...]:
    """The tools that flattened pages, without their markups, each once."""
    return tuple(sorted(Counter(page.tool.rpartition("-")[2] for page in pages if page.tool)))


def card(training: Training, command: str) -> str:
    """The card as Markdown."""
    base = f"- Starts from {training.base}." if training.base else "- Starts from nothing."
    lines = [
        "---",
        "license: apache-2.0",
        "language: zh",
        "pipeline_tag: token-classification",
        "library_name: transformers",
        "---",
        "",
        "# Tagger of flattened disclosure reports",
        "",
        "Tags the words and numbers of a scraped report: section headings, sub-table headings, column,",
        "row and group labels, values, notes. It does not say which cell a value belongs to.",
        "",
        base,
        *_pages(training),
        *_looks(training),
        f"- Seed {training.seed}; {training.parameters:,} parameters; vocabulary, training and export took",
        f"  {training.seconds / 60:.1f} minutes.",
        f"- Made by `{command}`.",
        "- The made-up pages hold no real report: figures, names and prose are drawn.",
        "",
        *_figures(training),
    ]
    return "\n".join(lines)


def _pages(training: Training) -> Iterator[str]:
    split = training.split
    if split.labelled:
        issuers = f"{split.watched_issuers} of {split.issuers} issuers ({len(split.watched_labelled)} pages)"
        if not split.watched_issuers:
            issuers = f"none of their {split.issuers} issuers"
        yield f"- Trained on {len(split.labelled)} labelled pages, {visits(len(split.labelled))} times each;"
        yield f"  {issuers} were kept aside."
    if split.made_up:
        yield f"- Trained on {len(split.made_up)} pages made up by `gouji synthesize`, once each;"
        yield f"  {len(split.watched_made_up) or 'none'} more were kept aside."


def _looks(training: Training) -> Iterator[str]:
    fit = training.fit
    yield f"- {training.windows} windows of {WINDOW} tokens; {fit.steps} of {fit.planned} planned steps."
    if fit.figures is not None:
        yield f"- The weights are those of step {fit.best_step}, the best on the pages kept aside:"
        yield from (f"  {line}." for line in watched_lines(training))


def watched_lines(training: Training) -> Iterator[str]:
    """The span F1 on the pages kept aside, of each kind, before and after."""
    figures, before, split = training.fit.figures or {}, training.fit.before or {}, training.split
    kinds = (
        ("labelled", LABELLED_F1, split.watched_labelled),
        ("made-up", MADE_UP_F1, split.watched_made_up),
    )
    for kind, name, pages in kinds:
        if name in figures:
            was = f", {before[name]:.4f} before the training" if name in before else ""
            yield f"span F1 {figures[name]:.4f} on {len(pages)} {kind} page{'s'[: len(pages) - 1]}{was}"


def _figures(training: Training) -> list[str]:
    scores = training.scores
    if scores is None:
        return ["No pages were scored.", ""]
    rows = [
        f"| {s.name} | {s.gold} | {s.found} | {s.precision:.4f} | {s.recall:.4f} | {s.f1:.4f} |"
        for s in (*scores.tags, scores.micro)
    ]
    tools = ", ".join(training.scored_on)
    return [
        "## Figures",
        "",
        f"Strict spans (tag, start and end all right) of `model.onnx` on {training.scored_pages} pages of",
        f"flatteners that no training page came from: {tools}.",
        "",
        "| tag | spans | found | precision | recall | F1 |",
        "|---|---|---|---|---|---|",
        *rows,
        "",
        *_calibration(training),
    ]


def _calibration(training: Training) -> Iterator[str]:
    if training.calibrated is not None:
        made = training.calibrated
        found = made.calibration
        yield f"Confidence is calibrated on the same pages, {found.wrong} of {found.spans} tags being wrong:"
        yield f"`calibration.json` takes its expected error from {made.before:.5f} to {made.after:.5f}."
        yield ""
