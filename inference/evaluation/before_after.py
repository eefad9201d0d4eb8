"""What a training brought: the spans that two taggers find on the same labelled pages, as a table and a plot.

Flow:  two summaries of `gouji evaluate --labelled --json` -> **comparison** -> table, SVG

A line of the plot is a tag: a ring where it stood before, a disc where it stands now.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import floor
from typing import Any
from xml.etree.ElementTree import Element

from gouji.inference.html_page import Child, el
from gouji.model.labels import Tag

ALL = "all"  # the line over all tags, as a summary calls it
_WIDTH, _LINE, _LEFT, _RIGHT, _TOP, _BOTTOM = 560, 26, 92, 84, 10, 34
_TICKS = 4


@dataclass(frozen=True, slots=True)
class Line:
    """One tag, or all of them, under both taggers."""

    name: str
    spans: int  # that should be found
    before: float  # strict F1, 0..1
    after: float


def comparison(before: Mapping[str, Any], after: Mapping[str, Any]) -> tuple[Line, ...]:
    """The lines of two summaries of the same pages; tags that neither hold nor get a span are left out."""
    lines = []
    for name in (*map(str, Tag), ALL):
        old, new = before[name], after[name]
        if old["gold"] or old["found"] or new["found"]:
            lines.append(Line(name, old["gold"], old["f1"], new["f1"]))
    return tuple(lines)


def comparison_plot(lines: Sequence[Line], names: Mapping[str, Child], label: str) -> Element:
    """The plot; its colours are the classes `before` and `after` of the page's stylesheet.

    Args:
        lines: What is drawn, from top to bottom.
        names: What each is called; of its own name where none is given.
        label: For who cannot see it.
    """
    least = floor(10 * min([0.9, *(min(line.before, line.after) for line in lines)])) / 10
    height = _TOP + _LINE * len(lines)

    def x(share: float) -> float:
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * (share - least) / (1 - least)

    parts = list(_axis(least, x, height))
    for number, line in enumerate(lines):
        parts += _drawn(line, names.get(line.name, line.name), x, _TOP + _LINE * number + _LINE / 2)
    box = f"0 0 {_WIDTH} {height + _BOTTOM}"
    return el("svg", *parts, viewBox=box, class_="comparison", role="img", aria_label=label)


def _axis(least: float, x: Any, height: float) -> Iterator[Element]:
    for tick in range(_TICKS + 1):
        share = least + (1 - least) * tick / _TICKS
        place = f"{x(share):.1f}"
        yield el("line", x1=place, x2=place, y1=str(_TOP), y2=str(height), class_="axis")
        yield el("text", f"{share:.1%}", x=place, y=str(height + 18), text_anchor="middle")


def _drawn(line: Line, name: Child, x: Any, y: float) -> Iterator[Element]:
    before, after, at = f"{x(line.before):.1f}", f"{x(line.after):.1f}", f"{y:.1f}"
    yield el("text", name, x=str(_LEFT - 10), y=f"{y + 4:.1f}", text_anchor="end")
    yield el("line", x1=before, x2=after, y1=at, y2=at, class_="way")
    yield el("circle", cx=before, cy=at, r="5", class_="before")
    yield el("circle", cx=after, cy=at, r="4.5", class_="after")
    change = f"{round(100 * (line.after - line.before), 1) + 0.0:+.1f}"
    yield el("text", change, x=str(_WIDTH - 6), y=f"{y + 4:.1f}", text_anchor="end")
