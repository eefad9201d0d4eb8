"""The text is cut where a span, a cell or an unplaced number begins or ends, and no character is lost."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from gouji.inference.extraction import Cell, State, Unplaced
from gouji.inference.viewer.marked_text import Piece, pieces
from gouji.model.labels import Span, Tag


def cell(start: int, end: int) -> Cell:
    return Cell(f"t/r/{start}", 1, State.PLACED, start=start, end=end)


def test_digits_that_ran_together_are_one_span_and_a_piece_for_each_cell():
    found = list(
        pieces("规章120", [Span(Tag.ROW, 0, 2), Span(Tag.VALUE, 2, 5)], [cell(2, 3), cell(3, 5)], [])
    )

    assert found == [
        Piece("规章", Tag.ROW, opens=True),
        Piece("1", Tag.VALUE, opens=True, cells=(0,)),
        Piece("20", Tag.VALUE, cells=(1,)),
    ]


def test_a_piece_of_two_cells_names_both():
    found = list(pieces("12 34", [], [cell(0, 5), cell(3, 5)], [Unplaced(" ", 2, 3, "why")]))

    assert [(piece.text, piece.cells, piece.unplaced) for piece in found] == [
        ("12", (0,), None),
        (" ", (0,), 0),
        ("34", (0, 1), None),
    ]


places = st.lists(
    st.tuples(st.integers(0, 11), st.integers(1, 4)).map(lambda p: (p[0], min(p[0] + p[1], 12))), max_size=6
)


@given(places, places, places)
@settings(max_examples=60, deadline=None)
def test_no_character_is_lost_and_each_place_is_the_pieces_that_name_it(spans, cells, left):
    text = "一二三四五六123456"

    found = list(
        pieces(
            text,
            [Span(Tag.VALUE, start, end) for start, end in spans],
            [cell(start, end) for start, end in cells],
            [Unplaced(text[start:end], start, end, "why") for start, end in left],
        )
    )

    assert "".join(piece.text for piece in found) == text
    for index, (start, end) in enumerate(cells):
        assert "".join(piece.text for piece in found if index in piece.cells) == text[start:end]
