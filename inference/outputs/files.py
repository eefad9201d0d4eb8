"""Begin a file to write to: its folder made, what stood in it gone.

Flow:  path -> **new file** -> JSON lines, CSV, Parquet, workbooks
"""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

from gouji.inference.outputs.errors import OutputError

OWN_MARK = "<!-- written by gouji -->"  # begins a Markdown file, which else is taken for a page of text


def writable(text: str) -> str:
    r"""A text without what UTF-8 does not hold: halves of surrogate pairs, which JSON can bring.

    >>> writable("年\ud800报")
    '年?报'
    """
    return text.encode("utf-8", "replace").decode("utf-8")


def new_file(path: Path) -> BinaryIO:
    """An empty file; the folders that it needs are made.

    Raises:
        OutputError: It cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        return path.open("wb")
    except OSError as error:
        where = f": {error.filename}" if error.filename and Path(error.filename) != path else ""
        fault = f"{path}: cannot be written: {error.strerror}{where}; name another place with -o"
        raise OutputError(fault) from error
