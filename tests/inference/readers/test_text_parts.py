"""Reports that were run together in one text are told apart, and one report is never cut in two."""

from __future__ import annotations

import pytest

from gouji.inference.extractor import Extractor
from gouji.inference.readers import Content, Options, read
from gouji.model.page import Page

from .made import Report, report

FIRST = report()
SECOND = report("兰泽县人民政府2023年政府信息公开工作年度报告", first=40)


def text(made: Report, border: str) -> str:
    """A report's text, its cells parted by a border, with prose around its tables."""
    lines = [made.title, "一、总体情况", "全年主动公开信息63条。"]
    for heading, rows in made.tables():
        lines += [heading, *(border.join(row) for row in rows)]
    return "\n".join([*lines, "五、存在的主要问题及改进情况", "下一步将加强培训。", ""])


def pages(text: str) -> list[Page]:
    return [page for page in read(Content("a.txt", text.encode()), Options()) if isinstance(page, Page)]


@pytest.mark.parametrize("border", ["\t", " | ", "\n"])
def test_two_reports_run_together_are_two_parts_of_one_text(border: str, extractor: Extractor):
    both = text(FIRST, border) + text(SECOND, border)

    found = pages(both)

    assert [page.text for page in found] == [both, both]
    for page, made in zip(found, (FIRST, SECOND), strict=True):
        extraction = extractor.extract(page)
        assert extraction.title == made.title
        assert (
            extraction["disclosure/licensing/decisions"].value
            == made.values["disclosure/licensing/decisions"]
        )
        read_ = [cell for cell in extraction.cells if cell.raw is not None]
        assert all(both[cell.start : cell.end] == cell.raw for cell in read_)
        assert all(cell.value == made.values[cell.key] for cell in read_ if cell.value is not None)


@pytest.mark.parametrize(
    "around",
    [
        "目录\n一、总体情况\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n",
        "行政许可\n行政处罚\n行政强制\n行政事业性收费\n",  # a menu
    ],
)
def test_one_report_is_one_page_whatever_stands_around_its_tables(around: str):
    one = around + text(FIRST, "\t") + around

    assert [page.part for page in pages(one)] == [None]


def test_reports_that_alternate_are_all_told_apart():
    one, other = text(FIRST, "\t"), text(SECOND, "\t")

    parts = pages((one + other) * 20)

    assert [page.excerpt().text.strip() for page in parts] == [one.strip(), other.strip()] * 20
