"""One HTML document: its elements and its data inside, its style and its scripts beside it.

Flow:  elements, assets, data -> **document** -> one file

Markup is written by ElementTree, which escapes; the data is JSON whose `<` is escaped. The policy in
the head lets scripts run that lie in files beside the page, none that stands in it, and keeps the page
from fetching anything else: a page of the web that got through would still do nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import Element, tostring

from gouji.inference.html_page import NO_MORE, Child, el
from gouji.inference.viewer.json_text import json_text
from gouji.inference.viewer.page_assets import FOLDER, Asset
from gouji.inference.viewer.words import LANGUAGES, labelled, said

# Some browsers do not count the files of a folder as `self`. Widths of bars are styles of elements.
POLICY = f"default-src 'none'; script-src 'self' file:; style-src 'self' file: 'unsafe-inline'; {NO_MORE}"
_END = "end"  # the last element


@dataclass(frozen=True, slots=True)
class Additions:
    """What a service adds to a page that else lies in a folder."""

    parts: tuple[Element, ...] = ()
    in_text: tuple[Element, ...] = ()  # above the text of a report
    assets: tuple[Asset, ...] = ()  # read behind the page's own
    data: Mapping[str, Any] = field(default_factory=dict)
    policy: str = ""  # what the page may do besides, as a policy has it

    def within(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """A page's data with what is added."""
        return {**data, **self.data}


NOTHING_ADDED = Additions()


def document(
    title: str,
    body: Sequence[Child],
    assets: Sequence[Asset],
    data: Mapping[str, Any],
    home: str = "",
    added: Additions = NOTHING_ADDED,
) -> str:
    """A whole HTML document.

    Args:
        title: The window's.
        body: What is shown.
        assets: The styles and the scripts, in their order.
        data: What the scripts read.
        home: The way from the document to the folder that the assets' folder lies in, with its slash.
        added: What a service adds; its parts are in the body already.
    """
    places = [f"{home}{FOLDER}/{asset.name}" for asset in (*assets, *added.assets)]
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="generator", content="gouji"),
        el("meta", **{"http-equiv": "Content-Security-Policy", "content": POLICY + added.policy}),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light dark"),
        el("title", title),
        # Nothing is shown before the scripts have put in the reader's language: nothing moves then.
        el("link", rel="expect", href=f"#{_END}", blocking="render"),
        *(el("link", rel="stylesheet", href=place) for place in places if place.endswith(".css")),
    )
    own = el("script", json_text(added.within(data)), type="application/json", id="data")
    scripts = [el("script", src=place) for place in places if place.endswith(".js")]
    end = el("span", id=_END, hidden="hidden")
    root = el("html", head, el("body", *body, own, *scripts, end), lang=LANGUAGES[0])
    return "<!DOCTYPE html>\n" + tostring(root, encoding="unicode", method="html") + "\n"


def language_switch() -> Element:
    """The button that puts in the other language's words."""
    return labelled(el("button", said("language"), type="button", id="language"), "language.to")
