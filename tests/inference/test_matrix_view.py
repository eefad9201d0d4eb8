"""The terminal's view: headings as issued, signs that say what colours do, nothing left out."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from rich.console import Console

from gouji.inference.extractor import Extractor
from gouji.inference.matrix_view import matrix_view
from gouji.inference.readers import read_page
from gouji.inference.result import Extraction
from gouji.inference.why import Why

PAGES = Path(__file__).parent / "pages"


def viewed(extraction: Extraction, width: int = 120, **options: bool) -> str:
    console = Console(file=io.StringIO(), width=width, **options)  # type: ignore[arg-type]
    console.print(matrix_view(extraction))
    return console.file.getvalue()  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def doubtful(extractor: Extractor) -> Extraction:
    return extractor.extract(read_page(PAGES / "blanks_vanished_2021.txt"))


@pytest.fixture(scope="module")
def contradicted(extractor: Extractor) -> Extraction:
    return extractor.extract(read_page(PAGES / "a_contradictory_report_2021.txt"))


def test_the_headings_over_columns_are_those_of_the_form(contradicted: Extraction):
    shown = viewed(contradicted)

    assert "申请人情况" in shown
    assert "法人或其他组织" in shown
    assert shown.index("行政诉讼") < shown.index("未经复议直接起诉")


def test_a_sum_that_fails_is_named_and_its_cells_are_signed(contradicted: Extraction):
    shown = viewed(contradicted)

    assert "! （一）予以公开（自然人 + … + 其他 = 总计）: 26 is not 28" in shown
    assert "all sums would hold if （一）予以公开 · 总计 were 26, not 28" in shown
    row = next(line for line in shown.splitlines() if "（一）予以公开" in line)
    assert [word for word in row.split() if word.endswith("!")] == [
        "18!",
        "0!",
        "0!",
        "0!",
        "8!",
        "0!",
        "28!",
    ]


def test_candidates_and_numbers_without_a_cell_are_listed(doubtful: Extraction):
    shown = viewed(doubtful)

    assert "规章 · 本年废止件数: 2, blank, 577" in shown
    assert "unplaced: 41" in shown
    assert "577 (110–113)" in shown


def test_open_cells_are_listed_by_their_reasons_and_each_reason_is_explained_once(doubtful: Extraction):
    shown = viewed(doubtful, width=800)

    lines = [line.strip() for line in shown.splitlines()]
    assert "open cells: 96, and why" in lines
    assert "digits_joined: 规章" in lines
    assert any(line.startswith("blank_lost, rival_reading: （一）予以公开; ") for line in lines)
    assert lines.count(f"blank_lost: {Why.BLANK_LOST.says}") == 1
    assert Why.NO_LABEL.says not in shown


def test_a_table_that_is_not_on_the_page_is_told_with_its_reason(extractor: Extractor):
    shown = viewed(extractor.extract(read_page(PAGES / "half_a_table_2021.txt")))

    assert "not on the page (no_table): " in shown


@pytest.mark.parametrize("width", [200, 80, 58, 30])
def test_a_narrow_terminal_is_kept_to_and_loses_no_figure(contradicted: Extraction, width: int):
    shown = viewed(contradicted, width)

    figures = [str(cell.value) for cell in contradicted.cells]
    assert all(figure in shown for figure in figures)
    console = Console(width=width)
    assert max(console.measure(line).maximum for line in shown.splitlines() if line) <= width


def test_colours_go_where_they_are_not_wanted_and_signs_stay(
    doubtful: Extraction, monkeypatch: pytest.MonkeyPatch
):
    coloured = viewed(doubtful, force_terminal=True)
    monkeypatch.setenv("NO_COLOR", "1")
    plain = viewed(doubtful, force_terminal=True)

    assert "\x1b[33m" in coloured
    assert "\x1b[33m" not in plain
    assert "空|2?" in plain


def test_a_page_without_tables_says_so(extractor: Extractor):
    shown = viewed(extractor.extract(read_page(PAGES / "another_language.txt")))

    assert "no_tables" in shown
    assert "┌" not in shown


def test_a_notebook_shows_the_tables_and_escapes_what_the_page_says(contradicted: Extraction):
    html = replace(contradicted, title="<script>")._repr_html_()

    assert "<script>" not in html
    assert "colspan='5'" in html
    assert "（一）予以公开（自然人 + … + 其他 = 总计）: 26 is not 28" in html
    assert "font-weight:bold;'>28!</td>" in html
    assert "! in a sum that fails</div>" in html


def test_the_pattern_of_what_fails_is_told(contradicted: Extraction):
    named = replace(contradicted, pattern="row totals blank")

    assert "pattern: row totals blank. The totals of rows are left blank." in viewed(named)
    assert "pattern: row totals blank. The totals of rows are left blank." in named._repr_html_()
    assert "pattern" not in viewed(contradicted)


def test_a_table_that_was_not_looked_through_is_named(doubtful: Extraction):
    bounded = replace(doubtful, bounded={"applications": "there are more readings"})

    assert "三、收到和处理政府信息公开申请情况: there are more readings" in viewed(bounded)
    assert "三、收到和处理政府信息公开申请情况: there are more readings" in bounded._repr_html_()
