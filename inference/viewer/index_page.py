"""The index of many reports: what needs a person first, and the corpus in three small drawings.

Flow:  corpus -> **index page** -> one HTML file

The entries are data, and the script draws those rows that are in sight: an index of ten thousand
opens at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile
from typing import Any
from xml.etree.ElementTree import Element

from gouji.inference.html_page import el
from gouji.inference.outputs.labels import cell_paths, check_label
from gouji.inference.outputs.records import ERROR
from gouji.inference.viewer.corpus import Corpus
from gouji.inference.viewer.document import document, language_switch
from gouji.inference.viewer.signs import STATUS_SIGNS
from gouji.inference.viewer.words import labelled, said, word
from gouji.model.forms import Table

ASSETS = ("page.css", "index.css", "language.js", "index.js")
STATUSES = ("incomplete", "contradicted", ERROR, "no_tables", "verified")  # what needs a person first
FIRST_TOTAL = "applications/received/total"  # shown at first, where reports have it

_FAILING = 8  # checks that are drawn
_COLUMNS = ("status", "index.report", "year", "form", "index.doubts", "index.fails", "index.unplaced")
_SORTED_BY = ("status", "name", "year", "form", "open", "failing", "unplaced")


def index_html(corpus: Corpus) -> str:
    """The index, as the text of an HTML file."""
    tables = [table for form in corpus.forms.values() for table in form.tables]
    body = [
        el(
            "header",
            el("nav", el("span", "gouji 勾稽"), language_switch()),
            el("h1", said("index"), " ", said("index.count", "small", n=len(corpus.entries)), id="title"),
        ),
        el("div", _statuses(corpus), _failing(corpus, tables), _totals(), class_="drawings"),
        el("main", *_list()),
        el("noscript", said("index.noscript", "p")),
    ]
    return document(f"gouji: {word('index')}", body, ASSETS, _data(corpus, tables))


def _statuses(corpus: Corpus) -> Element:
    counts = {status: sum(e.status == status for e in corpus.entries) for status in STATUSES}
    whole = len(corpus.entries) or 1
    there = [(status, count) for status, count in counts.items() if count]
    bar = el(
        "div",
        *(el("span", class_=status, style=f"flex-grow:{count}") for status, count in there),
        class_="shares",
        aria_hidden="true",
    )
    items = (
        el(
            "li",
            el(
                "button",
                el("i", STATUS_SIGNS[status], class_=f"status {status}", aria_hidden="true"),
                said(f"status.{status}"),
                el("b", str(count)),
                el("small", f"{count / whole:.1%}"),
                type="button",
                data_status=status,
                aria_pressed="false",
            ),
        )
        for status, count in there
    )
    return el("section", said("index.statuses", "h2"), bar, el("ul", *items, class_="bars"), id="statuses")


def _failing(corpus: Corpus, tables: list[Table]) -> Element:
    most = corpus.failing.most_common(_FAILING)
    items = []
    for name, count in most:
        label = check_label(tables, name)
        words = (label.each, f"{label.table} · {label.rule}") if label else (name, "")
        items.append(
            el(
                "li",
                el(
                    "button",
                    el("span", words[0]),
                    el("b", str(count)),
                    el("small", words[1]),
                    el("span", class_="bar", style=f"width:{100 * count / most[0][1]:.1f}%"),
                    type="button",
                    data_failing=name,
                    aria_pressed="false",
                ),
            )
        )
    shown = el("ul", *items, class_="bars") if items else said("index.failing.none", "p", class_="faint")
    return el("section", said("index.failing", "h2"), shown, id="failing")


def _totals() -> Element:
    choice = el("select", id="total")
    return el(
        "section",
        el("label", said("index.totals", "h2"), for_="total"),
        choice,
        el("div", id="years"),
        id="totals",
    )


def _list() -> Iterator[Element]:
    search = el("input", type="search", id="search", autocomplete="off", placeholder=word("index.search"))
    search.set("data-placeholder", "index.search")
    yield el(
        "div",
        labelled(search, "index.search.label"),
        el("button", said("doubts"), type="button", id="doubts", aria_pressed="false"),
        el("button", said("index.clear"), type="button", id="clear", hidden="hidden"),
        el("p", id="shown", class_="faint", role="status"),
        class_="tools",
    )
    heads = (
        el(
            "div",
            el("button", said(name), type="button", data_sort=by),
            role="columnheader",
            class_=f"col {by}",
        )
        for name, by in zip(_COLUMNS, _SORTED_BY, strict=True)
    )
    yield el(
        "div",
        el("div", el("div", *heads, role="row", class_="line"), role="rowgroup", class_="head"),
        el("div", role="rowgroup", id="rows"),
        role="table",
        aria_labelledby="title",
        id="list",
    )


def _data(corpus: Corpus, tables: list[Table]) -> dict[str, Any]:
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
            e.open_cells,
            [place[name] for name in e.failing],
            e.unplaced,
            e.part or 0,
            e.error or "",
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
