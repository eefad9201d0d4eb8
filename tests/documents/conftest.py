"""A reader's folder: what lies in a fresh clone of the repository, and the commands on the path."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
HELD_BY_THE_REPOSITORY = (
    "samples",
    "tests/evaluation",
    "tests/annotations/exports",
    "tests/floor.toml",
    "annotations/labelled",
)


@pytest.fixture
def readers_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh folder with copies of what the documents' commands read; it is the working directory."""
    folder = tmp_path / "gouji"
    for name in HELD_BY_THE_REPOSITORY:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        copy(ROOT / name, folder / name)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("PATH", os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
    monkeypatch.setenv("COLUMNS", "100")
    return folder
