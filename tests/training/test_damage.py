"""Damages change the text and keep every span on what it tagged."""

from __future__ import annotations

import random

import pytest

from gouji.model.labels import Span, Tag
from gouji.model.page import GHOST, fold
from gouji.training.damage import DAMAGES, apply_damage
from gouji.training.edits import Edit, apply_edits
from gouji.training.flatteners import FLATTENERS
from gouji.training.losses import LOSSES
from gouji.training.standins import Piece
from gouji.training.synthesize import make_synthetic

CHEAP = ("cell_lines", "tabs", "bars", "lxml_text", "selectolax", "pdftotext_layout", "spaced")


def bare(surface: str) -> str:
    """What is left of a surface when everything that a damage may add is taken out."""
    return "".join(c for c in fold(surface) if c not in " \t\n,.，" + GHOST)


@pytest.mark.parametrize("name", sorted(set(DAMAGES) - set(LOSSES) - {"page_marks"}))
def test_every_span_keeps_its_characters(name: str) -> None:
    changed = 0
    for index in range(8):
        made = make_synthetic(11, (CHEAP[index % len(CHEAP)],), index, damages=())
        before = [made.page.text[p.span.start : p.span.end] for p in made.pieces]

        text, pieces = apply_damage(name, made.page.text, made.pieces, random.Random(index))

        changed += text != made.page.text
        after = [text[p.span.start : p.span.end] for p in pieces]
        assert [bare(surface) for surface in after] == [bare(surface) for surface in before]
        assert all(surface == surface.strip() for surface in after)
    assert changed


def test_an_insertion_at_a_bound_stays_outside_both_spans() -> None:
    made = make_synthetic(11, ("lxml_text",), 3, damages=())
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
    pieces = [Piece(Span(Tag.VALUE, 1, 8), 0)]

    text, moved = apply_damage("thousands", "|1808595|", pieces, random.Random(0))

    assert text[moved[0].span.start : moved[0].span.end] in ("1,808,595", "1，808，595")


def test_the_flatteners_used_here_exist() -> None:
    assert set(CHEAP) <= set(FLATTENERS)


def test_a_page_mark_cuts_a_label_that_is_broken_over_lines_and_belongs_to_neither_part() -> None:
    label = "\n".join("三、本年度办理结果" * 12)
    pieces = [
        Piece(Span(Tag.GROUP, 0, len(label)), 0),
        Piece(Span(Tag.VALUE, len(label) + 1, len(label) + 4), 1),
    ]

    text, moved = apply_damage("page_marks", label + " 447", pieces, random.Random(1))

    surfaces = [text[p.span.start : p.span.end] for p in moved]
    assert len(moved) > 2
    assert {piece.span.tag for piece in moved[:-1]} == {Tag.GROUP}
    assert "".join("".join(surfaces[:-1]).split()) == "三、本年度办理结果" * 12
    assert surfaces[-1] == "447"
    assert all(surface == surface.strip() for surface in surfaces)


def page_of_cells(*cells: tuple[Tag, str]) -> tuple[str, list[Piece]]:
    text, pieces = "", []
    for number, (tag, surface) in enumerate(cells):
        pieces.append(Piece(Span(tag, len(text), len(text) + len(surface)), number))
        text += surface + "\n"
    return text, pieces


def surfaces_after(name: str, seed: int, *cells: tuple[Tag, str]) -> list[str]:
    text, pieces = apply_damage(name, *page_of_cells(*cells), random.Random(seed))
    return [text[p.span.start : p.span.end] for p in pieces]


def test_labels_gone_leave_their_numbers() -> None:
    cells = [(Tag.ROW, "1.属于国家秘密"), (Tag.VALUE, "4"), (Tag.ROW, "2.重复申请"), (Tag.VALUE, "15")]

    for seed in range(20):
        left = surfaces_after("labels_gone", seed, *cells)
        assert len(left) < len(cells)
        assert [surface for surface in left if surface.isdigit()] == ["4", "15"]


def test_labels_cut_end_early_and_begin_as_they_did() -> None:
    label = "5.要求行政机关确认或重新出具已获取信息"

    cut = {surfaces_after("labels_cut", seed, (Tag.ROW, label), (Tag.VALUE, "4"))[0] for seed in range(60)}

    assert len(cut) > 5
    assert all(label.startswith(surface.rstrip("….")) for surface in cut)


def test_marks_of_empty_cells_go_and_numbers_stay() -> None:
    left = surfaces_after(
        "marks_gone", 0, (Tag.VALUE, "/"), (Tag.VALUE, "-52"), (Tag.VALUE, "—"), (Tag.VALUE, "0")
    )

    assert left == ["-52", "0"]


def test_brackets_are_widened() -> None:
    assert surfaces_after("fullwidth_marks", 0, (Tag.GROUP, "(三)不予公开")) == ["（三）不予公开"]
