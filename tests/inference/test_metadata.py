"""A report's title, issuer and year are what its page says, and None where it says nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gouji.inference.metadata import Metadata, read_metadata
from gouji.inference.readers import read_page
from gouji.model.page import Page


def metadata_of(text: str) -> Metadata:
    return read_metadata(Page("a.txt", text))


@pytest.mark.parametrize(
    ("head", "issuer", "year"),
    [
        ("青溪市水务局2020年政府信息公开工作年度报告", "青溪市水务局", 2020),
        ("青溪市水务局关于政府信息公开工作 2019年度报告", "青溪市水务局", 2019),
        ("2021年青溪市水务局政府信息公开工作年度报告", "青溪市水务局", 2021),
        ("青溪市水务局二〇二〇年政府信息公开年报", "青溪市水务局", 2020),
        ("青溪市水务局政府信息公开工作年度报告（2022年）", "青溪市水务局", 2022),
        ("青溪市人民政府信息公开2019年度报告", "青溪市人民政府", 2019),
        ("青溪市人民政府办公室关于2019年度政府信息公开工作情况的报告", "青溪市人民政府办公室", 2019),
    ],
)
def test_a_title_says_issuer_and_year(head: str, issuer: str, year: int):
    assert metadata_of(f"{head}\n一、总体情况\n") == Metadata(head, issuer, year)


def test_a_title_broken_over_lines_is_joined():
    found = metadata_of("首页\n青溪市水务局\n2020\n年政府信息公开工作年度报告\n\n一、总体情况")

    assert found == Metadata("青溪市水务局2020年政府信息公开工作年度报告", "青溪市水务局", 2020)


def test_a_title_broken_behind_its_issuer_keeps_it():
    found = metadata_of("青溪市公安局关于\n2022\n年政府信息公开工作的年度报告\n来源:青溪市\n\n一、总体情况")

    assert (found.issuer, found.year) == ("青溪市公安局", 2022)


@pytest.mark.parametrize("ghost", ["\u200b", "\ufeff", "\u00ad"])
def test_zero_width_characters_stand_in_no_name(ghost: str):
    metadata = read_metadata(
        Page("", f"砚州市发改{ghost}委2021年政府信息{ghost}公开工作年度报告\n一、总体情况")
    )

    assert (metadata.issuer, metadata.year) == ("砚州市发改委", 2021)


def test_a_breadcrumb_is_no_title():
    title = "青溪市水务局2020年政府信息公开工作年度报告"

    assert metadata_of(f"首页 > 政务公开 > 政府信息公开年报 > 2020年\n{title}\n一、总体情况").title == title


@pytest.mark.parametrize(
    "sentence",
    [
        "现将我镇2020年政府信息公开年度报告公布如下。",
        "根据《关于做好2020年政府信息公开工作年度报告编制的通知》，现报告如下。",
        "今日天气晴。",
        "Nothing of the kind.",
    ],
)
def test_prose_and_the_titles_it_quotes_are_no_title(sentence: str):
    assert metadata_of(f"{sentence}\n一、总体情况").title is None


def test_without_a_title_the_year_is_that_of_the_statistics_and_the_issuer_that_of_the_marks():
    found = metadata_of("一、总体情况\n统计期限自2022年1月1日起。\n主办：青溪市水务局\n")

    assert found == Metadata(None, "青溪市水务局", 2022)


def test_a_short_name_is_completed_where_the_page_says_it_in_full():
    found = metadata_of(
        "2020年市水务局政府信息公开工作年度报告\n一、总体情况\n2020年，青溪市水务局公开12条。"
    )

    assert found.issuer == "青溪市水务局"


def test_a_page_that_says_nothing_has_no_metadata():
    assert metadata_of("规章 0 0 0") == Metadata(None, None, None)


@pytest.mark.slow
def test_titles_and_years_of_real_pages_are_those_of_the_truth_wherever_they_are_found(devset: Path):
    truths = {p.stem: json.loads(p.read_text(encoding="utf-8")) for p in devset.glob("truth/*.json")}
    garbled = "suqian_2023__chromium_official-pdf_pdfplumber.txt"  # its title is printed in pieces

    for path in sorted(devset.glob("pages/*.txt")):
        truth, found = truths[path.name.split("__")[0]], read_metadata(read_page(path))

        assert found.year in (truth["year"], None), path.name
        if found.title is not None and path.name != garbled:
            assert found.title.replace(" ", "") == truth["title"].replace(" ", ""), path.name


@pytest.mark.parametrize(
    ("head", "issuer"),
    [
        ("关于印发《青溪市水务局2023年政府信息公开工作年度报告》的通知", "青溪市水务局"),
        ("关于《青溪市水务局2023年政府信息公开工作年度报告》的公示", "青溪市水务局"),
        ("青溪市水务局关于公布2023年政府信息公开工作年度报告的通知", "青溪市水务局"),
        ("关于青溪市水务局2023年政府信息公开工作年度报告的公告", "青溪市水务局"),
        ("2023年政府信息公开工作年度报告（青溪市水务局）", "青溪市水务局"),
    ],
)
def test_a_notice_that_issues_the_report_names_its_issuer(head: str, issuer: str):
    found = metadata_of(f"首页 > 年报\n{head}\n一、总体情况\n")

    assert (found.issuer, found.year) == (issuer, 2023)


def test_a_notice_that_prose_quotes_is_no_title():
    assert metadata_of("按照《青溪市2022年政府信息公开工作年度报告》的通知要求\n一、总体情况\n").title is None


@pytest.mark.parametrize(
    ("sentences", "issuer"),
    [
        ("本报告由青溪市水务局根据《条例》编制。\n一、总体情况\n2022年，我局公开5条。", "青溪市水务局"),
        ("本报告由青溪市人民政府办公室编制。\n一、总体情况\n全市公开5条。", "青溪市人民政府"),
        ("本报告由青溪市人民政府办公室编制。\n一、总体情况\n我办公开5条。", "青溪市人民政府办公室"),
        ("本报告由我局编制。\n一、总体情况\n我局公开5条。", None),
    ],
)
def test_without_a_title_the_sentence_that_says_who_drew_it_up_names_the_issuer(
    sentences: str, issuer: str | None
):
    assert metadata_of(sentences).issuer == issuer
