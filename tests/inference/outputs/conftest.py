"""Answers to write: those of the test pages, extracted once, an error, and what the pages do not show."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from gouji.inference.extractor import Extractor
from gouji.inference.readers import read_page

PAGES = Path(__file__).parent.parent / "pages"
NAMES = (
    "a_contradictory_report_2021",
    "another_language",
    "blanks_vanished_2021",
    "half_a_table_2021",
    "lines_2021",
    "mixed_forms",
    "pipes_with_blanks_2019",
)


@pytest.fixture(scope="session")
def answers() -> list[dict[str, Any]]:
    """The objects that `gouji extract` prints, one of them an error, one a part with keys yet unknown."""
    extractor = Extractor()
    found = [extractor.extract(read_page(PAGES / f"{name}.txt", None, name)).to_record() for name in NAMES]
    found.insert(2, {"source": "pages/empty.txt", "error": "is empty; nothing to read"})
    found[0] |= {"part": 2, "of a later version": [1]}
    found[3]["bounded"] = {"applications": "there are more readings than are looked through"}
    found[0]["cells"][3] |= {"unit": "万元", "value": 14.495, "raw": '14.495 万元,"\n', "doubt": "smudged"}
    found[0]["cells"][4] |= {"value": 2**70, "raw": str(2**70)}
    found[5]["checks"] = found[5]["checks"][:-1]  # as if another version had checked it
    return found


@pytest.fixture
def json_lines(answers: list[dict[str, Any]], tmp_path: Path) -> Path:
    """A file of them."""
    path = tmp_path / "answers.jsonl"
    lines = (json.dumps(answer, ensure_ascii=False) + "\n" for answer in answers)
    path.write_text("".join(lines), encoding="utf-8")
    return path
