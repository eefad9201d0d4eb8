"""Write the model card: what a tagger was trained on, how, and how well it does.

Flow:  training -> **card** -> model folder
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from gouji.annotations.pages import LabelledPage
from gouji.annotations.spans_score import SpanScores


@dataclass(frozen=True, slots=True)
class Training:
    """What a training did."""

    pages: int
    made_up: int  # of the pages, those that the generator made
    windows: int
    steps: int
    seed: int
    seconds: float  # vocabulary, training and export; not the making of the pages
    parameters: int
    scores: SpanScores | None  # None where there were no pages to score on
    scored_on: tuple[str, ...]  # what flattened the pages that were scored
    scored_pages: int
    base: str | None


def tools_of(pages: Sequence[LabelledPage]) -> tuple[str, ...]:
    """The tools that flattened pages, without their markups, each once."""
    return tuple(sorted(Counter(page.tool.rpartition("-")[2] for page in pages if page.tool)))


def card(training: Training, command: str) -> str:
    """The card as Markdown."""
    base = f" Starts from `{training.base}`." if training.base else " Trained from nothing."
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
        f"- Trained on {training.pages} pages ({training.made_up} of them made up by `gouji synthesize`),",
        f"  {training.windows} windows of 256 tokens, each seen once a pass; {training.steps} steps.{base}",
        f"- Seed {training.seed}; {training.parameters:,} parameters; vocabulary, training and export took",
        f"  {training.seconds / 60:.1f} minutes.",
        f"- Made by `{command}`.",
        "- The made-up pages hold no real report: figures, names and prose are drawn.",
        "",
        *_figures(training),
    ]
    return "\n".join(lines)


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
    ]
