"""A decoded page takes over what the plain page says differently, or is no good."""

from __future__ import annotations

from gouji.model.labels import Span, Tag
from gouji.training.agreement import agree
from gouji.training.standins import Piece


def piece(tag: Tag, start: int, end: int) -> Piece:
    return Piece(Span(tag, start, end), 0)


def surfaces(found: tuple[str, list[Piece]] | None) -> list[str]:
    assert found is not None
    text, pieces = found
    return [text[p.span.start : p.span.end] for p in pieces]


def test_a_backslash_before_an_ordinals_point_goes_into_the_label() -> None:
    found = agree("2.其他 7", [piece(Tag.ROW, 0, 4), piece(Tag.VALUE, 5, 6)], "2\\.其他 7")

    assert surfaces(found) == ["2\\.其他", "7"]


def test_a_line_broken_elsewhere_within_a_label_moves_the_break() -> None:
    found = agree(
        "（三）不\n予公开 4", [piece(Tag.GROUP, 0, 8), piece(Tag.VALUE, 9, 10)], "（三）不予公\n开   4"
    )

    assert surfaces(found) == ["（三）不予公\n开", "4"]


def test_straightened_quotation_marks_are_taken_over() -> None:
    found = agree("3.危及“三安全”", [piece(Tag.ROW, 0, 9)], '3.危及"三安全"')

    assert surfaces(found) == ['3.危及"三安全"']


def test_a_rule_drawn_longer_is_taken_over() -> None:
    found = agree("---- 其他 ---- 4", [piece(Tag.ROW, 5, 7), piece(Tag.VALUE, 13, 14)], "------ 其他 --- 4")

    assert surfaces(found) == ["其他", "4"]


def test_any_other_difference_is_no_agreement() -> None:
    assert agree("自然人 │4", [], "自然人 4") is None
    assert agree("4 5", [], "4") is None
    assert agree("-4", [], "--4") is None
    assert agree("4", [], "4 5") is None
