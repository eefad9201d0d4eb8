"""Every notebook runs, from its first cell to its last, and prints what it stores.

What takes time writes its progress to a file, so that all that is printed can be compared. Tables are held
against their text, not their HTML.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).parent.parent.parent / "docs" / "notebooks"


def printed(cell: Any) -> str:
    """What a cell prints and shows, as text."""
    texts = (output.get("text") or output.get("data", {}).get("text/plain", "") for output in cell.outputs)
    return "".join(texts)


@pytest.mark.slow
@pytest.mark.parametrize("path", sorted(NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_notebook_runs_and_prints_what_it_stores(path: Path, readers_folder: Path):
    folder = readers_folder / "docs" / "notebooks"
    folder.mkdir(parents=True)
    stored = nbformat.read(shutil.copy(path, folder), as_version=4)
    run = nbformat.read(path, as_version=4)

    NotebookClient(run, timeout=900, resources={"metadata": {"path": str(folder)}}).execute()

    for before, after in zip(stored.cells, run.cells, strict=True):
        if before.cell_type == "code":
            assert printed(after) == printed(before), before.source


def test_there_are_notebooks_to_run():
    assert len(list(NOTEBOOKS.glob("*.ipynb"))) == 3
