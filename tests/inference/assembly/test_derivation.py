"""A missing cell tells what the sums demand of it, and stays missing."""

from __future__ import annotations

from gouji.inference.assembly.derivation import with_derived
from gouji.inference.extraction import Cell, Number, State
from gouji.model.forms import load_forms

REVIEW = load_forms()["2021"].table("review")
APPLICATIONS = load_forms()["2021"].table("applications")
MISSING = Cell("", None, State.MISSING)


def printed(value: Number) -> Cell:
    return Cell("", value, State.READ, str(value), start=0, end=1)


def derived(changed: dict[str, Cell], table: str = "review") -> dict[str, Number | None]:
    """What is derived for each missing cell of a table that is else all zeros."""
    found = {"review": REVIEW, "applications": APPLICATIONS}[table]
    cells = dict.fromkeys(found.keys(), printed(0))
    cells |= {f"{table}/{key}": cell for key, cell in changed.items()}
    after = with_derived(found, cells)
    assert all(after[key] == cell for key, cell in cells.items() if cell is not MISSING)
    assert all(after[key].state is State.MISSING for key, cell in cells.items() if cell is MISSING)
    return {key: after[key].derived for key, cell in cells.items() if cell is MISSING}


def test_a_missing_total_is_the_sum_of_its_row():
    cells = {"direct_suit/upheld": printed(3), "direct_suit/other": printed(2), "direct_suit/total": MISSING}

    assert derived(cells) == {"review/direct_suit/total": 5}


def test_a_missing_term_is_what_its_row_lacks():
    cells = {"direct_suit/upheld": printed(3), "direct_suit/other": MISSING, "direct_suit/total": printed(9)}

    assert derived(cells) == {"review/direct_suit/other": 6}


def test_a_blank_counts_as_zero():
    cells = {
        "direct_suit/upheld": Cell("", None, State.BLANK),
        "direct_suit/other": MISSING,
        "direct_suit/total": printed(9),
    }

    assert derived(cells) == {"review/direct_suit/other": 9}


def test_of_two_missing_cells_in_one_sum_neither_is_derived():
    cells = {"direct_suit/other": MISSING, "direct_suit/pending": MISSING, "direct_suit/total": printed(9)}

    assert set(derived(cells).values()) == {None}


def test_beside_an_ambiguous_cell_nothing_is_derived():
    ambiguous = Cell("", None, State.AMBIGUOUS, candidates=(0, 4))

    assert derived({"direct_suit/upheld": ambiguous, "direct_suit/total": MISSING}) == {
        "review/direct_suit/total": None
    }


def test_a_whole_row_that_is_missing_follows_from_the_columns():
    columns = [column.id for column in APPLICATIONS.blocks[0].columns]
    cells = {f"denied.third_party/{column}": MISSING for column in columns}
    for row in ("received", "total"):
        cells |= {f"{row}/research": printed(4), f"{row}/other": printed(1), f"{row}/total": printed(5)}

    values = derived(cells, "applications")

    expected = dict.fromkeys(columns, 0) | {"research": 4, "other": 1, "total": 5}
    assert values == {
        f"applications/denied.third_party/{column}": value for column, value in expected.items()
    }


def test_what_was_derived_serves_the_next_sum():
    cells = {
        "granted/research": printed(4),
        "granted/total": MISSING,  # from its row; then the column tells what the table's total is
        "total/research": MISSING,
        "total/total": MISSING,
        "received/research": printed(4),
        "received/total": printed(4),
    }

    assert set(derived(cells, "applications").values()) == {4}


def test_a_table_with_nothing_missing_is_left_as_it_is():
    cells = dict.fromkeys(REVIEW.keys(), printed(1))  # contradicts its sums, as print may

    assert with_derived(REVIEW, cells) == cells
