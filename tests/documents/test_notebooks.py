"""Every notebook runs, from its first cell to its last, and prints what it stores.

What takes time writes its progress to a file, so that all that is printed can be compared. Tables are held
against their text, not their HTML.
"""

from __future__ import annotations

import shutil
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from .notebooks import NOTEBOOKS, run


def printed(cell: NotebookNode) -> str:
    """What a cell prints and shows, as text."""
    outputs = cell.get("outputs", ())
    return "".join(output.get("text") or output["data"]["text/plain"] for output in outputs)


@pytest.mark.slow
@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_notebook_runs_and_prints_what_it_stores(path: Path, readers_folder: Path):
    folder = readers_folder / "docs" / "notebooks"
    folder.mkdir(parents=True)

    after = run(Path(shutil.copy(path, folder)))

    for stored, cell in zip(nbformat.read(path, as_version=4).cells, after.cells, strict=True):
        assert printed(cell) == printed(stored), cell.source


def test_there_are_notebooks_to_run():
    assert len(list(NOTEBOOKS.glob("*.ipynb"))) == 4
