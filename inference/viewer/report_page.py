"""One report as a page to look at: the text with its spans beside the tables, the sums, what is left over.

Flow:  view -> **report page** -> one HTML file

A cell's state is told by a sign as well as by colour. Cells, printed numbers and checks name one
another by number; the script only follows these names, and everything can be read without it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from gouji.inference.extraction import State
from gouji.inference.html_page import Child, el
from gouji.inference.viewer.document import NOTHING_ADDED, Additions, document, language_switch
from gouji.inference.viewer.marked_text import Piece, pieces
from gouji.inference.viewer.page_assets import report_assets
from gouji.inference.viewer.report_data import report_data
from gouji.inference.viewer.signs import STATE_SIGNS, STATUS_SIGNS
from gouji.inference.viewer.sums_markup import leftovers_section, sums_section
from gouji.inference.viewer.table_markup import TableMarkup
from gouji.inference.viewer.view import View
from gouji.inference.viewer.words import labelled, said
from gouji.model.labels import Tag

HOME = "../"  # from a report's page to the folder of the index and the assets

# A line that tells its columns by blanks or rules; a text with more of them is not wrapped.
_LAID_OUT = re.compile(r"^.*(?:\S[ \u3000]{3,}\S|[│┃├┼┤]).*$", re.MULTILINE)
_LAID_OUT_LINES = 8


def report_html(view: View, added: Additions = NOTHING_ADDED) -> str:
    """The page of one report, as the text of an HTML file.

    Args:
        view: What it shows.
        added: What a service adds; its parts stand below what is told of a cell.

    Raises:
        OutputError: A form is not known.
    """
    page = _ReportPage(view, added)
    return document(page.title, list(page.body()), report_assets(view.forms), report_data(view), HOME, added)


class _ReportPage:
    """Builds one page; cells and checks are numbered in the extraction's order."""

    def __init__(self, view: View, added: Additions) -> None:
        self.view = view
        self._added = added
        self.extraction = view.extraction
        self.tables = view.tables
        self.title = self.extraction.title or self.extraction.source

    def body(self) -> Iterator[Element]:
        yield el("a", said("skip"), href="#tables", class_="skip")
        yield self._header()
        yield el(
            "main",
            el("div", _inspector(self._added), self._text(), class_="evidence"),
            el("div", *self._answer(), class_="answer"),
        )

    def _answer(self) -> Iterator[Element]:
        yield self._tables()
        if self.tables:
            yield sums_section(self.view)
            yield leftovers_section(self.view)

    def _header(self) -> Element:
        extraction, status = self.extraction, str(self.extraction.status)
        says = "partial" if self.view.needs.is_only_partial else status
        facts: list[tuple[str, Child]] = [
            ("issuer", extraction.issuer or said("unknown")),
            ("year", str(extraction.year) if extraction.year else said("unknown")),
            ("form", self._forms() or said("unknown")),
            ("source", el("code", extraction.source)),
        ]
        part: list[Child] = [] if extraction.part is None else [" ", said("part", "small", n=extraction.part)]
        fails = len(self.view.needs.sums)
        failing: list[Child] = [" ", el("a", said("checks.fail", n=fails), href="#checks")] if fails else []
        return el(
            "header",
            el("nav", el("a", "‹ ", said("all_reports"), href=f"{HOME}index.html"), language_switch()),
            el("h1", self.title, *part),
            el("p", status_badge(status), " ", said(f"says.{says}"), *failing, class_="verdict"),
            el("dl", *(el("div", said(name, "dt"), el("dd", fact)) for name, fact in facts), class_="facts"),
            *((self._legend(), *self._absent(), self._filter()) if extraction.cells else ()),
        )

    def _forms(self) -> str:
        """The forms that the tables follow, and as what they were issued."""
        held = dict.fromkeys(form for form in self.extraction.forms.values() if form is not None)
        return "; ".join(f"{form} · {self.view.forms[form].source}" for form in held)

    def _legend(self) -> Element:
        states = [cell.state for cell in self.extraction.cells]
        items = [
            el(
                "li",
                el("b", str(states.count(state)), class_=f"chip {state}"),
                el("i", STATE_SIGNS.get(state, ""), class_="sign", aria_hidden="true"),
                said(f"state.{state}"),
                " ",
                said(f"means.{state}", "small"),
            )
            for state in State
            if state is not State.SETTLED or state in states
        ]
        return el("ul", *items, class_="legend")

    def _absent(self) -> Iterator[Element]:
        """What the page does not hold: told, and asked of nobody."""
        needs = self.view.needs
        if not needs.absent:
            return
        titles = (table.title for table in self.tables if table.id in needs.tables)
        told: list[Child] = ["；".join(titles)]
        if needs.rows:
            told += ["；" if needs.tables else "", said("absent.rows", n=len(needs.rows))]
        yield el("p", said("absent"), " ", *told, class_="absent")

    def _filter(self) -> Element:
        doubts = self.view.needs.decisions
        if not doubts:
            return el("p", said("doubts.none"), class_="filter faint")
        return el(
            "div",
            el(
                "button",
                said("doubts"),
                " ",
                el("b", str(doubts)),
                type="button",
                id="doubts",
                aria_pressed="false",
            ),
            labelled(el("button", "↑", el("kbd", "p"), type="button", id="previous"), "previous"),
            labelled(el("button", "↓", el("kbd", "n"), type="button", id="next"), "next"),
            class_="filter",
        )

    def _text(self) -> Element:
        head = el("header", said("text", "h2"), said("text.help", "p", class_="faint"))
        if self.view.text is None:
            return el("section", head, said("text.none", "p"), id="text")
        key = el(
            "p",
            *(el("span", said(f"tag.{tag}"), class_=f"tag {tag}") for tag in Tag),
            el("span", said("tag.unplaced"), class_="unplaced"),
            class_="tags",
        )
        found = pieces(self.view.text, self.view.spans, self.extraction.cells, self.extraction.unplaced)
        print_ = el("div", *(self._piece(piece) for piece in found), id="print", lang="zh")
        if len(_LAID_OUT.findall(self.view.text)) > _LAID_OUT_LINES:
            print_.set("class", "laid-out")
        return el("section", head, key, *self._added.in_text, print_, id="text")

    def _piece(self, piece: Piece) -> Child:
        classes = [*(["tag", str(piece.tag)] if piece.tag else []), *(["opens"] if piece.opens else [])]
        if piece.unplaced is not None:
            classes.append("unplaced")
        if piece.cells:
            states = {self.extraction.cells[index].state for index in piece.cells}
            classes += ["mark", *sorted(str(state) for state in states)]
        if not classes:
            return piece.text
        element = el("span", piece.text, class_=" ".join(classes))
        if piece.cells:
            element.set("data-c", " ".join(map(str, piece.cells)))
        if piece.unplaced is not None:
            element.set("data-u", str(piece.unplaced))
        return element

    def _tables(self) -> Element:
        markup = TableMarkup(self.view)
        parts = [markup.table(table) for table in self.tables]
        if not parts:
            cause = self.view.extraction.cause
            why = [el("p", cause, class_="faint", lang="en")] if cause is not None else []
            return el("section", said("tables", "h2"), said("says.no_tables", "p"), *why, id="tables")
        head = el("header", said("tables", "h2"), said("tables.help", "p", class_="faint"))
        return el("section", head, *parts, id="tables")


def status_badge(status: str) -> Element:
    """A status: its sign and its word."""
    mark = el("i", STATUS_SIGNS[status], class_="sign", aria_hidden="true")
    return el("b", mark, said(f"status.{status}"), class_=f"status {status}")


def _inspector(added: Additions) -> Element:
    """Where the script tells of what is looked at."""
    return el(
        "section",
        labelled(el("button", "×", type="button", id="close"), "close"),
        el("div", said("choose", "p"), said("choose.keys", "p"), id="said", aria_live="polite"),
        *added.parts,
        id="inspector",
    )
