"""Programs are left out unless asked for, and say what to install where they are missing."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from gouji.inference.cli import main
from gouji.training import programs
from gouji.training.flatteners import FLATTENERS
from gouji.training.programs import PROGRAMS, RELATED_TO_HELD_OUT, ProgramError
from gouji.training.synthesize import synthesize


def nothing_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "_path", lambda needs: None)


def test_no_page_comes_from_a_program_by_default() -> None:
    tools = {page.tool.split("-", 1)[1] for page in synthesize(60, 4)}

    assert not tools & set(PROGRAMS)
    assert not set(PROGRAMS) & set(FLATTENERS)
    assert set(RELATED_TO_HELD_OUT) < set(PROGRAMS)


def test_a_program_that_is_missing_is_named_with_where_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing_installed(monkeypatch)

    result = CliRunner().invoke(main, ["synthesize", "--flatteners", "lynx", "-o", "x.jsonl"])

    assert result.exit_code == 2
    assert "lynx needs lynx, which is not installed: the system's package lynx" in result.output


def test_all_tools_leave_out_what_is_missing_with_a_word(
    monkeypatch: pytest.MonkeyPatch, tmp_path: object
) -> None:
    nothing_installed(monkeypatch)

    result = CliRunner().invoke(
        main, ["synthesize", "--count", "1", "--tools", "all", "-o", f"{tmp_path}/pages.jsonl"]
    )

    assert result.exit_code == 0, result.output
    assert "w3m is not installed and left out" in result.output


def test_a_program_that_fails_says_which_and_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(programs, "_path", lambda needs: "/bin/false")

    with pytest.raises(ProgramError, match=r"lynx: exit status 1: .*leave its flatteners out"):
        PROGRAMS["lynx"].flatten("<p>甲</p>")
