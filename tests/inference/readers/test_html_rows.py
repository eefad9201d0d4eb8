"""Rows of HTML whose cells are not laid out as the form has them: read where that is sure, else left open."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gouji.inference.extraction import Cell, State
from gouji.inference.extractor import Extractor
from gouji.inference.readers import Content, Options, document_pages

from .made import html_page, report

Row = list[str]
MADE = report()
PENALTY = "applications/denied.state_secret"  # its first cell is blank


def cells(extractor: Extractor, label: str, change: Callable[[Row], list[Row]]) -> dict[str, Cell]:
    """The cells of a report one of whose rows was changed, by the beginning of its label."""
    parts = []
    for heading, rows in MADE.tables():
        lines = [new for row in rows for new in (change(row) if row[0].startswith(label) else [row])]
        marked = ("".join(f"<td>{cell}</td>" for cell in line) for line in lines)
        parts.append(f"<p>{heading}</p><table>{''.join(f'<tr>{line}</tr>' for line in marked)}</table>")
    (page,) = document_pages(Content("a.html", html_page("".join(parts)).encode()), Options())
    return {cell.key: cell for cell in extractor.extract(page).cells}


def assert_nothing_wrong(found: dict[str, Cell]) -> None:
    for key, cell in found.items():
        if cell.state in (State.READ, State.PLACED):
            assert cell.value == (MADE.values[key] or 0), key
        if cell.state is State.BLANK:
            assert not MADE.values[key], key


def on_top(row: Row) -> list[Row]:
    return [row[:1], ["", *row[1:]]]


def test_a_label_in_a_row_of_its_own_keeps_its_place_empty_in_the_next(extractor: Extractor):
    found = cells(extractor, "1.属于国家秘密", on_top)

    row = {key: cell for key, cell in found.items() if key.startswith(f"{PENALTY}/")}
    assert {key: cell.value for key, cell in row.items()} == {key: MADE.values[key] for key in row}
    assert {cell.state for cell in row.values()} == {State.READ, State.BLANK}


@pytest.mark.parametrize("label", ["规章", "行政规范性文件", "（一）予以公开", "1.属于国家秘密"])
@pytest.mark.parametrize(
    "change",
    [
        lambda row: [row[:1], ["", *row[1:-1]]],
        lambda row: [row[:1], ["", *row[2:]]],
        lambda row: [["", *row[1:]], [row[0], *[""] * (len(row) - 1)]],
        lambda row: [
            [row[0][:3], *row[1:3], *[""] * (len(row) - 3)],
            [row[0][3:], "", "", *row[3:]],
        ],
        lambda row: [[*row, "3"]],
    ],
    ids=["last_lost", "first_lost", "label_below", "cut_in_two", "one_too_many"],
)
def test_a_row_whose_cells_are_not_the_forms_is_not_read_by_them(
    extractor: Extractor, label: str, change: Callable[[Row], list[Row]]
):
    assert_nothing_wrong(cells(extractor, label, change))


@pytest.mark.parametrize("place", [0, -1])
def test_of_two_rows_of_numbers_in_a_band_none_is_taken_for_it(extractor: Extractor, place: int):
    def with_another(row: Row) -> list[Row]:
        other = [""] * len(row)
        other[place] = "4"
        return [row, other] if row[0] == "结果维持" else [row]

    assert_nothing_wrong(cells(extractor, "结果维持", with_another))
