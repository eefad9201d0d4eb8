"""Ink is legible on its ground, in light and in dark: a contrast of 4.5 at least (WCAG AA)."""

from __future__ import annotations

import re
from importlib.resources import files

import pytest

STYLE = (files("gouji.inference.viewer") / "assets" / "page.css").read_text(encoding="utf-8")

# ink, ground
PAIRS = [
    *((ink, ground) for ink in ("ink", "faint", "accent", "focus") for ground in ("paper", "raised")),
    *((f"{name}-ink", name) for name in ("placed", "ambiguous", "missing", "fails", "holds")),
    *((f"{name}-ink", "paper") for name in ("ambiguous", "fails", "holds")),
    *(
        ("ink", ground)
        for ground in ("chosen", "lit", "lit-sum", "tag-label", "tag-column", "tag-group", "fails")
    ),
    *(("faint", ground) for ground in ("fails", "ambiguous", "missing", "placed")),
    *(("tag-value", ground) for ground in ("paper", "placed", "fails", "raised")),
    ("tag-section", "paper"),
    ("on-accent", "accent"),
]


def palettes() -> dict[str, dict[str, str]]:
    """The colours by name, in each scheme."""
    blocks = re.findall(r":root \{(.*?)\}", STYLE, re.DOTALL)
    found = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{3,6})", block)) for block in blocks]
    light, dark, printed = found
    return {"light": light, "dark": {**light, **dark}, "printed": {**light, **printed}}


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
    shares = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(ink: str, ground: str) -> float:
    lighter, darker = sorted((luminance(ink), luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark", "printed"])
def test_every_ink_is_legible_on_its_grounds(scheme: str):
    colours = palettes()[scheme]

    poor = {pair: round(contrast(colours[pair[0]], colours[pair[1]]), 2) for pair in PAIRS}
    assert {pair: ratio for pair, ratio in poor.items() if ratio < 4.5} == {}


def test_dark_names_every_colour_that_light_does():
    light, dark = palettes()["light"], palettes()["dark"]

    assert {name for name in light if light[name] == dark[name]} == set()
