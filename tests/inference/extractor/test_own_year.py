"""A year named in a label is read for what the form calls it, where it is the report's or the one before."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gouji.inference.extraction import Status
from gouji.inference.own_year import in_the_forms_years
from gouji.inference.result import Extraction
from gouji.model.forms import load_forms
from gouji.model.page import Page

TITLE = "甲县2022年政府信息公开工作年度报告\n"


def test_a_page_that_names_its_years_is_read_as_one_that_does_not(
    extract: Callable[[str], Extraction], text: str, clean: Extraction
):
    named = text.replace("本年", "2022年").replace("上年结转", "2021年结转")

    told = extract(named)

    assert named != text
    assert told.status is Status.VERIFIED
    assert {cell.key: cell.value for cell in told.cells} == {cell.key: cell.value for cell in clean.cells}
    assert all(cell.start is None or named[cell.start : cell.end] == cell.raw for cell in told.cells)


@pytest.mark.parametrize(
    "label",
    [
        "2021年制发件数",
        "2023年制发件数",
        "2022年结转政府信息公开申请数量",
        "2022年共制发文件",
        "12022年制发件数",
    ],
)
def test_another_year_or_other_words_stay(label: str):
    page = Page("", TITLE + label)

    assert in_the_forms_years(page, load_forms()) is page


def test_no_year_is_known_where_the_page_names_none_as_its_own():
    page = Page("", "2022年制发件数\n规章 3")

    assert in_the_forms_years(page, load_forms()) is page
