"""Draw the frame and the curves of a square plot that is an SVG file of its own.

Flow:  places of points -> **square plot** -> SVG file, HTML

The file stands by itself, without the page's stylesheet: its colours are readable on white and on black.
What an axis says, and where a value lies on it, is each plot's own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from xml.etree.ElementTree import Element, tostring

from gouji.inference.html_page import el, write_page

SIDE, LEFT, TOP = 300, 76, 12
COLOURS, GREY = ("#c8391a", "#2f6fb0"), "#7a8591"
_BOTTOM, _RIGHT = 42, 20
_FLOOR = TOP + SIDE

Place = tuple[float, float]  # x and y, in the file's units


def square_plot(parts: Iterable[Element], label: str) -> Element:
    """The whole plot; the label is for who cannot see it."""
    return el(
        "svg",
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {LEFT + SIDE + _RIGHT} {_FLOOR + _BOTTOM}",
        font_size="12",
        font_family="sans-serif",
        role="img",
        aria_label=label,
    )


def frame() -> Element:
    """The square's border."""
    return el("rect", x=str(LEFT), y=str(TOP), width=str(SIDE), height=str(SIDE), fill="none", stroke=GREY)


def tick_below(text: str, x: float) -> Element:
    """A value of the horizontal axis."""
    return el("text", text, x=f"{x:.1f}", y=str(_FLOOR + 16), fill=GREY, text_anchor="middle")


def tick_beside(text: str, y: float) -> Element:
    """A value of the upright axis."""
    return el("text", text, x=str(LEFT - 6), y=f"{y + 4:.1f}", fill=GREY, text_anchor="end")


def axis_names(below: str, beside: str) -> Iterator[Element]:
    """What the two axes count."""
    middle, turned = str(LEFT + SIDE // 2), f"rotate(-90 12 {TOP + SIDE // 2})"
    yield el("text", below, x=middle, y=str(_FLOOR + 34), fill=GREY, text_anchor="middle")
    y = str(TOP + SIDE // 2)
    yield el("text", beside, x="12", y=y, fill=GREY, text_anchor="middle", transform=turned)


def curve(places: Sequence[Place], colour: str) -> Iterator[Element]:
    """A line through points, and the points."""
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    yield el("polyline", points=line, fill="none", stroke=colour, stroke_width="2")
    for x, y in places:
        yield el("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r="3", fill=colour)


def write_figure(path: Path, figure: Element) -> None:
    """Write a plot as a file of its own.

    Raises:
        ReportError: There is no such folder, or no right to write in it.
    """
    write_page(path, tostring(figure, encoding="unicode") + "\n")
