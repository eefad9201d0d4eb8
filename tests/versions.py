"""Test the project with the lowest, or the newest, versions that it says it works with.

Flow:  pyproject.toml -> **constraints** -> a fresh environment -> pytest

A minimum that nobody tried is a guess. Before a release, and whenever a minimum changes, run both:

    python tests/versions.py lowest
    python tests/versions.py newest
    python tests/versions.py lowest --extras warc,dev --keep /tmp/lowest tests/inference/readers

Takes minutes and some gigabytes, so it is no part of `tests/run.sh`. What only other packages
ask for is always the newest that they allow; what is pinned (`==`) stays as it is. An environment
that was kept is brought up to date rather than made anew. The exit status is that of pip or pytest.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
import tomllib
import venv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
_STATED = re.compile(r"(?P<name>[\w.-]+)(?:\[[^]]*\])?(?P<sign>>=|==)(?P<version>[\w.]+)")


def requirements(pyproject: Mapping[str, Any], extras: Sequence[str] | None = None) -> Iterator[str]:
    """What the project states: to be built, as its base, and by each extra, or by those that are named.

    An extra that takes another one in states nothing of its own by that.
    """
    yield from pyproject["build-system"]["requires"]
    yield from pyproject["project"]["dependencies"]
    stated = pyproject["project"]["optional-dependencies"]
    for extra in stated if extras is None else extras:
        yield from (each for each in stated[extra] if not each.startswith(f"{pyproject['project']['name']}["))


def lowest(stated: Iterator[str]) -> list[str]:
    """Each requirement held to its minimum.

    >>> lowest(iter(["numpy>=2.0", "markitdown[docx]>=0.1", "torch==2.13.0"]))
    ['markitdown==0.1', 'numpy==2.0', 'torch==2.13.0']

    Raises:
        ValueError: One states no minimum, or two state different ones for a package.
    """
    found: dict[str, str] = {}
    for requirement in stated:
        match = _STATED.fullmatch(requirement)
        if match is None:
            raise ValueError(f"{requirement}: states no minimum; write name>=version")
        version = found.setdefault(match["name"], match["version"])
        if version != match["version"]:
            raise ValueError(f"{match['name']}: at least {version} and {match['version']}; state one")
    return [f"{name}=={version}" for name, version in sorted(found.items())]


def main(arguments: Sequence[str]) -> int:
    """Make the environment, install the project, run pytest."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("versions", choices=("lowest", "newest"))
    parser.add_argument("--extras", metavar="A,B", help="only these, '' for none; all by default")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="make the environment there, and keep it")
    parser.add_argument("tests", nargs="*", help="what pytest is to run; everything by default")
    asked = parser.parse_intermixed_args(arguments)
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    every = list(pyproject["project"]["optional-dependencies"])
    extras = every if asked.extras is None else [*filter(None, asked.extras.split(","))]
    with tempfile.TemporaryDirectory() as scratch:
        constraints = Path(scratch) / "constraints.txt"
        held = lowest(requirements(pyproject)) if asked.versions == "lowest" else []
        constraints.write_text("".join(f"{line}\n" for line in held), encoding="utf-8")
        return _tried(asked.keep or Path(scratch) / "environment", constraints, extras, asked.tests)


def _tried(folder: Path, constraints: Path, extras: Sequence[str], tests: Sequence[str]) -> int:
    """Exit status of the first program that fails, or 0."""
    venv.create(folder, with_pip=True)
    bin_folder = folder / ("Scripts" if os.name == "nt" else "bin")
    path = os.pathsep.join((str(bin_folder), os.environ["PATH"]))
    # What builds the project is held, too; older pips read the one name for that, newer ones the other.
    names = ("PIP_CONSTRAINT", "PIP_BUILD_CONSTRAINT")
    surroundings = {**os.environ, "PATH": path, **dict.fromkeys(names, str(constraints))}
    project = f".[{','.join(extras)}]" if extras else "."
    python = str(bin_folder / "python")
    for command in (
        ["pip", "install", "--upgrade", "--upgrade-strategy", "eager", "--editable", project],
        ["pip", "list"],
        ["pytest", *tests],
    ):
        print("==", *command, flush=True)
        status = subprocess.run([python, "-m", *command], cwd=ROOT, env=surroundings).returncode
        if status:
            return status
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
