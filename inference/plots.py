"""Small plots as inline SVG: a bar of shares, and a curve over thresholds.

Flow:  evaluation -> **plots** -> HTML

Colours are classes of the page's stylesheet, so that they follow light and dark. Every figure that a
plot shows stands as a number beside it too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree.ElementTree import Element

from gouji.inference.html_page import el

_WIDTH, _HEIGHT = 360, 170  # of a curve: readable on the narrowest window without scaling down
_LEFT, _RIGHT, _TOP, _BOTTOM = 38, 20, 10, 34


def share_bar(parts: Mapping[str, int]) -> Element:
    """A bar of counts by class, in their order, as shares of their sum; what is there is never invisible."""
    whole = sum(parts.values()) or 1
    widths = {name: max(100 * count / whole, 1.5) for name, count in parts.items() if count}
    scale = 100 / (sum(widths.values()) or 1)
    rects, left = [], 0.0
    for name, width in widths.items():
        rects.append(
            el("rect", x=f"{left:.2f}", y="0", width=f"{width * scale:.2f}", height="10", class_=name)
        )
        left += width * scale
    label = ", ".join(f"{count} {name}" for name, count in parts.items())
    return el(
        "svg",
        *rects,
        viewBox="0 0 100 10",
        preserveAspectRatio="none",
        class_="bar",
        role="img",
        aria_label=label,
    )


def curve(
    ticks: Sequence[str], values: Sequence[float], *, class_: str, axis: str, most: int | None = None
) -> Element:
    """A line over evenly spaced ticks.

    Args:
        ticks: What stands below the horizontal axis.
        values: One for each tick: a share, or a count up to `most`.
        class_: The line's class.
        axis: What the horizontal axis means.
        most: The count at the upper edge; None where the values are shares.
    """
    step = (_WIDTH - _LEFT - _RIGHT) / max(len(ticks) - 1, 1)
    floor = _HEIGHT - _BOTTOM
    top = 1 if most is None else max(most, 1)

    def height(value: float) -> float:
        return floor - (floor - _TOP) * value / top

    parts = []
    for level in (0, top / 2, top) if most is None else (0, top):
        y = f"{height(level):.1f}"
        text = f"{level:.0%}" if most is None else f"{level:g}"
        parts.append(el("line", x1=str(_LEFT), x2=str(_WIDTH - _RIGHT), y1=y, y2=y, class_="axis"))
        parts.append(el("text", text, x=str(_LEFT - 4), y=f"{height(level) + 3:.1f}", text_anchor="end"))
    for index, tick in enumerate(ticks):
        # Every second one, or neighbours touch.
        if index % 2 == 0:
            x = f"{_LEFT + index * step:.1f}"
            parts.append(el("text", tick, x=x, y=str(floor + 14), text_anchor="middle"))
    parts.append(el("text", axis, x=str((_WIDTH + _LEFT) // 2), y=str(_HEIGHT - 4), text_anchor="middle"))
    points = " ".join(f"{_LEFT + i * step:.1f},{height(value):.1f}" for i, value in enumerate(values))
    parts.append(el("polyline", points=points, class_=class_))
    return el("svg", *parts, viewBox=f"0 0 {_WIDTH} {_HEIGHT}", class_="plot", role="img", aria_label=axis)
