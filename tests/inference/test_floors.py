"""Each stage is told beside the least work that it could do, and a program's ratio at both."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from gouji.inference.cli import main
from gouji.inference.floors import Floors, compare_with_floors
from gouji.inference.page_times import STAGES

PAGES = Path(__file__).parent / "pages"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pages").mkdir()
    shutil.copy(PAGES / "lines_2021.txt", tmp_path / "pages")
    html = "<!DOCTYPE html><title>报告</title><p>青溪市水务局2022年政府信息公开工作年度报告</p>"
    (tmp_path / "pages" / "a.html").write_text(html, encoding="utf-8")
    return tmp_path / "pages"


def test_each_stage_is_told_with_its_floor(folder: Path):
    compared = compare_with_floors(folder)

    assert compared.pages == 2
    assert tuple(compared.stages) == STAGES
    assert all(taken > 0 and floor > 0 for taken, floor in compared.stages.values())


def test_a_page_that_is_no_text_is_left_out(folder: Path):
    (folder / "b.json").write_text('{"rows": []}', encoding="utf-8")

    assert compare_with_floors(folder).pages == 2


def test_the_reading_counts_for_both_programs():
    compared = Floors(1, {"read": (0.004, 0.001), "tag": (0.012, 0.006)}, against=0.002)

    assert compared.ratio(0) == pytest.approx(6 / 16)
    assert compared.ratio(1) == pytest.approx(3 / 7)
    assert compared.ratio(1, reading=0) == pytest.approx(6 / 10)


def test_the_command_tells_both_ratios(folder: Path, tmp_path: Path):
    (tmp_path / "script.py").write_text("def parse(text):\n    return {}\n", encoding="utf-8")

    told = CliRunner().invoke(
        main, ["benchmark", str(folder), "--floors", "--against-module", str(tmp_path / "script.py")]
    )

    assert told.exit_code == 0, told.output
    assert "tag: " in told.output
    assert "at the floors" in told.output
