"""Numbers that stand at their columns' own places in the lines say which of the cells are empty."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from gouji.inference.assembly.gaps import Shown
from gouji.inference.assembly.grid import aligned, tiled
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.row_strips import collect_strip
from gouji.inference.assembly.strips import Chunk, Strip
from gouji.model.labels import Tag
from gouji.model.page import Page

Mark = Callable[[str], MarkedPage]
Edges = tuple[int | None, tuple[int, ...], int | None]


def lines_of(marked: MarkedPage, columns: int) -> list[Strip]:
    starts = [span.start for span in marked.spans if span.tag is Tag.ROW]
    ends = [*starts[1:], len(marked.page.text)]
    labels = [span.end for span in marked.spans if span.tag is Tag.ROW]
    return [
        collect_strip(marked, start, end, expected=columns, signed=False)
        for start, end in zip(labels, ends, strict=True)
    ]


def told(shown: Shown | None) -> Sequence[Edges | None] | None:
    """For each row the empty cells before, between and behind its numbers."""
    if shown is None:
        return None
    return [None if b is None else (b.leading, b.inner, b.trailing) for b in shown.rows]


def test_positions_tell_the_columns_where_every_cell_begins_at_its_own(mark: Mark):
    marked = mark(
        "{R:ab}  {V:1}   {V:20}  {V:3}   {V:24}\n{R:cd}  {V:7}           {V:7}\n{R:ef}      {V:35}\n"
    )

    shown = aligned(marked.page, lines_of(marked, 4), 4)

    assert told(shown) == [(0, (0, 0, 0), 0), (0, (2,), 0), (1, (), 2)]
    assert shown is not None
    assert not shown.is_exact


def test_numbers_aligned_at_their_right_stand_on_no_such_grid():
    text = "ab    1    20\ncd  123     4\n"
    strips = [
        Strip(0, (Chunk("1", 6, 7), Chunk("20", 11, 13)), ("", "", "")),
        Strip(1, (Chunk("123", 18, 21), Chunk("4", 26, 27)), ("", "", "")),
    ]

    assert aligned(Page("a.txt", text), strips, 2) is None


def test_a_row_on_several_lines_has_no_positions():
    text = "ab  1\n    2\n"
    strips = [Strip(0, (Chunk("1", 4, 5), Chunk("2", 10, 11)), ("", "", ""))]

    assert aligned(Page("a.txt", text), strips, 2) is None


def test_a_number_that_begins_between_two_column_labels_stands_on_no_grid_of_theirs(mark: Mark):
    left = mark("{C:ab}  {C:cd}  {C:ef}\n    {V:1}   {V:1}\n")
    joined = mark("{C:ab} {C:cd} {C:ef} {C:gh}\n  {V:1}  {V:1}  {V:2}\n")
    centred = mark("{C:ab}  {C:cdef}\n   {V:1}\n")

    def places(marked: MarkedPage, columns: int) -> Sequence[Edges | None] | None:
        heads = [span for span in marked.spans if span.tag is Tag.COLUMN]
        text = marked.page.text
        strip = collect_strip(marked, heads[-1].end, len(text), expected=columns, signed=False)
        return told(aligned(marked.page, [strip], columns, heads))

    assert places(left, 3) == [(1, (0,), 0)]
    assert places(joined, 4) is None  # one blank parts the labels, which tell one place together
    assert places(centred, 3) is None  # though label and number begin at three places


def test_where_each_column_begins_right_behind_the_widest_cell_before_it_the_grid_leaves_no_rest(mark: Mark):
    marked = mark("{C:ab}  {C:cde}  {C:f}\n{R:gh}  {V:1}    {V:20}  \n{R:k}   {V:7}    {V:7}   \n")

    shown = tiled(marked.page, 0, lines_of(marked, 3), 3)

    assert told(shown) == [(0, (0,), 1), (0, (0,), 1)]
    assert shown is not None
    assert shown.is_exact


def test_a_column_that_is_empty_in_every_row_keeps_its_place_in_the_grid(mark: Mark):
    marked = mark("{R:gh}  {V:10}    {V:20}\n{R:k}   {V:7}     {V:7} \n")

    assert told(tiled(marked.page, 0, lines_of(marked, 3), 3)) == [(0, (1,), 0), (0, (1,), 0)]
    assert tiled(marked.page, 0, lines_of(marked, 4), 4) is None, "its lines end with the third column"


def test_a_grid_whose_lines_lost_the_blanks_at_their_ends_proves_nothing(mark: Mark):
    marked = mark("{R:gh}  {V:10}    {V:20}\n{R:k}   {V:7}     {V:7}\n")

    assert tiled(marked.page, 0, lines_of(marked, 3), 3) is None


def test_a_grid_that_a_number_stands_out_of_proves_nothing(mark: Mark):
    marked = mark("{R:gh}  {V:10}    {V:20}\n{R:k}    {V:7}    {V:7} \n")

    assert tiled(marked.page, 0, lines_of(marked, 3), 3) is None
