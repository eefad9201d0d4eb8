"""Regions become spans in order, or are refused: nothing is mended but blanks at their ends."""

from __future__ import annotations

import pytest

from gouji.annotations.regions import Region, check_regions
from gouji.model.labels import Span, Tag

TEXT = "\u3000规章 3\r\n😀行政强制\u200b /"


def test_blanks_at_a_regions_ends_are_trimmed():
    checked = check_regions(
        TEXT, [Region(0, 4, "ROW", "\u3000规章 "), Region(3, 7, "VALUE"), Region(8, 13, "ROW")]
    )

    assert checked.faults == ()
    assert checked.spans == (Span(Tag.ROW, 1, 3), Span(Tag.VALUE, 4, 5), Span(Tag.ROW, 8, 12))


def test_a_region_that_stands_twice_counts_once_also_where_only_blanks_differ():
    checked = check_regions(TEXT, [Region(4, 5, "VALUE"), Region(3, 5, "VALUE")])

    assert checked.spans == (Span(Tag.VALUE, 4, 5),)
    assert checked.faults == ()


def test_regions_that_touch_do_not_overlap():
    assert len(check_regions("12", [Region(1, 2, "VALUE"), Region(0, 1, "VALUE")]).spans) == 2


@pytest.mark.parametrize(
    ("region", "fault"),
    [
        (Region(1, 3, "CELL"), '[1, 3, "CELL"]: unknown label; expected one of SECTION'),
        (Region(5, 7, "ROW"), '[5, 7, "ROW"] holds nothing but blanks; delete it'),
        (Region(1, 99, "ROW"), "does not lie in the text, which has 15 characters"),
        (Region(-1, 2, "ROW"), "does not lie in the text"),
        (Region(3, 1, "ROW"), "does not lie in the text"),
        (Region(9, 13, "ROW", "行政强制"), "covers '政强制', but the export says '行政强制'"),
    ],
)
def test_what_cannot_be_a_span_is_a_fault(region: Region, fault: str):
    checked = check_regions(TEXT, [region])

    assert checked.spans == ()
    assert len(checked.faults) == 1
    assert fault in checked.faults[0]


@pytest.mark.parametrize("other", [Region(2, 5, "ROW"), Region(1, 3, "GROUP"), Region(0, 5, "VALUE")])
def test_regions_that_overlap_are_a_fault_that_shows_both(other: Region):
    checked = check_regions(TEXT, [Region(1, 3, "ROW"), other])

    assert len(checked.spans) == 1
    assert "[1, 3, \"ROW\"] '规章'" in checked.faults[0]
    assert "delete or shorten one" in checked.faults[0]
