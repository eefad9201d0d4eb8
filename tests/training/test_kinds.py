"""Reports written as files of every kind stand beside their truths, as an evaluation wants them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from gouji.annotations.page_files import pair_pages
from gouji.annotations.truth import load_truths
from gouji.inference.commands.training import synthesize
from gouji.inference.extraction import State
from gouji.inference.extractor import Extractor
from gouji.inference.readers import Options, Unread, read_pages
from gouji.model.forms import load_forms
from gouji.training import programs
from gouji.training.kinds.field import field_table, whole_reports, write_field
from gouji.training.kinds.registry import KINDS
from gouji.training.programs import ProgramError

# Kinds that lose what only a person could bring back.
_LOSING = ("deduplicated", "bulleted-numbers", "pdf")


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor()


def test_reports_are_whole_and_in_each_form_in_turn():
    reports = list(whole_reports(4, seed=3))

    assert [report.form for report in reports] == ["2019", "2021", "2019", "2021"]
    for report in reports:
        assert set(report.truth) == {
            key for table in load_forms()[report.form].tables for key in table.keys()
        }


@pytest.mark.parametrize("name", [n for n, kind in KINDS.items() if not kind.program and n not in _LOSING])
def test_a_file_of_a_kind_is_read_without_a_wrong_cell(extractor: Extractor, tmp_path: Path, name: str):
    reports = list(whole_reports(2, seed=4, consistent=True))

    files = list(write_field([KINDS[name]], reports, 4, tmp_path))

    truths = load_truths(tmp_path / "truth")
    assert not pair_pages(files, truths).alone
    for path, report in zip(files, reports, strict=True):
        (page,) = read_pages(path, Options())
        assert not isinstance(page, Unread)
        cells = [cell for cell in extractor.extract(page).cells if cell.state in (State.READ, State.PLACED)]
        assert len(cells) > 100
        assert [cell.key for cell in cells if (cell.value or 0) != (report.truth[cell.key] or 0)] == []


def test_a_kind_whose_program_is_not_installed_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(programs, "_path", lambda needs: None)

    with pytest.raises(ProgramError, match="w3m: not installed"):
        list(write_field([KINDS["html-to-w3m"]], list(whole_reports(1, seed=5)), 5, tmp_path))


def test_the_command_writes_pages_and_truths_and_lists_the_kinds(tmp_path: Path):
    made = CliRunner().invoke(
        synthesize, ["--as", "otsl,xlsx", "--count", "2", "--pages", str(tmp_path / "field")]
    )
    unknown = CliRunner().invoke(synthesize, ["--as", "papyrus", "--pages", str(tmp_path / "none")])

    assert made.exit_code == 0
    assert sorted(path.name for path in (tmp_path / "field" / "pages").iterdir()) == [
        "field0-0__made__otsl.md", "field0-0__made__xlsx.xlsx",
        "field0-1__made__otsl.md", "field0-1__made__xlsx.xlsx",
    ]  # fmt: skip
    assert unknown.exit_code == 2
    assert "no kind is called papyrus" in unknown.output
    assert "otsl" in unknown.output


def test_the_table_has_a_row_for_each_kind():
    numbers = {"cells": 12, "right": 9, "wrong": 1, "open": 2, "right_share": 0.75}
    group = {"pages": 2, "numbers": numbers, "blanks": {"wrong": 1}, "overlooked": 1}

    table = field_table(json.loads(json.dumps({"gouji": {"damage": {"otsl": group}}})))

    assert table.splitlines()[2] == "| `otsl` | 2 | 12 | 9 | 2 | 1 | 2 | 75.0% |"
