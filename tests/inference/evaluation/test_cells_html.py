"""The HTML report holds every figure and marks each fault, and no page's text gets out of its quotes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from gouji.annotations.page_files import parse_name
from gouji.annotations.truth import Truth
from gouji.inference.evaluation.cells import Evaluation, score_page
from gouji.inference.evaluation.cells_html import evaluation_html
from gouji.inference.evaluation.excerpts import Place, places
from gouji.inference.evaluation.predictions import FoundCell, Prediction, cells_of_values
from gouji.inference.html_page import ReportError, write_page

PAGE = parse_name(Path("a__web.txt"))
TEXT = "二、主动公开政府信息情况\n规章 12 <script>alert(1)</script> 7\n行政许可 4 5"
KEYS = ("disclosure/regulations/made", "disclosure/regulations/repealed", "disclosure/regulations/in_force")


def evaluation_of(
    cells: Mapping[str, FoundCell], truth: Mapping[str, int | None], name: str = "gouji"
) -> Evaluation:
    known = Truth("a", "2021", None, None, None, truth)
    return Evaluation(name, (score_page(PAGE, known, Prediction("", cells, "incomplete")),))


def marked(html: str) -> list[str]:
    return [re.sub("<.*?>", "", mark) for mark in re.findall("<mark>(.*?)</mark>", html, re.S)]


def test_a_wrong_cell_is_marked_where_it_was_read():
    start = TEXT.index("12")
    ours = evaluation_of({KEYS[0]: FoundCell(12, "read", 0.8, start, start + 2)}, {KEYS[0]: 1})

    html = evaluation_html(ours, [], lambda path: TEXT)

    assert marked(html) == ["12"]
    assert "made: 12 (read, confidence 0.8), truth 1" in html


def test_an_open_number_between_two_printed_ones_is_marked_between_them():
    cells = {
        KEYS[0]: FoundCell(12, "read", 1.0, TEXT.index("12"), TEXT.index("12") + 2),
        KEYS[1]: FoundCell(None, "missing"),
        KEYS[2]: FoundCell(7, "read", 1.0, TEXT.index(" 7") + 1, TEXT.index(" 7") + 2),
    }
    ours = evaluation_of(cells, dict(zip(KEYS, (12, 3, 7), strict=True)))

    html = evaluation_html(ours, [], lambda path: TEXT)

    assert marked(html) == [" &lt;script&gt;alert(1)&lt;/script&gt; "]
    assert "repealed: missing, truth 3" in html


def test_an_open_number_of_a_row_of_which_nothing_was_read_is_marked_at_the_rows_label():
    ours = evaluation_of({}, {"disclosure/licensing/decisions": 4})

    found = places(ours.scores[0], ours.scores[0].cells, TEXT)

    start = TEXT.index("行政许可")
    assert list(found) == [Place(start, start + 4, "its row's label")]


def test_cells_without_any_place_are_listed_together():
    ours = evaluation_of({}, dict.fromkeys(KEYS, 3))

    found = places(ours.scores[0], ours.scores[0].cells, "nothing of the kind")

    assert {place: len(cells) for place, cells in found.items()} == {None: 3}


def test_nothing_of_a_page_is_markup_and_nothing_is_fetched():
    hostile = TEXT.replace("规章", "</style><img src=x onerror=alert(1)>规章") + "\x00\ud800"
    ours = evaluation_of({}, {KEYS[0]: 12})

    html = evaluation_html(ours, [], lambda path: hostile)

    assert "<img" not in html
    assert "<script" not in html
    assert "http:" not in html
    assert "https:" not in html
    assert "default-src 'none'" in html
    html.encode("utf-8")


def test_every_program_stands_in_every_group():
    truth = {KEYS[0]: 1, KEYS[1]: 2}
    ours = evaluation_of(cells_of_values({KEYS[0]: 1, KEYS[1]: 2}), truth)
    other = evaluation_of(cells_of_values({KEYS[0]: 9, KEYS[1]: 2}), truth, "regex")

    html = evaluation_html(ours, [other], lambda path: TEXT)

    assert "<td>50.00%</td>" in html
    groups = html[html.index("<h2>By what may be asked") :]
    assert groups.count("by regex") == groups.count('class="row"') > 0


def test_a_page_that_cannot_be_read_still_has_its_cells_listed():
    ours = evaluation_of({}, {KEYS[0]: 1})

    html = evaluation_html(ours, [], lambda path: None)

    assert "cannot be read" in html
    assert "made: missing, truth 1" in html


def test_a_report_that_cannot_be_written_is_an_error_that_names_it(tmp_path: Path):
    (tmp_path / "none").write_text("a file, no folder", encoding="utf-8")

    with pytest.raises(ReportError, match=r"none/report\.html: cannot be written"):
        write_page(tmp_path / "none" / "report.html", "")


def test_the_curve_is_drawn_with_a_ring_where_each_program_stands():
    truth = {KEYS[0]: 1, KEYS[1]: 2, KEYS[2]: 3}
    found = {KEYS[0]: FoundCell(1, "read", 0.9), KEYS[1]: FoundCell(7, "read", 0.8)}
    other = evaluation_of(cells_of_values({KEYS[0]: 9}), truth, "regex")

    html = evaluation_html(evaluation_of(found, truth), [other], lambda path: TEXT)

    assert html.count("<circle") == 2
    assert "As it ran, 66.67% are answered at a risk of 50.000%" in html


def test_open_numbers_are_listed_and_open_blanks_are_not():
    ours = evaluation_of({KEYS[0]: FoundCell(None, "missing")}, {KEYS[0]: 12, KEYS[1]: None})

    html = evaluation_html(ours, [], lambda path: TEXT)

    assert "made: missing, truth 12" in html
    assert "repealed" not in html
