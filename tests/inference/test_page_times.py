"""The time of pages is told apart from that of the solver, which few of them need."""

from __future__ import annotations

from pathlib import Path

from gouji.inference.assembly import solver
from gouji.inference.extractor import Extractor
from gouji.inference.page_times import measure_pages, times_of

PAGES = Path(__file__).parent / "pages"


def test_only_pages_whose_readings_are_chosen_among_count_as_the_solvers(extractor: Extractor):
    solve = solver.survivors

    times = measure_pages([PAGES / "lines_2021.txt", PAGES / "blanks_vanished_2021.txt"], extractor)

    assert (times.page.pages, times.solver.pages) == (2, 1)
    assert times.solver.longest < times.page.longest
    assert solver.survivors is solve


def test_a_page_that_cannot_be_read_is_left_out(extractor: Extractor, tmp_path: Path):
    assert measure_pages([tmp_path / "gone.txt"], extractor).page.pages == 0


def test_reading_is_timed_by_what_a_file_is(extractor: Extractor, tmp_path: Path):
    html = tmp_path / "a.txt"
    html.write_text("<!DOCTYPE html><p>青溪市水务局2022年政府信息公开工作年度报告</p>", encoding="utf-8")

    times = measure_pages([html, PAGES / "lines_2021.txt", PAGES / "glued_2019.txt"], extractor)

    assert {kind: each.pages for kind, each in times.reading.items()} == {"html": 1, "text": 2}


def test_times_are_ranked_not_averaged():
    times = times_of([float(number) for number in range(1, 101)])

    assert (times.median, times.within_95, times.longest) == (50.5, 95.0, 100.0)
