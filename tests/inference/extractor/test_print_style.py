"""A page that prints all of its numbers, zeros or thousands in a style of its own is read in plain style."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gouji.inference.extraction import Cell, Status
from gouji.inference.print_style import joined, unmarked, unwrapped
from gouji.inference.result import Extraction
from gouji.model.page import Page

Extract = Callable[[str], Extraction]


def printed(text: str, extraction: Extraction, print_of: Callable[[Cell], str]) -> str:
    """The page with other print in its cells."""
    end, parts = 0, []
    for cell in sorted((c for c in extraction.cells if c.start is not None), key=lambda c: c.start or 0):
        assert cell.start is not None
        assert cell.end is not None
        parts += [text[end : cell.start], print_of(cell)]
        end = cell.end
    return "".join([*parts, text[end:]])


def values(extraction: Extraction) -> dict[str, float]:
    return {cell.key: cell.value or 0 for cell in extraction.cells if cell.is_known}


def is_summed(cell: Cell) -> bool:
    return not cell.key.startswith("disclosure")


@pytest.mark.parametrize("style", ["{}。", "{}.", "{};", "（{}）", "[{}]", "“{}”", "共{}"])
def test_what_every_number_bears_is_no_part_of_any(
    extract: Extract, text: str, clean: Extraction, style: str
):
    page = printed(text, clean, lambda cell: style.format(cell.raw))

    told = extract(page)

    assert told.status is Status.VERIFIED
    assert values(told) == values(clean)
    assert {cell.raw for cell in told.cells} == {cell.raw for cell in clean.cells}


def test_what_some_numbers_bear_stays_a_part_of_theirs(extract: Extract, text: str, clean: Extraction):
    page = printed(text, clean, lambda cell: f"（{cell.raw}）" if is_summed(cell) else str(cell.raw))

    assert unwrapped(Page("", page)) is None


@pytest.mark.parametrize("mark", ["○", "×", "不涉及", "-0", "(0)", "0。", "N/A", "暂无"])
def test_a_mark_is_the_zero_that_its_sums_prove(extract: Extract, text: str, clean: Extraction, mark: str):
    page = printed(text, clean, lambda cell: str(cell.raw) if cell.value else mark)

    told = extract(page)

    assert told.status is Status.VERIFIED
    assert values(told) == values(clean)


@pytest.mark.parametrize("mark", ["○", "不详", "×"])
def test_a_mark_that_stands_for_numbers_too_is_no_zero(
    extract: Extract, text: str, clean: Extraction, mark: str
):
    page = printed(text, clean, lambda cell: str(cell.raw) if (cell.value or 0) > 3 else mark)

    assert extract(page).status is Status.INCOMPLETE


def test_a_mark_that_no_sum_counts_is_not_proven(extract: Extract, text: str, clean: Extraction):
    key = "disclosure/licensing/decisions"
    page = printed(text, clean, lambda cell: "※" if cell.key == key else str(cell.raw)) + "※\n" * 20

    told = {cell.key: cell for cell in extract(page).cells}

    assert unmarked(Page("", page)) is not None
    assert not told[key].is_known


def test_words_of_a_column_of_their_own_are_no_zeros(extract: Extract, text: str, clean: Extraction):
    first = {cell.key for cell in clean.cells if cell.key.endswith("/natural_person")}
    page = printed(text, clean, lambda cell: f"区本级\n{cell.raw}" if cell.key in first else str(cell.raw))

    assert unmarked(Page("", page)) is not None
    assert extract(page).status is Status.INCOMPLETE


@pytest.mark.parametrize("lost", ["?", "…", "####", "□", "\ufffd"])
def test_what_stands_for_lost_print_is_no_mark(text: str, clean: Extraction, lost: str):
    page = printed(text, clean, lambda cell: str(cell.raw) if cell.value else lost)

    assert unmarked(Page("", page)) is None


@pytest.mark.parametrize("separator", ["'", "’", "、", "·", "_", "٬", ", ", " ， "])
def test_thousands_are_joined_whose_sums_hold(extract: Extract, text: str, clean: Extraction, separator: str):
    def in_thousands(cell: Cell) -> str:
        return f"{cell.value}{separator}000" if is_summed(cell) and cell.value else str(cell.raw)

    told = extract(printed(text, clean, in_thousands))

    assert told.status is Status.VERIFIED
    for key, value in values(told).items():
        assert value == values(clean)[key] * (1 if key.startswith("disclosure") else 1000)


def test_thousands_that_no_sum_proves_stay_open(extract: Extract, text: str, clean: Extraction):
    key = "disclosure/licensing/decisions"
    page = printed(text, clean, lambda cell: "1、234" if cell.key == key else str(cell.raw))

    told = {cell.key: cell for cell in extract(page).cells}

    assert joined(Page("", page)) is not None
    assert not told[key].is_known


def test_a_style_put_off_leaves_each_place_where_it_was():
    style = unmarked(Page("", "○\t12\n" * 20))

    assert style is not None
    assert style.page.text == "/\t12\n" * 20
    assert style.page.origin is not None
    assert style.page.origin[5] == 5


@pytest.fixture(scope="module")
def issued_2019() -> str:
    return (Path(__file__).parents[1] / "pages" / "pipes_with_blanks_2019.txt").read_text(encoding="utf-8")


CHANGES = {
    "| 减1 |": "| 比上年减少了1项 |",
    "| +36 |": "| 同比增加36 |",
    "| -57 |": "| 较去年-57 |",
    "| -15 |": "| 净减15 |",
}


def test_words_that_compare_with_last_year_are_no_part_of_a_change(extract: Extract, issued_2019: str):
    page = issued_2019
    for plain, print_ in CHANGES.items():
        page = page.replace(plain, print_)

    told = extract(page)

    assert told.status is Status.VERIFIED
    assert values(told) == values(extract(issued_2019))


def test_a_number_of_decisions_that_is_compared_with_last_years_stays_open(
    extract: Extract, issued_2019: str
):
    page = issued_2019.replace("| 710 |", "| 较上年减少710 |").replace("| -15 |", "| 净减15 |")

    told = {cell.key: cell for cell in extract(page).cells}

    assert not told["disclosure/penalties/decisions"].is_known


def test_a_number_in_brackets_opens_its_own_cell_alone(extract: Extract, issued_2019: str):
    page = issued_2019.replace("| -15 |", "| (15) |")

    told = extract(page)

    assert [cell.key for cell in told.cells if not cell.is_known] == ["disclosure/coercion/change"]
