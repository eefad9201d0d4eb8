"""Damages change the text and keep every span on what it tagged."""

from __future__ import annotations

import random

import pytest

from gouji.model.labels import Tag
from gouji.model.page import GHOST, fold
from gouji.training.damage import DAMAGES, Edit, apply_damage, apply_edits
from gouji.training.flatteners import FLATTENERS
from gouji.training.standins import Piece
from gouji.training.synthesize import make_synthetic

CHEAP = ("cell_lines", "tabs", "bars", "lxml_text", "selectolax", "pdftotext_layout", "spaced")


def bare(surface: str) -> str:
    """What is left of a surface when everything that a damage may add is taken out."""
    return "".join(c for c in fold(surface) if c not in " \t\n,.，" + GHOST)


@pytest.mark.parametrize("name", DAMAGES)
def test_every_span_keeps_its_characters(name: str) -> None:
    changed = 0
    for index in range(8):
        made = make_synthetic(11, (CHEAP[index % len(CHEAP)],), index, damaged=False)
        before = [made.page.text[p.span.start : p.span.end] for p in made.pieces]

        text, pieces = apply_damage(name, made.page.text, made.pieces, random.Random(index))

        changed += text != made.page.text
        after = [text[p.span.start : p.span.end] for p in pieces]
        assert [bare(surface) for surface in after] == [bare(surface) for surface in before]
        assert all(surface == surface.strip() for surface in after)
    assert changed


def test_an_insertion_at_a_bound_stays_outside_both_spans() -> None:
    made = make_synthetic(11, ("lxml_text",), 3, damaged=False)
    touching = [
        (a, b) for a, b in zip(made.pieces, made.pieces[1:], strict=False) if a.span.end == b.span.start
    ]
    first, second = touching[0] if touching else (made.pieces[0], made.pieces[1])

    text, pieces = apply_edits(
        made.page.text, [first, second], [Edit(second.span.start, second.span.start, "＊")]
    )

    assert "＊" not in text[pieces[0].span.start : pieces[0].span.end]
    assert text[pieces[1].span.start - 1] == "＊"


def test_thousands_separators_stand_inside_the_value() -> None:
    from gouji.model.labels import Span

    pieces = [Piece(Span(Tag.VALUE, 1, 8), 0)]

    text, moved = apply_damage("thousands", "|1808595|", pieces, random.Random(0))

    assert text[moved[0].span.start : moved[0].span.end] in ("1,808,595", "1，808，595")


def test_the_flatteners_used_here_exist() -> None:
    assert set(CHEAP) <= set(FLATTENERS)
