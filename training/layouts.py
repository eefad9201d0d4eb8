"""Read typeset pages out as text, in the ways of PDF tools that have no Python package.

Flow:  report -> stand-ins -> typeset pages -> **page layout** -> text and spans

`pdftotext` has three orders: by position, as set, and by block; pdfplumber reads line by
line over the whole width. What each does to a wrapped cell is what makes its pages hard.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping

from gouji.training.typesetting import Line, Pages, TypesetPage, width_of


def layout_text(pages: Pages, rng: random.Random) -> str:
    """By position in the line, as `pdftotext -layout` prints it: a wide character is one column or two."""
    scale = rng.choice((0.5, 0.6, 0.8, 1.0))
    out = []
    for page in pages:
        previous = -1.0
        for group in _baselines(page):
            if previous >= 0 and group[0].y - previous > 1.3:
                out.append("")
            previous = group[0].y
            text = ""
            for line in group:
                at = round(line.x * scale)
                text += " " * max(at - len(text), 1 if text else 0) + line.text
            out.append(text)
        out.append("\x0c" if rng.random() < 0.5 else "")
    return "\n".join(out)


def baseline_text(pages: Pages, rng: random.Random) -> str:
    """Line by line over the whole width, as pdfplumber's extract_text prints it."""
    return "\n".join(" ".join(line.text for line in g) for page in pages for g in _baselines(page))


def raw_text(pages: Pages, rng: random.Random) -> str:
    """In the order of setting, as `pdftotext -raw` prints it: a row's numbers joined, labels line by line.

    How far apart two baselines may lie in one line differs, and so what then joins a cell to the last line
    of the cell before it.
    """
    reach, joint = rng.choice(((0.3, " "), (0.3, " "), (0.6, " "), (1.1, " "), (1.1, "")))

    def gap(last: Line, line: Line) -> str:
        if line.cell == last.cell or line.x <= last.x or abs(last.y - line.y) >= reach:
            return "\n"
        return " " if abs(last.y - line.y) < 0.3 else joint

    return "\n".join(_joined(pages, gap))


def block_text(pages: Pages, rng: random.Random) -> str:
    """Block by block with empty lines between, as plain `pdftotext` prints it.

    Close neighbours share a line, and now and then a block comes late, after others below it.
    """
    reach = rng.choice((1.0, 2.0, 3.0))
    if rng.random() < 0.4:
        pages = [_out_of_order(page, rng.uniform(1, 6), rng) for page in pages]

    def gap(last: Line, line: Line) -> str:
        if line.cell == last.cell:
            return "\n"
        near = abs(last.y - line.y) < 0.3 and 0 <= line.x - last.x - width_of(last.text) < reach
        return " " if near else "\n\n"

    return "\n".join(_joined(pages, gap))


def _baselines(page: TypesetPage, tolerance: float = 0.3) -> Iterator[list[Line]]:
    """The page's lines grouped by height, top to bottom, each group left to right."""
    group: list[Line] = []
    for line in sorted(page.lines, key=lambda line: (line.y, line.x)):
        if group and line.y - group[0].y > tolerance:
            yield sorted(group, key=lambda line: line.x)
            group = []
        group.append(line)
    if group:
        yield sorted(group, key=lambda line: line.x)


def _out_of_order(page: TypesetPage, late: float, rng: random.Random) -> TypesetPage:
    """The page with some of its cells moved down the order of print, their lines kept together."""
    order: dict[int, float] = {}
    for line in page.lines:
        if line.cell not in order:
            order[line.cell] = len(order) + (rng.uniform(0, late) if rng.random() < 0.3 else 0)
    return TypesetPage(tuple(sorted(page.lines, key=lambda line: order[line.cell])), page.rules)


def _joined(pages: Pages, gap: Callable[[Line, Line], str]) -> Iterator[str]:
    for page in pages:
        text, last = "", None
        for line in page.lines:
            text += (gap(last, line) if last else "") + line.text
            last = line
        yield text


PAGE_LAYOUTS: Mapping[str, tuple[Callable[[Pages, random.Random], str], float]] = {
    "pdftotext_layout": (layout_text, 3),
    "pdf_baselines": (baseline_text, 2),
    "pdftotext_raw": (raw_text, 3),
    "pdftotext": (block_text, 1.5),
}
