"""Show the notebooks as pages of the site: each .ipynb becomes Markdown, with the outputs that it stores.

Nothing is run here; tests run the notebooks and hold what they print against what is stored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.plugins import event_priority
from mkdocs.structure.files import File, Files

_STYLE = re.compile(r"<style.*?</style>", re.DOTALL)  # pandas', which would reach beyond its table


@event_priority(-200)  # after mkdocs-static-i18n, which takes files of the disk alone
def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Put the page of each notebook in the notebook's place."""
    prefix = "" if (language := config.theme["language"]) == "en" else f"{language}/"
    for file in [file for file in files if file.src_uri.endswith(".ipynb")]:
        notebook = nbformat.read(file.abs_src_path, as_version=4)
        content = "\n\n".join(part for cell in notebook.cells for part in _parts(cell))
        page = File.generated(config, str(Path(file.src_uri).with_suffix(".md")), content=content)
        page.dest_uri = prefix + page.dest_uri
        files.remove(file)
        files.append(page)
    return files


def _parts(cell: Any) -> Iterator[str]:
    """A cell as Markdown: its text, or its code and what that printed."""
    if cell.cell_type == "markdown":
        yield cell.source
        return
    yield f"```python\n{cell.source}\n```"
    for output in cell.outputs:
        data = output.get("data", {})
        if "text/html" in data:
            yield _STYLE.sub("", data["text/html"])
        else:
            yield f"```output\n{(output.get('text') or data.get('text/plain', '')).rstrip()}\n```"
