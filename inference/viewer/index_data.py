"""What the index tells its script: the entries, the checks that fail, and the sums over all reports.

Flow:  corpus -> **data** -> index page
"""

from __future__ import annotations

from itertools import takewhile
from typing import Any

from gouji.inference.outputs.labels import cell_paths
from gouji.inference.outputs.records import ERROR
from gouji.inference.viewer.corpus import Corpus
from gouji.inference.viewer.signs import STATUS_SIGNS
from gouji.inference.viewer.unread import kind_of
from gouji.model.forms import Table

STATUSES = ("incomplete", "contradicted", ERROR, "no_tables", "verified")  # what needs a person first
FIRST_TOTAL = "applications/received/total"  # shown at first, where reports have it


def index_data(corpus: Corpus, tables: list[Table]) -> dict[str, Any]:
    """Entries as lists, without what they do not have: ten thousand of them are read at once."""
    checks = list(corpus.failing)
    place = {name: index for index, name in enumerate(checks)}
    folder = _common_folder([entry.source for entry in corpus.entries])
    entries = [
        [
            e.file,
            e.issuer or e.title or "",
            e.source.removeprefix(folder),
            e.title or "",
            e.year or 0,
            e.form or "",
            STATUSES.index(e.status),
            e.decisions,
            [place[name] for name in e.failing],
            e.ambiguous,
            e.unplaced,
            e.absent,
            e.part or 0,
            e.error or "",
            kind_of(e.error or ""),
        ]
        for e in corpus.entries
    ]
    paths = {key: labels for table in tables for key, labels in cell_paths(table)}
    order = {key: index for index, key in enumerate(paths)}
    totals = [
        {
            "key": key,
            "path": paths[key],
            "unit": unit,
            "years": [[year, t.total, t.settled, t.reports] for year, t in sorted(years.items())],
        }
        for (key, unit), years in sorted(corpus.totals.items(), key=lambda item: (order[item[0][0]], item[0]))
    ]
    return {
        "statuses": STATUSES,
        "signs": STATUS_SIGNS,
        "folder": folder,
        "entries": entries,
        "checks": checks,
        "totals": totals,
        "first": FIRST_TOTAL,
    }


def _common_folder(sources: list[str]) -> str:
    """The folder that all sources lie in, with its slash; nothing where there is none, or one source.

    >>> _common_folder(["pages/2021/a.txt", "pages/b.txt"])
    'pages/'
    """
    if len(sources) < 2:
        return ""
    folders = zip(*(source.split("/")[:-1] for source in sources), strict=False)
    shared = [names[0] for names in takewhile(lambda names: len(set(names)) == 1, folders)]
    return "/".join([*shared, ""])
