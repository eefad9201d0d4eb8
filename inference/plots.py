"""Small plots as inline SVG: a bar of shares, and risk over coverage.

Flow:  evaluation -> **plots** -> HTML

Colours are classes of the page's stylesheet, so that they follow light and dark. Every figure that a
plot shows stands as a number beside it too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import floor, log10
from xml.etree.ElementTree import Element

from gouji.inference.html_page import el

_WIDTH, _HEIGHT = 420, 220  # of a curve
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 20, 26, 38


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


def risk_plot(curves: Mapping[str, Sequence[tuple[float, float]]]) -> Element:
    """Risk over coverage: a line for each program, and a ring where it stands as it ran.

    Args:
        curves: By program, the points as coverage and risk, both 0..1, the last as it ran; ours first.
    """
    top = _ceiling(max([0.01, *(risk for points in curves.values() for _, risk in points)]))
    parts = list(_axes(top))
    for number, (program, points) in enumerate(curves.items()):
        places = [(_x(coverage), _y(risk / top)) for coverage, risk in points]
        class_ = "right" if number == 0 else "wrong"
        line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        parts.append(el("polyline", points=line, class_=class_))
        x, y = places[-1]
        parts.append(el("circle", cx=f"{x:.1f}", cy=f"{y:.1f}", r="4", class_=class_))
        parts.append(el("text", program, x=f"{x - 8:.1f}", y=f"{y - 7:.1f}", text_anchor="end"))
    label = "risk over coverage"
    return el("svg", *parts, viewBox=f"0 0 {_WIDTH} {_HEIGHT}", class_="plot", role="img", aria_label=label)


def _axes(top: float) -> Iterator[Element]:
    left, right, bottom = str(_LEFT), str(_WIDTH - _RIGHT), str(_HEIGHT - _BOTTOM)
    for level in (0, 0.5, 1):
        y = _y(level)
        yield el("line", x1=left, x2=right, y1=f"{y:.1f}", y2=f"{y:.1f}", class_="axis")
        yield el("text", f"{level * top:.2%}", x=str(_LEFT - 4), y=f"{y + 3:.1f}", text_anchor="end")
    for level in (0, 0.25, 0.5, 0.75, 1):
        x = f"{_x(level):.1f}"
        yield el("line", x1=x, x2=x, y1=bottom, y2=str(_HEIGHT - _BOTTOM + 4), class_="axis")
        yield el("text", f"{level:.0%}", x=x, y=str(_HEIGHT - _BOTTOM + 15), text_anchor="middle")
    middle = str((_WIDTH + _LEFT - _RIGHT) // 2)
    yield el(
        "text", "coverage: share of the cells answered", x=middle, y=str(_HEIGHT - 4), text_anchor="middle"
    )
    yield el("text", "risk: share of the answers wrong", x="2", y="9")


def _ceiling(most: float) -> float:
    """The upper edge above a risk: 1, 2 or 5 of its power of ten.

    >>> _ceiling(0.01), _ceiling(0.158), _ceiling(0.6)
    (0.01, 0.2, 1.0)
    """
    power = 10.0 ** floor(log10(most))
    return next(power * step for step in (1, 2, 5, 10) if power * step >= most)


def _x(share: float) -> float:
    return _LEFT + (_WIDTH - _LEFT - _RIGHT) * share


def _y(share: float) -> float:
    return _HEIGHT - _BOTTOM - (_HEIGHT - _BOTTOM - _TOP) * share
