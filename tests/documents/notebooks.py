"""Run notebooks where they lie, and store what they print: `python tests/documents/notebooks.py`.

Flow:  notebook -> **its cells run in its folder** -> outputs

Neither times nor versions are stored, so that a notebook changes only where what it prints does.
"""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbformat import NotebookNode

NOTEBOOKS = Path(__file__).parent.parent.parent / "docs" / "notebooks"
_SECONDS = 900  # for one cell: training takes a minute or two on two cores that do nothing else


def run(path: Path) -> NotebookNode:
    """The notebook as it comes out of a run, its language named without a version."""
    notebook = nbformat.read(path, as_version=4)
    resources = {"metadata": {"path": str(path.parent)}}
    NotebookClient(notebook, timeout=_SECONDS, record_timing=False, resources=resources).execute()
    notebook.metadata["language_info"] = {"name": "python"}
    return notebook


if __name__ == "__main__":
    for each in sorted(NOTEBOOKS.glob("*.ipynb")):
        nbformat.write(run(each), each)
