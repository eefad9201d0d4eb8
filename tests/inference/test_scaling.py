"""How cost grows is measured on the same pages again, and drawn."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from gouji.inference.benchmark import BenchmarkError
from gouji.inference.scaling import Point, by_length, by_number, scaling_figure

PAGES = Path(__file__).parent / "pages"


def test_a_page_of_ten_times_the_length_takes_longer_and_less_than_twice_as_long_in_proportion(
    tmp_path: Path,
):
    (tmp_path / "a.txt").symlink_to(PAGES / "lines_2021.txt")

    once, often = by_length(tmp_path, (1, 10))

    assert (once.times, often.times) == (1, 10)
    assert once.seconds < often.seconds < 20 * once.seconds


@pytest.mark.slow
def test_more_pages_than_a_folder_holds_are_its_pages_again(tmp_path: Path):
    (tmp_path / "a.txt").symlink_to(PAGES / "lines_2021.txt")

    (point,) = by_number(tmp_path, (3,))

    assert point.times == 3
    assert point.seconds > 0
    assert point.memory is None or point.memory > 10_000_000


def test_a_folder_without_pages_is_named(tmp_path: Path):
    with pytest.raises(BenchmarkError, match="holds no page"):
        list(by_length(tmp_path))


def test_cost_in_proportion_is_drawn_as_a_straight_line():
    figure = scaling_figure({"pages": [Point(1, 0.01), Point(10, 0.1), Point(100, 1.0)]})

    (line,) = figure.iter("polyline")
    places = [tuple(map(float, place.split(","))) for place in line.attrib["points"].split()]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in pairwise(places)]
    assert steps[0] == pytest.approx(steps[1], abs=0.2)
    assert steps[0][0] > 0 > steps[0][1]
