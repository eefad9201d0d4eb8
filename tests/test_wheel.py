"""The wheel holds every module and every data file of the packages: an editable install would hide a lack."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("model", "training", "inference", "annotations")
OF_ROOT = ("__init__.py", "py.typed")  # all that the root of the repository gives


def files_on_disk() -> set[str]:
    """Every file of the package, as the wheel should name it."""
    return {f"gouji/{name}" for name in OF_ROOT} | {
        f"gouji/{path.relative_to(ROOT).as_posix()}"
        for package in PACKAGES
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }


def test_every_folder_with_modules_is_listed_as_a_package():
    listed = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["setuptools"]
    folders = {
        path.parent.relative_to(ROOT).as_posix().replace("/", ".")
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
    }

    assert {"gouji", *(f"gouji.{folder}" for folder in folders)} == set(listed["packages"])


@pytest.mark.slow
def test_the_wheel_holds_every_module_and_data_file(tmp_path: Path):
    source = tmp_path / "source"  # a build leaves files beside its sources
    source.mkdir()
    (source / "tests").mkdir()
    (source / "tests" / "stray.py").touch()  # lies at the root of the package, and is none of it
    for name in ("pyproject.toml", "README.md", "LICENSE", *OF_ROOT):
        shutil.copy(ROOT / name, source / name)
    for package in PACKAGES:
        shutil.copytree(ROOT / package, source / package, ignore=shutil.ignore_patterns("__pycache__"))
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path, source]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())

    assert files_on_disk() <= names
    stray = {name for name in names - files_on_disk() if ".dist-info/" not in name}
    assert not stray
