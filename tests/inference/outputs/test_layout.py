"""A layout covers its grid without a gap, and is drawn in any width without losing a figure."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.text import Text

from gouji.inference.outputs.drawing import draw
from gouji.inference.outputs.layout import Layout, layouts
from gouji.model.forms import forms_with

WEBSITE = Path(__file__).parents[3] / "samples" / "website" / "website.toml"
LAYOUTS = [
    pytest.param(layout, id=f"{form.id}-{table.id}-{'band' if band else 'rows'}-{number}")
    for form in forms_with([WEBSITE]).values()
    for table in form.tables
    for band in (True, False)
    for number, layout in enumerate(layouts(table, band))
]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_place_of_the_grid_is_of_one_box(layout: Layout):
    places = Counter(
        (line, column)
        for box in layout.boxes
        for line in range(box.top, box.top + box.height)
        for column in range(box.left, box.left + box.width)
    )

    assert set(places.values()) == {1}
    assert len(places) == layout.lines * layout.columns


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("width", [160, 100, 80, 40])
def test_a_drawing_is_as_wide_as_it_may_be_and_keeps_every_figure_whole(layout: Layout, width: int):
    keys = [box.key for box in layout.boxes if box.key is not None]
    figures = {key: Text(str(1000 + number)) for number, key in enumerate(keys)}

    drawn = draw(layout, figures, width)

    if drawn is None:
        assert width < 110
        return
    lines = drawn.plain.split("\n")
    assert {cell_len(line) for line in lines} == {cell_len(lines[0])}
    assert cell_len(lines[0]) <= width
    assert all(figure.plain in drawn.plain for figure in figures.values())
