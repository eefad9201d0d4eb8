"""Where `gouji view` wrote the page of a report: read from the index of its folder.

Flow:  DIR/index.html -> **links** -> contradictions, each with its page

A page of the viewer opens a cell that its address names: reports/00012-a.html#applications/total/total.
"""

from __future__ import annotations

import json
import os.path
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from gouji.inference.html_page import ReportError

_DATA = re.compile(r'<script type="application/json" id="data">(.*?)</script>', re.DOTALL)
_FILE, _SOURCE, _YEAR = 0, 2, 4  # of an entry of the index


@dataclass(frozen=True, slots=True)
class Links:
    """The pages of a folder, by source and year."""

    folder: str  # the way to it, as a link has it, with its slash
    files: Mapping[tuple[str, int | None], str]

    def to(self, source: str, year: int | None, key: str | None = None) -> str | None:
        """The address of a report's page, opened at a cell; None where there is no page."""
        file = self.files.get((source, year))
        if file is None:
            return None
        return f"{self.folder}{file}{f'#{quote(key)}' if key else ''}"


def links_into(folder: Path, seen_from: Path | None = None) -> Links:
    """The links into a folder that `gouji view` wrote.

    Args:
        folder: The folder.
        seen_from: Where the page with the links will lie; the working directory where not given.

    Raises:
        ReportError: It holds no index of `gouji view`.
    """
    index = folder / "index.html"
    try:
        found = _DATA.search(index.read_text(encoding="utf-8"))
        data: dict[str, Any] = json.loads(found[1] if found else "")
        entries = [
            ((data["folder"] + entry[_SOURCE], entry[_YEAR] or None), entry[_FILE])
            for entry in data["entries"]
            if entry[_FILE]
        ]
    except (OSError, ValueError, KeyError, IndexError, TypeError) as error:
        raise ReportError(
            f"{folder}: holds no index of gouji view ({error}); run gouji view FILE --html {folder}"
        ) from error
    way = Path(os.path.relpath(folder.resolve(), (seen_from or Path()).resolve())).as_posix()
    return Links(quote(f"{way}/"), dict(entries))
