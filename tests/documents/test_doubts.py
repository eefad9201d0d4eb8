"""The documents list every doubt of the assembler as the catalogue has it."""

from __future__ import annotations

from pathlib import Path

import pytest

from gouji.inference.ablation.report import doubts_markdown

DOCS = Path(__file__).parent.parent.parent / "docs"


@pytest.mark.parametrize(("name", "chinese"), [("doubts.md", False), ("doubts.zh.md", True)])
def test_the_documents_tables_of_doubts_are_those_of_the_catalogue(name: str, chinese: bool):
    _, _, tables = (DOCS / name).read_text(encoding="utf-8").partition("\n### ")

    assert f"### {tables}" == doubts_markdown(chinese=chinese) + "\n"
