"""Draw a reliability diagram: share right over confidence, before and after calibration.

Flow:  reliability -> **diagram** -> SVG file, HTML

Nearly all spans lie near 1, so both axes count the doubt and the share wrong, by powers of ten:
a tag on the diagonal is wrong as often as the confidence says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import log10
from xml.etree.ElementTree import Element

from gouji.inference.evaluation.reliability import Bin, Reliability
from gouji.inference.html_page import el
from gouji.inference.square_plot import (
    COLOURS,
    GREY,
    LEFT,
    SIDE,
    TOP,
    axis_names,
    curve,
    frame,
    square_plot,
    tick_below,
    tick_beside,
)

_DECADES = 5  # from 1 down to 0.00001


def reliability_figure(curves: Mapping[str, Reliability]) -> Element:
    """The diagram of one or two curves by name, as an SVG element."""
    parts = [*_grid()]
    for index, (name, found) in enumerate(curves.items()):
        colour = COLOURS[index % len(COLOURS)]
        parts += curve(
            [(_x(1 - each.confidence), _y(_wrong(each))) for each in found.bins if each.spans], colour
        )
        text = f"{name}: ECE {found.error:.5f}"
        parts.append(el("text", text, x=str(LEFT + 10), y=str(TOP + 16 + 15 * index), fill=colour))
    return square_plot(parts, "share of wrong tags over the doubt of the tagger")


def _grid() -> Iterator[Element]:
    yield frame()
    yield el(
        "line",
        x1=str(LEFT),
        y1=str(TOP + SIDE),
        x2=str(LEFT + SIDE),
        y2=str(TOP),
        stroke=GREY,
        stroke_dasharray="4 3",
    )
    for decade in range(_DECADES + 1):
        level = 10.0**-decade
        tick = f"{level:.{decade}f}"
        yield tick_below(tick, _x(level))
        yield tick_beside(tick, _y(level))
    yield from axis_names("doubt: 1 − confidence", "share wrong")


def _wrong(own: Bin) -> float:
    return 1 - own.share


def _place(share: float) -> float:
    """0 for a share of the last decade or none, 1 for all."""
    return 1 + log10(max(share, 10.0**-_DECADES)) / _DECADES


def _x(share: float) -> float:
    return LEFT + SIDE * _place(share)


def _y(share: float) -> float:
    return TOP + SIDE * (1 - _place(share))
