"""One HTML document that stands by itself: its style, its script and its data inside, nothing fetched.

Flow:  elements, assets, data -> **document** -> one file

Markup is written by ElementTree, which escapes. Styles and scripts are the package's own files; the
data is JSON whose `<` is escaped. The policy in the head lets those scripts run and no other, and
keeps the page from fetching anything: a page of the web that got through would still do nothing.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any
from xml.etree.ElementTree import Element, tostring

from gouji.inference.html_page import Child, el
from gouji.inference.viewer.words import LANGUAGES, labelled, said, words


def document(title: str, body: Sequence[Child], assets: Sequence[str], data: Mapping[str, Any]) -> str:
    """A whole HTML document.

    Args:
        title: The window's.
        body: What is shown.
        assets: Names of files of `assets/`: the styles and the scripts, in their order.
        data: What the scripts read, besides the words.
    """
    style = "\n".join(asset(name) for name in assets if name.endswith(".css"))
    script = "\n".join(asset(name) for name in assets if name.endswith(".js"))
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", name="generator", content="gouji"),
        el("meta", **{"http-equiv": "Content-Security-Policy", "content": _policy(script)}),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light dark"),
        el("title", title),
        el("style", style),
    )
    # The words are a data block of their own: the same in every page.
    known = el("script", _json(words()), type="application/json", id="words")
    own = el("script", _json(data), type="application/json", id="data")
    root = el("html", head, el("body", *body, known, own, el("script", script)), lang=LANGUAGES[0])
    return "<!DOCTYPE html>\n" + tostring(root, encoding="unicode", method="html") + "\n"


def language_switch() -> Element:
    """The button that puts in the other language's words."""
    return labelled(el("button", said("language"), type="button", id="language"), "language.to")


@cache
def asset(name: str) -> str:
    """The text of one of the package's own styles or scripts."""
    return (files(__package__) / "assets" / name).read_text(encoding="utf-8")


@cache
def _policy(script: str) -> str:
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    return f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"


def _json(data: Any) -> str:
    """JSON that cannot end the element that it stands in.

    >>> _json(["</script>"])
    '["\\\\u003c/script>"]'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
