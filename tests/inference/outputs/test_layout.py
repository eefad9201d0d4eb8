"""A layout covers its grid without a gap, and is drawn in any width without losing a figure."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.text import Text

from gouji.inference.outputs.drawing import draw
from gouji.inference.outputs.layout import BoxKind, Layout, layouts
from gouji.model.forms import Table, forms_with, load_forms

WEBSITE = Path(__file__).parents[3] / "samples" / "website" / "website.toml"
FORMS = forms_with([WEBSITE]).values()
HEAD, COLUMN = BoxKind.HEAD, BoxKind.COLUMN
TABLES = [pytest.param(table, id=f"{form.id}-{table.id}") for form in FORMS for table in form.tables]
LAYOUTS = [
    pytest.param(layout, id=f"{form.id}-{table.id}-{'band' if band else 'rows'}-{number}")
    for form in FORMS
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


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("band", [True, False])
def test_every_cell_of_the_form_stands_once_and_in_order(table: Table, band: bool):
    keys = [box.key for layout in layouts(table, band) for box in layout.boxes if box.key is not None]

    assert keys == table.keys()


def test_the_applicants_stand_under_merged_headings_as_issued():
    (layout,) = layouts(load_forms()["2021"].table("applications"))

    heads = [(b.text, b.top, b.height, b.width) for b in layout.boxes if b.kind in (HEAD, COLUMN)]
    assert heads == [
        ("申请人情况", 0, 1, 7),
        ("法人或其他组织", 1, 1, 5),
        ("自然人", 1, 2, 1),
        ("商业企业", 2, 1, 1),
        ("科研机构", 2, 1, 1),
        ("社会公益组织", 2, 1, 1),
        ("法律服务机构", 2, 1, 1),
        ("其他", 2, 1, 1),
        ("总计", 1, 2, 1),
    ]


def test_groups_span_the_rows_that_they_name():
    (layout,) = layouts(load_forms()["2021"].table("applications"))

    groups = sorted((box for box in layout.boxes if box.kind is BoxKind.GROUP), key=lambda box: box.top)
    assert [(group.text, group.height, group.upright) for group in groups] == [
        ("三、本年度办理结果", 22, True),
        ("（三）不予公开", 8, False),
        ("（四）无法提供", 3, False),
        ("（五）不予处理", 5, False),
        ("（六）其他处理", 3, False),
    ]


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
