"""Every input at which fuzzing has found a fault is checked again: it is read, or refused by name.

A case lies in `cases/TARGET/`, as the file that the target's check takes. What it showed is in its name.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from .hostile import hostile_files
from .targets import TARGETS, check_file

CASES = sorted((Path(__file__).parent / "cases").glob("*/*"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: f"{case.parent.name}/{case.name}")
def test_what_was_found_once_is_not_found_again(case: Path):
    TARGETS[case.parent.name].check(case.read_bytes())


@pytest.mark.parametrize("name", hostile_files())
def test_a_hostile_file_is_read_or_refused(name: str):
    check_file(hostile_files()[name]())
