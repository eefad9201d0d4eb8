"""Every version that the project says it works with is one that can be tried, and is said once."""

from __future__ import annotations

import runpy
import tomllib
from pathlib import Path

import pytest

VERSIONS = runpy.run_path(str(Path(__file__).parent / "versions.py"))


def test_every_dependency_states_one_minimum():
    pyproject = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text(encoding="utf-8"))

    held = VERSIONS["lowest"](VERSIONS["requirements"](pyproject))

    names = [line.partition("==")[0] for line in held]
    assert {"setuptools", "numpy", "pyarrow", "torch", "pytest"} <= set(names)
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    ("stated", "message"),
    [
        (["rich"], "rich: states no minimum"),
        (["rich<14"], "rich<14: states no minimum"),
        (["pyarrow>=16", "pyarrow>=17"], "pyarrow: at least 16 and 17; state one"),
    ],
)
def test_a_minimum_that_cannot_be_tried_is_named(stated: list[str], message: str):
    with pytest.raises(ValueError, match=message):
        VERSIONS["lowest"](iter(stated))
