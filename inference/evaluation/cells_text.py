"""Print an evaluation of cells: as text for a terminal of 100 columns, as Markdown for a document.

Flow:  figures -> **text, Markdown**
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from textwrap import fill, wrap

from rich.cells import cell_len, set_cell_size

from gouji.inference.evaluation.cells import Evaluation
from gouji.inference.evaluation.coverage import risk_coverage
from gouji.inference.evaluation.figures import (
    Figures,
    Row,
    curve_figures,
    curve_words,
    group_figures,
    leading_figures,
    open_lines,
    words,
)
from gouji.inference.evaluation.openness import Openness

WIDTH = 100  # columns
_LONGEST = 32  # of a text in a table; a program may have any name


def evaluation_text(ours: Evaluation, others: Sequence[Evaluation], openness: Openness) -> str:
    """The report: figures, what their words mean, groups, and risk against coverage."""
    found = risk_coverage(ours)
    curve = curve_figures(found)
    parts = [
        figures_text(leading_figures(ours, others)),
        "\n".join(explained(words(ours, others))),
        figures_text(group_figures(ours, others)),
        *([figures_text(curve), fill(" ".join(curve_words(found)), WIDTH)] if curve is not None else []),
        *(fill(line, WIDTH) for line in open_lines(ours, openness)),
    ]
    return "\n\n".join(parts)


def evaluation_markdown(ours: Evaluation, others: Sequence[Evaluation], openness: Openness) -> str:
    """The same report as Markdown."""
    found = risk_coverage(ours)
    curve = curve_figures(found)
    parts = [
        figures_markdown(leading_figures(ours, others)),
        "\n".join(f"- *{word}*: {meaning}." for word, meaning in words(ours, others)),
        figures_markdown(group_figures(ours, others)),
        *([figures_markdown(curve), " ".join(curve_words(found))] if curve is not None else []),
        *open_lines(ours, openness),
    ]
    return "\n\n".join(parts)


def figures_text(figures: Figures) -> str:
    """A table in columns: labels and what stands beside a figure to the left, figures to the right."""
    upper, lower = zip(*(("", *head.split("\n"))[-2:] for head in figures.heads), strict=True)
    shown = [
        tuple(map(_cut, row)) for row in (upper, lower, *(row for rows in figures.sections for row in rows))
    ]
    widths = [max(map(cell_len, column)) for column in zip(*shown, strict=True)]
    gap = "  " if sum(widths) + 2 * len(widths) - 2 <= WIDTH else " "
    is_left = [index == 0 or not head for index, head in enumerate(figures.heads)]

    def line(row: Row) -> str:
        padding = [" " * (width - cell_len(text)) for text, width in zip(row, widths, strict=True)]
        texts = (t + p if left else p + t for t, p, left in zip(row, padding, is_left, strict=True))
        return gap.join(texts).rstrip()

    heads = [line(row) for row in shown[:2] if any(row)]
    rows = map(line, shown[2:])
    bodies = ["\n".join(islice(rows, len(section))) for section in figures.sections]
    rule = "─" * (sum(widths) + len(gap) * (len(widths) - 1))
    return "\n".join([figures.title, "", *heads, rule, "\n\n".join(bodies)])


def _cut(text: str) -> str:
    """A label that is no longer than a table bears."""
    return text if cell_len(text) <= _LONGEST else f"{set_cell_size(text, _LONGEST - 1)}…"


def explained(meanings: Iterable[tuple[str, str]]) -> Iterator[str]:
    """A line for each word, or more where its meaning is long."""
    for word, meaning in meanings:
        first = f"{word:<14}" if len(word) < 14 else f"{word}: "
        yield from wrap(meaning, WIDTH, initial_indent=first, subsequent_indent=" " * 14)


def figures_markdown(figures: Figures) -> str:
    heads = [head.replace("\n", " ").strip() for head in figures.heads]
    rule = ["---", *("---:" if head else "---" for head in heads[1:])]
    rows = [[_label(label), *map(str.strip, texts)] for rows in figures.sections for label, *texts in rows]
    lines = (f"| {' | '.join(texts)} |" for texts in (heads, rule, *rows))
    return "\n".join([f"**{figures.title}**", "", *lines])


def _label(text: str) -> str:
    """A label keeps its indentation, and a bar in it is no border.

    >>> _label("  open"), _label("a|b")
    ('&emsp;open', 'a\\\\|b')
    """
    level = (len(text) - len(text.lstrip(" "))) // 2
    return "&emsp;" * level + text.strip(" ").replace("|", "\\|")
