"""A sample page, and what is read of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from gouji.inference.result import Extraction


@pytest.fixture(scope="module")
def text(samples: Path) -> str:
    """A page whose cells stand on lines of their own."""
    return (samples / "yunling_2022__lines.txt").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def clean(extract: Callable[[str], Extraction], text: str) -> Extraction:
    """What is read of the page as it is."""
    return extract(text)
