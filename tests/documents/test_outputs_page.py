"""The page about outputs explains every name that an answer gives, in both languages, as the program does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from gouji.inference.patterns import PATTERNS
from gouji.inference.why import Why

DOCS = Path(__file__).parent.parent.parent / "docs"


def table_below(page: str, heading: str) -> list[tuple[str, str]]:
    """The rows of the first table below a heading: a name in code, and what it means."""
    section = (DOCS / page).read_text(encoding="utf-8").split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return re.findall(r"^\| `([^`]+)` \| (.*) \|$", section, re.MULTILINE)


@pytest.mark.parametrize(
    ("page", "heading", "means"),
    [("outputs.md", "Why a cell is open", "says"), ("outputs.zh.md", "存疑原因", "says_in_chinese")],
)
def test_the_table_of_reasons_is_that_of_the_program(page: str, heading: str, means: str):
    assert table_below(page, heading) == [(str(why), getattr(why, means)) for why in Why]


@pytest.mark.parametrize(
    ("page", "heading", "means"),
    [("outputs.md", "Why sums fail", "says"), ("outputs.zh.md", "不成立的共同原因", "says_in_chinese")],
)
def test_the_table_of_patterns_is_that_of_the_program(page: str, heading: str, means: str):
    assert table_below(page, heading) == [(each.name, getattr(each, means)) for each in PATTERNS]
