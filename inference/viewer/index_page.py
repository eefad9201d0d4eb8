"""The index of many reports: what needs a person first, and the corpus in three small drawings.

Flow:  corpus -> **index page** -> one HTML file

The entries are data, and the script draws those rows that are in sight: an index of ten thousand
opens at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from gouji.inference.html_page import el
from gouji.inference.outputs.labels import check_label
from gouji.inference.viewer.corpus import Corpus, Entry
from gouji.inference.viewer.document import NOTHING_ADDED, Additions, document, language_switch
from gouji.inference.viewer.index_data import STATUSES, index_data
from gouji.inference.viewer.page_assets import index_assets
from gouji.inference.viewer.signs import STATUS_SIGNS
from gouji.inference.viewer.words import labelled, said, word
from gouji.model.forms import Table

_FAILING = 5  # checks that are drawn
_COLUMNS = {  # what the list is sorted by, and the word above it
    "status": "status",
    "name": "index.report",
    "year": "year",
    "form": "form",
    "needs": "needs",
    "failing": "index.fails",
    "ambiguous": "index.ambiguous",
    "unplaced": "index.unplaced",
    "absent": "index.absent",
}


def index_html(corpus: Corpus, added: Additions = NOTHING_ADDED) -> str:
    """The index, as the text of an HTML file.

    Args:
        corpus: What is listed.
        added: What a service adds; its parts stand below the header.
    """
    tables = [table for form in corpus.forms.values() for table in form.tables]
    body = [
        el(
            "header",
            el("nav", el("span", "gouji 勾稽"), language_switch()),
            el("h1", said("index"), " ", said("index.count", "small", n=len(corpus.entries)), id="title"),
            *_todo(corpus, "index.todo.worth" if added.data.get("ordered") else "index.todo"),
        ),
        *added.parts,
        el("main", _drawings(corpus, tables), *_list(corpus)),
        el("noscript", said("index.noscript", "p")),
    ]
    return document(f"gouji: {word('index')}", body, index_assets(), index_data(corpus, tables), added=added)


def _drawings(corpus: Corpus, tables: list[Table]) -> Element:
    return el("div", _statuses(corpus), _failing(corpus, tables), _totals(), class_="drawings")


def _todo(corpus: Corpus, in_order: str) -> Iterator[Element]:
    """What there is to do, for who opens the index the first time."""
    asking = sum(entry.decisions > 0 for entry in corpus.entries)
    yield said(in_order, "p", n=asking) if asking else said("index.todo.none", "p")
    if lacking := sum(_only_lacks(entry) for entry in corpus.entries):
        yield said("index.lacking", "p", n=lacking, class_="faint")


def _only_lacks(entry: Entry) -> bool:
    """Whether nothing is asked of a report, but that its page holds a part of it only."""
    return not entry.decisions and entry.absent > 0


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
                said(f"says.{status}", "small", class_="says"),
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


def _list(corpus: Corpus) -> Iterator[Element]:
    search = el("input", type="search", id="search", autocomplete="off", placeholder=word("index.search"))
    search.set("data-placeholder", "index.search")
    yield el(
        "div",
        labelled(search, "index.search.label"),
        *(
            el("button", said(f"need.{need}"), " ", el("b", str(count)), type="button", data_need=need)
            for need, count in (
                ("person", sum(entry.decisions > 0 for entry in corpus.entries)),
                ("nobody", sum(_only_lacks(entry) for entry in corpus.entries)),
            )
            if count
        ),
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
        for by, name in _COLUMNS.items()
    )
    yield el(
        "div",
        el("div", el("div", *heads, role="row", class_="line"), role="rowgroup", class_="head"),
        el("div", role="rowgroup", id="rows"),
        role="table",
        aria_labelledby="title",
        id="list",
    )
