"""Draw a reliability diagram: share right over confidence, before and after calibration.

Flow:  reliability -> **diagram** -> SVG file, HTML

Nearly all spans lie near 1, so both axes count the doubt and the share wrong, by powers of ten:
a tag on the diagonal is wrong as often as the confidence says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import log10
from pathlib import Path
from xml.etree.ElementTree import Element, tostring

from gouji.inference.evaluation.reliability import Bin, Reliability
from gouji.inference.html_page import el, write_page

_SIDE, _LEFT, _BOTTOM, _TOP, _RIGHT = 300, 76, 42, 12, 20
_DECADES = 5  # from 1 down to 0.00001
# Readable on white and on black: the file stands by itself, without the page's stylesheet.
_COLOURS = ("#c8391a", "#2f6fb0")
_GREY = "#7a8591"


def reliability_figure(curves: Mapping[str, Reliability]) -> Element:
    """The diagram of one or two curves by name, as an SVG element."""
    parts = [*_grid()]
    for index, (name, found) in enumerate(curves.items()):
        colour = _COLOURS[index % len(_COLOURS)]
        points = [(_x(1 - each.confidence), _y(_wrong(each))) for each in found.bins if each.spans]
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(el("polyline", points=line, fill="none", stroke=colour, stroke_width="2"))
        parts += [el("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r="3", fill=colour) for x, y in points]
        text = f"{name}: ECE {found.error:.5f}"
        parts.append(el("text", text, x=str(_LEFT + 10), y=str(_TOP + 16 + 15 * index), fill=colour))
    width, height = _LEFT + _SIDE + _RIGHT, _TOP + _SIDE + _BOTTOM
    return el(
        "svg",
        *parts,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {width} {height}",
        font_size="12",
        font_family="sans-serif",
        role="img",
        aria_label="share of wrong tags over the doubt of the tagger",
    )


def write_figure(path: Path, figure: Element) -> None:
    """Write a diagram as a file of its own.

    Raises:
        ReportError: There is no such folder, or no right to write in it.
    """
    write_page(path, tostring(figure, encoding="unicode") + "\n")


def _grid() -> Iterator[Element]:
    floor, right = _TOP + _SIDE, _LEFT + _SIDE
    yield el(
        "rect", x=str(_LEFT), y=str(_TOP), width=str(_SIDE), height=str(_SIDE), fill="none", stroke=_GREY
    )
    yield el(
        "line",
        x1=str(_LEFT),
        y1=str(floor),
        x2=str(right),
        y2=str(_TOP),
        stroke=_GREY,
        stroke_dasharray="4 3",
    )
    for decade in range(_DECADES + 1):
        level = 10.0**-decade
        tick = f"{level:.{decade}f}"
        x, y = f"{_x(level):.1f}", f"{_y(level) + 4:.1f}"
        yield el("text", tick, x=x, y=str(floor + 16), fill=_GREY, text_anchor="middle")
        yield el("text", tick, x=str(_LEFT - 6), y=y, fill=_GREY, text_anchor="end")
    middle = str(_LEFT + _SIDE // 2)
    yield el("text", "doubt: 1 − confidence", x=middle, y=str(floor + 34), fill=_GREY, text_anchor="middle")
    turn = f"rotate(-90 12 {_TOP + _SIDE // 2})"
    y = str(_TOP + _SIDE // 2)
    yield el("text", "share wrong", x="12", y=y, fill=_GREY, text_anchor="middle", transform=turn)


def _wrong(own: Bin) -> float:
    return 1 - own.share


def _place(share: float) -> float:
    """0 for a share of the last decade or none, 1 for all."""
    return 1 + log10(max(share, 10.0**-_DECADES)) / _DECADES


def _x(share: float) -> float:
    return _LEFT + _SIDE * _place(share)


def _y(share: float) -> float:
    return _TOP + _SIDE * (1 - _place(share))
