"""Show the notebooks as pages of the site: each .ipynb becomes Markdown, with the outputs that it stores.

Nothing is run here; tests run the notebooks and hold what they print against what is stored.
"""

from __future__ import annotations

from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from nbconvert import MarkdownExporter


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Put the page of each notebook in the notebook's place."""
    for notebook in [file for file in files if file.src_uri.endswith(".ipynb")]:
        markdown, _ = MarkdownExporter().from_filename(notebook.abs_src_path)
        files.remove(notebook)
        files.append(File.generated(config, str(Path(notebook.src_uri).with_suffix(".md")), content=markdown))
    return files
