"""The pages of the service: the viewer's index and reports, with what takes pages in and what settles cells.

Flow:  corpus, view -> viewer's pages + **parts, scripts, styles of the service** -> HTML

The viewer's own files are served as they would lie in a folder; the service adds to them, changing nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any
from xml.etree.ElementTree import Element

from gouji.inference.html_page import el
from gouji.inference.serve.downloads import MEDIA
from gouji.inference.viewer.corpus import Corpus
from gouji.inference.viewer.document import POLICY, Additions
from gouji.inference.viewer.index_page import index_html
from gouji.inference.viewer.page_assets import Asset, asset, index_assets, plain_assets, report_assets
from gouji.inference.viewer.report_page import report_html
from gouji.inference.viewer.view import View
from gouji.inference.viewer.words import labelled, said, word
from gouji.model.forms import Form
from gouji.model.labels import Tag

# What the pages may do besides: ask this service. As a header it holds for every answer, a page's or not.
ASK = "; connect-src 'self'; img-src 'self' data:"
# Of each page, its scripts; labels are corrected where cells are settled, and ask as these do.
_SCRIPTS = {
    "home": ["ask", "home"],
    "settle": ["ask", "settle"],
    "spans": ["spans"],
    "training": ["ask", "training"],
}
HEADER_POLICY = f"{POLICY.replace(' file:', '')}{ASK}; frame-ancestors 'none'"


def home_html(corpus: Corpus, data: Mapping[str, Any]) -> str:
    """The index, with what takes pages in above it."""
    parts = [_drop()]
    if corpus.entries:
        parts.append(_downloads())
    data = {"service": data, "ordered": True}
    return index_html(corpus, Additions(tuple(parts), assets=own_assets("home"), data=data, policy=ASK))


def settling_html(view: View, data: Mapping[str, Any]) -> str:
    """The page of a report, with what settles its cells."""
    own = (*own_assets("settle"), *own_assets("spans"))
    return report_html(view, Additions((_settle(),), (_labelling(),), own, {"service": data}, ASK))


def assets(forms: Mapping[str, Form]) -> Mapping[str, Asset]:
    """Every style and script of the service, by its name."""
    own = (each for page in _SCRIPTS for each in own_assets(page))
    all_ = (*index_assets(), *report_assets(forms), *plain_assets(), *own)
    return {each.name: each for each in all_}


@cache
def own_assets(page: str) -> tuple[Asset, ...]:
    """The service's own style and script for a page."""
    folder = files(__package__) / "assets"
    held = {"css": [page], "js": _SCRIPTS[page]}
    return tuple(
        asset(f"serve-{page}", ending, "".join((folder / f"{n}.{ending}").read_text("utf-8") for n in names))
        for ending, names in held.items()
    )


def _drop() -> Element:
    """Where pages are dropped, chosen or pasted, and how far a batch is."""
    pick = el("input", type="file", id="pick", multiple="multiple", hidden="hidden")
    folder = el("input", type="file", id="pick-folder", webkitdirectory="webkitdirectory", hidden="hidden")
    area = el("textarea", id="pasted", rows="8", spellcheck="false")
    return el(
        "section",
        el(
            "div",
            said("serve.drop", "p", class_="lead"),
            el(
                "p",
                el("button", said("serve.files"), type="button", id="choose-files"),
                el("button", said("serve.folder"), type="button", id="choose-folder"),
                el("button", said("serve.paste"), type="button", id="open-paste", aria_expanded="false"),
                class_="ways",
            ),
            said("serve.kinds", "p", class_="faint"),
            pick,
            folder,
            id="drop",
        ),
        el(
            "form",
            el("label", said("serve.pasted"), for_="pasted"),
            area,
            el(
                "p",
                el("button", said("serve.read"), type="submit", class_="primary"),
                el("button", said("serve.cancel"), type="button", id="close-paste"),
                class_="ways",
            ),
            id="paste",
            hidden="hidden",
        ),
        el(
            "div",
            labelled(el("progress", id="bar", max="1", value="0"), "serve.progress"),
            el("p", id="far", role="status"),
            el("ul", id="faults", class_="faint"),
            id="progress",
            hidden="hidden",
        ),
        id="take",
        aria_label=word("serve.files"),
    )


def _downloads() -> Element:
    """All reports in each shape, and the way to the trainings."""
    items = (
        el(
            "li",
            el("a", said(f"serve.download.{name.split('.', 1)[1]}"), href=f"downloads/{name}", download=name),
        )
        for name in MEDIA
    )
    head = said("serve.downloads", "h2")
    head.set("id", "downloads-head")
    training = el("p", el("a", said("training.way"), href="training"), id="way-to-training")
    return el("nav", head, el("ul", *items), training, id="downloads", aria_labelledby="downloads-head")


def _settle() -> Element:
    """Where the script lets a cell be settled."""
    return el("div", id="settle", hidden="hidden")


def _labelling() -> Element:
    """Where the script lets spans be corrected: the way in, and the tools that stand there then."""
    tags = (
        el("button", el("kbd", str(n)), said(f"tag.{tag}"), type="button", class_=f"tag {tag}", data_tag=tag)
        for n, tag in enumerate(Tag, 1)
    )
    tools = (
        el("button", el("kbd", key), said(f"label.{name}"), type="button", id=f"label-{name}")
        for name, key in (("delete", "⌫"), ("undo", "u"), ("right", "a"), ("leave", "Esc"))
    )
    way_in = el("button", el("kbd", "l"), said("label.begin"), type="button", id="label-begin")
    bar = el("div", *tags, *tools, role="group", id="label-tools")
    return el(
        "div",
        way_in,
        el(
            "div",
            labelled(bar, "label.tools"),
            el("p", id="label-said", role="status"),
            said("label.help", "p", class_="faint"),
            id="label-bar",
            hidden="hidden",
        ),
        id="labelling",
    )
