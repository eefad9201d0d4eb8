"""Which cells were left empty is read from the layout, where it explains every row, and else not at all."""

from __future__ import annotations

import re
from collections.abc import Callable

from gouji.inference.assembly.gaps import shown_blanks
from gouji.inference.assembly.marked import MarkedPage
from gouji.inference.assembly.strips import Chunk, Strip

Mark = Callable[[str], MarkedPage]


def strip_of(row: str) -> Strip:
    """The strip of what stands behind a label: its numbers, and the text around them."""
    found = list(re.finditer(r"\d+|/", row))
    edges = [0, *(edge for match in found for edge in match.span()), len(row)]
    return Strip(
        row=0,
        chunks=tuple(Chunk(m.group().strip("/"), m.start(), m.end()) for m in found),
        gaps=tuple(row[a:b] for a, b in zip(edges[::2], edges[1::2], strict=True)),
    )


def blanks(*rows: str, columns: int = 4, heads: tuple[str, ...] = ()) -> list[tuple[int, ...] | None] | None:
    found = shown_blanks([strip_of(row) for row in rows], columns, heads)
    return None if found is None else [None if empty is None else empty.inner for empty in found.rows]


def test_pipes_show_the_empty_cells_between_numbers():
    assert blanks(" | 1 | 2 | 3 | 6 |\n", " | 1 |  |  | 1 |\n", " |  | 5 |  | 5 |\n") == [
        (0, 0, 0),
        (2,),
        (1,),
    ]


def test_tabs_show_the_empty_cells_between_numbers():
    assert blanks("\t1\t2\t3\t6\n", "\t1\t\t\t1\n", "\t\t5\t\t5\n") == [(0, 0, 0), (2,), (1,)]


def test_empty_lines_show_the_empty_cells_where_cells_are_lines():
    assert blanks("\n1\n2\n3\n6\n", "\n1\n\n\n1\n", "\n\n5\n\n5\n") == [(0, 0, 0), (2,), (1,)]


def test_where_full_rows_have_an_empty_line_between_cells_an_empty_cell_adds_as_much_again():
    assert blanks("\n\n1\n\n2\n\n3\n\n6\n\n", "\n\n1\n\n\n\n\n\n1\n\n") == [(0, 0, 0), (2,)]


def test_no_break_spaces_show_the_empty_cells():
    assert blanks(" 1 2 3 6\n", " 1 \u00a0 \u00a0 1\n") == [(0, 0, 0), (2,)]


def test_a_row_into_which_prose_fell_does_not_show_what_closes_the_others():
    rows = [" │ 1 │ 2 │ 3 │\n"] * 10

    assert blanks(*rows, " │ 1 │ 1 │ 2 │\n办函第31号\n") is None


def test_a_page_number_below_a_row_is_none_of_its_cells():
    full = [" │ 1 │ 2 │ 3 │ 6 │\n"] * 10

    assert blanks(*full, " │   │ 5 │   │ 5 │\n10\n") == [(0, 0, 0)] * 10 + [None]


def test_where_empty_cells_hold_a_no_break_space_empty_lines_are_none():
    full, empty = "\n1\n2\n3\n6\n\n\n", "\n1\n\u00a0\n3\n4\n\n\n"

    assert blanks(full, empty, "\n\u00a0\n2\n3\n5\n\n\n") == [(0, 0, 0), (1, 0), (0, 0)]
    assert blanks(full, empty, "\n2\n3\n5\n\n\n") is None


def test_a_blank_mark_is_a_cell_that_is_not_empty():
    assert blanks(" | 1 | / | 3 | 4 |\n", " | / |  |  | 1 |\n") == [(0, 0, 0), (2,)]


def test_blanks_that_vanished_are_not_shown():
    assert blanks(" 1 2 3 6\n", " 1 1\n", " 5 5\n") is None


def test_where_one_row_contradicts_the_layout_nothing_is_shown():
    assert blanks("\t1\t2\t3\t6\n", "\t1\t\t\t1\n", "\t5 5\n") is None


def test_drawn_borders_may_miss_one_row_of_ten():
    rows = [" | 1 |  |  | 1 |\n"] * 9
    odd = " | 1 1 |\n"

    assert blanks(*rows, odd) == [(2,)] * 9 + [None]
    assert blanks(*rows[1:], odd) is None
    assert blanks(*[row.replace("|", "\n") for row in rows], odd) is None


def test_borders_do_not_explain_a_row_with_print_between_its_numbers():
    rows = [" | 1 |  |  | 1 |\n"] * 9

    assert blanks(*rows, " 6 label | 0 |  | 0 |\n") == [(2,)] * 9 + [None]
    assert blanks(*rows, " | **1** |  |  | **1** |\n") == [(2,)] * 10


def test_more_empty_cells_than_columns_show_nothing():
    assert blanks("\t1\t2\t3\t6\n", "\t1\t\t\t\t\t1\n") is None


def test_pipes_around_numbers_whose_blanks_vanished_show_nothing():
    assert blanks(" | 4 | 1 |\n", " | 326 | 19 |\n", columns=3) is None


def test_pipes_around_a_single_row_whose_blanks_vanished_show_nothing():
    assert blanks(" |\n| 352 | 3215 |\n", columns=4) is None


def test_a_single_row_between_pipes_shows_its_own_empty_cells():
    assert blanks(" |\n| 1 |  |  | 1 |\n") == [(2,)]


def test_the_border_between_a_single_row_and_its_label_is_no_empty_cell():
    assert blanks("| 11  \n", columns=2) is None
    assert blanks(" | 11 |\n", columns=2) is None
    assert blanks("|  | 11  \n", columns=2) == [()]


def test_a_single_row_of_lines_is_parted_as_its_column_labels_are():
    row = "\n" * 5 + "1" + "\n" * 4 + "1\n\n2\n\n\nnext"
    heads = ("\n\n", "\n\n", "\n\n\n", "\n\n")

    assert blanks(row, columns=5, heads=heads) == [(1, 0)]  # one leads, one within
    assert blanks(row, columns=5) is None
    assert blanks(row, columns=5, heads=(*heads, "\n" * 7)) is None


def test_what_no_other_row_bears_witness_to_is_for_the_sums_to_confirm():
    heads = ("\n", "\n", "\n")

    alone = shown_blanks([strip_of("\n\n1\n1\n\n2\nnext")], 5, heads)
    drawn = shown_blanks([strip_of(" |\n| 1 |  |  | 1 |\n")], 4)

    assert alone is not None
    assert not alone.is_exact
    assert alone.rows[0] is not None
    assert alone.rows[0].to_confirm
    assert drawn is not None
    assert drawn.is_exact


def test_no_break_spaces_between_blanks_lead_a_single_row():
    assert blanks(" \u00a0 1 \u00a0 1 2 \n", columns=5) == [(1, 0)]
    assert blanks(" \u00a0 1 \u00a0 1 2 \n", columns=6) is None


def test_a_gap_as_wide_as_between_two_column_labels_holds_no_empty_cell():
    rows = ("\n\n777\n\n32\n\n", "\n\n5\n\n142\n\n")

    assert blanks(*rows, columns=3, heads=("\n", "\n")) == [(1,), (1,)]
    assert blanks(*rows, columns=3, heads=("\n\n", "\n\n")) is None


def test_emphasis_around_a_number_is_no_print_between_a_border_and_it():
    rows = (
        " | **1** | **2** | **3** | **6** |\n",
        " |  | **5** |  | **5** |\n",
        " | ** ** | ** ** | **7** | **7** |\n",
    )

    found = shown_blanks([strip_of(row) for row in rows], 4)

    assert found is not None
    assert [(b.leading, b.inner, b.trailing) for b in found.rows if b is not None] == [
        (0, (0, 0, 0), 0),
        (1, (1,), 0),
        (2, (0,), 0),
    ]


def test_a_border_behind_the_last_row_of_a_line_is_no_empty_cell_because_others_go_on():
    # The first row's line goes on with the second row's label.
    rows = (" | 0 | 1 | 1 ", " | 32 | 2 |\n")

    assert blanks(rows[0].rstrip(), rows[1], columns=3) is None


def test_a_number_below_a_line_of_empty_cells_is_not_shown_to_be_in_the_last_of_them():
    assert blanks(" | 1 | 2 | 3\n", " | | |\n4\n", columns=3) is None


def test_line_breaks_are_no_empty_cells_where_a_full_row_stands_on_one_line():
    assert blanks("\n1\u3000\u30002\u3000\u30003 \n", "\n\n4 \n5\n", columns=3) is None


def test_no_break_spaces_that_part_the_cells_show_no_empty_ones():
    assert (
        blanks("\u00a0\u00a00\u00a020\u00a01\u00a0", "\u00a0\u00a00\u00a0\u00a020\u00a0", columns=3) is None
    )


def test_empty_lines_at_a_single_rows_edge_must_stand_on_the_page():
    heads = ("\n", "\n", "\n")

    assert blanks("\n1\n2\n\n3\n\n\nnext", columns=6, heads=heads) == [(0, 1)]
    assert blanks("\n1\n2\n\n3\nnext", columns=6, heads=heads) is None


def test_an_empty_line_too_many_in_a_single_row_shows_nothing():
    heads = ("\n", "\n", "\n")

    assert blanks("\n\n1\n\n2\n\n3\nnext", columns=5, heads=heads) is None, "one leads, so that there are six"


def test_a_row_whose_label_touches_its_first_number_tells_what_closes_the_others():
    heads = ("|",) * 3

    found = shown_blanks([strip_of("||8||\n"), strip_of("|24|||\n")], 3, heads)

    assert found is not None
    assert [(b.leading, b.trailing) for b in found.rows if b is not None] == [(1, 1), (0, 2)]


def test_a_label_that_is_printed_again_for_each_cell_it_goes_over_is_no_empty_cell():
    rows = ("\tlabel\tlabel\t\t2\t2\n", "\tlabel\t\t5\t5\n", "\t\t7\t7\n")

    found = shown_blanks([strip_of(row) for row in rows], 3)

    assert found is not None
    assert found.is_exact
    assert [b.leading for b in found.rows if b is not None] == [1, 1, 1]


def test_a_number_below_the_borders_of_a_row_that_stands_alone_is_no_cell_of_it():
    assert blanks("|  | 5 |  | 5 |\n", columns=4) is not None
    assert blanks("|  | 5 |  | 5 |\n4\n", columns=4) is None


def test_pieces_of_a_label_do_not_say_what_parts_two_cells():
    rows = ("\n\n\xa0\n\n6\n\n0\n\n\n\n", "\n\n13\n\n3\n\n\xa0\n\n\n\n")

    assert blanks(*rows, columns=3, heads=("\n\n", "\n", "\n\n", "\n\n")) is None


def test_what_stands_before_and_behind_numbers_before_a_label_are_no_empty_cells_of_theirs():
    rows = [" | 1 | 2 | 3 | 6 |\n"] * 10

    found = shown_blanks([*map(strip_of, rows), strip_of("\n|  | 1 | 2 | 3 | 部分公开 |\n")], 4)

    assert found is not None
    assert [(blanks.leading, blanks.trailing) for blanks in found.rows[-2:] if blanks] == [
        (0, 0),
        (None, None),
    ]
