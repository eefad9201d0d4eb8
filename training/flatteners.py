"""Flatten marked-up reports with the libraries that people flatten pages with.

Flow:  report -> stand-ins -> markup -> **flattener** -> text and spans

Each flattener is a name, the kind of input it takes, and a function to text. The names are
those that the project's evaluation pages use, so that figures compare.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from gouji.training.document_readers import (
    docx_paragraphs_then_tables,
    docx_rows,
    pdfplumber,
    pdfplumber_tables,
    pypdf,
)
from gouji.training.documents import write_docx
from gouji.training.layouts import PAGE_LAYOUTS
from gouji.training.markup import STYLE_NAMES, write_html
from gouji.training.pdf import write_pdf
from gouji.training.reports import Report
from gouji.training.textgrid import TEXT_GRIDS
from gouji.training.typesetting import typeset

# What a library has to say of one synthetic page is no news to whoever trains.
for _library in ("trafilatura", "pypdf", "pdfminer", "htmldate", "courlan"):
    logging.getLogger(_library).setLevel(logging.CRITICAL)

Source = Literal["html", "docx", "pdf", "layout", "grid"]


@dataclass(frozen=True, slots=True)
class Flattener:
    """One way from a document to text."""

    name: str
    source: Source
    flatten: Callable[
        ..., str
    ]  # html: (text); docx: (document); pdf: (bytes); layout and grid: (report or pages, rng)
    weight: float  # how often it is drawn; small where it is slow
    compared: bool = False  # it reacts to stand-ins, so each page is held against its plain one


def flatten(flattener: Flattener, report: Report, rng: random.Random) -> tuple[str, str]:
    """A report as one flattener gives it back.

    Returns:
        The text, and the name `MARKUP-TOOL`.
    """
    if flattener.source == "html":
        style = rng.choice(STYLE_NAMES)
        return flattener.flatten(write_html(report, style, rng)), f"{style}-{flattener.name}"
    if flattener.source == "docx":
        return flattener.flatten(write_docx(report)), f"docx-{flattener.name}"
    if flattener.source == "grid":
        return flattener.flatten(report, rng), f"grid-{flattener.name}"
    pages = typeset(report, rng)
    if flattener.source == "layout":
        return flattener.flatten(pages, rng), f"layout-{flattener.name}"
    return flattener.flatten(write_pdf(pages)), f"pdf-{flattener.name}"


def _bs4(separator: str, strip: bool, html: str) -> str:
    from bs4 import BeautifulSoup

    return BeautifulSoup(html, "lxml").get_text(separator, strip=strip)


def _lxml(html: str) -> str:
    from lxml import html as lxml_html  # type: ignore[import-untyped]

    return str(
        lxml_html.fromstring(html.encode(), parser=lxml_html.HTMLParser(encoding="utf-8")).text_content()
    )


def _selectolax(separator: str, strip: bool, html: str) -> str:
    from selectolax.lexbor import LexborHTMLParser

    body = LexborHTMLParser(html).body
    return body.text(separator=separator, strip=strip) if body else ""


def _html2text(html: str, **options: bool) -> str:
    import html2text

    converter = html2text.HTML2Text(bodywidth=0)
    for name, value in options.items():
        setattr(converter, name, value)
    return converter.handle(html)


def _inscriptis(html: str) -> str:
    from inscriptis import get_text  # type: ignore[import-untyped]

    return str(get_text(html))


def _trafilatura(form: str, html: str) -> str:
    import trafilatura

    if form == "html2txt":
        return str(trafilatura.html2txt(html))
    text = trafilatura.extract(
        html, output_format=form, include_tables=True, favor_recall=True, deduplicate=False
    )
    return text or ""


def _markdownify(html: str) -> str:
    from markdownify import markdownify

    return str(markdownify(html))


def _markdown_of_tables(html: str) -> str:
    """markdownify with the first row kept from becoming a head, as converters built on it print."""
    from markdownify import markdownify

    return str(markdownify(html, table_infer_header=True, heading_style="ATX"))


def _registry() -> Iterator[Flattener]:
    def html(
        name: str, function: Callable[[str], str], weight: float = 1.0, compared: bool = False
    ) -> Flattener:
        return Flattener(name, "html", function, weight, compared)

    yield html("bs4_nl", lambda h: _bs4("\n", False, h), 2)
    yield html("bs4_nlstrip", lambda h: _bs4("\n", True, h), 3)
    yield html("bs4_space", lambda h: _bs4(" ", False, h))
    yield html("bs4_tab", lambda h: _bs4("\t", True, h), 0.5)
    yield html("bs4_bar", lambda h: _bs4("|", True, h), 0.5)
    yield html("bs4_plain", lambda h: _bs4("", False, h), 3)
    yield html("lxml_text", _lxml, 2)
    yield html("selectolax", lambda h: _selectolax("\n", False, h), 2)
    yield html("selectolax_plain", lambda h: _selectolax("", False, h), 1.5)
    yield html("selectolax_space", lambda h: _selectolax(" ", True, h), 0.5)
    yield html("html2text", _html2text, 2, compared=True)
    yield html("html2text_ignoretables", lambda h: _html2text(h, ignore_tables=True), compared=True)
    yield html("html2text_pad", lambda h: _html2text(h, pad_tables=True), compared=True)
    yield html("inscriptis", _inscriptis, 3)
    yield html("trafilatura", lambda h: _trafilatura("txt", h), 0.7)
    yield html("trafilatura_md", lambda h: _trafilatura("markdown", h), 0.4, compared=True)
    yield html("trafilatura_html2txt", lambda h: _trafilatura("html2txt", h), 0.8)
    yield html("markdownify", _markdownify, 1)
    yield html("markitdown", _markdown_of_tables, 1)
    yield Flattener("pydocx_tab", "docx", lambda d: docx_rows("\t", False, d), 0.5)
    yield Flattener("pydocx_bar_unique", "docx", lambda d: docx_rows(" | ", True, d), 0.5)
    yield Flattener("pydocx_paras_then_tables", "docx", docx_paragraphs_then_tables, 0.4)
    yield Flattener("pypdf", "pdf", pypdf, 0.3)
    yield Flattener("pdfplumber", "pdf", pdfplumber, 0.1)
    yield Flattener("pdfplumber_tables", "pdf", pdfplumber_tables, 0.05)
    for name, (layout, weight) in PAGE_LAYOUTS.items():
        yield Flattener(name, "layout", layout, weight)
    for name, (grid, weight) in TEXT_GRIDS.items():
        yield Flattener(name, "grid", grid, weight)


FLATTENERS: Mapping[str, Flattener] = {f.name: f for f in _registry()}
