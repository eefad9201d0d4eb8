"""Print any matrix in any layout, damage it, extract it: it comes back, or the answer leaves it open.

What is drawn: the form, the figures (few and small, or many), how zeros are printed, the layout of each
table, which labels are wrapped, which blanks vanish and which separators. Print that contradicts itself is
drawn only where the layout shows every cell: elsewhere a false sum may place a number, which nobody can see.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gouji.inference.extraction import Cell, Number, State, Status
from gouji.inference.extractor import Extractor
from gouji.inference.result import Extraction
from gouji.model.page import Page

from .layouts import LAYOUTS, SHOWN, Layout
from .reports import Report, Truth, reports

Extract = Callable[[str], Extraction]
Unaccounted = Callable[[Extractor, Page], list[tuple[str, int]]]


def faults_of(extraction: Extraction, truth: Truth) -> list[Cell]:
    """The cells that say another value than the truth, or offer only others."""
    return [cell for cell in extraction.cells if not _is_true(cell, truth.get(cell.key, 0))]


def _is_true(cell: Cell, value: Number) -> bool:
    """Whether a cell says the truth, says that the page does not, or names the truth among others."""
    if cell.state is State.MISSING or cell.more:
        return True
    said = cell.candidates if cell.state is State.AMBIGUOUS else (cell.value,)
    return value in {candidate or 0 for candidate in said}


def assert_is_true(extraction: Extraction, report: Report) -> None:
    faults = [(cell, report.truth.get(cell.key)) for cell in faults_of(extraction, report.truth)]
    assert not faults, (faults[:4], report.text)


# How many pages of each layout. By hand, hours of them, others for each seed:
#   PAGES_A_LAYOUT=5000 pytest tests/inference/extractor/test_properties.py --hypothesis-seed=1
PAGES_A_LAYOUT = int(os.environ.get("PAGES_A_LAYOUT", "0"))

# To shrink a whole page takes minutes; a failing one is short enough to be read as it is.
UNSHRUNK = settings(
    deadline=None,
    phases=(Phase.generate,),
    max_examples=PAGES_A_LAYOUT or 8,
    derandomize=not PAGES_A_LAYOUT,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def in_layouts(layouts: Sequence[Layout]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("layout", [pytest.param(layout, id=layout.__name__) for layout in layouts])


@in_layouts(LAYOUTS)
@settings(UNSHRUNK)
@given(data=st.data())
def test_no_page_is_read_as_anything_but_what_it_says_and_no_number_is_lost(
    extract: Extract, extractor: Extractor, unaccounted: Unaccounted, layout: Layout, data: st.DataObject
):
    report = data.draw(reports(layout))

    assert_is_true(extract(report.text), report)
    assert not unaccounted(extractor, Page("a.txt", report.text)), report.text


@in_layouts(SHOWN)
@settings(UNSHRUNK)
@given(data=st.data())
def test_where_every_cell_is_printed_and_apart_every_cell_is_read(
    extract: Extract, layout: Layout, data: st.DataObject
):
    report = data.draw(reports(layout, zeros=("0",), whole=True))

    extraction = extract(report.text)

    assert {cell.state for cell in extraction.cells} == {State.READ}
    assert {cell.key: cell.value for cell in extraction.cells} == report.truth
    assert extraction.status is (Status.VERIFIED if report.misprint is None else Status.CONTRADICTED)
    if extraction.suggestion is not None:
        assert extraction.suggestion.key == report.misprint
