"""What tests share: where the samples lie, and the material beside the repository, where there is any."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BESIDE = ROOT.parent / "shared"  # real pages with their truth; not part of the project


@pytest.fixture(scope="session")
def samples() -> Path:
    """The sample pages that ship with the project."""
    return ROOT / "samples" / "pages"


@pytest.fixture(scope="session")
def devset() -> Path:
    """Real pages with known truth; skips where they do not lie beside the repository."""
    if not (BESIDE / "devset").is_dir():
        pytest.skip(f"no pages with truth in {BESIDE / 'devset'}")
    return BESIDE / "devset"


@pytest.fixture(scope="session")
def cells_csv() -> Path:
    """Every cell of the forms, written by others; skips where it does not lie beside the repository."""
    path = BESIDE / "forms" / "cells.csv"
    if not path.is_file():
        pytest.skip(f"no list of cells in {path}")
    return path
