"""Every command that a document prints works as printed, in the order printed, in a fresh folder.

A document is run from its first block to its last. A translation (`run.zh.md`) prints the same commands
as its original, so it is held against that and not run again. What is not run says why in the document,
and is listed here.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .document import Block, blocks_of, inline_code_of
from .session import OUTPUT, PYTHON, SHELL, Session

ROOT = Path(__file__).parent.parent.parent
RUN = {SHELL, PYTHON, OUTPUT}
SHOWN = {"text", "toml", "json", "html", "css", "csv", "r", "stata"}  # read by people, run by nobody
NO_DOCUMENTS = {"CHANGELOG.md", "model/weights/README.md"}  # records: what was done once
SLOW = {  # they train, or measure a thousand pages
    "README.md",
    "docs/ablations.md",
    "docs/accuracy.md",
    "docs/confidence.md",
    "docs/evaluate.md",
    "docs/forms.md",
    "docs/many_machines.md",
    "docs/retrain.md",
}
INSTALLED = "the tests' own environment is installed already"
SKIPPED = {
    "README.md": ["it makes an environment of its own"] * 2 + ["it is what runs this test"],
    "docs/ablations.md": ["it trains for hours"] * 4,
    "docs/accuracy.md": [
        "it takes minutes, and the script does not ship",
        "it takes a quarter of an hour",
        "it measures a reader's own environment",
    ],
    "docs/contributing.md": ["it is what runs this test", "tests/run.sh runs it", "it writes the notebooks"],
    "docs/doubts.md": ["it takes minutes"],
    "docs/first_hour.md": [INSTALLED],
    "docs/fuzzing.md": [
        "it takes minutes",
        "the tests run it",
        "it takes minutes",
        "it takes an hour for each target, and atheris",
        "it takes hours",
    ],
    "docs/many_machines.md": [INSTALLED, INSTALLED, "it takes minutes"],
    "docs/retrain.md": [INSTALLED, "it trains once more"],
    "docs/formats.md": [
        "it takes some minutes, and LibreOffice, Chromium and w3m for the kinds that they make",
        "it takes some minutes, and LibreOffice and Chromium",
        "it takes some minutes, and LibreOffice and Chromium",
        "it needs pandoc 3",
        "it needs Chromium, LibreOffice and the development set",
    ],
    "docs/places.md": ["it asks a registry"],
    "docs/serve.md": [
        "it serves until Ctrl-C",
        "it asks a service that runs",
        "it takes minutes",
        "it opens a browser",
        "it takes minutes",
    ],
    "docs/settling.md": ["it takes minutes"],
}

MENTION = re.compile(r"gouji( [a-z]+){0,2}( --?[a-z-]+){0,2}")  # a command's name, with options and no values


def documents() -> list[str]:
    """Every Markdown file of the project, by its path from the root."""
    paths = (path.relative_to(ROOT) for path in ROOT.rglob("*.md"))
    found = (path.as_posix() for path in paths if not any(part.startswith(".") for part in path.parts))
    return sorted(
        name for name in found if name not in NO_DOCUMENTS and not name.startswith(("build/", "runs/"))
    )


ORIGINALS = [name for name in documents() if not name.endswith(".zh.md")]
TRANSLATIONS = [name for name in documents() if name.endswith(".zh.md")]


def commands(name: str) -> list[Block]:
    return [block for block in blocks_of(ROOT / name) if block.language in RUN]


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[pytest.mark.slow] if name in SLOW else []) for name in ORIGINALS]
)
def test_every_command_of_a_document_works_as_printed(name: str, readers_folder: Path):
    session = Session(ROOT / name)

    for block in commands(name):
        if not block.skip:
            session.run(block)


@pytest.mark.parametrize("name", TRANSLATIONS)
def test_a_translation_prints_the_same_commands_in_the_same_order(name: str):
    original = name.replace(".zh.md", ".md")

    assert [block.command for block in commands(name)] == [block.command for block in commands(original)]


@pytest.mark.parametrize("name", documents())
def test_every_block_says_what_it_is_so_that_none_is_passed_over(name: str):
    others = [block for block in blocks_of(ROOT / name) if block.language not in RUN | SHOWN]

    assert [f"{name} line {block.line}: {block.language or 'no language'}" for block in others] == []


@pytest.mark.parametrize("name", documents())
def test_a_command_with_arguments_stands_in_a_block_where_it_is_run(name: str):
    inline = [code for code in inline_code_of(ROOT / name) if code.startswith(("gouji ", "python -m gouji"))]

    assert [code for code in inline if not MENTION.fullmatch(code)] == []


def test_what_is_not_run_is_listed_here():
    skipped = {name: [block.skip for block in commands(name) if block.skip] for name in ORIGINALS}

    assert {name: reasons for name, reasons in skipped.items() if reasons} == SKIPPED
